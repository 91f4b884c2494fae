"""How tables and datasets show themselves, as text and in notebooks.

A table shows its structure and never its rows, which may be personal data and would be saved with a notebook.
Only tables of counts, which hold no personal data, show rows.
"""

from collections.abc import Callable, Iterable, Sequence
from html import escape

from goldenthread._core import Column, Dataset, SourceFile, Table

_TABLES_OF_COUNTS = {"finding_counts"}
_MOST_ROWS = 30


def _number(value: int) -> str:
    return f"{value:,}"


def _amount(value: int, noun: str) -> str:
    return f"{_number(value)} {noun}" + ("" if value == 1 else "s")


def _cells(values: Iterable[object]) -> list[str]:
    return ["" if value is None else str(value) for value in values]


def _text_grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(line[i]) for line in [head, *rows]) for i in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in [head, *rows]]
    return "\n".join("  " + line.rstrip() for line in lines)


def _html_grid(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    def line(cells: Sequence[str], tag: str, scope: str = "") -> str:
        return "<tr>" + "".join(f"<{tag}{scope}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    heading = line(head, "th", ' scope="col"')
    body = "".join(line(row, "td") for row in rows)
    return f"<table><caption>{escape(caption)}</caption><thead>{heading}</thead><tbody>{body}</tbody></table>"


def _table_parts(table: Table) -> tuple[str, list[str], list[list[str]]]:
    """Caption, head and rows of the picture of a table."""
    caption = f"Table {table.name}: {_amount(len(table), 'row')}, {_amount(len(table.columns), 'column')}"
    if table.name in _TABLES_OF_COUNTS:
        shown = zip(*(column.to_list()[:_MOST_ROWS] for column in table.columns), strict=True)
        if len(table) > _MOST_ROWS:
            caption += f", the first {_MOST_ROWS} shown"
        return caption, list(table.column_names), [_cells(row) for row in shown]
    rows = [[column.name, column.type, _number(column.null_count)] for column in table.columns]
    return caption, ["column", "type", "nulls"], rows


def _dataset_parts(data: Dataset) -> tuple[str, list[str], list[list[str]]]:
    area = data.area or "area not said"
    marked = " (synthetic)" if data.synthetic and "synthetic" not in area.lower() else ""
    found = sum(count for count in data.findings["count"].to_list() if isinstance(count, int))
    caption = f"Dataset, {area}{marked}: {_amount(len(data), 'table')}, {_amount(found, 'finding')}"
    rows = [[name, _number(len(table)), ", ".join(table.column_names)] for name, table in data.tables.items()]
    return caption, ["table", "rows", "columns"], rows


def _table_repr(table: Table, /) -> str:
    caption, head, rows = _table_parts(table)
    return f"<{caption}>" + ("\n" + _text_grid(head, rows) if rows else "")


def _table_html(table: Table, /) -> str:
    return _html_grid(*_table_parts(table))


def _dataset_repr(data: Dataset, /) -> str:
    caption, head, rows = _dataset_parts(data)
    return f"<{caption}>" + ("\n" + _text_grid(head, rows) if rows else "")


def _dataset_html(data: Dataset, /) -> str:
    return _html_grid(*_dataset_parts(data))


def _column_repr(column: Column, /) -> str:
    return f"<Column {column.name}: {column.type}, {_amount(len(column), 'row')}, {_amount(column.null_count, 'null')}>"


def _source_file_repr(file: SourceFile, /) -> str:
    counts = (
        f"{_amount(file.rows_read, 'row')} read, {_number(file.rows_kept)} kept, "
        f"{_number(file.rows_set_aside)} set aside"
    )
    return f"<SourceFile {file.name} ({file.kind}): {counts}>" + "".join(f"\n  {note}" for note in file.notes)


def install() -> None:
    """Give the classes of the extension module their pictures."""
    pictures: list[tuple[type, str, Callable[..., str]]] = [
        (Table, "__repr__", _table_repr),
        (Table, "_repr_html_", _table_html),
        (Dataset, "__repr__", _dataset_repr),
        (Dataset, "_repr_html_", _dataset_html),
        (Column, "__repr__", _column_repr),
        (SourceFile, "__repr__", _source_file_repr),
    ]
    for shown, method, picture in pictures:
        setattr(shown, method, picture)

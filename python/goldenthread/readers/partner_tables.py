"""Partners' tables (CSV, workbook, Parquet), read by mapping files that lie beside them or are named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from goldenthread import _core
from goldenthread._core import DataError, Dataset, DefinitionError
from goldenthread.readers import schema
from goldenthread.readers.cells import as_text, folded, headings_in_words
from goldenthread.readers.found import Found, Options, Part, Reader
from goldenthread.readers.glimpse import Glimpse
from goldenthread.readers.mapping import SUFFIX, ColumnRule, Mapping, read_mapping
from goldenthread.readers.sheet_rows import SheetRows, rows_of
from goldenthread.readers.values import reduced

_KINDS = (".csv", ".parquet", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")

Links = dict[tuple[str, str], str]


@cache
def _mapping(path: Path, changed: int) -> Mapping:
    return read_mapping(path)


def mappings_for(path: Path, options: Options) -> list[Mapping]:
    """Give the mappings about a file, those named first, then those of its folder."""
    beside = sorted(path.parent.glob(f"*{SUFFIX}"))
    known = dict.fromkeys([*options.mappings, *beside])
    return [m for each in known if (m := _mapping(each, each.stat().st_mtime_ns)).is_about(path.name)]


def _recognise(seen: Glimpse, options: Options) -> Found | None:
    if seen.path.name.endswith(SUFFIX):
        what = "a mapping of a partner's columns"
        return Found(seen.path, READER.name, what, read=False, note=f"for table {read_mapping(seen.path).table}")
    if seen.suffix not in _KINDS:
        return None
    chosen = mappings_for(seen.path, options)
    if not chosen:
        return None
    partner = next((f" of {m.partner}" for m in chosen if m.partner), "")
    tables = ", ".join(dict.fromkeys(m.table for m in chosen))
    return Found(seen.path, READER.name, f"table{partner} for {tables}, by a mapping", role=chosen[0].table)


class _Mapper:
    """Applies one mapping to the rows of one file."""

    def __init__(self, mapping: Mapping, source: SheetRows, file: str, links: Links) -> None:
        self._mapping = mapping
        self._source = source
        self._file = file
        self._links = links
        self._positions = {folded(heading): i for i, heading in reversed(list(enumerate(source.headings)))}
        self.emptied = 0
        self.linked = 0
        self.matched = 0

    def rows(self) -> list[list[str]]:
        """Give the rows of the canonical table."""
        cells = [self._cells(name, rule) for name, rule in self._mapping.columns.items()]
        return [list(row) for row in zip(*cells, strict=True)]

    def _cells(self, name: str, rule: ColumnRule) -> list[str]:
        if rule.constant is not None:
            return [rule.constant] * len(self._source.rows)
        if rule.row_number:
            return [f"{self._file}#{line}" for line in self._source.lines]
        position = self._positions.get(folded(rule.heading))
        if position is None:
            there = headings_in_words(self._source.headings, most=40)
            raise DataError(
                f"{self._file}: there is no heading '{rule.heading}' ({self._mapping.file}); there are {there}"
            )
        column = schema.columns(self._mapping.table)[name]
        values = {folded(key): value for key, value in rule.values.items()}
        return [self._cell(row[position], rule, values, column) for row in self._source.rows]

    def _cell(self, text: str, rule: ColumnRule, values: dict[str, str], column: dict[str, Any]) -> str:
        plain = text.replace("\u00a0", " ").strip()
        if rule.link:
            return self._child(plain)
        if folded(plain) not in values:
            return reduced(text, column)
        self.emptied += bool(plain) and not values[folded(plain)]
        return values[folded(plain)]

    def _child(self, number: str) -> str:
        if not number:
            return ""
        self.linked += 1
        child = self._links.get((self._mapping.partner.casefold(), number), "")
        self.matched += bool(child)
        return child


def _coverage(mapping: Mapping) -> tuple[str, list[str], list[list[str]], list[int]]:
    columns = ["table_name", *mapping.coverage]
    return "coverage", columns, [[mapping.table, *mapping.coverage.values()]], [1]


def mapped(source: SheetRows, mapping: Mapping, file: str, links: Links) -> Dataset:
    """Read rows by a mapping; notes tell headings that were not read and the match rate of person numbers."""
    mapper = _Mapper(mapping, source, file, links)
    rows = mapper.rows()
    wanted = {folded(rule.heading) for rule in mapping.columns.values()}
    unread = [heading for heading in source.headings if heading and folded(heading) not in wanted]
    notes = [*source.notes, *([f"columns not read: {', '.join(unread)}"] if unread else [])]
    if mapper.emptied:
        notes.append(f"{mapper.emptied:,} values are mapped to nothing by {mapping.file}")
    if mapper.linked:
        share = 100 * mapper.matched / mapper.linked
        notes.append(
            f"match rate of {mapping.partner}'s person numbers: {mapper.matched:,} of {mapper.linked:,} ({share:.1f} %)"
        )
    tables = [(mapping.table, list(mapping.columns), rows, source.lines)]
    if mapping.coverage:
        tables.append(_coverage(mapping))
    kind = f"{mapping.partner or 'partner'}, table {mapping.table}"
    return _core.read_text_rows(file, kind, tables, notes=notes, day_first=mapping.day_first)


def links_of(data: Iterable[Dataset]) -> Links:
    """Give the crosswalk from partners' person numbers to children."""
    result: Links = {}
    for each in data:
        if "person_link" in each:
            table = each["person_link"]
            for partner, number, child in zip(
                table["partner"], table["partner_person_id"], table["child_id"], strict=True
            ):
                if child is not None:
                    result[str(partner).casefold(), str(number)] = str(child)
    return result


def _read(files: Sequence[Found], options: Options) -> list[Part]:
    pairs = [(file, mapping) for file in files for mapping in mappings_for(file.path, options)]
    # Links first: other tables may need them.
    pairs.sort(key=lambda pair: pair[1].table != "person_link")
    read: dict[Found, Dataset] = {}
    for file, mapping in pairs:
        links = {**options.links, **links_of(read.values())}
        rows = rows_of(file.path, mapping.sheet, mapping.heading_row)
        data = mapped(rows, mapping, file.path.name, links)
        read[file] = _core.merge_datasets(read[file], data) if file in read else data
    return [Part(data, (file,)) for file, data in read.items()]


def read_mapped(source: Any, mapping: Mapping, *, name: str = "table", links: Dataset | None = None) -> Dataset:
    """Read a data frame (anything with __arrow_c_stream__) by a mapping.

    links: a dataset with person_link, where the mapping links a column.

    Raises DataError for a source that is no table or lacks a heading.
    """
    raw = Dataset({"rows": source})["rows"]
    columns = [[as_text(value) for value in column.to_list()] for column in raw.columns]
    rows = [list(row) for row in zip(*columns, strict=True)]
    shaped = SheetRows(list(raw.column_names), rows, list(range(1, len(rows) + 1)))
    return _core.settle_merged(mapped(shaped, mapping, name, links_of([links] if links else [])), placements=False)


def load(mapping: str | Path | Mapping) -> Mapping:
    """Give a mapping, or read the file of one."""
    if isinstance(mapping, Mapping):
        return mapping
    path = Path(mapping)
    if not path.exists():
        raise DefinitionError(f"{path}: there is no such mapping file")
    return read_mapping(path)


READER = Reader(
    name="partner_tables",
    title="a partner's table, with a mapping",
    tables=(),
    keys="own",
    recognise=_recognise,
    read=_read,
)

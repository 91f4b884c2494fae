"""The form for figures that goldenthread template writes, filled in by a partner: table supplied_figure."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread import _core
from goldenthread._core import DataError
from goldenthread.figure_form import FIGURES, HEADING_ROW, HEADINGS, MARK, SENDER, SENDER_CELLS
from goldenthread.readers import schema
from goldenthread.readers.found import Found, Options, Part, Reader
from goldenthread.readers.glimpse import Glimpse
from goldenthread.readers.values import reduced
from goldenthread.readers.workbook import Sheet, sheets_of

_NUMBERS = ("value", "numerator", "denominator", "unknown")


def _recognise(seen: Glimpse, options: Options) -> Found | None:
    if not seen.is_workbook or not {FIGURES, SENDER} <= set(seen.sheets):
        return None
    first = next(sheet for sheet in sheets_of(seen.path, most_rows=1) if sheet.name == SENDER)
    if not first.rows or MARK not in first.rows[0]:
        return None
    return Found(seen.path, READER.name, "form for figures, filled in by a partner", role="supplied_figure")


def _sender(sheet: Sheet) -> dict[str, str]:
    def answer(row: int) -> str:
        return sheet.rows[row - 1][1].strip() if row <= len(sheet.rows) and len(sheet.rows[row - 1]) > 1 else ""

    shape = schema.columns("supplied_figure")
    return {name: reduced(answer(row), shape[name]) for name, row in SENDER_CELLS.items()}


def _read_form(file: Found) -> Part:
    sheets = {sheet.name: sheet for sheet in sheets_of(file.path)}
    figures = sheets[FIGURES]
    if len(figures.rows) < HEADING_ROW or tuple(figures.rows[HEADING_ROW - 1][: len(HEADINGS)]) != HEADINGS:
        raise DataError(f"{file.path.name}, sheet {FIGURES}: the headings were changed: send the form out again")
    sender = _sender(sheets[SENDER])
    columns = [*(h for h in HEADINGS if h in schema.columns("supplied_figure")), *sender]
    rows, lines = [], []
    empty = 0
    for line, row in enumerate(figures.rows[HEADING_ROW:], start=HEADING_ROW + 1):
        said = {heading: row[i].strip() if i < len(row) else "" for i, heading in enumerate(HEADINGS)} | sender
        if not said["indicator_id"]:
            continue
        if not any(said[name] for name in _NUMBERS):
            empty += 1
            continue
        rows.append([said[name] for name in columns])
        lines.append(line)
    notes = [*figures.notes(), *([f"{empty:,} lines were left empty"] if empty else [])]
    notes += [f"the sender's {name.replace('_', ' ')} is not filled in" for name, text in sender.items() if not text]
    tables = [("supplied_figure", columns, rows, lines)]
    data = _core.read_text_rows(file.path.name, "form for figures", tables, notes=notes, day_first=True)
    return Part(data, (file,))


def _read(files: Sequence[Found], options: Options) -> list[Part]:
    return [_read_form(file) for file in files]


READER = Reader(
    name="figure_form",
    title="a partner's figures on the form that goldenthread template writes",
    tables=(),
    keys="own",
    recognise=_recognise,
    read=_read,
)

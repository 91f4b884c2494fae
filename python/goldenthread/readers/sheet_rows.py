"""Rows of text of any file that holds a table: CSV, workbook, Parquet."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from goldenthread._core import DataError
from goldenthread.readers import parquet, workbook
from goldenthread.readers.cells import as_text

_MOST_COLUMNS = 4096
_MOST_BYTES = 4 << 30


@dataclass(frozen=True)
class SheetRows:
    """Headings, rows of text, the line of each row, and what there is to say."""

    headings: list[str]
    rows: list[list[str]] = field(repr=False)
    lines: list[int] = field(repr=False)
    notes: list[str] = field(default_factory=list)


def rows_of(path: Path, sheet: str = "", heading_row: int = 1) -> SheetRows:
    """Read a file whole.

    Raises DataError for one that is not of these kinds, is broken, or has no such sheet or heading row.
    """
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        headings, cells = parquet.rows_of(path)
        rows = [[as_text(cell) for cell in row] for row in cells]
        return SheetRows(headings, rows, list(range(1, len(rows) + 1)))
    if suffix in workbook.SUFFIXES:
        chosen = _sheet(path, sheet)
        return _shaped(path, chosen.rows, heading_row, chosen.notes())
    return _shaped(path, _csv_rows(path), heading_row, [])


def _sheet(path: Path, name: str) -> workbook.Sheet:
    sheets = workbook.sheets_of(path)
    for each in sheets:
        if not name or each.name.casefold() == name.casefold():
            return each
    raise DataError(f"{path.name}: there is no sheet '{name}'; there are: {', '.join(each.name for each in sheets)}")


def _csv_rows(path: Path) -> list[list[str]]:
    if path.stat().st_size > _MOST_BYTES:
        raise DataError(f"{path.name}: is larger than {_MOST_BYTES // 1_000_000} MB: split it")
    data = path.read_bytes()
    if b"\0" in data:
        raise DataError(f"{path.name}: holds NUL bytes, so it is UTF-16 or not text: save or export it again as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        raise DataError(
            f"{path.name}, line {line}: is not UTF-8 text: byte 0x{data[problem.start]:02X}: save or export it again as UTF-8"
        ) from None
    csv.field_size_limit(2**31 - 1)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as problem:
        raise DataError(f"{path.name}: is not CSV: {problem}") from None


def _shaped(path: Path, rows: list[list[str]], heading_row: int, notes: list[str]) -> SheetRows:
    if len(rows) < heading_row or not any(cell.strip() for cell in rows[heading_row - 1]):
        raise DataError(f"{path.name}: line {heading_row} has no headings")
    headings = [cell.replace("\u00a0", " ").strip() for cell in rows[heading_row - 1]]
    if len(headings) > _MOST_COLUMNS:
        raise DataError(f"{path.name}: has {len(headings):,} columns; at most {_MOST_COLUMNS:,} are read")
    result: list[list[str]] = []
    lines = []
    ragged = 0
    for line, row in enumerate(rows[heading_row:], start=heading_row + 1):
        if not any(cell.strip() for cell in row):
            continue
        ragged += len(row) != len(headings)
        result.append([*row[: len(headings)], *[""] * (len(headings) - len(row))])
        lines.append(line)
    if ragged:
        notes = [
            *notes,
            f"{ragged:,} rows have more or fewer cells than headings: missing ones are empty, surplus is not read",
        ]
    return SheetRows(headings, result, lines, notes)

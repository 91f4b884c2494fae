"""Workbooks (Excel, OpenDocument), by python-calamine: sheets as rows of text.

Cells hold what the workbook last computed. A formula that was never computed is empty, and counted.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goldenthread._core import DataError
from goldenthread.readers.cells import as_text
from goldenthread.readers.extras import needed

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_ZIPPED = (".xlsx", ".xlsm", ".xlsb", ".ods")
MOST_BYTES = 1 << 30  # unpacked: Excel itself cannot fill this much with a council's lists
MOST_TIMES = 1000  # unpacked against packed: real sheets stay below 100
MOST_CELLS = 30_000_000  # from the first to the last of a sheet, which are all held at once
_SMALL = 16 << 20
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Sheet:
    """One sheet as rows of text, with what could not be read of it."""

    name: str
    rows: list[list[str]] = field(repr=False)
    uncomputed: int = 0  # formulas without a computed value
    errors: int = 0  # cells such as #N/A

    def notes(self) -> list[str]:
        """Say what of the sheet is empty though something stands there."""
        result = []
        if self.uncomputed:
            cells = "formula has" if self.uncomputed == 1 else "formulas have"
            result.append(f"{self.uncomputed:,} {cells} no computed value and read as empty: open and save it in Excel")
        if self.errors:
            result.append(
                f"{self.errors:,} {'cell holds' if self.errors == 1 else 'cells hold'} an error such as #N/A, read as empty"
            )
        return result


_FILLED = re.compile(rb'<(?:\w+:)?(row|c)\b(?:[^<>]*?\s)?r="([A-Za-z]{0,4})(\d{1,15})"[^<>]*(?<!/)>')
_LONGEST_TAG = 1024


class _Extent:
    """How far a sheet reaches: the largest row and column in which something stands."""

    def __init__(self) -> None:
        self.row = self.column = 1
        self._rest = b""

    def add(self, chunk: bytes) -> int:
        """Look at more of the sheet; give the number of cells up to the farthest row and column."""
        text = self._rest + chunk
        for tag, letters, digits in _FILLED.findall(text):
            self.row = max(self.row, int(digits))
            if tag == b"c":
                self.column = max(self.column, _column_number(letters))
        self._rest = text[-_LONGEST_TAG:]  # a tag may go on in the next chunk
        return self.row * self.column


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def check_size(path: Path) -> None:
    """Refuse a workbook that unpacks to more than any real one, or has a cell far off, before any of it is read.

    Raises DataError.
    """
    if path.suffix.lower() not in _ZIPPED:
        return
    packed = max(path.stat().st_size, 1)
    unpacked = 0
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                extent = _Extent() if member.filename.startswith("xl/worksheets/") else None
                with archive.open(member) as stream:
                    while chunk := stream.read(_CHUNK):
                        unpacked += len(chunk)
                        if extent is not None and extent.add(chunk) > MOST_CELLS:
                            raise DataError(
                                f"{path.name}: a sheet reaches to row {extent.row:,} and column {extent.column:,}; it was "
                                "not read: delete what stands far off, and save it again"
                            )
                        if unpacked > MOST_BYTES or (unpacked > _SMALL and unpacked > MOST_TIMES * packed):
                            raise DataError(
                                f"{path.name}: unpacks to far more than a workbook holds; it was not read: "
                                "save it again from Excel"
                            )
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as problem:
        if isinstance(problem, DataError):
            raise
        raise DataError(f"{path.name}: is not a whole workbook ({problem}): copy or save it again") from None


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    calamine = needed("python_calamine", f"{path.name}: a workbook")
    check_size(path)
    try:
        book = calamine.CalamineWorkbook.from_path(path)
    except Exception as problem:
        raise DataError(f"{path.name}: cannot be opened as a workbook: {_first_line(problem)}") from None
    try:
        yield book
    finally:
        book.close()


def _first_line(problem: Exception) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0]


def sheet_names(path: Path) -> tuple[str, ...]:
    """Names of the sheets, in order."""
    with _opened(path) as book:
        return tuple(book.sheet_names)


def sheets_of(path: Path, most_rows: int | None = None) -> list[Sheet]:
    """Every sheet; with most_rows, only the first rows of each."""
    result = []
    with _opened(path) as book:
        counts = _lost_cells(path) if most_rows is None else {}  # once it is known to be whole
        for position, name in enumerate(book.sheet_names):
            try:
                rows = book.get_sheet_by_index(position).to_python(skip_empty_area=False, nrows=most_rows)
            except Exception as problem:
                raise DataError(f"{path.name}, sheet {name}: cannot be read: {_first_line(problem)}") from None
            result.append(Sheet(name, [[as_text(cell) for cell in row] for row in rows], *counts.get(name, (0, 0))))
    return result


_CELL = re.compile(rb"<c\b((?:[^>/]|/(?!>))*)>(.*?)</c>", re.DOTALL)


def _lost_cells(path: Path) -> dict[str, tuple[int, int]]:
    """Formulas without a value, and errors, of each sheet (xlsx only: elsewhere they cannot be told from empty cells)."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return {}
    result: dict[str, tuple[int, int]] = {}
    with zipfile.ZipFile(path) as archive:
        for name, part in _sheet_parts(archive).items():
            uncomputed = errors = 0
            for attributes, content in _CELL.findall(archive.read(part)):
                if b't="e"' in attributes:
                    errors += 1
                elif b"<f" in content and b't="str"' not in attributes and not re.search(rb"<v>[^<]", content):
                    uncomputed += 1
            result[name] = (uncomputed, errors)
    return result


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet to the part of the package that holds it."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {}
    for tag in re.findall(r"<Relationship\b[^>]*>", links):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        target = attributes.get("Target", "")
        targets[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    parts = {}
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
        attributes = dict(re.findall(r'([\w:]+)="([^"]*)"', tag))
        part = targets.get(attributes.get("r:id", ""), "")
        if part in names:
            parts[_unescaped(attributes.get("name", ""))] = part
    return parts


def _unescaped(text: str) -> str:
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text

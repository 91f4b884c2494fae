"""What can be told of a file without reading it whole: enough to find out what it is."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from goldenthread._core import DataError
from goldenthread.readers import parquet, workbook

_HEAD = 64 * 1024
_UTF8_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Glimpse:
    """A file and the beginning of what is in it."""

    path: Path
    head: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """Name of the file, without folder."""
        return self.path.name

    @property
    def stem(self) -> str:
        """Name in lower case, without folder and ending."""
        return self.path.stem.lower()

    @property
    def suffix(self) -> str:
        """Ending in lower case, with its point."""
        return self.path.suffix.lower()

    @cached_property
    def text(self) -> str | None:
        """The first 64 KiB as text; None if they are not UTF-8."""
        head = self.head.removeprefix(_UTF8_MARK)
        if b"\0" in head:
            return None
        try:
            return head.decode("utf-8")
        except UnicodeDecodeError as problem:
            # The last character may be cut in two.
            whole = problem.start >= len(head) - 3 and len(self.head) == _HEAD
            return head[: problem.start].decode("utf-8") if whole else None

    @cached_property
    def root(self) -> str | None:
        """Name of the outermost XML element without prefix; None if this is not XML."""
        text = (self.text or "").lstrip()
        if not text.startswith("<"):
            return None
        found = re.search(r"<(?!\?|!)(?:[\w.-]+:)?([\w.-]+)", re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL))
        return found.group(1) if found else None

    def element(self, name: str) -> str | None:
        """Text of the first element of this name near the beginning of an XML file."""
        found = re.search(rf"<(?:[\w.-]+:)?{name}\s*>\s*([^<]*?)\s*<", self.text or "")
        return found.group(1) if found else None

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """Headings of a CSV or Parquet file, trimmed; empty for anything else."""
        if self.suffix == ".parquet":
            return parquet.columns_of(self.path)
        if self.suffix not in (".csv", ".txt") or self.text is None or self.text.lstrip().startswith("<"):
            return ()
        lines = [line for line in self.text.splitlines() if line.strip()]
        first = next(csv.reader(lines[:1]), [])
        return tuple(heading.replace("\u00a0", " ").strip() for heading in first)

    @cached_property
    def folded(self) -> frozenset[str]:
        """Headings in lower case."""
        return frozenset(heading.lower() for heading in self.headings)

    @cached_property
    def is_workbook(self) -> bool:
        """Whether this is an Excel or OpenDocument workbook, by its first bytes and ending."""
        return self.suffix in workbook.SUFFIXES

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """Names of a workbook's sheets; empty for anything else."""
        return workbook.sheet_names(self.path) if self.is_workbook else ()


def glimpse(path: Path) -> Glimpse:
    """Open a file and look at its beginning.

    Raises DataError for a file that is not there or cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            return Glimpse(path, stream.read(_HEAD))
    except OSError as problem:
        raise DataError(f"{path}: {problem.strerror or 'cannot be opened'}") from None

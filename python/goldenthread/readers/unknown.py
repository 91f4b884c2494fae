"""Words for a file that no reader knows."""

from __future__ import annotations

from goldenthread.readers.cells import headings_in_words
from goldenthread.readers.found import Found
from goldenthread.readers.glimpse import Glimpse

_READER = "unknown"
_SHOWN = 6
_PLAIN = {".md": "text", ".txt": "text", ".json": "JSON", ".pdf": "a PDF document", ".docx": "a Word document"}


def describe(seen: Glimpse) -> Found:
    """Say what can be said of a file that is not read, and what to do about it."""
    what, note = _words(seen)
    return Found(seen.path, _READER, what, read=False, note=note)


def unreadable(seen: Glimpse, problem: str) -> Found:
    """Say of a file that its kind could not be found out because it is broken."""
    return Found(seen.path, _READER, "a file that cannot be read", read=False, note=problem)


def _words(seen: Glimpse) -> tuple[str, str]:
    if not seen.head.strip():
        return "an empty file", ""
    if seen.root is not None and seen.suffix == ".xml":
        return f"XML of an unknown kind: its outermost element is '{seen.root[:60]}'", ""
    if seen.suffix in (".csv", ".parquet") and seen.headings:
        return (
            f"a table of an unknown kind, with {headings_in_words(seen.headings)}",
            f"goldenthread map {seen.name} proposes a mapping",
        )
    if seen.is_workbook:
        return f"a workbook of an unknown kind, with sheets {', '.join(seen.sheets[:_SHOWN])}", (
            f"goldenthread map {seen.name} proposes a mapping"
        )
    if seen.suffix in _PLAIN:
        return f"{_PLAIN[seen.suffix]}, not data", ""
    if seen.text is None:
        return "not UTF-8 text, or not text at all", "save or export it again as UTF-8"
    return "of an unknown kind", ""

"""Canonical tables as CSV, known by name or by headings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from goldenthread._core import read_table_files
from goldenthread.readers import schema
from goldenthread.readers.found import Found, Options, Part, Reader
from goldenthread.readers.glimpse import Glimpse

# Of a file with another name than a table's, this share of the headings must be the table's.
_LEAST_SHARE = 0.6


def table_of_headings(headings: frozenset[str]) -> str | None:
    """Give the table whose columns these headings are; None where no table or more than one fits."""
    fits: dict[str, int] = {}
    for name in schema.tables():
        own = schema.columns(name).keys()
        common = len(headings & own)
        if common >= 2 and schema.required_keys(name) <= headings and common >= _LEAST_SHARE * len(headings):
            fits[name] = common
    best = max(fits.values(), default=0)
    chosen = [name for name, common in fits.items() if common == best]
    return chosen[0] if len(chosen) == 1 else None


def _recognise(seen: Glimpse, options: Options) -> Found | None:
    if seen.suffix != ".csv":
        return None
    if seen.stem == "dataset" and seen.folded & {"area", "synthetic"}:
        return Found(seen.path, READER.name, "what the tables are about (area, synthetic or not)", role="dataset")
    table = seen.stem if seen.stem in schema.tables() else table_of_headings(seen.folded)
    if table is None:
        return None
    title = schema.tables()[table]["title"]
    note = "" if table == seen.stem else "known by its headings"
    return Found(
        seen.path, READER.name, f"canonical table {table} ({title[0].lower()}{title[1:]}, CSV)", table, note=note
    )


def _sets(files: Sequence[Found]) -> list[list[Found]]:
    """Files that make one dataset: those of a folder, as long as no table stands twice."""
    folders: dict[Path, list[list[Found]]] = defaultdict(lambda: [[]])
    for file in files:
        sets = folders[file.path.parent]
        if any(file.role == other.role for other in sets[-1]):
            sets.append([])
        sets[-1].append(file)
    return [each for sets in folders.values() for each in sets]


def _read(files: Sequence[Found], options: Options) -> list[Part]:
    return [
        Part(read_table_files([(file.role, file.path) for file in together]), tuple(together))
        for together in _sets(files)
        if any(file.role != "dataset" for file in together)
    ]


READER = Reader(
    name="canonical_tables",
    title="the canonical table (CSV)",
    tables=tuple(schema.tables()),
    keys="own",
    recognise=_recognise,
    read=_read,
)

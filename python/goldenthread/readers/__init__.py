"""Files as councils have them: find out what each is, read them, stack years and kinds into one dataset.

Each kind of file has a module of its own with a READER; the list below is all there is.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from goldenthread import _core
from goldenthread._core import DataError, Dataset, DefinitionError
from goldenthread.readers import (
    annex_a,
    canonical_tables,
    cin_census,
    figure_form,
    partner_tables,
    published,
    ssd,
    ssda903_csv,
    ssda903_xml,
    unknown,
)
from goldenthread.readers.found import Found, Options, Part, Reader
from goldenthread.readers.glimpse import glimpse

__all__ = ["READERS", "Found", "Options", "Part", "Reader", "combine", "find", "read", "read_parts"]

Paths: TypeAlias = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]

# The first that knows a file has it.
READERS: tuple[Reader, ...] = (
    cin_census.READER,
    ssda903_xml.READER,
    ssda903_csv.READER,
    partner_tables.READER,
    figure_form.READER,
    annex_a.READER,
    ssd.READER,
    published.READER,
    canonical_tables.READER,
)

# Where rows of one table come with keys made by different hands, those of the first kind here are used: the same
# referral has another id in each, and would count twice.
_KEY_ORDER = ("own", "ssd", "natural", "annex_a")

# Their keys are the council's own identifiers in every kind of file, so rows of all kinds meet.
_SHARED_TABLES = frozenset({"person", "person_disability", "person_link", "coverage", "population", "benchmark"})


def files_in(paths: Paths) -> list[Path]:
    """Give the files named, and all files of the folders named, in order of their names.

    Raises DataError for a path that is not there.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    result: dict[Path, None] = {}
    for each in given:
        path = Path(each)
        if path.is_dir():
            result.update(dict.fromkeys(_files_below(path)))
        elif path.exists():
            result[path] = None
        else:
            raise DataError(f"{path}: there is no such file or folder")
    return list(result)


def _files_below(folder: Path) -> list[Path]:
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        # Office leaves ~$name beside a workbook that is open.
        found += [Path(place) / name for name in sorted(names) if not name.startswith((".", "~$"))]
    return found


def find(paths: Paths, options: Options | None = None) -> list[Found]:
    """Find out what each file is. Nothing is read whole, and no file makes it fail but one that is not there."""
    chosen = options or Options()
    result = []
    for path in files_in(paths):
        seen = glimpse(path)
        try:
            found = next((f for reader in READERS if (f := reader.recognise(seen, chosen)) is not None), None)
            result.append(found or unknown.describe(seen))
        except (DataError, DefinitionError) as problem:
            result.append(unknown.unreadable(seen, str(problem)))
    return result


def read_parts(found: Sequence[Found], options: Options, problems: dict[Path, str] | None = None) -> list[Part]:
    """Read what can be read, each return or set of tables as a dataset of its own.

    With problems, a file that is known but cannot be read is named there with the reason and its neighbours are read;
    without, it raises DataError.
    """
    parts: list[Part] = []
    # Partners' tables last: they may need the crosswalk that another file holds.
    for reader in sorted(READERS, key=lambda reader: reader is partner_tables.READER):
        files = [file for file in found if file.read and file.reader == reader.name]
        if not files:
            continue
        chosen = replace(options, links=partner_tables.links_of(part.data for part in parts))
        try:
            parts += reader.read(files, chosen)
        except DataError:
            if problems is None:
                raise
            parts += _read_singly(reader, files, chosen, problems)
    return parts


def _read_singly(reader: Reader, files: list[Found], options: Options, problems: dict[Path, str]) -> list[Part]:
    parts = []
    for file in files:
        try:
            parts += reader.read([file], options)
        except DataError as problem:
            problems[file.path] = str(problem)
    return parts


def _last_day(part: Part) -> str:
    if "coverage" not in part.data:
        return ""
    return max((str(day) for day in part.data["coverage"]["last_day"].to_list() if day is not None), default="")


def _keys_of(part: Part, table: str) -> str:
    reader = next((reader for reader in READERS if reader.name == part.files[0].reader), None)
    return reader.keys_of(table) if reader else ""


def _without_second_keys(parts: list[Part]) -> list[Part]:
    """Leave out tables whose rows another kind of file brings under keys of its own; notes say so."""
    owner: dict[str, str] = {}
    for keys in _KEY_ORDER:
        for part in parts:
            for name in part.data:
                if _keys_of(part, name) == keys:
                    owner.setdefault(name, keys)
    result = []
    for part in parts:
        surplus = [n for n in part.data if n not in _SHARED_TABLES and owner.get(n) != _keys_of(part, n)]
        result.append(_left_out(part, surplus, owner) if surplus else part)
    return result


def _left_out(part: Part, surplus: list[str], owner: dict[str, str]) -> Part:
    rows = sum(len(part.data[name]) for name in surplus)
    note = (
        f"{', '.join(surplus)}: not used from {', '.join(file.path.name for file in part.files)} ({rows:,} rows), because "
        "files of another kind bring these tables under keys of their own and the same row would count twice"
    )
    remark = _core.read_text_rows("", "note", [], notes=[note])
    return Part(_core.merge_datasets(_core.without_tables(part.data, surplus), remark), part.files)


def combine(parts: Sequence[Part], area: str | None = None) -> Dataset:
    """Stack parts into one dataset: earlier coverage first, so that later extracts win."""
    chosen = sorted(_without_second_keys(list(parts)), key=_last_day)
    data = _core.read_table_files([], area=area)
    for part in chosen:
        data = _core.merge_datasets(data, part.data)
    # Canonical tables come with placements of their own.
    derived = any(
        "looked_after_episode" in part.data and _keys_of(part, "looked_after_episode") != "own" for part in chosen
    )
    return _core.settle_merged(data, placements=derived)


def unread(found: Iterable[Found]) -> list[Part]:
    """Give datasets without rows that say of files which were not read what they are."""
    return [
        Part(_core.read_text_rows(f.path.name, f"{f.what}: not read", [], notes=[f.note] if f.note else []), (f,))
        for f in found
        if not f.read
    ]


def read(
    paths: Paths,
    *,
    area: str | None = None,
    year: int | None = None,
    mappings: Iterable[str | os.PathLike[str]] = (),
    pseudonym_key: bytes | None = None,
    birth_months: bool = False,
) -> Dataset:
    """Read every file named and every file of the folders named, whatever each is, into one dataset.

    data.files says what each file was, data.findings what is wrong with it. Several years and kinds stack by the
    declared merge rule: one row for each key, the later extract wins, nothing is overwritten by nothing.

    area: name of the area; otherwise as the files say. year: of SSDA903 files, by the year it ends in; otherwise
    inferred. mappings: files that say what a partner's columns mean.

    pseudonym_key: secret bytes, 16 at least: identifiers are replaced by their HMAC-SHA-256, and findings quote no value.
    birth_months: births are known to the month only; ages that this cannot decide are unknown.

    Raises DataError for a path that is not there, a file of a known kind that cannot be read, no file that could be
    read at all, or a text of the board's own rows that names a child whose rows are loaded.
    """
    options = Options(area=area, year=year, mappings=tuple(Path(each) for each in mappings))
    found = find(paths, options)
    parts = read_parts(found, options)
    if not parts:
        raise DataError(_nothing_read(found))
    data = combine([*parts, *unread(found)], area)
    _core.refuse_named_children(data)
    if birth_months:
        data = _core.with_birth_months(data)
    return data if pseudonym_key is None else _core.with_pseudonyms(data, pseudonym_key)


def _nothing_read(found: Sequence[Found]) -> str:
    if not found:
        return "the folder holds no file"
    shown = "; ".join(f"{f.path.name}: {f.what}" + (f" ({f.note})" if f.note else "") for f in found[:5])
    more = f"; and {len(found) - 5:,} more" if len(found) > 5 else ""
    return f"no file that can be read: {shown}{more}"

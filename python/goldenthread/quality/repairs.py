"""Repairs of values: declared in a file (goldenthread/repairs@1), used only where it is named, logged row by row."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from goldenthread import _core
from goldenthread._core import Dataset, DefinitionError
from goldenthread.documents import Place, entries_of, text_of
from goldenthread.inspection import latest_day
from goldenthread.quality import key_of_row, place_of_row
from goldenthread.readers import schema
from goldenthread.tabulation import tabulate

FORMAT = "goldenthread/repairs@1"
_REPAIR = frozenset({"id", "words", "table", "column", "where", "becomes"})


@dataclass(frozen=True)
class Repair:
    """One rule: in this column, where this is true of the row, this value is to stand."""

    id: str
    words: str
    table: str
    column: str
    where: str
    becomes: str = ""  # empty: not recorded
    becomes_column: str = ""  # another column of the row, in the place of a value


@dataclass(frozen=True)
class RepairedValue:
    """One value that was replaced. Holds a key and values: personal data."""

    repair: str
    table: str
    column: str
    file: str
    row: int
    key: str
    before: str
    after: str


def _column(given: dict[str, Any], place: Place, table: str) -> str:
    name = place.name_of(given, "column", schema.columns(table), f"column of table {table}")
    if not name:
        raise place.error("'column' is missing")
    return name


def _becomes(given: Any, place: Place, table: str) -> tuple[str, str]:
    """Give the text that is to stand there, and the column it is taken from instead."""
    if isinstance(given, dict):
        return "", _column(place.object_of(given, frozenset({"column"})), place, table)
    if given is not None and not isinstance(given, str):
        raise place.error('text, null, or {"column": …} is expected')
    return given or "", ""


def _repair(entry: Any, place: Place) -> Repair:
    given = place.object_of(entry, _REPAIR)
    for name in sorted(_REPAIR - given.keys()):
        raise place.error(f"'{name}' is missing")
    name = place.text(given, "id")
    if not re.fullmatch("[a-z][a-z0-9_]*", name):
        raise place.at("id").error(f"'{name}' is not a name of small letters, digits and _")
    table = place.name_of(given, "table", schema.tables(), "table")
    column = _column(given, place, table)
    if schema.columns(table)[column]["key"]:
        raise place.at("column").error(f"'{column}' is part of the key: another key would be another row")
    value, other = _becomes(given["becomes"], place.at("becomes"), table)
    return Repair(name, place.text(given, "words"), table, column, place.text(given, "where"), value, other)


def parse_repairs(text: str, file: str) -> tuple[Repair, ...]:
    """Read repairs from text.

    Raises DefinitionError naming the file, the place in it and what to do.
    """
    found: list[Repair] = []
    for entry, place in entries_of(text, file, FORMAT, "repairs"):
        each = _repair(entry, place)
        if any(each.id == other.id for other in found):
            raise place.at("id").error(f"'{each.id}' stands twice")
        found.append(each)
    return tuple(found)


def read_repairs(path: str | os.PathLike[str]) -> tuple[Repair, ...]:
    """Read a file of repairs.

    Raises DefinitionError for what is wrong in it, OSError for a file that cannot be opened.
    """
    return parse_repairs(text_of(path), str(path))


def _as_text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _as_at(given: datetime.date | str | None, data: Dataset) -> str:
    day = given if given is not None else latest_day(data)[0]
    # Where no day is known, only a condition that does not ask for one can be true.
    return str(day) if day is not None else "2000-01-01"


def _apply(data: Dataset, repair: Repair, as_at: str) -> tuple[Dataset, list[RepairedValue]]:
    if repair.table not in data:
        return data, []
    table = data[repair.table]
    if repair.column not in table:
        raise DefinitionError(f"repair {repair.id}: the data have no column {repair.table}.{repair.column}")
    truths = [values[0] for values in tabulate(repair.where, repair.table, data, as_at).values]
    old = [_as_text(value) for value in table[repair.column]]
    if repair.becomes_column and repair.becomes_column not in table:
        raise DefinitionError(f"repair {repair.id}: the data have no column {repair.table}.{repair.becomes_column}")
    given = [_as_text(v) for v in table[repair.becomes_column]] if repair.becomes_column else None
    wanted = {i: given[i] if given else repair.becomes for i, truth in enumerate(truths) if truth == "true"}
    try:
        changed = _core.with_values(data, repair.table, repair.column, list(wanted.items())) if wanted else data
    except _core.DataError as problem:
        raise DefinitionError(f"repair {repair.id}: {problem}") from None
    new = [_as_text(value) for value in changed[repair.table][repair.column]]
    places = _core.row_sources(table)
    log = [
        RepairedValue(
            repair.id, repair.table, repair.column, *place_of_row(data, places, row), key_of_row(data, repair.table, row),
            old[row], new[row])
        for row in wanted
        if old[row] != new[row]
    ]  # fmt: skip
    return changed, log


def repair(
    data: Dataset, repairs: Sequence[Repair], *, as_at: datetime.date | str | None = None
) -> tuple[Dataset, list[RepairedValue]]:
    """Replace values as declared, one repair after the other, and give every value that changed.

    Each repair sees what those before it left. The dataset says of itself what was repaired (data.files), in counts.
    A repair of a table that was not supplied does nothing. as_at: the day conditions may ask about; the latest day
    covered if left out.

    Raises DefinitionError for a condition or a value that does not fit the table.
    """
    day = _as_at(as_at, data)
    log: list[RepairedValue] = []
    notes = []
    for each in repairs:
        data, found = _apply(data, each, day)
        log += found
        if found:
            notes.append(f"{len(found):,} values of {each.table}.{each.column} by {each.id}: {each.words}")
    if notes:
        data = _core.merge_datasets(
            data, _core.read_text_rows("repairs", "values repaired as declared", [], notes=notes)
        )
    return data, log

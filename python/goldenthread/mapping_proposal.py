"""A mapping proposed from a file's headings and values, for a person to correct."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from goldenthread._core import DataError, DefinitionError
from goldenthread.readers import schema
from goldenthread.readers.cells import folded, serial_day
from goldenthread.readers.mapping import FORMAT
from goldenthread.readers.sheet_rows import SheetRows, rows_of
from goldenthread.readers.values import boolean_of, code_of

_SAMPLE = 500
_MOST_VALUES = 20
_LEAST_LIKENESS = 0.55
# What people call things, in the schema's words.
_SAME_WORDS = {
    "dob": "date birth",
    "ref": "id",
    "reference": "id",
    "number": "id",
    "no": "id",
    "crime": "incident",
    "started": "start",
    "ended": "end",
    "closed": "end",
    "opened": "start",
    "gender": "sex",
    "dash": "risk level",
    "risk": "risk level",
    "client": "child",
    "pupil": "child",
    "person": "child",
}
_EMPTY_WORDS = frozenset({"of", "the", "a", "an", "is", "was", "has", "day", "it"})


@dataclass(frozen=True)
class Proposal:
    """A mapping for one table, and how much of the file it uses."""

    table: str
    columns: dict[str, str]  # canonical column to heading
    source: SheetRows = field(repr=False)
    score: float

    def to_json(self, file: str, sheet: str = "") -> str:
        """Give the mapping file; what a person must decide stands in x- fields."""
        columns: dict[str, Any] = {}
        for name, column in schema.columns(self.table).items():
            if name in self.columns:
                columns[name] = self._rule(name, column)
            elif column["key"] and column["not_null"]:
                columns[name] = {"row_number": True, "x-note": "no column of the file looks like this key"}
        used = set(self.columns.values())
        document: dict[str, Any] = {
            "format": FORMAT,
            "files": file,
            **({"sheet": sheet} if sheet else {}),
            "table": self.table,
            "dates": "day_first" if self._day_first() else "year_first",
            "columns": columns,
            "x-not-read": [heading for heading in self.source.headings if heading and heading not in used],
        }
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"

    def _values(self, name: str) -> list[str]:
        position = self.source.headings.index(self.columns[name])
        return [row[position].strip() for row in self.source.rows if row[position].strip()]

    def _rule(self, name: str, column: dict[str, Any]) -> str | dict[str, Any]:
        heading = self.columns[name]
        if column["type"] != "category":
            return heading
        distinct = list(dict.fromkeys(self._values(name)))[: _MOST_VALUES + 1]
        if len(distinct) > _MOST_VALUES:
            return heading  # too many for a list of codes: nothing of them is written down
        known = {value: code for value in distinct if (code := code_of(value, column["codes"])) is not None}
        strange = [value for value in distinct if value not in known]
        if not strange:
            return heading
        codes = ", ".join(sorted(schema.codes(column["codes"])))
        return {"heading": heading, "values": dict.fromkeys(strange, ""), "x-note": f"give each one of: {codes}"}

    def _day_first(self) -> bool:
        days = [
            value
            for name in self.columns
            if schema.columns(self.table)[name]["type"] == "date"
            for value in self._values(name)[:_SAMPLE]
        ]
        return sum("/" in day for day in days) > len(days) / 2


def _words(text: str) -> set[str]:
    words = set()
    for word in folded(text).replace("/", " ").replace("-", " ").split():
        words.update(_SAME_WORDS.get(word, word).split())
    return words - _EMPTY_WORDS


def _likeness(heading: str, name: str, column: dict[str, Any]) -> float:
    """Say how much a heading is like a column, 0 to 1: by letters, by words, by the words of its meaning."""
    if folded(heading) == folded(name):
        return 1.0
    here, there = _words(heading), _words(name)
    if not here or not there:
        return 0.0
    by_words = len(here & there) / len(here | there)
    by_letters = SequenceMatcher(None, folded(heading), folded(name)).ratio()
    by_meaning = len(here & _words(column["title"])) / len(here) * 0.8
    return max(by_words, by_letters * 0.9, by_meaning if len(here) > 1 else 0.0)


def _share_that_fits(values: Sequence[str], column: dict[str, Any]) -> float:
    """Say which share of the values the column could take."""
    if not values:
        return 0.5
    kind = column["type"]
    if kind == "date":
        fit = [
            serial_day(v) is not None or (sum(c.isdigit() for c in v) >= 6 and any(s in v for s in "-/."))
            for v in values
        ]
    elif kind == "category":
        fit = [code_of(v, column["codes"]) is not None for v in values]
    elif kind == "boolean":
        fit = [boolean_of(v) is not None for v in values]
    elif kind in ("int64", "decimal"):
        fit = [v.replace(".", "", 1).lstrip("-").isdigit() for v in values]
    else:
        return 0.75
    return sum(fit) / len(fit)


def _for_table(table: str, source: SheetRows) -> Proposal:
    pairs = []
    for position, heading in enumerate(source.headings):
        if not heading or heading in source.headings[:position]:
            continue
        values = [row[position].strip() for row in source.rows[:_SAMPLE] if row[position].strip()]
        for name, column in schema.columns(table).items():
            like = _likeness(heading, name, column)
            if like >= _LEAST_LIKENESS:
                fits = _share_that_fits(values, column)
                # A list of codes of the partner's own still is the list: only what is typed can be wrong.
                floor = 0.5 if column["type"] == "category" and len(set(values)) <= _MOST_VALUES else 0.0
                if max(fits, floor) >= 0.5:
                    pairs.append((like * (0.5 + 0.5 * max(fits, floor)), name, heading))
    chosen: dict[str, str] = {}
    score = 0.0
    for value, name, heading in sorted(pairs, key=lambda pair: -pair[0]):
        if name not in chosen and heading not in chosen.values():
            chosen[name] = heading
            score += value * (2 if schema.columns(table)[name]["not_null"] else 1)
    needed = sum(2 if column["not_null"] else 1 for column in schema.columns(table).values())
    share_of_file = len(chosen) / max(1, sum(bool(h) for h in source.headings))
    return Proposal(table, chosen, source, score / needed * 0.5 + share_of_file * 0.5 if chosen else 0.0)


def propose_mapping(
    path: str | Path, *, table: str | None = None, sheet: str = "", heading_row: int = 1
) -> list[Proposal]:
    """Propose mappings of a file, best first: all tables that fit, or the one named.

    Raises DataError for a file that holds no table, DefinitionError for a table the schema does not have.
    """
    place = Path(path)
    if not place.exists():
        raise DataError(f"{place}: there is no such file")
    if table is not None and table not in schema.tables():
        raise DefinitionError(f"unknown table '{table}'; there are: {', '.join(schema.tables())}")
    source = rows_of(place, sheet, heading_row)
    found = [_for_table(name, source) for name in ([table] if table else schema.tables())]
    return sorted((each for each in found if each.columns), key=lambda each: -each.score)

"""What files are, what a plan can be fed from them, and what is missing most cheaply."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from goldenthread import _core, readers
from goldenthread._core import Dataset, DefinitionError, IndicatorSet, Period, Plan
from goldenthread.readers import schema
from goldenthread.readers.found import Found, Options, Part

# A cell in one of these states says something; in any other the line has no figure.
_FED = frozenset({"value", "true_zero", "partial", "zero_denominator"})


@dataclass(frozen=True)
class InspectedFile:
    """One file: what it is, and what was read from it."""

    path: Path
    what: str
    version: str = ""
    tables: dict[str, int] = field(default_factory=dict)  # rows kept of each canonical table
    rows_read: int = 0
    rows_set_aside: int = 0
    notes: tuple[str, ...] = ()
    problem: str = ""  # why it could not be read
    read: bool = True

    def lines(self) -> list[str]:
        """Say it in words."""
        version = f", {self.version}" if self.version else ""
        result = [f"{self.path.name}: {self.what}{version}"]
        if self.problem:
            result.append(f"cannot be read: {self.problem}")
        if self.tables:
            result.append(", ".join(f"{table} {rows:,}" for table, rows in self.tables.items()))
        if self.rows_set_aside:
            result.append(f"{self.rows_set_aside:,} of {self.rows_read:,} rows set aside: see the findings")
        return result + list(self.notes)


@dataclass(frozen=True)
class FedLine:
    """A line of evidence, and how its figures stand in the quarter asked about."""

    line: str
    text: str
    states: dict[str, str]  # indicator to state
    lacking: dict[str, tuple[str, ...]]  # indicator to tables that were not supplied
    reasons: dict[str, str]

    @property
    def fed(self) -> bool:
        """Whether at least one of its figures can be given."""
        return any(state in _FED for state in self.states.values())


@dataclass(frozen=True)
class Extra:
    """Something small that would feed more lines."""

    title: str
    tables: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Inspection:
    """What files are and what they feed; shows itself in words."""

    files: tuple[InspectedFile, ...]
    data: Dataset | None = field(repr=False)
    as_at: datetime.date | None
    as_at_from: str
    quarter: Period | None
    lines: tuple[FedLine, ...]
    extras: tuple[Extra, ...]

    @property
    def fed(self) -> tuple[str, ...]:
        """Lines of evidence that can be fed."""
        return tuple(line.line for line in self.lines if line.fed)

    @property
    def unfed(self) -> tuple[FedLine, ...]:
        """Lines of evidence that can be counted but not from these files."""
        return tuple(line for line in self.lines if line.states and not line.fed)

    def sections(self) -> list[tuple[str, list[str]]]:
        """Headings and lines of what there is to say."""
        files = [text for file in self.files for text in _indented(file.lines())]
        result = [(f"{len(self.files):,} file" + ("" if len(self.files) == 1 else "s"), files)]
        if self.data is None:
            return [*result, ("Nothing that a plan can be fed from", [])]
        if self.quarter is None:
            return [*result, ("No day is covered, so no quarter can be asked about: give --as-at", [])]
        asked = f"{self.quarter.label} (as at {self.as_at}, {self.as_at_from})"
        result.append(
            (f"Lines of evidence fed in {asked}: {len(self.fed)} of {len(self._countable)}", self._fed_lines())
        )
        if self.unfed:
            result.append(("Not fed", [f"{line.line}  {_why(line)}" for line in self.unfed]))
        if self.extras:
            result.append(("One more file would feed more", [_offer(extra) for extra in self.extras]))
        return result

    @property
    def _countable(self) -> list[FedLine]:
        return [line for line in self.lines if line.states]

    def _fed_lines(self) -> list[str]:
        return [f"{line.line}  {_states(line)}" for line in self.lines if line.fed]

    def __str__(self) -> str:
        return "\n\n".join("\n".join([heading, *(f"  {line}" for line in lines)]) for heading, lines in self.sections())

    def _repr_html_(self) -> str:
        parts = []
        for heading, lines in self.sections():
            items = "".join(f"<li>{escape(line.strip())}</li>" for line in lines)
            parts.append(f"<h4>{escape(heading)}</h4>" + (f"<ul>{items}</ul>" if items else ""))
        return "".join(parts)


def _indented(lines: Sequence[str]) -> list[str]:
    return [line if first else f"  {line}" for first, line in zip([True] + [False] * len(lines), lines, strict=False)]


def _states(line: FedLine) -> str:
    return "; ".join(f"{i}: {s.replace('_', ' ')}" for i, s in line.states.items() if s in _FED)


def _why(line: FedLine) -> str:
    tables = sorted({table for lacking in line.lacking.values() for table in lacking})
    if tables:
        return f"needs {', '.join(tables)}"
    return "; ".join(dict.fromkeys(reason for reason in line.reasons.values() if reason))


def _offer(extra: Extra) -> str:
    one = len(extra.lines) == 1
    tables = "" if len(extra.tables) == 1 and extra.title.endswith(extra.tables[0]) else f" ({', '.join(extra.tables)})"
    return f"{extra.title}{tables}: {len(extra.lines)} more line{'' if one else 's'}, {', '.join(extra.lines)}"


# --- the day and the quarter ---

# Days that lie outside what is known by their nature.
_NOT_EVENTS = frozenset(
    {
        "date_of_birth",
        "expected_date_of_birth",
        "victim_date_of_birth",
        "date_of_death",
        "conference_target_date",
        "due_date",
        "review_date",
        "published_date",
    }
)


def latest_day(data: Dataset) -> tuple[datetime.date | None, str]:
    """Give the latest day the data cover, and where that comes from; never the clock."""
    if "coverage" in data:
        days = [day for day in data["coverage"]["last_day"].to_list() if isinstance(day, datetime.date)]
        if days:
            return max(days), "the latest day covered"
    found: list[datetime.date] = []
    for name, table in data.tables.items():
        for column in table.columns:
            if column.type == "date" and column.name not in _NOT_EVENTS and name in schema.tables():
                found += [day for day in column.to_list() if isinstance(day, datetime.date)]
    return (max(found), "the latest day in any row") if found else (None, "")


def quarter_of(day: datetime.date) -> Period:
    """Give the financial quarter a day lies in."""
    year = day.year if day.month >= 4 else day.year - 1
    return Period(f"{year}-{(year + 1) % 100:02d} Q{(day.month - 4) % 12 // 3 + 1}")


# --- lines and extras ---


def _fed_lines(plan: Plan, indicators: IndicatorSet, data: Dataset, quarter: Period) -> tuple[FedLine, ...]:
    card = _core.evaluate_plan(plan, indicators, data, periods=[quarter])
    about = {entry["indicator"]: entry for entry in card.results.indicators()}
    totals = {cell["indicator"]: cell for cell in card.results.cells() if not cell["key"]}
    result = []
    for priority in plan.priorities:
        for line in priority.evidence_lines:
            known = [i for i in line.indicators if i in totals]
            result.append(
                FedLine(
                    line.id,
                    line.text,
                    {i: totals[i]["state"] for i in known},
                    {i: tuple(about[i]["tables_missing"]) for i in known if about[i]["tables_missing"]},
                    {i: str(totals[i]["reason"] or "") for i in known},
                )
            )
    return tuple(result)


# Not one file: a set of tables, or every table by itself.
_NOT_OFFERED = frozenset({"canonical_tables", "ssd"})


def _offers() -> list[tuple[str, tuple[str, ...]]]:
    """Everything that might be supplied besides: each table alone, and each kind of file."""
    kinds = [(each.title, each.tables) for each in readers.READERS if each.tables and each.name not in _NOT_OFFERED]
    return [*((f"table {name}", (name,)) for name in schema.tables()), *kinds]


def smallest_extras(lines: Iterable[FedLine], most: int = 5) -> tuple[Extra, ...]:
    """Give single files that would feed more lines: most lines first, then fewest tables; none that others cover."""
    unfed = [line for line in lines if line.lacking and not line.fed]
    found = []
    for title, tables in _offers():
        supplied = set(tables)
        gained = tuple(line.line for line in unfed if any(set(lack) <= supplied for lack in line.lacking.values()))
        needed = {t for line in unfed for lack in line.lacking.values() if set(lack) <= supplied for t in lack}
        if gained:
            found.append(Extra(title, tuple(t for t in tables if t in needed), gained))
    found.sort(key=lambda extra: (-len(extra.lines), len(extra.tables)))
    chosen: list[Extra] = []
    for extra in found:
        covered = {line for other in chosen for line in other.lines}
        if len(chosen) < most and not set(extra.lines) <= covered:
            chosen.append(extra)
    return tuple(chosen)


# --- files ---


def _sources(file: Found, part: Part) -> dict[int, _core.SourceFile]:
    """Entries of the dataset that are about this file or its sheets, by position."""
    name = file.path.name
    return {i: s for i, s in enumerate(part.data.files) if s.name == name or s.name.startswith(f"{name}, ")}


def _year_in(kind: str) -> str:
    last = kind.rpartition(" ")[2]
    return last if last[:4].isdigit() else ""


def _inspected(file: Found, part: Part) -> InspectedFile:
    sources = _sources(file, part)
    version = next(filter(None, (_year_in(source.kind) for source in sources.values())), file.version)
    notes = []
    for source in sources.values():
        place = source.name.removeprefix(file.path.name).removeprefix(", ")
        notes += [f"{place}: {note}" if place else note for note in source.notes]
    return InspectedFile(
        file.path,
        file.what,
        version,
        _tables_of(file, part, sources),
        sum(source.rows_read for source in sources.values()),
        sum(source.rows_set_aside for source in sources.values()),
        tuple(filter(None, (file.note, *notes))),
    )


def _tables_of(file: Found, part: Part, sources: dict[int, _core.SourceFile]) -> dict[str, int]:
    """Rows of each table that came from this file."""
    alone = len(part.files) == 1
    counts = {}
    for name, table in part.data.tables.items():
        if name == "coverage" and file.role != "coverage":
            continue
        by_file = _core.rows_by_file(table)
        count = sum(by_file.get(position, 0) for position in sources)
        if count or (alone and len(table) == 0) or file.role == name:
            counts[name] = count
    return counts


def inspect(
    paths: readers.Paths,
    *,
    plan: Plan | None = None,
    indicators: IndicatorSet | None = None,
    as_at: str | datetime.date | None = None,
    year: int | None = None,
    mappings: Iterable[str | os.PathLike[str]] = (),
) -> Inspection:
    """Say what files are, how many rows of which table they hold, and which lines of a plan's evidence they feed.

    The quarter asked about is the one that as_at lies in: without it, the latest day the files cover. A file that
    cannot be read is named with the reason; it does not keep the others from being read.

    Raises DataError for a path that is not there, DefinitionError for a wrong day.
    """
    options = Options(year=year, mappings=tuple(Path(each) for each in mappings))
    found = readers.find(paths, options)
    problems: dict[Path, str] = {}
    parts = readers.read_parts(found, options, problems)
    of_file = {file.path: part for part in parts for file in part.files}
    files = tuple(
        _inspected(file, of_file[file.path])
        if file.path in of_file
        else InspectedFile(
            file.path,
            file.what,
            file.version,
            notes=(file.note,) if file.note else (),
            problem=problems.get(file.path, ""),
            read=False,
        )
        for file in found
    )
    data = readers.combine(parts) if parts else None
    day, source = _chosen_day(as_at, data)
    if data is None or day is None:
        return Inspection(files, data, day, source, None, (), ())
    quarter = quarter_of(day)
    lines = _fed_lines(
        plan or _core.shipped_plan("leicester_2018_2020"), indicators or _core.shipped_indicators(), data, quarter
    )
    return Inspection(files, data, day, source, quarter, lines, smallest_extras(lines))


def _chosen_day(as_at: str | datetime.date | None, data: Dataset | None) -> tuple[datetime.date | None, str]:
    if isinstance(as_at, datetime.date):
        return as_at, "as asked"
    if as_at is not None:
        try:
            return datetime.date.fromisoformat(as_at), "as asked"
        except ValueError:
            raise DefinitionError(f"as_at: '{as_at}' is not a date such as 2020-03-31") from None
    return latest_day(data) if data is not None else (None, "")


def as_dict(found: Inspection) -> dict[str, Any]:
    """Give an inspection as plain values, for programs."""
    return {
        "files": [
            {
                "file": str(file.path),
                "what": file.what,
                "version": file.version,
                "read": file.read,
                "tables": file.tables,
                "rows_read": file.rows_read,
                "rows_set_aside": file.rows_set_aside,
                "notes": list(file.notes),
                "problem": file.problem,
            }
            for file in found.files
        ],
        "as_at": str(found.as_at) if found.as_at else None,
        "quarter": found.quarter.label if found.quarter else None,
        "lines": [
            {
                "line": line.line,
                "fed": line.fed,
                "states": line.states,
                "lacking": {k: list(v) for k, v in line.lacking.items()},
            }
            for line in found.lines
        ],
        "extras": [
            {"what": extra.title, "tables": list(extra.tables), "lines": list(extra.lines)} for extra in found.extras
        ],
    }

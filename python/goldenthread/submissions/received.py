"""What came of what was expected: by partner, part and period."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from goldenthread._core import Dataset, DefinitionError, Period
from goldenthread.inspection import latest_day
from goldenthread.readers import schema
from goldenthread.submissions.expected import Expected
from goldenthread.submissions.matching import MatchRate, match_rates

# Worst first: the order of the report.
STATES = ("nothing", "partly", "late", "not due", "complete")


@dataclass(frozen=True)
class Submission:
    """One period of one part of what a partner was to send."""

    partner: str
    what: str
    part: str  # empty: all as one
    period: str
    due: datetime.date
    state: str  # nothing, partly, late, not due, complete
    days: int  # of the period
    days_covered: int | None  # by coverage, of the table's rows; nothing for figures
    share: float | None  # least completeness that coverage says; nothing where it says none
    rows: int | None  # whose first date lies in the period; nothing for figures, and for parts
    sent: datetime.date | None  # figures alone: when they were sent
    note: str = ""


@dataclass(frozen=True)
class SubmissionReport:
    """Everything that was expected, and how well partners' person identifiers are known."""

    as_at: datetime.date
    submissions: tuple[Submission, ...]
    match_rates: tuple[MatchRate, ...]
    notes: tuple[str, ...] = field(default=())  # what was said of person numbers when partners' files were read

    def of_state(self, state: str) -> tuple[Submission, ...]:
        """Those in one state."""
        return tuple(each for each in self.submissions if each.state == state)

    def __str__(self) -> str:
        lines = [f"as at {self.as_at}: " + ", ".join(f"{len(self.of_state(s))} {s}" for s in STATES)]
        lines += [
            f"{each.state:<9} {each.partner}: {each.what}{f' ({each.part})' if each.part else ''}, {each.period}"
            for each in self.submissions
        ]
        return "\n".join(lines)


@dataclass(frozen=True)
class _Run:
    first: datetime.date
    last: datetime.date
    share: float | None


def _runs(data: Dataset, table: str, part: str) -> list[_Run] | None:
    """Give what coverage says of a part of a table; None where it says nothing of the table at all."""
    if "coverage" not in data:
        return None
    coverage = data["coverage"]
    names = ("table_name", "part", "first_day", "last_day", "share")
    columns = [coverage[name].to_list() if name in coverage else [None] * len(coverage) for name in names]
    about = [row for row in zip(*columns, strict=True) if row[0] == table]
    if not about:
        return None
    # What is said of the whole table holds for each of its parts.
    return [
        _Run(first, last or datetime.date.max, None if share is None else float(share))
        for _, said_part, first, last, share in about
        if isinstance(first, datetime.date) and (said_part is None or _same(said_part, part))
    ]


def _same(one: object, other: str) -> bool:
    return str(one).casefold() == other.casefold()


def _covered(period: Period, runs: Iterable[_Run]) -> int:
    days: set[int] = set()
    for run in runs:
        first, last = max(period.first, run.first), min(period.last, run.last)
        days.update(range(first.toordinal(), last.toordinal() + 1))
    return len(days)


def _event_day(table: str) -> str:
    """Name the date that says when a row happened: the first that must be there, else the first."""
    dates = [name for name, column in schema.columns(table).items() if column["type"] == "date"]
    needed = [name for name in dates if schema.columns(table)[name]["not_null"]]
    return next(iter(needed or dates), "")


def _event_days(data: Dataset, table: str) -> list[datetime.date] | None:
    """Give the days on which rows happened, in order; None where that is not known."""
    name = _event_day(table)
    if table not in data or not name or name not in data[table]:
        return None
    return sorted(day for day in data[table][name] if isinstance(day, datetime.date))


def _rows_in(days: list[datetime.date] | None, period: Period) -> int | None:
    return None if days is None else bisect_right(days, period.last) - bisect_left(days, period.first)


def _state(covered: int, days: int, share: float | None, agreed: float, due: bool) -> str:
    enough = share is None or share >= agreed
    if covered == days and enough:
        return "complete"
    if not due:
        return "not due"
    return "partly" if covered else "nothing"


def _said_of(entry: Expected, part: str, data: Dataset) -> tuple[list[_Run], str]:
    """Give the runs of days for which the rows are there, and what is to be said of that."""
    if entry.table not in data:
        return [], "the table was not supplied"
    runs = _runs(data, entry.table, part)
    if runs is None:
        whole = _Run(datetime.date.min, datetime.date.max, None)
        return [whole], "coverage says nothing of the table: taken as complete"
    if not entry.parts and _has_parts(data, entry.table):
        return _whole_runs(data, entry.table), "coverage is said by part: what all parts cover"
    return runs, ""


def _of_rows(entry: Expected, data: Dataset, as_at: datetime.date) -> Iterator[Submission]:
    event_days = None if entry.parts else _event_days(data, entry.table)
    for part in entry.parts or ("",):
        said, note = _said_of(entry, part, data)
        for period in entry.periods:
            touching = [run for run in said if run.first <= period.last and run.last >= period.first]
            share = min((run.share for run in touching if run.share is not None), default=None)
            covered, days = _covered(period, touching), (period.last - period.first).days + 1
            due = entry.due(period)
            state = _state(covered, days, share, entry.share, as_at > due)
            yield Submission(
                entry.partner, entry.what, part, period.label, due, state, days, covered, share,
                _rows_in(event_days, period), None, note)  # fmt: skip


def _has_parts(data: Dataset, table: str) -> bool:
    """Whether coverage speaks of the table by its parts alone."""
    coverage = data["coverage"]
    if "part" not in coverage:
        return False
    about = [part for name, part in zip(coverage["table_name"], coverage["part"], strict=True) if name == table]
    return bool(about) and all(part is not None for part in about)


def _whole_runs(data: Dataset, table: str) -> list[_Run]:
    coverage = data["coverage"]
    parts = {str(p) for n, p in zip(coverage["table_name"], coverage["part"], strict=True) if n == table}
    by_part = [_runs(data, table, part) or [] for part in sorted(parts)]
    result = by_part[0]
    for runs in by_part[1:]:
        result = [
            _Run(max(a.first, b.first), min(a.last, b.last), _least(a.share, b.share))
            for a in result
            for b in runs
            if max(a.first, b.first) <= min(a.last, b.last)
        ]
    return result


def _least(one: float | None, other: float | None) -> float | None:
    return min((share for share in (one, other) if share is not None), default=None)


def _sent_on(entry: Expected, period: Period, data: Dataset) -> tuple[bool, datetime.date | None]:
    """Say whether a total was supplied, and when."""
    if "supplied_figure" not in data:
        return False, None
    table = data["supplied_figure"]
    breakdowns = table["breakdown"].to_list() if "breakdown" in table else [None] * len(table)
    names = ("indicator_id", "period_label", "supplied_by", "supplied_on")
    for (indicator, label, partner, day), breakdown in zip(
        zip(*(table[name] for name in names), strict=True), breakdowns, strict=True
    ):
        asked = (indicator, label) == (entry.indicator, period.label) and _same(partner, entry.partner)
        if asked and breakdown is None:
            return True, day if isinstance(day, datetime.date) else None
    return False, None


def _of_figure(entry: Expected, period: Period, data: Dataset, as_at: datetime.date) -> Submission:
    came, sent = _sent_on(entry, period, data)
    due = entry.due(period)
    if came:
        state = "late" if sent is not None and sent > due else "complete"
    else:
        state = "nothing" if as_at > due else "not due"
    days = (period.last - period.first).days + 1
    return Submission(entry.partner, entry.what, "", period.label, due, state, days, None, None, None, sent)


def check_submissions(
    expected: Sequence[Expected], data: Dataset, *, as_at: datetime.date | str | None = None
) -> SubmissionReport:
    """Compare what was expected with what is in the data, on a day; the latest day covered if left out.

    Rows are complete for a period where coverage says so of every day, with the share that was agreed; a table of which
    coverage says nothing is taken as complete, as everywhere. A figure is there when its total is.

    Raises DefinitionError for a day that is none, or where no day is covered and none was given.
    """
    day = _as_at(as_at, data)
    found: list[Submission] = []
    for entry in expected:
        if entry.indicator:
            found += [_of_figure(entry, period, data, day) for period in entry.periods]
        else:
            found += _of_rows(entry, data, day)
    found.sort(key=lambda each: (STATES.index(each.state), each.due, each.partner, each.what, each.part))
    notes = [note for file in data.files for note in file.notes if note.startswith("match rate of ")]
    return SubmissionReport(day, tuple(found), tuple(match_rates(data)), tuple(notes))


def _as_at(given: datetime.date | str | None, data: Dataset) -> datetime.date:
    if isinstance(given, datetime.date):
        return given
    if given is not None:
        try:
            return datetime.date.fromisoformat(given)
        except ValueError:
            raise DefinitionError(f"as_at: '{given}' is not a date such as 2020-03-31") from None
    found = latest_day(data)[0]
    if found is None:
        raise DefinitionError("the data cover no day: say on which day to look, with as_at")
    return found

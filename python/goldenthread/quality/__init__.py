"""Quality as data: rules with words and cases, what breaks them, and what of the plan they touch.

The rules stand in rules.json: those of the readers (one cell, one key) and those that look across rows, written in the
language of definitions. Findings are counted by rule; rows and keys go to the local file alone.
"""

from __future__ import annotations

import datetime
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from goldenthread import _core
from goldenthread._core import Dataset, DefinitionError, IndicatorSet, Period, Plan
from goldenthread.inspection import latest_day, quarter_of
from goldenthread.readers import schema
from goldenthread.tabulation import tabulate

__all__ = ["Impact", "QualityReport", "Rule", "RuleCount", "SetAside", "check", "rules", "set_aside"]

FORMAT = "goldenthread/quality@1"


@dataclass(frozen=True)
class Rule:
    """One rule; where = "" is kept by the readers themselves, cell by cell."""

    id: str
    severity: str  # error, query, repaired
    words: str
    table: str = ""
    columns: tuple[str, ...] = ()
    dfe: str = ""
    where: str = ""
    cases: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def needs(self) -> tuple[str, ...]:
        """Tables without which it cannot be checked."""
        named = set(re.findall(r"\w+", self.where)) & schema.tables().keys()
        return tuple(sorted({self.table, *named} - {""}))


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id."""
    document = json.loads((files("goldenthread.quality") / "rules.json").read_text(encoding="utf-8"))
    if document["format"] != FORMAT:
        raise DefinitionError(f"rules.json: '{FORMAT}' is expected")
    found = [*document["reader_rules"], *document["rules"]]
    return {each["id"]: Rule(**{**each, "columns": tuple(each.get("columns", ()))}) for each in found}


@dataclass(frozen=True)
class Impact:
    """A figure of the plan with the rows a rule is about, and without them."""

    line: str
    indicator: str
    period: str
    with_rows: str
    without_rows: str


@dataclass(frozen=True)
class RuleCount:
    """How often a rule is broken in a table."""

    rule: Rule
    table: str
    column: str
    count: int
    unknown: int = 0  # rows that do not tell
    rows: tuple[int, ...] = field(default=(), repr=False)  # of the table, from 0
    not_checked: str = ""  # why the rule could not be checked
    impacts: tuple[Impact, ...] = ()

    @property
    def checked(self) -> bool:
        """Whether the tables it needs were there."""
        return not self.not_checked


@dataclass(frozen=True)
class QualityReport:
    """What is wrong with a dataset, counted by rule."""

    data: Dataset = field(repr=False)
    as_at: datetime.date | None
    counts: tuple[RuleCount, ...]

    @property
    def broken(self) -> tuple[RuleCount, ...]:
        """Rules that are broken somewhere, errors first, then by count."""
        order = {"error": 0, "query": 1, "repaired": 2}
        found = [each for each in self.counts if each.count]
        return tuple(sorted(found, key=lambda each: (order.get(each.rule.severity, 3), -each.count, each.rule.id)))

    @property
    def not_checked(self) -> tuple[RuleCount, ...]:
        """Rules for which a table was not supplied."""
        return tuple(each for each in self.counts if not each.checked)

    def __str__(self) -> str:
        lines = [f"{each.count:>8,}  {each.rule.severity:<8}  {each.table}: {each.rule.words}" for each in self.broken]
        return "\n".join(lines or ["nothing is wrong by the rules that could be checked"])


def _truths(rule: Rule, data: Dataset, as_at: datetime.date) -> list[str]:
    return [values[0] for values in tabulate(rule.where, rule.table, data, str(as_at)).values]


def _count(rule: Rule, data: Dataset, as_at: datetime.date | None) -> RuleCount:
    column = rule.columns[0] if rule.columns else ""
    lacking = [table for table in rule.needs if table not in data]
    if lacking or (as_at is None and "as_at" in rule.where):
        why = f"{', '.join(lacking)} not supplied" if lacking else "no day is covered"
        return RuleCount(rule, rule.table, column, 0, not_checked=why)
    truths = _truths(rule, data, as_at or datetime.date(2000, 1, 1))
    rows = tuple(i for i, truth in enumerate(truths) if truth == "true")
    return RuleCount(rule, rule.table, column, len(rows), truths.count("unknown"), rows)


def _rows_by_place(data: Dataset, table: str) -> dict[tuple[str, int], int]:
    """Give the row that came from each place of each file."""
    names = [file.name for file in data.files]
    sources = _core.row_sources(data[table])
    return {(names[file] if file < len(names) else "", row): i for i, (file, row) in enumerate(sources)}


def _reader_counts(data: Dataset) -> list[RuleCount]:
    """Count what the readers found, by rule, table and column, with the rows that are still in the table."""
    found = data.findings_rows()
    grouped: dict[tuple[str, str, str], list[tuple[str, int]]] = defaultdict(list)
    for rule, table, column, file, row in zip(
        *(found[n] for n in ("rule", "table", "column", "file", "row")), strict=True
    ):
        place = (str(file or ""), row if isinstance(row, int) else 0)
        grouped[str(rule), str(table or ""), str(column or "")].append(place)
    known = rules()
    places: dict[str, dict[tuple[str, int], int]] = {}
    result = []
    for (rule, table, column), where in grouped.items():
        if table in data and table not in places:
            places[table] = _rows_by_place(data, table)
        rows = {places.get(table, {}).get(place) for place in where}
        chosen = known.get(rule) or Rule(rule, "query", rule.replace("_", " "))
        kept = tuple(sorted(row for row in rows if row is not None))
        result.append(RuleCount(chosen, table, column, len(where), rows=kept))
    return result


def _totals(plan: Plan, indicators: IndicatorSet, data: Dataset, period: Period) -> dict[str, str]:
    cells = _core.evaluate_plan(plan, indicators, data, periods=[period]).results.cells()
    return {cell["indicator"]: _shown(cell) for cell in cells if not cell["key"]}


def _shown(cell: dict[str, Any]) -> str:
    if cell["value"] is None:
        return str(cell["state"]).replace("_", " ")
    part = "" if cell["denominator"] is None else f" ({cell['numerator']} of {cell['denominator']})"
    return f"{cell['value']:g}{part}"


def _impacts(
    count: RuleCount, data: Dataset, plan: Plan, indicators: IndicatorSet, period: Period, full: dict[str, str]
) -> tuple[Impact, ...]:
    without = _totals(plan, indicators, _core.without_rows(data, count.table, count.rows), period)
    lines = {i: line.id for priority in plan.priorities for line in priority.evidence_lines for i in line.indicators}
    return tuple(
        Impact(lines.get(indicator, ""), indicator, period.label, value, without[indicator])
        for indicator, value in full.items()
        if without[indicator] != value
    )


def check(
    data: Dataset,
    *,
    as_at: datetime.date | str | None = None,
    plan: Plan | None = None,
    indicators: IndicatorSet | None = None,
    impact: bool = False,
) -> QualityReport:
    """Check a dataset by every rule.

    as_at: the day the rules ask about, such as "nothing begins after it"; the latest day covered if left out.
    impact: also say which figures of the plan's quarter change when the rows of a rule are left out, and by how much.

    Raises DefinitionError for a day that is none.
    """
    day = _day(as_at) if as_at is not None else latest_day(data)[0]
    counts = [*_reader_counts(data), *(_count(rule, data, day) for rule in rules().values() if rule.where)]
    if impact and day is not None:
        chosen = plan or _core.shipped_plan("leicester_2018_2020")
        known = indicators or _core.shipped_indicators()
        period = quarter_of(day)
        full = _totals(chosen, known, data, period)
        counts = [
            RuleCount(
                c.rule,
                c.table,
                c.column,
                c.count,
                c.unknown,
                c.rows,
                c.not_checked,
                _impacts(c, data, chosen, known, period, full),
            )
            if c.rows and c.table in data
            else c
            for c in counts
        ]
    return QualityReport(data, day, tuple(counts))


def _day(text: datetime.date | str) -> datetime.date:
    if isinstance(text, datetime.date):
        return text
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise DefinitionError(f"as_at: '{text}' is not a date such as 2020-03-31") from None


# --- repairs ---


@dataclass(frozen=True)
class SetAside:
    """A row that was left out because of a rule. Holds a key: personal data."""

    rule: str
    table: str
    file: str
    row: int
    key: str


def key_of_row(data: Dataset, table: str, row: int) -> str:
    """Give the key of a row as text: personal data."""
    names = [name for name, column in schema.columns(table).items() if column["key"]]
    return " ".join(str(data[table][name][row]) for name in names if name in data[table])


def place_of_row(data: Dataset, places: list[tuple[int, int]], row: int) -> tuple[str, int]:
    """Give the file and the row in it that a row came from, where known; places are those of _core.row_sources."""
    file, line = places[row] if row < len(places) else (len(data.files), 0)
    return (data.files[file].name if file < len(data.files) else ""), line


def set_aside(
    data: Dataset, rule_ids: Sequence[str], *, as_at: datetime.date | str | None = None
) -> tuple[Dataset, list[SetAside]]:
    """Leave out the rows that break the rules named, and give them one by one. Nothing is ever left out unasked.

    Raises DefinitionError for a rule there is not, or one that only the readers keep.
    """
    day = _day(as_at) if as_at is not None else latest_day(data)[0]
    log: list[SetAside] = []
    for name in rule_ids:
        rule = rules().get(name)
        if rule is None or not rule.where:
            across = ", ".join(each.id for each in rules().values() if each.where)
            raise DefinitionError(f"'{name}' is no rule whose rows can be set aside; there are: {across}")
        found = _count(rule, data, day)
        places = _core.row_sources(data[rule.table]) if found.rows else []
        for row in found.rows:
            source, line = place_of_row(data, places, row)
            log.append(SetAside(name, rule.table, source, line, key_of_row(data, rule.table, row)))
        if found.rows:
            data = _core.without_rows(data, rule.table, found.rows)
    return data, log


def local_rows(report: QualityReport) -> Iterable[tuple[str, str, str, str, int, str]]:
    """Give rule, table, column, file, row and key of every row: personal data, for the local findings file alone."""
    data = report.data
    for count in report.broken:
        if not count.rule.where:
            continue
        places = _core.row_sources(data[count.table])
        for row in count.rows:
            source, line = place_of_row(data, places, row)
            yield count.rule.id, count.table, count.column, source, line, key_of_row(data, count.table, row)

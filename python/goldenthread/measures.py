"""The Python spelling of measures: when, of which rows, what is made of them.

goldenthread.distinct(cp_plan.child_id).at_end_of_period().where(neglect)
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Self, overload

from goldenthread._core import DefinitionError, IndicatorSet, shipped_indicators
from goldenthread.expressions import Column, Expression, Operand, Table, _text, _word, expression
from goldenthread.related_rows import Rows, _count, _sum

__all__ = [
    "Measure",
    "conversion",
    "count",
    "distinct",
    "mean",
    "median",
    "person_days",
    "quantile",
    "ratio",
    "repeat",
    "share",
    "sum",
]


@dataclass(frozen=True, eq=False)
class Measure:
    """A measure of one's own: say when, of which rows, and hand it to evaluate(). Each step gives a new one."""

    of: str
    kind: str
    columns: tuple[str, ...] = ()
    timing: str = "at"
    conditions: tuple[Expression, ...] = ()
    numerator: Expression | None = None
    id: str = "own.measure"
    title: str = "Own measure"
    slots: Mapping[str, Any] = field(default_factory=dict)
    breakdowns: tuple[Any, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    conventions: Mapping[str, Any] = field(default_factory=dict)

    def _with(self, **changes: object) -> Self:
        known = {f.name: getattr(self, f.name) for f in fields(self)}
        return type(self)(**{**known, **changes})

    def _with_slot(self, name: str, value: object) -> Self:
        return self._with(slots={**self.slots, name: value})

    def _with_condition(self, name: str, condition: Operand) -> Self:
        before = self.slots.get(name)
        both = _bare(condition) if before is None else expression(f"({before}) and {_text(condition)}").to_text()
        return self._with_slot(name, both)

    def at_end_of_period(self) -> Self:
        """Count the stock on the last day of each period."""
        return self._with(timing="at")

    def in_period(self) -> Self:
        """Count the flow in each period."""
        return self._with(timing="in")

    def exposed_in_period(self) -> Self:
        """Count anything open in each period."""
        return self._with(timing="exposed")

    def over_period(self) -> Self:
        """Ask every day of each period by itself: for person_days, incidence_of, or a share of days."""
        return self._with(timing="over")

    def of_rows(self, spells: Rows) -> Self:
        """Count joined spells, collapse(…), instead of rows of the table."""
        return self._with(of=spells.to_text())

    def as_(self, name: str) -> Self:
        """Give the counted row a short name."""
        return self._with(of=f"{self.of} as {_word(name)}")

    def where(self, condition: Operand) -> Self:
        """Keep rows for which the condition is TRUE; unknown ones are counted apart."""
        kept = condition if isinstance(condition, Expression) else expression(_text(condition))
        return self._with(conditions=(*self.conditions, kept))

    def exclude(self, condition: Operand) -> Self:
        """Leave rows out, counted apart."""
        return self._with_condition("exclude", condition)

    def immature(self, condition: Operand) -> Self:
        """Leave out rows whose follow-up is not complete, counted apart."""
        return self._with_condition("immature", condition)

    def censored(self, condition: Operand) -> Self:
        """Count rows still waiting apart."""
        return self._with_condition("censored", condition)

    def share_of(self, condition: Operand) -> Self:
        """Give the share of the rows (or entities) for which this holds too."""
        kept = condition if isinstance(condition, Expression) else expression(_text(condition))
        return self._with(kind="share", numerator=kept)

    def rate_per(self, per: int, youngest: int, oldest: int) -> Self:
        """Give a rate per so many people of these ages, both included."""
        slots = {**self.slots, "per": per, "population": {"ages": [youngest, oldest]}}
        return self._with(kind="rate", slots=slots)

    def annualised(self, condition: Operand = True) -> Self:
        """Give rates of periods that are no years as if they were."""
        return self._with_slot("annualise", _bare(condition))

    def profiled_by(self, *dimensions: str, showing: Measure | None = None) -> Self:
        """Show in cells by these dimensions counts of the denominator, or those of another measure."""
        kind = "profile" if self.kind in ("count", "distinct") else self.kind
        names = list(dimensions)
        shown: Any = names if showing is None else {"breakdowns": names, "measure": showing._slots()}
        return self._with(kind=kind, slots={**self.slots, "profile": shown})

    def per(self, number: int) -> Self:
        """Give an incidence per this many person-years, or a ratio times this."""
        return self._with_slot("per", number)

    def by_method(self, method: int | str) -> Self:
        """Choose a quantile's method: 1 to 9 of Hyndman and Fan, or its name."""
        return self._with_slot("method", method)

    def incidence_of(self, events: Rows, date: str) -> Self:
        """Give events per person-year of those counted; say next clean_window() or first_event_only()."""
        of, where = events._parts()
        described = {"of": of, "date": _word(date), **({} if where is None else {"where": where})}
        return self._with(kind="incidence", timing="over", slots={**self.slots, "events": described})

    def clean_window(self, length: Expression) -> Self:
        """Say how long after an event, from the next day on, nobody is at risk."""
        return self._with_slot("clean_window", length.to_text())

    def first_event_only(self) -> Self:
        """Leave out everything after the first event."""
        return self._with_slot("first_event_only", True)

    def step(self, of: Rows, day: Operand, within: Expression) -> Self:
        """Add a conversion's next step: a row of these at most `within` after the base, both ends included."""
        return self._with_slot("steps", [*self.slots.get("steps", ()), _event(of, day, within)])

    def exit_by(self, of: Rows, day: Operand) -> Self:
        """Add a conversion's exit: after it a base converts no more."""
        return self._with_slot("exits", [*self.slots.get("exits", ()), _event(of, day)])

    def mean_time(self) -> Self:
        """Give the mean days a conversion took instead of the share that converts."""
        return self._with_slot("statistic", "mean")

    def median_time(self) -> Self:
        """Give the median days a conversion took instead of the share that converts."""
        return self._with_slot("statistic", "median")

    def quantile_time(self, p: str) -> Self:
        """Give a quantile, "0" to "1", of the days a conversion took instead of the share that converts."""
        return self._with(slots={**self.slots, "statistic": "quantile", "p": _share_text(p)})

    def after_earlier(self, condition: Operand) -> Self:
        """Let only earlier rows of this kind make a repeat."""
        return self._with_condition("earlier", condition)

    def ages_on(self, day: Operand) -> Self:
        """Take ages on this day."""
        return self._with_slot("event_day", _bare(day))

    def look_back(self, table: str, length: Expression) -> Self:
        """Say how far back the definition looks in a table; coverage is checked that far."""
        return self._with_slot("look_back", {**self.slots.get("look_back", {}), table: length.to_text()})

    def follow_up(self, table: str, length: Expression) -> Self:
        """Say how long after the event the definition looks in a table."""
        return self._with_slot("follow_up", {**self.slots.get("follow_up", {}), table: length.to_text()})

    def broken_down_by(self, name: str, value: Operand = None) -> Self:
        """Add a dimension: one that the engine knows, a column, or a value of the row."""
        entry: Any = name if value is None else {"name": name, "value": _bare(value)}
        return self._with(breakdowns=(*self.breakdowns, entry))

    def broken_down_by_each(self, name: str, of: Rows, column: str) -> Self:
        """Add a dimension by every value of related rows: a row is in each cell it has."""
        return self._with(breakdowns=(*self.breakdowns, {"name": name, "each": of.to_text(), "column": column}))

    def broken_down_by_parts(self, name: str, parts: Mapping[str, Expression]) -> Self:
        """Add a dimension of named conditions, which may overlap."""
        named = {key: condition.to_text() for key, condition in parts.items()}
        return self._with(breakdowns=(*self.breakdowns, {"name": name, "predicates": named}))

    def with_parameter(self, name: str, default: str | int | float | bool) -> Self:
        """Leave a choice to the board: `parameter(name)` in expressions."""
        return self._with(parameters={**self.parameters, _word(name): {"default": default}})

    def with_conventions(self, **choices: Any) -> Self:
        """Choose conventions: month_add="roll_forward", end_day="inclusive", …"""
        return self._with(conventions={**self.conventions, **choices})

    def named(self, id: str, title: str = "") -> Self:
        """Give the measure an id (topic.name) and a title."""
        return self._with(id=id, title=title or id)

    def _slots(self) -> dict[str, object]:
        """Give the measure's slots as in a file."""
        if self.kind == "ratio":
            return {"kind": "ratio", **self.slots}
        where = " and ".join(f"({c.to_text()})" for c in self.conditions) or "true"
        measure: dict[str, object] = {
            "kind": self.kind,
            "of": self.of,
            "timing": self.timing,
            "where": expression(where).to_text(),
        }
        if self.columns:
            measure["distinct"] = list(self.columns)
        if self.numerator is not None:
            measure["numerator"] = self.numerator.to_text()
        measure.update(self.slots)
        return measure

    def to_json(self) -> str:
        """Give the measure as an indicator file."""
        measure = self._slots()
        indicator: dict[str, object] = {"id": self.id, "title": self.title, "measure": measure}
        if self.parameters:
            indicator["parameters"] = dict(self.parameters)
        if self.conventions:
            indicator["conventions"] = dict(self.conventions)
        if self.breakdowns:
            indicator["breakdowns"] = list(self.breakdowns)
        return json.dumps({"format": "goldenthread/indicators@1", "indicators": [indicator]})

    def indicators(self) -> IndicatorSet:
        """Give the shipped indicators with this one beside them."""
        return shipped_indicators().with_file(self.to_json(), self.title)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Measure) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __repr__(self) -> str:
        where = " and ".join(f"({c.to_text()})" for c in self.conditions) or "true"
        return f"<Measure {self.id}: {self.kind} of {self.of} where {expression(where).to_text()}>"


def _bare(value: Operand) -> str:
    """Give the canonical text of an operand."""
    return value.to_text() if isinstance(value, Expression) else expression(_text(value)).to_text()


def _share_text(p: str | float) -> str:
    """Give a share from 0 to 1 as the text it is taken exactly from."""
    return p if isinstance(p, str) else repr(p)


def _event(of: Rows, day: Operand, within: Expression | None = None) -> dict[str, str]:
    """Give a step or an exit of a conversion as in a file."""
    rows, where = of._parts()
    event = {"of": rows, "day": _bare(day)}
    if where is not None:
        event["where"] = where
    if within is not None:
        event["within"] = within.to_text()
    return event


def _of_one_table(columns: tuple[Column, ...]) -> str:
    names = {c.table for c in columns}
    if len(names) != 1:
        raise DefinitionError("the columns of a measure belong to one table")
    return names.pop()


@overload
def count(rows: Table) -> Measure: ...
@overload
def count(rows: Rows) -> Expression: ...
def count(rows: Table | Rows) -> Measure | Expression:
    """Count rows of a table, a measure; or related rows, a number in an expression."""
    if isinstance(rows, Rows):
        return _count(rows)
    return Measure(of=rows._name, kind="count")


def distinct(*columns: Column) -> Measure:
    """Count different values of a column, or of several together."""
    return Measure(of=_of_one_table(columns), kind="distinct", columns=tuple(c.column for c in columns))


def share(rows: Table, numerator: Expression, *columns: Column) -> Measure:
    """Give the share of rows (or of different entities) for which `numerator` holds."""
    return Measure(of=rows._name, kind="share", columns=tuple(c.column for c in columns), numerator=numerator)


def person_days(*rows: Table | Column) -> Measure:
    """Count the days of the period on which `where` holds: of rows of a table, or of different entities."""
    if len(rows) == 1 and isinstance(rows[0], Table):
        return Measure(of=rows[0]._name, kind="person-days", timing="over")
    columns = tuple(c for c in rows if isinstance(c, Column))
    if len(columns) != len(rows):
        raise DefinitionError("person-days are of one table, or of columns of one table")
    return Measure(
        of=_of_one_table(columns), kind="person-days", timing="over", columns=tuple(c.column for c in columns)
    )


def ratio(upper: Measure, lower: Measure) -> Measure:
    """Divide one measure by another: each a count, a sum or person-days, on the same periods and breakdowns."""
    return Measure(of=upper.of, kind="ratio", slots={"numerator": upper._slots(), "denominator": lower._slots()})


def conversion(day: Operand, rows: Table) -> Measure:
    """Give the share of the rows on `day` that are followed by each step said next, in order."""
    return Measure(of=rows._name, kind="conversion", timing="in", slots={"day": _bare(day)})


def repeat(day: Operand, key: str | Sequence[str], within: Expression, rows: Table) -> Measure:
    """Give the share of the rows on `day` that have an earlier one of the same key at most `within` before."""
    keys = [key] if isinstance(key, str) else list(key)
    slots = {"day": _bare(day), "key": keys, "within": within.to_text()}
    return Measure(of=rows._name, kind="repeat", timing="in", slots=slots)


def _of_values(kind: str, value: Operand, rows: Table) -> Measure:
    return Measure(of=rows._name, kind=kind, slots={"value": _bare(value)})


@overload
def sum(value: Operand, rows: Table) -> Measure: ...
@overload
def sum(value: Operand, rows: Rows) -> Expression: ...
def sum(value: Operand, rows: Table | Rows) -> Measure | Expression:
    """Add up a value of each row of a table, a measure; or of related rows, a number in an expression."""
    return _sum(value, rows) if isinstance(rows, Rows) else _of_values("sum", value, rows)


def mean(value: Operand, rows: Table) -> Measure:
    """Give the mean of a value of each row; days for durations."""
    return _of_values("mean", value, rows)


def median(value: Operand, rows: Table) -> Measure:
    """Give the median of a value of each row."""
    return _of_values("median", value, rows)


def quantile(value: Operand, p: str | float, rows: Table) -> Measure:
    """Give the quantile at `p`, a decimal from 0 to 1 taken exactly as it is written, of a value of each row."""
    measure = _of_values("quantile", value, rows)
    return measure._with_slot("p", _share_text(p))

"""The Python spelling of expressions and measures.

Comparing builds: ``cp_plan.latest_category == "NEG"`` is an expression, not a truth value. Join with ``&``, ``|`` and
``~``; compare trees with ``same_as``.

    cp_plan = goldenthread.table("cp_plan")
    neglect = goldenthread.open(cp_plan.start_date, cp_plan.end_date) & (cp_plan.latest_category == "NEG")
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn, Self, TypeAlias

from goldenthread._core import DefinitionError, ExpressionTree, IndicatorSet, shipped_indicators

Operand: TypeAlias = "Expression | str | int | bool | datetime.date | None"

__all__ = [
    "Expression",
    "Measure",
    "Table",
    "age",
    "as_at",
    "coalesce",
    "count",
    "days",
    "distinct",
    "during",
    "expression",
    "happened",
    "known",
    "months",
    "open",
    "period_first",
    "period_last",
    "share",
    "table",
    "unknown",
    "working_days",
    "years",
]


def _text(value: Operand) -> str:
    if isinstance(value, Expression):
        return f"({value.to_text()})"
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if value >= 0 else f"({value})"
    if isinstance(value, datetime.datetime):
        raise DefinitionError("a day is expected, not a moment: use .date()")
    if isinstance(value, datetime.date):
        return f"date '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    raise DefinitionError(f"a {type(value).__name__} cannot stand in an expression")


class Expression:
    """An expression of a definition: immutable, the same tree as its text."""

    __slots__ = ("_tree",)

    def __new__(cls, *arguments: str) -> Self:
        """Make a plain expression beside columns, not above them.

        Python asks the right side of a comparison first where its class derives from the left side's, and
        ``a < column`` would become ``column > a``: the same meaning, but another tree than the text's.
        """
        return super().__new__(_Tree if cls is Expression else cls)  # type: ignore[return-value]

    def __init__(self, text: str) -> None:
        """Read the text spelling."""
        self._tree = ExpressionTree.parse(text)

    def to_text(self) -> str:
        """Give the canonical text; reading it back gives the same tree."""
        return self._tree.to_text()

    def same_as(self, other: Expression) -> bool:
        """Whether two expressions are the same tree."""
        return self._tree.same_as(other._tree)

    def __repr__(self) -> str:
        return f"<Expression {self.to_text()}>"

    def __bool__(self) -> NoReturn:
        raise TypeError("an expression has no truth value: join with & | ~ and compare trees with same_as()")

    def __hash__(self) -> NoReturn:
        raise TypeError("an expression cannot be a key: use its to_text()")

    def __reduce__(self) -> tuple[type[Expression], tuple[str]]:
        return (Expression, (self.to_text(),))

    def _join(self, sign: str, other: Operand) -> Expression:
        return Expression(f"({self.to_text()}) {sign} {_text(other)}")

    def __eq__(self, other: object) -> Expression:  # type: ignore[override]
        return self._join("=", other)  # type: ignore[arg-type]

    def __ne__(self, other: object) -> Expression:  # type: ignore[override]
        return self._join("!=", other)  # type: ignore[arg-type]

    def __lt__(self, other: Operand) -> Expression:
        return self._join("<", other)

    def __le__(self, other: Operand) -> Expression:
        return self._join("<=", other)

    def __gt__(self, other: Operand) -> Expression:
        return self._join(">", other)

    def __ge__(self, other: Operand) -> Expression:
        return self._join(">=", other)

    def __and__(self, other: Operand) -> Expression:
        return self._join("and", other)

    def __or__(self, other: Operand) -> Expression:
        return self._join("or", other)

    def __invert__(self) -> Expression:
        return Expression(f"not ({self.to_text()})")

    def __add__(self, other: Operand) -> Expression:
        return self._join("+", other)

    def __sub__(self, other: Operand) -> Expression:
        return self._join("-", other)

    def __mul__(self, other: Operand) -> Expression:
        return self._join("*", other)

    def __neg__(self) -> Expression:
        return Expression(f"-({self.to_text()})")

    def is_in(self, values: Iterable[Operand]) -> Expression:
        """Whether the value is one of these."""
        return Expression(f"({self.to_text()}) in ({', '.join(_text(v) for v in values)})")

    def in_group(self, name: str) -> Expression:
        """Whether the code belongs to a group of its code set."""
        return Expression(f"({self.to_text()}) in group({_text(name)})")

    def between(self, low: Operand, high: Operand) -> Expression:
        """Whether the value lies between two others, both ends included."""
        return Expression(f"({self.to_text()}) between {_text(low)} and {_text(high)}")

    def is_null(self) -> Expression:
        """Whether nothing is recorded."""
        return Expression(f"({self.to_text()}) is null")


class _Tree(Expression):
    """An expression that is no column."""

    __slots__ = ()


class Column(Expression):
    """A column of a table, or of the row a reference leads to."""

    __slots__ = ("column", "table")

    def __init__(self, table_name: str, column: str) -> None:
        """Name a column; `column` may follow references, as in person.sex."""
        super().__init__(column)
        self.table = table_name
        self.column = column

    def __getattr__(self, name: str) -> Column:
        if name.startswith("_"):
            raise AttributeError(name)
        return Column(self.table, f"{self.column}.{name}")

    def __reduce__(self) -> tuple[type[Column], tuple[str, str]]:  # type: ignore[override]
        return (Column, (self.table, self.column))


class Table:
    """A table whose columns are attributes: table("cp_plan").start_date."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        """Name a table of the schema."""
        self._name = name

    def __getattr__(self, name: str) -> Column:
        if name.startswith("_"):
            raise AttributeError(name)
        return Column(self._name, name)

    def __getitem__(self, name: str) -> Column:
        return Column(self._name, name)

    def __repr__(self) -> str:
        return f"<table {self._name}>"


def table(name: str) -> Table:
    """Give a table whose columns are attributes."""
    return Table(name)


def expression(text: str) -> Expression:
    """Read the text spelling of an expression."""
    return Expression(text)


as_at = Expression("as_at")
period_first = Expression("period.first")
period_last = Expression("period.last")
unknown = Expression("unknown")


def days(count: int) -> Expression:
    """Give a duration in days."""
    return Expression(f"({count}) days")


def working_days(count: int) -> Expression:
    """Give a duration in working days of England and Wales."""
    return Expression(f"({count}) working days")


def months(count: int) -> Expression:
    """Give a duration in calendar months."""
    return Expression(f"({count}) months")


def years(count: int) -> Expression:
    """Give a duration in calendar years."""
    return Expression(f"({count}) years")


def _call(name: str, *arguments: Operand) -> Expression:
    return Expression(f"{name}({', '.join(_text(a) for a in arguments)})")


def open(start: Operand, end: Operand, day: Operand = as_at) -> Expression:
    """Begun by the day and not ended by it; the day asked about unless another is given."""
    if day is as_at:
        return _call("open", start, end)
    return _call("open", start, end, day)


def during(day: Operand) -> Expression:
    """Within the period; unknown where the date is not recorded."""
    return _call("during", day)


def happened(day: Operand) -> Expression:
    """Recorded and within the period: no date means not yet."""
    return _call("happened", day)


def known(value: Operand) -> Expression:
    """TRUE where the value is known, else unknown."""
    return _call("known", value)


def age(born: Operand, at: Operand) -> Expression:
    """Completed years; a birthday of 29 February falls on 1 March in other years."""
    return _call("age", born, at)


def coalesce(*values: Operand) -> Expression:
    """Give the first value that is known."""
    return _call("coalesce", *values)


@dataclass(frozen=True)
class Measure:
    """A measure of one's own: say when, of which rows, and hand it to evaluate()."""

    of: str
    kind: str
    columns: tuple[str, ...] = ()
    timing: str = "at"
    conditions: tuple[Expression, ...] = ()
    numerator: Expression | None = None
    id: str = "own.measure"
    title: str = "Own measure"

    def _with(self, **changes: object) -> Self:
        return type(self)(**{**self.__dict__, **changes})

    def at_end_of_period(self) -> Self:
        """Count the stock on the last day of each period."""
        return self._with(timing="at")

    def in_period(self) -> Self:
        """Count the flow in each period."""
        return self._with(timing="in")

    def where(self, condition: Expression) -> Self:
        """Keep rows for which the condition is TRUE; unknown ones are counted apart."""
        return self._with(conditions=(*self.conditions, condition))

    def named(self, id: str, title: str = "") -> Self:
        """Give the measure an id (topic.name) and a title."""
        return self._with(id=id, title=title or id)

    def to_json(self) -> str:
        """Give the measure as an indicator file."""
        where = " and ".join(_text(c) for c in self.conditions) or "true"
        measure: dict[str, object] = {"kind": self.kind, "of": self.of, "timing": self.timing, "where": where}
        if self.columns:
            measure["distinct"] = list(self.columns)
        if self.numerator is not None:
            measure["numerator"] = self.numerator.to_text()
        indicator = {"id": self.id, "title": self.title, "measure": measure}
        return json.dumps({"format": "goldenthread/indicators@1", "indicators": [indicator]})

    def indicators(self) -> IndicatorSet:
        """Give the shipped indicators with this one beside them."""
        return shipped_indicators().with_file(self.to_json(), self.title)


def _of_one_table(columns: tuple[Column, ...]) -> str:
    names = {c.table for c in columns}
    if len(names) != 1:
        raise DefinitionError("the columns of a measure belong to one table")
    return names.pop()


def count(rows: Table) -> Measure:
    """Count rows of a table."""
    return Measure(of=rows._name, kind="count")


def distinct(*columns: Column) -> Measure:
    """Count different values of a column, or of several together."""
    return Measure(of=_of_one_table(columns), kind="distinct", columns=tuple(c.column for c in columns))


def share(rows: Table, numerator: Expression, *columns: Column) -> Measure:
    """Give the share of rows (or of different entities) for which `numerator` holds."""
    return Measure(of=rows._name, kind="share", columns=tuple(c.column for c in columns), numerator=numerator)

"""The Python spelling of expressions: every form of the language, the same tree as its text.

Comparing builds: ``cp_plan.latest_category == "NEG"`` is an expression, not a truth value. Join with ``&``, ``|`` and
``~``; compare trees with ``same_as``.

    cp_plan = goldenthread.table("cp_plan")
    neglect = goldenthread.open(cp_plan.start_date, cp_plan.end_date) & (cp_plan.latest_category == "NEG")
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import NoReturn, Self, TypeAlias, overload

from goldenthread import _core
from goldenthread._core import DefinitionError, ExpressionTree, Period

Operand: TypeAlias = "Expression | str | int | bool | Decimal | datetime.date | None"

__all__ = [
    "Choice",
    "Column",
    "Expression",
    "Operand",
    "Table",
    "age",
    "as_at",
    "case_of",
    "case_when",
    "coalesce",
    "column",
    "days",
    "days_between",
    "during",
    "expression",
    "filter",
    "filter_of",
    "group_of",
    "happened",
    "known",
    "max_of",
    "min_of",
    "month_boundaries_between",
    "months",
    "months_between",
    "open",
    "overlaps",
    "parameter",
    "period_first",
    "period_last",
    "table",
    "this",
    "unknown",
    "weeks",
    "working_days",
    "working_days_between",
    "year_boundaries_between",
    "years",
    "years_between",
]


def _decimal_text(value: Decimal) -> str:
    if not value.is_finite():
        raise DefinitionError(f"{value} is not a number that can stand in an expression")
    text = format(value, "f")
    return text if not text.startswith("-") else f"({text})"


def _text(value: Operand) -> str:
    if isinstance(value, Expression):
        return f"({value.to_text()})"
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if value >= 0 else f"({value})"
    if isinstance(value, Decimal):
        return _decimal_text(value)
    if isinstance(value, datetime.datetime):
        raise DefinitionError("a day is expected, not a moment: use .date()")
    if isinstance(value, datetime.date):
        return f"date '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, float):
        raise DefinitionError(f"the float {value!r} is not exact: use decimal.Decimal('{value!r}')")
    raise DefinitionError(f"a {type(value).__name__} cannot stand in an expression")


def _word(name: str) -> str:
    """A name, refused here if the text would read it as something else."""
    if not (name.isascii() and name.isidentifier()):
        raise DefinitionError(f"'{name}' is not a name of letters, digits and _")
    return name


def _path(path: str) -> str:
    return ".".join(_word(part) for part in path.split("."))


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

    def __truediv__(self, other: Operand) -> Expression:
        """Divide by a number that the definition fixes; the result is exact."""
        return self._join("/", other)

    def _join_reflected(self, sign: str, other: Operand) -> Expression:
        return Expression(f"{_text(other)} {sign} ({self.to_text()})")

    def __rand__(self, other: Operand) -> Expression:
        return self._join_reflected("and", other)

    def __ror__(self, other: Operand) -> Expression:
        return self._join_reflected("or", other)

    def __radd__(self, other: Operand) -> Expression:
        return self._join_reflected("+", other)

    def __rsub__(self, other: Operand) -> Expression:
        return self._join_reflected("-", other)

    def __rmul__(self, other: Operand) -> Expression:
        return self._join_reflected("*", other)

    def __rtruediv__(self, other: Operand) -> Expression:
        return self._join_reflected("/", other)

    def __neg__(self) -> Expression:
        return Expression(f"-({self.to_text()})")

    def is_in(self, values: Expression | Iterable[Operand]) -> Expression:
        """Whether the value is one of these, or in the list that a parameter is."""
        if isinstance(values, Expression):
            return Expression(f"({self.to_text()}) in {values.to_text()}")
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

    def is_not_null(self) -> Expression:
        """Whether something is recorded."""
        return Expression(f"({self.to_text()}) is not null")


class _Tree(Expression):
    """An expression that is no column."""

    __slots__ = ()


class Column(Expression):
    """A column of a table, or of the row a reference leads to."""

    __slots__ = ("column", "table")

    def __init__(self, table_name: str, column: str) -> None:
        """Name a column; `column` may follow references, as in person.sex."""
        if column == "as_at":
            raise DefinitionError("'as_at' is the day asked about, not a column")
        super().__init__(_path(column))
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


def column(path: str) -> Column:
    """Give a column by its path: "person.sex", "this.start_date", "a.authorised_date"."""
    return Column("", path)


class _Outer:
    """The row just outside of related rows."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Column:
        if name.startswith("_"):
            raise AttributeError(name)
        return Column("", f"this.{name}")

    def __getitem__(self, name: str) -> Column:
        return Column("", f"this.{name}")

    def __repr__(self) -> str:
        return "<the row just outside>"


this = _Outer()

as_at = Expression("as_at")
period_first = Expression("period.first")
period_last = Expression("period.last")
unknown = Expression("unknown")


def parameter(name: str) -> Expression:
    """Give what stands for `:name`: put in before types are checked."""
    return Expression(f":{_word(name)}")


def days(count: int | Expression) -> Expression:
    """Give a duration in days."""
    return Expression(f"({_text(count)}) days")


def working_days(count: int | Expression) -> Expression:
    """Give a duration in working days of England and Wales."""
    return Expression(f"({_text(count)}) working days")


def weeks(count: int | Expression) -> Expression:
    """Give a duration in weeks."""
    return Expression(f"({_text(count)}) weeks")


def months(count: int | Expression) -> Expression:
    """Give a duration in calendar months."""
    return Expression(f"({_text(count)}) months")


def years(count: int | Expression) -> Expression:
    """Give a duration in calendar years."""
    return Expression(f"({_text(count)}) years")


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


def overlaps(start: Operand, end: Operand, other_start: Operand, other_end: Operand) -> Expression:
    """Whether two stays share a day; a stay without an end is open."""
    return _call("overlaps", start, end, other_start, other_end)


def known(value: Operand) -> Expression:
    """TRUE where the value is known, else unknown."""
    return _call("known", value)


def age(born: Operand, at: Operand) -> Expression:
    """Completed years; a birthday of 29 February falls on 1 March in other years."""
    return _call("age", born, at)


def coalesce(*values: Operand) -> Expression:
    """Give the first value that is known."""
    return _call("coalesce", *values)


def min_of(*values: Operand) -> Expression:
    """Give the least of numbers or dates; unknown if one is."""
    return _call("min of", *values)


def max_of(*values: Operand) -> Expression:
    """Give the greatest of numbers or dates; unknown if one is."""
    return _call("max of", *values)


def days_between(start: Operand, end: Operand) -> Expression:
    """Count days from one date to another."""
    return _call("days_between", start, end)


@overload
def months_between(first: Expression, last: Operand) -> Expression: ...
@overload
def months_between(first: Operand, last: Expression) -> Expression: ...
@overload
def months_between(first: str | datetime.date, last: str | datetime.date) -> list[Period]: ...
def months_between(first: Operand, last: Operand) -> Expression | list[Period]:
    """Count completed months between dates of rows, an expression; between two days, list the months as periods."""
    if isinstance(first, Expression) or isinstance(last, Expression):
        return _call("months_between", first, last)
    return _core.months_between(first, last)  # type: ignore[arg-type]


def years_between(start: Operand, end: Operand) -> Expression:
    """Count completed years from one date to another."""
    return _call("years_between", start, end)


def working_days_between(start: Operand, end: Operand) -> Expression:
    """Count working days of England and Wales after one date, up to and including another."""
    return _call("working_days_between", start, end)


def month_boundaries_between(start: Operand, end: Operand) -> Expression:
    """Count how many times a month began."""
    return _call("month_boundaries_between", start, end)


def year_boundaries_between(start: Operand, end: Operand) -> Expression:
    """Count how many times a year began."""
    return _call("year_boundaries_between", start, end)


def group_of(value: Expression) -> Expression:
    """Give the name of the group of the code in a column."""
    return _call("group_of", value)


def filter(name: str, *arguments: Operand) -> Expression:
    """Ask a shared filter about this row: filter("flagged", "HOMELESS")."""
    return _call(_word(name), *arguments)


def filter_of(row: str, name: str, *arguments: Operand) -> Expression:
    """Ask a shared filter about a row by its short name or reference."""
    return _call(f"{_path(row)}.{_word(name)}", *arguments)


class Choice(Expression):
    """`case … end` being written: an expression at each step."""

    __slots__ = ("_parts",)

    def __init__(self, parts: str) -> None:
        """Take the text of the case so far, without its end."""
        super().__init__(f"{parts} end")
        self._parts = parts

    def when(self, condition: Operand, answer: Operand) -> Choice:
        """Add an answer for a further condition."""
        return Choice(f"{self._parts} when {_text(condition)} then {_text(answer)}")

    def otherwise(self, answer: Operand) -> Expression:
        """Give the answer where no condition holds, which ends the case."""
        return Expression(f"{self._parts} else {_text(answer)} end")


class _Subject:
    """`case subject` before its first `when`."""

    __slots__ = ("_subject",)

    def __init__(self, subject: Expression) -> None:
        self._subject = subject

    def when(self, value: Operand, answer: Operand) -> Choice:
        """Add the answer for a value of the subject."""
        return Choice(f"case {_text(self._subject)} when {_text(value)} then {_text(answer)}")


def case_when(condition: Operand, answer: Operand) -> Choice:
    """Choose by conditions: case_when(c, x).when(d, y).otherwise(z)."""
    return Choice(f"case when {_text(condition)} then {_text(answer)}")


def case_of(subject: Expression) -> _Subject:
    """Choose by the values of one expression: case_of(s).when("a", x).otherwise(z)."""
    return _Subject(subject)

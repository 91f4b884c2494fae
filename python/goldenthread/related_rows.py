"""The Python spelling of related rows.

a = goldenthread.rows("assessment").as_("a")
goldenthread.any(a.by("referral_id").where(a.authorised_date <= goldenthread.as_at))
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from goldenthread._core import DefinitionError
from goldenthread.expressions import Column, Expression, Operand, _path, _text, _word

__all__ = [
    "FoundRow",
    "Rows",
    "any",
    "collapse",
    "count_distinct",
    "first",
    "gaps",
    "last",
    "latest_per",
    "max",
    "max_over",
    "min",
    "nth",
    "rows",
]

_DEEPEST = 256


@dataclass(frozen=True, eq=False)
class Rows:
    """Where related rows come from, being written; each step gives a new one."""

    _start: str  # the rows themselves: a table, or "latest per (…) (…", "gaps(…", "collapse(…"
    _table: str
    _bounds: str = ""  # gaps: " from … until …"; collapse: " gap …"
    _closing: str = ""  # the bracket that stands behind `by` in gaps and collapse
    _alias: str = ""
    _keys: tuple[str, ...] = ()
    _conditions: tuple[Expression, ...] = ()
    _order: tuple[Expression, ...] = ()
    _levels: int = 1

    def as_(self, name: str) -> Self:
        """Give the rows a short name."""
        return replace(self, _alias=_word(name))

    def by(self, *columns: str | Expression) -> Self:
        """Keep rows whose columns equal ours of the same name; or by the key that a parameter names."""
        keys = tuple(c.to_text() if isinstance(c, Expression) else _path(c) for c in columns)
        return replace(self, _keys=self._keys + keys)

    def by_columns(self, theirs: str, ours: str) -> Self:
        """Keep rows whose column equals a column of ours of another name."""
        return replace(self, _keys=(*self._keys, f"{_path(theirs)} = {_path(ours)}"))

    def where(self, condition: Expression) -> Self:
        """Say which rows belong; said twice, both must hold."""
        return replace(self, _conditions=(*self._conditions, condition))

    def order_by(self, *keys: Expression) -> Self:
        """Say in which order the rows stand."""
        return replace(self, _order=self._order + keys)

    def from_until(self, start: Operand, end: Operand) -> Self:
        """Say between which dates gaps(…) makes its rows."""
        return replace(self, _bounds=f" from {_text(start)} until {_text(end)}")

    def __getattr__(self, name: str) -> Column:
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name: str) -> Column:
        return Column(self._table, f"{self._alias}.{name}" if self._alias else name)

    def _parts(self) -> tuple[str, str | None]:
        """Give the rows and their condition apart, as steps and events of a measure have them."""
        where = " and ".join(f"({c.to_text()})" for c in self._conditions)
        return replace(self, _conditions=()).to_text(), Expression(where).to_text() if where else None

    def to_text(self) -> str:
        """Give the text of the source."""
        text = self._start
        if self._alias and not self._closing:
            text += f" as {self._alias}"
        if self._keys:
            text += " by " + ", ".join(self._keys)
        text += self._bounds + self._closing
        if self._alias and self._closing:
            text += f" as {self._alias}"
        if self._conditions:
            text += " where " + " and ".join(f"({c.to_text()})" for c in self._conditions)
        if self._order:
            text += " order by " + ", ".join(_text(o) for o in self._order)
        return text

    def __repr__(self) -> str:
        return f"<Rows {self.to_text()}>"


def rows(table: str | Expression) -> Rows:
    """Give the rows of a table, or of the table that a parameter names."""
    name = table.to_text() if isinstance(table, Expression) else _word(table)
    return Rows(name, name)


def latest_per(keys: str | Iterable[str], of: Rows) -> Rows:
    """Give the last row of each key, in the order of the rows."""
    names = [keys] if isinstance(keys, str) else list(keys)
    if not of._order:
        raise DefinitionError("'latest per' needs 'order by'")
    if of._levels >= _DEEPEST:
        raise DefinitionError(f"the expression is nested deeper than {_DEEPEST} levels")
    start = f"latest per ({', '.join(_word(n) for n in names)}) ({of.to_text()})"
    return Rows(start, of._table, _levels=of._levels + 1)


def gaps(table: str, date_column: str) -> Rows:
    """Cut a run of days at the dates of a table: rows with start and end."""
    return Rows(f"gaps({_word(table)}.{_word(date_column)}", "", _closing=")")


def collapse(table: str, gap: Expression) -> Rows:
    """Join spells while the next begins no later than the last end plus the gap."""
    return Rows(f"collapse({_word(table)}", table, f" gap {_text(gap)}", ")")


def _ask(name: str, of: Rows, value: Operand = None, *, has_value: bool = False) -> Expression:
    given = f"{_text(value)} of " if has_value else ""
    return Expression(f"{name}({given}{of.to_text()})")


def any(of: Rows) -> Expression:
    """Whether a row belongs; unknown if only one that may."""
    return _ask("any", of)


def _count(of: Rows) -> Expression:
    return _ask("count", of)


def count_distinct(value: Operand, of: Rows) -> Expression:
    """Count different values among the rows."""
    return Expression(f"count(distinct {_text(value)} of {of.to_text()})")


def max_over(keys: str | Iterable[str], of: Rows, distinct: Operand = None) -> Expression:
    """Give the largest count of rows (or of different values) over any value of the keys."""
    names = [keys] if isinstance(keys, str) else list(keys)
    inner = _count(of) if distinct is None else count_distinct(distinct, of)
    return Expression(f"max over {', '.join(_word(n) for n in names)} of {inner.to_text()}")


def _sum(value: Operand, of: Rows) -> Expression:
    return _ask("sum", of, value, has_value=True)


def min(value: Operand, of: Rows) -> Expression:
    """Give the least value among the rows; unknown without rows."""
    return _ask("min", of, value, has_value=True)


def max(value: Operand, of: Rows) -> Expression:
    """Give the greatest value among the rows; unknown without rows."""
    return _ask("max", of, value, has_value=True)


class FoundRow:
    """A row that first, last or nth finds: its columns are values."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Take the text without the column."""
        self._text = text

    def __getattr__(self, name: str) -> Expression:
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, path: str) -> Expression:
        return Expression(f"{self._text}.{_path(path)}")

    def __repr__(self) -> str:
        return f"<row {self._text}>"


def first(of: Rows) -> FoundRow:
    """Find the first row in order."""
    return FoundRow(f"first({of.to_text()})")


def last(of: Rows) -> FoundRow:
    """Find the last row in order."""
    return FoundRow(f"last({of.to_text()})")


def nth(position: int, of: Rows) -> FoundRow:
    """Find the row at a position in order, counted from 1."""
    return FoundRow(f"nth({position}, {of.to_text()})")

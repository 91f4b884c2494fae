"""What moved a figure: its change in exact parts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, Any

from goldenthread._core import Period, decimal_text, what_moved_between

if TYPE_CHECKING:
    from goldenthread.results import Results


@dataclass(frozen=True)
class MovedPart:
    """One part of a change.

    part is joined, left, changed, unknown, population, definition or late data; units says how many entities or rows
    moved; numerator and denominator are changes of the counts; value is the exact change of the value, None where it
    cannot be split.
    """

    part: str
    units: int
    numerator: int | Fraction
    denominator: int
    value: Fraction | None


@dataclass(frozen=True)
class Movement:
    """The change between two figures, and the parts that sum exactly to it. Arithmetic, not cause.

    before and after are dicts with period, state, numerator, denominator, value and reason. parts holds all seven, or
    none if the figures are not comparable: then reason says why. units lists what moved, only if it was asked for:
    personal data.
    """

    indicator: str
    title: str
    unit_of_count: str
    before: dict[str, Any]
    after: dict[str, Any]
    comparable: bool
    reason: str
    value_change: Fraction | None
    parts: tuple[MovedPart, ...]
    units: tuple[dict[str, Any], ...]
    text: str

    def __getitem__(self, part: str) -> MovedPart:
        """Give a part by its name."""
        for each in self.parts:
            if each.part == part:
                return each
        raise KeyError(part)

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th scope='row'>{escape(p.part)}</th><td>{p.units}</td><td>{p.numerator:+}</td>"
            f"<td>{p.denominator:+}</td><td>{'' if p.value is None else _signed(p.value)}</td></tr>"
            for p in self.parts
        )
        heads = "".join(
            f"<th scope='col'>{name}</th>" for name in ("part", "units", "numerator", "denominator", "value")
        )
        return (
            f"<table><caption>{escape(self.title)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
            f"<p>{escape(self.text)}</p>"
        )


def _signed(value: Fraction) -> str:
    """Give a change with its sign, to four places."""
    text = decimal_text(value.numerator, value.denominator, 4)
    return text if text.startswith("-") else f"+{text}"


def what_moved(
    before: Results,
    after: Results,
    indicator: str,
    period: str | Period,
    period_after: str | Period | None = None,
    *,
    units: bool = False,
    indicator_after: str | None = None,
    **cell: str | None,
) -> Movement:
    """Say what moved a figure between two results: other data, other definitions or parameters, another period.

    indicator_after: where another indicator is compared; the same unless given.
    period is the figure of `before`, period_after that of `after` (the same unless given). Name a cell by its
    categories: sex="F". Late data are told first, then the definition, then the period. units=True lists what moved:
    personal data, for the machine that holds them.
    """
    first, last = (period if isinstance(period, Period) else Period(period)), period_after
    if last is None:
        last = first
    found = what_moved_between(
        indicator,
        **before._asked("before", indicator),
        period_before=first,
        key_before=cell,
        **after._asked("after", indicator_after or indicator),
        period_after=last if isinstance(last, Period) else Period(last),
        key_after=cell,
        units=units,
        id_after=indicator_after or "",
    )
    found["parts"] = tuple(MovedPart(**part) for part in found["parts"])
    found["units"] = tuple(found["units"])
    return Movement(**found)

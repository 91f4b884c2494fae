"""Two definitions side by side: what changed, in words, and what it does to the figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from goldenthread import _core
from goldenthread.evaluation import Periods, evaluate
from goldenthread.movement import Movement, what_moved

if TYPE_CHECKING:
    from goldenthread._core import Dataset, IndicatorSet


@dataclass(frozen=True)
class DefinitionChange:
    """One part that is not as it was.

    part is measure, parameter, convention, filter, breakdown, words or cases; an empty before or after means that it
    was not there, or is no more. Conditions are said in English too.
    """

    part: str
    place: str
    before: str
    after: str
    before_english: str
    after_english: str


@dataclass(frozen=True)
class Difference:
    """What changed from one definition to another. same_meaning: the content hash did not change."""

    before: str
    after: str
    hash_before: str
    hash_after: str
    meaning_before: str
    meaning_after: str
    same_meaning: bool
    changes: tuple[DefinitionChange, ...]
    text: str

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th scope='row'>{escape(c.part)} {escape(c.place)}</th><td>{escape(c.before)}</td>"
            f"<td>{escape(c.after)}</td></tr>"
            for c in self.changes
        )
        heads = "".join(f"<th scope='col'>{name}</th>" for name in ("part", "before", "after"))
        return (
            f"<table><caption>{escape(self.text.splitlines()[0])}</caption><thead><tr>{heads}</tr></thead>"
            f"<tbody>{rows}</tbody></table>"
        )


@dataclass(frozen=True)
class ChangedFigure:
    """A period's figure by both definitions; before and after are cells as Results.cells() gives them."""

    period: str
    before: dict[str, Any]
    after: dict[str, Any]
    movement: Movement


def diff(before: IndicatorSet, after: IndicatorSet, indicator: str, indicator_after: str | None = None) -> Difference:
    """Say what changed in a definition from one set to another; give two ids for two different indicators.

    Raises DefinitionError for an unknown id, or a definition that does not fit the tables.
    """
    found = _core.compare_definitions(before, indicator, after, indicator_after or indicator)
    found["changes"] = tuple(DefinitionChange(**change) for change in found["changes"])
    return Difference(**found)


def figures_of_both(
    before: IndicatorSet,
    after: IndicatorSet,
    indicator: str,
    data: Dataset,
    periods: Periods,
    indicator_after: str | None = None,
    *,
    parameters: Mapping[str, Any] | None = None,
) -> list[ChangedFigure]:
    """Compute a figure by both definitions on the same data, period by period, and say what moved it."""
    axis: list[_core.Period | str] = (
        [periods] if isinstance(periods, str | _core.Period) else list(_as_iterable(periods))
    )
    second = indicator_after or indicator
    old = evaluate(indicator, data, axis, indicators=before, parameters=parameters)
    new = evaluate(second, data, axis, indicators=after, parameters=parameters)
    figures = []
    for period, was, now in zip(old.periods, old[indicator].totals, new[second].totals, strict=True):
        moved = what_moved(old, new, indicator, period, indicator_after=second)
        figures.append(ChangedFigure(str(period), was, now, moved))
    return figures


def _as_iterable(periods: Iterable[_core.Period | str]) -> Iterable[_core.Period | str]:
    return periods

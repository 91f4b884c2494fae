"""Change, trend and seasons; groups compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from goldenthread import _core
from goldenthread._core import Period
from goldenthread.statistics.columns import Columns, Number
from goldenthread.statistics.estimates import IntervalEstimate


@dataclass(frozen=True)
class Change:
    """A change with its limits; verdict is no_clear_change, increase or decrease."""

    difference: IntervalEstimate
    verdict: str


@dataclass(frozen=True)
class Trend:
    """What trend_test found; verdict is too_few_values, no_clear_trend, rising or falling. slope is per step."""

    verdict: str
    n: int
    score: int
    p_value: float | None
    slope: float | None
    exact: bool


@dataclass(frozen=True)
class Seasonality:
    """What seasonality_note found; verdict is too_short, none_found or likely. Seasons are counted from 0."""

    verdict: str
    cycles: int
    statistic: float | None
    p_value: float | None
    highest: int | None
    lowest: int | None
    text: str


@dataclass(frozen=True)
class GroupComparison:
    """A group's rate and its ratio; verdict is reference, no_clear_difference, higher, lower or not_compared."""

    rate: IntervalEstimate
    ratio: IntervalEstimate
    verdict: str


@dataclass(frozen=True)
class Masking:
    """Whether a total hides its groups; flag is none, opposite_movements or reversed_total, text says it in words."""

    flag: str
    text: str
    total: Change
    groups: tuple[Change, ...]


def _change(found: dict[str, Any]) -> Change:
    return Change(IntervalEstimate(**found["difference"]), found["verdict"])


def change_between(
    before: Number | tuple[Number, Number],
    after: Number | tuple[Number, Number],
    kind: Literal["count", "share", "rate"] | None = None,
    multiplier: float = 10_000,
    confidence: float = 0.95,
) -> Change:
    """Give the change from one figure to another with limits: a count, or (x, n) of a share or a rate.

    kind: count for two numbers unless given; share and rate must be said. Both figures are taken as independent: for
    stocks, which share most of their children, the interval is too wide. It says that a level changed, not why.
    """
    pairs = [each if isinstance(each, tuple) else (each, 1) for each in (before, after)]
    if kind is None:
        if any(isinstance(each, tuple) for each in (before, after)):
            raise _core.CalculationError("change_between: kind is not said, but (x, n) may be a share or a rate")
        kind = "count"
    (x1, n1), (x2, n2) = pairs
    return _change(_core.change_of_figures(float(x1), float(n1), float(x2), float(n2), kind, multiplier, confidence))


def previous_period(periods: Iterable[Period | str], position: int) -> int | None:
    """Give the position of the period of the same kind that ends the day before this one begins; None if not there."""
    return _core.earlier_period("previous_period", list(periods), position)


def same_period_last_year(periods: Iterable[Period | str], position: int) -> int | None:
    """Give the position of the same period one calendar year before; None if not there."""
    return _core.earlier_period("same_period_last_year", list(periods), position)


def trend_test(values: Columns, last_n: int = 0, confidence: float = 0.95) -> Trend:
    """Test the last n values (0: all) for a trend: Mann and Kendall's test, exact up to 60 values, ties included.

    slope is Theil and Sen's, the median change per step. Fewer than 5 values: too few. Test whole years where there are
    seasons; values that hang together in time make p too small.
    """
    return Trend(**_core.trend_of(values, last_n, confidence))


def seasonality_note(values: Columns, season_length: int, confidence: float = 0.95) -> Seasonality:
    """Say whether the same seasons stand high every cycle: Friedman's test on the last whole cycles, at least three."""
    return Seasonality(**_core.seasonality_of(values, season_length, confidence))


def disproportionality(
    events: Columns,
    population: Columns,
    reference: int | None = None,
    multiplier: float = 10_000,
    confidence: float = 0.95,
) -> list[GroupComparison]:
    """Compare each group's rate with a reference group's, or with all others together.

    With k groups some limits miss 1 by chance: take a confidence of 1 − 0.05/k. A ratio says that groups differ, not why.
    """
    found = _core.compare_groups(events, population, reference, multiplier, confidence)
    return [
        GroupComparison(IntervalEstimate(**each["rate"]), IntervalEstimate(**each["ratio"]), each["verdict"])
        for each in found
    ]


def find_masking(
    events_before: Columns,
    population_before: Columns,
    events_after: Columns,
    population_after: Columns,
    multiplier: float = 10_000,
    confidence: float = 0.95,
) -> Masking:
    """Say whether a total hides groups that moved apart, or moved against all of its groups.

    Limits of groups hold for all at once (Bonferroni). Groups are distinct and make up the total.
    """
    found = _core.masking_of_groups(
        events_before, population_before, events_after, population_after, multiplier, confidence
    )
    return Masking(found["flag"], found["text"], _change(found["total"]), tuple(_change(g) for g in found["groups"]))

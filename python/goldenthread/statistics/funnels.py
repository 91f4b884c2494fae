"""Funnels, over-dispersion, and comparison with a benchmark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, overload

from goldenthread import _core
from goldenthread._core import NumberTable
from goldenthread.statistics.charts import Direction
from goldenthread.statistics.columns import Columns, Number, is_number, plain
from goldenthread.statistics.estimates import IntervalEstimate


@dataclass(frozen=True)
class FunnelLimits:
    """A pair of funnel lines at one size; raw ones are before they were clipped to [0, 1]."""

    lower: float
    upper: float
    raw_lower: float
    raw_upper: float


@dataclass(frozen=True)
class FunnelRatioLines:
    """Expected events at which a count lies on a line, and the ratios there; no upper ratio for a count of 0."""

    expected_at_upper: float
    expected_at_lower: float
    upper_ratio: float | None
    lower_ratio: float


@dataclass(frozen=True)
class Dispersion:
    """phi: mean square of winsorised z scores, 1 is chance alone; tau_squared: variance beyond chance, 0 for none."""

    phi: float
    tau_squared: float


@overload
def funnel_proportion_limits(
    n: Number, average: float, tail: float = ..., tau_squared: float = ...
) -> FunnelLimits: ...
@overload
def funnel_proportion_limits(
    n: Columns, average: float, tail: float = ..., tau_squared: float = ...
) -> NumberTable: ...
def funnel_proportion_limits(n: Any, average: float, tail: float = 0.025, tau_squared: float = 0) -> Any:
    """Give funnel limits of a proportion at size n: average ∓ z√(average(1 − average)/n + τ²), clipped. Columns (n)."""
    table = _core.proportion_funnel_lines(plain(n), average, tail, tau_squared)
    if not is_number(n):
        return table
    return FunnelLimits(*(table.cell(name, 0) for name in FunnelLimits.__dataclass_fields__))


@overload
def funnel_ratio_limits(observed: Number, tail: float = ...) -> FunnelRatioLines: ...
@overload
def funnel_ratio_limits(observed: Columns, tail: float = ...) -> NumberTable: ...
def funnel_ratio_limits(observed: Any, tail: float = 0.025) -> Any:
    """Give the expected events at which a count lies just on a line: exact, by χ² quantiles. Columns."""
    table = _core.ratio_funnel_lines(plain(observed), tail)
    if not is_number(observed):
        return table
    return FunnelRatioLines(*(table.cell(name, 0) for name in FunnelRatioLines.__dataclass_fields__))


def funnel_proportion_significance(x: Columns, n: Columns, average: float, tau_squared: float = 0) -> Any:
    """Say where x/n lies: not_significant, low_0_025, low_0_001, high_0_025 or high_0_001. Columns give a list."""
    found = _core.funnel_significances(plain(x), plain(n), average, tau_squared)
    return found[0] if is_number(x) and is_number(n) else found


def funnel_ratio_significance(observed: Columns, expected: Columns) -> Any:
    """Say where observed/expected lies against the exact lines. Columns give a list."""
    found = _core.funnel_significances(plain(observed), plain(expected), None, 0)
    return found[0] if is_number(observed) and is_number(expected) else found


def over_dispersion(values: Columns, standard_errors: Columns, average: float, winsorised: float = 0.1) -> Dispersion:
    """Measure how much areas vary beyond chance: φ of winsorised z scores, and τ². Spiegelhalter (2005)."""
    return Dispersion(*_core.dispersion_of(values, standard_errors, average, winsorised))


def proportion_over_dispersion(x: Columns, n: Columns, winsorised: float = 0.1) -> Dispersion:
    """over_dispersion of proportions x/n about Σx/Σn."""
    return Dispersion(*_core.dispersion_of(x, n, None, winsorised))


def compare_with_benchmark(area: IntervalEstimate, benchmark: float, direction: Direction = "neutral") -> str:
    """Say better, similar, worse, higher, lower or not_compared: the benchmark against the area's limits."""
    return _core.benchmark_verdict_of(area.value, area.lower, area.upper, benchmark, direction)

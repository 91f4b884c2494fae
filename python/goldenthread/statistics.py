"""Statistics a board can lean on: limits, control charts, funnels, change and trend.

Every function takes numbers; where it says *columns*, it also takes sequences of numbers and None, numpy arrays, columns
of this package and anything that hands over one Arrow column (pyarrow, Polars, pandas): then it answers for every row.
What is undefined is None and has a reason; it is never NaN. Input that has no meaning raises CalculationError, which
names argument and value. The formulas are in docs/statistics.md; names are those of the C++ headers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from numbers import Real
from typing import Any, Literal, overload

from goldenthread import _core
from goldenthread._core import NumberTable, Period

__all__ = [
    "Change",
    "ChartGroup",
    "ChartPoint",
    "ControlChart",
    "ControlCharts",
    "Dispersion",
    "Estimates",
    "FunnelLimits",
    "FunnelRatioLines",
    "GroupComparison",
    "IntervalEstimate",
    "Masking",
    "MeanEstimate",
    "MedianEstimate",
    "Rule",
    "RuleSet",
    "Seasonality",
    "StandardisedRate",
    "StandardisedRatio",
    "Trend",
    "agresti_coull_interval",
    "beta_quantile",
    "byar_interval",
    "change_between",
    "chi_squared_quantile",
    "clopper_pearson_interval",
    "compare_with_benchmark",
    "count_interval",
    "directly_standardised_rate",
    "disproportionality",
    "exact_poisson_interval",
    "find_masking",
    "funnel_proportion_limits",
    "funnel_proportion_significance",
    "funnel_ratio_limits",
    "funnel_ratio_significance",
    "g_chart",
    "indirectly_standardised_rate",
    "indirectly_standardised_ratio",
    "jeffreys_interval",
    "mean_interval",
    "median_interval",
    "normal_quantile",
    "over_dispersion",
    "p_chart",
    "p_charts",
    "previous_period",
    "proportion_difference",
    "proportion_over_dispersion",
    "quantile_groups",
    "rate_difference",
    "rate_interval",
    "rate_ratio",
    "rule_sets",
    "same_period_last_year",
    "sample_quantile",
    "seasonality_note",
    "t_chart",
    "t_quantile",
    "trend_test",
    "u_chart",
    "u_charts",
    "wilson_interval",
    "xmr_chart",
    "xmr_charts",
]

Number = float | int | Decimal
Columns = Any  # numbers in any of the shapes that the module's description lists
Direction = Literal["neutral", "increase", "decrease"]
Day = date | str | Period | int

_EPOCH = date(1970, 1, 1).toordinal()


# --- estimates ---


@dataclass(frozen=True)
class IntervalEstimate:
    """A value with limits; what is not defined is None, and reason says why.

    state is complete, one_sided, value_only or undefined; method names how the limits were made.
    """

    value: float | None
    lower: float | None
    upper: float | None
    confidence: float
    state: str
    method: str
    reason: str


@dataclass(frozen=True)
class MeanEstimate(IntervalEstimate):
    """A mean with its limits; standard_deviation has n − 1."""

    n: int
    sum: float
    standard_deviation: float | None


@dataclass(frozen=True)
class MedianEstimate(IntervalEstimate):
    """A median with the values of two ranks as limits; coverage is the confidence really reached."""

    n: int
    rank_lower: int | None
    rank_upper: int | None
    coverage: float | None


@dataclass(frozen=True)
class StandardisedRate(IntervalEstimate):
    """A directly standardised rate; variance is that of the rate per person."""

    events: float
    population: float
    variance: float | None


@dataclass(frozen=True)
class StandardisedRatio(IntervalEstimate):
    """Observed over expected events, or the rate made of it."""

    observed: float
    expected: float
    reference_rate: float


class Estimates(Sequence[IntervalEstimate]):
    """An estimate for every row. Hands itself on by Arrow: pyarrow.table(e), polars.DataFrame(e), pandas from_arrow(e)."""

    def __init__(self, table: NumberTable) -> None:
        """Wrap columns that the functions of this module gave."""
        self._table = table

    def _column(self, name: str) -> list[Any]:
        return self._table.to_list(name)

    @property
    def value(self) -> list[float | None]:
        """Values; None where undefined."""
        return self._column("value")

    @property
    def lower(self) -> list[float | None]:
        """Lower limits; None where there is none."""
        return self._column("lower")

    @property
    def upper(self) -> list[float | None]:
        """Upper limits; None where there is none."""
        return self._column("upper")

    @property
    def state(self) -> list[str]:
        """States: complete, one_sided, value_only, undefined."""
        return self._column("state")

    @property
    def method(self) -> list[str]:
        """How the limits were made."""
        return self._column("method")

    @property
    def reason(self) -> list[str]:
        """Why something is absent; empty otherwise."""
        return self._column("reason")

    def __len__(self) -> int:
        return len(self._table)

    @overload
    def __getitem__(self, row: int) -> IntervalEstimate: ...
    @overload
    def __getitem__(self, row: slice) -> list[IntervalEstimate]: ...
    def __getitem__(self, row: int | slice) -> IntervalEstimate | list[IntervalEstimate]:
        if isinstance(row, slice):
            return [self[each] for each in range(*row.indices(len(self)))]
        at = row + len(self) if row < 0 else row
        if not 0 <= at < len(self):
            raise IndexError(row)
        cell = self._table.cell
        return IntervalEstimate(*(cell(name, at) for name in IntervalEstimate.__dataclass_fields__))

    def __eq__(self, other: object) -> bool:
        return self._table == other._table if isinstance(other, Estimates) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Estimates({len(self)} rows)"

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._table.__arrow_c_stream__(requested_schema)


def _is_number(value: object) -> bool:
    return isinstance(value, Real | Decimal)


def _plain(value: Any) -> Any:
    return float(value) if _is_number(value) else value


def _estimate(
    function: str, confidence: float, multiplier: float = 1.0, /, **columns: Any
) -> IntervalEstimate | Estimates:
    arguments = {name: _plain(column) for name, column in columns.items()}
    found = Estimates(_core.estimate_rows(function, arguments, confidence, multiplier))
    return found[0] if all(_is_number(column) for column in columns.values()) else found


@overload
def wilson_interval(x: Number, n: Number, confidence: float = ...) -> IntervalEstimate: ...
@overload
def wilson_interval(x: Columns, n: Columns, confidence: float = ...) -> Estimates: ...
def wilson_interval(x: Any, n: Any, confidence: float = 0.95) -> Any:
    """Give the proportion x/n with Wilson's score interval, as a share of 1. Columns.

    (2x + z² ∓ z√(z² + 4x(1 − x/n))) / 2(n + z²); no events give a lower limit of exactly 0, all of them an upper of 1.
    Wilson (1927). Raises CalculationError for x below 0 or above n, or n not above 0.
    """
    return _estimate("wilson_interval", confidence, x=x, n=n)


@overload
def clopper_pearson_interval(x: Number, n: Number, confidence: float = ...) -> IntervalEstimate: ...
@overload
def clopper_pearson_interval(x: Columns, n: Columns, confidence: float = ...) -> Estimates: ...
def clopper_pearson_interval(x: Any, n: Any, confidence: float = 0.95) -> Any:
    """Give the proportion x/n with the exact binomial interval, by Beta quantiles. Columns.

    Clopper and Pearson (1934): covers at least what it says, often more. Errors as wilson_interval.
    """
    return _estimate("clopper_pearson_interval", confidence, x=x, n=n)


@overload
def agresti_coull_interval(x: Number, n: Number, confidence: float = ...) -> IntervalEstimate: ...
@overload
def agresti_coull_interval(x: Columns, n: Columns, confidence: float = ...) -> Estimates: ...
def agresti_coull_interval(x: Any, n: Any, confidence: float = 0.95) -> Any:
    """Give the proportion x/n with Agresti and Coull's interval, whose limits may leave [0, 1]. Columns.

    Agresti and Coull (1998). Errors as wilson_interval.
    """
    return _estimate("agresti_coull_interval", confidence, x=x, n=n)


@overload
def jeffreys_interval(x: Number, n: Number, confidence: float = ...) -> IntervalEstimate: ...
@overload
def jeffreys_interval(x: Columns, n: Columns, confidence: float = ...) -> Estimates: ...
def jeffreys_interval(x: Any, n: Any, confidence: float = 0.95) -> Any:
    """Give the proportion x/n with Jeffreys' interval: quantiles of Beta(x + ½, n − x + ½). Columns.

    Brown, Cai and DasGupta (2001). Errors as wilson_interval.
    """
    return _estimate("jeffreys_interval", confidence, x=x, n=n)


@overload
def exact_poisson_interval(x: Number, confidence: float = ...) -> IntervalEstimate: ...
@overload
def exact_poisson_interval(x: Columns, confidence: float = ...) -> Estimates: ...
def exact_poisson_interval(x: Any, confidence: float = 0.95) -> Any:
    """Give a count with exact Poisson limits: χ²(α/2; 2x)/2 and χ²(1 − α/2; 2x + 2)/2, in events. Columns.

    Garwood (1936). x = 0 has a lower limit of exactly 0. Raises CalculationError for x below 0.
    """
    return _estimate("exact_poisson_interval", confidence, x=x)


@overload
def byar_interval(x: Number, confidence: float = ...) -> IntervalEstimate: ...
@overload
def byar_interval(x: Columns, confidence: float = ...) -> Estimates: ...
def byar_interval(x: Any, confidence: float = 0.95) -> Any:
    """Give a count with Byar's limits, in events. Columns.

    Breslow and Day (1987). No lower limit at x = 0 or where it comes out below zero: reason says so.
    """
    return _estimate("byar_interval", confidence, x=x)


@overload
def count_interval(x: Number, confidence: float = ...) -> IntervalEstimate: ...
@overload
def count_interval(x: Columns, confidence: float = ...) -> Estimates: ...
def count_interval(x: Any, confidence: float = 0.95) -> Any:
    """Give a count with exact limits below ten and Byar's from ten; method says which. Columns."""
    return _estimate("count_interval", confidence, x=x)


@overload
def rate_interval(x: Number, n: Number, multiplier: float = ..., confidence: float = ...) -> IntervalEstimate: ...
@overload
def rate_interval(x: Columns, n: Columns, multiplier: float = ..., confidence: float = ...) -> Estimates: ...
def rate_interval(x: Any, n: Any, multiplier: float = 10_000, confidence: float = 0.95) -> Any:
    """Give the rate x/n × multiplier with the limits of count_interval. Columns.

    Raises CalculationError for x below 0, n or multiplier not above 0.
    """
    return _estimate("rate_interval", confidence, multiplier, x=x, n=n)


@overload
def rate_ratio(x1: Number, n1: Number, x2: Number, n2: Number, confidence: float = ...) -> IntervalEstimate: ...
@overload
def rate_ratio(x1: Columns, n1: Columns, x2: Columns, n2: Columns, confidence: float = ...) -> Estimates: ...
def rate_ratio(x1: Any, n1: Any, x2: Any, n2: Any, confidence: float = 0.95) -> Any:
    """Give (x1/n1)/(x2/n2): log-normal limits where both counts are at least 10, exact ones otherwise. Columns.

    No events in the first: value 0 and an upper limit only; in the second: a lower limit only, and no value; in both:
    undefined.
    """
    return _estimate("rate_ratio", confidence, x1=x1, n1=n1, x2=x2, n2=n2)


@overload
def rate_difference(
    x1: Number, n1: Number, x2: Number, n2: Number, multiplier: float = ..., confidence: float = ...
) -> IntervalEstimate: ...
@overload
def rate_difference(
    x1: Columns, n1: Columns, x2: Columns, n2: Columns, multiplier: float = ..., confidence: float = ...
) -> Estimates: ...
def rate_difference(x1: Any, n1: Any, x2: Any, n2: Any, multiplier: float = 10_000, confidence: float = 0.95) -> Any:
    """Give (x1/n1 − x2/n2) × multiplier: normal limits where both counts are at least 10, else square-and-add. Columns."""
    return _estimate("rate_difference", confidence, multiplier, x1=x1, n1=n1, x2=x2, n2=n2)


@overload
def proportion_difference(
    x1: Number, n1: Number, x2: Number, n2: Number, confidence: float = ...
) -> IntervalEstimate: ...
@overload
def proportion_difference(x1: Columns, n1: Columns, x2: Columns, n2: Columns, confidence: float = ...) -> Estimates: ...
def proportion_difference(x1: Any, n1: Any, x2: Any, n2: Any, confidence: float = 0.95) -> Any:
    """Give x1/n1 − x2/n2 with Newcombe's interval (method 10), as a share of 1. Columns."""
    return _estimate("proportion_difference", confidence, x1=x1, n1=n1, x2=x2, n2=n2)


def mean_interval(values: Columns, confidence: float = 0.95) -> MeanEstimate:
    """Give the mean of some values with its t interval. One value has no limits; equal values no width, and say so."""
    return MeanEstimate(**_core.summarise_values("mean_interval", values, confidence))


def median_interval(values: Columns, confidence: float = 0.95) -> MedianEstimate:
    """Give the median of some values with the interval of its order statistics; fewer than 6 have none at 95 %."""
    return MedianEstimate(**_core.summarise_values("median_interval", values, confidence))


def sample_quantile(values: Columns, p: float, type: int | str = 7) -> float | None:
    """Give a quantile of some values by Hyndman and Fan's type 1 to 9, or its name; None for no values."""
    return _core.sample_quantile_of(values, p, type)


def directly_standardised_rate(
    events: Columns,
    population: Columns,
    standard_population: Columns,
    multiplier: float = 10_000,
    confidence: float = 0.95,
    *,
    frequencies: Mapping[str, Columns] | None = None,
) -> StandardisedRate:
    """Give a rate standardised to a population's bands, with Dobson's limits; fewer than 10 events have none.

    frequencies, for events of which one person may have several: a mapping with the columns band (position, from 0),
    events_each and people; then events is None. A missing count is refused: it is not zero.
    """
    if frequencies is None:
        found = _core.standardise_directly(events, population, standard_population, multiplier, confidence)
    else:
        found = _core.standardise_with_frequencies(
            population,
            standard_population,
            frequencies["band"],
            frequencies["events_each"],
            frequencies["people"],
            multiplier,
            confidence,
        )
    return StandardisedRate(**found)


def indirectly_standardised_ratio(
    events: Columns,
    population: Columns,
    reference_events: Columns,
    reference_population: Columns,
    multiplier: float = 1,
    confidence: float = 0.95,
) -> StandardisedRatio:
    """Give observed over expected events, expected by the reference's rates; undefined where nothing is expected."""
    return StandardisedRatio(
        **_core.standardise_indirectly(
            "indirectly_standardised_ratio",
            events,
            population,
            reference_events,
            reference_population,
            multiplier,
            confidence,
        )
    )


def indirectly_standardised_rate(
    events: Columns,
    population: Columns,
    reference_events: Columns,
    reference_population: Columns,
    multiplier: float = 10_000,
    confidence: float = 0.95,
) -> StandardisedRatio:
    """Give the indirectly standardised ratio times the reference's crude rate, per multiplier people."""
    return StandardisedRatio(
        **_core.standardise_indirectly(
            "indirectly_standardised_rate",
            events,
            population,
            reference_events,
            reference_population,
            multiplier,
            confidence,
        )
    )


def quantile_groups(values: Columns, groups: int, *, invert: bool = False) -> list[int | None]:
    """Sort values into groups of equal size, numbered from 1; ties share the lowest rank.

    invert puts the highest value in group 1. A missing value has no group; fewer values than groups: nobody has one.
    """
    return _core.quantile_groups_of(values, groups, invert)


def normal_quantile(p: float) -> float:
    """Give the z with P(Z <= z) = p, 0 < p < 1."""
    return _core.distribution_quantile("normal", p)


def chi_squared_quantile(p: float, degrees_of_freedom: float) -> float:
    """Give the χ² with P(X <= χ²) = p, 0 < p < 1."""
    return _core.distribution_quantile("chi_squared", p, degrees_of_freedom)


def t_quantile(p: float, degrees_of_freedom: float) -> float:
    """Give the t with P(T <= t) = p, 0 < p < 1."""
    return _core.distribution_quantile("t", p, degrees_of_freedom)


def beta_quantile(p: float, a: float, b: float) -> float:
    """Give the b with P(B <= b) = p for Beta(a, b), 0 < p < 1."""
    return _core.distribution_quantile("beta", p, a, b)


# --- funnels and benchmarks ---


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
    table = _core.proportion_funnel_lines(_plain(n), average, tail, tau_squared)
    if not _is_number(n):
        return table
    return FunnelLimits(*(table.cell(name, 0) for name in FunnelLimits.__dataclass_fields__))


@overload
def funnel_ratio_limits(observed: Number, tail: float = ...) -> FunnelRatioLines: ...
@overload
def funnel_ratio_limits(observed: Columns, tail: float = ...) -> NumberTable: ...
def funnel_ratio_limits(observed: Any, tail: float = 0.025) -> Any:
    """Give the expected events at which a count lies just on a line: exact, by χ² quantiles. Columns."""
    table = _core.ratio_funnel_lines(_plain(observed), tail)
    if not _is_number(observed):
        return table
    return FunnelRatioLines(*(table.cell(name, 0) for name in FunnelRatioLines.__dataclass_fields__))


def funnel_proportion_significance(x: Columns, n: Columns, average: float, tau_squared: float = 0) -> Any:
    """Say where x/n lies: not_significant, low_0_025, low_0_001, high_0_025 or high_0_001. Columns give a list."""
    found = _core.funnel_significances(_plain(x), _plain(n), average, tau_squared)
    return found[0] if _is_number(x) and _is_number(n) else found


def funnel_ratio_significance(observed: Columns, expected: Columns) -> Any:
    """Say where observed/expected lies against the exact lines. Columns give a list."""
    found = _core.funnel_significances(_plain(observed), _plain(expected), None, 0)
    return found[0] if _is_number(observed) and _is_number(expected) else found


def over_dispersion(values: Columns, standard_errors: Columns, average: float, winsorised: float = 0.1) -> Dispersion:
    """Measure how much areas vary beyond chance: φ of winsorised z scores, and τ². Spiegelhalter (2005)."""
    return Dispersion(*_core.dispersion_of(values, standard_errors, average, winsorised))


def proportion_over_dispersion(x: Columns, n: Columns, winsorised: float = 0.1) -> Dispersion:
    """over_dispersion of proportions x/n about Σx/Σn."""
    return Dispersion(*_core.dispersion_of(x, n, None, winsorised))


def compare_with_benchmark(area: IntervalEstimate, benchmark: float, direction: Direction = "neutral") -> str:
    """Say better, similar, worse, higher, lower or not_compared: the benchmark against the area's limits."""
    return _core.benchmark_verdict_of(area.value, area.lower, area.upper, benchmark, direction)


# --- control charts ---


@dataclass(frozen=True)
class Rule:
    """One rule of a set: kind is outside, trend, beyond, shift, alternating, hugging or avoiding."""

    name: str
    kind: str
    points: int
    needed: int
    sigma: int


@dataclass(frozen=True)
class RuleSet:
    """Rules in order: a point bears the name of the first that it breaks."""

    name: str
    version: str
    source: str
    rules: tuple[Rule, ...]


def rule_sets() -> list[RuleSet]:
    """Give every shipped rule set; the first is what charts use unless told otherwise."""
    found = _core.known_rule_sets()
    return [
        RuleSet(each["name"], each["version"], each["source"], tuple(Rule(**r) for r in each["rules"]))
        for each in found
    ]


@dataclass(frozen=True)
class ChartPoint:
    """A point of a chart; limits are None where there are none. type says what it means, rule which rule it broke."""

    date: date | int
    value: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    group: int
    side: int
    outside: bool
    near_limit: bool
    rule: str | None
    rule_direction: int
    type: str


@dataclass(frozen=True)
class ChartGroup:
    """Points that share limits: positions first to last − 1. limits_unavailable says why there are none, or is empty."""

    first: int
    last: int
    values: int
    baseline: int
    provisional: bool
    limits_unavailable: str


class ControlChart:
    """A control chart. Its points go out by Arrow: polars.DataFrame(chart).

    variation is the type of the last point with a value; assurance is none, consistent_pass, consistent_fail or
    inconsistent.
    """

    def __init__(self, kind: str, found: dict[str, Any]) -> None:
        """Wrap what a chart function found."""
        self.kind = kind
        self.table: NumberTable = found["points"]
        self.groups = tuple(ChartGroup(**group) for group in found["groups"])
        self.rules: tuple[str, str] = found["rules"]
        self.variation: str = found["variation"]
        self.assurance: str = found["assurance"]

    @property
    def points(self) -> list[ChartPoint]:
        """All points in order."""
        names = list(ChartPoint.__dataclass_fields__)
        own = self.table.column_names
        columns = [self.table.to_list(own[0] if name == "date" else name) for name in names]
        return [ChartPoint(*row) for row in zip(*columns, strict=True)]

    @property
    def limits_unavailable(self) -> str:
        """Why the last group has no limits; empty if it has."""
        return self.groups[-1].limits_unavailable

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[ChartPoint]:
        return iter(self.points)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ControlChart):
            return NotImplemented
        return self.table == other.table and vars(self).keys() == vars(other).keys() and self.groups == other.groups

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"ControlChart({self.kind}, {len(self)} points, variation={self.variation}, assurance={self.assurance})"

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.table.__arrow_c_stream__(requested_schema)


class ControlCharts:
    """Charts of many series: points holds all their points (column series, from 0), series a row for each."""

    def __init__(self, points: NumberTable, series: NumberTable) -> None:
        """Wrap what a function of many charts found."""
        self.points = points
        self.series = series

    @property
    def variation(self) -> list[str]:
        """What the last point of each series says."""
        return self.series.to_list("variation")

    @property
    def assurance(self) -> list[str]:
        """Whether each series will meet the target."""
        return self.series.to_list("assurance")

    def __len__(self) -> int:
        return len(self.series)

    def __repr__(self) -> str:
        return f"ControlCharts({len(self)} series, {len(self.points)} points)"


def _day_number(day: Day) -> int:
    if isinstance(day, Period):
        day = day.first
    if isinstance(day, str):
        day = date.fromisoformat(day)
    return day if isinstance(day, int) else day.toordinal() - _EPOCH


def _days(dates: Any) -> Any:
    """Days as numbers; columns of dates are left to Arrow."""
    if dates is None or hasattr(dates, "__arrow_c_stream__") or hasattr(dates, "__arrow_c_array__"):
        return dates
    if isinstance(dates, _core.Column):
        return dates
    return [_day_number(day) for day in dates]


def _chart_options(
    direction: Direction,
    target: float | None,
    rebase_on: Iterable[Day],
    fix_after: int | None,
    minimum_points: int,
    rules: str | tuple[str, str] | None,
    screen_outliers: bool = True,
    laney: bool = False,
) -> dict[str, Any]:
    if isinstance(rules, str):
        rules = (rules, "")
    return {
        "direction": direction,
        "target": target,
        "rebase_on": [_day_number(day) for day in rebase_on],
        "fix_after": fix_after,
        "minimum_points": minimum_points,
        "rules": rules,
        "screen_outliers": screen_outliers,
        "laney": laney,
    }


def xmr_chart(
    values: Columns,
    dates: Any = None,
    *,
    direction: Direction = "neutral",
    target: float | None = None,
    rebase_on: Iterable[Day] = (),
    fix_after: int | None = None,
    screen_outliers: bool = True,
    minimum_points: int = 8,
    rules: str | tuple[str, str] | None = None,
) -> ControlChart:
    """Make an XmR chart of a series: mean, limits at ∓ 2.66 mean moving ranges, special causes by a rule set.

    dates: datetime.date, "2020-03-31", Period or a column of dates, in order; without them, points stand at 0, 1, 2, …
    and rebase_on holds positions. A value that is None breaks every run. rules: a name of rule_sets(), or (name, version).
    Limits are unavailable, and limits_unavailable says why, for fewer than minimum_points values and where no two
    neighbours differ. Raises CalculationError for days out of order, doubled, or to rebase on that are not in the series.
    """
    options = _chart_options(direction, target, rebase_on, fix_after, minimum_points, rules, screen_outliers)
    return ControlChart("xmr", _core.make_chart("xmr_chart", _days(dates), values, None, options))


def p_chart(
    x: Columns,
    n: Columns,
    dates: Any = None,
    *,
    direction: Direction = "neutral",
    target: float | None = None,
    rebase_on: Iterable[Day] = (),
    fix_after: int | None = None,
    minimum_points: int = 8,
    rules: str | tuple[str, str] | None = None,
    laney: bool = False,
) -> ControlChart:
    """Make a p chart of x out of n: limits vary with n. laney widens them for variation beyond the binomial (p′)."""
    options = _chart_options(direction, target, rebase_on, fix_after, minimum_points, rules, laney=laney)
    return ControlChart("p", _core.make_chart("p_chart", _days(dates), x, n, options))


def u_chart(
    x: Columns,
    n: Columns,
    dates: Any = None,
    *,
    direction: Direction = "neutral",
    target: float | None = None,
    rebase_on: Iterable[Day] = (),
    fix_after: int | None = None,
    minimum_points: int = 8,
    rules: str | tuple[str, str] | None = None,
    laney: bool = False,
) -> ControlChart:
    """Make a u chart of x events per n: limits vary with n. laney widens them for variation beyond Poisson (u′)."""
    options = _chart_options(direction, target, rebase_on, fix_after, minimum_points, rules, laney=laney)
    return ControlChart("u", _core.make_chart("u_chart", _days(dates), x, n, options))


def g_chart(
    between: Columns,
    dates: Any = None,
    *,
    direction: Direction = "neutral",
    target: float | None = None,
    rebase_on: Iterable[Day] = (),
    fix_after: int | None = None,
    minimum_points: int = 8,
    rules: str | tuple[str, str] | None = None,
) -> ControlChart:
    """Make a g chart of whole days or cases between rare events: above the limit means a longer quiet time.

    Unless told otherwise only the limits are judged: the distribution is skewed, and runs mislead.
    """
    options = _chart_options(direction, target, rebase_on, fix_after, minimum_points, rules)
    return ControlChart("g", _core.make_chart("g_chart", _days(dates), between, None, options))


def t_chart(
    between: Columns,
    dates: Any = None,
    *,
    direction: Direction = "neutral",
    target: float | None = None,
    rebase_on: Iterable[Day] = (),
    fix_after: int | None = None,
    screen_outliers: bool = True,
    minimum_points: int = 8,
    rules: str | tuple[str, str] | None = None,
) -> ControlChart:
    """Make a t chart of times between rare events: an XmR chart of t^(1/3.6), drawn back on the scale of time."""
    options = _chart_options(direction, target, rebase_on, fix_after, minimum_points, rules, screen_outliers)
    return ControlChart("t", _core.make_chart("t_chart", _days(dates), between, None, options))


def xmr_charts(
    values: Columns,
    lengths: Columns,
    dates: Any = None,
    *,
    direction: Direction = "neutral",
    target: float | None = None,
    fix_after: int | None = None,
    screen_outliers: bool = True,
    minimum_points: int = 8,
    rules: str | tuple[str, str] | None = None,
) -> ControlCharts:
    """Make XmR charts of many series whose values stand one series after another; lengths: how many each has."""
    options = _chart_options(direction, target, (), fix_after, minimum_points, rules, screen_outliers)
    return ControlCharts(*_core.make_charts("xmr_chart", lengths, _days(dates), values, None, options))


def p_charts(
    x: Columns,
    n: Columns,
    lengths: Columns,
    dates: Any = None,
    *,
    direction: Direction = "neutral",
    target: float | None = None,
    fix_after: int | None = None,
    minimum_points: int = 8,
    rules: str | tuple[str, str] | None = None,
    laney: bool = False,
) -> ControlCharts:
    """Make p charts of many series: see xmr_charts and p_chart."""
    options = _chart_options(direction, target, (), fix_after, minimum_points, rules, laney=laney)
    return ControlCharts(*_core.make_charts("p_chart", lengths, _days(dates), x, n, options))


def u_charts(
    x: Columns,
    n: Columns,
    lengths: Columns,
    dates: Any = None,
    *,
    direction: Direction = "neutral",
    target: float | None = None,
    fix_after: int | None = None,
    minimum_points: int = 8,
    rules: str | tuple[str, str] | None = None,
    laney: bool = False,
) -> ControlCharts:
    """Make u charts of many series: see xmr_charts and u_chart."""
    options = _chart_options(direction, target, (), fix_after, minimum_points, rules, laney=laney)
    return ControlCharts(*_core.make_charts("u_chart", lengths, _days(dates), x, n, options))


# --- change, trend, groups ---


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

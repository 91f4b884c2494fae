"""Values with limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

from goldenthread import _core
from goldenthread._core import NumberTable
from goldenthread.statistics.columns import Columns, Number, is_number, plain


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


def _estimate(
    function: str, confidence: float, multiplier: float = 1.0, /, **columns: Any
) -> IntervalEstimate | Estimates:
    arguments = {name: plain(column) for name, column in columns.items()}
    found = Estimates(_core.estimate_rows(function, arguments, confidence, multiplier))
    return found[0] if all(is_number(column) for column in columns.values()) else found


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
    columns = (events, population, reference_events, reference_population)
    return StandardisedRatio(
        **_core.standardise_indirectly("indirectly_standardised_ratio", *columns, multiplier, confidence)
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
    columns = (events, population, reference_events, reference_population)
    return StandardisedRatio(
        **_core.standardise_indirectly("indirectly_standardised_rate", *columns, multiplier, confidence)
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

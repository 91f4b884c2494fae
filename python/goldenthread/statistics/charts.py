"""Control charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypedDict, Unpack

from goldenthread import _core
from goldenthread._core import NumberTable, Period
from goldenthread.statistics.columns import Columns

Direction = Literal["neutral", "increase", "decrease"]
Day = date | str | Period | int

_EPOCH = date(1970, 1, 1).toordinal()


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


class ChartOptions(TypedDict, total=False):
    """What every chart takes by keyword.

    direction: which way is better, neutral unless given. target: for assurance. rebase_on: days (positions, where there
    are no dates) on which new limits begin. fix_after: limits from the first so many values, at least 12.
    minimum_points: fewer values have no limits; 8 unless given. rules: a name of rule_sets(), or (name, version).
    screen_outliers: XmR and t charts, True unless given: moving ranges of 3.267 times their mean are left out of it.
    laney: p and u charts: wider limits for variation beyond the binomial or Poisson.
    """

    direction: Direction
    target: float | None
    rebase_on: Iterable[Day]
    fix_after: int | None
    minimum_points: int
    rules: str | tuple[str, str] | None
    screen_outliers: bool
    laney: bool


def _chart_options(kind: str, given: ChartOptions) -> dict[str, Any]:
    own = {"xmr": "screen_outliers", "t": "screen_outliers", "p": "laney", "u": "laney"}.get(kind)
    for name in given:
        if name not in ChartOptions.__annotations__ or (name in {"screen_outliers", "laney"} and name != own):
            raise TypeError(f"{kind}_chart() takes no option {name!r}")
    options: dict[str, Any] = {
        "direction": "neutral",
        "target": None,
        "fix_after": None,
        "minimum_points": 8,
        "rules": None,
        "screen_outliers": True,
        "laney": False,
        **given,
    }
    options["rebase_on"] = [_day_number(day) for day in given.get("rebase_on", ())]
    if isinstance(options["rules"], str):
        options["rules"] = (options["rules"], "")
    return options


def _chart(kind: str, values: Any, sizes: Any, dates: Any, given: ChartOptions) -> ControlChart:
    found = _core.make_chart(f"{kind}_chart", _days(dates), values, sizes, _chart_options(kind, given))
    return ControlChart(kind, found)


def _charts(kind: str, values: Any, sizes: Any, lengths: Any, dates: Any, given: ChartOptions) -> ControlCharts:
    options = _chart_options(kind, given)
    return ControlCharts(*_core.make_charts(f"{kind}_chart", lengths, _days(dates), values, sizes, options))


def xmr_chart(values: Columns, dates: Any = None, **options: Unpack[ChartOptions]) -> ControlChart:
    """Make an XmR chart of a series: mean, limits at ∓ 2.66 mean moving ranges, special causes by a rule set.

    dates: datetime.date, "2020-03-31", Period or a column of dates, in order; without them, points stand at 0, 1, 2, …
    A value that is None breaks every run, and no range crosses it. Options: see ChartOptions. Limits are unavailable,
    and limits_unavailable says why, for fewer than minimum_points values and where no two neighbours differ.
    Raises CalculationError for days out of order, doubled, or to rebase on that are not in the series.
    """
    return _chart("xmr", values, None, dates, options)


def p_chart(x: Columns, n: Columns, dates: Any = None, **options: Unpack[ChartOptions]) -> ControlChart:
    """Make a p chart of x out of n: limits vary with n. laney widens them for variation beyond the binomial (p′)."""
    return _chart("p", x, n, dates, options)


def u_chart(x: Columns, n: Columns, dates: Any = None, **options: Unpack[ChartOptions]) -> ControlChart:
    """Make a u chart of x events per n: limits vary with n. laney widens them for variation beyond Poisson (u′)."""
    return _chart("u", x, n, dates, options)


def g_chart(between: Columns, dates: Any = None, **options: Unpack[ChartOptions]) -> ControlChart:
    """Make a g chart of whole days or cases between rare events: above the limit means a longer quiet time.

    Unless told otherwise only the limits are judged: the distribution is skewed, and runs mislead.
    """
    return _chart("g", between, None, dates, options)


def t_chart(between: Columns, dates: Any = None, **options: Unpack[ChartOptions]) -> ControlChart:
    """Make a t chart of times between rare events: an XmR chart of t^(1/3.6), drawn back on the scale of time."""
    return _chart("t", between, None, dates, options)


def xmr_charts(values: Columns, lengths: Columns, dates: Any = None, **options: Unpack[ChartOptions]) -> ControlCharts:
    """Make XmR charts of many series whose values stand one series after another; lengths: how many each has."""
    return _charts("xmr", values, None, lengths, dates, options)


def p_charts(
    x: Columns, n: Columns, lengths: Columns, dates: Any = None, **options: Unpack[ChartOptions]
) -> ControlCharts:
    """Make p charts of many series: see xmr_charts and p_chart."""
    return _charts("p", x, n, lengths, dates, options)


def u_charts(
    x: Columns, n: Columns, lengths: Columns, dates: Any = None, **options: Unpack[ChartOptions]
) -> ControlCharts:
    """Make u charts of many series: see xmr_charts and u_chart."""
    return _charts("u", x, n, lengths, dates, options)

"""goldenthread.statistics: shapes of input, what is undefined, what is refused. Arithmetic is tested elsewhere."""

from __future__ import annotations

import array
import math
import pickle
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import goldenthread as gt
import pytest
from goldenthread import statistics as st

X = [1.0, None, 3.0, 0.0]
N = [10.0, 10.0, 10.0, 10.0]
USUAL = [5, 7, 4, 6, 5, 8, 6, 5, 7, 6, 4, 6]


def test_numbers_give_an_estimate() -> None:
    found = st.wilson_interval(3, 20)
    assert isinstance(found, st.IntervalEstimate)
    assert (found.value, found.state, found.method, found.reason) == (0.15, "complete", "wilson", "")
    assert st.wilson_interval(Decimal(3), Fraction(20)) == found  # type: ignore[call-overload]
    assert pickle.loads(pickle.dumps(found)) == found
    assert {found: 1}[found] == 1


def test_columns_give_an_estimate_for_every_row() -> None:
    found = st.wilson_interval(X, N)
    assert len(found) == 4
    assert found[0] == st.wilson_interval(1, 10)
    assert found[-1].lower == 0
    assert found[1].value is None
    assert (found.state[1], found.reason[1]) == ("undefined", "an input is missing")
    assert [each.value for each in found[2:]] == [0.3, 0.0]
    assert found == st.wilson_interval(X, 10)  # a number stands for every row
    assert pickle.loads(pickle.dumps(found)) == found
    with pytest.raises(IndexError):
        found[4]


def shapes() -> list[Any]:
    """The same numbers in every shape that is understood."""
    numpy, pandas, polars, pyarrow = (pytest.importorskip(name) for name in ("numpy", "pandas", "polars", "pyarrow"))
    return [
        (1, 2, 3),
        iter([1, 2, 3]),
        array.array("d", [1, 2, 3]),
        array.array("i", [1, 2, 3]),
        numpy.array([1.0, 2.0, 3.0]),
        numpy.array([1, 2, 3], dtype="int16"),
        numpy.array([1.0, 9.0, 2.0, 9.0, 3.0])[::2],
        numpy.array([1, 2, 3], dtype="uint64"),
        pandas.Series([1, 2, 3]),
        pandas.DataFrame({"x": [1.0, 2.0, 3.0]}),
        polars.Series([1, 2, 3]),
        polars.Series([0, 1, 2, 3])[1:],
        polars.DataFrame({"x": [1, 2, 3]}),
        pyarrow.array([1, 2, 3], pyarrow.int8()),
        pyarrow.array([0, 1, 2, 3], pyarrow.float32()).slice(1),
        pyarrow.array([Decimal("1.00"), Decimal("2.00"), Decimal("3.00")]),
        pyarrow.chunked_array([[1], [], [2, 3]]),
        pyarrow.table({"x": [1, 2, 3]}),
    ]


def test_every_shape_of_numbers_says_the_same() -> None:
    wanted = st.count_interval([1, 2, 3])
    for shape in shapes():
        assert st.count_interval(shape) == wanted, type(shape)


def test_missing_numbers_of_every_shape() -> None:
    pandas, polars, pyarrow = (pytest.importorskip(name) for name in ("pandas", "polars", "pyarrow"))
    for shape in (
        [1, None, 3],
        polars.Series([1, None, 3]),
        polars.Series([0, 1, None, 3])[1:],
        pyarrow.array([0, 1, None, 3]).slice(1),
        pyarrow.chunked_array([[1, None], [3]]),
        pandas.Series([1, None, 3], dtype="Int64"),
    ):
        assert st.count_interval(shape).value == [1, None, 3], type(shape)
    assert st.count_interval(pyarrow.nulls(2)).state == ["undefined", "undefined"]


def test_columns_of_this_package() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    data = gt.Dataset(
        {"t": pyarrow.table({"n": [4, None, 6], "d": [Decimal("1.5"), None, Decimal("2.25")], "s": ["a", "b", "c"]})}
    )
    assert st.count_interval(data["t"]["n"]).value == [4, None, 6]
    assert st.count_interval(data["t"]["d"]).value == [1.5, None, 2.25]
    with pytest.raises(gt.DataError, match=r"x: column s holds"):
        st.count_interval(data["t"]["s"])


def test_estimates_go_out_by_arrow() -> None:
    pyarrow, polars, pandas = (pytest.importorskip(name) for name in ("pyarrow", "polars", "pandas"))
    found = st.wilson_interval(X, N)
    table = pyarrow.table(found)
    table.validate(full=True)
    assert table.column_names == ["value", "lower", "upper", "confidence", "state", "method", "reason"]
    assert table["lower"].to_pylist() == found.lower
    assert table["state"].to_pylist() == found.state
    assert polars.DataFrame(found)["upper"].to_list() == found.upper
    assert list(pandas.DataFrame.from_arrow(found)["method"]) == found.method
    empty = pyarrow.table(st.wilson_interval([], []))
    empty.validate(full=True)
    assert empty.num_rows == 0


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: st.wilson_interval(7, 5), "wilson_interval: x is 7, but cannot be more than n = 5"),
        (lambda: st.wilson_interval([1, 7], [5, 5]), "row 1"),
        (lambda: st.wilson_interval(-1, 5), "x is -1, but a count cannot be negative"),
        (lambda: st.wilson_interval(1, 0), "n is 0, but must be above zero"),
        (lambda: st.wilson_interval(1, 5, 95), "write 95 % as 0.95"),
        (lambda: st.wilson_interval(math.nan, 5), "x is nan"),
        (lambda: st.wilson_interval([1, 2], [5, 5, 5]), "cannot be read row by row"),
        (lambda: st.mean_interval([1, None]), r"values\[1\] is missing"),
        (lambda: st.sample_quantile([1, 2], 0.5, "wiebull"), "no quantile type 'wiebull'"),
        (lambda: st.directly_standardised_rate([1, None], [10, 10], [5, 5]), "a missing count is not zero"),
        (lambda: st.directly_standardised_rate([1], [10, 10], [5, 5]), "events has 1 elements, but population has 2"),
        (lambda: st.normal_quantile(1), "p is 1, but must lie strictly between 0 and 1"),
        (lambda: st.change_between((1, 2), (1, 2)), "may be a share or a rate"),
        (lambda: st.change_between(1, 2, "mean"), "kind is 'mean'"),  # type: ignore[arg-type]
        (lambda: st.find_masking([1], [10], [1], [10]), "give at least 2"),
        (lambda: st.previous_period(["2019-20"], 1), "position is 1"),
        (lambda: st.xmr_chart(USUAL, rebase_on=[12]), "no day of the series"),
        (lambda: st.xmr_chart(USUAL, ["2020-01-01"] * 12), "as that of the point before"),
        (lambda: st.xmr_chart(USUAL, ["2020-01-01"]), "dates has 1 elements"),
        (lambda: st.xmr_chart(USUAL, rules="nelsen"), "there is no rule set 'nelsen'"),
        (lambda: st.xmr_chart(USUAL, direction="up"), "direction is 'up'"),  # type: ignore[arg-type]
        (lambda: st.xmr_charts(USUAL, [5, 5]), "lengths add up to 10, but there are 12"),
        (lambda: st.xmr_charts(USUAL, [5, 8]), r"lengths\[1\] is 8"),
        (lambda: st.p_chart([3], [2], minimum_points=2), r"points\[0\].value is 3"),
    ],
)
def test_what_has_no_meaning_is_refused_by_name(call: Any, words: str) -> None:
    with pytest.raises(gt.CalculationError, match=words):
        call()


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ("12", "x: a str is not numbers"),
        (["1"], r"x\[0\]: a str is not a number"),
        (object(), "x: a object is not numbers"),
    ],
)
def test_what_is_no_number_is_refused(shape: Any, words: str) -> None:
    with pytest.raises(gt.DataError, match=words):
        st.count_interval(shape)


def test_columns_that_are_no_numbers_are_refused() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    for shape, words in (
        (pyarrow.array(["a"]), "format 'u'"),
        (pyarrow.array(["a"]).dictionary_encode(), "names, not numbers"),
        (pyarrow.table({"a": [1], "b": [2]}), "2 columns: choose one"),
    ):
        with pytest.raises(gt.DataError, match=words):
            st.count_interval(shape)


def test_charts_know_days_in_every_shape() -> None:
    pyarrow, polars = pytest.importorskip("pyarrow"), pytest.importorskip("polars")
    days = [date(2019, month, 1) for month in range(1, 13)]
    wanted = st.xmr_chart(USUAL, days, rebase_on=["2019-03-01"], minimum_points=2)
    assert wanted.points[2].group == 1
    assert wanted.points[2].date == days[2]
    for shape in (
        [day.isoformat() for day in days],
        gt.months_between("2019-01-01", "2019-12-31"),
        pyarrow.array(days),
        pyarrow.array(days).cast(pyarrow.timestamp("us")),
        polars.Series(days),
    ):
        assert st.xmr_chart(USUAL, shape, rebase_on=[days[2]], minimum_points=2) == wanted, type(shape)


def test_a_chart_says_what_it_is() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    chart = st.xmr_chart([*USUAL, None, 30], direction="increase", target=100)
    assert chart.variation == "improvement"
    assert chart.assurance == "consistent_fail"
    assert chart.points[13].rule == "outside_limits"
    assert chart.points[12].type == "not_judged"
    assert chart.rules == ("making_data_count", "7-point")
    assert chart.limits_unavailable == ""
    assert len(chart) == len(list(chart)) == 14
    table = pyarrow.table(chart)
    table.validate(full=True)
    assert table["outside"].to_pylist() == [point.outside for point in chart]
    assert table["value"].to_pylist()[12] is None
    dated = pyarrow.table(st.xmr_chart([1, 2], ["2020-01-31", "2020-02-29"]))
    assert dated["date"].to_pylist() == [date(2020, 1, 31), date(2020, 2, 29)]
    assert pickle.loads(pickle.dumps(chart)) == chart
    assert st.xmr_chart([5] * 12).limits_unavailable.startswith("no variation")


def test_options_belong_to_their_charts() -> None:
    with pytest.raises(TypeError, match="takes no option 'laney'"):
        st.xmr_chart(USUAL, laney=True)
    with pytest.raises(TypeError, match="takes no option 'screen_outliers'"):
        st.p_chart(USUAL, 20, screen_outliers=False)
    with pytest.raises(TypeError, match="takes no option 'targets'"):
        st.xmr_chart(USUAL, targets=3)  # type: ignore[call-arg]


def test_many_charts_are_the_single_ones() -> None:
    rising = list(range(9))
    both = st.xmr_charts([*USUAL, *rising], [12, 9], direction="decrease", target=7)
    single = [st.xmr_chart(values, direction="decrease", target=7) for values in (USUAL, rising)]
    assert both.variation == [chart.variation for chart in single]
    assert both.assurance == [chart.assurance for chart in single]
    assert both.points.to_list("upper") == [point.upper for chart in single for point in chart]
    assert both.points.to_list("series") == [0] * 12 + [1] * 9
    shares = st.p_charts([*USUAL, *USUAL], [50] * 24, [12, 12])
    assert shares.variation == [st.p_chart(USUAL, [50] * 12).variation] * 2
    rates = st.u_charts(USUAL, [50] * 12, [12])
    assert rates.points.to_list("upper")[0] == st.u_chart(USUAL, [50] * 12).points[0].upper


def test_rare_events() -> None:
    gaps = [12, 3, 30, 8, 1, 17, 5, 9, 22, 4, 1000]
    assert st.g_chart(gaps, direction="increase").variation == "improvement"
    assert st.g_chart(gaps).rules == ("limits_only", "1")
    assert st.t_chart(gaps, direction="increase").variation == "improvement"


def test_rule_sets_are_listed() -> None:
    names = [(each.name, each.version) for each in st.rule_sets()]
    assert names[0] == ("making_data_count", "7-point")
    assert ("making_data_count", "6-point") in names
    assert {name for name, _ in names} == {"making_data_count", "nelson", "western_electric", "limits_only"}
    for name, version in names:
        assert st.xmr_chart(USUAL, rules=(name, version)).rules == (name, version)


def test_quantiles_by_name_and_number() -> None:
    assert st.sample_quantile([4, 1, 3, 2], 0.25, "linear") == st.sample_quantile([4, 1, 3, 2], 0.25, 7) == 1.75
    assert st.sample_quantile([], 0.5) is None
    assert st.quantile_groups([3, None, 1, 2], 3) == [3, None, 1, 2]
    assert st.quantile_groups([3, None, 1, 2], 3, invert=True) == [1, None, 3, 2]
    assert st.quantile_groups([3, 1], 3) == [None, None]


def test_funnels() -> None:
    line = st.funnel_proportion_limits(5, 0.1)
    assert line.lower == 0 > line.raw_lower
    assert st.funnel_proportion_limits([5, 50], 0.1).to_list("lower")[0] == 0
    assert st.funnel_ratio_limits(0).upper_ratio is None
    assert st.funnel_ratio_limits([0, 3]).to_list("upper_ratio")[0] is None
    assert st.funnel_ratio_significance(30, 10) == "high_0_001"
    assert st.funnel_ratio_significance([30, None], [10, 10]) == ["high_0_001", None]
    assert st.funnel_proportion_significance(0, 100, 0.1) == "low_0_001"
    assert st.proportion_over_dispersion([1, 50, 10], [100, 100, 100]).tau_squared > 0
    assert st.over_dispersion([1, 1], [1, 1], 1).phi == 0


def test_benchmarks() -> None:
    area = st.wilson_interval(40, 100)
    assert st.compare_with_benchmark(area, 0.2, "increase") == "better"
    assert st.compare_with_benchmark(area, 0.4) == "similar"
    assert st.compare_with_benchmark(st.rate_ratio(0, 1, 0, 1), 1) == "not_compared"


def test_change_trend_and_seasons() -> None:
    assert st.change_between(20, 45).verdict == "increase"
    assert st.change_between((10, 100), (40, 100), "share").difference.value == pytest.approx(0.3)
    assert st.trend_test([1, 2, 3, None, 4, 5]).verdict == "rising"
    assert st.trend_test([1, 2]).p_value is None
    assert st.seasonality_note([1, 5, 2, 9] * 4, 4).highest == 3
    quarters = gt.quarters_between("2018-04-01", "2020-03-31")
    assert st.previous_period(quarters, 7) == 6
    assert st.same_period_last_year(quarters, 7) == 3
    assert st.same_period_last_year(quarters, 3) is None


def test_groups() -> None:
    found = st.disproportionality([60, 20, 20], [1000, 1000, 1000])
    assert [each.verdict for each in found] == ["higher", "lower", "lower"]
    assert found[0].ratio.value == pytest.approx(3)
    hidden = st.find_masking([50, 100], [1000, 1000], [100, 50], [1000, 1000])
    assert hidden.flag == "opposite_movements"
    assert "read the groups" in hidden.text
    assert [group.verdict for group in hidden.groups] == ["increase", "decrease"]


def test_nothing_undefined_is_nan() -> None:
    """Every edge at once: no number that comes out is NaN or infinite."""
    estimates = [
        st.byar_interval(0),
        st.byar_interval(1, 0.998),
        st.mean_interval([]),
        st.mean_interval([1]),
        st.median_interval([]),
        st.median_interval([1, 2]),
        st.rate_ratio(0, 1, 0, 1),
        st.rate_ratio(1, 1, 0, 1),
        st.directly_standardised_rate([1], [10], [10]),
        st.indirectly_standardised_ratio([1], [10], [0], [10]),
    ]
    for each in estimates:
        assert each.state != "complete"
        assert each.reason
        assert all(number is None or math.isfinite(number) for number in (each.value, each.lower, each.upper))

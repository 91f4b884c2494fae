"""Every row of the independently computed answers, in the folder named by GOLDENTHREAD_ORACLES.

Each file is found by its columns alone: more rows, cases or settings of the same kinds need no change here.
"""

from __future__ import annotations

import csv
import math
import os
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from goldenthread import statistics as st

CHECKOUT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("GOLDENTHREAD_ORACLES") or CHECKOUT.parent / "shared" / "oracles")
NOT_DEFINED = {"", "NA", "NaN"}


def rows_of(name: str) -> list[dict[str, str]]:
    file = FOLDER / f"{name}.csv"
    if not file.exists():
        pytest.skip(f"{file.name} is not in the oracle folder: set GOLDENTHREAD_ORACLES")
    with file.open(newline="", encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    assert rows, f"{file.name} has no rows"
    return rows


def number(text: str) -> float | None:
    return None if text in NOT_DEFINED else float(text)


def exactly(text: str) -> float:
    return float(text)


def agrees(found: float | None, wanted: float | None) -> bool:
    """Relative error at most 1e-12; absolute, near zero."""
    if found is None or wanted is None:
        return found is None and wanted is None
    return math.isfinite(found) and abs(found - wanted) <= 1e-12 * max(1.0 if abs(wanted) < 1e-12 else 0.0, abs(wanted))


def check(failures: list[str], row: dict[str, str], found: dict[str, float | None]) -> None:
    for column, value in found.items():
        if not agrees(value, number(row[column])):
            failures.append(f"{column}: {value!r} for {row}")


def report(failures: list[str]) -> None:
    assert not failures, f"{len(failures)} disagree:\n" + "\n".join(failures[:10])


def by_case(rows: Iterable[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        groups[row["case"]].append(row)
    return groups


def test_oracle_folder_is_read_whole() -> None:
    """A file of a kind that no test knows must not pass unnoticed."""
    if not FOLDER.is_dir():
        pytest.skip("the oracle folder is not here: set GOLDENTHREAD_ORACLES")
    source = Path(__file__).read_text(encoding="utf-8")
    names = {file.stem for file in FOLDER.glob("*.csv") if not file.stem.startswith("sdc_")}
    assert {name for name in names if f'"{name}"' not in source} == set()


def test_oracle_distribution_quantiles() -> None:
    functions = {
        "normal": st.normal_quantile,
        "t": st.t_quantile,
        "chisq": st.chi_squared_quantile,
        "beta": st.beta_quantile,
    }
    failures: list[str] = []
    for row in rows_of("distribution_quantiles"):
        parameters = [exactly(row[name]) for name in ("a", "b") if row[name] not in NOT_DEFINED]
        check(failures, row, {"q": functions[row["dist"]](exactly(row["p"]), *parameters)})
    report(failures)


@pytest.mark.parametrize("file", ["proportion_wilson", "proportion_other_methods"])
def test_oracle_proportions(file: str) -> None:
    functions = {
        "wilson": st.wilson_interval,
        "clopper_pearson": st.clopper_pearson_interval,
        "agresti_coull": st.agresti_coull_interval,
        "jeffreys": st.jeffreys_interval,
    }
    failures: list[str] = []
    for row in rows_of(file):
        found = functions[row["method"]](exactly(row["x"]), exactly(row["n"]), exactly(row["confidence"]))
        check(failures, row, {"value": found.value, "lower": found.lower, "upper": found.upper})
    report(failures)


def test_oracle_proportions_as_columns() -> None:
    rows = rows_of("proportion_wilson")
    failures: list[str] = []
    for confidence in {row["confidence"] for row in rows}:
        own = [row for row in rows if row["confidence"] == confidence]
        found = st.wilson_interval([exactly(r["x"]) for r in own], [exactly(r["n"]) for r in own], float(confidence))
        for row, lower, upper in zip(own, found.lower, found.upper, strict=True):
            check(failures, row, {"lower": lower, "upper": upper})
    report(failures)


def test_oracle_counts() -> None:
    failures: list[str] = []
    for row in rows_of("poisson_count_limits"):
        x, confidence = exactly(row["x"]), exactly(row["confidence"])
        exact, byar = st.exact_poisson_interval(x, confidence), st.byar_interval(x, confidence)
        check(
            failures,
            row,
            {
                "exact_lower": exact.lower,
                "exact_upper": exact.upper,
                "byar_lower": byar.lower,
                "byar_upper": byar.upper,
            },
        )
    report(failures)


METHODS = {"exact_poisson": "Exact", "byar": "Byars"}


def test_oracle_rates() -> None:
    failures: list[str] = []
    for row in rows_of("rate_per_10000"):
        found = st.rate_interval(
            exactly(row["x"]), exactly(row["n"]), exactly(row["multiplier"]), exactly(row["confidence"])
        )
        check(failures, row, {"value": found.value, "lower": found.lower, "upper": found.upper})
        if METHODS[found.method] != row["method"]:
            failures.append(f"method {found.method} for {row}")
    report(failures)


def values_of_cases() -> dict[str, list[float]]:
    return {case: [exactly(r["value"]) for r in rows] for case, rows in by_case(rows_of("mean_inputs")).items()}


def test_oracle_means() -> None:
    inputs = values_of_cases()
    failures: list[str] = []
    for row in rows_of("mean_expected"):
        found = st.mean_interval(inputs[row["case"]], exactly(row["confidence"]))
        check(
            failures,
            row,
            {
                "n": found.n,
                "sum": found.sum,
                "sd": found.standard_deviation,
                "mean": found.value,
                "lower": found.lower,
                "upper": found.upper,
            },
        )
    report(failures)


def test_oracle_medians() -> None:
    inputs = values_of_cases()
    failures: list[str] = []
    for row in rows_of("median_ci_expected"):
        found = st.median_interval(inputs[row["case"]], exactly(row["confidence"]))
        check(
            failures,
            row,
            {
                "n": found.n,
                "median": found.value,
                "rank_lower": found.rank_lower,
                "rank_upper": found.rank_upper,
                "lower": found.lower,
                "upper": found.upper,
                "coverage": found.coverage,
            },
        )
    report(failures)


def test_oracle_quantile_types() -> None:
    inputs = values_of_cases()
    failures: list[str] = []
    for row in rows_of("quantile_types_expected"):
        for kind in range(1, 10):
            check(failures, row, {f"type{kind}": st.sample_quantile(inputs[row["case"]], exactly(row["p"]), kind)})
    report(failures)


def bands_of_cases(name: str) -> dict[str, list[dict[str, str]]]:
    return {case: sorted(rows, key=lambda r: exactly(r["band"])) for case, rows in by_case(rows_of(name)).items()}


def counts_of(rows: list[dict[str, str]]) -> list[float]:
    """The oracle takes a missing count for none, which we refuse: the caller has to say so."""
    return [number(r["count"]) or 0.0 for r in rows]


def column(rows: list[dict[str, str]], name: str) -> list[float]:
    return [exactly(r[name]) for r in rows]


def test_oracle_directly_standardised_rates() -> None:
    inputs = bands_of_cases("dsr_isr_inputs")
    failures: list[str] = []
    for row in rows_of("dsr_expected"):
        bands = inputs[row["case"]]
        found = st.directly_standardised_rate(
            counts_of(bands),
            column(bands, "pop"),
            column(bands, "stdpop"),
            exactly(row["multiplier"]),
            exactly(row["confidence"]),
        )
        check(
            failures,
            row,
            {
                "total_count": found.events,
                "total_pop": found.population,
                "value": found.value,
                "variance": found.variance,
                "lower": found.lower,
                "upper": found.upper,
            },
        )
    report(failures)


def test_oracle_directly_standardised_rates_of_dependent_events() -> None:
    inputs = by_case(rows_of("dsr_nonindependent_inputs"))
    failures: list[str] = []
    for row in rows_of("dsr_nonindependent_expected"):
        lines = inputs[row["case"]]
        bands = {line["band"]: line for line in lines}
        order = {band: at for at, band in enumerate(bands)}
        found = st.directly_standardised_rate(
            None,
            [exactly(line["pop"]) for line in bands.values()],
            [exactly(line["stdpop"]) for line in bands.values()],
            exactly(row["multiplier"]),
            exactly(row["confidence"]),
            frequencies={
                "band": [order[line["band"]] for line in lines],
                "events_each": column(lines, "freq"),
                "people": column(lines, "persons"),
            },
        )
        check(
            failures,
            row,
            {
                "total_count": found.events,
                "value": found.value,
                "variance": found.variance,
                "lower": found.lower,
                "upper": found.upper,
            },
        )
    report(failures)


def test_oracle_indirectly_standardised() -> None:
    inputs = bands_of_cases("dsr_isr_inputs")
    failures: list[str] = []
    for row in rows_of("isr_expected"):
        bands, confidence = inputs[row["case"]], exactly(row["confidence"])
        arguments = [counts_of(bands), *(column(bands, name) for name in ("pop", "ref_count", "ref_pop"))]
        ratio = st.indirectly_standardised_ratio(*arguments, confidence=confidence)
        rate = st.indirectly_standardised_rate(*arguments, confidence=confidence)
        check(
            failures,
            row,
            {
                "observed": ratio.observed,
                "expected": ratio.expected,
                "ref_rate_per_10000": rate.reference_rate,
                "isratio": ratio.value,
                "isratio_lower": ratio.lower,
                "isratio_upper": ratio.upper,
                "israte": rate.value,
                "israte_lower": rate.lower,
                "israte_upper": rate.upper,
            },
        )
        if METHODS[ratio.method] != row["method"]:
            failures.append(f"method {ratio.method} for {row}")
    report(failures)


def test_oracle_quantile_groups() -> None:
    failures: list[str] = []
    for case, rows in by_case(rows_of("quantile_assign")).items():
        rows = sorted(rows, key=lambda r: int(r["i"]))
        found = st.quantile_groups(
            [number(r["value"]) for r in rows], int(rows[0]["nquantiles"]), invert=rows[0]["invert"].upper() == "TRUE"
        )
        wanted = [None if r["quantile"] in NOT_DEFINED else int(r["quantile"]) for r in rows]
        if found != wanted:
            failures.append(f"case {case}: {found} instead of {wanted}")
    report(failures)


def tail_of(text: str) -> float:
    """The one-sided tail of a line that is named by it, or by its complement."""
    p = float(text)
    return p if p < 0.5 else 1 - p


def test_oracle_funnel_proportion_limits() -> None:
    failures: list[str] = []
    for row in rows_of("funnel_proportion_limits"):
        found = st.funnel_proportion_limits(exactly(row["n"]), exactly(row["average"]), tail_of(row["p"]))
        check(
            failures,
            row,
            {
                "limit_low": found.lower,
                "limit_high": found.upper,
                "limit_low_raw": found.raw_lower,
                "limit_high_raw": found.raw_upper,
            },
        )
    report(failures)


def test_oracle_funnel_ratio_limits() -> None:
    failures: list[str] = []
    for row in rows_of("funnel_poisson_limits"):
        found = st.funnel_ratio_limits(exactly(row["observed"]), tail_of(row["p"]))
        wanted = {
            "expected_at_upper_limit": found.expected_at_upper,
            "expected_at_lower_limit": found.expected_at_lower,
            "upper_ratio": found.upper_ratio,
            "lower_ratio": found.lower_ratio,
        }
        check(failures, row, wanted)
    report(failures)


SIGNIFICANCE = {
    "not_significant": "Not significant",
    "low_0_025": "Low (0.025)",
    "low_0_001": "Low (0.001)",
    "high_0_025": "High (0.025)",
    "high_0_001": "High (0.001)",
}


def test_oracle_funnel_significance() -> None:
    failures: list[str] = []
    for row in rows_of("funnel_proportion_significance"):
        found = st.funnel_proportion_significance(exactly(row["x"]), exactly(row["n"]), exactly(row["average"]))
        if SIGNIFICANCE[found] != row["significance"]:
            failures.append(f"{found} for {row}")
    for row in rows_of("funnel_ratio_significance"):
        found = st.funnel_ratio_significance(exactly(row["observed"]), exactly(row["expected"]))
        if SIGNIFICANCE[found] != row["significance"]:
            failures.append(f"{found} for {row}")
    report(failures)


def cause_of(point: st.ChartPoint) -> str:
    """The rule that a point broke, in the words of the oracle."""
    high = point.rule_direction > 0
    side = "Above" if high else "Below"
    return {
        None: "Common Cause",
        "outside_limits": "Above UCL" if high else "Below LCL",
        "trend": f"7 Point Trend ({'Increasing' if high else 'Decreasing'})",
        "two_in_three": f"2 in 3 {side} CL",
        "shift": f"7 Points {side} CL",
    }[point.rule]


def type_of(type: str) -> str:
    return type if type == "common_cause" else f"special_cause_{type}"


def spc_chart(case: dict[str, str], points: list[dict[str, str]]) -> st.ControlChart:
    rebases = [p["date"] for before, p in pairwise(points) if before["rebase_group"] != p["rebase_group"]]
    return st.xmr_chart(
        [number(p["y"]) for p in points],
        [p["date"] for p in points],
        direction=case["improvement_direction"],  # type: ignore[arg-type]
        target=number(case["target"]),
        screen_outliers=case["screen_outliers"].upper() == "TRUE",
        fix_after=None if case["fix_after_n_points"] in NOT_DEFINED else int(case["fix_after_n_points"]),
        rebase_on=rebases,
        minimum_points=2,  # the oracle gives limits however few the points
    )


def test_oracle_control_charts() -> None:
    points = by_case(rows_of("spc_points"))
    failures: list[str] = []
    for case in rows_of("spc_cases"):
        own = sorted(points[case["case"]], key=lambda p: int(p["i"]))
        chart = spc_chart(case, own)
        for row, found in zip(own, chart.points, strict=True):
            check(failures, row, {"mean": found.centre, "lpl": found.lower, "upl": found.upper})
            flags = {
                "outside_limits": str(found.outside).upper(),
                "relative_to_mean": str(found.side),
                "close_to_limits": str(found.near_limit).upper(),
                "special_cause_type": cause_of(found),
                "point_type": type_of(found.type),
            }
            failures += [f"{name} {flag} for {row}" for name, flag in flags.items() if row[name] != flag]
        verdicts = {"variation_type": type_of(chart.variation), "assurance_type": chart.assurance}
        for name, verdict in verdicts.items():
            wanted = "none" if case[name] in NOT_DEFINED else case[name]
            if wanted != verdict:
                failures.append(f"{name} {verdict} for {case}")
    report(failures)

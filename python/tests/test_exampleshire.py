"""Exampleshire: the engine against the planted truths, `check` against the key of wrong records, and its stories."""

from __future__ import annotations

import csv
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import goldenthread as gt
import pytest
from goldenthread import _core, exampleshire, quality, statistics
from goldenthread.quality import local_rows

pytest.importorskip("polars")

YEARS = ["2016-17", "2017-18", "2018-19", "2019-20"]
COUNTS = ("numerator", "denominator", "unknown", "excluded", "immature", "censored")


def plain(cell: Any) -> dict[str, Any]:
    """Give state and counts; null where nothing can be counted is none of it."""
    return {"state": cell["state"], **{name: cell[name] or 0 for name in COUNTS}}


@pytest.mark.parametrize("seed", [1, 11])
def test_the_engine_gives_every_planted_truth(tmp_path: Path, seed: int) -> None:
    made = gt.write_exampleshire(tmp_path / "out", seed=seed, children=3000, returns=False)
    results = gt.evaluate(_core.shipped_indicators(), gt.generate_exampleshire(seed=seed, children=3000), YEARS)
    found = {(cell["indicator"], cell["period"]): plain(cell) for cell in results.cells() if not cell["key"]}
    planted = {(truth["indicator"], truth["period"]): plain(truth) for truth in made["truths"]}
    assert found == planted
    assert set(results.indicators) == {indicator for indicator, _ in planted}
    assert {truth["state"] for truth in made["truths"]} >= {"value", "partial", "not_due"}


def test_the_key_on_disk_is_what_was_returned(tmp_path: Path) -> None:
    made = gt.write_exampleshire(tmp_path / "out", children=100)
    with (tmp_path / "out/answer_key/truths.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["area"] for row in rows} == {"Exampleshire (synthetic)"}
    assert [(row["indicator"], row["period"], row["state"]) for row in rows] == [
        (truth["indicator"], truth["period"], truth["state"]) for truth in made["truths"]
    ]
    for row, truth in zip(rows, made["truths"], strict=True):
        assert plain({**row, **{name: int(row[name] or 0) for name in COUNTS}}) == plain(truth)


def test_without_wrong_records_nothing_is_wrong() -> None:
    assert not quality.check(gt.generate_exampleshire(seed=4, children=1500)).broken


def test_check_finds_every_wrong_record_and_nothing_else(tmp_path: Path) -> None:
    made = gt.write_exampleshire(tmp_path / "out", seed=2, children=1000, defects=0.13, returns=False)
    assert made["defects"] == 130
    with (tmp_path / "out/answer_key/defects.csv").open(newline="", encoding="utf-8") as file:
        key = {(row["rule"], row["table"], int(row["line"])) for row in csv.DictReader(file)}
    data = gt.read([tmp_path / "out/tables"])
    by_readers = data.findings_rows()
    found = set(zip(*(list(by_readers[name]) for name in ("rule", "table", "row")), strict=True))
    found |= {(rule, table, line) for rule, table, _, _, line, _ in local_rows(quality.check(data))}
    assert found == key
    # The one rule that canonical tables cannot break: they belong to no census year.
    assert quality.rules().keys() - {rule for rule, _, _ in key} == {"code_other_year"}


def test_wrong_records_leave_everybody_else_alone(tmp_path: Path) -> None:
    gt.write_exampleshire(tmp_path / "right", children=300, returns=False)
    gt.write_exampleshire(tmp_path / "wrong", children=300, returns=False, defects=0.5)
    for table in ("person", "referral", "cp_plan"):
        right = (tmp_path / f"right/tables/{table}.csv").read_text(encoding="utf-8").splitlines()
        wrong = (tmp_path / f"wrong/tables/{table}.csv").read_text(encoding="utf-8").splitlines()
        assert [line for line in wrong if "EX9" not in line] == right
        assert len(wrong) > len(right)
    assert (tmp_path / "right/answer_key/truths.csv").read_bytes() == (
        tmp_path / "wrong/answer_key/truths.csv"
    ).read_bytes()


# --- stories ---


@pytest.fixture(scope="module")
def data() -> gt.Dataset:
    return gt.generate_exampleshire(seed=1, children=12_000)


def monthly(data: gt.Dataset, indicator: str) -> list[dict[str, Any]]:
    months = [f"{year}-{month:02}" for year in range(2016, 2021) for month in range(1, 13)]
    results = gt.evaluate([indicator], data, months[3:51])
    return [cell for cell in results.cells(indicator) if not cell["key"]]


def test_the_reform_shows_as_a_special_cause_and_nothing_before_it_does(data: gt.Dataset) -> None:
    cells = monthly(data, "standard.assessments_within_45_working_days")
    assert len(cells) == 48
    months = [cell["first"] for cell in cells]
    events, sizes = [cell["numerator"] for cell in cells], [cell["denominator"] for cell in cells]
    before = statistics.p_chart(events[:24], sizes[:24], months[:24], direction="increase")
    assert [point.rule for point in before if point.rule] == []
    whole = statistics.p_chart(events, sizes, months, direction="increase")
    assert any(point.rule for point in whole.points[24:])
    assert whole.points[-1].value > before.points[-1].value


def test_the_mental_health_service_falls_behind(data: gt.Dataset) -> None:
    results = gt.evaluate(["mental_health.wait_to_treatment"], data, YEARS)
    waits = {cell["period"]: cell for cell in results.cells() if not cell["key"]}
    assert waits["2019-20"]["value"] > 1.3 * waits["2017-18"]["value"]
    assert waits["2019-20"]["censored"] > 1.2 * waits["2017-18"]["censored"]


@pytest.mark.parametrize(
    ("indicator", "partial"),
    [
        ("domestic_abuse.victims_16_17", {"2016-17"}),
        ("domestic_abuse.school_notifications", {"2016-17"}),
        ("domestic_abuse.repeat_incidents_child_present", {"2016-17", "2017-18"}),
        ("mental_health.self_harm_presentations", {"2019-20"}),
        ("mental_health.crisis_starts", set()),
    ],
)
def test_outages_of_partners_show_as_partial(data: gt.Dataset, indicator: str, partial: set[str]) -> None:
    results = gt.evaluate([indicator], data, YEARS)
    states = {cell["period"]: cell["state"] for cell in results.cells() if not cell["key"]}
    assert {period for period, state in states.items() if state == "partial"} == partial


def test_it_is_like_england(data: gt.Dataset) -> None:
    compared = exampleshire.compare_with_published(data)
    assert [each.id for each in compared] == [each["id"] for each in _core.exampleshire_calibration()]
    for each in compared:
        assert each.synthetic == pytest.approx(each.published, rel=0.25), each.title


def test_only_exampleshire_is_compared() -> None:
    with pytest.raises(ValueError, match="only Exampleshire"):
        exampleshire.compare_with_published(gt.Dataset({}, area="Elsewhere"))


# --- bad input ---


def test_an_exampleshire_too_small_to_be_compared_says_so() -> None:
    with pytest.raises(ValueError, match="more children"):
        exampleshire.compare_with_published(gt.generate_exampleshire(seed=1, children=50))


@pytest.mark.parametrize("rate", [1.01, -0.01, float("nan")])
def test_a_rate_above_one_or_below_nought_is_refused(tmp_path: Path, rate: float) -> None:
    with pytest.raises(gt.DefinitionError, match="between 0 and 1"):
        gt.write_exampleshire(tmp_path / "out", children=5, defects=rate)
    assert not list(tmp_path.iterdir())


def test_nothing_says_anything_but_exampleshire(tmp_path: Path) -> None:
    gt.write_exampleshire(tmp_path / "out", children=50, defects=1)
    for path in (tmp_path / "out").rglob("*"):
        named = path.parent.name in ("answer_key", "cin_census", "out")
        if path.is_file() and (named or path.name in ("dataset.csv", "population.csv", "body.csv")):
            assert "Exampleshire (synthetic)" in path.read_text(encoding="utf-8"), path
    with pytest.raises(TypeError):
        gt.write_exampleshire(tmp_path / "other", area="Leicester")  # type: ignore[call-arg]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    program = textwrap.dedent(
        f"""
        import goldenthread as gt
        print("ready", flush=True)
        gt.write_exampleshire({str(tmp_path / "out")!r}, children=5_000_000, returns=False)
        """
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    until = time.monotonic() + 20
    while not list(tmp_path.iterdir()) and time.monotonic() < until:
        time.sleep(0.02)
    assert list(tmp_path.iterdir())  # it is writing
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "KeyboardInterrupt" in errors
    assert list(tmp_path.iterdir()) == []

"""Targets from Python and the command line, and what a release says of its shown numbers."""

from __future__ import annotations

import copy
import csv
import io
import json
import pickle
import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import goldenthread as gt
import pytest
from goldenthread import statistics as st
from jsonschema import Draft202012Validator
from test_command_line import refused, run

ROOT = Path(__file__).parents[2]
SCHEMA = Draft202012Validator(json.loads((ROOT / "schemas" / "targets.schema.json").read_text(encoding="utf-8")))
RELEASE = Draft202012Validator(json.loads((ROOT / "schemas" / "release.schema.json").read_text(encoding="utf-8")))

OVER_12_MONTHS = "neglect.cp_plan_over_12_months"
SECOND_TIME = "neglect.cp_plan_second_time"
IN_TIME = "standard.assessments_within_45_working_days"
ITEM: dict[str, Any] = {
    "indicator": SECOND_TIME,
    "kind": "local",
    "unit": "percent",
    "value": "20",
    "tolerance": "5",
    "from": "2018-04-01",
    "to": "2019-03-31",
    "polarity": {"value": "low", "provenance": "stated by DfE LAIT"},
    "source": "the board",
}
BAND = {"indicator": IN_TIME, "kind": "band", "unit": "percent", "lowest": "60", "highest": "80.5", "source": "x"}
TRAJECTORY = {
    "indicator": OVER_12_MONTHS,
    "kind": "trajectory",
    "unit": "number",
    "points": [{"on": "2018-03-31", "value": 40}, {"on": "2020-03-31", "value": "20"}],
    "source": "the board",
}


def document(*items: dict[str, Any]) -> dict[str, Any]:
    return {"format": "goldenthread/targets@1", "targets": list(items)}


def write(file: Path, *items: dict[str, Any]) -> Path:
    file.write_text(json.dumps(document(*items)), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def data() -> gt.Dataset:
    return gt.generate_exampleshire(seed=1, children=1500)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("targets") / "data"
    gt.write_exampleshire(folder, seed=1, children=1500)
    return folder / "tables"


def every_figure_judged(data: gt.Dataset) -> dict[str, Any]:
    """A release of two years in which every total has a target: shares and rates of every size, counts of 3."""
    plan = gt.plans.leicester_2018_2020()
    periods = [*gt.quarters_between("2018-04-01", "2020-03-31"), "2018-19", "2019-20"]
    draft = json.loads(gt.evaluate(plan, data, periods, "default").protect().to_json())
    targets = []
    for figure in draft["figures"]:
        if not figure["cells"]:
            continue
        unit = f"per {figure['multiplier']}" if figure["unit"] == "rate" else figure["unit"]
        counted = unit not in ("percent", "days") and figure["definition"]["timing"] != "at"
        common: dict[str, Any] = {"unit": unit, "value": 3, "tolerance": 1, "source": "a test"}
        common |= {"polarity": "low", "polarity_provenance": "inferred"}
        kinds = ("financial_quarter", "financial_year") if counted else (None,)
        targets += [gt.target(figure["indicator"], period=kind, **common) for kind in kinds]
    released: dict[str, Any] = json.loads(
        gt.evaluate(plan, data, periods, "default", targets=targets).protect().to_json()
    )
    return released


@pytest.fixture(scope="module")
def judged(data: gt.Dataset) -> dict[str, Any]:
    return every_figure_judged(data)


def totals(released: dict[str, Any]) -> list[dict[str, Any]]:
    return [cell for figure in released["figures"] for cell in figure["cells"] if not cell["key"]]


# Files


def test_files_schema_and_reader_agree(tmp_path: Path) -> None:
    good = document(ITEM, {**ITEM, "from": "2019-04-01", "to": "2020-03-31", "value": 15}, BAND, TRAJECTORY)
    assert not list(SCHEMA.iter_errors(good))
    read = gt.read_targets(write(tmp_path / "targets.json", *good["targets"]))
    assert [each.kind for each in read] == ["local", "local", "band", "trajectory"]
    assert (read[0].first, read[0].last) == ("2018-04-01", "2019-03-31")
    again = json.loads(read[3].to_json())
    assert not list(SCHEMA.iter_errors(again))
    assert gt.read_targets(write(tmp_path / "again.json", *again["targets"])) == [read[3]]
    assert pickle.loads(pickle.dumps(read)) == read
    assert len(set(read)) == 4
    assert SECOND_TIME in repr(read[0])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "locale"}, "did you mean 'local'"),
        ({"unit": "percents"}, "did you mean 'percent'"),
        ({"value": 12.5}, "write a text of digits"),
        ({"value": "12,5"}, "is not an amount"),
        ({"value": "0.12345"}, "is not an amount"),
        ({"value": -1}, "is not an amount"),
        ({"tolerance": "±3"}, "is not an amount"),
        ({"source": ""}, "source"),
        ({"period": "anually"}, "is no kind of period"),
        ({"tolerence": "3"}, "did you mean 'tolerance'"),
        ({"polarity": {"value": "down", "provenance": "inferred"}}, "is no polarity"),
        ({"polarity": {"value": "low", "provenance": "me"}}, "stated by"),
        ({"from": "1 April 2018"}, "is not a date"),
    ],
)
def test_a_wrong_target_is_refused_by_schema_and_reader(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    wrong = {**copy.deepcopy(ITEM), **change}
    assert list(SCHEMA.iter_errors(document(wrong)))
    file = write(tmp_path / "targets.json", wrong)
    with pytest.raises(gt.DefinitionError, match=words) as problem:
        gt.read_targets(file)
    assert "targets.json" in str(problem.value)
    assert "/targets/0" in str(problem.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "targets.json"
    file.write_bytes(b"\xff")
    with pytest.raises(gt.DataError, match="is not UTF-8"):
        gt.read_targets(file)


def test_targets_are_made_by_the_rules_of_files() -> None:
    made = gt.target(SECOND_TIME, unit="percent", value=Decimal("17.5"), first=date(2018, 4, 1), source="the board")
    assert made.first == "2018-04-01"
    assert '"17.5"' in made.to_json()
    way = gt.target(
        OVER_12_MONTHS, "trajectory", unit="number", points={"2018-03-31": 40, "2020-03-31": 20}, source="x"
    )
    assert way.last == "2020-03-31"
    with pytest.raises(gt.DefinitionError, match="cannot be read exactly"):
        gt.target(SECOND_TIME, unit="percent", value=17.5, source="the board")  # type: ignore[arg-type]
    with pytest.raises(gt.DefinitionError, match="'value' is missing"):
        gt.target(SECOND_TIME, unit="percent", source="the board")


# Colours


def test_a_colour_carries_its_reason(data: gt.Dataset) -> None:
    plan = gt.plans.leicester_2018_2020()
    share = next(
        f
        for f in json.loads(gt.evaluate(plan, data, "2018-19").protect().to_json())["figures"]
        if f["indicator"] == IN_TIME
    )["cells"][0]
    below = gt.target(IN_TIME, unit="percent", value=100, tolerance=99, source="the board")
    release = gt.evaluate(plan, data, ["2018-19", "2019-20"], targets=[below]).protect()
    rags = {(each["indicator"], each["period"]): each for each in release.rags()}
    one = rags[IN_TIME, "2018-19"]
    assert one["state"] == "amber"
    assert one["sentence"] == (
        f"amber: {share['value']} % is below the local target of 100 % but within its 99-point tolerance"
    )
    assert one["rule"].startswith("higher is wanted (inferred): green from 100 % upwards")
    assert (one["value"], one["target"], one["source"]) == (f"{share['value']} %", "100 %", "the board")
    assert rags[OVER_12_MONTHS, "2019-20"]["state"] == "no_target"
    assert rags[OVER_12_MONTHS, "2019-20"]["sentence"] == "no colour: no target is in force"


def test_what_is_wrong_between_target_and_figure_is_refused(data: gt.Dataset) -> None:
    plan = gt.plans.leicester_2018_2020()

    def release(target: gt.Target) -> object:
        return gt.evaluate(plan, data, "2019-20", targets=[target]).protect()

    with pytest.raises(gt.DefinitionError, match="did you mean"):
        release(gt.target("neglect.cp_plan_over_12_month", unit="number", value=3, source="x"))
    with pytest.raises(gt.DefinitionError, match="the target is in 'number', the figure in 'percent'"):
        release(gt.target(SECOND_TIME, unit="number", value=3, source="x"))
    with pytest.raises(gt.DefinitionError, match="during which kind of period"):
        release(gt.target("neglect.toolkits_completed", unit="number", value=3, source="x"))
    pair = [gt.target(SECOND_TIME, unit="percent", value=n, source="x") for n in (3, 4)]
    with pytest.raises(gt.DefinitionError, match="two local targets are in force"):
        gt.evaluate(plan, data, "2019-20", targets=pair)
    with pytest.raises(gt.DefinitionError, match="give a Plan"):
        gt.evaluate(SECOND_TIME, data, "2019-20", targets=pair[:1])


# What a release says, all of it


def test_the_release_follows_its_schema(judged: dict[str, Any]) -> None:
    assert not list(RELEASE.iter_errors(judged))


def test_no_hidden_number_is_judged(judged: dict[str, Any]) -> None:
    symbol = judged["title"]["policy"]["symbol"]
    hidden = [(f, c) for f in judged["figures"] for c in f["cells"] if c["value"] == symbol]
    assert len(hidden) > 100
    for figure, cell in hidden:
        assert cell["interval"] is None
        assert cell["chart"] is None
        assert cell["group"] is None
        assert all(each["difference"] is None for each in cell["changes"])
        assert all(
            each["state"] == "figure_hidden" and not re.search(r"\d", each["sentence"]) for each in cell["targets"]
        )
        for series in figure["series"]:
            if any(figure["cells"][place] is cell for place in series["cells"]):
                assert not series["has_limits"]
                assert series["trend"] == "not_tested"
    for figure in judged["figures"]:
        shown = {(c["period"], tuple(c["key"].items())): c["value"] not in (None, symbol) for c in figure["cells"]}
        for cell in figure["cells"]:
            for change in cell["changes"]:
                if change["difference"] is not None:
                    assert shown[change["period"], ()]


def test_hidden_figures_cannot_be_told_apart_by_what_is_said_of_them(judged: dict[str, Any]) -> None:
    """The target of 3 lies within 1 to 5: below and above it, hidden cells say the same."""
    symbol = judged["title"]["policy"]["symbol"]
    for figure in judged["figures"]:
        told = {
            json.dumps(each, sort_keys=True)
            for cell in figure["cells"]
            if not cell["key"] and cell["value"] == symbol
            for each in cell["targets"]
            if each["target"]
        }
        assert len(told) <= 1


def test_limits_and_colours_are_those_of_the_shown_counts(judged: dict[str, Any]) -> None:
    """Everything derived can be computed again from what is printed: nothing else went in."""
    symbol = judged["title"]["policy"]["symbol"]
    seen = {"interval": 0, "colour": 0}
    for figure in judged["figures"]:
        for cell in figure["cells"]:
            interval = cell["interval"]
            if interval is not None and figure["unit"] == "percent":
                again = st.wilson_interval(cell["numerator"], cell["denominator"])
                assert again.lower is not None
                assert again.upper is not None
                assert abs(again.lower * 100 - interval["lower"]) <= 0.0500001
                assert abs(again.upper * 100 - interval["upper"]) <= 0.0500001
                seen["interval"] += 1
            colours = [each for each in cell["targets"] if each["state"] in ("green", "amber", "red")]
            for each in colours:
                exact = Decimal(str(cell["value"]))
                if figure["unit"] == "percent" and cell["denominator"] != symbol:  # nought of a hidden number is nought
                    exact = Decimal(100) * cell["numerator"] / cell["denominator"]
                    rounded = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
                    assert rounded == Decimal(str(cell["value"]))
                expected = "green" if exact <= 3 else "amber" if exact <= 4 else "red"
                if figure["unit"] in ("percent", "number"):
                    assert each["state"] == expected
                    seen["colour"] += 1
    assert min(seen.values()) > 50


def test_csv_holds_what_json_holds(data: gt.Dataset) -> None:
    target = gt.target(IN_TIME, unit="percent", value=70, source="the board")
    release = gt.evaluate(gt.plans.leicester_2018_2020(), data, ["2018-19", "2019-20"], targets=[target]).protect()
    figures = {figure["indicator"]: figure for figure in json.loads(release.to_json())["figures"]}
    rows = [row for row in csv.DictReader(io.StringIO(release.to_csv())) if row["indicator"] == IN_TIME]
    cells = figures[IN_TIME]["cells"]
    assert len(rows) == len(cells)
    for row, cell in zip(rows, cells, strict=True):
        assert (row["lower"], row["upper"]) == (str(cell["interval"]["lower"]), str(cell["interval"]["upper"]))
        assert row["target"] == "local 70 %"
        assert (row["target_state"], row["target_sentence"]) == tuple(
            cell["targets"][0][n] for n in ("state", "sentence")
        )
        change = cell["changes"][0]
        assert row["change_on_previous_verdict"] == change["verdict"]
        assert row["change_on_previous"] == ("" if change["difference"] is None else str(change["difference"]))


# Report and command line


def test_the_report_never_shows_a_colour_without_a_word(judged: dict[str, Any]) -> None:
    pytest.importorskip("jinja2")
    from goldenthread.report import render_report

    page = render_report(judged)
    tags = re.findall(r'<span class="tag tag-(green|amber|red)"><span[^>]*>[^<]*</span> ([^<]*)</span>', page)
    assert {colour for colour, _ in tags} == {"green", "amber", "red"}
    for colour, words in tags:
        assert words.lower().startswith(colour)
    assert "No colour: hidden" in page
    assert "limits" in page


def test_the_report_draws_limits_target_and_special_points(judged: dict[str, Any]) -> None:
    pytest.importorskip("jinja2")
    from goldenthread.report import render_report

    page = render_report(judged)
    charts = re.findall(r'<svg class="trend".*?</svg>', page, re.DOTALL)
    with_band = [chart for chart in charts if 'class="usual"' in chart]
    assert with_band
    assert all("Band: usual variation" in chart for chart in with_band)
    assert any('class="target"' in chart and "Dashed line: the target" in chart for chart in charts)
    limited = sum(series["has_limits"] for figure in judged["figures"] for series in figure["series"])
    assert len(with_band) <= limited


def test_without_targets_the_report_says_so(data: gt.Dataset) -> None:
    pytest.importorskip("jinja2")
    from goldenthread.report import render_report

    page = render_report(json.loads(gt.evaluate(gt.plans.leicester_2018_2020(), data, "2019-20").protect().to_json()))
    assert "No target is in force: no figure has a colour." in page
    assert not re.search(r'class="tag tag-(green|amber|red)"><[^>]*>[^<]*</span> [^<]*</span>(?! *</dt>)', page)


def test_the_command_line_judges(tmp_path: Path, tables: Path) -> None:
    pytest.importorskip("jinja2")
    file = write(tmp_path / "targets.json", {**BAND, "tolerance": "50"})
    asked = ["--tables", tables, "--period", "2019-20", "--targets", file]
    out = tmp_path / "out"
    assert run("report", *asked, "--out", out).code == 0
    assert "band 60 % to 80.5 %" in (out / "results.csv").read_text(encoding="utf-8")
    assert "green from 60 % to 80.5 %" in (out / "report.html").read_text(encoding="utf-8")
    printed = run("evaluate", *asked)
    assert printed.code == 0
    assert "target" in printed.out


def test_the_command_line_refuses_what_is_wrong(tmp_path: Path, tables: Path) -> None:
    file = tmp_path / "targets.json"
    asked = ["--tables", tables, "--period", "2019-20", "--targets", file]
    write(file, {**ITEM, "indicator": "neglect.cp_plan_second_tim"})
    refused(run("evaluate", *asked), 2, "did you mean", SECOND_TIME)
    write(file, {**ITEM, "value": 1.5})
    refused(run("evaluate", *asked), 2, "targets.json", "/targets/0/value", "write a text of digits")
    write(file, {**ITEM, "unit": "number"})
    after_reading = run("evaluate", *asked)
    assert (after_reading.code, after_reading.out) == (2, "")
    assert "the target is in 'number', the figure in 'percent'" in after_reading.err
    refused(run("evaluate", *asked[:-1], tmp_path / "absent.json"), 3, "absent.json")

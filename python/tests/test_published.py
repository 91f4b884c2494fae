"""Figures that others published: read as they are, computed again, set beside a plan and never mixed with its own.

The national files lie beside the project: folder `samples/published` of GOLDENTHREAD_SHARED, or of ../shared.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import goldenthread as gt
import pytest
from goldenthread import plans
from goldenthread.command_line.application import application
from goldenthread.report import render_report
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

SHARED = Path(os.environ.get("GOLDENTHREAD_SHARED") or Path(__file__).resolve().parents[2].parent / "shared")
FILES = SHARED / "samples" / "published"
ROOT = Path(__file__).resolve().parents[2]

needs_files = pytest.mark.skipif(
    not FILES.is_dir(), reason=f"the national files are not at {FILES}: nothing to compute again"
)

LEICESTER = "E06000016"
HEADING = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,new_la_code,la_name,category,CPP_start,CPP_subsequent,CPP_subsequent_percent"


def small_folder(folder: Path, leicester: str = "200,60,30") -> Path:
    folder.mkdir(exist_ok=True)
    rows = [HEADING]
    for year, numbers in ((2019, leicester), (2020, "100,c,c")):
        rows.append(f"{year},Reporting year,National,E92000001,England,,,,,,All,50000,10000,20")
        rows.append(
            f"{year},Reporting year,Local authority,E92000001,England,E12000004,East Midlands,856,{LEICESTER},Leicester,All,{numbers}"
        )
    (folder / "d3_cpps_subsequent_plan_2013_to_2025.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def exampleshire() -> gt.Dataset:
    return gt.generate_exampleshire(seed=1, children=300)


# The national files


@needs_files
def test_every_published_percentage_is_computed_again() -> None:
    check = gt.read_published(FILES).check()
    for column in check["columns"]:
        print(f"{column['file']} {column['column']}: {column['equal']} of {column['tried']}")
    for each in check["differences"]:
        print(f"known: {each['known']}: {each}")
    assert check["tried"] == 17_928
    assert check["equal"] == 17_927
    assert [(each["area_name"], each["year"], each["published"], each["known"]) for each in check["differences"]] == [
        ("Shropshire", 2017, "28.7", True)
    ]
    assert check["holds"]


@needs_files
def test_the_files_say_of_leicester_what_they_say() -> None:
    data = gt.read_published(FILES)
    expected = {
        ("d3_cpps_subsequent_plan", "CPP_start"): [741, 481, 491],
        ("d3_cpps_subsequent_plan", "CPP_subsequent"): [127, 94, 88],
        ("d3_cpps_subsequent_plan", "CPP_subsequent_percent"): [Decimal("17.1"), Decimal("19.5"), Decimal("17.9")],
        ("b1_children_in_need", "At31_episodes"): [2562, 1971, 1940],
        ("c3_factors_identified_at_end_of_assessment", "Neglect"): [539, 483, 416],
        ("c3_factors_identified_at_end_of_assessment", "Episodes_with_assessment_factor"): [2449, 1922, 2369],
    }
    for (table, column), numbers in expected.items():
        found = [data.number(table, LEICESTER, year, column)["value"] for year in (2018, 2019, 2020)]
        assert found == numbers, (table, column)
    hidden = data.number("d5_cpps_at31march_by_duration", LEICESTER, 2020, "2_years_or_more")
    assert hidden == {"state": "suppressed", "symbol": "c", "value": None}


@needs_files
def test_plans_over_twelve_months_are_derived_where_the_shorter_bands_are_published() -> None:
    figures = gt.read_published(FILES).figures(LEICESTER, 2018, 2020, ["neglect.cp_plan_over_12_months"])
    own = {row["year"]: row for row in figures.rows() if row["role"] == "area"}
    assert (own[2018]["numerator"], own[2018]["denominator"], own[2018]["derived"]) == (108, 614, True)
    assert own[2020]["numerator"] == 29
    assert (own[2019]["state"], own[2019]["symbol"], own[2019]["numerator"]) == ("suppressed", "c", None)
    assert own[2018]["relation"] == "wider"


@needs_files
def test_ten_neighbours_with_closeness_and_the_vintage_of_the_model() -> None:
    figures = gt.read_published(FILES).figures("Leicester", 2018, 2020)
    neighbours = dict.fromkeys(
        (row["area_name"], row["closeness"]) for row in figures.rows() if row["role"] == "neighbour"
    )
    assert len(neighbours) == 10
    assert sum(closeness == "Not close" for _, closeness in neighbours) == 4
    assert "2025 model, applied to years before it" in figures.neighbour_note
    for standing in figures.standings():
        assert standing["highest_rank"] <= standing["rank"] <= standing["lowest_rank"] <= standing["authorities"] <= 152


@needs_files
def test_intervals_are_those_of_the_statistics() -> None:
    from goldenthread import statistics

    for row in gt.read_published(FILES).figures(LEICESTER, 2018, 2020, ["standard.cin_per_10000"]).rows():
        if row["lower"] is None:
            continue
        found = statistics.rate_interval(float(row["numerator"]), float(row["denominator"]), 10_000)
        assert abs(float(row["lower"]) - found.lower) <= 0.05
        assert abs(float(row["upper"]) - found.upper) <= 0.05


@needs_files
def test_a_rate_divides_by_the_population_of_the_middle_of_the_year_before() -> None:
    figures = gt.read_published(FILES).figures(LEICESTER, 2019, 2020, ["standard.cin_per_10000"])
    own = {row["year"]: row for row in figures.rows() if row["role"] == "area"}
    assert own[2019]["denominator"] == 87_140
    assert own[2020]["denominator"] == 87_991
    assert own[2019]["value"] == Decimal(gt.decimal_text(1971 * 10_000, 87_140, 1))


@needs_files
def test_an_authority_that_was_merged_is_missing_afterwards() -> None:
    data = gt.read_published(FILES)
    last = max(area["last_year"] for area in data.areas)
    gone = [area for area in data.areas if area["level"] == "authority" and area["last_year"] < last - 1]
    assert gone, "in thirteen years some codes ended"
    rows = data.figures(gone[0]["code"], last, last, ["standard.repeat_cp_plans"]).rows()
    assert rows[0]["state"] == "missing"
    assert rows[0]["value"] is None
    assert "split or merged" in rows[0]["reason"]


# Small files of our own


def test_figures_are_decimals_with_a_state(tmp_path: Path) -> None:
    figures = gt.read_published(small_folder(tmp_path / "p")).figures(
        LEICESTER, 2019, 2020, ["standard.repeat_cp_plans"]
    )
    by_place = {(row["area_name"], row["year"]): row for row in figures.rows()}
    assert by_place["Leicester", 2019]["value"] == Decimal("30.0")
    assert by_place["Leicester", 2020]["state"] == "suppressed"
    assert by_place["Leicester", 2020]["value"] is None
    assert by_place["England", 2019]["comparison"] == "worse"
    assert by_place["England", 2020]["comparison"] == ""
    assert figures.area == LEICESTER
    assert "Open Government Licence" in figures.attribution


def test_columns_make_a_data_frame(tmp_path: Path) -> None:
    columns = gt.read_published(small_folder(tmp_path / "p")).columns("d3_cpps_subsequent_plan")
    assert {len(values) for values in columns.values()} == {4}
    assert columns["CPP_subsequent_state"].count("suppressed") == 1
    assert columns["CPP_subsequent"].count(None) == 1


def test_errors_name_the_value_and_a_remedy(tmp_path: Path) -> None:
    data = gt.read_published(small_folder(tmp_path / "p"))
    with pytest.raises(gt.DataError, match="did you mean 'Leicester'"):
        data.figures("Liecester", 2019, 2020)
    with pytest.raises(gt.DefinitionError, match="no published figure says anything"):
        data.figures(LEICESTER, 2019, 2020, ["standard.repeat_cp_plan"])
    with pytest.raises(gt.DataError, match="holds no table"):
        data.columns("d4")
    with pytest.raises(gt.DataError, match="no run of years"):
        data.figures(LEICESTER, 2020, 2019)
    with pytest.raises(gt.DataError, match="there is no such folder"):
        gt.read_published(tmp_path / "none")


def test_a_slip_that_nobody_knows_fails_the_check(tmp_path: Path) -> None:
    check = gt.read_published(small_folder(tmp_path / "p", "240,69,28.7")).check()
    assert not check["holds"]
    assert check["differences"][0]["computed"] == "28.8"


def test_a_catalogue_of_your_own(tmp_path: Path) -> None:
    text = (ROOT / "indicators" / "published.json").read_text(encoding="utf-8")
    data = gt.read_published(small_folder(tmp_path / "p"))
    own = json.loads(text)
    own["answers"] = [each for each in own["answers"] if each["indicator"] == "standard.repeat_cp_plans"]
    assert len(data.figures(LEICESTER, 2019, 2020, catalogue=json.dumps(own))) == 1


# Beside a plan


def released(exampleshire: gt.Dataset, tmp_path: Path) -> dict[str, Any]:
    figures = gt.read_published(small_folder(tmp_path / "p")).figures(LEICESTER, 2019, 2020)
    results = gt.evaluate(plans.leicester_2018_2020(), exampleshire, ["2018-19", "2019-20"])
    document: dict[str, Any] = json.loads(results.protect(published=figures).to_json())
    return document


def test_the_catalogue_and_a_release_follow_their_schemas(exampleshire: gt.Dataset, tmp_path: Path) -> None:
    for name, document in (
        ("published", json.loads((ROOT / "indicators" / "published.json").read_text(encoding="utf-8"))),
        ("release", released(exampleshire, tmp_path)),
    ):
        schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
        Draft202012Validator(schema).validate(document)


def test_a_release_keeps_only_what_is_about_its_figures(exampleshire: gt.Dataset, tmp_path: Path) -> None:
    document = released(exampleshire, tmp_path)
    assert {each["indicator"] for each in document["published"]["figures"]} == {"neglect.cp_plan_second_time"}
    assert document["title"]["synthetic"] is True
    without = gt.evaluate(plans.leicester_2018_2020(), exampleshire, "2019-20").protect()
    assert json.loads(without.to_json())["published"] is None


def test_real_and_synthetic_figures_never_share_a_row_or_table(exampleshire: gt.Dataset, tmp_path: Path) -> None:
    page = render_report(released(exampleshire, tmp_path))
    assert "Published by others: Leicester, real figures" in page
    assert "Open Government Licence v3.0" in page
    tables = re.findall(r"<table>.*?</table>", page, re.DOTALL)
    real = [table for table in tables if "Published by others" in table]
    assert len(real) == 1
    assert all("Exampleshire" not in table for table in real)
    assert all("East Midlands" not in table and "England" not in table for table in tables if table not in real)
    for table in tables:
        if "Exampleshire" in table:
            assert "30.0 (60 of 200)" not in table
    assert "30.0 (60 of 200)" in real[0]
    assert "c: hidden by the publisher: confidential." in page
    assert page.count("<svg") == page.count("</svg>")


def test_a_report_without_published_figures_says_nothing_of_them(exampleshire: gt.Dataset) -> None:
    release = gt.evaluate(plans.leicester_2018_2020(), exampleshire, "2019-20").protect()
    page = render_report(json.loads(release.to_json()))
    assert "Published by others" not in page
    assert "compares no authorities, teams or schools" in page


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exampleshire")
    gt.write_exampleshire(folder, seed=1, children=200)
    return folder / "tables"


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))


def run(*arguments: object) -> Any:
    return CliRunner().invoke(application, [str(each) for each in arguments])


def test_the_command_writes_them_to_a_file_of_their_own(tables: Path, tmp_path: Path) -> None:
    published = small_folder(tmp_path / "p")
    out = tmp_path / "out"
    result = run(
        "report",
        "--tables",
        tables,
        "--as-at",
        "2020-03-31",
        "--published",
        published,
        "--area",
        LEICESTER,
        "--out",
        out,
    )
    assert result.exit_code == 0, result.output
    rows = rows_of(out / "published.csv")
    assert {row["published_by_others"] for row in rows} == {"true"}
    assert {row["year"] for row in rows} == {"2019", "2020"}
    assert "Leicester, real figures" in (out / "report.html").read_text(encoding="utf-8")
    assert "Leicester" not in {row["area"] for row in rows_of(out / "results.csv")}


def test_the_area_is_the_plans_unless_another_is_named(tables: Path, tmp_path: Path) -> None:
    published = small_folder(tmp_path / "p")
    out = tmp_path / "out"
    asked = ("evaluate", "--tables", tables, "--as-at", "2020-03-31", "--published", published, "--out", out)
    assert run(*asked).exit_code == 0
    assert {row["area_name"] for row in rows_of(out / "published.csv")} == {"Leicester"}
    wrong = run(*asked, "--area", "Leister")
    assert wrong.exit_code != 0
    assert "did you mean 'Leicester'?" in str(wrong.exception)
    alone = run("evaluate", "--tables", tables, "--as-at", "2020-03-31", "--area", LEICESTER)
    assert alone.exit_code != 0
    assert "give --published DIR too" in str(alone.exception)

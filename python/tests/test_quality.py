"""Quality rules: each has a case that passes and one that fails; findings, what they touch, repairs, and the files."""

from __future__ import annotations

import csv
import datetime
import io
import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import goldenthread as gt
import pytest
from goldenthread import _core, quality
from goldenthread.quality import Rule, rules
from goldenthread.quality.writing import to_csv, to_html, write
from goldenthread.readers import schema

AS_AT = json.loads((files("goldenthread.quality") / "rules.json").read_text(encoding="utf-8"))["as_at_of_cases"]
ACROSS = [rule for rule in rules().values() if rule.where]
OF_READERS = [rule for rule in rules().values() if not rule.where]


def of_case(tables: dict[str, Any]) -> gt.Dataset:
    return _core.dataset_of_rows({name: (t["columns"], t["rows"]) for name, t in tables.items()})


def broken(rule: Rule, tables: dict[str, Any]) -> int:
    found = [each for each in quality.check(of_case(tables), as_at=AS_AT).counts if each.rule.id == rule.id]
    assert len(found) == 1
    assert found[0].checked, found[0].not_checked
    return found[0].count


@pytest.mark.parametrize("rule", ACROSS, ids=[rule.id for rule in ACROSS])
def test_each_rule_across_rows_passes_and_fails_its_cases(rule: Rule) -> None:
    assert broken(rule, rule.cases["passes"]) == 0
    assert broken(rule, rule.cases["fails"]) > 0
    assert set(rule.columns) <= schema.columns(rule.table).keys()


def found_by_readers(rule: Rule, value: str | list[str]) -> set[str]:
    table, column = rule.cases["table"], rule.cases["column"]
    values = value if isinstance(value, list) else [value]
    keys = dict.fromkeys(
        schema.required_keys(table) | {n for n, c in schema.columns(table).items() if c["not_null"]}, "R"
    )
    fitting = {"date": "2019-01-01", "int64": "1", "category": ""}
    keys = {name: fitting.get(schema.columns(table)[name]["type"], "R") for name in keys}
    rows = [{**keys, column: each} for each in values]
    tables = [(table, list(rows[0]), [list(row.values()) for row in rows], list(range(1, len(rows) + 1)))]
    if rule.id == "reference_dangling":
        tables.append(("person", ["child_id"], [["A"]], [1]))
    data = _core.read_text_rows("x", "x", tables, census_year=2019)
    return {str(each) for each in _core.settle_merged(data, placements=False).findings["rule"]}


@pytest.mark.parametrize("rule", OF_READERS, ids=[rule.id for rule in OF_READERS])
def test_each_rule_of_the_readers_passes_and_fails_its_cases(rule: Rule) -> None:
    assert rule.id not in found_by_readers(rule, rule.cases["passes"])
    assert rule.id in found_by_readers(rule, rule.cases["fails"])


def test_rules_are_whole() -> None:
    document = json.loads((files("goldenthread.quality") / "rules.json").read_text(encoding="utf-8"))
    ids = [each["id"] for each in [*document["reader_rules"], *document["rules"]]]
    assert len(ids) == len(set(ids))
    for rule in rules().values():
        assert rule.severity in ("error", "query", "repaired")
        assert rule.words
        assert not rule.words.endswith(".")


# --- a report ---


@pytest.fixture
def data(tmp_path: Path) -> gt.Dataset:
    (tmp_path / "person.csv").write_text(
        "child_id,date_of_birth,sex\nA1,2010-01-01,F\nA2,2019-02-29,M\n", encoding="utf-8"
    )
    (tmp_path / "cp_plan.csv").write_text(
        "cp_plan_id,child_id,start_date,end_date,latest_category\nP1,A1,2017-01-01,,NEG\nP2,A1,2017-06-01,,NEG\n"
        "P3,A2,2018-01-01,2017-12-01,NEG\nP4,A2,2017-02-01,,NEG\n", encoding="utf-8")  # fmt: skip
    (tmp_path / "cp_plan_category.csv").write_text("cp_plan_id,stage,category\n", encoding="utf-8")
    (tmp_path / "coverage.csv").write_text(
        "table_name,first_day,last_day\ncp_plan,2016-04-01,2019-03-31\n", encoding="utf-8"
    )
    return gt.read(tmp_path)


def counted(report: gt.QualityReport) -> dict[str, int]:
    return {each.rule.id: each.count for each in report.broken}


def test_findings_are_counted_by_rule(data: gt.Dataset) -> None:
    report = gt.check(data)
    assert report.as_at == datetime.date(2019, 3, 31)
    found = counted(report)
    assert found["cp_plan_two_open"] == 2
    assert found["cp_plan_not_ended_after_start"] == 1
    assert found["date_not_real"] == 1
    assert found["cp_plan_overlap"] == 4
    assert {each.rule.table for each in report.not_checked} >= {"referral", "camhs_pathway"}
    assert all("not supplied" in each.not_checked for each in report.not_checked)
    assert "More than one open child protection plan" in str(report)
    assert "P1" not in str(report)


def test_a_finding_says_what_it_touches_and_by_how_much(data: gt.Dataset) -> None:
    report = gt.check(data, impact=True)
    two_open = next(each for each in report.broken if each.rule.id == "cp_plan_two_open")
    touched = {each.indicator: each for each in two_open.impacts}
    plans = touched["neglect.cp_plan_over_12_months"]
    assert (plans.line, plans.period, plans.with_rows, plans.without_rows) == ("P6.E2", "2018-19 Q4", "2", "1")
    cell = next(each for each in report.broken if each.rule.id == "date_not_real")
    assert cell.rows == (1,)


def test_rows_are_set_aside_only_by_a_rule_that_is_named_and_each_is_logged(data: gt.Dataset) -> None:
    left, log = quality.set_aside(data, ["cp_plan_not_ended_after_start"])
    assert left["cp_plan"]["cp_plan_id"].to_list() == ["P1", "P2", "P4"]
    assert [(each.rule, each.table, each.file, each.row, each.key) for each in log] == [
        ("cp_plan_not_ended_after_start", "cp_plan", "cp_plan.csv", 4, "P3")
    ]
    assert "cp_plan_not_ended_after_start" not in counted(gt.check(left))
    assert quality.set_aside(data, []) == (data, [])
    with pytest.raises(gt.DefinitionError, match="'date_not_real' is no rule whose rows can be set aside"):
        quality.set_aside(data, ["date_not_real"])
    with pytest.raises(gt.DefinitionError, match="is not a date"):
        gt.check(data, as_at="soon")


def test_the_written_reports_hold_counts_and_no_keys(data: gt.Dataset, tmp_path: Path) -> None:
    report = gt.check(data, impact=True)
    rows = list(csv.DictReader(io.StringIO(to_csv(report))))
    assert {row["rule"]: row["rows"] for row in rows}["cp_plan_two_open"] == "2"
    assert {row["rule"]: row["DfE rule"] for row in rows}["cp_plan_two_open"] == "8935"
    page = to_html(report)
    assert '<html lang="en-GB">' in page
    assert "<caption>Rules that are broken, as at 2019-03-31</caption>" in page
    pytest.importorskip("xlsxwriter")
    paths = write(report, tmp_path / "out")
    assert [path.name for path in paths] == ["findings.csv", "findings.html", "findings.xlsx"]
    for path in paths[:2]:
        text = path.read_text(encoding="utf-8")
        assert not [
            key for key in ("P1", "P2", "P3", "A1", "A2", "2019-02-29") if f">{key}<" in text or f",{key}," in text
        ]
    sheets = pytest.importorskip("goldenthread.readers.workbook").sheets_of(paths[2])
    assert [sheet.name for sheet in sheets] == ["Broken", "Not checked"]
    assert len(sheets[0].rows) == len(rows) + 1


def test_without_days_the_rules_about_days_are_not_checked() -> None:
    report = gt.check(of_case({"person": {"columns": ["child_id"], "rows": [["A"]]}}))
    assert report.as_at is None
    assert {each.not_checked for each in report.not_checked if each.rule.id == "birth_after_extract"} == {
        "no day is covered"
    }


def test_the_command_lists_and_writes(data: gt.Dataset, tmp_path: Path) -> None:
    local = tmp_path / "local.csv"
    done = subprocess.run(
        [sys.executable, "-m", "goldenthread", "check", tmp_path, "--findings", local, "--set-aside", "cp_plan_two_open", "--log", tmp_path / "log.txt"],
        capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "date_not_real" in done.stdout
    assert "2 rows set aside" in done.stderr
    assert "2019-02-29" not in done.stdout + done.stderr
    rows = list(csv.DictReader(io.StringIO(local.read_text(encoding="utf-8"))))
    assert {(row["rule"], row["key"], row["value"]) for row in rows} >= {
        ("date_not_real", "A2", "2019-02-29"),
        ("cp_plan_not_ended_after_start", "P3", ""),
    }
    assert (tmp_path / "log.txt").read_text(encoding="utf-8").splitlines()[
        1
    ] == "cp_plan_two_open,cp_plan,cp_plan.csv,2,P1"

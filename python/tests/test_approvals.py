"""Approvals from Python and the command line."""

from __future__ import annotations

import datetime
import json
import pickle
from pathlib import Path

import goldenthread as gt
import pytest
from jsonschema import Draft202012Validator
from test_command_line import refused, run

TOOLKITS = "neglect.toolkits_completed"
SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "approvals.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    folder = tmp_path / "tables"
    folder.mkdir()
    rows = "".join(f"t{i},c{i},f{i},2019-05-01,2019-06-01\n" for i in range(9))
    (folder / "neglect_toolkit.csv").write_text(
        "toolkit_id,child_id,family_id,started_date,completed_date\n" + rows, encoding="utf-8"
    )
    return folder


def test_an_approval_shows_on_the_figures_until_the_definition_changes(tmp_path: Path, tables: Path) -> None:
    file = tmp_path / "board" / "approvals.json"
    data = gt.read_tables(tables)
    unapproved = gt.evaluate(TOOLKITS, data, "2019-20")
    assert unapproved.about(TOOLKITS)["approval"] == "not_approved"
    assert "definition not approved" in repr(unapproved[TOOLKITS])
    made = gt.approve(TOOLKITS, "A. Chair", "chair", "2019-05-01", datetime.date(2020, 3, 31), file=file)
    assert made.definition_hash == unapproved.about(TOOLKITS)["definition_hash"]
    assert gt.read_approvals(file) == [made]
    assert pickle.loads(pickle.dumps(made)) == made
    assert not list(Draft202012Validator(SCHEMA).iter_errors(json.loads(file.read_text(encoding="utf-8"))))
    results = gt.evaluate(TOOLKITS, data, "2019-20", approvals=file)
    assert results.about(TOOLKITS)["approval"] == "approved"
    words = "definition approved by A. Chair (chair) on 2019-05-01, review by 2020-03-31"
    assert results.about(TOOLKITS)["approval_text"] == words
    assert words in repr(results[TOOLKITS])
    assert words in results[TOOLKITS]._repr_html_()
    late = gt.evaluate(TOOLKITS, data, "2019-20", approvals=[made], approvals_judged_on="2020-04-01")
    assert late.about(TOOLKITS)["approval"] == "review_due"
    by_family = gt.evaluate(TOOLKITS, data, "2019-20", parameters={"unit": "family"}, approvals=file)
    assert by_family.about(TOOLKITS)["approval"] == "lapsed"
    gt.approve(TOOLKITS, "B. Chair", "chair", "2019-06-01", file=file, parameters={"unit": "family"})
    assert len(gt.read_approvals(file)) == 2
    again = gt.evaluate(TOOLKITS, data, "2019-20", parameters={"unit": "family"}, approvals=file)
    assert again.about(TOOLKITS)["approval_text"] == "definition approved by B. Chair (chair) on 2019-06-01"


def test_wrong_approvals_are_refused_and_leave_the_file(tmp_path: Path, tables: Path) -> None:
    file = tmp_path / "approvals.json"
    gt.approve(TOOLKITS, "A. Chair", "chair", "2019-05-01", file=file)
    before = file.read_bytes()
    for wrong, words in (
        ({"indicator": "neglect.toolkit_completed"}, "did you mean"),
        ({"person": " "}, "an approval needs a person"),
        ({"role": ""}, "an approval needs a role"),
        ({"date": "2019-13-01"}, "is not a date"),
        ({"review_date": "2019-05-01"}, "the review is not after the approval"),
    ):
        given = {"indicator": TOOLKITS, "person": "A. Chair", "role": "chair", "date": "2019-05-01", **wrong}
        with pytest.raises(gt.DefinitionError, match=words):
            gt.approve(**given, file=file)
        assert file.read_bytes() == before
    file.write_text(
        before.decode().replace("neglect.toolkits_completed", "neglect.toolkit_completed"), encoding="utf-8"
    )
    with pytest.raises(gt.DefinitionError, match=r"did you mean 'neglect\.toolkits_completed'"):
        gt.evaluate(TOOLKITS, gt.read_tables(tables), "2019-20", approvals=file)
    file.write_bytes(b"\xff")
    with pytest.raises(gt.DataError, match="is not UTF-8"):
        gt.read_approvals(file)


def test_the_command_approves_and_the_report_says_so(tmp_path: Path, tables: Path) -> None:
    file = tmp_path / "approvals.json"
    words = ["--person", "A. Chair", "--role", "chair of the board", "--date", "2019-05-01", "--approvals", file]
    outcome = run("approve", TOOLKITS, *words, "--review-date", "2020-01-31")
    assert outcome.code == 0, outcome
    assert "Number of different children" in outcome.out
    assert f"Approved {TOOLKITS} as " in outcome.out
    out = tmp_path / "out"
    asked = ["--tables", tables, "--period", "2019-20", "--out", out, "--approvals", file]
    assert run("report", *asked).code == 0
    due = "definition approved by A. Chair (chair of the board) on 2019-05-01, review was due on 2020-01-31"
    assert due in (out / "results.csv").read_text(encoding="utf-8")
    figures = json.loads((out / "results.json").read_text(encoding="utf-8"))["figures"]
    approvals = {figure["indicator"]: figure["definition"]["approval"] for figure in figures}
    assert approvals[TOOLKITS]["state"] == "review_due"
    assert approvals[TOOLKITS]["person"] == "A. Chair"
    assert approvals["neglect.cp_plan_over_12_months"]["text"] == "definition not approved"
    page = (out / "report.html").read_text(encoding="utf-8")
    assert due in page
    assert "definition not approved" in page
    assert run("evaluate", *asked, "--approvals-on", "2020-01-31").code == 0
    assert "review by 2020-01-31" in (out / "results.csv").read_text(encoding="utf-8")


def test_the_command_refuses_what_is_wrong(tmp_path: Path, tables: Path) -> None:
    words = ["--person", "A", "--role", "chair", "--approvals", tmp_path / "approvals.json"]
    refused(run("approve", "neglect.toolkit", *words, "--date", "2019-05-01"), 2, "unknown indicator")
    refused(run("approve", TOOLKITS, *words, "--date", "May"), 2, "'May' is not a date")
    assert not (tmp_path / "approvals.json").exists()
    (tmp_path / "approvals.json").write_text('{"format": "goldenthread/approvals@2"}', encoding="utf-8")
    asked = ["--tables", tables, "--period", "2019-20", "--approvals", tmp_path / "approvals.json"]
    refused(run("evaluate", *asked), 2, "approvals.json")

"""Partners' submissions: what was expected, what came by period and part, and whose person numbers are known."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import goldenthread as gt
import pytest
from goldenthread import _core
from goldenthread.submissions import Submission, check_submissions, match_rates, parse_expected
from goldenthread.submissions.writing import to_csv, to_html, to_match_csv, write
from jsonschema import Draft202012Validator

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "submissions.schema.json").read_text(encoding="utf-8"))
QUARTERS = ["2019-20 Q1", "2019-20 Q2"]


def document(**entry: Any) -> dict[str, Any]:
    whole = {"partner": "Police", "table": "domestic_abuse_incident", "periods": QUARTERS, "due_days": 30, **entry}
    return {
        "format": "goldenthread/submissions@1",
        "expected": [{name: value for name, value in whole.items() if value is not None}],
    }


def refusal(given: dict[str, Any]) -> str:
    try:
        parse_expected(json.dumps(given), "partners.json")
    except gt.DefinitionError as problem:
        return str(problem)
    return ""


def data_of(
    coverage: list[list[str | None]] | None = None, incidents: list[str] | None = None, **tables: Any
) -> gt.Dataset:
    given: dict[str, Any] = dict(tables)
    if incidents is not None:
        rows = [[f"I{i}", day] for i, day in enumerate(incidents)]
        given["domestic_abuse_incident"] = (["incident_id", "incident_date"], rows)
    if coverage is not None:
        given["coverage"] = (["table_name", "part", "first_day", "last_day", "share"], coverage)
    return _core.dataset_of_rows(given)


def checked(data: gt.Dataset, as_at: str = "2019-12-01", **entry: Any) -> list[Submission]:
    found = check_submissions(parse_expected(json.dumps(document(**entry)), "f"), data, as_at=as_at).submissions
    return sorted(found, key=lambda each: (each.period, each.part))


def test_what_came_by_period() -> None:
    covered: list[list[str | None]] = [["domestic_abuse_incident", None, "2019-04-01", "2019-07-31", None]]
    first, second = checked(data_of(covered, ["2019-04-01", "2019-06-30", "2019-07-01", "2019-12-01"]))
    assert (first.state, first.days, first.days_covered, first.rows) == ("complete", 91, 91, 2)
    assert (second.state, second.days, second.days_covered, second.rows) == ("partly", 92, 31, 1)
    assert first.due == datetime.date(2019, 7, 30)


def test_what_is_due_is_judged_on_the_day_asked_about() -> None:
    data = data_of([["domestic_abuse_incident", None, "2019-04-01", "2019-06-30", None]], [])
    assert [each.state for each in checked(data, "2019-10-30")] == ["complete", "not due"]
    assert [each.state for each in checked(data, "2019-10-31")] == ["complete", "nothing"]


def test_a_table_that_was_not_supplied_and_one_of_which_coverage_says_nothing() -> None:
    assert [(e.state, e.note, e.rows) for e in checked(data_of())] == [
        ("nothing", "the table was not supplied", None)
    ] * 2
    taken = checked(data_of(None, ["2019-04-01"]))
    assert [(e.state, e.rows) for e in taken] == [("complete", 1), ("complete", 0)]
    assert all("taken as complete" in e.note for e in taken)


def test_parts_are_judged_one_by_one_and_together() -> None:
    table = "domestic_abuse_incident"
    covered: list[list[str | None]] = [
        [table, "North", "2019-04-01", "2019-09-30", None],
        [table, "South", "2019-04-01", "2019-06-15", None],
        [table, "South", "2019-06-10", "2019-06-30", None],
    ]
    data = data_of(covered, [])
    states = {(e.period, e.part): e.state for e in checked(data, parts=["North", "south", "West"])}
    assert states == {
        (QUARTERS[0], "North"): "complete",
        (QUARTERS[0], "south"): "complete",
        (QUARTERS[0], "West"): "nothing",
        (QUARTERS[1], "North"): "complete",
        (QUARTERS[1], "south"): "nothing",
        (QUARTERS[1], "West"): "nothing",
    }
    assert [(e.state, e.days_covered) for e in checked(data)] == [("complete", 91), ("nothing", 0)]
    # What is said of the whole table holds for each part.
    whole = data_of([[table, None, "2019-04-01", None, None]], [])
    assert {e.state for e in checked(whole, parts=["North"])} == {"complete"}


def test_a_share_below_what_was_agreed_is_partly() -> None:
    covered: list[list[str | None]] = [["domestic_abuse_incident", None, "2019-04-01", "2019-09-30", "0.75"]]
    data = data_of(covered, [])
    assert {(e.state, e.share) for e in checked(data)} == {("partly", 0.75)}
    assert {e.state for e in checked(data, share=0.75)} == {"complete"}


def test_figures_are_there_late_or_not() -> None:
    rows = [
        ["mental_health.crisis_starts", QUARTERS[0], None, "17", "TRUST", "2019-07-30"],
        ["mental_health.crisis_starts", QUARTERS[1], None, "3", "Trust", "2019-10-31"],
        ["mental_health.crisis_starts", "2019-20 Q3", "sex=F", "3", "Trust", "2020-01-01"],
        ["mental_health.crisis_starts", "2019-20 Q4", None, "3", "Somebody else", "2020-01-01"],
    ]
    columns = ["indicator_id", "period_label", "breakdown", "value", "supplied_by", "supplied_on"]
    data = data_of(supplied_figure=(columns, rows))
    periods = [*QUARTERS, "2019-20 Q3", "2019-20 Q4", "2020-21 Q1"]
    found = checked(
        data, "2020-06-30", partner="Trust", table=None, indicator="mental_health.crisis_starts", periods=periods
    )
    assert [e.state for e in found] == ["complete", "late", "nothing", "nothing", "not due"]
    assert [str(e.sent) for e in found][:2] == ["2019-07-30", "2019-10-31"]
    assert {e.days_covered for e in found} == {None}


def test_match_rates_are_counts_of_identifiers() -> None:
    data = data_of(
        person=(["child_id"], [["A"], ["B"]]),
        person_link=(
            ["partner", "partner_person_id", "child_id"],
            [["Police", "1", "A"], ["Police", "2", None], ["Police", "3", "Z"], ["Health", "1", "B"]],
        ),
        cse_case=(["cse_case_id", "child_id", "start_date"], [["C1", "A", None], ["C2", "A", None], ["C3", "Z", None], ["C4", None, None]]),
    )  # fmt: skip
    rates = {each.source: each for each in match_rates(data)}
    assert (rates["Police"].identifiers, rates["Police"].known) == (3, 1)
    assert rates["Health"].share == 1
    case = rates["cse_case"]
    assert (case.rows, case.rows_without, case.identifiers, case.known, case.share) == (4, 1, 2, 1, 0.5)
    assert match_rates(data_of(None, [])) == []
    hidden = {e.source: e for e in match_rates(_core.with_pseudonyms(data, b"sixteen bytes of key"))}
    assert hidden == rates  # the same key on both sides leaves the rate as it is


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"partner": None}, "'partner' is missing"),
        ({"table": "domestic_abuse_incidents"}, "did you mean 'domestic_abuse_incident'"),
        ({"table": None, "indicator": "mental_health.crisis_start"}, "did you mean 'mental_health.crisis_starts'"),
        ({"indicator": "mental_health.crisis_starts"}, "one of table (rows) and indicator (a figure)"),
        ({"table": None}, "one of table (rows) and indicator (a figure)"),
        ({"table": None, "indicator": "mental_health.crisis_starts", "parts": ["x"]}, "a figure has no parts"),
        ({"due_days": None}, "/expected/0/due_days: a whole number of days"),
        ({"due_days": -1}, "a whole number of days"),
        ({"due_days": True}, "a whole number of days"),
        ({"share": 0}, "a number above 0"),
        ({"periods": []}, "a list of texts is expected"),
        ({"periods": ["2019-20 Q5"]}, "/expected/0/periods/0"),
        ({"periods": ["2019-20", "2019-20"]}, "stands twice"),
        ({"periods": None}, "'from' is missing"),
        ({"from": "2019-04-01"}, "not both"),
        ({"periods": None, "from": "2019-04-01", "to": "2019-03-31", "every": "month"}, "lies before"),
        ({"periods": None, "from": "2019-04-01", "to": "2019-04-02", "every": "month"}, "no whole month"),
        ({"periods": None, "from": "2019-02-29", "to": "2019-04-02", "every": "month"}, "is not a date"),
        ({"periods": None, "from": "2019-04-01", "to": "2019-06-30", "every": "week"}, "is not month, quarter or year"),
        ({"partners": "x"}, "unknown field 'partners'; did you mean 'partner'?"),
    ],
)
def test_what_is_wrong_in_the_file_is_said_with_its_place(entry: dict[str, Any], said: str) -> None:
    assert said in refusal(document(**entry))
    assert refusal(document(**entry)).startswith("partners.json, ")


def test_the_file_follows_its_schema_and_the_reader() -> None:
    validator = Draft202012Validator(SCHEMA)
    run = {"periods": None, "from": "2019-04-01", "to": "2020-03-31", "every": "quarter", "x-note": "monthly from 2021"}
    for good in (document(), document(**run), document(parts=["North"], share=0.9, contact="Data officer")):
        assert validator.is_valid(good)
        assert refusal(good) == ""
    for bad in (document(partner=None), document(due_days="30"), document(partners="x"), document(share=2)):
        assert not validator.is_valid(bad)
        assert refusal(bad)
    assert "is not JSON" in _message("{")
    assert "'goldenthread/submissions@1' is expected" in _message('{"format": "x", "expected": []}')
    assert "is expected already, in entry 0" in refusal(
        {"format": "goldenthread/submissions@1", "expected": document()["expected"] * 2}
    )


def _message(text: str) -> str:
    with pytest.raises(gt.DefinitionError) as caught:
        parse_expected(text, "f")
    return str(caught.value)


def test_a_day_is_asked_for_where_none_is_covered() -> None:
    wanted = parse_expected(json.dumps(document()), "f")
    with pytest.raises(gt.DefinitionError, match="cover no day"):
        check_submissions(wanted, data_of())
    with pytest.raises(gt.DefinitionError, match="is not a date"):
        check_submissions(wanted, data_of(), as_at="soon")


def test_the_report_is_written_and_names_nobody(tmp_path: Path) -> None:
    data = data_of(
        [["domestic_abuse_incident", None, "2019-04-01", "2019-06-30", None]],
        ["2019-04-01"],
        person=(["child_id"], [["CANARY1"]]),
        person_link=(["partner", "partner_person_id", "child_id"], [["Police <&>", "CANARY2", "CANARY1"]]),
    )
    report = check_submissions(parse_expected(json.dumps(document()), "f"), data, as_at="2019-12-01")
    for path in write(report, tmp_path, "Exampleshire"):
        assert "CANARY" not in path.read_text(encoding="utf-8")
    assert "Police &lt;&amp;&gt;" in to_html(report)
    assert "nothing,Police,domestic_abuse_incident" in to_csv(report)
    assert "Police <&>,partner_person_id,1,1,100.0 %" in to_match_csv(report)
    assert str(report).startswith("as at 2019-12-01: 1 nothing")


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "partners.json").write_text(json.dumps(document()), encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "domestic_abuse_incident.csv").write_text(
        "incident_id,incident_date\nI1,2019-04-01\n", encoding="utf-8"
    )
    (tmp_path / "data" / "coverage.csv").write_text(
        "table_name,first_day,last_day\ndomestic_abuse_incident,2019-04-01,2019-06-30\n", encoding="utf-8"
    )
    words = ["submissions", "partners.json", "--data", "data", "--as-at", "2019-12-01", "--out", "out"]
    done = subprocess.run(
        [sys.executable, "-m", "goldenthread", *words], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert "1 of 2 came in full and in time" in done.stdout
    assert (tmp_path / "out" / "submissions.csv").read_text(encoding="utf-8").count("\n") == 3

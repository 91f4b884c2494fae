"""Definitions and case files are tests of pytest."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

pytest_plugins = "pytester"

SHARED = Path(os.environ.get("GOLDENTHREAD_SHARED") or Path(__file__).resolve().parents[2].parent / "shared")
SHARED_CASES = SHARED / "design" / "cases"


def _definition(expected: int) -> str:
    case = {
        "title": "The last day of the year is inside",
        "tables": {"contact": {"columns": ["contact_id", "contact_date"], "rows": [["a", "2019-03-31"]]}},
        "period": "2018-19",
        "expect": {"value": expected, "numerator": expected, "denominator": None, "state": "value"},
    }
    measure = {"kind": "count", "of": "contact", "timing": "in", "where": "during(contact_date)"}
    indicator = {"id": "own.contacts", "title": "Contacts", "measure": measure, "cases": [case]}
    return json.dumps({"format": "goldenthread/indicators@1", "indicators": [indicator]})


def _case_file(indicator: str, expected: float) -> str:
    tables: dict[str, Any] = {"contact": {"columns": ["contact_id", "contact_date"], "rows": [["a", "2018-05-01"]]}}
    period = {"kind": "financial_year", "label": "2018-19", "first": "2018-04-01", "last": "2019-03-31"}
    expect = {"value": expected, "numerator": expected, "denominator": None, "unknown": 0, "state": "value"}
    case = {
        "title": "One contact",
        "parameters": {},
        "tables": tables,
        "period": period,
        "breakdown": None,
        "expect": expect,
    }
    return json.dumps({"indicator": indicator, "cases": [case]})


def test_a_definition_is_collected_with_a_test_for_each_case(pytester: pytest.Pytester) -> None:
    (pytester.path / "own.indicators.json").write_text(_definition(1))
    result = pytester.runpytest("-v")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        ["own.indicators.json::own*contacts: The last day of the year is inside PASSED*"]
    )  # pytest shows :: for dots


def test_a_wrong_answer_fails_in_words_without_a_traceback(pytester: pytest.Pytester) -> None:
    (pytester.path / "own.indicators.json").write_text(_definition(7))
    result = pytester.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*numerator: expected 7, got 1*"])
    result.stdout.no_fnmatch_line("*Traceback*")


@pytest.mark.parametrize("option", [[], ["--goldenthread-reference"]])
def test_a_case_file_is_known_by_what_it_holds(pytester: pytest.Pytester, option: list[str]) -> None:
    (pytester.path / "contacts.json").write_text(_case_file("standard.contacts", 1))
    (pytester.path / "other.json").write_text('{"indicator": "standard.contacts"}')
    (pytester.path / "broken.json").write_text('{"indicator": "cases"')
    pytester.runpytest(*option).assert_outcomes(passed=1)


def test_a_case_of_an_unknown_indicator_is_skipped_and_said(pytester: pytest.Pytester) -> None:
    (pytester.path / "contacts.json").write_text(_case_file("own.contacts", 1))
    result = pytester.runpytest("-rs")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["*there is no indicator own.contacts*"])


def test_definitions_beside_the_shipped_ones_are_named_in_the_settings(pytester: pytest.Pytester) -> None:
    (pytester.path / "definitions").mkdir()
    (pytester.path / "definitions" / "own.indicators.json").write_text(_definition(1))
    (pytester.path / "contacts.json").write_text(_case_file("own.contacts", 1))
    pytester.makeini("[pytest]\ngoldenthread_indicators = definitions/own.indicators.json\n")
    pytester.runpytest("contacts.json").assert_outcomes(passed=1)


def test_a_broken_definition_is_an_error_with_place_and_remedy(pytester: pytest.Pytester) -> None:
    text = _definition(1).replace("during(contact_date)", "during(contact_dat)")
    (pytester.path / "own.indicators.json").write_text(text)
    result = pytester.runpytest()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*unknown column 'contact_dat'*", "*did you mean 'contact_date'?*"])


def test_other_files_are_left_to_others(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_one(): pass")
    (pytester.path / "data.json").write_text("[1, 2, 3]")
    (pytester.path / "big.json").write_text('{"indicator": 1, "cases": 2, "x": "' + "x" * 4_000_001 + '"}')
    pytester.runpytest().assert_outcomes(passed=1)


def test_the_worked_cases_pass(pytester: pytest.Pytester) -> None:
    if not SHARED_CASES.is_dir():
        pytest.skip(f"no worked cases at {SHARED_CASES}")
    result = pytester.runpytest("-q", str(SHARED_CASES))
    outcomes = result.parseoutcomes()
    assert outcomes.get("failed", 0) == 0
    assert outcomes["passed"] >= len(list(SHARED_CASES.glob("*.json")))

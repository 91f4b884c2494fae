"""Mutation from Python and the command line: small mistakes, and whether cases notice."""

from __future__ import annotations

import json
from pathlib import Path

import goldenthread as gt
import pytest
from goldenthread.mutation import cache_file
from test_command_line import refused, run

LIMIT = """{"title": "Begun exactly 12 months before",
  "tables": {"cp_plan": {"columns": ["child_id", "start_date"], "rows": [["a", "2019-03-31"]]}}, "period": "2019-20", "expect": 0}"""
OVER = """{"title": "Begun a day earlier",
  "tables": {"cp_plan": {"columns": ["child_id", "start_date"], "rows": [["a", "2019-03-30"]]}}, "period": "2019-20", "expect": 1}"""
BOUNDARY = "boundary /measure/where: start_date < as_at - 12 months -> start_date <= as_at - 12 months"


def definitions(*cases: str) -> str:
    """Give a file with one definition and these cases."""
    return f"""{{"format": "goldenthread/indicators@1", "indicators": [{{"id": "own.long_plans", "title": "Long plans",
      "measure": {{"kind": "count", "of": "cp_plan", "timing": "at", "where": "start_date < as_at - 12 months"}},
      "cases": [{", ".join(cases)}]}}]}}"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "own.indicators.json"
    file.write_text(definitions(OVER), encoding="utf-8")
    return file


def test_a_survivor_comes_with_a_case_that_kills_it() -> None:
    known = gt.shipped_indicators().with_file(definitions(OVER))
    found = gt.mutate("own.long_plans", indicators=known)
    survivor = next(m for m in found.survivors if m.id == BOUNDARY)
    assert survivor.rule == "boundary"
    assert survivor.words == (
        "'start_date < as_at - 12 months' became 'start_date <= as_at - 12 months' in /measure/where"
    )
    told = next(m for m in found.survivors if m.id == (survivor.told_with or survivor.id))
    assert json.loads(told.case)["expect"]["state"] in ("value", "true_zero")
    again = gt.mutate(
        "own.long_plans", indicators=gt.shipped_indicators().with_file(definitions(OVER, told.case)), datasets=0
    )
    assert again.count("survives") < found.count("survives")
    assert all(m.fate == "killed" for m in again["own.long_plans"].mutants if m.id == BOUNDARY)


def test_results_are_kept_and_follow_the_cases(tmp_path: Path) -> None:
    cache = tmp_path / "deep" / "mutation.json"
    known = gt.shipped_indicators().with_file(definitions(OVER))
    first = gt.mutate("own.long_plans", indicators=known, cache=cache)
    kept = cache.read_text(encoding="utf-8")
    # What is kept is what is given: a mark put into the file comes back.
    cache.write_text(kept.replace("Begun a day earlier", "from the cache"), encoding="utf-8")
    second = gt.mutate("own.long_plans", indicators=known, cache=cache)
    assert {m.killed_by for m in second["own.long_plans"].mutants} == {"", "from the cache"}
    assert [m.fate for m in second["own.long_plans"].mutants] == [m.fate for m in first["own.long_plans"].mutants]
    longer = gt.shipped_indicators().with_file(definitions(OVER, LIMIT))
    third = gt.mutate("own.long_plans", indicators=longer, cache=cache)
    assert "from the cache" not in {m.killed_by for m in third["own.long_plans"].mutants}
    cache.write_text("{broken", encoding="utf-8")
    assert gt.mutate("own.long_plans", indicators=known, cache=cache) == first


def test_the_cache_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_file() == tmp_path / "goldenthread" / "mutation.json"


def test_progress_is_told_once_for_each_definition() -> None:
    told: list[tuple[int, int, str]] = []
    gt.mutate(
        ["private_fostering.open", "private_fostering.ended"],
        datasets=0,
        progress=lambda *each: told.append(each),
    )
    assert [done for done, _, _ in told] == [1, 2]
    assert {name for _, _, name in told} == {"private_fostering.open", "private_fostering.ended"}


def test_bad_input_is_refused() -> None:
    with pytest.raises(gt.DefinitionError, match=r"did you mean 'neglect\.toolkits_completed'"):
        gt.mutate("neglect.toolkits_complete")
    with pytest.raises(gt.DataError, match="no case files"):
        gt.mutate("neglect.toolkits_completed", cases=["nowhere"])


def test_the_command_prints_survivors_and_counts(own: Path, tmp_path: Path) -> None:
    outcome = run("mutate", "own.long_plans", "--indicators", own, "--cache", tmp_path / "cache.json")
    assert outcome.code == 1
    assert "SURVIVES 'start_date < as_at - 12 months' became 'start_date <= as_at - 12 months'" in outcome.out
    assert '{"title": "Tells whether' in outcome.out
    lines = outcome.out.strip().splitlines()
    assert lines[-1].startswith("1 definition, ")
    assert lines[-1].endswith(" survive")


def test_the_cases_it_writes_pass_and_kill(own: Path, tmp_path: Path) -> None:
    outcome = run("mutate", "own.long_plans", "--indicators", own, "--no-cache", "--write-cases", tmp_path / "cases")
    assert outcome.code == 1
    assert run("test", "--indicators", own, "--cases", tmp_path / "cases").code == 0
    after = run("mutate", "own.long_plans", "--indicators", own, "--no-cache", "--cases", tmp_path / "cases", "--json")
    assert after.code == 0
    assert {m["fate"] for d in json.loads(after.out)["definitions"] for m in d["mutants"]} == {"killed"}


def test_the_command_refuses_what_is_wrong(own: Path, tmp_path: Path) -> None:
    refused(run("mutate", "own.long_plan", "--indicators", own, "--no-cache"), 2, "did you mean 'own.long_plans'?")
    refused(run("mutate", "own.long_plans", "--indicators", own, "--cases", tmp_path / "none"), 3, "no case files")
    own.write_text(definitions(OVER.replace('"expect": 1', '"expect": 4')), encoding="utf-8")
    refused(run("mutate", "own.long_plans", "--indicators", own, "--no-cache"), 2, "case 'Begun a day earlier' fails")


def test_the_figures_of_a_plan() -> None:
    outcome = run("mutate", "--plan", "leicester_2018_2020", "--no-cache", "--datasets", "0")
    assert outcome.code == 0, outcome
    assert "neglect.toolkits_completed: " in outcome.out
    assert "standard.contacts: " not in outcome.out
    refused(run("mutate", "--plan", "nowhere_2018", "--no-cache"), 2, "nowhere_2018")

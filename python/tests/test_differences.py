"""What changed between two definitions, and what it does to the figures."""

from __future__ import annotations

import json
from pathlib import Path

import goldenthread as gt
import pytest
from test_command_line import refused, run


def definitions(sign: str = "<", title: str = "Long plans", identifier: str = "own.long_plans") -> str:
    return json.dumps(
        {
            "format": "goldenthread/indicators@1",
            "indicators": [
                {
                    "id": identifier,
                    "title": title,
                    "measure": {
                        "kind": "count",
                        "of": "cp_plan",
                        "timing": "at",
                        "where": f"open(start_date, end_date) and start_date {sign} as_at - 12 months",
                    },
                }
            ],
        }
    )


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "cp_plan.csv").write_text(
        "cp_plan_id,child_id,start_date,end_date\np1,a,2019-03-30,\np2,b,2019-03-31,\np3,c,2019-03-31,\n",
        encoding="utf-8",
    )
    return folder


def test_a_difference_says_what_changed_and_what_it_does(tables: Path) -> None:
    old, new = gt.read_indicators(definitions()), gt.read_indicators(definitions("<="))
    found = gt.diff(old, new, "own.long_plans")
    assert not found.same_meaning
    assert [change.place for change in found.changes] == ["/measure/where"]
    assert "more than 12 months before" in found.changes[0].before_english
    assert "12 months or more before" in str(found)
    assert "<caption>own.long_plans: the meaning changed" in found._repr_html_()
    figures = gt.figures_of_both(old, new, "own.long_plans", gt.read_tables(tables), ["2018-19", "2019-20"])
    assert [(f.period, f.before["value"], f.after["value"]) for f in figures] == [
        ("2018-19", 0, 0),
        ("2019-20", 1, 3),
    ]
    assert figures[1].movement["definition"].units == 2


def test_words_only_and_another_id(tables: Path) -> None:
    old = gt.read_indicators(definitions())
    assert gt.diff(old, gt.read_indicators(definitions(title="Plans over a year")), "own.long_plans").same_meaning
    renamed = gt.read_indicators(definitions("<=", identifier="own.year_plans"))
    found = gt.diff(old, renamed, "own.long_plans", "own.year_plans")
    assert (found.before, found.after) == ("own.long_plans", "own.year_plans")
    figures = gt.figures_of_both(old, renamed, "own.long_plans", gt.read_tables(tables), "2019-20", "own.year_plans")
    assert figures[0].movement["definition"].numerator == 2
    with pytest.raises(gt.DefinitionError, match="unknown indicator"):
        gt.diff(old, renamed, "own.long_plans")


def test_the_command_prints_differences_and_figures(tmp_path: Path, tables: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(definitions(), encoding="utf-8")
    new.write_text(definitions("<="), encoding="utf-8")
    outcome = run("diff", old, new, "--tables", tables, "--period", "2019-20")
    assert outcome.code == 0, outcome
    assert "own.long_plans: the meaning changed" in outcome.out
    assert "'open(start_date, end_date) and start_date < as_at - 12 months' became" in outcome.out
    row = next(line for line in outcome.out.splitlines() if "2019-20" in line)
    assert [cell.strip() for cell in row.strip("│ ").split("│")] == ["2019-20", "1", "3", "2"]
    assert (
        outcome.out.strip().splitlines()[-1] == "1 changed in meaning, 0 in words only, 0 not at all, 0 new, 0 no more"
    )
    document = json.loads(run("diff", old, new, "--json").out)
    assert document["differences"][0]["same_meaning"] is False
    new.write_text(definitions(title="Plans over a year"), encoding="utf-8")
    words = run("diff", old, f"{new}#own.long_plans")
    assert "same meaning" in words.out
    new.write_text(definitions(identifier="own.year_plans"), encoding="utf-8")
    assert "own.long_plans → own.year_plans" in run("diff", old, new).out
    assert run("diff", "neglect.toolkits_completed", "neglect.toolkits_completed").out.startswith(
        "neglect.toolkits_completed: nothing changed."
    )


def test_the_command_refuses_what_is_wrong(tmp_path: Path, tables: Path) -> None:
    old = tmp_path / "old.json"
    old.write_text(definitions(), encoding="utf-8")
    refused(run("diff", old, tmp_path / "none.json"), 2, "there is no such file of definitions")
    refused(run("diff", old, "neglect.toolkits"), 2, "unknown indicator")
    refused(run("diff", old, f"{old}#own.short_plans"), 2, "unknown indicator")
    refused(run("diff", old, old, "--tables", tables), 2, "no period was named")
    old.write_text("{", encoding="utf-8")
    refused(run("diff", old, old), 2, "old.json")

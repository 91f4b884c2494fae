"""The plan as Python sees it."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import goldenthread
import pytest
from goldenthread import DefinitionError, Plan, plans


@pytest.fixture(scope="module")
def leicester() -> Plan:
    return plans.leicester_2018_2020()


def test_everything_the_plan_says_is_there(leicester: Plan) -> None:
    priorities = leicester.priorities
    assert leicester.id == "leicester_2018_2020"
    assert leicester.years == (2018, 2020)
    assert len(leicester.objectives) == 5
    assert len(leicester.themes) == 5
    assert len(priorities) == 8
    assert sum(len(p.assurance_activities) for p in priorities) == 49
    assert sum(len(p.evidence_lines) for p in priorities) == 43
    assert all(p.outcome_statements for p in priorities)
    assert len(leicester.golden_threads) == 4
    assert len(leicester.governance) == 10


def test_every_element_has_an_id_of_its_own_words_and_lines(leicester: Plan) -> None:
    elements = [*leicester.objectives, *leicester.themes, *leicester.golden_threads, *leicester.governance]
    for priority in leicester.priorities:
        elements += [priority, *priority.outcome_statements, *priority.assurance_activities, *priority.evidence_lines]
    assert len({each.id for each in elements}) == len(elements)
    for each in elements:
        first, last = each.source_lines
        assert each.text
        assert 1 <= first <= last
        assert each.id in repr(each)


def test_what_the_plan_does_not_say_is_unspecified(leicester: Plan) -> None:
    line = leicester.priorities[0].evidence_lines[0]
    assert line.target.provenance == "unspecified"
    assert line.target.value is None
    assert not line.target
    assert str(line.target) == "unspecified"


def test_links_are_stated_or_inferred_with_a_reason(leicester: Plan) -> None:
    assert leicester.links
    for link in leicester.links:
        assert link.provenance in ("stated", "inferred")
        assert link.provenance == "stated" or link.reason
    link = leicester.links[0]
    assert link in leicester.links_from(link.from_)
    assert link in leicester.links_to(link.to)


def test_json_there_and_back_is_the_same_plan(leicester: Plan) -> None:
    text = leicester.to_json()
    again = Plan.from_json(text)
    assert again == leicester
    assert again.to_json() == text
    assert json.loads(text)["format"] == "goldenthread/plan@1"


def test_pickle_there_and_back_is_the_same_plan(leicester: Plan) -> None:
    assert pickle.loads(pickle.dumps(leicester)) == leicester


def test_a_plan_cannot_be_changed(leicester: Plan) -> None:
    with pytest.raises(AttributeError):
        leicester.title = "another"  # type: ignore[misc]
    assert isinstance(leicester.priorities, tuple)
    assert isinstance(leicester.priorities[0].evidence_lines, tuple)


def test_shipped_plans_and_plans_of_your_own(leicester: Plan, tmp_path: Path) -> None:
    assert "leicester_2018_2020" in plans.shipped()
    (tmp_path / "plan.json").write_text(leicester.to_json(), encoding="utf-8")
    assert plans.load(tmp_path) == leicester
    assert plans.load(tmp_path / "plan.json") == leicester
    assert plans.named(str(tmp_path)) == leicester
    assert plans.named("leicester_2018_2020") == leicester


def test_an_unknown_plan_names_those_there_are() -> None:
    with pytest.raises(DefinitionError, match="leicester_2018_2020"):
        plans.named("leicester_2018_2021")


def edited(leicester: Plan, **changes: object) -> str:
    document = json.loads(leicester.to_json())
    document.update(changes)
    return json.dumps(document)


def test_unknown_field_is_named_with_its_place(leicester: Plan) -> None:
    with pytest.raises(DefinitionError, match="unknown field 'colour'") as caught:
        Plan.from_json(edited(leicester, colour="red"), "mine.json")
    assert caught.value.file == "mine.json"
    assert caught.value.place.startswith("/")
    assert caught.value.remedy


def test_dangling_link_is_named_with_its_place(leicester: Plan) -> None:
    document = json.loads(leicester.to_json())
    key = next(name for name in document["links"][0] if name == "to")
    document["links"][0][key] = "P99"
    with pytest.raises(DefinitionError, match="P99") as caught:
        Plan.from_json(json.dumps(document), "mine.json")
    assert caught.value.place.startswith("/links/0")
    assert caught.value.remedy


def test_duplicate_id_is_an_error(leicester: Plan) -> None:
    document = json.loads(leicester.to_json())
    document["objectives"][1]["id"] = document["objectives"][0]["id"]
    with pytest.raises(DefinitionError, match=document["objectives"][0]["id"]):
        Plan.from_json(json.dumps(document))


def test_newer_format_is_an_error(leicester: Plan) -> None:
    with pytest.raises(DefinitionError, match="plan@2"):
        Plan.from_json(edited(leicester, format="goldenthread/plan@2"))


def test_not_json_is_an_error_with_the_files_name() -> None:
    with pytest.raises(DefinitionError, match=r"mine\.json"):
        Plan.from_json("{", "mine.json")


def test_a_folder_without_a_plan(tmp_path: Path) -> None:
    with pytest.raises(goldenthread.Error, match=r"plan\.json"):
        plans.load(tmp_path)

"""The published JSON Schemas and the readers agree: what one takes the other takes, fields no reader knows both refuse."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import goldenthread as gt
import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[2]
SHARED_CASES = ROOT.parent / "shared" / "design" / "cases"
INDICATOR_FILES = sorted((ROOT / "indicators").glob("*.indicators.json"))
INDICATORS = json.loads((ROOT / "schemas" / "indicators.schema.json").read_text(encoding="utf-8"))
EVERY_KIND = ROOT / "python" / "tests" / "data" / "every_kind.indicators.json"


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(inner)


def _refusal(document: dict[str, Any]) -> str:
    """Give the reader's message; empty if it reads the document."""
    try:
        gt.shipped_indicators().with_file(json.dumps(document), "f.json")
    except gt.DefinitionError as problem:
        return str(problem)
    return ""


def _without_shipped_ids(document: dict[str, Any]) -> dict[str, Any]:
    own = copy.deepcopy(document)
    for i in own.get("indicators", []):
        i["id"] = "own." + i["id"]
    for f in own.get("filters", []):
        f["name"] = "own_" + f["name"]
    return own


@pytest.mark.parametrize("schema", sorted((ROOT / "schemas").glob("*.schema.json")), ids=lambda p: p.name)
def test_each_schema_is_a_schema(schema: Path) -> None:
    Draft202012Validator.check_schema(json.loads(schema.read_text(encoding="utf-8")))


@pytest.mark.parametrize("file", [*INDICATOR_FILES, EVERY_KIND], ids=lambda p: p.name)
def test_indicator_files_follow_their_schema(file: Path) -> None:
    document = json.loads(file.read_text(encoding="utf-8"))
    Draft202012Validator(INDICATORS).validate(document)
    assert _refusal(_without_shipped_ids(document)) == ""


@pytest.mark.skipif(not SHARED_CASES.is_dir(), reason="no shared cases beside the project")
def test_case_files_follow_the_schema_of_cases() -> None:
    cases = [c for f in sorted(SHARED_CASES.glob("*.json")) for c in json.loads(f.read_text(encoding="utf-8"))["cases"]]
    assert cases
    for case in cases:
        assert Draft202012Validator({"$ref": "#/$defs/case", "$defs": INDICATORS["$defs"]}).is_valid(case), case[
            "title"
        ]


@pytest.mark.parametrize("file", [INDICATOR_FILES[0], EVERY_KIND], ids=lambda p: p.name)
def test_a_field_that_the_schema_refuses_the_reader_refuses_too(file: Path) -> None:
    document = _without_shipped_ids(json.loads(file.read_text(encoding="utf-8")))
    validator = Draft202012Validator(INDICATORS)
    tried = 0
    for place in range(sum(1 for _ in _objects(document))):
        changed = copy.deepcopy(document)
        list(_objects(changed))[place]["misspelt"] = 1
        refusal = _refusal(changed)
        assert bool(refusal) != validator.is_valid(changed), place
        if "unknown field" not in refusal:
            continue  # an object of free names: tables, parameters, choices
        tried += 1
        extended = copy.deepcopy(document)
        list(_objects(extended))[place]["x-note"] = 1
        assert validator.is_valid(extended), place
        assert _refusal(extended) == "", place
    assert tried > 10


def test_a_code_set_of_a_census_year_has_the_codes_of_that_year() -> None:
    def codes(name: str) -> set[str]:
        return {code["code"] for code in gt.code_set(name)["codes"]}

    assert "18A" in codes("factor@2020") - codes("factor@2021")
    assert {"18B", "18C"} <= codes("factor@2021") - codes("factor@2020")
    assert codes("factor@2020") | codes("factor@2026") == codes("factor")
    assert gt.code_set("closure_reason@2023")["name"] == "closure_reason@2023"
    for wrong, said in (("factors@2021", "did you mean 'factor'"), ("factor@21st", "a census year is expected")):
        with pytest.raises(gt.DefinitionError, match=said):
            gt.code_set(wrong)

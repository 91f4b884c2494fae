"""The language as its specification has it: every worked row, every spelling, every page."""

from __future__ import annotations

import copy
import importlib.util
import json
import pickle
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import goldenthread as gt
import pytest
from goldenthread import _core

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "tests" / "specification").glob("*.json"))
SCRIPT = ROOT / "docs" / "generate_reference.py"
EXAMPLES: list[tuple[str, dict[str, Any]]] = [
    (f"{page['id']}: {example['title']}", example)
    for file in FILES
    for page in json.loads(file.read_text(encoding="utf-8"))["pages"]
    for example in page["examples"]
]


def load_generator() -> ModuleType:
    """Load docs/generate_reference.py, which is no package."""
    spec = importlib.util.spec_from_file_location("generate_reference", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


generator = load_generator()
each_example = pytest.mark.parametrize("example", [e for _, e in EXAMPLES], ids=[name for name, _ in EXAMPLES])


@each_example
def test_both_engines_give_the_values_of_the_specification(example: dict[str, Any]) -> None:
    assert generator.computed(example).values == example["expect"]


@each_example
def test_the_python_spelling_is_the_tree_of_the_text(example: dict[str, Any]) -> None:
    built = generator.python_expression(example)
    read = gt.expression(example["expression"])
    assert built.same_as(read)
    assert built.to_text() == read.to_text()
    assert repr(built) == f"<Expression {read.to_text()}>"
    assert pickle.loads(pickle.dumps(built)).same_as(read)
    assert copy.deepcopy(built).same_as(read)
    with pytest.raises(TypeError, match=r"same_as\(\)"):
        bool(built)
    with pytest.raises(TypeError, match=r"to_text\(\)"):
        hash(built)


def test_python_spells_every_part_of_the_language() -> None:
    spelled = {part for _, e in EXAMPLES for part in _core.ExpressionTree.parse(e["expression"]).parts()}
    assert {part for part, _ in _core.language_parts()} <= spelled


def test_the_files_fit_their_schema() -> None:
    schema = json.loads((ROOT / "schemas" / "specification.schema.json").read_text(encoding="utf-8"))
    fields = schema["$defs"]
    for file in FILES:
        document = json.loads(file.read_text(encoding="utf-8"))
        assert set(document) == set(schema["required"])
        for page in document["pages"]:
            assert set(fields["page"]["required"]) <= set(page) <= set(fields["page"]["properties"])
            for example in page["examples"]:
                assert set(fields["example"]["required"]) <= set(example) <= set(fields["example"]["properties"])
                assert example["of"] in example["tables"]
                assert len(example["expect"]) == len(example["tables"][example["of"]]["rows"])


def test_the_generator_writes_a_page_for_every_part_without_sphinx(tmp_path: Path) -> None:
    # An interpreter that cannot import Sphinx: the Markdown needs goldenthread alone.
    code = (
        "import runpy, sys; sys.modules['sphinx'] = None; "
        f"sys.argv = ['generate_reference.py', {str(tmp_path)!r}]; runpy.run_path({str(SCRIPT)!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = {file.stem for file in (tmp_path / "operators").glob("*.md")}
    assert {page for _, page in _core.language_parts()} <= pages
    text = (tmp_path / "operators" / "and.md").read_text(encoding="utf-8")
    assert "| true | false | **false** |" in text
    assert "| false |  | **false** |" in text
    assert "requires_assessment and requires_treatment" in text
    assert "mh_presentation.requires_assessment & mh_presentation.requires_treatment" in text
    assert 'mh_presentation["requires_assessment"] && mh_presentation["requires_treatment"]' in text
    assert "In English: *requires assessment is yes and requires treatment is yes*." in text
    assert "interval engine" in text
    gaps = (tmp_path / "operators" / "gaps.md").read_text(encoding="utf-8")
    assert "reference engine" in gaps
    assert "made anew for each period" in gaps


def test_a_page_never_says_what_the_engines_do_not_compute(tmp_path: Path) -> None:
    for file in FILES:
        shutil.copy(file, tmp_path)
    logic = tmp_path / "logic.json"
    document = json.loads(logic.read_text(encoding="utf-8"))
    document["pages"][0]["examples"][0]["expect"][0] = ["false"]
    logic.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(generator.WrongPageError, match="requires_assessment and requires_treatment gives"):
        generator.write(tmp_path / "out", tmp_path)


def test_a_part_without_a_page_is_an_error(tmp_path: Path) -> None:
    for file in FILES:
        if file.name != "logic.json":
            shutil.copy(file, tmp_path)
    with pytest.raises(generator.WrongPageError, match="function: known: no page known"):
        generator.write(tmp_path / "out", tmp_path)

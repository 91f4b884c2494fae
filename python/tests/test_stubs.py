"""The hand-written stub and the extension module say the same."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import goldenthread
import pytest
from goldenthread import _core

STUB = ast.parse((Path(goldenthread.__file__).parent / "_core.pyi").read_text(encoding="utf-8"))

# What every pybind11 class has, and what a stub says by a base class or not at all.
UNSAID = {
    "__init__",
    "__repr__",
    "__str__",
    "__hash__",
    "__getstate__",
    "__setstate__",
    "__module__",
    "__doc__",
    "__weakref__",
    "_pybind11_conduit_v1_",
    "_repr_html_",
}


def stub_classes() -> dict[str, ast.ClassDef]:
    return {node.name: node for node in STUB.body if isinstance(node, ast.ClassDef)}


def stub_functions() -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in STUB.body if isinstance(node, ast.FunctionDef)}


def public(names: object) -> set[str]:
    return {name for name in names if not name.startswith("_")}  # type: ignore[attr-defined]


def stub_members(name: str) -> dict[str, ast.AST]:
    """Members a class has in the stub, those of its base in the stub included."""
    node = stub_classes()[name]
    members: dict[str, ast.AST] = {}
    for base in node.bases:
        if isinstance(base, ast.Name) and base.id in stub_classes():
            members.update(stub_members(base.id))
    for item in node.body:
        if isinstance(item, ast.FunctionDef):
            members[item.name] = item
        elif isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            members[item.target.id] = item
    return members


def runtime_members(name: str) -> set[str]:
    """Members a class has in the module, inherited ones of this package included."""
    classes = [each for each in getattr(_core, name).__mro__ if each.__module__.startswith("goldenthread")]
    return {member for each in classes for member in vars(each)}


def said_parameters(function: ast.FunctionDef) -> list[tuple[str, bool, bool]]:
    """Name, whether by keyword only, whether with a default; `self` left out."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    without = len(positional) - len(arguments.defaults)
    result = [(each.arg, False, at >= without) for at, each in enumerate(positional)]
    result += [
        (each.arg, True, default is not None)
        for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    return [each for each in result if each[0] != "self"]


def real_parameters(name: str, doc: str) -> list[tuple[str, bool, bool]]:
    """The same from the signature that pybind11 writes into the doc string."""
    line = next(line for line in doc.splitlines() if line.startswith(f"{name}("))
    signature = re.sub(r" -> .*", "", re.sub(r"goldenthread\.(_core\.)?", "", line))
    parsed = ast.parse(f"def {signature}: ...").body[0]
    assert isinstance(parsed, ast.FunctionDef)
    return said_parameters(parsed)


def test_stub_and_module_have_the_same_names() -> None:
    said = public(stub_classes()) | public(stub_functions()) | {"__version__"}
    real = public(vars(_core)) | {"__version__"}
    assert said == real


def test_the_package_hands_on_nothing_else() -> None:
    assert set(goldenthread.__all__) <= set(dir(goldenthread))
    assert sorted(goldenthread.__all__) == sorted(set(goldenthread.__all__))


@pytest.mark.parametrize("name", sorted(public(stub_classes())))
def test_classes_have_the_members_the_stub_says(name: str) -> None:
    assert set(stub_members(name)) - UNSAID == runtime_members(name) - UNSAID


@pytest.mark.parametrize("name", sorted(public(stub_classes())))
def test_properties_are_properties(name: str) -> None:
    for member, node in stub_members(name).items():
        if isinstance(node, ast.FunctionDef):
            said = any(isinstance(each, ast.Name) and each.id == "property" for each in node.decorator_list)
            assert said == isinstance(getattr(_core, name).__dict__.get(member), property), f"{name}.{member}"


@pytest.mark.parametrize("name", sorted(stub_functions()))
def test_functions_take_what_the_stub_says(name: str) -> None:
    assert said_parameters(stub_functions()[name]) == real_parameters(name, getattr(_core, name).__doc__)


@pytest.mark.parametrize("name", sorted(public(stub_classes())))
def test_methods_take_what_the_stub_says(name: str) -> None:
    for member, node in stub_members(name).items():
        method = getattr(getattr(_core, name), member, None)
        doc = getattr(method, "__doc__", None) or ""
        # Comparison and the like take one thing without a name: nothing to hold together.
        if not isinstance(node, ast.FunctionDef) or f"{member}(self" not in doc or "arg0" in doc:
            continue
        assert said_parameters(node) == real_parameters(member, doc), f"{name}.{member}"


@pytest.mark.parametrize("name", sorted(public(stub_classes())))
def test_what_cannot_be_a_key_says_so(name: str) -> None:
    said = "__hash__" in stub_members(name) and isinstance(stub_members(name)["__hash__"], ast.AnnAssign)
    assert said == (getattr(_core, name).__hash__ is None)


def test_docs_of_every_function() -> None:
    internal = {
        "evaluate_indicators",
        "evaluate_plan",
        "explain_rows",
        "run_own_cases",
        "run_case_file",
        "shipped_plan",
        "tabulate_expression",
        "what_moved_between",
    }
    for name in set(stub_functions()) - internal:
        assert "\n\n" in getattr(_core, name).__doc__, f"{name} has no description"

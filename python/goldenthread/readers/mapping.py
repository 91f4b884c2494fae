"""Mapping files (goldenthread/mapping@1): what the columns of a partner's file mean."""

from __future__ import annotations

import json
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from goldenthread._core import DefinitionError
from goldenthread.readers import schema

FORMAT = "goldenthread/mapping@1"
SUFFIX = ".mapping.json"
_FIELDS = frozenset({"format", "files", "sheet", "heading_row", "table", "partner", "dates", "columns", "coverage"})
_RULES = frozenset({"heading", "values", "constant", "row_number", "link"})
_COVERAGE = frozenset({"first_day", "last_day", "share", "part"})


@dataclass(frozen=True)
class ColumnRule:
    """Where a canonical column comes from: a heading, a constant, or the number of the row."""

    heading: str = ""
    values: dict[str, str] = field(default_factory=dict)
    constant: str | None = None
    row_number: bool = False
    link: bool = False


@dataclass(frozen=True)
class Mapping:
    """What the columns of one kind of file mean."""

    file: str
    table: str
    columns: dict[str, ColumnRule]
    files: str = ""
    sheet: str = ""
    heading_row: int = 1
    partner: str = ""
    day_first: bool = False
    coverage: dict[str, str] = field(default_factory=dict)

    def is_about(self, name: str) -> bool:
        """Say whether a file's name is one that this mapping is about."""
        if self.files:
            return fnmatch(name.lower(), self.files.lower())
        return name.lower().startswith(self.file.lower().removesuffix(SUFFIX).partition(".")[0])


def _fail(file: str, place: str, message: str, remedy: str = "") -> DefinitionError:
    return DefinitionError(f"{file}, {place}: {message}" + (f"; {remedy}" if remedy else ""))


def _did_you_mean(name: str, known: Any) -> str:
    near = get_close_matches(name, list(known), 1, cutoff=0.5)
    return f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(sorted(known))}"


def _expect_fields(given: MappingOf[str, Any], known: frozenset[str], file: str, place: str) -> None:
    for name in given:
        if name not in known and not name.startswith("x-"):
            raise _fail(file, f"{place}/{name}", f"unknown field '{name}'", _did_you_mean(name, known))


def _text(given: MappingOf[str, Any], name: str, file: str, place: str = "") -> str:
    value = given.get(name, "")
    if not isinstance(value, str):
        raise _fail(file, f"{place}/{name}", "text is expected")
    return value


def _rule(given: Any, file: str, place: str) -> ColumnRule:
    if isinstance(given, str):
        return ColumnRule(heading=given)
    if not isinstance(given, dict):
        raise _fail(file, place, "a heading, or an object with one, is expected")
    _expect_fields(given, _RULES, file, place)
    values = given.get("values", {})
    if not isinstance(values, dict) or not all(isinstance(v, str) for v in values.values()):
        raise _fail(file, f"{place}/values", "an object of text to text is expected")
    constant = given.get("constant")
    if constant is not None and not isinstance(constant, str):
        raise _fail(file, f"{place}/constant", "text is expected")
    rule = ColumnRule(
        _text(given, "heading", file, place),
        values,
        constant,
        given.get("row_number") is True,
        given.get("link") is True,
    )
    if sum((bool(rule.heading), rule.constant is not None, rule.row_number)) != 1:
        raise _fail(file, place, "one of heading, constant and row_number is expected")
    return rule


def _coverage(given: Any, file: str) -> dict[str, str]:
    if given is None:
        return {}
    if not isinstance(given, dict) or not {"first_day", "last_day"} <= given.keys():
        raise _fail(file, "/coverage", "first_day and last_day are expected")
    _expect_fields(given, _COVERAGE, file, "/coverage")
    return {name: str(value) for name, value in given.items()}


def parse_mapping(text: str, file: str) -> Mapping:
    """Read a mapping from text.

    Raises DefinitionError naming the file, the place in it and what to do.
    """
    try:
        given = json.loads(text)
    except json.JSONDecodeError as problem:
        raise _fail(file, f"line {problem.lineno}", f"is not JSON: {problem.msg}") from None
    if not isinstance(given, dict):
        raise _fail(file, "/", "an object is expected")
    if given.get("format") != FORMAT:
        raise _fail(file, "/format", f"'{FORMAT}' is expected, not '{given.get('format')}'")
    _expect_fields(given, _FIELDS, file, "")
    table = _text(given, "table", file)
    if table not in schema.tables():
        raise _fail(file, "/table", f"unknown table '{table}'", _did_you_mean(table, schema.tables()))
    columns = given.get("columns")
    if not isinstance(columns, dict) or not columns:
        raise _fail(file, "/columns", "an object of canonical columns is expected")
    for name in columns:
        if name not in schema.columns(table):
            known = _did_you_mean(name, schema.columns(table))
            raise _fail(file, f"/columns/{name}", f"table {table} has no column '{name}'", known)
    rules = {name: _rule(value, file, f"/columns/{name}") for name, value in columns.items()}
    lacking = sorted(schema.required_keys(table) - rules.keys())
    if lacking:
        remedy = 'where the file has none: {"row_number": true}'
        raise _fail(file, "/columns", f"the key column '{lacking[0]}' is not mapped", remedy)
    dates = given.get("dates", "year_first")
    if dates not in ("year_first", "day_first"):
        raise _fail(file, "/dates", f"year_first or day_first is expected, not '{dates}'")
    row = given.get("heading_row", 1)
    if not isinstance(row, int) or isinstance(row, bool) or row < 1:
        raise _fail(file, "/heading_row", "a line number from 1 is expected")
    partner = _text(given, "partner", file)
    if not partner and any(rule.link for rule in rules.values()):
        raise _fail(file, "/partner", "a linked column needs the partner whose numbers these are")
    return Mapping(
        Path(file).name,
        table,
        rules,
        _text(given, "files", file),
        _text(given, "sheet", file),
        row,
        partner,
        dates == "day_first",
        _coverage(given.get("coverage"), file),
    )


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file.

    Raises DefinitionError, and OSError for a file that cannot be opened.
    """
    try:
        return parse_mapping(path.read_text(encoding="utf-8-sig"), str(path))
    except UnicodeDecodeError:
        raise _fail(str(path), "/", "is not UTF-8 text") from None

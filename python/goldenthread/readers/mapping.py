"""Mapping files (goldenthread/mapping@1): what the columns of a partner's file mean."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from goldenthread.documents import Place, did_you_mean, json_of
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


def _text(given: MappingOf[str, Any], name: str, file: str, place: str = "") -> str:
    value = given.get(name, "")
    if not isinstance(value, str):
        raise Place(file, f"{place}/{name}").error("text is expected")
    return value


def _rule(given: Any, file: str, place: str) -> ColumnRule:
    if isinstance(given, str):
        return ColumnRule(heading=given)
    if not isinstance(given, dict):
        raise Place(file, place).error("a heading, or an object with one, is expected")
    Place(file, place).object_of(given, _RULES)
    values = given.get("values", {})
    if not isinstance(values, dict) or not all(isinstance(v, str) for v in values.values()):
        raise Place(file, f"{place}/values").error("an object of text to text is expected")
    constant = given.get("constant")
    if constant is not None and not isinstance(constant, str):
        raise Place(file, f"{place}/constant").error("text is expected")
    rule = ColumnRule(
        _text(given, "heading", file, place),
        values,
        constant,
        given.get("row_number") is True,
        given.get("link") is True,
    )
    if sum((bool(rule.heading), rule.constant is not None, rule.row_number)) != 1:
        raise Place(file, place).error("one of heading, constant and row_number is expected")
    return rule


def _coverage(given: Any, file: str) -> dict[str, str]:
    if given is None:
        return {}
    if not isinstance(given, dict) or not {"first_day", "last_day"} <= given.keys():
        raise Place(file, "/coverage").error("first_day and last_day are expected")
    Place(file, "/coverage").object_of(given, _COVERAGE)
    return {name: str(value) for name, value in given.items()}


def parse_mapping(text: str, file: str) -> Mapping:
    """Read a mapping from text.

    Raises DefinitionError naming the file, the place in it and what to do.
    """
    given = json_of(text, file)
    if not isinstance(given, dict):
        raise Place(file).error("an object is expected")
    if given.get("format") != FORMAT:
        raise Place(file, "/format").error(f"'{FORMAT}' is expected, not '{given.get('format')}'")
    Place(file).object_of(given, _FIELDS)
    table = _text(given, "table", file)
    if table not in schema.tables():
        raise Place(file, "/table").error(f"unknown table '{table}'", did_you_mean(table, schema.tables(), most=None))
    columns = given.get("columns")
    if not isinstance(columns, dict) or not columns:
        raise Place(file, "/columns").error("an object of canonical columns is expected")
    for name in columns:
        if name not in schema.columns(table):
            known = did_you_mean(name, schema.columns(table), most=None)
            raise Place(file, f"/columns/{name}").error(f"table {table} has no column '{name}'", known)
    rules = {name: _rule(value, file, f"/columns/{name}") for name, value in columns.items()}
    lacking = sorted(schema.required_keys(table) - rules.keys())
    if lacking:
        remedy = 'where the file has none: {"row_number": true}'
        raise Place(file, "/columns").error(f"the key column '{lacking[0]}' is not mapped", remedy)
    dates = given.get("dates", "year_first")
    if dates not in ("year_first", "day_first"):
        raise Place(file, "/dates").error(f"year_first or day_first is expected, not '{dates}'")
    row = given.get("heading_row", 1)
    if not isinstance(row, int) or isinstance(row, bool) or row < 1:
        raise Place(file, "/heading_row").error("a line number from 1 is expected")
    partner = _text(given, "partner", file)
    if not partner and any(rule.link for rule in rules.values()):
        raise Place(file, "/partner").error("a linked column needs the partner whose numbers these are")
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
        raise Place(str(path)).error("is not UTF-8 text") from None

"""The canonical tables as the readers need them."""

from __future__ import annotations

from functools import cache
from typing import Any

from goldenthread import _core


@cache
def tables() -> dict[str, dict[str, Any]]:
    """Each canonical table by name."""
    return {table["name"]: table for table in _core.schema_tables()}


@cache
def columns(table: str) -> dict[str, dict[str, Any]]:
    """Columns of a table by name."""
    return {column["name"]: column for column in tables()[table]["columns"]}


@cache
def required_keys(table: str) -> frozenset[str]:
    """Key columns without which no row can be kept."""
    return frozenset(name for name, column in columns(table).items() if column["key"] and column["not_null"])


@cache
def code_sets() -> dict[str, dict[str, Any]]:
    """Each code set by name."""
    return {codes["name"]: codes for codes in _core.schema_code_sets()}


@cache
def codes(name: str) -> frozenset[str]:
    """Codes of a set."""
    return frozenset(code["code"] for code in code_sets()[name]["codes"]) if name else frozenset()


def code_set(name: str) -> dict[str, Any]:
    """Give a code set: `factor` with the codes of all years, `factor@2021` as the census of that year has it.

    Raises DefinitionError for a set there is not, or a year that is none.
    """
    return _core.codes_in_year(name)

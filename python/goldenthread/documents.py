"""Reading a JSON file that a user wrote: what is wrong with it is said with place and remedy."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from goldenthread._core import DataError, DefinitionError


def did_you_mean(name: str, known: Collection[str], most: int | None = 20) -> str:
    """Give the remedy for a name that is not known: the nearest one, or else what there is, at most so many."""
    near = get_close_matches(name, list(known), 1, cutoff=0.5)
    return f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(sorted(known)[:most])}"


@dataclass(frozen=True)
class Place:
    """Where in a file something stands."""

    file: str
    pointer: str = ""

    def at(self, name: str | int) -> Place:
        """Give the place of a member."""
        return Place(self.file, f"{self.pointer}/{name}")

    def error(self, message: str, remedy: str = "") -> DefinitionError:
        """Give the error that names this place."""
        return DefinitionError(f"{self.file}, {self.pointer or '/'}: {message}" + (f"; {remedy}" if remedy else ""))

    def object_of(self, given: Any, fields: frozenset[str]) -> dict[str, Any]:
        """Give an object that has none but these fields and x-…; raises DefinitionError."""
        if not isinstance(given, dict):
            raise self.error("an object is expected")
        for name in given:
            if name not in fields and not name.startswith("x-"):
                raise self.at(name).error(f"unknown field '{name}'", did_you_mean(name, fields))
        return given

    def text(self, given: dict[str, Any], name: str) -> str:
        """Give the text of a field, empty where there is none; raises DefinitionError."""
        if name not in given:
            return ""
        value = given[name]
        if not isinstance(value, str) or not value.strip():
            raise self.at(name).error("text is expected")
        return value.strip()

    def name_of(self, given: dict[str, Any], name: str, known: Collection[str], what: str) -> str:
        """Give a field that must be one of some names, or empty where there is none; raises DefinitionError."""
        value = self.text(given, name)
        if value and value not in known:
            raise self.at(name).error(f"unknown {what} '{value}'", did_you_mean(value, known))
        return value


def json_of(text: str, file: str) -> Any:
    """Give what a text of JSON says; raises DefinitionError for one that is none, with its line."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as problem:
        raise DefinitionError(f"{file}, line {problem.lineno}: is not JSON: {problem.msg}") from None
    except RecursionError:
        raise DefinitionError(f"{file}: is nested too deeply") from None


def entries_of(text: str, file: str, expected_format: str, field: str) -> list[tuple[Any, Place]]:
    """Give the entries of a file that holds nothing but its format and a list, each with its place.

    Raises DefinitionError for anything else.
    """
    place = Place(file)
    document = json_of(text, file)
    if isinstance(document, dict) and document.get("format") != expected_format:
        raise place.at("format").error(f"'{expected_format}' is expected, not '{document.get('format')}'")
    given = place.object_of(document, frozenset({"format", field}))
    entries = given.get(field)
    if not isinstance(entries, list) or not entries:
        raise place.at(field).error("a list that is not empty is expected")
    return [(each, place.at(field).at(i)) for i, each in enumerate(entries)]


def utf8_text(path: str | os.PathLike[str]) -> str:
    """Give a file's text, as the readers of the library take it.

    Raises DataError for one that is not UTF-8, OSError for one that cannot be opened.
    """
    try:
        return Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        raise DataError(f"{path}: is not UTF-8 text: byte 0x{problem.object[problem.start]:02X}") from None


def text_of(path: str | os.PathLike[str]) -> str:
    """Give a file's text.

    Raises DefinitionError for one that is not UTF-8, OSError for one that cannot be opened.
    """
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DefinitionError(f"{path}: is not UTF-8 text") from None

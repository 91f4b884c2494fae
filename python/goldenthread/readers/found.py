"""What a file was found to be, and what reading it gave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from goldenthread._core import Dataset
from goldenthread.readers.glimpse import Glimpse


@dataclass(frozen=True)
class Found:
    """A file, and what it is in words."""

    path: Path
    reader: str  # the module that recognised it
    what: str  # "children in need census"
    role: str = ""  # what the reader makes of it: a canonical table, a kind of return
    version: str = ""  # the year or quarter it says it is of: "2022"
    read: bool = True  # False: known, but nothing of it goes into a dataset
    note: str = ""


@dataclass(frozen=True)
class Options:
    """How files are to be read."""

    area: str | None = None
    year: int | None = None  # of SSDA903 files, by the year it ends in
    mappings: tuple[Path, ...] = ()
    # From a partner's person numbers to children: (partner in lower case, number) to child, from what was read before.
    links: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """Files that were read together, and their dataset."""

    data: Dataset
    files: tuple[Found, ...]


@dataclass(frozen=True)
class Reader:
    """A kind of file: how to know it and how to read it."""

    name: str
    title: str  # in words, for "this would feed more"
    tables: tuple[str, ...]  # canonical tables it can bring
    keys: str  # who makes the keys: rows of one table from two kinds cannot be told apart
    recognise: Callable[[Glimpse, Options], Found | None] = field(repr=False)
    read: Callable[[Sequence[Found], Options], list[Part]] = field(repr=False)
    other_keys: dict[str, str] = field(default_factory=dict)  # tables whose keys are made by another hand

    def keys_of(self, table: str) -> str:
        """Say who makes the keys of a table."""
        return self.other_keys.get(table, self.keys)

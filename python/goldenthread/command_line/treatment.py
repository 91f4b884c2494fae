"""What is done with rows between reading and use: identities hidden, values repaired. Options that several commands share."""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

import typer

from goldenthread import DataError, Dataset, DefinitionError, _core
from goldenthread._core import write_file_atomically
from goldenthread.quality.repairs import Repair, RepairedValue, read_repairs, repair

KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--pseudonym-key-file",
        help="Replace identifiers by keyed pseudonyms; the secret is what stands in this file, 16 bytes at least.",
    ),
]
KeyEnvironment = Annotated[
    str | None,
    typer.Option(
        "--pseudonym-key-env",
        help="The same with the secret in the environment variable of this name: never the secret.",
    ),
]
BirthMonths = Annotated[
    bool, typer.Option("--birth-months", help="Keep births to the month; ages this cannot decide are unknown.")
]
Repairs = Annotated[
    list[Path] | None, typer.Option("--repair", help="Replace values as this file declares; may be repeated.")
]
RepairLog = Annotated[
    Path | None, typer.Option("--repair-log", help="Write every value that was replaced to this CSV: personal data.")
]


@dataclass(frozen=True)
class Treatment:
    """The options as they were given."""

    key_file: Path | None = None
    key_environment: str | None = None
    birth_months: bool = False
    repairs: tuple[Path, ...] = ()
    log: Path | None = None

    @cached_property
    def key(self) -> bytes | None:
        """The secret, if one was named, without the end of its line: read once, as it may come through a pipe.

        Raises DefinitionError for two of them, one that is not there, or one that is too short.
        """
        if self.key_file is not None and self.key_environment is not None:
            raise DefinitionError("--pseudonym-key-file and --pseudonym-key-env: one is enough")
        if self.key_file is not None:
            return _long_enough(self.key_file.read_bytes().rstrip(b"\r\n"), f"--pseudonym-key-file {self.key_file}")
        if self.key_environment is None:
            return None
        given = os.environ.get(self.key_environment)
        if given is None:
            # A secret typed here by mistake is not repeated.
            raise DefinitionError("--pseudonym-key-env: there is no environment variable of that name")
        return _long_enough(os.fsencode(given), "--pseudonym-key-env")

    @cached_property
    def declared(self) -> tuple[tuple[Repair, ...], ...]:
        """The repairs of each file named; raises DefinitionError for what is wrong in one."""
        return tuple(read_repairs(path) for path in self.repairs)

    def look_up(self) -> None:
        """Read what the options name, so that a slip there is said before any data are read."""
        _ = self.key, self.declared

    def of(self, data: Dataset, as_at: str | None = None) -> tuple[Dataset, list[RepairedValue]]:
        """Repair values, then hide identities; the log is hidden alike."""
        log: list[RepairedValue] = []
        for each_file in self.declared:
            data, found = repair(data, each_file, as_at=as_at)
            log += found
        if self.birth_months:
            data = _core.with_birth_months(data)
        if self.key is not None:
            data = _core.with_pseudonyms(data, self.key)
        if self.key is not None or self.birth_months:
            log = [_hidden(each, self.key) for each in log]
        if self.log is not None:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            write_file_atomically(self.log, _log(log))
        return data, log


def _long_enough(key: bytes, place: str) -> bytes:
    try:
        _core.with_pseudonyms(_core.read_table_files([]), key)
    except DataError as problem:
        raise DefinitionError(f"{place}: {problem}") from None
    return key


def _hidden(each: RepairedValue, key: bytes | None) -> RepairedValue:
    name = each.key if key is None else hmac.new(key, each.key.encode(), hashlib.sha256).hexdigest()
    return RepairedValue(each.repair, each.table, each.column, each.file, each.row, name, "", "")


def _log(rows: list[RepairedValue]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["PERSONAL DATA: keep on this machine", *RepairedValue.__dataclass_fields__])
    writer.writerows(
        ["", r.repair, r.table, r.column, r.file, r.row, r.key, r.before, r.after] for r in rows
    )  # fmt: skip
    return out.getvalue()

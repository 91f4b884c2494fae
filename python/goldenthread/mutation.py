"""Are a definition's cases enough? Small mistakes are made in it, and each must make a case fail."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from goldenthread import _core
from goldenthread._core import DataError
from goldenthread.documents import utf8_text

_FORMAT = "goldenthread/mutation_cache@1"
_MOST_CACHED = 2000


@dataclass(frozen=True)
class Mutant:
    """A definition with one small mistake, and what became of it.

    fate is killed (by the case `killed_by`, which says `difference`), equivalent (for the reason given) or survives.
    A survivor has in `case` a small case that would tell it, ready to be pasted, its answer the definition's own; or
    `told_with` names the survivor whose case tells this one too; or neither, if none was found in `datasets_tried`.
    """

    id: str
    rule: str
    place: str
    words: str
    fate: str
    killed_by: str
    difference: str
    reason: str
    case: str
    case_indicator: str
    told_with: str
    datasets_tried: int


@dataclass(frozen=True)
class MutatedDefinition:
    """An indicator, or a shared filter, and all its mutants. used_by: whose cases were run, for a filter."""

    definition: str
    used_by: tuple[str, ...]
    cases: int
    mutants: tuple[Mutant, ...]

    @property
    def survivors(self) -> tuple[Mutant, ...]:
        """Mutants that no case tells and that are not listed as equivalent."""
        return tuple(m for m in self.mutants if m.fate == "survives")

    def count(self, fate: str) -> int:
        """Count the mutants that were killed, are equivalent, or survive."""
        return sum(m.fate == fate for m in self.mutants)


@dataclass(frozen=True)
class Mutation:
    """What mutation found in some definitions."""

    definitions: tuple[MutatedDefinition, ...]

    @property
    def survivors(self) -> tuple[Mutant, ...]:
        """All survivors, definition by definition."""
        return tuple(m for d in self.definitions for m in d.survivors)

    def count(self, fate: str) -> int:
        """Count the mutants that were killed, are equivalent, or survive."""
        return sum(d.count(fate) for d in self.definitions)

    def __getitem__(self, definition: str) -> MutatedDefinition:
        """Give a definition by its id, a shared filter by its name."""
        for each in self.definitions:
            if each.definition == definition:
                return each
        raise KeyError(definition)

    def __str__(self) -> str:
        total = sum(len(d.mutants) for d in self.definitions)
        survive = self.count("survives")
        return (
            f"{len(self.definitions)} {'definition' if len(self.definitions) == 1 else 'definitions'}, {total} mutants: "
            f"{self.count('killed')} killed, {self.count('equivalent')} equivalent, "
            f"{survive} survive{'s' if survive == 1 else ''}"
        )

    def to_json(self) -> str:
        """Everything as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


def cache_file() -> Path:
    """Where results are kept unless said otherwise: in the user's cache folder."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "goldenthread" / "mutation.json"


def _read_cache(file: Path) -> dict[str, Any]:
    """Give what was kept; a file of another version, or a broken one, is nothing."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(kept, dict) or kept.get("format") != _FORMAT or kept.get("version") != _core.__version__:
        return {}
    found = kept.get("found")
    return found if isinstance(found, dict) else {}


def _write_cache(file: Path, found: dict[str, Any]) -> None:
    latest = dict(list(found.items())[-_MOST_CACHED:])
    kept = {"format": _FORMAT, "version": _core.__version__, "found": latest}
    file.parent.mkdir(parents=True, exist_ok=True)
    _core.write_file_atomically(file, json.dumps(kept, ensure_ascii=False))


def _made(found: dict[str, Any]) -> MutatedDefinition:
    mutants = tuple(Mutant(**each) for each in found["mutants"])
    return MutatedDefinition(found["definition"], tuple(found["used_by"]), found["cases"], mutants)


def read_case_files(cases: Iterable[str | os.PathLike[str]]) -> list[tuple[str, str]]:
    """Give text and name of every case file in some folders, or of single files."""
    result = []
    for given in cases:
        path = Path(given)
        files = sorted(path.glob("*.json")) if path.is_dir() else [path]
        if not files or not files[0].exists():
            raise DataError(f"{path}: no case files (*.json) are there")
        result += [(utf8_text(file), str(file)) for file in files]
    return result


def mutate(
    definitions: str | Sequence[str] | None = None,
    *,
    indicators: _core.IndicatorSet | None = None,
    cases: Iterable[str | os.PathLike[str]] = (),
    datasets: int = 3000,
    cache: str | os.PathLike[str] | None = None,
    threads: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Mutation:
    """Make small mistakes in definitions and ask whether their cases notice.

    definitions: ids of indicators or names of shared filters; all unless given. The shared filters that indicators use
    come with them; their mutants may be killed by a case of any indicator that uses them.
    indicators: the definitions to use; the shipped ones unless given.
    cases: folders or files of cases beside those that definitions carry.
    datasets: how many small datasets are tried to tell a survivor; 0 for none.
    cache: a file in which results are kept by the definition's meaning and its cases; cache_file() is the user's own.
    progress: told how many definitions of how many are done, and which one was done last.

    Raises DefinitionError for an unknown id, a case that fails on its own definition, or a mutant listed as equivalent
    that a case tells or that does not exist.
    """
    known = indicators if indicators is not None else _core.shipped_indicators()
    wanted = [definitions] if isinstance(definitions, str) else list(definitions or [])
    files = read_case_files(cases)
    subjects = _core.mutation_subjects(known, wanted)
    kept = {} if cache is None else _read_cache(Path(cache))
    fresh: dict[str, Any] = {}
    done = 0

    def one(subject: str) -> MutatedDefinition:
        key = "" if cache is None else _core.mutation_key(known, subject, files, datasets)
        found = kept.get(key)
        if found is None:
            found = _core.mutate_definition(known, subject, files, datasets)
            if key:
                fresh[key] = found
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, len(subjects), subject)
        return _made(found)

    pool = ThreadPoolExecutor(max_workers=threads or os.cpu_count() or 1)
    try:
        return Mutation(tuple(pool.map(one, subjects)))
    finally:
        pool.shutdown(cancel_futures=True)
        if cache is not None and fresh:
            _write_cache(Path(cache), {**kept, **fresh})

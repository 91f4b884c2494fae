"""pytest runs the cases that definitions carry: each case is a test.

Collected are files named `*.indicators.json` and case files: JSON files whose top level has `indicator` and `cases`.
Other files are left alone. In pytest's settings `goldenthread_indicators` names files of definitions beside the shipped
ones; `--goldenthread-reference` computes on the reference engine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# A case file is small: larger files are somebody's data and are not opened.
_LARGEST_CASE_FILE = 4_000_000


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the reference engine, and definitions beside the shipped ones."""
    parser.addini(
        "goldenthread_indicators", "Files of indicator definitions beside the shipped ones.", type="paths", default=[]
    )
    parser.getgroup("goldenthread").addoption(
        "--goldenthread-reference",
        action="store_true",
        default=False,
        help="Run the cases of indicator definitions on the reference engine.",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take definition files and case files; leave every other file to others."""
    if file_path.name.endswith(".indicators.json"):
        return DefinitionFile.from_parent(parent, path=file_path)
    if file_path.suffix == ".json" and _is_case_file(file_path):
        return CaseFile.from_parent(parent, path=file_path)
    return None


def _is_case_file(path: Path) -> bool:
    try:
        if path.stat().st_size > _LARGEST_CASE_FILE:
            return False
        text = path.read_text(encoding="utf-8")
        if '"indicator"' not in text or '"cases"' not in text:
            return False
        document = json.loads(text)
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(document, dict) and {"indicator", "cases"} <= document.keys()


class _Cases(pytest.File):
    """A file of cases; the cases are run when the file is collected, all in one go."""

    def _outcomes(self, reference: bool) -> list[dict[str, Any]]:
        raise NotImplementedError

    def collect(self) -> Iterator[pytest.Item]:
        """Give a test for each case of the file."""
        from goldenthread import Error

        try:
            outcomes = self._outcomes(bool(self.config.getoption("--goldenthread-reference")))
        except Error as problem:
            raise self.CollectError(str(problem)) from None
        seen: dict[str, int] = {}
        for outcome in outcomes:
            name = f"{outcome['indicator']}: {outcome['title']}"
            seen[name] = seen.get(name, 0) + 1
            if seen[name] > 1:
                name += f" ({seen[name]})"
            yield Case.from_parent(self, name=name, outcome=outcome)

    def _definitions(self) -> Any:
        from goldenthread import shipped_indicators

        known = shipped_indicators()
        for file in self.config.getini("goldenthread_indicators"):
            known = known.with_file(Path(file).read_text(encoding="utf-8"), str(file))
        return known


class DefinitionFile(_Cases):
    """A file of indicator definitions with their own cases."""

    def _outcomes(self, reference: bool) -> list[dict[str, Any]]:
        from goldenthread import _core

        before = self._definitions()
        ids = set(before.ids)
        known = before.with_file(self.path.read_text(encoding="utf-8"), str(self.path))
        return [o for o in _core.run_own_cases(known, reference) if o["indicator"] not in ids]


class CaseFile(_Cases):
    """A file of cases of one indicator."""

    def _outcomes(self, reference: bool) -> list[dict[str, Any]]:
        from goldenthread import _core

        return _core.run_case_file(
            self._definitions(), self.path.read_text(encoding="utf-8"), str(self.path), reference
        )


class Case(pytest.Item):
    """One case of one indicator."""

    def __init__(self, *, outcome: dict[str, Any], **arguments: Any) -> None:
        """Keep what the engine answered."""
        super().__init__(**arguments)
        self.outcome = outcome

    def runtest(self) -> None:
        """Fail where the answer differs from the one expected."""
        if not self.outcome["known"]:
            pytest.skip(f"there is no indicator {self.outcome['indicator']}")
        if self.outcome["differences"]:
            raise CaseFailedError(self.outcome)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Say what differs, without a traceback."""
        if isinstance(excinfo.value, CaseFailedError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Name the case in reports."""
        return self.path, None, self.name


class CaseFailedError(AssertionError):
    """The answer is not the one that the case expects."""

    def __init__(self, outcome: dict[str, Any]) -> None:
        """Say where the case stands and what differs."""
        lines = [f"{outcome['indicator']}: {outcome['title']}", f"  {outcome['place']}"]
        super().__init__("\n".join([*lines, *(f"    {each}" for each in outcome["differences"])]))

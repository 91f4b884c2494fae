"""C++ source as the structure tests read it: code without its comments and literals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CPP_SUFFIXES = {".hpp", ".cpp"}

_NOT_CODE = re.compile(
    r"""
      //[^\n]*                                        # comment to the end of the line
    | /\*.*?\*/                                       # comment over several lines
    | R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"    # raw string
    | "(?:[^"\\\n]|\\.)*"                             # string
    | (?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)+'             # character; the ' of 1'000 is none
    """,
    re.VERBOSE | re.DOTALL,
)


def code_only(text: str) -> str:
    """Blank out comments and what stands between quotes, keeping every line where it was."""

    def blank(found: re.Match[str]) -> str:
        whole = found.group()
        if whole.startswith("/"):
            return re.sub(r"[^\n]", " ", whole)
        return whole[0] + re.sub(r"[^\n]", " ", whole[1:-1]) + whole[-1]

    # Include lines hold quoted paths that are code.
    kept = {n: line for n, line in enumerate(text.split("\n")) if re.match(r"\s*#\s*include\b", line)}
    lines = _NOT_CODE.sub(blank, text).split("\n")
    return "\n".join(kept.get(n, line) for n, line in enumerate(lines))


def cpp_files(*folders: Path) -> Iterator[Path]:
    """All C++ files under the folders, in order."""
    for folder in folders:
        yield from sorted(p for p in folder.rglob("*") if p.suffix in CPP_SUFFIXES)


def shown(path: Path) -> str:
    """A path as messages print it."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()

"""Rooms look down only: no `#include` may climb the staircase.

check_layering.py [ROOT]     check include/goldenthread and src under ROOT
check_layering.py --self-test
"""

from __future__ import annotations

import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from source_text import ROOT, code_only, cpp_files

# What each room may include besides itself. A new room is a new line here and in HACKING.md.
MAY_INCLUDE: dict[str, set[str]] = {
    "core": set(),
    "plan": {"core"},
    "definitions": {"core"},
    "data": {"core", "definitions"},
    "engine": {"core", "definitions", "data"},
    "statistics": {"core"},
    "disclosure": {"core"},
    "synthetic": {"core", "definitions", "data"},
    "scorecard": {"core", "plan", "definitions", "data", "engine", "statistics", "disclosure"},
}
# Headers outside every room that a room may use. Not the umbrella, and not fwd.hpp: they know every room.
FREE_HEADERS = {"version.hpp"}

_INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)


@dataclass(frozen=True)
class BadEdge:
    """One include that breaks the rule."""

    file: str
    line: int
    target: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: includes {self.target}: {self.reason}"


def room_of_include(target: str) -> str | None:
    """Room of an included path: `goldenthread/room/x.hpp`, or `room/x.hpp` inside src. None: not ours."""
    parts = target.split("/")
    if parts[0] == "goldenthread":
        return parts[1] if len(parts) > 2 else ""
    return parts[0] if len(parts) > 1 and parts[0] in MAY_INCLUDE else None


def bad_edges(root: Path) -> list[BadEdge]:
    """Every offending include under `root`."""
    found = []
    for base in (root / "include" / "goldenthread", root / "src"):
        for path in cpp_files(base):
            relative = path.relative_to(base).parts
            if len(relative) < 2:
                continue  # the umbrella, fwd.hpp and version.hpp stand outside the rooms
            room, file = relative[0], path.relative_to(root).as_posix()
            if room not in MAY_INCLUDE:
                found.append(BadEdge(file, 1, room, "a room that the table in check_layering.py does not know"))
                continue
            text = code_only(path.read_text(encoding="utf-8"))
            for include in _INCLUDE.finditer(text):
                target = include.group(1)
                reason = judge(room, target)
                if reason:
                    found.append(BadEdge(file, text.count("\n", 0, include.start(1)) + 1, target, reason))
    return found


def judge(room: str, target: str) -> str | None:
    """Why `room` may not include `target`; None if it may."""
    other = room_of_include(target)
    if other is None or other == room:
        return None
    if other == "":
        return None if target.split("/")[1] in FREE_HEADERS else "headers that know every room are for users only"
    if other in MAY_INCLUDE[room]:
        return None
    allowed = ", ".join(r for r in MAY_INCLUDE if r in MAY_INCLUDE[room]) or "no other room"
    return f"room {room} may look at {allowed}, not at {other}"


def self_test() -> None:
    """A planted edge must be found, a harmless one not."""
    planted = {
        "include/goldenthread/core/date.hpp": "// ok\n#include <goldenthread/plan/plan.hpp>\n",
        "include/goldenthread/plan/plan.hpp": "#include <goldenthread/core/date.hpp>\n#include <vector>\n",
        "include/goldenthread/engine/run.hpp": "#include <goldenthread/goldenthread.hpp>\n",
        "include/goldenthread/cellar/old.hpp": "\n",
        "src/data/read.cpp": '// #include "scorecard/comment.hpp"\n#include "engine/compile.hpp"\n#include "data/x.hpp"\n',
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, text in planted.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        found = {(e.file, e.line, e.target) for e in bad_edges(Path(folder))}
    expected = {
        ("include/goldenthread/core/date.hpp", 2, "goldenthread/plan/plan.hpp"),
        ("include/goldenthread/engine/run.hpp", 1, "goldenthread/goldenthread.hpp"),
        ("include/goldenthread/cellar/old.hpp", 1, "cellar"),
        ("src/data/read.cpp", 2, "engine/compile.hpp"),
    }
    if found != expected:
        raise SystemExit(f"self-test: found {sorted(found)}\nexpected {sorted(expected)}")
    for room, below in MAY_INCLUDE.items():
        if any(room in MAY_INCLUDE[other] for other in below):
            raise SystemExit(f"self-test: the table goes in a circle at {room}")


def main(arguments: list[str]) -> int:
    if arguments == ["--self-test"]:
        self_test()
        return 0
    edges = bad_edges(Path(arguments[0]).resolve() if arguments else ROOT)
    for edge in edges:
        print(edge)
    return 1 if edges else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

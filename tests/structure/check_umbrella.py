"""The umbrella header holds every public header but those left out on purpose; fwd.hpp names only what exists.

check_umbrella.py [ROOT]
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from source_text import ROOT

# The two small headers that stand beside the umbrella.
LEFT_OUT = {"goldenthread.hpp", "fwd.hpp"}
# The engine is slow to compile: the umbrella brings what the library has compiled. The few who want it compiled in
# their own translation unit include engine/run.hpp themselves.
OF_ENGINE = {
    f"engine/{name}.hpp"
    for name in (
        "cell",
        "engine",
        "engine_how",
        "evaluate",
        "explain",
        "movement",
        "mutation",
        "request",
        "run_case",
        "run_options",
        "tabulate",
        "what_moved",
    )
}


# Quantiles of distributions cost as much again as the whole umbrella: whoever wants limits includes their headers.
SLOW = re.compile(r"^#include <boost/math/", re.MULTILINE)


def for_the_umbrella(name: str, slow: set[str]) -> bool:
    """Whether the umbrella should bring this header."""
    return name not in LEFT_OUT | slow and (not name.startswith("engine/") or name in OF_ENGINE)


def slow_headers(root: Path) -> set[str]:
    """Public headers that include Boost.Math, themselves or by way of others."""
    base = root / "include" / "goldenthread"
    texts = {name: (base / name).read_text(encoding="utf-8") for name in header_names(root)}
    brings = {
        name: set(re.findall(r"^#include <goldenthread/([^>]+)>", text, re.MULTILINE)) for name, text in texts.items()
    }
    slow = {name for name, text in texts.items() if SLOW.search(text)}
    while more := {name for name, brought in brings.items() if name not in slow and brought & slow}:
        slow |= more
    return slow


def header_names(root: Path) -> set[str]:
    """Public headers, as they are included, without `goldenthread/`."""
    base = root / "include" / "goldenthread"
    return {p.relative_to(base).as_posix() for p in base.rglob("*.hpp")}


def without_definition(root: Path) -> list[str]:
    """Names in fwd.hpp that no public header defines."""
    base = root / "include" / "goldenthread"
    every = "\n".join(p.read_text(encoding="utf-8") for p in sorted(base.rglob("*.hpp")))
    declared = re.findall(r"^(struct|class) (\w+);", (base / "fwd.hpp").read_text(encoding="utf-8"), re.MULTILINE)
    return [name for kind, name in declared if not re.search(rf"^{kind} {name}\b[^;]*{{", every, re.MULTILINE)]


def main(arguments: list[str]) -> int:
    root = Path(arguments[0]).resolve() if arguments else ROOT
    umbrella = (root / "include" / "goldenthread" / "goldenthread.hpp").read_text(encoding="utf-8")
    included = re.findall(r"^#include <goldenthread/([^>]+)>", umbrella, re.MULTILINE)
    slow = slow_headers(root)
    expected = {name for name in header_names(root) if for_the_umbrella(name, slow)}
    wrong = [f"lacks {name} (or say in {Path(__file__).name} why it should)" for name in expected - set(included)]
    wrong += [f"includes {name}, which is left out on purpose or not there" for name in set(included) - expected]
    wrong += [] if included == sorted(included) else ["is not in alphabetical order"]
    for line in sorted(wrong):
        print(f"include/goldenthread/goldenthread.hpp {line}")
    undefined = without_definition(root)
    for name in undefined:
        print(f"include/goldenthread/fwd.hpp names {name}, which no header defines")
    return 1 if wrong or undefined else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Nothing in the repository may name a place on somebody's machine, or the address of a package registry.

check_machine_paths.py [ROOT]
check_machine_paths.py --self-test
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from source_text import ROOT

# Written in pieces, so that this file passes its own test.
_FOLDERS = ("wo" + "rk", "ro" + "ot", "ho" + "me", "Us" + "ers")
_HOSTS = (
    "py" + r"pi\.org",
    "python" + r"hosted\.org",
    "npm" + r"js\.(org|com)",
    "crates" + r"\.io",
    "debian" + r"\.(org|net)",
    "repo1?" + r"\.maven",
    "proxy" + r"\.golang",
)
PLACES = re.compile(rf"(?<![\w.)}}/-])/(?:{'|'.join(_FOLDERS)})/[\w.]|\b[A-Z]:\\\\?{_FOLDERS[3]}\b")
HOSTS = re.compile(rf"(?:{'|'.join(_HOSTS)})|-{{2}}(?:extra-)?index-url|-{{2}}find-links")
SKIPPED_SUFFIXES = {".png", ".ico", ".gz", ".zip", ".parquet", ".xlsx", ".so"}


def project_files(root: Path) -> list[Path]:
    """What git holds or would hold; without git, everything but hidden and generated folders."""
    try:
        names = subprocess.run(
            ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split("\0")
        files = [root / name for name in names if name]
    except (OSError, subprocess.CalledProcessError):
        generated = {"build", ".venv", "demo", "out", ".git", "__pycache__"}
        files = [p for p in root.rglob("*") if not generated & set(p.relative_to(root).parts)]
    return sorted(p for p in files if p.is_file() and p.suffix not in SKIPPED_SUFFIXES)


def problems_in(text: str) -> list[tuple[int, str]]:
    """Line numbers and lines that name a machine or a registry."""
    return [
        (number, line.strip())
        for number, line in enumerate(text.splitlines(), 1)
        if PLACES.search(line) or HOSTS.search(line)
    ]


def self_test() -> None:
    caught = [
        f"see /{_FOLDERS[0]}/main/x",
        f'"/{_FOLDERS[1]}/.cache"',
        "pip -" + "-index-url x",
        "https://" + "py" + "pi.org/x",
    ]
    harmless = ["../shared/samples", f"frame{_FOLDERS[0]}/x", f"https://www.example.uk/{_FOLDERS[2]}/page", "and/or"]
    for line in caught:
        if not problems_in(line):
            raise SystemExit(f"self-test: not caught: {line}")
    for line in harmless:
        if problems_in(line):
            raise SystemExit(f"self-test: wrongly caught: {line}")


def main(arguments: list[str]) -> int:
    if arguments == ["--self-test"]:
        self_test()
        return 0
    root = Path(arguments[0]).resolve() if arguments else ROOT
    failed = False
    for path in project_files(root):
        for number, line in problems_in(path.read_text(encoding="utf-8", errors="replace")):
            failed = True
            print(
                f"{path.relative_to(root).as_posix()}:{number}: a machine's path or a registry's address\n    {line[:160]}"
            )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

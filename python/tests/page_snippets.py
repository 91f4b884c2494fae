"""Fenced blocks of pages that a reader may type, and how each language is run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / os.environ.get("GOLDENTHREAD_BUILD_DIR", "build/python")
LANGUAGES = ("bash", "python", "cpp")

Snippet = tuple[str, int, str]


def snippets(page: str) -> list[Snippet]:
    """Language, line number and text of each fenced block of a page that can be run."""
    text = (ROOT / page).read_text(encoding="utf-8")
    fences = re.finditer(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [(f[1], text.count("\n", 0, f.start()) + 1, f[2]) for f in fences if f[1] in LANGUAGES]


def run(command: list[str], folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=os.environ | settings, capture_output=True, text=True, check=False, timeout=300
    )


def run_bash(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return run(["bash", "-euo", "pipefail", "-c", text], folder, PATH=path)


def run_python(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return run([sys.executable, "-W", "error", "-c", text], folder)


def run_cpp(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    compiler = shutil.which(os.environ.get("CXX", "g++"))
    library = BUILD / "libgoldenthread.a"
    if compiler is None or not library.exists():
        pytest.skip(f"needs a C++ compiler and {library}: make build")
    (folder / "snippet.cpp").write_text(text, encoding="utf-8")
    compiled = run(
        [
            compiler,
            "-std=c++20",
            "-Wall",
            "-Wextra",
            "-Werror",
            f"-I{ROOT / 'include'}",
            "snippet.cpp",
            "-o",
            "snippet",
            str(library),
            "-lpugixml",
        ],
        folder,
    )
    return compiled if compiled.returncode else run(["./snippet"], folder)


RUNNERS = {"bash": run_bash, "python": run_python, "cpp": run_cpp}

"""Every line of README.md that a reader may type: run in the order of the page, in one empty folder."""

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


def snippets() -> list[Snippet]:
    """Language, line number and text of each fenced block that can be run."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    fences = re.finditer(r"^```(\w+)\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    return [(f[1], readme.count("\n", 0, f.start()) + 1, f[2]) for f in fences if f[1] in LANGUAGES]


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


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the reader types."""
    return tmp_path_factory.mktemp("reader")


def test_readme_shows_every_way_in() -> None:
    assert {language for language, _, _ in snippets()} == set(LANGUAGES)


@pytest.mark.parametrize(
    ("language", "line", "text"), [pytest.param(*s, id=f"{s[0]} on line {s[1]}") for s in snippets()]
)
def test_snippet_runs(language: str, line: int, text: str, reader: Path) -> None:
    done = RUNNERS[language](text, reader)
    assert done.returncode == 0, f"README.md line {line}:\n{done.stdout}{done.stderr}"
    assert done.stdout.strip(), f"README.md line {line} prints nothing: what would the reader see?"


def test_every_folder_the_readme_links_to_exists() -> None:
    for page in ("README.md", "HACKING.md", "docs/README.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (ROOT / page).parent.joinpath(target).exists(), f"{page} links to {target}, which is not there"

"""Every line of README.md that a reader may type: run in the order of the page, in one empty folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from page_snippets import LANGUAGES, ROOT, RUNNERS, snippets


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the reader types."""
    return tmp_path_factory.mktemp("reader")


def test_readme_shows_every_way_in() -> None:
    assert {language for language, _, _ in snippets("README.md")} == set(LANGUAGES)


@pytest.mark.parametrize(
    ("language", "line", "text"), [pytest.param(*s, id=f"{s[0]} on line {s[1]}") for s in snippets("README.md")]
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

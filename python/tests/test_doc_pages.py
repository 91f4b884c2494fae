"""What the pages in docs/ tell a reader to type, run with what each page takes for granted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from page_snippets import ROOT, RUNNERS, snippets

PAGES = sorted(p.relative_to(ROOT).as_posix() for p in (ROOT / "docs").glob("*.md"))
PUBLISHED = ROOT.parent / "shared" / "samples" / "published"

# What stands on the reader's machine when a page begins: lines of Python before those of the page.
RETURNS = """
import goldenthread as gt
gt.write_exampleshire("returns", seed=1, children=300)
"""
GRANTED = {
    # The file of what partners were to send is the one that the page shows; so is that of repairs.
    "docs/data.md": f"""{RETURNS}
import pathlib, re
page = pathlib.Path({str(ROOT / "docs" / "data.md")!r}).read_text(encoding="utf-8")
for block in re.findall("```json\\n(.*?)```", page, re.DOTALL):
    name = "partners.json" if "submissions@1" in block else "repairs.json"
    if "mapping@1" not in block:
        pathlib.Path(name).write_text(block, encoding="utf-8")
gt.read_repairs("repairs.json")
""",
    "docs/engine.md": f"""{RETURNS}
extracts = [gt.read_tables("returns/tables")]
""",
    "docs/published.md": f"""{RETURNS}
import os
os.path.exists("published") or os.symlink({str(PUBLISHED)!r}, "published")
results = gt.evaluate(gt.plans.leicester_2018_2020(), gt.read_tables("returns/tables"), ["2017-18"])
""",
    # The file of targets is the one that the page shows.
    "docs/targets.md": f"""{RETURNS}
import pathlib, re
page = pathlib.Path({str(ROOT / "docs" / "targets.md")!r}).read_text(encoding="utf-8")
pathlib.Path("targets.json").write_text(re.search("```json\\n(.*?)```", page, re.DOTALL)[1], encoding="utf-8")
""",
    "docs/statistics.md": """
counts, populations = [3, 0, 12], [400, 250, 380]
values, periods = [20, 22, 19, 24, 21, 23, 18, 22, 20, 25, 21, 19], [f"2019-{month:02}-01" for month in range(1, 13)]
""",
}


@pytest.mark.parametrize("contents", ["docs/README.md", "docs/index.md"])
def test_every_page_is_listed(contents: str) -> None:
    listed = set(
        re.findall(r"^([a-z_]+)$|\]\(([a-z_]+)\.md\)", (ROOT / contents).read_text(encoding="utf-8"), re.MULTILINE)
    )
    lists = {"docs/README.md", "docs/index.md"}
    assert {Path(page).stem for page in PAGES if page not in lists} <= {name for pair in listed for name in pair}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the reader types."""
    return tmp_path_factory.mktemp("reader")


@pytest.mark.parametrize(
    ("page", "language", "line", "text"),
    [pytest.param(page, *s, id=f"{page}: {s[0]} on line {s[1]}") for page in PAGES for s in snippets(page)],
)
def test_snippet_of_a_page_runs(page: str, language: str, line: int, text: str, reader: Path) -> None:
    if page == "docs/published.md" and not PUBLISHED.is_dir():
        pytest.skip("no published figures beside the project")
    folder = reader / Path(page).stem
    folder.mkdir(exist_ok=True)
    granted = GRANTED.get(page, "")
    if language == "bash" and granted and not (folder / "returns").exists():
        ready = RUNNERS["python"](granted, folder)
        assert ready.returncode == 0, ready.stderr
    done = RUNNERS[language](f"{granted}\n{text}" if language == "python" else text, folder)
    assert done.returncode == 0, f"{page} line {line}:\n{done.stdout}{done.stderr}"

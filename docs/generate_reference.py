"""Write the pages of the language by running its specification: words, spellings, tables as computed.

    python docs/generate_reference.py OUTPUT [SPECIFICATION]

Reads tests/specification/*.json, evaluates each example on both engines and writes Markdown. A value that differs from
the specification is an error: pages never say what the engines do not compute.
"""

from __future__ import annotations

import datetime
import json
import sys
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import goldenthread as gt
from goldenthread import _core

SPECIFICATION = Path(__file__).resolve().parent.parent / "tests" / "specification"


class WrongPageError(Exception):
    """The engines do not compute what the specification says."""


@dataclass
class Section:
    """One file of the specification."""

    title: str
    pages: list[dict[str, Any]] = field(default_factory=list)


def read_sections(folder: Path = SPECIFICATION) -> list[Section]:
    """Read every file of the specification."""
    sections = []
    for file in sorted(folder.glob("*.json")):
        document = json.loads(file.read_text(encoding="utf-8"))
        sections.append(Section(document["title"], document["pages"]))
    return sections


def dataset_of(example: dict[str, Any]) -> _core.Dataset:
    """Give the rows of an example as a dataset."""
    return _core.dataset_of_rows({name: (t["columns"], t["rows"]) for name, t in example["tables"].items()})


def python_expression(example: dict[str, Any]) -> gt.Expression:
    """Build the Python spelling, which must be the same tree as the text."""
    names = {name: gt.table(name) for name in example["tables"]}
    scope = {"gt": gt, "Decimal": Decimal, "date": datetime.date, **names}
    built: gt.Expression = eval(example["python"], {"__builtins__": {}}, scope)
    if not built.same_as(gt.expression(example["expression"])):
        raise WrongPageError(f"{example['python']} is not {example['expression']}")
    return built


def computed(example: dict[str, Any]) -> gt.Tabulated:
    """Evaluate on both engines; they must agree with each other and with the specification."""
    by_engine = [
        gt.tabulate(
            python_expression(example),
            example["of"],
            dataset_of(example),
            example["periods"],
            parameters=example.get("parameters"),
            conventions=example.get("conventions"),
            force_reference=reference,
        )
        for reference in (False, True)
    ]
    for found in by_engine:
        if found.values != example["expect"]:
            raise WrongPageError(f"{example['expression']} gives {found.values}, not {example['expect']}")
    return by_engine[0]


def cell(value: object) -> str:
    """Give a cell of a Markdown table."""
    if value is None:
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text.replace("|", "\\|")


def table(header: list[str], rows: list[list[object]]) -> list[str]:
    """Give a Markdown table."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return lines + ["| " + " | ".join(cell(each) for each in row) + " |" for row in rows]


def worked_rows(example: dict[str, Any], found: gt.Tabulated) -> list[str]:
    """Give the rows asked about with what the expression says of each, and the other tables."""
    own = example["tables"][example["of"]]
    periods = example["periods"]
    heads = ["value"] if len(periods) == 1 else [f"value, {period}" for period in periods]
    rows = [[*row, *(f"**{v}**" for v in values)] for row, values in zip(own["rows"], found.values, strict=True)]
    lines = [f"Rows of `{example['of']}`, and the value of the expression for each ({', '.join(periods)}):", ""]
    lines += [*table([f"`{c}`" for c in own["columns"]] + heads, rows), ""]
    for name, content in example["tables"].items():
        if name != example["of"]:
            lines += [f"Rows of `{name}`:", "", *table([f"`{c}`" for c in content["columns"]], content["rows"]), ""]
    return lines


def spellings(example: dict[str, Any]) -> list[str]:
    """Give the three spellings."""
    lines = []
    for language, name in (("text", "expression"), ("python", "python"), ("cpp", "cpp")):
        lines += [f"```{language}", example[name], "```", ""]
    return lines


def engine_note(found: gt.Tabulated, parts: list[str]) -> str:
    """Say which engine follows the expression through time, and why."""
    if found.path == "interval":
        return "Evaluated once for all periods, as steps (interval engine)."
    reasons = [reason for name, _, reason in _core.row_forms() if reason and f"rows: {name}" in parts]
    return f"Evaluated period by period (reference engine): {'; '.join(reasons)}."


def example_lines(example: dict[str, Any]) -> list[str]:
    """Give one example."""
    found = computed(example)
    lines = [f"## {example['title']}", "", *spellings(example)]
    lines += [f"In English: *{found.english}*.", ""]
    settings = {**example.get("conventions", {}), **example.get("parameters", {})}
    if settings:
        lines += ["With " + ", ".join(f"`{name}`: {value}" for name, value in settings.items()) + ".", ""]
    lines += worked_rows(example, found)
    return [*lines, engine_note(found, _core.ExpressionTree.parse(example["expression"]).parts()), ""]


def page_lines(page: dict[str, Any]) -> list[str]:
    """Give one page."""
    types = _core.language_types()
    lines = [f"# {page['title']}", "", page["words"], ""]
    rules: list[list[object]] = [[f"`{part.split(': ')[-1]}`", types[part]] for part in page["covers"] if part in types]
    if rules:
        lines += [*table(["", "takes → gives"], rules), ""]
    for example in page["examples"]:
        lines += example_lines(example)
    return [*lines, "Worked out by running the specification; see [the grammar](../expressions.md).", ""]


def missing_parts(sections: list[Section]) -> list[str]:
    """List parts of the language whose page does not cover them."""
    covered = {(part, page["id"]) for s in sections for page in s.pages for part in page["covers"]}
    return [f"{part}: no page {page}" for part, page in _core.language_parts() if (part, page) not in covered]


def write(output: Path, folder: Path = SPECIFICATION) -> list[Path]:
    """Write all pages and their index; give the files."""
    sections = read_sections(folder)
    missing = missing_parts(sections)
    if missing:
        raise WrongPageError("; ".join(missing))
    target = output / "operators"
    target.mkdir(parents=True, exist_ok=True)
    written = []
    index = ["# Operators", "", "Each page is made by running the specification tests of the language.", ""]
    for section in sections:
        index += [f"## {section.title}", ""]
        for page in section.pages:
            file = target / f"{page['id']}.md"
            file.write_text("\n".join(page_lines(page)), encoding="utf-8")
            written.append(file)
            index.append(f"- [{page['title']}]({page['id']}.md)")
        index.append("")
    hidden = ["```{toctree}", ":hidden:", "", *(file.stem for file in written), "```", ""]
    (target / "index.md").write_text("\n".join(index + hidden), encoding="utf-8")
    return [*written, target / "index.md"]


def main(arguments: list[str]) -> int:
    """Write the pages to a folder."""
    if not 1 <= len(arguments) <= 2:
        print(__doc__)
        return 2
    try:
        written = write(Path(arguments[0]), *map(Path, arguments[1:]))
    except (WrongPageError, gt.Error) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"{len(written)} pages in {arguments[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

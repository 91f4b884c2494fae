"""Write the pages of the canonical tables, their codes by census year, and the quality rules, from the schema and the rules.

python docs/generate_tables.py OUTPUT
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from goldenthread import _core, quality


def cell(value: object) -> str:
    """Give a cell of a Markdown table."""
    return "" if value is None else str(value).replace("|", "\\|")


def table(header: list[str], rows: list[list[object]]) -> list[str]:
    """Give a Markdown table."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return [*lines, *("| " + " | ".join(cell(each) for each in row) + " |" for row in rows), ""]


def column_row(column: dict[str, Any]) -> list[object]:
    """Give a row for a column: name, type with its codes, key and not null, meaning."""
    kind = f"{column['type']} `{column['codes']}`" if column["codes"] else column["type"]
    marks = (
        "key" if column["key"] else "",
        "must be there" if column["not_null"] else "",
        "derived" if column["derived"] else "",
    )
    return [f"`{column['name']}`", kind, ", ".join(filter(None, marks)), column["title"]]


def table_lines(entry: dict[str, Any]) -> list[str]:
    """Give the section of a table."""
    lines = [f"## {entry['name']}", "", f"{entry['title']}.", ""]
    lines += table(["column", "type", "", "meaning"], [column_row(column) for column in entry["columns"]])
    links = [f"`{', '.join(r['columns'])}` → `{r['table']}`" for r in entry["references"]]
    return [*lines, *([f"References: {'; '.join(links)}.", ""] if links else [])]


def years(code: dict[str, Any]) -> str:
    """Say in which census years a code is valid; nothing where it always is."""
    first, last = code["first_year"], code["last_year"]
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"to {last}" if last else ""


def code_lines(entry: dict[str, Any]) -> list[str]:
    """Give the section of a code set."""
    lines = [f"## {entry['name']}", "", f"{entry['title']}.", ""]
    rows: list[list[object]] = [[f"`{c['code']}`", c["title"], years(c)] for c in entry["codes"]]
    lines += table(["code", "meaning", "census years"], rows)
    groups: list[list[object]] = [[f"`{g['name']}`", g["title"], " ".join(g["codes"])] for g in entry["groups"]]
    return [*lines, *(table(["group", "meaning", "codes"], groups) if groups else [])]


def rule_lines() -> list[str]:
    """Give the page of the quality rules."""
    rows: list[list[object]] = [
        [f"`{r.id}`", r.severity, r.table, r.words, r.dfe, f"`{r.where}`" if r.where else "kept by the readers"]
        for r in quality.rules().values()
    ]
    return ["# Quality rules", "", *table(["rule", "severity", "table", "what is wrong", "DfE", "broken where"], rows)]


def pages() -> dict[str, list[str]]:
    """Give the lines of each page by its name."""
    tables = [line for entry in _core.schema_tables() for line in table_lines(entry)]
    codes = [line for entry in _core.schema_code_sets() for line in code_lines(entry)]
    return {
        "tables": ["# Canonical tables", "", *tables],
        "codes": ["# Code sets", "", *codes],
        "quality_rules": rule_lines(),
    }


def write(output: Path) -> list[Path]:
    """Write all pages; give the files."""
    output.mkdir(parents=True, exist_ok=True)
    written = []
    for name, lines in pages().items():
        written.append(output / f"{name}.md")
        written[-1].write_text("\n".join(lines), encoding="utf-8")
    return written


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(f"{len(write(Path(sys.argv[1])))} pages in {sys.argv[1]}")

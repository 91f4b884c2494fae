"""Write the page of Exampleshire's distributions, and apart from them the published totals they were fitted to.

python docs/generate_exampleshire.py OUTPUT
"""

from __future__ import annotations

import sys
from pathlib import Path

from generate_tables import table
from goldenthread import exampleshire


def main() -> None:
    """Write exampleshire_figures.md."""
    compared = exampleshire.compare_with_published()
    lines = ["# Exampleshire's figures", ""]
    lines += ["## Synthetic: Exampleshire (synthetic), 20,000 children, seed 1", ""]
    lines += ["Invented. Over the whole years of the extract but the first.", ""]
    lines += table(
        ["figure", "Exampleshire (synthetic)", "numerator", "denominator"],
        [[each.title, each.synthetic, each.numerator, each.denominator] for each in compared],
    )
    lines += ["## Published: England", ""]
    lines += [
        "Real. Contains public sector information licensed under the Open Government Licence v3.0: Department for "
        "Education, Children in need (explore-education-statistics); population: Office for National Statistics.",
        "",
    ]
    lines += table(
        ["figure", "England", "year ending 31 March", "source"],
        [[each.title, each.published, each.published_year, each.published_source] for each in compared],
    )
    Path(sys.argv[1], "exampleshire_figures.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

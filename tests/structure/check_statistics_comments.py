"""Every public function of the room `statistics` says its source, its edges and what it refuses, in its own comment.

check_statistics_comments.py [ROOT]
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from source_text import ROOT

DETAIL = re.compile(
    r"^namespace (?:goldenthread::)?detail \{.*?^\}  // namespace (?:goldenthread::)?detail$", re.M | re.S
)
FUNCTION = re.compile(
    r"(?P<comment>(?:^///.*\n)*)^(?:template.*\n)?\[\[nodiscard\]\] (?:inline|constexpr) [^\n(]*?(?P<name>\w+)\((?P<rest>[^;]*?)\{",
    re.M,
)
# A year of a paper, Boost's own quantiles, or another function of the room whose source it shares.
SOURCE = re.compile(r"\b(?:1[89]|20)\d\d\b|Boost\.Math|`\w+`|Arithmetic of days alone|sources? ", re.I)
# Words of an enumeration, and lists of rules whose sources stand beside each rule set.
NO_FORMULA = {"to_text", "rule_sets", "making_data_count", "limits_only", "find_rule_set"}
# The quantile functions of one header share the source that the first of them names.
QUANTILES = {"chi_squared_quantile", "t_quantile", "beta_quantile"}


def lacking(text: str) -> list[tuple[str, str]]:
    """Give functions of a header and what their comments lack."""
    found = []
    for function in FUNCTION.finditer(DETAIL.sub("", text)):
        name, comment, rest = function["name"], function["comment"], function["rest"]
        if name in NO_FORMULA:
            continue
        if len(comment) < 100:
            found.append((name, "a comment with formula, unit and edges"))
        if name not in QUANTILES and not SOURCE.search(comment):
            found.append((name, "a source"))
        refuses = "\\throws" in comment or "noexcept" in rest or re.search(r"Arithmetic of days|errors as", comment)
        if not refuses:
            found.append((name, "what is refused (\\throws), or noexcept"))
    return found


def main(arguments: list[str]) -> int:
    """Check the room; first that a planted function without a source is caught."""
    planted = "/// The answer.\n[[nodiscard]] inline double answer(double x) {\n"
    if len(lacking(planted)) != 3 or lacking("namespace detail {\n" + planted + "}\n}  // namespace detail\n"):
        raise SystemExit("self-test: a planted function was not judged rightly")
    root = Path(arguments[0]) if arguments else ROOT
    problems = [
        f"{header.relative_to(root)}: {name} lacks {what}"
        for header in sorted((root / "include" / "goldenthread" / "statistics").glob("*.hpp"))
        for name, what in lacking(header.read_text(encoding="utf-8"))
    ]
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

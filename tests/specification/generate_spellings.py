"""Write the C++ spellings of the specification's examples as a source file, so that a compiler reads them.

generate_spellings.py OUTPUT FILE…
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

HEAD = """// Generated from tests/specification/*.json by generate_spellings.py.
#include "specification.hpp"

#include <goldenthread/definitions/build_measure.hpp>

namespace specification {

namespace gt = goldenthread;

std::map<std::string, gt::expression> built_in_cpp() {
    std::map<std::string, gt::expression> built;"""


def quoted(text: str) -> str:
    """A C++ string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def lines_of(page: dict[str, Any], example: dict[str, Any]) -> list[str]:
    """One block: the columns of the table asked about, and the expression."""
    table, key = example["of"], quoted(f"{page['id']}: {example['title']}")
    return [
        "    {",
        f"        [[maybe_unused]] const auto {table} = gt::columns_of({quoted(table)});",
        f"        built.emplace({key}, {example['cpp']});",
        "    }",
    ]


def main(arguments: list[str]) -> int:
    output, files = Path(arguments[0]), [Path(each) for each in arguments[1:]]
    lines = [HEAD]
    for file in sorted(files):
        for page in json.loads(file.read_text(encoding="utf-8"))["pages"]:
            for example in page["examples"]:
                lines += lines_of(page, example)
    lines += ["    return built;", "}", "", "}  // namespace specification", ""]
    output.write_text("\n".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

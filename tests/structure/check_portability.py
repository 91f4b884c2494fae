"""Words that include/ and src/ must not contain: what other compilers lack, and what an embedded library must not do.

check_portability.py [ROOT]
check_portability.py --self-test
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from source_text import ROOT, code_only, cpp_files

PORTABILITY = {
    r"\bstd::(ranges::)?views\b": "emscripten's libc++ has no views",
    r"#\s*include\s*<ranges>": "emscripten's libc++ has no ranges",
    r"\bstd::ranges::(?!(begin|end|size|data|empty|range|range_value_t|sized_range)\b)\w+": "no ranges algorithms there",
    r"\bjthread\b|#\s*include\s*<stop_token>": "libc++ has no jthread",
    r"\bstd::pmr\b|\bmemory_resource\b": "not everywhere",
    r"#\s*include\s*<(format|expected|print|generator|stacktrace)>|\bstd::format\b": "g++ 12 lacks it",
    r"\b__int128\b": "an extension",
    r"\bstd::from_chars\s*\([^;]*\b(double|float)\b": "floating from_chars is missing in libc++",
    r"\b__(attribute__|builtin_\w+|extension__|typeof__)\b|\btypeof\s*\(": "a GNU extension",
    r"#\s*include\s*<bits/": "belongs to libstdc++ alone",
    r"#\s*include\s*<(unistd\.h|sys/\w+\.h|windows\.h)>": "one operating system's header",
    r"\bcase\b[^:;{}\n]*\.\.\.[^:;{}\n]*:": "case ranges are a GNU extension",
    r"\?\s*:": "?: without a middle is a GNU extension",
}
EMBEDDABILITY = {
    r"\bstd::(cout|cerr|clog|cin|wcout|wcerr)\b|#\s*include\s*<iostream>": "a library does not talk to the terminal",
    r"(?<![\w.>])(std::)?(printf|fprintf|puts|putchar|fputs|perror|vprintf|vfprintf)\s*\(": "a library does not print",
    r"(?<![\w.>])(std::)?(abort|_Exit|quick_exit|terminate)\s*\(": "a library does not end its host",
    r"(?<![\w.>:])(std::)?exit\s*\(": "a library does not end its host",
    r"\bstd::locale\b|#\s*include\s*<c?locale(\.h)?>|\bsetlocale\b": "results must not depend on the locale",
    r"\bstd::(stod|stof|stold|strtod|strtof|strtold|atof)\b|(?<![\w.>:])(strtod|strtof|atof)\s*\(": "reads by the locale",
    r"\bstd::(isalpha|isdigit|isspace|isupper|islower|isalnum|tolower|toupper)\b": "answers by the locale: see core/text.hpp",
    r"\b(system_clock|steady_clock|high_resolution_clock|day_clock|second_clock|microsec_clock)\b": "no clock: dates are given",
    r"(?<![\w.>:])(std::)?time\s*\(\s*(0|NULL|nullptr|&)": "no clock: dates are given",
    r"\b(std::)?(getenv|random_device|rand|srand)\s*\(|\brandom_device\b": "the same input gives the same output",
}
# Of headers only: JSON stays inside, and JSON types are named in json_fwd.hpp alone.
HEADERS_ONLY = {
    r"#\s*include\s*[<\"]nlohmann/json\.hpp|\bnlohmann\b": "JSON types never appear in public headers",
    r"#\s*include\s*[<\"]pugixml": "XML types never appear in public headers",
    r"#\s*include\s*<boost/date_time/posix_time": "slow to compile, and nothing here has a time of day",
    r"\busing\s+namespace\b": "a header must not open a namespace for its users",
}
# A line that must break a rule says why: `// portable: <reason>`.
ALLOWED_BY = re.compile(r"//.*\bportable: \w+")


@dataclass(frozen=True)
class Finding:
    """One forbidden word."""

    file: str
    line: int
    code: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}\n    {self.code}"


def findings_in(text: str, file: str, header: bool) -> list[Finding]:
    """Forbidden words in one file."""
    rules = PORTABILITY | EMBEDDABILITY | (HEADERS_ONLY if header else {})
    original, code = text.split("\n"), code_only(text)
    found = []
    for pattern, reason in rules.items():
        for match in re.finditer(pattern, code):
            line = code.count("\n", 0, match.start()) + 1
            if not ALLOWED_BY.search(original[line - 1]):
                found.append(Finding(file, line, original[line - 1].strip(), reason))
    return found


def findings_under(root: Path) -> list[Finding]:
    """Forbidden words in all public headers and sources."""
    found = []
    for base, header in ((root / "include", True), (root / "src", False)):
        for path in cpp_files(base):
            public = header and path.name != "json_fwd.hpp"
            found += findings_in(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix(), public)
            if path.suffix == ".hpp" and "#pragma once" not in path.read_text(encoding="utf-8"):
                found.append(Finding(path.relative_to(root).as_posix(), 1, "", "a header without #pragma once"))
    return found


def self_test() -> None:
    """Every rule must catch its example, and harmless code must pass."""
    caught = [
        "auto v = x | std::views::take(2);",
        "std::ranges::sort(v);",
        "std::jthread t;",
        "std::pmr::vector<int> v;",
        "__int128 wide = 0;",
        "double d; std::from_chars(a, b, (double&)d);",
        "int x __attribute__((unused));",
        "case 1 ... 3: break;",
        "int y = a ?: b;",
        'std::cout << "x";',
        'printf("x");',
        'std::fprintf(stderr, "x");',
        "std::abort();",
        "exit(1);",
        'std::locale l("de_DE");',
        "double d = std::stod(s);",
        "if (std::isdigit(c)) return;",
        "auto now = std::chrono::system_clock::now();",
        "auto t = std::time(nullptr);",
        "auto t = time(NULL);",
        "std::random_device seed;",
        "#include <nlohmann/json.hpp>",
        "using namespace std;",
    ]
    for code in caught:
        if not findings_in(code + "\n", "planted.hpp", header=True):
            raise SystemExit(f"self-test: not caught: {code}")
    harmless = [
        "// std::cout is not for us, nor printf(",
        'throw error("abort() and std::ranges::sort are only words here");',
        "const auto n = 1'000'000; const char c = '?'; auto x = a ? b : c;",
        "results.print(); plan.exit(x); std::snprintf(b, 3, f);",
        "std::from_chars(first, last, whole_number);",
        "const auto time = first.time(0);",
    ]
    for code in harmless:
        if found := findings_in(code + "\n", "harmless.hpp", header=True):
            raise SystemExit(f"self-test: wrongly caught: {code}: {found[0].reason}")


def main(arguments: list[str]) -> int:
    if arguments == ["--self-test"]:
        self_test()
        return 0
    found = findings_under(Path(arguments[0]).resolve() if arguments else ROOT)
    for finding in found:
        print(finding)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

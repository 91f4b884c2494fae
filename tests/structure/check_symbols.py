"""What the library asks of its host's C and C++ libraries: no printing, no ending of the host, no clock, no locale.

check_symbols.py NM ARCHIVE
"""

from __future__ import annotations

import re
import subprocess
import sys

# As `nm --demangle` prints undefined symbols. snprintf and strtod stay allowed (the JSON library names them and mends
# what the locale does), so does the assertion handler of builds with assertions, and std::terminate, which the compiler
# names for noexcept. What our own sources write is held by check_portability.py.
FORBIDDEN = {
    r"(v?f?printf|puts|putchar|fputs|fputc|perror|__(v?f?printf)_chk)": "prints",
    r"std::(w?(cout|cerr|clog|cin)|ios_base::Init::Init\(\))": "uses the standard streams",
    r"(abort|exit|_exit|_Exit|quick_exit)": "ends its host",
    r"(time|clock|gettimeofday|clock_gettime|localtime(_r)?|gmtime(_r)?)": "reads a clock",
    r"std::chrono::_V2::(system|steady)_clock::now\(\)": "reads a clock",
    r"(setlocale|std::locale::global\(.*\)|std::locale::locale\(char const\*\))": "uses a named locale",
    r"(getenv|setenv|putenv|rand|srand|random)": "depends on its surroundings",
}
# A header of Boost.Math (tools/roots.hpp) includes <iostream> and uses nothing of it: these objects, which need its
# quantiles, may hold the initialiser of the streams, and nothing else of them.
STREAMS_INITIALISER = "std::ios_base::Init::Init()"
OF_BOOST_MATH = {"benchmarks.cpp.o", "judge_groups.cpp.o", "judge_series.cpp.o", "judge_values.cpp.o", "sense.cpp.o"}
# Writable data that belong to us would be global state; constant tables and the guards of constants may stand.
OWN_DATA = re.compile(r"^(?!guard variable|vtable|typeinfo|construction vtable)goldenthread::")


def symbols(nm: str, archive: str) -> list[tuple[str, str, str]]:
    """Object, kind letter and demangled name of every symbol."""
    listing = subprocess.run(
        [nm, "--demangle", "--format=posix", archive], check=True, capture_output=True, text=True
    ).stdout
    # "archive[object]:" before its symbols, each "name kind [value size]"; the name may hold spaces.
    pattern = re.compile(
        r"^(?:.*\[(?P<object>[^\]]+)\]:|(?P<name>.+?) (?P<kind>[A-Za-z])(?: [0-9a-f]*)*\s*)$", re.MULTILINE
    )
    found, member = [], ""
    for m in pattern.finditer(listing):
        member = m["object"] or member
        if m["name"]:
            found.append((member, m["kind"], m["name"]))
    return found


def complaints(found: list[tuple[str, str, str]]) -> list[str]:
    """What breaks a rule."""
    wrong = []
    for member, kind, name in found:
        if kind == "U":
            plain = re.sub(r"@.*$", "", name)
            if plain == STREAMS_INITIALISER and member in OF_BOOST_MATH:
                continue
            wrong += [f"{plain}: {why}" for pattern, why in FORBIDDEN.items() if re.fullmatch(pattern, plain)]
        elif kind in "BDCs" and OWN_DATA.match(name):
            wrong.append(f"{name}: global state that anybody may change")
    return sorted(set(wrong))


def self_test() -> None:
    some = "some.cpp.o"
    planted = [
        (some, "U", "printf@GLIBC_2.2.5"),
        (some, "U", "std::cout"),
        (some, "U", STREAMS_INITIALISER),
        (some, "U", "time"),
        (some, "B", "goldenthread::last_plan"),
    ]
    harmless = [
        (some, "U", "snprintf"),
        (some, "U", "memcpy"),
        *((member, "U", STREAMS_INITIALISER) for member in OF_BOOST_MATH),
        (some, "R", "goldenthread::names"),
        (some, "T", "goldenthread::time()"),
    ]
    if len(complaints(planted)) != len(planted) or complaints(harmless):
        raise SystemExit(f"self-test: {complaints(planted)} {complaints(harmless)}")


def main(arguments: list[str]) -> int:
    self_test()
    wrong = complaints(symbols(*arguments))
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

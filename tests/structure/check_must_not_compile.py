"""A misuse that the type system promises to refuse must be refused, for the reason it should.

    check_must_not_compile.py FILE COMPILER [OPTION…]

FILE holds a line `// expect-error: <regular expression>`. Between `#ifndef CONTROL` and `#endif` stands the misuse:
compiled with CONTROL defined the file must be accepted, without it refused with a message that fits.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path


def compile_file(command: list[str], file: Path) -> tuple[bool, str]:
    """Whether the compiler takes the file, and what it says."""
    done = subprocess.run([*command, "-fsyntax-only", str(file)], capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stderr


def verdict(file: Path, command: list[str]) -> str | None:
    """What is wrong; None if all is well."""
    text = file.read_text(encoding="utf-8")
    expected = re.search(r"^// expect-error: (.+)$", text, re.MULTILINE)
    if not expected or "#ifndef CONTROL" not in text:
        return "needs a line `// expect-error: …` and a part within `#ifndef CONTROL`"
    accepted, said = compile_file([*command, "-DCONTROL"], file)
    if not accepted:
        return f"does not compile even without the misuse:\n{said}"
    accepted, said = compile_file(command, file)
    if accepted:
        return "compiles, and must not"
    if not re.search(expected.group(1), said):
        return f"is refused, but no message fits /{expected.group(1)}/:\n{said}"
    return None


def main(arguments: list[str]) -> int:
    file, command = Path(arguments[0]), arguments[1:]
    wrong = verdict(file, command)
    if wrong:
        print(f"{file.name} {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

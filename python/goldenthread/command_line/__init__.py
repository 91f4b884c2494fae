"""The command `goldenthread`."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line; an error is one readable paragraph on standard error."""
    try:
        from goldenthread.command_line.application import run
    except ModuleNotFoundError as missing:
        if missing.name not in ("typer", "rich"):
            raise
        sys.exit(f"The command line needs {missing.name}: pip install 'goldenthread[cli]'")
    sys.exit(run(sys.argv[1:]))

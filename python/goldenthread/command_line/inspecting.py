"""The command `inspect`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from goldenthread import plans
from goldenthread.command_line import inputs
from goldenthread.inspection import as_dict
from goldenthread.inspection import inspect as inspect_files

output = Console(highlight=False, soft_wrap=True)


def inspect(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders with everything below them.")],
    plan: inputs.PlanName = "leicester_2018_2020",
    as_at: Annotated[
        str | None, typer.Option("--as-at", help="Ask about the quarter of this day; else the latest day covered.")
    ] = None,
    indicators: inputs.Indicators = None,
    mapping: inputs.Mappings = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON instead of in words.")] = False,
) -> None:
    """Say what files are, how many rows they hold, which lines of evidence they feed and what would feed more."""
    chosen = plans.named(plan)
    known = inputs.chosen_indicators(indicators)
    found = inspect_files(paths, plan=chosen, indicators=known, as_at=as_at, mappings=mapping or ())
    if as_json:
        typer.echo(json.dumps(as_dict(found), indent=2, ensure_ascii=False))
        return
    for number, (heading, lines) in enumerate(found.sections()):
        if number:
            output.print()
        output.print(heading, style="bold", markup=False)
        for line in lines:
            output.print(f"  {line}", markup=False)

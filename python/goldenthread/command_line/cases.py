"""The command `test`: definitions test themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from goldenthread import DataError, _core
from goldenthread.command_line import inputs
from goldenthread.documents import utf8_text

output = Console(highlight=False, soft_wrap=True)


def _outside(folder: Path, known: _core.IndicatorSet, reference: bool) -> list[dict[str, Any]]:
    files = sorted(folder.glob("*.json")) if folder.is_dir() else [folder]
    if not files or not files[0].exists():
        raise DataError(f"{folder}: no case files (*.json) are there")
    outcomes: list[dict[str, Any]] = []
    for file in files:
        outcomes += _core.run_case_file(known, utf8_text(file), str(file), reference)
    return outcomes


def test(
    cases: Annotated[
        list[Path] | None,
        typer.Option("--cases", help="A folder of case files, or one file, beside the definitions' own cases."),
    ] = None,
    indicators: inputs.Indicators = None,
    reference: Annotated[bool, typer.Option("--reference", help="Compute on the reference engine.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Name every case.")] = False,
) -> None:
    """Run the cases that definitions carry; exit status 1 if any fails."""
    known = inputs.chosen_indicators(indicators)
    outcomes = list(_core.run_own_cases(known, reference))
    for folder in cases or []:
        outcomes += _outside(folder, known, reference)
    failed = [o for o in outcomes if o["differences"]]
    skipped = [o for o in outcomes if not o["known"]]
    for outcome in outcomes:
        if outcome["differences"]:
            output.print(f"FAILED {outcome['indicator']}: {outcome['title']}\n  {outcome['place']}", markup=False)
            for difference in outcome["differences"]:
                output.print(f"    {difference}", markup=False)
        elif verbose:
            word = "passed" if outcome["known"] else "skipped (no such indicator)"
            output.print(f"{word} {outcome['indicator']}: {outcome['title']}", markup=False)
    if skipped and not verbose:
        names = sorted({str(o["indicator"]) for o in skipped})
        output.print(f"Skipped, no such indicator yet: {', '.join(names)}", markup=False)
    passed = len(outcomes) - len(failed) - len(skipped)
    output.print(f"{passed} passed, {len(failed)} failed, {len(skipped)} skipped", markup=False)
    if failed:
        raise typer.Exit(1)

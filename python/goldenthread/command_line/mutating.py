"""The command `mutate`: are the cases enough?"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from goldenthread import IndicatorSet, MutatedDefinition, Mutation, Plan, plans
from goldenthread._core import write_file_atomically
from goldenthread.command_line import inputs
from goldenthread.mutation import Mutant, cache_file
from goldenthread.mutation import mutate as mutate_definitions

output = Console(highlight=False, soft_wrap=True)


def mutate(
    definitions: Annotated[
        list[str] | None,
        typer.Argument(help="Indicators by id, or shared filters by name; all of them unless given."),
    ] = None,
    cases: Annotated[
        list[Path] | None,
        typer.Option("--cases", help="A folder of case files, or one file, beside the definitions' own cases."),
    ] = None,
    indicators: inputs.Indicators = None,
    plan: Annotated[
        str | None,
        typer.Option(
            "--plan", help="The figures of this plan, under its conventions: a shipped plan, a file or folder."
        ),
    ] = None,
    write_cases: Annotated[
        Path | None,
        typer.Option("--write-cases", help="Write the cases that would tell the survivors into this folder."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print every mutant as JSON instead.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Name every mutant and what became of it.")] = False,
    datasets: Annotated[
        int, typer.Option("--datasets", min=0, help="How many small datasets are tried to tell a survivor.")
    ] = 3000,
    cache: Annotated[
        Path | None, typer.Option("--cache", help="Keep results in this file instead of the user's cache folder.")
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Neither use nor keep earlier results.")] = False,
) -> None:
    """Ask whether the cases of definitions are enough.

    Small mistakes are made in each definition (a day more, < for <=, a clause left out, another code): each such
    mutant must make one of its cases fail. A mutant that no case tells is printed with the smallest dataset found that
    would, ready to be pasted as a case. If no data can tell it, it means the same: list it under equivalent_mutants in
    the definitions' file, with the reason. Exit status 1 when a mutant survives unexplained.
    """
    known = inputs.chosen_indicators(indicators)
    if plan is not None:
        chosen = plans.named(plan)
        definitions = definitions or _figures_of(chosen, known)
        known = known.under(chosen)
    kept_in = None if no_cache else cache or cache_file()
    with Progress(console=inputs.messages, transient=True) as bar:
        task = bar.add_task("mutating", total=None)
        found = mutate_definitions(
            definitions,
            indicators=known,
            cases=cases or [],
            datasets=datasets,
            cache=kept_in,
            progress=lambda done, total, name: bar.update(task, completed=done, total=total, description=name),
        )
    if as_json:
        typer.echo(found.to_json(), nl=False)
    else:
        for each in found.definitions:
            _print(each, verbose)
        output.print(str(found), markup=False)
    if write_cases is not None:
        _write_cases(found, write_cases)
    if found.survivors:
        raise typer.Exit(1)


def _figures_of(plan: Plan, known: IndicatorSet) -> list[str]:
    named = [i for p in plan.priorities for line in p.evidence_lines for i in line.indicators]
    return [i for i in dict.fromkeys(named) if i in known]


def _print(found: MutatedDefinition, verbose: bool) -> None:
    survivors = found.survivors
    parts = [f"{found.count('killed')} of {len(found.mutants)} mutants killed by {found.cases} cases"]
    if found.count("equivalent"):
        parts.append(f"{found.count('equivalent')} equivalent")
    if survivors:
        parts.append(f"{len(survivors)} survive" + ("s" if len(survivors) == 1 else ""))
    users = f" (shared filter; cases of {', '.join(found.used_by)})" if found.used_by and (survivors or verbose) else ""
    output.print(f"{found.definition}: {', '.join(parts)}{users}", markup=False, style="bold" if survivors else None)
    for mutant in found.mutants:
        if mutant.fate == "survives":
            _print_survivor(mutant)
        elif verbose:
            why = mutant.reason if mutant.fate == "equivalent" else f"{mutant.killed_by} ({mutant.difference})"
            output.print(f"  {mutant.fate} {mutant.id}\n    {why}", markup=False)


def _print_survivor(mutant: Mutant) -> None:
    output.print(f"  SURVIVES {mutant.words}", markup=False)
    output.print(f"    id: {mutant.id}", markup=False)
    if mutant.told_with:
        output.print(f"    told by the case of: {mutant.told_with}", markup=False)
    elif mutant.case:
        output.print(f"    a case of {mutant.case_indicator} that tells:", markup=False)
        output.print(_indented(mutant.case, 8), markup=False)
    elif mutant.datasets_tried:
        output.print(
            f"    none of {mutant.datasets_tried:,} small datasets tells it: perhaps equivalent. If so, list it under "
            "equivalent_mutants with the reason.",
            markup=False,
        )


def _indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line for line in text.splitlines())


def _write_cases(found: Mutation, folder: Path) -> None:
    """Write a case file for each indicator: `goldenthread test --cases FOLDER` runs them."""
    texts: dict[str, list[str]] = {}
    for mutant in found.survivors:
        if mutant.case:
            texts.setdefault(mutant.case_indicator, []).append(mutant.case)
    folder.mkdir(parents=True, exist_ok=True)
    for indicator, cases in texts.items():
        name = re.sub(r"[^a-z0-9_.]", "_", indicator)
        body = ",\n".join(_indented(case, 4) for case in cases)
        write_file_atomically(
            folder / f"{name}.json", f'{{\n  "indicator": {json.dumps(indicator)},\n  "cases": [\n{body}\n  ]\n}}\n'
        )
        inputs.messages.print(f"Wrote {folder / f'{name}.json'}", markup=False)

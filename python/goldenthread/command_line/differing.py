"""The command `diff`: what changed in definitions, and what it does to the figures."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

import goldenthread
from goldenthread import ChangedFigure, DefinitionError, Difference, IndicatorSet
from goldenthread.command_line import inputs, treatment
from goldenthread.documents import utf8_text

output = Console(highlight=False, soft_wrap=True)


def _definitions(given: str) -> tuple[IndicatorSet, list[str]]:
    """Give the definitions that an argument means, beside the shipped ones, and the ids it is about."""
    shipped = goldenthread.shipped_indicators()
    file, _, wanted = given.partition("#")
    if not Path(file).exists():
        if "." in file and not file.endswith(".json"):
            return shipped, [shipped[file].id]
        raise DefinitionError(f"{file}: there is no such file of definitions, and no such indicator")
    own = goldenthread.read_indicators(utf8_text(Path(file)), file)
    return shipped.replaced_by(own), [own[wanted].id] if wanted else list(own.ids)


def diff(
    old: Annotated[
        str, typer.Argument(help="A file of definitions, one of its indicators (FILE#id), or a shipped indicator's id.")
    ],
    new: Annotated[str, typer.Argument(help="The same for the definitions after the change.")],
    data: inputs.Data = None,
    tables: inputs.Tables = None,
    cin_census: inputs.CinCensus = None,
    ssda903: inputs.Ssda903 = None,
    as_at: inputs.AsAt = None,
    first: inputs.From = None,
    last: inputs.To = None,
    every: inputs.Every = "year",
    period: inputs.PeriodNames = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON instead.")] = False,
    key_file: treatment.KeyFile = None,
    key_environment: treatment.KeyEnvironment = None,
    birth_months: treatment.BirthMonths = False,
) -> None:
    """Say in words what changed from one version of definitions to another, and given data what it does to the figures.

    Where the content hash is the same, the meaning is. Shared filters that a file does not define are the shipped ones.
    """
    before, ids_before = _definitions(old)
    after, ids_after = _definitions(new)
    one_each = len(ids_before) == len(ids_after) == 1
    pairs = [(ids_before[0], ids_after[0])] if one_each else [(i, i) for i in ids_before if i in ids_after]
    wants_figures = any((data, tables, cin_census, ssda903))
    # What the user wrote first: a slip there should not wait for large files to be read.
    periods = inputs.chosen_periods(as_at, first, last, every, period) if wants_figures else []
    found = [goldenthread.diff(before, after, a, b) for a, b in pairs]
    gone = [] if one_each else [i for i in ids_before if i not in ids_after]
    come = [] if one_each else [i for i in ids_after if i not in ids_before]
    figures: dict[str, list[ChangedFigure]] = {}
    if wants_figures:
        treated = treatment.Treatment(key_file, key_environment, birth_months)
        read = inputs.read_data(tables, cin_census, ssda903, data, treated=treated)
        inputs.say_findings(read)
        for each in found:
            if not each.same_meaning:
                figures[each.after] = goldenthread.figures_of_both(
                    before, after, each.before, read, periods, each.after
                )
    if as_json:
        typer.echo(json.dumps(_document(found, gone, come, figures), ensure_ascii=False, indent=2, default=str))
        return
    for each in found:
        if each.changes or len(found) == 1:
            output.print(each.text, markup=False)
            if each.after in figures:
                _print_figures(figures[each.after])
    for identifier in gone:
        output.print(f"{identifier}: is no more", markup=False)
    for identifier in come:
        output.print(f"{identifier}: is new", markup=False)
    output.print(_count(found, gone, come), markup=False)


def _count(found: list[Difference], gone: list[str], come: list[str]) -> str:
    changed = sum(not each.same_meaning for each in found)
    words = sum(each.same_meaning and bool(each.changes) for each in found)
    same = sum(not each.changes for each in found)
    return (
        f"{changed} changed in meaning, {words} in words only, {same} not at all, {len(come)} new, {len(gone)} no more"
    )


def _document(
    found: list[Difference], gone: list[str], come: list[str], figures: dict[str, list[ChangedFigure]]
) -> dict[str, Any]:
    return {
        "differences": [asdict(each) for each in found],
        "no_more": gone,
        "new": come,
        "figures": {
            indicator: [
                {"period": f.period, "before": f.before, "after": f.after, "what_moved": f.movement.text} for f in each
            ]
            for indicator, each in figures.items()
        },
    }


def _shown(cell: dict[str, Any]) -> str:
    if cell["value"] is None:
        return str(cell["state"]).replace("_", " ")
    counts = "" if cell["denominator"] is None else f" ({cell['numerator']} of {cell['denominator']})"
    return f"{cell['shown']}{counts}"


def _print_figures(figures: list[ChangedFigure]) -> None:
    table = Table()
    for name in ("period", "before", "after", "units that moved"):
        table.add_column(name)
    for each in figures:
        moved = sum(part.units for part in each.movement.parts) if each.movement.comparable else None
        words = each.movement.reason if moved is None else str(moved)
        table.add_row(each.period, _shown(each.before), _shown(each.after), words)
    output.print(table)

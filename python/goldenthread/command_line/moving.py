"""The command `moved`."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

import goldenthread
from goldenthread import DefinitionError, Period
from goldenthread.command_line import inputs, treatment
from goldenthread.command_line.explaining import indicators_of, key_of

output = Console(highlight=False)


def moved(
    figure: Annotated[
        str, typer.Argument(help="An evidence line (P6.E2) or an indicator (neglect.cp_plan_over_12_months).")
    ],
    before: Annotated[str, typer.Option("--from", help="The period before: '2018-19 Q3', 2018-19, 2018-12-31.")],
    after: Annotated[
        str | None, typer.Option("--to", help="The period after; the same one for late data or another definition.")
    ] = None,
    plan: inputs.PlanName = "leicester_2018_2020",
    data: inputs.Data = None,
    tables: inputs.Tables = None,
    cin_census: inputs.CinCensus = None,
    ssda903: inputs.Ssda903 = None,
    later_tables: Annotated[
        list[Path] | None, typer.Option("--later-tables", help="Tables of a later extract: what came late is told.")
    ] = None,
    cell: Annotated[list[str] | None, typer.Option("--cell", help="One cell of a breakdown: sex=F.")] = None,
    parameter: inputs.Parameters = None,
    later_parameter: Annotated[
        list[str] | None, typer.Option("--later-parameter", help="A parameter of the figure after, if another.")
    ] = None,
    indicators: inputs.Indicators = None,
    keys: Annotated[
        bool, typer.Option("--keys", help="List what moved by its keys. PERSONAL DATA: only where they are held.")
    ] = False,
    key_file: treatment.KeyFile = None,
    key_environment: treatment.KeyEnvironment = None,
    birth_months: treatment.BirthMonths = False,
) -> None:
    """Say what moved a figure, in parts that sum exactly to the change. Counts only, unless --keys."""
    known = inputs.chosen_indicators(indicators)
    first = Period(before)
    last = first if after is None else Period(after)
    given = inputs.chosen_parameters(parameter)
    later = {**given, **inputs.chosen_parameters(later_parameter)}
    if first == last and not later_tables and later == given:
        raise DefinitionError("nothing differs: give --to, --later-tables or --later-parameter")
    treated = treatment.Treatment(key_file, key_environment, birth_months)
    early = inputs.read_data(tables, cin_census, ssda903, data, treated=treated)
    late = inputs.read_data(later_tables, None, None, treated=treated) if later_tables else early
    for indicator in indicators_of(figure, plan, known):
        now = goldenthread.evaluate(indicator, early, first, parameters=given or None, indicators=known)
        then = goldenthread.evaluate(indicator, late, last, parameters=later or None, indicators=known)
        _print(goldenthread.what_moved(now, then, indicator, first, last, units=keys, **key_of(cell)), keys)


def _number(value: int | Fraction | None) -> str:
    if value is None:
        return "–"
    return f"{value:+}" if isinstance(value, int) else f"{float(value):+g}"


def _print(found: goldenthread.Movement, keys: bool) -> None:
    output.print(found.text, markup=False)
    if not found.comparable:
        output.print()
        return
    table = Table()
    for name in ("part", "units", "numerator", "denominator", "value"):
        table.add_column(name, justify="left" if name == "part" else "right")
    for part in found.parts:
        if part.units or part.numerator or part.denominator:
            table.add_row(
                part.part, f"{part.units:,}", _number(part.numerator), _number(part.denominator), _number(part.value)
            )
    if table.row_count:
        output.print(table)
    if found.reason:
        output.print(f"The value is not split: {found.reason}.", markup=False)
    if keys and found.units:
        _print_units(found)
    output.print()


def _print_units(found: goldenthread.Movement) -> None:
    names = list(found.units[0]["key"])
    table = Table(title=f"PERSONAL DATA: {len(found.units):,} units")
    for name in ("part", *names, "before", "after"):
        table.add_column(name, overflow="fold")
    for unit in found.units:
        table.add_row(unit["part"], *(unit["key"].get(name) or "" for name in names), unit["before"], unit["after"])
    output.print(table)

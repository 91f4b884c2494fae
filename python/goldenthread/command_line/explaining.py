"""The command `explain`."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

import goldenthread
from goldenthread import DefinitionError, plans
from goldenthread.command_line import inputs, treatment
from goldenthread.results import is_supplied

output = Console(highlight=False)


def indicators_of(name: str, plan: str, known: goldenthread.IndicatorSet) -> list[str]:
    """Give the indicators of an evidence line (P6.E2), or the one indicator named."""
    if name in known:
        return [name]
    for priority in plans.named(plan).priorities:
        for line in priority.evidence_lines:
            if name in (line.id, f"{priority.slug}.{line.slug}"):
                if not line.indicators:
                    raise DefinitionError(f"{line.id} is held as records of assurance: it has no figure to explain")
                return [i for i in line.indicators if i in known] or _no_definition(line.id)
    known[name]  # raises with the nearest known id
    return []


def _no_definition(line: str) -> list[str]:
    raise DefinitionError(f"{line} has no definition yet")


def key_of(categories: list[str] | None) -> dict[str, str | None]:
    """Give the categories of one cell, written as dimension=category."""
    key: dict[str, str | None] = {}
    for text in categories or []:
        name, sign, value = text.partition("=")
        if not sign:
            raise DefinitionError(f"--cell: '{text}' is not dimension=category, such as sex=F")
        key[name] = value or None
    return key


def explain(
    figure: Annotated[
        str, typer.Argument(help="An evidence line (P6.E2) or an indicator (neglect.cp_plan_over_12_months).")
    ],
    plan: inputs.PlanName = "leicester_2018_2020",
    data: inputs.Data = None,
    tables: inputs.Tables = None,
    cin_census: inputs.CinCensus = None,
    ssda903: inputs.Ssda903 = None,
    as_at: inputs.AsAt = None,
    period: inputs.PeriodNames = None,
    cell: Annotated[list[str] | None, typer.Option("--cell", help="One cell of a breakdown: sex=F.")] = None,
    parameter: inputs.Parameters = None,
    indicators: inputs.Indicators = None,
    rows: Annotated[int, typer.Option("--rows", min=0, help="Show at most this many rows.")] = 50,
    how: Annotated[
        bool,
        typer.Option("--how", help="Tell instead how it is computed: paths, what is kept, what is shared. No data."),
    ] = False,
    key_file: treatment.KeyFile = None,
    key_environment: treatment.KeyEnvironment = None,
    birth_months: treatment.BirthMonths = False,
    repair: treatment.Repairs = None,
    repair_log: treatment.RepairLog = None,
) -> None:
    """Show the rows behind a figure, with reasons. Personal data: only on the machine that holds it."""
    known = inputs.chosen_indicators(indicators)
    ids = indicators_of(figure, plan, known)
    if how:
        # Which periods are meant makes no difference to the way.
        engine = goldenthread.Engine(
            ids, "2019-20", "default", inputs.chosen_parameters(parameter) or None, indicators=known
        )
        output.print(str(engine.explain_how()), end="", markup=False, soft_wrap=True)
        return
    periods = inputs.chosen_periods(as_at, None, None, "", period)
    treated = treatment.Treatment(key_file, key_environment, birth_months, tuple(repair or ()), repair_log)
    read = inputs.read_data(tables, cin_census, ssda903, data, treated=treated)
    results = goldenthread.evaluate(
        ids, read, periods, parameters=inputs.chosen_parameters(parameter) or None, indicators=known
    )
    for indicator in ids:
        about = results.about(indicator)
        for each in periods:
            if supplied := _supplied(results, indicator, each, key_of(cell)):
                output.print(f"[bold]{about['title']}[/] ({indicator}), {each.label}")
                output.print(f"There are no rows: {supplied}\n", markup=False)
                continue
            found = results.explain(indicator, each, **key_of(cell)) if not _lacking(about) else []
            _print(about, each, found, rows)


def _supplied(
    results: goldenthread.Results, indicator: str, period: goldenthread.Period, key: dict[str, str | None]
) -> str:
    """Say who supplied a figure instead of rows; nothing for one computed from rows."""
    for cell in results.cells(indicator):
        if cell["period"] == period.label and cell["key"] == key and is_supplied(cell):
            return str(cell["reason"])
    return ""


def _lacking(about: dict[str, object]) -> bool:
    missing = about["tables_missing"]
    return isinstance(missing, list) and any(name != "population" for name in missing)


def _print(about: dict[str, object], period: goldenthread.Period, found: list[dict[str, object]], most: int) -> None:
    output.print(f"[bold]{about['title']}[/] ({about['indicator']}), {period.label}")
    output.print(str(about["meaning"]), markup=False)
    if _lacking(about):
        output.print(f"Missing: not supplied: {', '.join(about['tables_missing'])}\n", markup=False)  # type: ignore[arg-type]
        return
    counts: dict[str, int] = {}
    for row in found:
        counts[str(row["role"])] = counts.get(str(row["role"]), 0) + 1
    output.print(", ".join(f"{number:,} {role}" for role, number in counts.items()) or "no rows", markup=False)
    if not found or most == 0:
        output.print()
        return
    names = [name for name in found[0] if name not in ("table", "source_file", "source_row")]
    table = Table(title=f"PERSONAL DATA: {min(most, len(found)):,} of {len(found):,} rows of {found[0]['table']}")
    for name in names:
        table.add_column(name, overflow="fold")
    for row in found[:most]:
        table.add_row(*("" if row[name] is None else str(row[name]) for name in names))
    output.print(table)

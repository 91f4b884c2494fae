"""Options that several commands share: where the data are and which periods are meant."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

import goldenthread
from goldenthread import Dataset, DefinitionError, IndicatorSet, Period
from goldenthread.command_line.treatment import Treatment
from goldenthread.documents import utf8_text

PlanName = Annotated[str, typer.Option("--plan", help="A shipped plan by its id, or a plan file or folder.")]
Tables = Annotated[
    list[Path] | None, typer.Option("--tables", help="Folder of canonical tables as CSV; may be repeated.")
]
CinCensus = Annotated[
    list[Path] | None, typer.Option("--cin-census", help="Children in need census return (XML); one for each year.")
]
Ssda903 = Annotated[
    list[Path] | None, typer.Option("--ssda903", help="Folder of SSDA903 files (CSV); one for each year.")
]
Data = Annotated[
    list[Path] | None,
    typer.Option("--data", help="A file or folder of any known kind (see goldenthread inspect); may be repeated."),
]
Mappings = Annotated[
    list[Path] | None,
    typer.Option("--mapping", help="A file that says what a partner's columns mean; may be repeated."),
]
AsAt = Annotated[
    str | None, typer.Option("--as-at", help="Stocks on this day, flows for the financial year to it: 2020-03-31.")
]
From = Annotated[str | None, typer.Option("--from", help="First day of a run of periods.")]
To = Annotated[str | None, typer.Option("--to", help="Last day of a run of periods.")]
Every = Annotated[
    str,
    typer.Option("--every", help="With --from and --to: month, quarter or year (financial); several joined by commas."),
]
PeriodNames = Annotated[
    list[str] | None,
    typer.Option("--period", help="A period: 2019-20, '2019-20 Q4', 2020-03 or 2020-03-31; may be repeated."),
]
Breakdowns = Annotated[
    list[str] | None,
    typer.Option(
        "--breakdown", help="sex, age_band, …; 'default' = each indicator's own; sex,age_band = cross-tabulation."
    ),
]
Parameters = Annotated[
    list[str] | None, typer.Option("--parameter", help="name=value for all, or indicator.id:name=value for one.")
]
Indicators = Annotated[
    list[Path] | None, typer.Option("--indicators", help="A file of indicators of your own beside the shipped ones.")
]
Targets = Annotated[
    Path | None, typer.Option("--targets", help="A file of targets: released figures are judged by those in force.")
]
Threads = Annotated[
    int, typer.Option("--threads", min=1, help="Count on so many threads; the figures are the same. Ctrl-C stops.")
]

messages = Console(stderr=True, highlight=False, soft_wrap=True)


def read_data(
    tables: list[Path] | None,
    cin_census: list[Path] | None,
    ssda903: list[Path] | None,
    data: list[Path] | None = None,
    mappings: list[Path] | None = None,
    *,
    treated: Treatment | None = None,
    as_at: str | None = None,
) -> Dataset:
    """Read and merge all the files named; years stack by the declared rule. Then repair and hide what was asked for."""
    if treated is not None:
        treated.look_up()  # a slip there should not wait for large files to be read
    parts = [goldenthread.read(data, mappings=mappings or ())] if data else []
    parts += [goldenthread.read_tables(folder) for folder in tables or []]
    parts += [goldenthread.read_cin_census(file) for file in cin_census or []]
    parts += [goldenthread.read_ssda903(folder) for folder in ssda903 or []]
    if not parts:
        raise DefinitionError("no data was named: give --data, --tables, --cin-census or --ssda903")
    merged = parts[0]
    for part in parts[1:]:
        merged = goldenthread.merge_datasets(merged, part)
    if treated is None:
        return merged
    result, log = treated.of(merged, as_at)
    if treated.repairs:
        messages.print(f"{_amount(len(log), 'value')} repaired as declared", markup=False)
    return result


def _day(text: str, option: str) -> str:
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise DefinitionError(f"{option}: '{text}' is not a date such as 2020-03-31") from None


def chosen_periods(
    as_at: str | None, first: str | None, last: str | None, every: str, named: list[str] | None
) -> list[Period]:
    """Give the periods that the options mean."""
    periods = [Period(text) for text in named or []]
    if as_at is not None:
        periods.append(goldenthread.financial_year_to(_day(as_at, "--as-at")))
    if (first is None) != (last is None):
        raise DefinitionError("--from and --to go together")
    if first is not None and last is not None:
        periods += _runs(_day(first, "--from"), _day(last, "--to"), every)
    if not periods:
        raise DefinitionError("no period was named: give --as-at, --from and --to, or --period")
    return periods


def _runs(first: str, last: str, every: str) -> list[Period]:
    if last < first:
        raise DefinitionError(f"--to {last} lies before --from {first}")
    makers = {
        "month": goldenthread.months_between,
        "quarter": goldenthread.quarters_between,
        "year": goldenthread.financial_years_between,
    }
    periods: list[Period] = []
    for kind in every.split(","):
        if kind not in makers:
            raise DefinitionError(f"--every: '{kind}' is not month, quarter or year")
        periods += makers[kind](first, last)
    if not periods:
        raise DefinitionError(f"no whole {every} lies between {first} and {last}")
    return periods


def chosen_breakdowns(named: list[str] | None) -> str | list[list[str]] | None:
    """Give the breakdowns that the options mean."""
    if not named:
        return None
    if named == ["default"]:
        return "default"
    return [text.split(",") for text in named]


def chosen_parameters(given: list[str] | None) -> dict[str, Any]:
    """Read name=value, and indicator.id:name=value."""
    parameters: dict[str, Any] = {}
    for text in given or []:
        name, sign, value = text.partition("=")
        if not sign or not name:
            raise DefinitionError(f"--parameter: '{text}' is not name=value")
        indicator, colon, inner = name.partition(":")
        if colon:
            parameters.setdefault(indicator, {})[inner] = value
        else:
            parameters[name] = value
    return parameters


def chosen_indicators(files: list[Path] | None) -> IndicatorSet:
    """Give the shipped indicators with those of the files."""
    known = goldenthread.shipped_indicators()
    for file in files or []:
        known = known.with_file(utf8_text(file), str(file))
    return known


def _amount(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def say_findings(data: Dataset) -> None:
    """Say on standard error what was read and how much is wrong with it."""
    for file in data.files:
        aside = f", {file.rows_set_aside:,} set aside" if file.rows_set_aside else ""
        messages.print(f"Read {file.name}: {file.kind}, {_amount(file.rows_read, 'row')}{aside}", markup=False)
        for note in file.notes:
            messages.print(f"  {note}", markup=False)
    total = sum(count for count in data.findings["count"].to_list() if isinstance(count, int))
    if total:
        messages.print(f"{_amount(total, 'finding')} about the data: counted by rule in the report")

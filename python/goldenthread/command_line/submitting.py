"""The command `submissions`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from goldenthread.command_line import inputs, treatment
from goldenthread.submissions import SubmissionReport, check_submissions, read_expected
from goldenthread.submissions.writing import HEADINGS, MATCH_HEADINGS, match_row_of, row_of, write

output = Console(highlight=False)


def _table(title: str, headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    table = Table(title=title)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _print(report: SubmissionReport) -> None:
    # Of what came in full a count is enough.
    rows = [row_of(each) for each in report.submissions if each.state != "complete"]
    output.print(_table(f"Not in full, as at {report.as_at}", HEADINGS, rows))
    output.print(f"{len(report.of_state('complete'))} of {len(report.submissions)} came in full and in time")
    output.print(_table("Partners' person identifiers", MATCH_HEADINGS, [match_row_of(e) for e in report.match_rates]))
    for note in report.notes:
        output.print(note, markup=False)


def submissions(
    expected: Annotated[Path, typer.Argument(help="The file that says who was to supply what by when (JSON).")],
    data: inputs.Data = None,
    tables: inputs.Tables = None,
    cin_census: inputs.CinCensus = None,
    ssda903: inputs.Ssda903 = None,
    mapping: inputs.Mappings = None,
    as_at: Annotated[
        str | None, typer.Option("--as-at", help="The day on which to look; else the latest covered.")
    ] = None,
    indicators: inputs.Indicators = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for submissions.csv, match_rates.csv and submissions.html.")
    ] = None,
    key_file: treatment.KeyFile = None,
    key_environment: treatment.KeyEnvironment = None,
    birth_months: treatment.BirthMonths = False,
) -> None:
    """Say what partners were to send, what came for which periods and parts, and how many of their people are known."""
    wanted = read_expected(expected, indicators=inputs.chosen_indicators(indicators))
    treated = treatment.Treatment(key_file, key_environment, birth_months)
    read = inputs.read_data(tables, cin_census, ssda903, data, mapping, treated=treated)
    report = check_submissions(wanted, read, as_at=as_at)
    _print(report)
    if out is not None:
        for path in write(report, out, read.area or ""):
            inputs.messages.print(f"Wrote {path}", markup=False)

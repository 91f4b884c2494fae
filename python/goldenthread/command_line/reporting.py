"""The commands `evaluate` and `report`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

import goldenthread
from goldenthread import Dataset, Release, plans
from goldenthread._core import check_targets, write_file_atomically
from goldenthread.command_line import approving, inputs, publishing, treatment

Out = Annotated[Path | None, typer.Option("--out", help="Folder for what is written; made if need be.")]
Findings = Annotated[
    Path | None,
    typer.Option(
        "--findings", help="Write every finding with row and value to this CSV: personal data, keep it local."
    ),
]

output = Console(highlight=False)


def _shown(figure: dict[str, Any], cell: dict[str, Any] | None) -> tuple[str, str]:
    """Give a figure's latest value and how it came about, from the release: hidden numbers stay hidden."""
    if cell is None:
        return "evidence not yet available", ""
    if cell["value"] is None:
        return str(cell["state"]).replace("_", " "), str(cell["reason"] or "")
    unit = {"percent": " %", "rate": f" per {figure['multiplier']:,}", "days": " days"}.get(figure["unit"], "")
    ratio = "" if cell["denominator"] is None else f"{cell['numerator']} of {cell['denominator']}"
    unknown = f"{cell['unknown']} unknown" if cell["unknown"] not in (None, 0, "0") else ""
    return f"{cell['value']}{unit}", ", ".join(part for part in (ratio, unknown) if part)


def _judged(cell: dict[str, Any] | None) -> str:
    """Give what is said of a figure against its targets; nothing where none is in force."""
    told = [] if cell is None else [each["sentence"] for each in cell["targets"] if each["state"] != "no_target"]
    return "; ".join(told)


def _headlines(document: dict[str, Any]) -> Table:
    """Lay out the latest period's totals, one row for each figure of the plan."""
    figures = {figure["indicator"]: figure for figure in document["figures"]}
    table = Table(title=f"{document['title']['plan']['title']}: {document['title']['area'] or 'area not said'}")
    has_targets = any(_judged(cell) for figure in document["figures"] for cell in figure["cells"])
    for heading in ("line", "figure", "period", "value", "of which", *(("target",) if has_targets else ())):
        table.add_column(heading, no_wrap=heading in ("line", "period"))
    for priority in document["plan"]["priorities"]:
        for line in priority["evidence_lines"]:
            for indicator in line["indicators"]:
                figure = figures.get(indicator)
                totals = [cell for cell in figure["cells"] if not cell["key"]] if figure else []
                last = totals[-1] if totals else None
                value, detail = _shown(figure or {}, last)
                label = document["periods"][last["period"]]["label"] if last else ""
                judged = (_judged(last),) if has_targets else ()
                table.add_row(line["id"], figure["title"] if figure else indicator, label, value, detail, *judged)
    return table


def _write_findings(data: Dataset, path: Path) -> None:
    """Write every finding with its row: the one file that may hold personal data, and says so."""
    import csv
    import io

    rows = data.findings_rows()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["PERSONAL DATA: keep on this machine", *rows.column_names])
    for row in zip(*(column.to_list() for column in rows.columns), strict=True):
        writer.writerow(["", *("" if value is None else value for value in row)])
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file_atomically(path, text.getvalue())


def _write(release: Release, folder: Path, html: bool) -> list[Path]:
    """Make every text first, then write each file whole: a failure leaves the previous report as it was."""
    document = release.to_json()
    texts = {
        "results.json": document,
        "results.csv": release.to_csv(),
        "assurance.csv": release.to_assurance_csv(),
    }
    if json.loads(document)["published"] is not None:
        texts["published.csv"] = release.to_published_csv()
    if html:
        from goldenthread.report import render_report

        texts["report.html"] = render_report(json.loads(document))
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in texts.items():
        write_file_atomically(folder / name, text)
        written.append(folder / name)
    return written


def _run(
    plan: str,
    data: list[Path] | None,
    tables: list[Path] | None,
    cin_census: list[Path] | None,
    ssda903: list[Path] | None,
    periods: list[goldenthread.Period],
    breakdowns: str | list[list[str]] | None,
    parameters: list[str] | None,
    indicators: list[Path] | None,
    findings: Path | None,
    published: Path | None,
    area: str | None,
    approvals: Path | None,
    approvals_on: str | None,
    targets: Path | None,
    threads: int,
    treated: treatment.Treatment,
) -> Release:
    # What the user wrote first: a slip there should not wait for large files to be read.
    chosen_plan = plans.named(plan)
    known = inputs.chosen_indicators(indicators)
    chosen = inputs.chosen_parameters(parameters)
    approved = None if approvals is None else goldenthread.read_approvals(approvals)
    aimed_at = [] if targets is None else goldenthread.read_targets(targets)
    check_targets(aimed_at, known)
    beside = publishing.published_beside(published, area, chosen_plan, periods)
    read = inputs.read_data(tables, cin_census, ssda903, data, treated=treated)
    inputs.say_findings(read)
    if findings is not None:
        _write_findings(read, findings)
    results = goldenthread.evaluate(
        chosen_plan,
        read,
        periods,
        breakdowns,
        chosen or None,
        indicators=known,
        approvals=approved,
        approvals_judged_on=approvals_on,
        targets=aimed_at,
        threads=threads,
    )
    return results.protect(published=beside)


def evaluate(
    plan: inputs.PlanName = "leicester_2018_2020",
    data: inputs.Data = None,
    tables: inputs.Tables = None,
    cin_census: inputs.CinCensus = None,
    ssda903: inputs.Ssda903 = None,
    as_at: inputs.AsAt = None,
    first: inputs.From = None,
    last: inputs.To = None,
    every: inputs.Every = "quarter,year",
    period: inputs.PeriodNames = None,
    breakdown: inputs.Breakdowns = None,
    parameter: inputs.Parameters = None,
    indicators: inputs.Indicators = None,
    findings: Findings = None,
    published: publishing.Published = None,
    area: publishing.Area = None,
    approvals: approving.Approvals = None,
    approvals_on: approving.JudgedOn = None,
    targets: inputs.Targets = None,
    threads: inputs.Threads = 1,
    key_file: treatment.KeyFile = None,
    key_environment: treatment.KeyEnvironment = None,
    birth_months: treatment.BirthMonths = False,
    repair: treatment.Repairs = None,
    repair_log: treatment.RepairLog = None,
    out: Out = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the whole release as JSON instead of a table.")
    ] = False,
) -> None:
    """Compute the plan's figures; print the latest, and write results.csv and results.json with --out."""
    periods = inputs.chosen_periods(as_at, first, last, every, period)
    release = _run(
        plan,
        data,
        tables,
        cin_census,
        ssda903,
        periods,
        inputs.chosen_breakdowns(breakdown),
        parameter,
        indicators,
        findings,
        published,
        area,
        approvals,
        approvals_on,
        targets,
        threads,
        treatment.Treatment(key_file, key_environment, birth_months, tuple(repair or ()), repair_log),
    )
    if as_json:
        typer.echo(release.to_json(), nl=False)
    else:
        output.print(_headlines(json.loads(release.to_json())))
    if out is not None:
        for path in _write(release, out, html=False):
            inputs.messages.print(f"Wrote {path}", markup=False)


def report(
    out: Annotated[
        Path, typer.Option("--out", help="Folder for report.html, results.csv, results.json and assurance.csv.")
    ],
    plan: inputs.PlanName = "leicester_2018_2020",
    data: inputs.Data = None,
    tables: inputs.Tables = None,
    cin_census: inputs.CinCensus = None,
    ssda903: inputs.Ssda903 = None,
    as_at: inputs.AsAt = None,
    first: inputs.From = None,
    last: inputs.To = None,
    every: inputs.Every = "quarter,year",
    period: inputs.PeriodNames = None,
    breakdown: inputs.Breakdowns = None,
    parameter: inputs.Parameters = None,
    indicators: inputs.Indicators = None,
    findings: Findings = None,
    published: publishing.Published = None,
    area: publishing.Area = None,
    approvals: approving.Approvals = None,
    approvals_on: approving.JudgedOn = None,
    targets: inputs.Targets = None,
    threads: inputs.Threads = 1,
    key_file: treatment.KeyFile = None,
    key_environment: treatment.KeyEnvironment = None,
    birth_months: treatment.BirthMonths = False,
    repair: treatment.Repairs = None,
    repair_log: treatment.RepairLog = None,
) -> None:
    """Write the board report: one self-contained page, and the figures as CSV and JSON."""
    periods = inputs.chosen_periods(as_at, first, last, every, period)
    chosen = inputs.chosen_breakdowns(breakdown) or "default"
    release = _run(
        plan,
        data,
        tables,
        cin_census,
        ssda903,
        periods,
        chosen,
        parameter,
        indicators,
        findings,
        published,
        area,
        approvals,
        approvals_on,
        targets,
        threads,
        treatment.Treatment(key_file, key_environment, birth_months, tuple(repair or ()), repair_log),
    )
    paths = _write(release, out, html=True)
    output.print(_headlines(json.loads(release.to_json())))
    for path in paths:
        output.print(f"Wrote {path}", markup=False)

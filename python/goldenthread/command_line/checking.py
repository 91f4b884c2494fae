"""The command `check`."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from goldenthread import plans, quality
from goldenthread._core import write_file_atomically
from goldenthread.command_line import inputs, treatment
from goldenthread.quality import QualityReport, SetAside
from goldenthread.quality.writing import touched, write

output = Console(highlight=False)


def _csv(headings: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue()


def _local_findings(report: QualityReport) -> str:
    found = report.data.findings_rows()
    names = ("rule", "table", "column", "file", "row", "key", "value")
    rows: list[tuple[object, ...]] = list(zip(*(found[name] for name in names), strict=True))
    rows += [(*row, None) for row in quality.local_rows(report)]
    return _csv(names, rows)


def _log(rows: list[SetAside]) -> str:
    return _csv(("rule", "table", "file", "row", "key"), [(r.rule, r.table, r.file, r.row, r.key) for r in rows])


def _print(report: QualityReport) -> None:
    table = Table(title=f"Rules that are broken{f', as at {report.as_at}' if report.as_at else ''}")
    for heading in ("rows", "severity", "table", "what is wrong", "rule"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "rows" else "left")
    for each in report.broken:
        name = each.rule.id + (f" (DfE {each.rule.dfe})" if each.rule.dfe else "")
        table.add_row(f"{each.count:,}", each.rule.severity, each.table, each.rule.words, name)
    output.print(table)
    for each in report.broken:
        if each.impacts:
            output.print(f"{each.table}, {each.rule.id} touches {touched(each)}", markup=False)
    if report.not_checked:
        output.print(f"{len(report.not_checked)} rules could not be checked: their tables were not supplied")


def check(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders with everything below them.")],
    plan: inputs.PlanName = "leicester_2018_2020",
    as_at: Annotated[str | None, typer.Option("--as-at", help="The day asked about; else the latest covered.")] = None,
    mapping: inputs.Mappings = None,
    impact: Annotated[
        bool, typer.Option("--impact", help="Say which figures change without the rows, and how.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for findings.csv, findings.html and findings.xlsx.")
    ] = None,
    findings: Annotated[
        Path | None, typer.Option("--findings", help="Write every row with its key to this CSV: personal data.")
    ] = None,
    set_aside: Annotated[
        list[str] | None, typer.Option("--set-aside", help="Leave out the rows that break this rule; may be repeated.")
    ] = None,
    log: Annotated[
        Path | None, typer.Option("--log", help="Write the rows set aside to this CSV: personal data.")
    ] = None,
    key_file: treatment.KeyFile = None,
    key_environment: treatment.KeyEnvironment = None,
    birth_months: treatment.BirthMonths = False,
    repair: treatment.Repairs = None,
    repair_log: treatment.RepairLog = None,
) -> None:
    """Say what is wrong with the data, counted by rule; keys go only to the files asked for."""
    chosen = plans.named(plan)
    treated = treatment.Treatment(key_file, key_environment, birth_months, tuple(repair or ()), repair_log)
    data = inputs.read_data(None, None, None, paths, mapping, treated=treated, as_at=as_at)
    if set_aside:
        data, rows = quality.set_aside(data, set_aside, as_at=as_at)
        inputs.messages.print(f"{len(rows):,} rows set aside", markup=False)
        if log is not None:
            write_file_atomically(log, _log(rows))
    report = quality.check(data, as_at=as_at, plan=chosen, impact=impact)
    _print(report)
    if findings is not None:
        write_file_atomically(findings, _local_findings(report))
        inputs.messages.print(f"Wrote {findings}: personal data, keep it local", markup=False)
    if out is not None:
        for path in write(report, out):
            inputs.messages.print(f"Wrote {path}", markup=False)

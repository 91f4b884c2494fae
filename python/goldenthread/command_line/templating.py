"""The command `template`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goldenthread import plans
from goldenthread.command_line import inputs
from goldenthread.figure_form import write_form


def template(
    item: Annotated[str, typer.Argument(help="A priority (P7), a line of evidence (P7.E2) or an indicator.")],
    out: Annotated[Path, typer.Option("--out", help="The workbook to write: FILE.xlsx.")],
    plan: inputs.PlanName = "leicester_2018_2020",
    first: inputs.From = None,
    last: inputs.To = None,
    every: inputs.Every = "quarter",
    period: inputs.PeriodNames = None,
    cell: Annotated[list[str] | None, typer.Option("--cell", help="Ask for a cell besides the total: sex=F.")] = None,
    indicators: inputs.Indicators = None,
) -> None:
    """Write the form on which a partner sends figures instead of rows: definitions and checked cells in a workbook."""
    asked = inputs.chosen_periods(None, first, last, every, period) if first or last or period else None
    lines = write_form(
        out,
        item,
        plan=plans.named(plan),
        indicators=inputs.chosen_indicators(indicators),
        periods=asked,
        breakdowns=cell or (),
    )
    inputs.messages.print(f"Wrote {out}: {lines:,} lines to fill in", markup=False)

"""The command `approve`, and the options about approvals that others share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

import goldenthread
from goldenthread import plans
from goldenthread.command_line import inputs

Approvals = Annotated[
    Path | None,
    typer.Option("--approvals", help="A file of approvals: figures say whether their definition is approved."),
]
JudgedOn = Annotated[
    str | None,
    typer.Option("--approvals-on", help="Reviews due before this day have passed; the last day of the last period."),
]

output = Console(highlight=False, soft_wrap=True)


def approve(
    indicator: Annotated[str, typer.Argument(help="An indicator by its id.")],
    person: Annotated[str, typer.Option("--person", help="Who approves.")],
    role: Annotated[str, typer.Option("--role", help="In which role: 'Chair of the board'.")],
    date: Annotated[str, typer.Option("--date", help="The day of the approval: 2020-05-01. Nothing reads the clock.")],
    review_date: Annotated[
        str | None, typer.Option("--review-date", help="By when it is to be looked at again.")
    ] = None,
    approvals: Annotated[
        Path, typer.Option("--approvals", help="The file to add the approval to; made if need be.")
    ] = Path("approvals.json"),
    plan: inputs.PlanName = "leicester_2018_2020",
    parameter: inputs.Parameters = None,
    indicators: inputs.Indicators = None,
) -> None:
    """Approve a definition as it is now: its meaning in English is printed, its content hash is what is approved.

    The hash covers conditions, shared filters, the plan's conventions and the parameters given: approve with the same
    --plan and --parameter as the figures are computed with. When any of these changes, the approval lapses.
    """
    chosen_plan = plans.named(plan)
    known = inputs.chosen_indicators(indicators)
    chosen = inputs.chosen_parameters(parameter) or None
    made = goldenthread.approve(
        indicator,
        person,
        role,
        date,
        review_date,
        file=approvals,
        indicators=known,
        plan=chosen_plan,
        parameters=chosen,
    )
    ours = known.under(chosen_plan)
    output.print(goldenthread.diff(ours, ours, indicator).meaning_after, markup=False)
    output.print(f"Approved {indicator} as {made.definition_hash[:12]} in {approvals}", markup=False)

"""The commands `follow` and `lint`."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

import goldenthread
from goldenthread import plans
from goldenthread.command_line import inputs

output = Console(highlight=False, soft_wrap=True)

_PARTS = (
    ("statements", "Outcome statements"),
    ("evidence", "Evidence"),
    ("activities", "Assurance activities"),
    ("others", "Also linked"),
    ("supporting", "Beside the plan"),
)
_TITLES = {
    "without_measurable_evidence": "Objectives, themes and outcome statements without measurable evidence",
    "words_without_evidence": "Words of the plan without evidence",
    "measure_without_definition": "Measures without a definition",
    "activity_without_date": "Activities without a date",
    "measure_not_asked_for": "Measures that no priority asks for",
    "evidence_without_data": "Evidence without data",
}


def _where(lines: tuple[int, int]) -> str:
    first, last = lines
    if first == 0:
        return ""
    return f"L{first}" if first == last else f"L{first}–{last}"


def _elements(plan: goldenthread.Plan) -> dict[str, Any]:
    parts = [*plan.objectives, *plan.themes, *plan.priorities, *plan.golden_threads, *plan.governance, *plan.bodies]
    for priority in plan.priorities:
        parts += [*priority.outcome_statements, *priority.assurance_activities, *priority.evidence_lines]
    return {each.id: each for each in parts}


def _states(release: dict[str, Any]) -> dict[str, str]:
    """Give the state of every activity and line of a release in a word or two."""
    states = {}
    for priority in release["plan"]["priorities"]:
        for line in priority["evidence_lines"]:
            states[line["id"]] = line["state"]
        for activity in priority["assurance_activities"]:
            states[activity["id"]] = activity["assurance"]["status"].replace("_", " ").lower()
    return states


def _evaluated(
    plan: goldenthread.Plan,
    data: inputs.Data,
    tables: inputs.Tables,
    as_at: str | None,
    period: list[str] | None,
    indicators: inputs.Indicators,
) -> dict[str, Any] | None:
    """Evaluate the plan where data were named; the release, so that no number is told that it hides."""
    if not data and not tables:
        return None
    periods = inputs.chosen_periods(as_at, None, None, "quarter,year", period)
    read = inputs.read_data(tables, None, None, data)
    results = goldenthread.evaluate(plan, read, periods, indicators=inputs.chosen_indicators(indicators))
    document: dict[str, Any] = json.loads(results.protect().to_json())
    return document


def follow(
    element: Annotated[str, typer.Argument(help="Id or short name: G2, O3, T4, P6.S1, P6.E2, neglect.cp_12_months.")],
    plan: inputs.PlanName = "leicester_2018_2020",
    data: inputs.Data = None,
    tables: inputs.Tables = None,
    as_at: inputs.AsAt = None,
    period: inputs.PeriodNames = None,
    indicators: inputs.Indicators = None,
    stated_only: Annotated[
        bool, typer.Option("--stated-only", help="Leave out what was inferred and the plan does not say.")
    ] = False,
) -> None:
    """Follow a thread: what an element of the plan serves, and the measures and activities that show it.

    With data, each line and activity says its state.
    """
    chosen = plans.named(plan)
    thread = chosen.follow(element, stated_only=stated_only)
    release = _evaluated(chosen, data, tables, as_at, period, indicators)
    states = _states(release) if release else {}
    elements = _elements(chosen)
    here = elements[thread.element]
    output.print(f"[bold]{thread.element}[/] {escape(here.text)} [dim]{_where(here.source_lines)}[/]")

    def show(title: str, steps: tuple[goldenthread.ThreadStep, ...]) -> None:
        if not steps:
            return
        output.print(f"\n[bold]{title}[/]")
        for step in steps:
            found = elements.get(step.element)
            words = f" {escape(found.text)} [dim]{_where(found.source_lines)}[/]" if found else ""
            via = f" through {step.via}" if step.via else ""
            weak = ", the nearest there is" if step.weak else ""
            state = f" [bold]{states[step.element]}[/]" if step.element in states else ""
            output.print(f"  {step.element}{words}{state}")
            output.print(f"      [dim]{step.provenance}{via}{weak}: {escape(step.reason or 'no reason given')}[/]")

    show("It serves", thread.serves)
    for name, title in _PARTS:
        show(title, getattr(thread, name))
    if thread.measures:
        output.print(f"\n[bold]Measures[/]\n  {', '.join(thread.measures)}")
    if not any(getattr(thread, name) for name, _ in _PARTS):
        output.print("\nNothing in the plan shows it.")


def _without_data(release: dict[str, Any]) -> list[tuple[str, str, str]]:
    found = []
    for priority in release["plan"]["priorities"]:
        for line in priority["evidence_lines"]:
            if line["state"] in ("missing", "partial"):
                reason = line["state_reason"] or "; ".join(line["needs"])
                first, last = line["lines"]
                found.append((line["id"], _where((first, last)), f"{line['state']}: {reason}"))
    return found


def lint(
    plan: inputs.PlanName = "leicester_2018_2020",
    data: inputs.Data = None,
    tables: inputs.Tables = None,
    as_at: inputs.AsAt = None,
    period: inputs.PeriodNames = None,
    indicators: inputs.Indicators = None,
) -> None:
    """Say what the plan wants and nothing shows, and what is measured and nobody asked for.

    With data, evidence without data too. Exit code 0 when there is nothing to say, 1 when there is.
    """
    chosen = plans.named(plan)
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for each in chosen.lint(inputs.chosen_indicators(indicators)):
        groups.setdefault(each.rule, []).append((each.element, _where(each.source_lines), each.message))
    release = _evaluated(chosen, data, tables, as_at, period, indicators)
    if release and (missing := _without_data(release)):
        groups["evidence_without_data"] = missing
    for rule, found in groups.items():
        output.print(f"[bold]{_TITLES[rule]}: {len(found)}[/]")
        for element, where, message in found:
            output.print(f"  {' '.join(part for part in (element, where) if part)}: {message}", markup=False)
    if groups:
        raise typer.Exit(1)
    output.print("Nothing to say: every statement is shown, every activity dated, every measure asked for.")

"""The commands `plan show` and `plan new`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.tree import Tree

from goldenthread import DefinitionError, Plan, plans
from goldenthread._core import write_file_atomically

application = typer.Typer(help="Look at a plan, or begin one of your own.", no_args_is_help=True)
output = Console(highlight=False)


def _lines(element: object) -> str:
    first, last = element.source_lines  # type: ignore[attr-defined]
    return f"[dim]L{first}[/]" if first == last else f"[dim]L{first}–{last}[/]"


def _tree(plan: Plan) -> Tree:
    from rich.markup import escape

    tree = Tree(f"[bold]{escape(plan.title)}[/] ({plan.id})")

    def branch(parent: Tree, title: str, elements: object) -> None:
        here = parent.add(title)
        for element in elements:  # type: ignore[attr-defined]
            here.add(f"[bold]{element.id}[/] {escape(element.text)} {_lines(element)}")

    branch(tree, "Objectives", plan.objectives)
    branch(tree, "Themes", plan.themes)
    priorities = tree.add("Priorities")
    for priority in plan.priorities:
        here = priorities.add(f"[bold]{priority.id}[/] {escape(priority.text)} {_lines(priority)}")
        branch(here, "Outcome statements", priority.outcome_statements)
        branch(here, "Assurance activities", priority.assurance_activities)
        evidence = here.add("Evidence of impact")
        for line in priority.evidence_lines:
            ids = ", ".join(line.indicators) or "held as records of assurance"
            evidence.add(f"[bold]{line.id}[/] {escape(line.text)} {_lines(line)} [dim]{escape(ids)}[/]")
    branch(tree, "Golden threads", plan.golden_threads)
    branch(tree, "Governance", plan.governance)
    return tree


@application.command("show")
def show(
    name: Annotated[
        str, typer.Argument(help="A shipped plan by its id, or a plan file or folder.")
    ] = "leicester_2018_2020",
    as_json: Annotated[bool, typer.Option("--json", help="Print the plan file instead.")] = False,
) -> None:
    """Show a plan: every element with its id and the lines of the document it came from."""
    plan = plans.named(name)
    if as_json:
        typer.echo(plan.to_json(), nl=False)
    else:
        output.print(_tree(plan))


@application.command("new")
def new(
    folder: Annotated[Path, typer.Argument(help="Folder to make; it must not hold a plan yet.")],
    source: Annotated[
        str, typer.Option("--from", help="The shipped plan, or plan file, to begin from.")
    ] = "leicester_2018_2020",
) -> None:
    """Copy a plan into a folder, to become a board's own."""
    target = folder / "plan.json"
    if target.exists():
        raise DefinitionError(f"{target} is there already; choose another folder")
    text = plans.named(source).to_json()
    folder.mkdir(parents=True, exist_ok=True)
    write_file_atomically(target, text)
    output.print(f"Wrote {target}. Edit it, then: goldenthread plan show {folder}", markup=False)

"""Commands, options and exit codes.

Exit codes: 0 done; 1 a case failed, a mutant survives or lint has something to say; 2 wrong usage or a wrong
definition, plan or parameter; 3 a file that cannot be read; 4 nothing may be published; 130 interrupted.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console

import goldenthread
from goldenthread.command_line import (
    approving,
    cases,
    checking,
    differing,
    explaining,
    following,
    inspecting,
    mapping,
    moving,
    mutating,
    planning,
    reporting,
    submitting,
    synthesising,
    templating,
)

application = typer.Typer(
    name="goldenthread",
    help="A safeguarding board's plan as an executable model: evaluate it, test it, explain it, print the report.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    epilog="Exit codes: 0 done · 1 a case failed, a mutant survives or lint has something to say · 2 wrong usage or definition · 3 a file cannot be read · "
    "4 nothing may be published.",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"goldenthread {goldenthread.__version__}")
        raise typer.Exit


@application.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """A safeguarding board's plan as an executable model."""


application.command("inspect")(inspecting.inspect)
application.command("check")(checking.check)
application.command("map")(mapping.propose)
application.command("template")(templating.template)
application.command("submissions")(submitting.submissions)
application.add_typer(planning.application, name="plan")
application.command("follow")(following.follow)
application.command("lint")(following.lint)
application.command("evaluate")(reporting.evaluate)
application.command("report")(reporting.report)
application.command("explain")(explaining.explain)
application.command("moved")(moving.moved)
application.command("test")(cases.test)
application.command("mutate")(mutating.mutate)
application.command("diff")(differing.diff)
application.command("approve")(approving.approve)
application.command("synth")(synthesising.synth)


def _exit_code(problem: BaseException) -> int:
    if isinstance(problem, goldenthread.DisclosureError):
        return 4
    if isinstance(problem, goldenthread.DataError | OSError):
        return 3
    return 2


def _said(problem: goldenthread.Error | OSError) -> str:
    """Give the error in words; the system's own without its number."""
    if isinstance(problem, OSError) and problem.strerror:
        return f"{problem.filename}: {problem.strerror}" if problem.filename else problem.strerror
    return str(problem)


def run(arguments: list[str]) -> int:
    """Run one command and give its exit code."""
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        application(arguments)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    except KeyboardInterrupt:
        errors.print("Stopped; nothing was half-written.")
        return 130
    except (goldenthread.Error, OSError) as problem:
        errors.print("[bold red]Error:[/] ", end="")
        errors.print(_said(problem), markup=False)
        return _exit_code(problem)
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))

"""Options about figures that others published, shared by the commands that write them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

import goldenthread
from goldenthread import DataError, DefinitionError, Period, Plan, PublishedFigures
from goldenthread.command_line import inputs

Published = Annotated[
    Path | None,
    typer.Option("--published", help="Folder of published files (explore-education-statistics CSV), to stand beside."),
]
Area = Annotated[
    str | None,
    typer.Option(
        "--area", help="Whose published figures: a code (E06000016), 856, or a name. Default: the plan's area."
    ),
]


def published_beside(
    folder: Path | None, area: str | None, plan: Plan, periods: Sequence[Period]
) -> PublishedFigures | None:
    """Read the published figures of an area for the reporting years that end within the years of the periods."""
    if folder is None:
        if area is not None:
            raise DefinitionError("--area says whose published figures are meant: give --published DIR too")
        return None
    data = goldenthread.read_published(folder)
    for note in data.notes:
        inputs.messages.print(note, markup=False)
    first = min(period.first for period in periods).year
    last = max(period.last for period in periods).year
    figures = data.figures(_area(data, area, plan), first, last)
    inputs.messages.print(
        f"Read {folder}: {len(data.tables)} published tables; figures of {figures.area_name} for {first} to {last}",
        markup=False,
    )
    return figures


def _area(data: goldenthread.PublishedData, area: str | None, plan: Plan) -> str:
    """Give the area named, or that of the plan where the files have it."""
    if area is not None:
        return area
    try:
        return str(data.area(plan.area)["code"])
    except DataError as problem:
        raise DefinitionError(
            f"--published: the files have no area '{plan.area}': say whose figures are meant, as in --area E06000016"
        ) from problem

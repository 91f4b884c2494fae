"""The command `synth`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

import goldenthread

output = Console(highlight=False, soft_wrap=True)


def synth(
    out: Annotated[Path, typer.Option("--out", help="Folder to write; replaced if it holds an earlier Exampleshire.")],
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same bytes everywhere.")] = 1,
    children: Annotated[int, typer.Option("--children", help="Children with anything on file.")] = 5000,
    first: Annotated[str, typer.Option("--from", help="First day for which the rows are complete.")] = "",
    last: Annotated[str, typer.Option("--to", help="The extract day: nothing after it is known.")] = "",
) -> None:
    """Write Exampleshire (synthetic), an invented authority, as tables, census returns and SSDA903 files."""
    summary = goldenthread.write_exampleshire(out, seed, children, first, last)
    output.print(
        f"Exampleshire (synthetic): {summary['children']:,} children in {summary['families']:,} families, "
        f"{sum(summary['rows'].values()):,} rows in {len(summary['rows'])} tables, {len(summary['files'])} files in {out}",
        markup=False,
    )

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
    defects: Annotated[
        float, typer.Option("--defects", help="Wrong records per child, 0 to 1; answer_key/defects.csv lists them.")
    ] = 0.0,
    per_authority: Annotated[
        int, typer.Option("--per-authority", help="Children in one authority's files; 0 writes all as one.")
    ] = 0,
    returns: Annotated[
        bool, typer.Option("--returns/--no-returns", help="Also write census and SSDA903 returns for each year.")
    ] = True,
    answer_key: Annotated[
        bool, typer.Option("--answer-key/--no-answer-key", help="Also write the right answers.")
    ] = True,
) -> None:
    """Write Exampleshire (synthetic), an invented authority, as tables and returns, with the right answers."""
    summary = goldenthread.write_exampleshire(
        out,
        seed,
        children,
        first,
        last,
        defects=defects,
        per_authority=per_authority,
        returns=returns,
        answer_key=answer_key,
    )
    output.print(
        f"Exampleshire (synthetic): {summary['children']:,} children in {summary['families']:,} families, "
        f"{sum(summary['rows'].values()):,} rows in {len(summary['rows'])} tables, {len(summary['files'])} files in {out}",
        markup=False,
    )
    if summary["defects"]:
        listed = ", listed in answer_key/defects.csv" if answer_key else ""
        output.print(f"{summary['defects']:,} wrong records{listed}", markup=False)

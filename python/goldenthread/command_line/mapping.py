"""The command `map`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goldenthread._core import DataError, write_file_atomically
from goldenthread.command_line import inputs
from goldenthread.mapping_proposal import propose_mapping


def propose(
    file: Annotated[Path, typer.Argument(help="A partner's table: CSV, workbook or Parquet.")],
    table: Annotated[
        str | None, typer.Option("--table", help="The canonical table it is; found out if left out.")
    ] = None,
    sheet: Annotated[str, typer.Option("--sheet", help="Sheet of a workbook; the first if left out.")] = "",
    heading_row: Annotated[int, typer.Option("--heading-row", min=1, help="Line of the headings.")] = 1,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write it here; a name ending in .mapping.json is found.")
    ] = None,
) -> None:
    """Propose what the columns of a file mean, from headings and values: to be read and corrected by a person."""
    found = propose_mapping(file, table=table, sheet=sheet, heading_row=heading_row)
    if not found:
        raise DataError(f"{file.name}: no heading looks like a column of a canonical table: name one with --table")
    best = found[0]
    text = best.to_json(file.name, sheet)
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_file_atomically(out, text)
        inputs.messages.print(f"Wrote {out}", markup=False)
    inputs.messages.print(
        f"Table {best.table}: {len(best.columns)} of {len(best.source.headings)} columns", markup=False
    )
    others = ", ".join(each.table for each in found[1:4])
    if others and table is None:
        inputs.messages.print(f"Else, with --table: {others}", markup=False)

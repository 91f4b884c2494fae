"""Parquet files, by pyarrow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from goldenthread._core import DataError
from goldenthread.readers.extras import needed


def _opened(path: Path) -> Any:
    library = needed("pyarrow.parquet", f"{path.name}: a Parquet file")
    try:
        return library.ParquetFile(path)
    except (OSError, ValueError) as problem:
        raise DataError(f"{path.name}: is not a whole Parquet file: {str(problem).splitlines()[0]}") from None


def columns_of(path: Path) -> tuple[str, ...]:
    """Names of the columns."""
    with _opened(path) as file:
        return tuple(file.schema_arrow.names)


def rows_of(path: Path) -> tuple[list[str], list[list[Any]]]:
    """Columns and rows.

    Raises DataError for a broken file.
    """
    with _opened(path) as file:
        try:
            table = file.read()
            columns = [column.to_pylist() for column in table.columns]
        except Exception as problem:  # what a broken file makes the library raise is of no one kind
            said = (str(problem).splitlines() or [type(problem).__name__])[0]
            raise DataError(f"{path.name}: cannot be read as a Parquet file: {said}") from None
    return list(table.column_names), [list(row) for row in zip(*columns, strict=True)]

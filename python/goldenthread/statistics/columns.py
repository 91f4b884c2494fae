"""What the functions of this package take for numbers."""

from __future__ import annotations

from decimal import Decimal
from numbers import Real
from typing import Any

Number = float | int | Decimal
Columns = Any  # numbers in any of the shapes that the description of goldenthread.statistics lists


def is_number(value: object) -> bool:
    """Whether a single number, not a column, is given."""
    return isinstance(value, Real | Decimal)


def plain(value: Any) -> Any:
    """A number as float, a column as it is."""
    return float(value) if is_number(value) else value

"""What figures are judged against, as data. Without a target no figure has a colour."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from goldenthread import _core
from goldenthread._core import Target
from goldenthread.documents import utf8_text

__all__ = ["Target", "read_targets", "target"]


def read_targets(file: str | os.PathLike[str]) -> list[Target]:
    """Read a file of targets (schemas/targets.schema.json).

    Raises DefinitionError naming the place of what is wrong, DataError for a file that is no text.
    """
    path = Path(file)
    return _core.parse_targets(utf8_text(path), str(path))


def target(
    indicator: str,
    kind: str = "local",
    *,
    unit: str,
    source: str,
    value: str | int | Decimal | None = None,
    lowest: str | int | Decimal | None = None,
    highest: str | int | Decimal | None = None,
    points: Mapping[str | date, str | int | Decimal] | None = None,
    tolerance: str | int | Decimal | None = None,
    period: str | None = None,
    first: str | date | None = None,
    last: str | date | None = None,
    polarity: str | None = None,
    polarity_provenance: str | None = None,
    note: str = "",
) -> Target:
    """Make a target by the rules of files.

    kind: "local" or "national" with value, "band" with lowest and highest, "trajectory" with points by day.
    unit: "percent", "days", "number" or "per 10000": that in which the figure is shown, so value=10 is 10 %.
    tolerance: how far from the target is still amber; without it there is no amber.
    period: the kind of period it is about ("financial_year"); needed for numbers counted during a period.
    first, last: days between which it is in force; a period is judged by the target in force on its last day.
    polarity, polarity_provenance: "low", "high" or "near_target" and who says so; those of the definition unless given.

    Raises DefinitionError for anything a file could not hold, a floating point number among it.
    """
    given: dict[str, Any] = {
        "indicator": indicator,
        "kind": kind,
        "unit": unit,
        "period": period,
        "value": _amount(value),
        "lowest": _amount(lowest),
        "highest": _amount(highest),
        "points": None if points is None else [{"on": str(on), "value": _amount(aim)} for on, aim in points.items()],
        "tolerance": _amount(tolerance),
        "from": None if first is None else str(first),
        "to": None if last is None else str(last),
        "polarity": None
        if polarity is None
        else {"value": polarity, "provenance": polarity_provenance or "unspecified"},
        "source": source,
        "note": note or None,
    }
    item = {name: value for name, value in given.items() if value is not None}
    return _core.parse_targets(json.dumps({"format": "goldenthread/targets@1", "targets": [item]}), "target")[0]


def _amount(amount: str | int | Decimal | None) -> str | int | None:
    return format(amount, "f") if isinstance(amount, Decimal) else amount

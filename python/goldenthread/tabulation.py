"""One expression on every row and day: to try it before it goes into a definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goldenthread import _core
from goldenthread.evaluation import Periods
from goldenthread.expressions import Expression, Table
from goldenthread.measures import Measure

__all__ = ["Tabulated", "tabulate"]


@dataclass(frozen=True)
class Tabulated:
    """What an expression gives: values[row][period], as text. Personal data where the rows are."""

    type: str
    path: str
    english: str
    values: list[list[str]]


def tabulate(
    value: Expression | str,
    of: Table | str,
    dataset: _core.Dataset,
    periods: Periods,
    *,
    alias: str = "",
    parameters: Mapping[str, Any] | None = None,
    conventions: Mapping[str, Any] | None = None,
    indicators: _core.IndicatorSet | None = None,
    force_reference: bool = False,
) -> Tabulated:
    """Evaluate an expression for every row of a table at every period.

    parameters: defaults of the parameters that the expression uses.
    indicators: whose shared filters it may use; the shipped ones unless given.

    Raises DefinitionError for what does not fit the tables.
    """
    text = value.to_text() if isinstance(value, Expression) else value
    axis = [periods] if isinstance(periods, str | _core.Period) else list(periods)
    # Parameters and conventions are read as those of an indicator are.
    frame = Measure(of=of._name if isinstance(of, Table) else of, kind="count", id="own.expression")
    for name, default in (parameters or {}).items():
        frame = frame.with_parameter(name, default)
    definitions = indicators if indicators is not None else _core.shipped_indicators()
    framed = definitions.with_file(frame.with_conventions(**(conventions or {})).to_json(), "parameters")
    raw = _core.tabulate_expression(
        framed, "own.expression", text, dataset, periods=axis, alias=alias, force_reference=force_reference
    )
    return Tabulated(raw["type"], raw["path"], raw["english"], raw["values"])

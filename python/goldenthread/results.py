"""Results of an evaluation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from goldenthread._core import (
    Approval,
    DefinitionError,
    IndicatorSet,
    Period,
    RawResults,
    Release,
    Scorecard,
    approval_status,
    check_sense,
    explain_rows,
)
from goldenthread.movement import Movement, what_moved

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped, unused-ignore]
    import polars
    import pyarrow  # type: ignore[import-untyped, unused-ignore]

    from goldenthread._core import Dataset, PublishedFigures

_COLUMNS = (
    "indicator",
    "period_kind",
    "period",
    "first",
    "last",
    "state",
    "value",
    "numerator",
    "denominator",
    "unknown",
    "excluded",
    "immature",
    "censored",
    "reason",
)


def is_supplied(cell: dict[str, Any]) -> bool:
    """Say whether a partner sent this cell as a figure instead of rows."""
    return str(cell["reason"] or "").startswith("supplied, not recomputed")


class Results:
    """Every cell of a run, with its state; not protected, so for the analyst's own machine.

    Call protect() before anything leaves.
    """

    def __init__(
        self,
        raw: RawResults,
        indicators: IndicatorSet,
        data: Dataset | None,
        scorecard: Scorecard | None = None,
        parameters: dict[str, Any] | None = None,
        approvals: Sequence[Approval] = (),
        approvals_judged_on: str | date | None = None,
    ) -> None:
        """Wrap what the engine gave; made by evaluate()."""
        self._raw = raw
        self._indicators = indicators
        self._data = data
        self._scorecard = scorecard
        self._parameters = parameters
        self._about = {entry["indicator"]: entry for entry in raw.indicators()}
        judged_on = approvals_judged_on or max(period.last for period in raw.periods)
        for name, entry in self._about.items():
            entry["approval"], entry["approval_text"] = approval_status(
                approvals, name, entry["definition_hash"], judged_on
            )
        self._cells: list[dict[str, Any]] = raw.cells()

    @property
    def indicators(self) -> list[str]:
        """Ids of the indicators, in the order they were computed."""
        return list(self._about)

    @property
    def periods(self) -> list[Period]:
        """The periods asked for."""
        return list(self._raw.periods)

    @property
    def area(self) -> str:
        """Name of the area the data are about."""
        return self._raw.area

    @property
    def input_hash(self) -> str:
        """Identity of the rows, whatever their order."""
        return self._raw.input_hash

    def about(self, indicator: str) -> dict[str, Any]:
        """Title, meaning in English, parameters, definition hash and its approval, tables needed and missing."""
        if indicator not in self._about:
            raise DefinitionError(f"'{indicator}' is not among these results; there are: {', '.join(self._about)}")
        return dict(self._about[indicator])

    def cells(self, indicator: str | None = None) -> list[dict[str, Any]]:
        """Give all cells, or those of one indicator; `key` is empty for a total."""
        if indicator is not None:
            self.about(indicator)
        return [dict(cell) for cell in self._cells if indicator in (None, cell["indicator"])]

    def __getitem__(self, indicator: str) -> Figure:
        return Figure(self, indicator)

    def __iter__(self) -> Iterator[Figure]:
        return (self[indicator] for indicator in self.indicators)

    def __len__(self) -> int:
        return len(self._about)

    def __repr__(self) -> str:
        return f"<Results: {len(self)} indicators, {len(self.periods)} periods, {len(self._cells)} cells>"

    def _dimensions(self) -> list[str]:
        return list(dict.fromkeys(name for cell in self._cells for name in cell["key"]))

    def _columns(self) -> dict[str, list[Any]]:
        """Cells as columns; `breakdown` names the dimensions of a cell, a dimension is null outside its breakdown."""
        columns: dict[str, list[Any]] = {name: [cell[name] for cell in self._cells] for name in _COLUMNS[:5]}
        columns["breakdown"] = [" × ".join(cell["key"]) or None for cell in self._cells]
        for dimension in self._dimensions():
            columns[dimension] = [cell["key"].get(dimension) for cell in self._cells]
        columns.update({name: [cell[name] for cell in self._cells] for name in _COLUMNS[5:]})
        return columns

    def to_arrow(self) -> pyarrow.Table:
        """Give a pyarrow table with a row for each cell."""
        import pyarrow as pa

        columns = self._columns()
        texts = {"indicator", "period_kind", "period", "breakdown", "state", "reason", *self._dimensions()}
        types = {name: pa.string() if name in texts else pa.int64() for name in columns}
        types.update(first=pa.date32(), last=pa.date32(), value=pa.float64())
        return pa.table({name: pa.array(values, types[name]) for name, values in columns.items()})

    def to_pandas(self) -> pandas.DataFrame:
        """Give a pandas data frame with a row for each cell; counts are nullable integers."""
        import pandas as pd

        frame = pd.DataFrame(self._columns())
        for name in ("numerator", "denominator", "unknown", "excluded", "immature", "censored"):
            frame[name] = frame[name].astype("Int64")
        for name in ("first", "last"):
            frame[name] = pd.to_datetime(frame[name])
        frame["value"] = frame["value"].astype("float64")
        return frame

    def to_polars(self) -> polars.DataFrame:
        """Give a Polars data frame with a row for each cell."""
        import polars as pl

        columns = self._columns()
        texts = {"indicator", "period_kind", "period", "breakdown", "state", "reason", *self._dimensions()}
        schema: dict[str, Any] = {name: pl.String if name in texts else pl.Int64 for name in columns}
        schema.update(first=pl.Date, last=pl.Date, value=pl.Float64)
        return pl.DataFrame(columns, schema=schema)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self.to_arrow().schema.__arrow_c_schema__()

    def assurance(self, element: str | None = None) -> list[dict[str, Any]]:
        """Give what assurance records show about each activity and qualitative line of the plan, or about one of them.

        Each with its status, why, what it still lacks, the agencies heard from and their last judgements.
        """
        if self._scorecard is None:
            raise DefinitionError("assurance belongs to a plan: evaluate(plan, …)")
        shown = self._scorecard.assurance()
        known = [each["element"] for each in shown]
        if element is not None and element not in known:
            raise DefinitionError(f"'{element}' has no assurance records to show; there are: {', '.join(known)}")
        return [each for each in shown if element in (None, each["element"])]

    def doubts(self, balances: Sequence[tuple[str, str, str]] = ()) -> list[dict[str, str]]:
        """Give figures that make no sense, or should not be read alone: each with its rule, a sentence and the numbers.

        balances: (stock, starts, ends), ids of counts of the same rows: opening + starts - ends must be closing.
        The numbers are not protected; a release says the sentences alone.
        """
        return check_sense(self._raw, self._indicators, list(balances))

    def explain(self, indicator: str, period: str | Period, **key: str | None) -> list[dict[str, Any]]:
        """Give the rows behind a cell, each with its role and, where undecided, the reason.

        Personal data: for the machine that holds them. Name the cell by its categories: sex="F".

        Raises DefinitionError for a cell that a partner supplied as a figure: there are no rows behind it.
        """
        self.about(indicator)
        wanted = period if isinstance(period, Period) else Period(period)
        for cell in self._cells:
            if (
                (cell["indicator"], cell["period"]) == (indicator, wanted.label)
                and cell["key"] == key
                and is_supplied(cell)
            ):
                raise DefinitionError(f"{indicator}, {wanted.label}: there are no rows to explain: {cell['reason']}")
        return explain_rows(self._indicators, indicator, self._rows(), wanted, key, self._parameters)

    def what_moved(
        self, indicator: str, before: str | Period, after: str | Period, *, units: bool = False, **cell: str | None
    ) -> Movement:
        """Say what moved a figure from one period to another, in parts that sum exactly to the change.

        Arithmetic, not cause. Name a cell by its categories: sex="F". units=True lists what moved: personal data, for
        the machine that holds them. For two results, see goldenthread.what_moved.
        """
        return what_moved(self, self, indicator, before, after, units=units, **cell)

    def _asked(self, side: str, indicator: str) -> dict[str, Any]:
        """Give what this side of a comparison was computed from."""
        self.about(indicator)
        return {
            f"definitions_{side}": self._indicators,
            f"data_{side}": self._rows(),
            f"parameters_{side}": self._parameters,
        }

    def _rows(self) -> Dataset:
        if self._data is None:
            raise DefinitionError("these results know no rows, as an Engine keeps only what it counts: evaluate() them")
        return self._data

    def protect(
        self,
        policy: str = "dfe_children_in_need",
        audience: str = "board",
        published: PublishedFigures | None = None,
    ) -> Release:
        """Hide small numbers. Only what this gives may be written or shared.

        published: figures that others published, to stand beside these in a part of their own.
        """
        if self._scorecard is None:
            raise DefinitionError("a release is made of a whole plan: evaluate(plan, …), then protect()")
        return self._scorecard.protect(policy, audience, published)


class Figure:
    """One indicator's results; shows itself as a card."""

    def __init__(self, results: Results, indicator: str) -> None:
        """Select an indicator of some results."""
        self._results = results
        self.about = results.about(indicator)
        self.cells = results.cells(indicator)

    @property
    def totals(self) -> list[dict[str, Any]]:
        """The cells without a breakdown, one for each period."""
        return [cell for cell in self.cells if not cell["key"]]

    @property
    def value(self) -> float | None:
        """Value of the total in the last period; None where there is none: see state."""
        value: float | None = self.totals[-1]["value"]
        return value

    @property
    def state(self) -> str:
        """State of the total in the last period."""
        return str(self.totals[-1]["state"])

    def _with_unit(self, cell: dict[str, Any]) -> str:
        """Give the value as a release would write it, with its unit."""
        unit = {"fraction": " %", "rate": f" per {self.about['multiplier']:,}", "days": " days"}
        return str(cell["shown"]) + unit.get(self.about["unit"], "")

    def __repr__(self) -> str:
        last = self.totals[-1]
        lines = [f"{self.about['title']} ({self.about['indicator']})", f"  {self.about['meaning']}"]
        for cell in self.totals[-8:]:
            shown = cell["state"].replace("_", " ") if cell["value"] is None else self._with_unit(cell)
            counts = f"{cell['numerator']}/{cell['denominator']}" if cell["denominator"] is not None else ""
            unknown = f", {cell['unknown']} unknown" if cell["unknown"] else ""
            lines.append(f"  {cell['period']:<12} {shown} {counts}{unknown}".rstrip())
        if last["reason"]:
            lines.append(f"  {last['reason']}")
        lines.append(f"  {self.about['approval_text']}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th scope='row'>{escape(cell['period'])}</th><td>{escape(cell['state'].replace('_', ' '))}</td>"
            f"<td>{escape('' if cell['value'] is None else self._with_unit(cell))}</td>"
            f"<td>{'' if cell['numerator'] is None else cell['numerator']}</td>"
            f"<td>{'' if cell['denominator'] is None else cell['denominator']}</td>"
            f"<td>{'' if cell['unknown'] is None else cell['unknown']}</td></tr>"
            for cell in self.totals
        )
        heads = "".join(
            f"<th scope='col'>{name}</th>"
            for name in ("period", "state", "value", "numerator", "denominator", "unknown")
        )
        return (
            f"<table><caption>{escape(self.about['title'])}</caption><thead><tr>{heads}</tr></thead>"
            f"<tbody>{rows}</tbody></table><p>{escape(self.about['meaning'])}</p>"
            f"<p>{escape(self.about['approval_text'])}</p>"
        )

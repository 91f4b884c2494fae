"""A released figure as the report shows it: newest value, trend, tables, definition, citation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from goldenthread.report import judgements, words
from goldenthread.report.chart import Point, trend
from goldenthread.report.judgements import TargetJudgement
from goldenthread.report.published import PublishedFigure, PublishedReader
from goldenthread.report.tables import Table, TableCell, TableRow
from goldenthread.report.words import NO_BREAK, Tag

Json = Mapping[str, Any]
_Extra = list[tuple[str, Callable[[Json], TableCell]]]

# Side counts in the order they are printed; the last three only where one of them is not zero.
_COUNTS = {
    "numerator": "Numerator",
    "denominator": "Denominator",
    "unknown": "Unknown",
    "excluded": "Excluded",
    "immature": "Immature",
    "censored": "Still waiting",
}
_ONLY_WHEN_THERE = ("excluded", "immature", "censored")
_TIMINGS = {"at": "on the last day of the period", "in": "during the period"}
_MEASURES = {"count": "number of records", "distinct": "number, each counted once"}


@dataclass(frozen=True)
class Newest:
    """The newest cell of a kind of period."""

    period: str
    value: str
    is_number: bool
    is_hidden: bool
    basis: str
    counts: list[str]
    tag: Tag
    reason: str
    interval: str
    targets: list[TargetJudgement]


@dataclass(frozen=True)
class Breakdown:
    """A figure split by one or more dimensions."""

    name: str
    note: str
    newest: Table
    over_time: Table | None


@dataclass(frozen=True)
class Figure:
    """One figure, ready to print."""

    identity: str
    indicator: str
    title: str
    tag: Tag
    reason: str
    needs: list[str]
    newest: list[Newest]
    verdicts: list[str]
    special: str
    masking: list[str]
    chart: Markup | None
    chart_note: str
    all_periods: Table | None
    breakdowns: list[Breakdown]
    has_definition: bool
    meaning: str
    facts: list[tuple[str, str]]
    pitfalls: list[str]
    cases: list[str]
    doubts: list[str]
    citation: str
    symbol_note: str
    origin: str
    published: list[PublishedFigure]

    @property
    def newest_is_hidden(self) -> bool:
        """The number at the head of the figure is hidden."""
        return bool(self.newest) and self.newest[0].is_hidden


def anchor(indicator: str) -> str:
    """Give the address of a figure on the page."""
    return f"figure.{indicator}"


def _doubt(doubt: Json) -> str:
    where = f"{doubt['period']}, by {words.spaced(doubt['breakdown'])}" if doubt["breakdown"] else doubt["period"]
    return f"{where}: {doubt['message']}"


class FigureReader:
    """Reads the figures of one release."""

    def __init__(self, release: Json, mark: str) -> None:
        """mark: what every figure and citation says of its data."""
        self._periods: Sequence[Json] = release["periods"]
        self._glossary: dict[str, Any] = release["glossary"]
        self._policy: Json = release["title"]["policy"]
        self._title: Json = release["title"]
        self._mark = mark
        self.published = PublishedReader(release)

    def read(self, figure: Json) -> Figure:
        """Turn one figure into words, tables and a chart."""
        totals = [cell for cell in figure["cells"] if not cell["key"]]
        definition = figure["definition"]
        newest = [self._newest(figure, cell) for cell in self._newest_cells(totals)]
        series = self._series(totals)
        chart = self._chart(figure, series)
        return Figure(
            identity=anchor(figure["indicator"]),
            indicator=figure["indicator"],
            title=_title(figure),
            tag=words.figure_tag(figure["state"], self._glossary),
            reason=figure["state_reason"],
            needs=[need for need in figure["needs"] if need != figure["state_reason"]],
            newest=newest if definition["exists"] else [],
            verdicts=judgements.verdict_words(figure, series[-1]) if series else [],
            special=judgements.special_words(figure, series[-1]) if series else "",
            masking=judgements.masking_words(figure),
            chart=chart,
            chart_note="" if chart or not totals else "No chart: fewer than two periods show a number.",
            all_periods=self._all_periods(figure, totals) if totals else None,
            breakdowns=self._breakdowns(figure),
            has_definition=definition["exists"],
            meaning=definition["meaning"] or "The definition has no description.",
            facts=self._facts(figure),
            pitfalls=list(definition["pitfalls"]),
            cases=list(definition["cases"]),
            doubts=[_doubt(each) for each in figure["doubts"]],
            citation=self._citation(figure, newest),
            symbol_note=self._symbol_note(),
            origin=_origin(definition["tables"]),
            published=self.published.figures(figure["indicator"]),
        )

    # Numbers

    def _is_hidden(self, number: Any) -> bool:
        return isinstance(number, str) and number == self._policy["symbol"]

    def _value(self, cell: Json) -> Any:
        """Give the value of a cell; never that of a suppressed one, whatever stands there."""
        return self._policy["symbol"] if cell["state"] == "suppressed" else cell["value"]

    def _number_text(self, number: Any) -> str:
        return str(number) if self._is_hidden(number) else words.number_text(number)

    def _number_cell(self, number: Any, otherwise: str = "–") -> TableCell:
        if number is None:
            return TableCell(otherwise, "words")
        return TableCell(self._number_text(number), "hidden" if self._is_hidden(number) else "number")

    def _value_cell(self, cell: Json) -> TableCell:
        return self._number_cell(self._value(cell), words.without_number(cell["state"], cell["reason"]))

    def _symbol_note(self) -> str:
        return f"{self._policy['symbol']}: {self._policy['symbol_meaning']}."

    def _notes(self, rows: Sequence[TableRow]) -> list[str]:
        hidden = any(cell.kind == "hidden" for row in rows for cell in row.cells)
        return [self._symbol_note()] if hidden else []

    @staticmethod
    def _is_count(figure: Json, cell: Json) -> bool:
        return figure["unit"] == "number" or bool(figure["cells_are_counts"] and cell["key"])

    @staticmethod
    def _value_heading(figure: Json, counts: bool) -> str:
        if counts:
            return "Number"
        headings = {"percent": "Share (%)", "rate": f"Rate per {figure['multiplier']:,}", "days": "Days"}
        return headings.get(figure["unit"], "Value")

    def _with_unit(self, figure: Json, cell: Json) -> str:
        text = self._number_text(self._value(cell))
        if self._is_count(figure, cell):
            unit = figure["definition"]["unit_of_count"]
            return f"{text}{NO_BREAK}{words.plural(unit, text)}" if unit else text
        endings = {
            "percent": f"{NO_BREAK}%",
            "rate": f" per{NO_BREAK}{figure['multiplier']:,}",
            "days": f"{NO_BREAK}days",
        }
        return text + endings.get(figure["unit"], "")

    # The newest cells

    def _label(self, cell: Json) -> str:
        return str(self._periods[cell["period"]]["label"])

    def _by_kind(self, cells: Sequence[Json]) -> list[list[Json]]:
        """Cells by kind of period, each in order of time; the kind with most periods first, longer periods first."""
        kinds: dict[str, list[Json]] = {}
        for cell in sorted(cells, key=lambda c: self._periods[c["period"]]["last"]):
            kinds.setdefault(self._periods[cell["period"]]["kind"], []).append(cell)

        def rank(group: list[Json]) -> tuple[int, str]:
            return (-len(group), self._periods[group[-1]["period"]]["first"])

        return sorted(kinds.values(), key=rank)

    def _series(self, totals: Sequence[Json]) -> list[Json]:
        groups = self._by_kind(totals)
        return groups[0] if groups else []

    def _newest_cells(self, totals: Sequence[Json]) -> list[Json]:
        return [group[-1] for group in self._by_kind(totals)]

    def _newest(self, figure: Json, cell: Json) -> Newest:
        value = self._value(cell)
        hidden = self._is_hidden(value)
        text = words.without_number(cell["state"], "") if value is None else self._with_unit(figure, cell)
        return Newest(
            period=self._label(cell),
            value=self._number_text(value) if hidden else words.sentence_case(text),
            is_number=value is not None,
            is_hidden=hidden,
            basis=self._basis(figure, cell),
            counts=self._side_counts(cell),
            tag=words.cell_tag(cell["state"], self._policy["symbol"], self._glossary),
            reason=cell["reason"],
            interval=judgements.interval_words(cell),
            targets=judgements.target_judgements(cell, self._glossary),
        )

    def _basis(self, figure: Json, cell: Json) -> str:
        """Numerator and denominator in words."""
        if cell["denominator"] is None or cell["numerator"] is None:
            return ""
        above, below = self._number_text(cell["numerator"]), self._number_text(cell["denominator"])
        unit = words.plural(figure["definition"]["unit_of_count"] or "record", below)
        if figure["unit"] == "days":
            return f"{above} days in all over {below} {unit}"
        return f"{above} of {below}" + ("" if figure["unit"] == "rate" else f" {unit}")

    def _side_counts(self, cell: Json) -> list[str]:
        result = []
        for name, label in list(_COUNTS.items())[2:]:
            number = cell[name]
            if number is not None and (name == "unknown" or number != 0):
                result.append(f"{label}: {self._number_text(number)}")
        return result

    # Trend

    def _chart(self, figure: Json, series: Sequence[Json]) -> Markup | None:
        points = []
        for cell in series:
            value = self._value(cell)
            hidden = self._is_hidden(value)
            shown = value is not None and not hidden
            points.append(
                Point(
                    period=self._label(cell),
                    value=Decimal(str(value)) if shown else None,
                    text=self._number_text(value) if shown else "",
                    hidden=hidden,
                    partial=cell["state"] in ("partial", "unreliable"),
                    special=shown and judgements.is_special_point(cell),
                    target=judgements.target_amount(cell),
                )
            )
        unit = f"{NO_BREAK}%" if figure["unit"] == "percent" else ""
        return trend(
            points,
            f"chart.{figure['indicator']}",
            f"{figure['title']}: trend. {self._mark}",
            whole_numbers=figure["unit"] == "number",
            unit=unit,
            limits=judgements.chart_limits(series),
        )

    # Tables

    def _count_columns(self, figure: Json, cells: Sequence[Json]) -> list[str]:
        """Choose the counts that say something: never a numerator that only repeats the value."""
        columns = []
        for name in _COUNTS:
            numbers = [cell[name] for cell in cells]
            if all(number is None for number in numbers):
                continue
            if name == "numerator" and all(cell["numerator"] == self._value(cell) for cell in cells):
                continue
            if name in _ONLY_WHEN_THERE and all(number in (None, 0) for number in numbers):
                continue
            columns.append(name)
        return columns

    def _state_text(self, cell: Json) -> str:
        label = words.cell_tag(cell["state"], self._policy["symbol"], self._glossary).label
        return f"{label}: {cell['reason']}" if cell["reason"] else label

    def _rows_with_counts(
        self, cells: Sequence[Json], columns: Sequence[str], headings: Sequence[str], are_periods: bool, extra: _Extra
    ) -> list[TableRow]:
        return [
            TableRow(
                heading,
                [
                    self._value_cell(cell),
                    *(self._number_cell(cell[name]) for name in columns),
                    *(text_of(cell) for _, text_of in extra),
                    TableCell(self._state_text(cell)),
                ],
                is_period=are_periods,
            )
            for cell, heading in zip(cells, headings, strict=True)
        ]

    def _counts_table(
        self, figure: Json, cells: Sequence[Json], first: str, headings: Sequence[str], caption: str, identity: str
    ) -> Table:
        columns = self._count_columns(figure, cells)
        extra = self._extra_columns(cells)
        rows = self._rows_with_counts(cells, columns, headings, first == "Period", extra)
        value = self._value_heading(figure, self._is_count(figure, cells[0]))
        return Table(
            caption,
            [first, value, *(_COUNTS[name] for name in columns), *(name for name, _ in extra), "State"],
            rows,
            self._notes(rows),
            identity,
        )

    def _extra_columns(self, cells: Sequence[Json]) -> _Extra:
        """Choose the columns of what is said of the numbers: only those that say something."""
        extra: _Extra = []
        if any(cell["interval"] is not None for cell in cells):
            extra.append(("95\u00a0% limits", judgements.interval_cell))
        if judgements.has_targets(cells):
            extra.append(("Against target", lambda cell: judgements.target_cell(cell, self._glossary)))
        if any(cell["group"] is not None for cell in cells):
            extra.append(("Beside all others", judgements.group_cell))
        return extra

    def _all_periods(self, figure: Json, totals: Sequence[Json]) -> Table:
        cells = [cell for group in self._by_kind(totals) for cell in group]
        return self._counts_table(
            figure,
            cells,
            "Period",
            [self._label(cell) for cell in cells],
            f"{figure['title']}: all periods. {self._mark}",
            f"periods.{figure['indicator']}",
        )

    def _breakdowns(self, figure: Json) -> list[Breakdown]:
        groups: dict[tuple[str, ...], list[Json]] = {}
        for cell in figure["cells"]:
            if cell["key"]:
                groups.setdefault(tuple(cell["key"]), []).append(cell)
        return [self._breakdown(figure, dimensions, cells) for dimensions, cells in groups.items()]

    def _breakdown(self, figure: Json, dimensions: tuple[str, ...], cells: Sequence[Json]) -> Breakdown:
        name = " and ".join(words.spaced(each) for each in dimensions)
        series = self._series(cells)
        last = series[-1]["period"]
        newest = [cell for cell in series if cell["period"] == last]
        identity = f"{'-'.join(dimensions)}.{figure['indicator']}"
        adds = all(figure["adds_over_breakdowns"].get(each, False) for each in dimensions)
        newest_table = self._counts_table(
            figure,
            newest,
            words.sentence_case(name),
            [self._category(cell) for cell in newest],
            f"{figure['title']} by {name}, {self._label(newest[0])}. {self._mark}",
            f"newest.{identity}",
        )
        newest_table.notes.extend(
            judgements.group_notes(figure, dimensions, last, [str(each["label"]) for each in self._periods])
        )
        return Breakdown(
            name=name,
            note="" if adds else "The categories may overlap: they need not add up to the total.",
            newest=newest_table,
            over_time=self._over_time(figure, name, cells, f"trend.{identity}"),
        )

    @staticmethod
    def _category(cell: Json) -> str:
        return ", ".join(words.category_words(dimension, value) for dimension, value in cell["key"].items())

    def _over_time(self, figure: Json, name: str, cells: Sequence[Json], identity: str) -> Table | None:
        """Periods down, categories across, in the order of the release: never by size."""
        categories = list(dict.fromkeys(self._category(cell) for cell in cells))
        values = {(cell["period"], self._category(cell)): cell for cell in cells}
        periods = list(dict.fromkeys(cell["period"] for group in self._by_kind(cells) for cell in group))
        if len(periods) < 2:
            return None
        rows = []
        for period in periods:
            row = [values.get((period, category)) for category in categories]
            shown = [TableCell("–") if cell is None else self._value_cell(cell) for cell in row]
            rows.append(TableRow(str(self._periods[period]["label"]), shown, is_period=True))
        measure = self._value_heading(figure, self._is_count(figure, cells[0]))
        caption = f"{figure['title']} by {name}, every period: {measure[:1].lower()}{measure[1:]}. {self._mark}"
        return Table(caption, ["Period", *categories], rows, self._notes(rows), identity)

    # Words

    def _facts(self, figure: Json) -> list[tuple[str, str]]:
        definition = figure["definition"]
        if not definition["exists"]:
            return [("Indicator", figure["indicator"])]
        polarity = definition["polarity"]
        wanted = {"low": "lower", "high": "higher"}.get(polarity, polarity)
        stated_by = definition["polarity_provenance"]
        if polarity != "unspecified" and stated_by:
            wanted += f" ({stated_by})"
        facts = [
            ("Indicator", figure["indicator"]),
            ("Measure", _measure_words(definition)),
            ("Counted", definition["unit_of_count"] and words.plural(definition["unit_of_count"])),
            ("Direction wanted", wanted),
            ("Parameters", parameters_words(definition["parameters"])),
            ("Tables read", ", ".join(definition["tables"])),
            ("Tables not supplied", ", ".join(figure["tables_missing"]) or "none"),
            ("Adding up", "periods add up" if figure["adds_over_periods"] else "periods do not add up"),
            ("Source", definition["source"]),
            ("Definition hash", definition["hash"]),
            ("Approval", definition["approval"]["text"]),
        ]
        return [(name, text or "not said") for name, text in facts]

    def _citation(self, figure: Json, newest: Sequence[Newest]) -> str:
        parts = [str(self._title["plan"]["title"]), ", ".join(figure["evidence_lines"]) or "beside the plan"]
        parts.append(f"indicator {figure['indicator']}")
        if newest:
            parts.append(newest[0].period)
        parts.append(f"definition {figure['definition']['hash'] or 'not yet'}")
        parts.append(f"data {self._title['data_hash'] or 'hash not given'}")
        return f"{', '.join(parts)}. {self._mark}."


def _title(figure: Json) -> str:
    """Give the title; a figure without definition has only its id."""
    return figure["title"] if figure["definition"]["exists"] else f"No definition yet: {figure['indicator']}"


def _measure_words(definition: Json) -> str:
    """Say what is counted when: "share, during the period"."""
    measure, timing = definition["measure"], definition["timing"]
    return f"{_MEASURES.get(measure, measure)}, {_TIMINGS.get(timing, timing)}"


def _origin(tables: Sequence[str]) -> str:
    """Say which tables a figure comes from, after the name of the area."""
    if not tables:
        return ""
    return f"; from {'table' if len(tables) == 1 else 'tables'} {words.join_words(list(tables))}"


def parameters_words(parameters: Mapping[str, Any]) -> str:
    """Give parameters as "months = 12"."""
    return ", ".join(f"{words.spaced(name)} = {value}" for name, value in parameters.items()) or "none"

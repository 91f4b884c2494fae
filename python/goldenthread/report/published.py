"""Figures that others published, as the report shows them: apart from the release's own, with their own symbols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from goldenthread.report import words
from goldenthread.report.strip import Mark, strip
from goldenthread.report.tables import Table, TableCell, TableRow
from goldenthread.report.words import NO_BREAK, Tag

Json = Mapping[str, Any]

_RELATIONS = {
    "exact": Tag("exact", "●", "Same measure", "the same definition and the same unit"),
    "wider": Tag(
        "wider", "◍", "Wider", "it counts more than the indicator: all categories, or plans instead of children"
    ),
    "narrower": Tag("narrower", "◌", "Narrower", "it counts less than the indicator"),
    "context": Tag("context", "◇", "Context", "another unit or question: background, not the indicator"),
}
_VERDICTS = {
    "better": "better than",
    "worse": "worse than",
    "similar": "similar to",
    "higher": "higher than",
    "lower": "lower than",
}
_DERIVED = "†"
_MISSING = "–"


@dataclass(frozen=True)
class PublishedFigure:
    """One published figure beside an indicator."""

    identity: str
    title: str
    relation: Tag
    note: str
    sentences: list[str]
    strip: Markup | None
    table: Table
    source: str


@dataclass(frozen=True)
class PublishedPart:
    """What is said once about all published figures."""

    area: str
    years: str
    attribution: str
    note: str
    method: str
    neighbour_note: str
    relations: list[Tag]
    symbols: list[tuple[str, str]]
    files: list[str]


class PublishedReader:
    """Reads the published figures of one release."""

    def __init__(self, release: Json) -> None:
        """Take a release with or without published figures."""
        self._all: Json | None = release.get("published")
        self._by_indicator: dict[str, list[PublishedFigure]] = {}
        if self._all is None:
            return
        for place, figure in enumerate(self._all["figures"]):
            self._by_indicator.setdefault(figure["indicator"], []).append(self._figure(self._all, figure, place))

    def figures(self, indicator: str) -> list[PublishedFigure]:
        """Give the published figures that say something about an indicator."""
        return self._by_indicator.get(indicator, [])

    def part(self) -> PublishedPart | None:
        """Give what is said once; None if there are none."""
        if self._all is None or not self._all["figures"]:
            return None
        first, last = self._all["first_year"], self._all["last_year"]
        files = dict.fromkeys(f"{each['file_title']}; file {each['file']}" for each in self._all["figures"])
        return PublishedPart(
            area=self._all["area_name"],
            years=year_words(last)
            if first == last
            else f"reporting years {first} to {last}, named by the year they end in",
            attribution=self._all["attribution"],
            note=self._all["note"],
            method=self._all["method"],
            neighbour_note=self._all["neighbour_note"],
            relations=list(_RELATIONS.values()),
            symbols=[*self._all["symbols"].items(), (_DERIVED, "computed here from published counts")],
            files=list(files),
        )

    def _figure(self, everything: Json, figure: Json, place: int) -> PublishedFigure:
        area = everything["area_name"]
        newest = _newest_year(figure)
        return PublishedFigure(
            identity=f"published.{place}.{figure['indicator']}",
            title=figure["title"],
            relation=_RELATIONS[figure["relation"]],
            note=figure["note"],
            sentences=_sentences(figure, area, newest),
            strip=_strip(figure, area, newest, f"strip.{place}.{figure['indicator']}"),
            table=self._table(everything, figure, f"places.{place}.{figure['indicator']}"),
            source=f"{figure['file_title']}. {sentence_of(figure['arithmetic'])}",
        )

    @staticmethod
    def _table(everything: Json, figure: Json, identity: str) -> Table:
        area = everything["area_name"]
        years = list(range(everything["first_year"], everything["last_year"] + 1))
        places: dict[tuple[str, str], dict[int, Json]] = {}
        for cell in figure["cells"]:
            places.setdefault((cell["role"], cell["area_name"]), {})[cell["year"]] = cell
        rows = []
        for (role, name), cells in places.items():
            closeness = next(iter(cells.values()))["closeness"]
            heading = f"{name} ({closeness.lower()})" if role == "neighbour" and closeness else name
            values = [_value_cell(figure, cells[year]) for year in years]
            verdicts = [_verdict_cell(role, cells[year]) for year in years[-1:]]
            rows.append(TableRow(heading, [*values, *verdicts]))
        unit = "%" if figure["unit"] == "percent" else f"per {figure['per']:,}"
        return Table(
            f"{figure['title']}, {unit}. Published by others: {area}, its statistical neighbours, region and country",
            ["Place", *(f"Year to March {year}" for year in years), f"{area} in {years[-1]} is"],
            rows,
            _notes(everything, figure),
            identity,
        )


def sentence_of(text: str) -> str:
    """End a text with a full stop."""
    return text if text.endswith(".") else f"{text}."


def year_words(year: int) -> str:
    """Name a reporting year by its end."""
    return f"the year to March {year}"


def _unit(figure: Json) -> str:
    return f"{NO_BREAK}%" if figure["unit"] == "percent" else f" per{NO_BREAK}{figure['per']:,}"


def _text(number: Json) -> str:
    if number["text"] is None:
        return _MISSING
    return words.number_text(number["text"]) if number["state"] == "value" else str(number["text"])


def _basis(cell: Json) -> str:
    """Numerator and denominator, each as published; nothing where there is neither."""
    above, below = cell["numerator"], cell["denominator"]
    if above["text"] is None or below["text"] is None:
        return ""
    return f"{_text(above)}{_DERIVED if above['derived'] else ''} of {_text(below)}"


def _value_cell(figure: Json, cell: Json) -> TableCell:
    value = cell["value"]
    if value["text"] is None:
        return TableCell(_MISSING)
    basis = _basis(cell)
    mark = _DERIVED if value["derived"] else ""
    text = f"{_text(value)}{mark}" + (f" ({basis})" if basis else "")
    return TableCell(text, "number" if value["state"] == "value" else "hidden")


def _verdict_cell(role: str, cell: Json) -> TableCell:
    if role == "area":
        return TableCell("")
    return TableCell(_VERDICTS.get(cell["comparison"], "not compared with") + " it")


def _newest_year(figure: Json) -> int | None:
    """Give the last year for which the area has a value."""
    years = [c["year"] for c in figure["cells"] if c["role"] == "area" and c["value"]["state"] == "value"]
    return max(years) if years else None


def _cells_of(figure: Json, year: int) -> list[Json]:
    return [cell for cell in figure["cells"] if cell["year"] == year]


def _sentences(figure: Json, area: str, newest: int | None) -> list[str]:
    if newest is None:
        states = dict.fromkeys(
            words.spaced(c["value"]["state"]) if c["value"]["text"] else c["reason"] or "missing"
            for c in figure["cells"]
            if c["role"] == "area"
        )
        return [f"{area} has no published number here: {words.join_words(list(states))}."]
    cells = _cells_of(figure, newest)
    own = next(cell for cell in cells if cell["role"] == "area")
    unit = _unit(figure)
    first = f"{area}, {year_words(newest)}: {_text(own['value'])}{unit}"
    basis = _basis(own)
    if basis:
        first += f" ({basis}{'' if figure['unit'] == 'rate' else ' ' + figure['counted']})"
    if own["lower"] is not None:
        first += f"; 95{NO_BREAK}% interval {own['lower']} to {own['upper']}"
    sentences = [first + "."]
    wider = [
        f"{_VERDICTS[c['comparison']]} {c['area_name']} ({_text(c['value'])}{unit})"
        for c in cells
        if c["role"] in ("country", "region") and c["comparison"]
    ]
    if wider:
        sentences.append(f"That is {words.join_words(wider)}{_wanted(figure)}.")
    sentences += _among_neighbours(cells)
    sentences += _standing(figure, newest)
    return sentences


def _wanted(figure: Json) -> str:
    if figure["polarity"] == "unspecified":
        return ""
    return f"; {figure['polarity']} is wanted, {figure['polarity_provenance']}"


def _among_neighbours(cells: Sequence[Json]) -> list[str]:
    neighbours = [cell for cell in cells if cell["role"] == "neighbour"]
    judged = [cell["comparison"] for cell in neighbours if cell["comparison"]]
    if not judged:
        return []
    counts = [
        f"{_VERDICTS[verdict]} {words.small_number(judged.count(verdict))}"
        for verdict in _VERDICTS
        if judged.count(verdict)
    ]
    without = len(neighbours) - len(judged)
    text = f"Of its {words.small_number(len(neighbours))} statistical neighbours it is {words.join_words(counts)}"
    if without:
        text += f"; {words.small_number(without)} cannot be compared"
    return [text + "."]


def _standing(figure: Json, year: int) -> list[str]:
    for each in figure["standings"]:
        if each["year"] == year:
            return [
                f"Rank {each['rank']} of {each['authorities']} authorities, counted from the highest; "
                f"given the intervals, between {each['highest_rank']} and {each['lowest_rank']}."
            ]
    return []


def _notes(everything: Json, figure: Json) -> list[str]:
    numbers = [c[part] for c in figure["cells"] for part in ("value", "numerator", "denominator")]
    notes = []
    for symbol, meaning in everything["symbols"].items():
        if any(n["state"] != "value" and n["text"] == symbol for n in numbers):
            notes.append(f"{symbol}: {meaning}.")
    if any(n["derived"] for n in numbers):
        notes.append(f"{_DERIVED} computed here from published counts.")
    reasons = dict.fromkeys(
        f"{c['area_name']} {c['year']}: {c['reason']}" for c in figure["cells"] if c["value"]["text"] is None
    )
    notes += [sentence_of(f"{_MISSING} {reason}") for reason in reasons]
    return notes


def _strip(figure: Json, area: str, newest: int | None, identity: str) -> Markup | None:
    if newest is None:
        return None
    marks = []
    for cell in _cells_of(figure, newest):
        if cell["value"]["state"] != "value":
            continue
        limits = None
        if cell["role"] == "area" and cell["lower"] is not None:
            limits = (Decimal(str(cell["lower"])), Decimal(str(cell["upper"])))
        marks.append(
            Mark(cell["role"], cell["area_name"], Decimal(str(cell["value"]["text"])), _text(cell["value"]), limits)
        )
    title = f"{figure['title']}, {year_words(newest)}: {area} and other places. Published by others"
    return strip(marks, identity, title, f"{NO_BREAK}%" if figure["unit"] == "percent" else "")

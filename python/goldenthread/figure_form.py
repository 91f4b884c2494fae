"""The form a partner fills in who sends figures instead of rows: an Excel workbook, written and read back here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldenthread import _core
from goldenthread._core import DefinitionError, IndicatorSet, Period, Plan
from goldenthread.readers.extras import needed

MARK = "goldenthread form for figures, version 1"
FIGURES, DEFINITIONS, SENDER = "Figures", "Definitions", "Sender"
HEADINGS = (
    "line",
    "indicator_id",
    "figure",
    "period_label",
    "breakdown",
    "value",
    "numerator",
    "denominator",
    "unknown",
    "definition_note",
)
HEADING_ROW = 3  # of the figures, counted from 1
SENDER_CELLS = {"supplied_by": 3, "supplied_on": 4}  # rows, counted from 1; the answer stands in column B

# What is to be filled in, by the unit of the figure.
_ASKED: dict[str, tuple[tuple[str, ...], str]] = {
    "number": (("value", "unknown"), "value: the number counted"),
    "person-days": (("value", "unknown"), "value: the days counted"),
    "fraction": (
        ("numerator", "denominator", "unknown"),
        "numerator: how many meet the definition; denominator: out of how many. The percentage is worked out.",
    ),
    "ratio": (("numerator", "denominator", "unknown"), "numerator and denominator; the ratio is worked out"),
    "rate": (
        ("numerator", "denominator", "unknown"),
        "numerator: the number counted; denominator: the population it is out of. The rate is worked out.",
    ),
    "days": (("value", "denominator", "unknown"), "value: days; denominator: how many people or cases are behind it"),
}


@dataclass(frozen=True)
class AskedFigure:
    """One figure asked for."""

    line: str
    indicator: str
    title: str
    meaning: str
    unit: str

    @property
    def asked(self) -> tuple[tuple[str, ...], str]:
        """Columns to fill in, and how."""
        return _ASKED.get(self.unit, _ASKED["number"])


def figures_of(plan: Plan, item: str, indicators: IndicatorSet) -> list[AskedFigure]:
    """Give the figures of a priority (P7), a line of evidence (P7.E2) or one indicator.

    Raises DefinitionError for anything else, and where nothing of it has a definition.
    """
    pairs = [
        (line.id, indicator)
        for priority in plan.priorities
        for line in priority.evidence_lines
        for indicator in line.indicators
        if item in (priority.id, line.id, indicator) and indicator in indicators
    ]
    if not pairs and item in indicators:
        pairs = [("", item)]
    if not pairs:
        known = ", ".join(priority.id for priority in plan.priorities)
        raise DefinitionError(
            f"'{item}' has no figures: name a priority ({known}), a line such as P7.E2, or an indicator"
        )
    ids = list(dict.fromkeys(indicator for _, indicator in pairs))
    about = _core.evaluate_indicators(indicators, ids, _core.Dataset({}), periods=["2018-19"]).indicators()
    words = {entry["indicator"]: entry for entry in about}
    return [
        AskedFigure(line, i, str(words[i]["title"]), str(words[i]["meaning"]), str(words[i]["unit"]))
        for line, i in pairs
    ]


def write_form(
    path: str | Path,
    item: str,
    *,
    plan: Plan | None = None,
    indicators: IndicatorSet | None = None,
    periods: Iterable[Period | str] | None = None,
    breakdowns: Sequence[str] = (),
) -> int:
    """Write the form for a priority, line or indicator; give the number of lines to fill in.

    periods: those asked for; the quarters of the plan's years if left out. breakdowns: cells asked for besides the
    total, such as "sex=F".

    Raises DefinitionError for an item without figures, DataError where XlsxWriter is not installed.
    """
    library = needed("xlsxwriter", "the form for figures")
    chosen = plan or _core.shipped_plan("leicester_2018_2020")
    figures = figures_of(chosen, item, indicators or _core.shipped_indicators())
    axis = [Period(each) for each in periods] if periods is not None else _quarters(chosen)
    rows = [(figure, period.label, cell) for figure in figures for period in axis for cell in ("", *breakdowns)]
    book = library.Workbook(str(path), {"in_memory": True})
    # The same form is the same bytes: nothing in it says when it was made.
    book.set_properties({"title": MARK, "created": datetime.datetime(2000, 1, 1)})
    formats = _formats(book)
    _write_sender(book.add_worksheet(SENDER), formats, chosen, item)
    _write_figures(book.add_worksheet(FIGURES), formats, rows)
    _write_definitions(book.add_worksheet(DEFINITIONS), formats, figures)
    book.close()
    return len(rows)


def _quarters(plan: Plan) -> list[Period]:
    first, last = plan.years
    return list(_core.quarters_between(f"{first}-04-01", f"{last}-03-31"))


def _formats(book: Any) -> dict[str, Any]:
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "bg_color": "#DDE5EE", "border": 1, "text_wrap": True}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "entry": book.add_format({"locked": False, "bg_color": "#FFF8DC", "border": 1}),
        "day": book.add_format({"locked": False, "bg_color": "#FFF8DC", "border": 1, "num_format": "dd/mm/yyyy"}),
        "closed": book.add_format({"bg_color": "#EEEEEE"}),
    }


def _write_sender(sheet: Any, formats: dict[str, Any], plan: Plan, item: str) -> None:
    sheet.write(0, 0, MARK, formats["title"])
    sheet.write(1, 0, f"{plan.title}: {item}")
    sheet.write(SENDER_CELLS["supplied_by"] - 1, 0, "Your organisation")
    sheet.write_blank(SENDER_CELLS["supplied_by"] - 1, 1, None, formats["entry"])
    sheet.write(SENDER_CELLS["supplied_on"] - 1, 0, "Day this is sent")
    sheet.write_blank(SENDER_CELLS["supplied_on"] - 1, 1, None, formats["day"])
    sheet.data_validation(
        SENDER_CELLS["supplied_on"] - 1,
        1,
        SENDER_CELLS["supplied_on"] - 1,
        1,
        {
            "validate": "date",
            "criteria": ">",
            "value": datetime.date(2000, 1, 1),
            "error_title": "Day",
            "error_message": "Give a day, such as 30/04/2019.",
        },
    )
    notes = (
        f"1. Fill in the yellow cells of the sheet {FIGURES}; leave a line empty where you have no figure. 0 means none.",
        f"2. What each figure counts stands on the sheet {DEFINITIONS}. If you count differently, say how in the last column.",
        "3. Totals only: no names, no dates of birth, no numbers of persons.",
    )
    for number, note in enumerate(notes, start=6):
        sheet.write(number, 0, note, formats["text"])
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 1, 30)
    sheet.protect()


def _write_figures(sheet: Any, formats: dict[str, Any], rows: Sequence[tuple[AskedFigure, str, str]]) -> None:
    sheet.write(0, 0, MARK, formats["title"])
    for column, heading in enumerate(HEADINGS):
        sheet.write(HEADING_ROW - 1, column, heading, formats["head"])
    for number, (figure, period, cell) in enumerate(rows, start=HEADING_ROW):
        for column, text in enumerate((figure.line, figure.indicator, figure.title, period, cell)):
            sheet.write_string(number, column, text, formats["text"])
        for column in range(5, len(HEADINGS)):
            name = HEADINGS[column]
            wanted = name == "definition_note" or name in figure.asked[0]
            sheet.write_blank(number, column, None, formats["entry" if wanted else "closed"])
            if wanted and name != "definition_note":
                _validate(sheet, number, column, name, figure)
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 2, 36)
    sheet.set_column(3, len(HEADINGS) - 1, 14)
    sheet.freeze_panes(HEADING_ROW, 3)
    sheet.protect()


def _validate(sheet: Any, row: int, column: int, name: str, figure: AskedFigure) -> None:
    whole = name != "value" or figure.unit in ("number", "person-days")
    sheet.data_validation(
        row,
        column,
        row,
        column,
        {
            "validate": "integer" if whole else "decimal",
            "criteria": ">=",
            "value": 0,
            "input_title": name,
            "input_message": figure.asked[1][:250],
            "error_title": "Number",
            "error_message": "A whole number from 0 is expected." if whole else "A number from 0 is expected.",
        },
    )


def _write_definitions(sheet: Any, formats: dict[str, Any], figures: Sequence[AskedFigure]) -> None:
    for column, heading in enumerate(("indicator_id", "figure", "what it counts", "what to fill in")):
        sheet.write(0, column, heading, formats["head"])
    for row, figure in enumerate({figure.indicator: figure for figure in figures}.values(), start=1):
        for column, text in enumerate((figure.indicator, figure.title, figure.meaning, figure.asked[1])):
            sheet.write_string(row, column, text, formats["text"])
    sheet.set_column(0, 1, 36)
    sheet.set_column(2, 3, 70)
    sheet.protect()

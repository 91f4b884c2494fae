"""Cells of any source as text, so that every one is then read by the same rules."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

# Day 0 of Excel's 1900 system, counted so that days after its 29 February 1900 (a day there never was) come out right.
_SERIAL_ZERO = datetime.date(1899, 12, 30)
_FIRST_SERIAL = 61  # 1 March 1900: earlier serials are ambiguous, and no child's date
_LAST_SERIAL = 109_574  # 31 December 2199
EXCEL_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA"})


def as_text(value: Any) -> str:
    """Give a cell as text: dates YYYY-MM-DD, truth as true or false, whole numbers without a point, nothing as ''."""
    if value is None or value is Ellipsis:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        return _year_first(value.date())
    if isinstance(value, datetime.date):
        return _year_first(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() else ""
    if hasattr(value, "item") and not isinstance(value, bytes | bytearray):
        return as_text(value.item())  # a number of numpy
    if isinstance(value, bytes | bytearray):
        return bytes(value).decode("utf-8", "replace")
    text = str(value)
    return "" if text in ("NaT", "<NA>", "nan") else text


def _year_first(day: datetime.date) -> str:
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def _number(value: float) -> str:
    if not math.isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() else repr(value)


def serial_day(text: str) -> str | None:
    """Give the day an Excel serial number of the 1900 system means, as YYYY-MM-DD; None if the text is none."""
    try:
        number = float(text)
    except ValueError:
        return None
    if not math.isfinite(number) or not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    return _year_first(_SERIAL_ZERO + datetime.timedelta(days=int(number)))


def folded(text: str) -> str:
    """Give a heading so that spellings compare: one kind of space, quote and case, no doubled brackets or spaces."""
    plain = text.translate(_PLAIN).replace("((", "(").replace("))", ")")
    return " ".join(plain.split()).casefold()


_PLAIN = str.maketrans(
    {"\u00a0": " ", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-", "_": " "}
)


_SHOWN = 6
_NUMBER = re.compile(r"\d{3}")


def headings_in_words(headings: Sequence[str], most: int = _SHOWN) -> str:
    """List headings for a message, unless the row may be one of data: a number among them could be somebody's."""
    if any(_NUMBER.search(heading) for heading in headings):
        return f"{len(headings):,} headings, not shown because there are numbers in them: is it a row of data?"
    more = f" and {len(headings) - most:,} more" if len(headings) > most else ""
    return f"headings {', '.join(heading[:40] for heading in headings[:most])}{more}"

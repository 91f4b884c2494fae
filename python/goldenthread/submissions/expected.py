"""Files that say who was to supply what by when (goldenthread/submissions@1)."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass, field
from typing import Any

from goldenthread import _core
from goldenthread._core import DefinitionError, IndicatorSet, Period
from goldenthread.documents import Place, did_you_mean, entries_of, text_of
from goldenthread.readers import schema

FORMAT = "goldenthread/submissions@1"
_ENTRY = frozenset(
    {"partner", "table", "indicator", "parts", "periods", "from", "to", "every", "due_days", "share", "contact"}
)
_MOST_DAYS = 3660


@dataclass(frozen=True)
class Expected:
    """One thing a partner agreed to send, for some periods."""

    partner: str
    table: str = ""
    indicator: str = ""
    parts: tuple[str, ...] = ()
    periods: tuple[Period, ...] = field(default=())
    due_days: int = 0
    share: float = 1.0
    contact: str = ""

    @property
    def what(self) -> str:
        """Name of the table or indicator."""
        return self.table or self.indicator

    def due(self, period: Period) -> datetime.date:
        """Day by which a period is to be there."""
        return period.last + datetime.timedelta(days=self.due_days)


def _texts(given: dict[str, Any], name: str, place: Place) -> tuple[str, ...]:
    values = given.get(name)
    if name not in given:
        return ()
    if not isinstance(values, list) or not values or not all(isinstance(v, str) and v.strip() for v in values):
        raise place.at(name).error("a list of texts is expected")
    if len(set(values)) != len(values):
        raise place.at(name).error("an entry stands twice")
    return tuple(value.strip() for value in values)


def _number(given: dict[str, Any], name: str, place: Place) -> Any:
    value = given.get(name)
    return None if isinstance(value, bool) or not isinstance(value, int | float) else value


def _day(given: dict[str, Any], name: str, place: Place) -> datetime.date:
    text = place.text(given, name)
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise place.at(name).error(f"'{text}' is not a date such as 2019-04-01") from None


def _run(given: dict[str, Any], place: Place) -> list[Period]:
    makers = {
        "month": _core.months_between,
        "quarter": _core.quarters_between,
        "year": _core.financial_years_between,
    }
    lacking = next((name for name in ("from", "to", "every") if name not in given), None)
    if lacking:
        raise place.error(f"'{lacking}' is missing", "a run of periods needs from, to and every; or name periods")
    every = place.text(given, "every")
    if every not in makers:
        raise place.at("every").error(f"'{every}' is not month, quarter or year", did_you_mean(every, makers))
    first, last = _day(given, "from", place), _day(given, "to", place)
    if last < first:
        raise place.at("to").error(f"{last} lies before {first}")
    periods = list(makers[every](first.isoformat(), last.isoformat()))
    if not periods:
        raise place.error(f"no whole {every} lies between {first} and {last}")
    return periods


def _periods(given: dict[str, Any], place: Place) -> tuple[Period, ...]:
    if "periods" not in given:
        return tuple(_run(given, place))
    if given.keys() & {"from", "to", "every"}:
        raise place.at("periods").error("periods by name, or from, to and every: not both")
    result = []
    for position, text in enumerate(_texts(given, "periods", place)):
        try:
            result.append(Period(text))
        except DefinitionError as problem:
            raise place.at("periods").at(position).error(str(problem)) from None
    return tuple(result)


def _entry(given: Any, place: Place, indicators: IndicatorSet) -> Expected:
    given = place.object_of(given, _ENTRY)
    partner = place.text(given, "partner")
    if not partner:
        raise place.error("'partner' is missing: who sends it?")
    table = place.name_of(given, "table", schema.tables(), "table")
    indicator = place.name_of(given, "indicator", indicators.ids, "indicator")
    if bool(table) == bool(indicator):
        raise place.error("one of table (rows) and indicator (a figure) is expected")
    parts = _texts(given, "parts", place)
    if parts and indicator:
        raise place.at("parts").error("a figure has no parts")
    days = _number(given, "due_days", place)
    if not isinstance(days, int) or not 0 <= days <= _MOST_DAYS:
        raise place.at("due_days").error(
            f"a whole number of days after the period's end is expected, 0 to {_MOST_DAYS:,}"
        )
    share = _number(given, "share", place) if "share" in given else 1.0
    if share is None or not 0 < share <= 1:
        raise place.at("share").error("a number above 0, at most 1, is expected")
    return Expected(
        partner, table, indicator, parts, _periods(given, place), days, float(share), place.text(given, "contact")
    )


def _expect_each_once(expected: tuple[Expected, ...], place: Place) -> None:
    seen: dict[tuple[str, str, str, str], int] = {}
    for number, entry in enumerate(expected):
        for period in entry.periods:
            for part in entry.parts or ("",):
                before = seen.setdefault((entry.partner.casefold(), entry.what, part, period.label), number)
                if before != number:
                    raise (
                        place.at("expected")
                        .at(number)
                        .error(
                            f"{entry.partner}'s {entry.what} for {period.label} is expected already, in entry {before}"
                        )
                    )


def parse_expected(text: str, file: str, *, indicators: IndicatorSet | None = None) -> tuple[Expected, ...]:
    """Read what is expected from text; indicators: those that figures may be of, the shipped ones if left out.

    Raises DefinitionError naming the file, the place in it and what to do.
    """
    known = indicators if indicators is not None else _core.shipped_indicators()
    entries = entries_of(text, file, FORMAT, "expected")
    found = tuple(_entry(each, place, known) for each, place in entries)
    _expect_each_once(found, Place(file))
    return found


def read_expected(path: str | os.PathLike[str], *, indicators: IndicatorSet | None = None) -> tuple[Expected, ...]:
    """Read a file of what is expected.

    Raises DefinitionError for what is wrong in it, OSError for a file that cannot be opened.
    """
    return parse_expected(text_of(path), str(path), indicators=indicators)

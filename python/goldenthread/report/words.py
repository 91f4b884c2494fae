"""The words of the report: numbers, dates, states. No figure is ever rounded or computed here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

NO_BREAK = "\u00a0"

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_IRREGULAR = {"child": "children", "person": "people", "family": "families", "enquiry": "enquiries"}


@dataclass(frozen=True)
class Tag:
    """A state as a reader meets it: a shape, a short name, and what it means."""

    kind: str
    shape: str
    label: str
    meaning: str = ""


# What a state of the release is called, and its shape: never told by colour alone.
_CELL_TAGS = {
    "value": ("●", "Figure"),
    "true_zero": ("○", "True zero"),
    "missing": ("□", "Evidence not yet available"),
    "partial": ("◐", "Part of the days covered"),
    "zero_denominator": ("–", "Nothing to divide by"),
    "suppressed": ("▨", "Hidden"),
    "not_due": ("◇", "Not due yet"),
    "not_applicable": ("–", "Not applicable"),
    "not_available": ("□", "Published as not available"),
    "unreliable": ("◐", "Published as unreliable"),
}
_LINE_TAGS = {
    "value": ("●", "Figures available"),
    "partial": ("◐", "Available in part"),
    "missing": ("□", "Evidence not yet available"),
    "recorded": ("■", "Recorded"),
}
_DATE_TAGS = {"undated": ("◇", "No date in the plan"), "dated": ("◆", "Dated")}
_RECORD_TAGS = {
    "recorded": ("■", "Recorded"),
    "partial": ("◐", "Recorded in part"),
    "missing": ("□", "No assurance record yet"),
    "": ("–", "No record asked for"),
}
_STATUS_TAGS = {
    "NOT_STARTED": ("□", "Not started"),
    "ON_TRACK": ("◑", "On track"),
    "AT_RISK": ("▲", "At risk"),
    "OVERDUE": ("!", "Overdue"),
    "DONE": ("■", "Done"),
    "NOT_DUE": ("◇", "Not due yet"),
    "WITHDRAWN": ("–", "Withdrawn"),
}
_JUDGEMENTS = {"ASSURED": "assured", "PARTLY_ASSURED": "partly assured", "NOT_ASSURED": "not assured"}
_FIGURE_TAGS = {"value": ("●", "Figure available"), "missing": ("□", "Evidence not yet available")}

# What stands in a cell without a number.
_NO_NUMBER = {
    "missing": "evidence not yet available",
    "zero_denominator": "nothing to divide by",
    "not_due": "not due yet",
    "not_applicable": "not applicable",
    "not_available": "not available",
}

_CATEGORY_TITLES = {
    "sex": {"F": "Female", "M": "Male", "U": "Unknown or unborn"},
    "category_of_abuse": {
        "NEG": "Neglect",
        "PHY": "Physical abuse",
        "SAB": "Sexual abuse",
        "EMO": "Emotional abuse",
        "MUL": "Multiple",
    },
}
_CODES_OF = {"latest_category": "category_of_abuse", "initial_category": "category_of_abuse", "sex": "sex"}


def spaced(name: str) -> str:
    """Give a name of the data model as words: "age_band" → "age band"."""
    return name.replace("_", " ")


def sentence_case(text: str) -> str:
    """Raise the first letter and leave the rest alone."""
    return text[:1].upper() + text[1:]


def date_words(iso: str) -> str:
    """Give 2020-03-31 as 31 March 2020, whatever the machine's language; as it is when it is not a date."""
    parts = iso.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return iso
    return f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {parts[0]}"


def number_text(number: int | float | Decimal | str) -> str:
    """Group the thousands of a released number and keep its digits exactly as released."""
    digits = str(number)
    sign, digits = ("−", digits[1:]) if digits.startswith("-") else ("", digits)
    whole, point, rest = digits.partition(".")
    return f"{sign}{int(whole):,}{point}{rest}" if whole.isdigit() else f"{sign}{digits}"


def small_number(count: int) -> str:
    """Spell a count of lines or activities."""
    return _SMALL[count] if count < len(_SMALL) else f"{count:,}"


def plural(unit: str, number: str = "2") -> str:
    """Give the unit of count in the number asked for: "1" is one child, anything else is children."""
    word = spaced(unit)
    if number == "1":
        return word
    head, space, last = word.rpartition(" ")
    if last in _IRREGULAR:
        return head + space + _IRREGULAR[last]
    return word if last.endswith("s") else word + "s"


def join_words(items: list[str]) -> str:
    """Join as "a, b and c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def lines_words(lines: list[int]) -> str:
    """Say where the words stand in the plan's source document."""
    first, last = lines
    if first == 0:
        return "not from the plan's source document"
    return f"line {first} of the source document" if first == last else f"lines {first}–{last} of the source document"


def category_words(dimension: str, category: str | None) -> str:
    """Name a category; a code without a title stays as it is."""
    if category is None:
        return "Not recorded"
    title = _CATEGORY_TITLES.get(_CODES_OF.get(dimension, ""), {}).get(category)
    return f"{title} ({category})" if title else category


def without_number(state: str, reason: str) -> str:
    """Say why there is no number here."""
    return _NO_NUMBER.get(state) or reason or spaced(state) or "no number given"


def _tag(known: dict[str, tuple[str, str]], state: str, meanings: dict[str, str]) -> Tag:
    shape, label = known.get(state, ("?", sentence_case(spaced(state)) or "State not said"))
    return Tag(state or "none", shape, label, meanings.get(state, ""))


def cell_tag(state: str, symbol: str, glossary: dict[str, Any]) -> Tag:
    """Give the state of a cell."""
    tag = _tag(_CELL_TAGS, state, glossary["cell_states"])
    return Tag(tag.kind, tag.shape, f"Hidden ({symbol})", tag.meaning) if state == "suppressed" else tag


def figure_tag(state: str, glossary: dict[str, Any]) -> Tag:
    """Give the state of a figure as a whole."""
    return _tag({**_CELL_TAGS, **_FIGURE_TAGS}, state, glossary["cell_states"])


def line_tag(state: str, glossary: dict[str, Any]) -> Tag:
    """Give the state of an evidence line."""
    return _tag(_LINE_TAGS, state, glossary["element_states"])


def date_tag(state: str, glossary: dict[str, Any]) -> Tag:
    """Give what an activity's date says."""
    return _tag(_DATE_TAGS, state, glossary["element_states"])


def record_tag(state: str, glossary: dict[str, Any]) -> Tag:
    """Give what the assurance records of an activity or line say."""
    return _tag(_RECORD_TAGS, state, glossary["element_states"])


def status_tag(status: str, glossary: dict[str, Any]) -> Tag:
    """Give the status of an assurance activity."""
    tag = _tag(_STATUS_TAGS, status, glossary["statuses"])
    return Tag(tag.kind.lower(), tag.shape, tag.label, tag.meaning)


def judgement_words(judgement: str) -> str:
    """Give the last judgement of an agency; nobody is assured without one."""
    return _JUDGEMENTS.get(judgement, "no judgement given")

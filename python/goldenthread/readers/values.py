"""Values as people and systems write them, reduced to what the canonical tables hold.

By tables of codes and words only: what is in none of them is left as it is, and becomes a finding.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from goldenthread.readers import schema
from goldenthread.readers.cells import EXCEL_ERRORS, folded, serial_day

_YES = frozenset({"yes", "y", "true", "1", "1.0"})
_NO = frozenset({"no", "n", "false", "0", "0.0"})
_NOTHING = frozenset({"", "n/a", "na", "null", "not applicable", "-", "none recorded"})

# Words for codes beside the titles of the code sets.
_WORDS: dict[str, dict[str, str]] = {
    "sex": {
        "male": "M",
        "boy": "M",
        "female": "F",
        "girl": "F",
        "unknown": "U",
        "not known": "U",
        "unborn": "U",
        "not stated": "U",
        "not recorded": "U",
        "indeterminate": "U",
        "neither": "U",
        "1": "M",
        "2": "F",
        "0": "U",
        "9": "U",
    },
    "category_of_abuse": {
        "physical": "PHY",
        "sexual": "SAB",
        "emotional": "EMO",
        "multiple": "MUL",
        "multiple/mixed": "MUL",
        "mixed": "MUL",
    },
    "disability": {"no disability": "NONE", "none": "NONE"},
}
_WORDS["single_category_of_abuse"] = {w: c for w, c in _WORDS["category_of_abuse"].items() if c != "MUL"}

# "a) Yes", "b) Female": the letter numbers the choices of a form and means nothing.
_CHOICE = re.compile(r"^[a-z]{1,2}\)\s*", re.IGNORECASE)


@cache
def _words(codes: str) -> dict[str, str]:
    """Every word of a code set to its code: the codes, their titles, and words of old."""
    titles: dict[str, str] = {}
    for code in schema.code_sets()[codes]["codes"]:
        title = folded(code["title"])
        # A title that two codes share tells neither.
        titles[title] = code["code"] if title not in titles else ""
    result = {title: code for title, code in titles.items() if title and code}
    result.update(_WORDS.get(codes, {}))
    result.update({code.casefold(): code for code in schema.codes(codes)})
    return result


def code_of(text: str, codes: str) -> str | None:
    """Give the code that a text means: 'N1 - Abuse or neglect', 'e) 2A: Schools', 'Neglect'; None if none is known."""
    known = _words(codes)
    plain = folded(text)
    for candidate in (plain, folded(_CHOICE.sub("", plain))):
        if candidate in known:
            return known[candidate]
        for separator in (":", " - ", "-", " "):
            head, found, tail = candidate.partition(separator)
            if not found:
                continue
            if head.strip() in known:
                return known[head.strip()]
            if separator != " " and tail.strip() in known:
                return known[tail.strip()]
    return None


def boolean_of(text: str) -> str | None:
    """Give true or false for a yes or no in any spelling; None for anything else."""
    plain = folded(_CHOICE.sub("", folded(text)))
    head = plain.partition(" - ")[0].strip()
    for candidate in (plain, head):
        if candidate in _YES:
            return "true"
        if candidate in _NO:
            return "false"
    return None


def reduced(text: str, column: dict[str, Any]) -> str:
    """Give a cell as the column of a canonical table wants it; text that is not understood is left as it is."""
    plain = text.replace("\u00a0", " ").strip()
    if plain in EXCEL_ERRORS:
        return ""
    kind = column["type"]
    if kind == "category":
        if folded(plain) in _NOTHING - {"none recorded"} and not _CHOICE.match(plain):
            return ""
        return code_of(plain, column["codes"]) or plain
    if kind == "boolean":
        if folded(_CHOICE.sub("", plain)) in _NOTHING:
            return ""
        return boolean_of(plain) or plain
    if kind == "date":
        return serial_day(plain) or ("" if folded(plain) in _NOTHING else plain)
    return plain

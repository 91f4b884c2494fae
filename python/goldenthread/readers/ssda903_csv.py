"""The SSDA903 return of looked-after children as CSV files, each known by its headings whatever it is called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from goldenthread._core import read_ssda903_files
from goldenthread.readers.found import Found, Options, Part, Reader
from goldenthread.readers.glimpse import Glimpse

_READ = ("header", "episodes", "missing")

# Headings that tell a file from the others of the return; the first line that fits names it.
_HEADINGS: tuple[tuple[str, frozenset[str]], ...] = (
    ("episodes", frozenset({"child", "decom", "rne"})),
    ("missing", frozenset({"child", "missing", "mis_start"})),
    ("reviews", frozenset({"child", "review", "review_code"})),
    ("uasc", frozenset({"child", "duc"})),
    ("ad1", frozenset({"child", "date_int", "date_match"})),
    ("oc2", frozenset({"child", "sdq_score"})),
    ("oc3", frozenset({"child", "in_touch", "activ"})),
    ("prevperm", frozenset({"child", "prev_perm"})),
    ("placedadoption", frozenset({"child", "date_placed"})),
    ("socialworker", frozenset({"child", "sw_id"})),
    ("socialworker", frozenset({"child", "sw_decom"})),
    ("header", frozenset({"child", "sex", "dob", "ethnic"})),
)

_WORDS = {
    "header": "children",
    "episodes": "episodes of care",
    "missing": "missing episodes",
    "reviews": "reviews",
    "uasc": "unaccompanied children",
    "ad1": "adoptions",
    "oc2": "health and offending",
    "oc3": "care leavers",
    "prevperm": "previous permanence",
    "placedadoption": "placed for adoption",
    "socialworker": "social workers",
}


def _recognise(seen: Glimpse, options: Options) -> Found | None:
    for kind, headings in _HEADINGS:
        if headings <= seen.folded:
            what = f"SSDA903 {kind} ({_WORDS[kind]}, CSV)"
            if kind in _READ:
                return Found(seen.path, READER.name, what, role=kind)
            note = "no canonical table holds what is in it; nothing is read from it"
            return Found(seen.path, READER.name, what, role=kind, read=False, note=note)
    return None


def _letters(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _returns(files: Sequence[Found]) -> list[list[Found]]:
    """Files of one return each: those of a folder, or of equal names but for the kind where a kind stands twice."""
    folders: dict[Path, list[Found]] = defaultdict(list)
    for file in files:
        folders[file.path.parent].append(file)
    result = []
    for together in folders.values():
        if len({file.role for file in together}) == len(together):
            result.append(together)
            continue
        named: dict[str, list[Found]] = defaultdict(list)
        for file in together:
            named[_letters(file.path.stem).replace(file.role, "")].append(file)
        result += named.values()
    return result


def _read(files: Sequence[Found], options: Options) -> list[Part]:
    parts = []
    for together in _returns([file for file in files if file.role in _READ]):
        data = read_ssda903_files([(file.role, file.path) for file in together], options.year)
        parts.append(Part(data, tuple(sorted(together, key=lambda file: file.role))))
    return parts


READER = Reader(
    name="ssda903_csv",
    title="the SSDA903 files header, episodes and missing (CSV)",
    tables=("person", "looked_after_episode", "missing_episode"),
    keys="natural",
    recognise=_recognise,
    read=_read,
)

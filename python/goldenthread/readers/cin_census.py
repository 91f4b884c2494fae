"""The children in need census, XML."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread._core import read_cin_census
from goldenthread.readers.found import Found, Options, Part, Reader
from goldenthread.readers.glimpse import Glimpse


def _recognise(seen: Glimpse, options: Options) -> Found | None:
    if seen.root != "Message":
        return None
    collection = seen.element("Collection")
    if collection is None and "CINdetails" not in (seen.text or "") and "LAchildID" not in (seen.text or ""):
        return None
    if collection is not None and collection.upper() != "CIN":
        return None
    return Found(seen.path, READER.name, "children in need census (XML)", version=seen.element("Year") or "")


def _read(files: Sequence[Found], options: Options) -> list[Part]:
    return [Part(read_cin_census(file.path), (file,)) for file in files]


READER = Reader(
    name="cin_census",
    title="a children in need census (XML)",
    tables=(
        "person",
        "person_disability",
        "referral",
        "assessment",
        "assessment_factor",
        "cin_plan",
        "section_47",
        "initial_conference",
        "cp_plan",
        "cp_plan_category",
        "cp_review",
    ),
    keys="natural",
    recognise=_recognise,
    read=_read,
)

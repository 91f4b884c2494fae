"""Published national figures: known here, so that nobody takes them for rows of the council."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread.readers.found import Found, Options, Part, Reader
from goldenthread.readers.glimpse import Glimpse

_EES = frozenset({"time_period", "time_identifier", "geographic_level"})

# A column that only this publication has, and what it publishes.
_CONTENTS = (
    ("anypoint_episodes", "children in need"),
    ("rereferral_count", "referrals and re-referrals"),
    ("episodes_with_assessment_factor", "factors identified at the end of assessment"),
    ("cpp_subsequent", "second or subsequent child protection plans"),
    ("3_months_or_less", "child protection plans by length of time"),
    ("population_estimate", "mid-year population estimates of children"),
)

_NOTE = "figures to compare with, not rows of this council: nothing of it goes into the dataset"


def _years(seen: Glimpse) -> str:
    """Years of the rows that can be seen from the beginning of the file."""
    column = [heading.lower() for heading in seen.headings].index("time_period")
    lines = (seen.text or "").splitlines()[1:]
    years = {cells[column] for line in lines if len(cells := line.split(",")) > column and cells[column].isdigit()}
    return max(years, default="")


def _recognise(seen: Glimpse, options: Options) -> Found | None:
    if seen.folded >= _EES:
        content = next((words for column, words in _CONTENTS if column in seen.folded), "figures")
        source = "Office for National Statistics" if "population" in content else "explore-education-statistics"
        what = f"published {content} ({source}, CSV)"
        latest = _years(seen)
        return Found(seen.path, READER.name, what, version=f"to {latest}" if latest else "", read=False, note=_NOTE)
    if seen.folded >= {"old_la_code", "sn_1", "sn_1p"}:
        what = "published statistical neighbours of each authority (CSV)"
        return Found(seen.path, READER.name, what, role="neighbours", read=False, note=_NOTE)
    return None


def _read(files: Sequence[Found], options: Options) -> list[Part]:
    return []


READER = Reader(
    name="published", title="published figures (CSV)", tables=(), keys="own", recognise=_recognise, read=_read
)

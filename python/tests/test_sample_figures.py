"""Figures of third-party files, counted by others, come out of the canonical tables.

The list of figures lies beside the files, outside this project: folder `samples` of GOLDENTHREAD_SHARED, or of ../shared.
A figure is recognised by its kind: days, periods and breakdowns are read from its id, so a longer list of the same kinds
runs as it is. What canonical tables cannot hold is listed below with the reason; every id is one or the other.
"""

from __future__ import annotations

import datetime
import functools
import json
import os
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import goldenthread
import pytest

SHARED = Path(os.environ.get("GOLDENTHREAD_SHARED") or Path(__file__).resolve().parents[2].parent / "shared")
SAMPLES = SHARED / "samples"

Rows = list[dict[str, Any]]
Day = datetime.date


@dataclass(frozen=True)
class Entry:
    """A figure of the list."""

    id: str
    file: str
    question: str
    value: Any


def entries() -> list[Entry]:
    if not (SAMPLES / "expected.json").is_file():
        return []
    listed = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
    return [Entry(each["id"], each["file"], each["question"], each["value"]) for each in listed]


# What canonical tables do not hold: pattern of the id, reason.
NOT_HELD = [
    (
        r"cin\.\w+\.(elements|values|empty|stray|attributes|paths)(\..*)?",
        "the raw XML tree is not kept, only what it means",
    ),
    (r"cin\.\w+\.nfa(\..*)?", "ReferralNFA becomes true or false; how it was written (true, 1) is not kept"),
    (r"lac\.(open_)?reviews?(ed)?([._].*)?", "reviews.csv has no canonical table"),
    (r"lac\.(open_)?(children_)?uasc([._].*)?", "uasc.csv has no canonical table"),
    (r"lac\.header\.(by_)?(mother|mc_dob)(\..*)?", "MOTHER and MC_DOB are not mapped"),
    (
        r"lac\..*(post|reason_place_change|pl_la|urn|pl_distance|pl_location)(\..*)?",
        "postcodes and reasons of placement change are not mapped",
    ),
]


def reason_not_held(id: str) -> str | None:
    return next((reason for pattern, reason in NOT_HELD if re.fullmatch(pattern, id)), None)


# --- reading ---


@functools.cache
def read(file: str) -> goldenthread.Dataset:
    """The tables of a sample; without `coverage`, for the lists ask about years before and after the return's own."""
    path = SAMPLES / file
    data = goldenthread.read_cin_census(path) if path.suffix == ".xml" else goldenthread.read_ssda903(path.parent)
    return goldenthread.Dataset({name: table for name, table in data.tables.items() if name != "coverage"})


@functools.cache
def findings(file: str) -> Rows:
    path = SAMPLES / file
    data = goldenthread.read_cin_census(path) if path.suffix == ".xml" else goldenthread.read_ssda903(path.parent)
    return rows_of(data.findings_rows())


def rows_of(table: goldenthread.Table) -> Rows:
    names = table.column_names
    return [dict(zip(names, row, strict=True)) for row in zip(*(c.to_list() for c in table.columns), strict=True)]


@functools.cache
def _rows(file: str, table: str) -> Rows:
    return rows_of(read(file)[table])


class Sample:
    """The tables of one file as rows."""

    def __init__(self, file: str) -> None:
        self.file = file

    @property
    def data(self) -> goldenthread.Dataset:
        return read(self.file)

    def __getitem__(self, table: str) -> Rows:
        return _rows(self.file, table)

    def by_child(self, table: str) -> dict[str, Rows]:
        result: dict[str, Rows] = {}
        for row in self[table]:
            result.setdefault(row["child_id"], []).append(row)
        return result

    def person(self) -> dict[str, dict[str, Any]]:
        return {row["child_id"]: row for row in self["person"]}

    def gender_code(self) -> dict[str, str]:
        """GenderCurrent as the census wrote it: 0 and 9 both become U, the findings say which were 9."""
        nine = {f["key"] for f in findings(self.file) if f["rule"] == "sex_indeterminate"}
        codes = {"M": "1", "F": "2", "U": "0", None: "(missing)"}
        return {child: "9" if child in nine else codes[row["sex"]] for child, row in self.person().items()}


# --- the engine ---

BANDS = ["0-4", "5-9", "10-15", "16-17", "18+"]
AGE = (
    "case when age({born}, {day}) <= 4 then '0-4' when age({born}, {day}) <= 9 then '5-9' "
    "when age({born}, {day}) <= 15 then '10-15' when age({born}, {day}) <= 17 then '16-17' "
    "when age({born}, {day}) >= 18 then '18+' end"
)
SEX_CODES = {"M": "1", "F": "2", "U": "0"}

PERSON_DIMENSIONS = {
    "sex": "sex",
    "gender": "sex",
    "ethnicity": "ethnicity",
    "ethnic": "ethnicity",
    "age": AGE.format(born="date_of_birth", day="as_at"),
}
DIMENSIONS = {
    "person": PERSON_DIMENSIONS,
    "referral": {
        "need": "primary_need",
        "source": "referral_source",
        "reason": "closure_reason",
        "closure_reason": "closure_reason",
    },
    "looked_after_episode": {
        "place": "placement_type",
        "place_letter": "placement_type",
        "provider": "placement_provider",
        "place_provider": "placement_provider",
        "ls": "legal_status",
        "legal_status": "legal_status",
        "rne": "reason_new_episode",
        "cin": "category_of_need",
        "need": "category_of_need",
        "reason": "reason_ceased",
        "rec": "reason_ceased",
    },
    "missing_episode": {"kind": "missing_type", "code": "missing_type", "type": "missing_type"},
}


def dimension(table: str, name: str) -> dict[str, Any]:
    """A breakdown of the list in the language of definitions."""
    if name in DIMENSIONS[table] and table != "person":
        return {"name": name, "value": DIMENSIONS[table][name]}
    reach = "" if table == "person" else "person."
    if name == "age":
        return {"name": name, "value": AGE.format(born=f"{reach}date_of_birth", day="as_at"), "categories": BANDS}
    return {"name": name, "value": reach + PERSON_DIMENSIONS[name]}


def label(name: str, category: str | None) -> str:
    if category is None:
        return "(missing)"
    if name in ("sex", "gender"):
        return SEX_CODES[category]
    return category[0] if name == "place_letter" else category


def measured(
    sample: Sample,
    table: str,
    where: str,
    periods: list[Any],
    timing: str = "at",
    distinct: str = "",
    by: Iterable[str] = (),
    median_of: str = "",
) -> list[Any]:
    """Define an indicator, evaluate it, and give its number (or its cells by category) in each period."""
    names = list(by)
    measure: dict[str, Any] = {"kind": "count", "of": table, "timing": timing, "where": where}
    if distinct:
        measure.update(kind="distinct", distinct=[distinct])
    if median_of:
        measure.update(kind="median", value=median_of)
    indicator = {
        "id": "sample.figure",
        "title": "A figure of the list",
        "measure": measure,
        "breakdowns": [dimension(table, name) for name in names],
    }
    document = json.dumps({"format": "goldenthread/indicators@1", "indicators": [indicator]})
    known = goldenthread.shipped_indicators().with_file(document, "sample.indicators.json")
    split = [tuple(names)] if names else None
    results = goldenthread.evaluate("sample.figure", sample.data, periods, split, indicators=known)
    answer: list[Any] = []
    for period in results.periods:
        cells = [c for c in results.cells() if (c["period"], c["period_kind"]) == (period.label, period.kind)]
        wanted = [c for c in cells if bool(c["key"]) == bool(names)]
        for cell in wanted:
            assert cell["state"] in ("value", "true_zero"), cell
            assert cell["unknown"] == 0, cell
        number = "value" if median_of else "numerator"
        answer.append(nested(wanted, names) if names else wanted[0][number])
    return answer


def nested(cells: list[dict[str, Any]], names: list[str]) -> dict[str, Any]:
    """Cells by category; categories without rows are left out, bands of age are kept."""
    result: dict[str, Any] = {}
    for cell in cells:
        place = result
        for name in names[:-1]:
            place = place.setdefault(label(name, cell["key"][name]), {})
        last = label(names[-1], cell["key"][names[-1]])
        if cell["numerator"] or names[-1] == "age":
            place[last] = place.get(last, 0) + cell["numerator"]
    return {name: part for name, part in result.items() if part != {}}


OPEN = {
    "referral": "open(referral_date, closure_date)",
    "looked_after_episode": "open(start_date, end_date)",
}
NOT_SHORT_BREAK = "(legal_status is null or legal_status not in ('V3', 'V4'))"
CEASED = "happened(end_date) and reason_ceased is not null and reason_ceased != 'X1'"


# --- periods ---


def day(text: str) -> Day:
    return Day.fromisoformat(text)


def year_of(date: Day) -> str:
    first = date.year if date.month >= 4 else date.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def quarter_of(date: Day) -> str:
    return f"{year_of(date)} Q{(date.month - 4) % 12 // 3 + 1}"


def month_of(date: Day) -> str:
    return f"{date:%Y-%m}"


SPLITS: dict[str, Callable[[Day], str]] = {"year": year_of, "quarter": quarter_of, "month": month_of}


def bounds(period: str) -> tuple[Day, Day]:
    """First and last day of a period; a day alone is the financial year to it."""
    named = goldenthread.Period(period)
    return named.first, named.last


def spread(entry: Entry, dates: Iterable[Day | None], split: str) -> list[str]:
    """Labels of the periods a figure is spread over: those of the question's range, else all that occur."""
    named = re.search(r"from (\S+(?: Q\d)?) to (\S+(?: Q\d)?)\?", entry.question)
    occurring = sorted({SPLITS[split](d) for d in dates if d is not None})
    if not named or named.group(1)[:4] > named.group(2)[:4]:
        return occurring
    first, last = bounds(named.group(1))[0], bounds(named.group(2))[1]
    makers = {
        "year": goldenthread.financial_years_between,
        "quarter": goldenthread.quarters_between,
        "month": goldenthread.months_between,
    }
    return [period.label for period in makers[split](first, last)]


def flows(entry: Entry, sample: Sample, table: str, date: str, split: str, where: str = "", distinct: str = "") -> Any:
    """Counts of events in each period."""
    labels = spread(entry, (row[date] for row in sample[table]), split)
    if isinstance(entry.value, dict) and "each of those" in entry.question:
        labels = list(entry.value)
    condition = f"happened({date})" + (f" and {where}" if where else "")
    numbers = measured(sample, table, condition, list(labels), "in", distinct)
    keep_zeros = "years without any left out" not in entry.question
    named = "from" in entry.question.split("each financial")[-1]
    return {name: number for name, number in zip(labels, numbers, strict=True) if number or (keep_zeros and named)}


# --- plain arithmetic ---


def is_open(row: dict[str, Any], at: Day) -> bool:
    start, end = ("referral_date", "closure_date") if "referral_date" in row else ("start_date", "end_date")
    return row[start] <= at and (row[end] is None or row[end] > at)


def median_days(lengths: list[int]) -> float | None:
    return statistics.median(lengths) if lengths else None


def tally(values: Iterable[Any]) -> dict[str, int]:
    return dict(Counter("(missing)" if value is None else str(value) for value in values))


@dataclass
class Spell:
    child: str
    start: Day
    end: Day | None


def spells(sample: Sample) -> Iterator[Spell]:
    """Joined rows of a child; a row beginning on the day the last ended belongs to the same spell."""
    for child, rows in sample.by_child("looked_after_episode").items():
        current: Spell | None = None
        for row in sorted(rows, key=lambda r: r["start_date"]):
            if current is not None and (current.end is None or row["start_date"] <= current.end):
                if current.end is not None:
                    current.end = None if row["end_date"] is None else max(current.end, row["end_date"])
                continue
            if current is not None:
                yield current
            current = Spell(child, row["start_date"], row["end_date"])
        if current is not None:
            yield current


def latest_open(rows: Rows, at: Day) -> dict[str, Any] | None:
    here = [row for row in rows if is_open(row, at)]
    return max(here, key=lambda row: row["start_date"]) if here else None


# --- kinds of figures ---

Reproduce = Callable[..., Any]
KINDS: list[tuple[re.Pattern[str], Reproduce]] = []

DAY = r"(?P<at>\d{4}-\d\d-\d\d)"
PERIOD = r"(?P<period>\d{4}-\d\d( Q\d)?)"


def kind(pattern: str) -> Callable[[Reproduce], Reproduce]:
    """Declare how figures whose id looks like this are reproduced; named parts are handed on."""

    def declare(reproduce: Reproduce) -> Reproduce:
        KINDS.append((re.compile(pattern), reproduce))
        return reproduce

    return declare


def handler(id: str) -> tuple[Reproduce, dict[str, str]] | None:
    for pattern, reproduce in KINDS:
        match = pattern.fullmatch(id)
        if match:
            return reproduce, {name: text for name, text in match.groupdict().items() if text is not None}
    return None


@kind(r"cin\.\w+\.(children|distinct_ids)")
def cin_children(entry: Entry, sample: Sample) -> Any:
    return measured(sample, "person", "true", ["2020-03-31"], distinct="child_id")[0]


@kind(r"cin\.\w+\.cindetails")
def cin_details(entry: Entry, sample: Sample) -> Any:
    return measured(sample, "referral", "true", ["2020-03-31"])[0]


@kind(r"cin\.\w+\.cindetails_per_child")
def cin_details_per_child(entry: Entry, sample: Sample) -> Any:
    return tally(len(rows) for rows in sample.by_child("referral").values())


@kind(r"cin\.\w+\.(by_)?gender")
def cin_gender(entry: Entry, sample: Sample) -> Any:
    return tally(sample.gender_code().values())


@kind(r"cin\.\w+\.(by_)?(?P<by>ethnicity)")
def cin_people_by(entry: Entry, sample: Sample, by: str) -> Any:
    return measured(sample, "person", "true", ["2020-03-31"], distinct="child_id", by=[by])[0]


@kind(r"cin\.\w+\.(by_)?(?P<by>need|source|reason)")
def cin_referrals_with(entry: Entry, sample: Sample, by: str) -> Any:
    return measured(sample, "referral", "true", ["2020-03-31"], by=[by])[0]


@kind(r"cin\.\w+\.disability_codes")
def cin_disability_codes(entry: Entry, sample: Sample) -> Any:
    # A code that stands twice at one child is one row; the second is a finding, counted and kept apart.
    found = [f for f in findings(entry.file) if (f["table"], f["rule"]) == ("person_disability", "duplicate_row")]
    repeats = [str(f["key"]).split(" ")[-1] for f in found]
    return tally([row["disability"] for row in sample["person_disability"]] + repeats)


@kind(r"cin\.\w+\.disability_any")
def cin_disability_any(entry: Entry, sample: Sample) -> Any:
    return measured(sample, "person_disability", "disability != 'NONE'", ["2020-03-31"], distinct="child_id")[0]


@kind(r"cin\.\w+\.disability_block")
def cin_disability_block(entry: Entry, sample: Sample) -> Any:
    return measured(sample, "person_disability", "true", ["2020-03-31"], distinct="child_id")[0]


@kind(r"cin\.\w+\.missing_(?P<what>referral|closure|need|source|reason|icpc)")
def cin_missing(entry: Entry, sample: Sample, what: str) -> Any:
    columns = {
        "referral": "referral_date is null",
        "closure": "closure_date is null",
        "need": "primary_need is null",
        "source": "referral_source is null",
        "reason": "closure_reason is null",
        "icpc": "not any(initial_conference as c by referral_id where c.section_47_id is null)",
    }
    return measured(sample, "referral", columns[what], ["2020-03-31"])[0]


@kind(r"cin\.\w+\.missing_(?P<what>birth|dob|death|ethnicity)")
def cin_missing_of_person(entry: Entry, sample: Sample, what: str) -> Any:
    column = {"birth": "date_of_birth", "dob": "date_of_birth", "death": "date_of_death"}.get(what, what)
    return measured(sample, "person", f"{column} is null", ["2020-03-31"])[0]


@kind(r"cin\.\w+\.after_reference")
def cin_after_reference(entry: Entry, sample: Sample) -> Any:
    at = re.search(DAY, entry.question)
    assert at, "the reference date is in the question"
    return measured(sample, "referral", f"referral_date > date '{at['at']}'", ["2020-03-31"])[0]


@kind(r"cin\.\w+\.open\." + DAY)
def cin_open(entry: Entry, sample: Sample, at: str) -> Any:
    return measured(sample, "referral", OPEN["referral"], [at])[0]


@kind(r"cin\.\w+\.open_children\." + DAY)
def cin_open_children(entry: Entry, sample: Sample, at: str) -> Any:
    return measured(sample, "referral", OPEN["referral"], [at], distinct="child_id")[0]


@kind(r"cin\.\w+\.open_not_nfa\." + DAY)
def cin_open_not_nfa(entry: Entry, sample: Sample, at: str) -> Any:
    return measured(sample, "referral", OPEN["referral"] + " and not coalesce(referral_nfa, false)", [at])[0]


@kind(r"cin\.\w+\.open_by_(?P<by>need|source|ethnicity)\." + DAY)
def cin_open_by(entry: Entry, sample: Sample, by: str, at: str) -> Any:
    return measured(sample, "referral", OPEN["referral"], [at], by=[by])[0]


@kind(r"cin\.\w+\.open_children_by_(?P<by>need|source|ethnicity|age)(_(?P<then>ethnicity|age|need))?\." + DAY)
def cin_open_children_by(entry: Entry, sample: Sample, by: str, at: str, then: str = "") -> Any:
    names = [by, then] if then else [by]
    return measured(sample, "referral", OPEN["referral"], [at], distinct="child_id", by=names)[0]


@kind(r"cin\.\w+\.open_(?P<whom>children_)?by_gender(_(?P<then>age|need|ethnicity))?\." + DAY)
def cin_open_by_gender(entry: Entry, sample: Sample, at: str, whom: str = "", then: str = "") -> Any:
    """Of the engine's cells M and F are codes 1 and 2; U is parted into 0 and 9 by the findings."""
    distinct = "child_id" if whom else ""
    names = ["gender", then] if then else ["gender"]
    merged = measured(sample, "referral", OPEN["referral"], [at], distinct=distinct, by=names)[0]
    nine = [child for child, code in sample.gender_code().items() if code == "9"]
    listed = ", ".join(f"'{child}'" for child in nine) or "''"
    where = f"{OPEN['referral']} and child_id in ({listed})"
    apart = measured(sample, "referral", where, [at], distinct=distinct, by=names)[0]
    if not then:
        nines = apart.get("0", 0)
        merged["0"] = merged.get("0", 0) - nines
        return {code: number for code, number in {**merged, "9": nines}.items() if number}
    nines = apart.get("0", {})
    merged["0"] = {name: number - nines.get(name, 0) for name, number in merged.get("0", {}).items()}
    return {code: part for code, part in {**merged, "9": nines}.items() if part}


@kind(r"cin\.\w+\.open_children_disabled\." + DAY)
def cin_open_disabled(entry: Entry, sample: Sample, at: str) -> Any:
    where = OPEN["referral"] + " and any(person_disability as d by child_id where d.disability != 'NONE')"
    return measured(sample, "referral", where, [at], distinct="child_id")[0]


@kind(r"cin\.\w+\.open_(?P<whom>children_)?after_death\." + DAY)
def cin_open_after_death(entry: Entry, sample: Sample, at: str, whom: str = "") -> Any:
    where = OPEN["referral"] + " and person.date_of_death is not null and person.date_of_death <= as_at"
    return measured(sample, "referral", where, [at], distinct="child_id" if whom else "")[0]


@kind(r"cin\.\w+\.open_median_days\." + DAY)
def cin_open_median(entry: Entry, sample: Sample, at: str) -> Any:
    return measured(sample, "referral", OPEN["referral"], [at], median_of="days_between(referral_date, as_at)")[0]


@kind(r"cin\.\w+\.open_(?P<whom>children_)?month_ends\." + PERIOD)
def cin_open_month_ends(entry: Entry, sample: Sample, period: str, whom: str = "") -> Any:
    months = goldenthread.months_between(*bounds(period))
    numbers = measured(sample, "referral", OPEN["referral"], months, distinct="child_id" if whom else "")
    return {month.last.isoformat(): number for month, number in zip(months, numbers, strict=True)}


@kind(r"cin\.\w+\.open_(?P<whom>children_)?over_(?P<length>\d+)_(?P<unit>months|days|years)\." + DAY)
def cin_open_over(entry: Entry, sample: Sample, length: str, unit: str, at: str, whom: str = "") -> Any:
    where = f"{OPEN['referral']} and referral_date < as_at - {length} {unit}"
    return measured(sample, "referral", where, [at], distinct="child_id" if whom else "")[0]


@kind(r"cin\.\w+\.(?P<what>referrals|closures)_by_(?P<split>year|quarter|month)(\..*)?")
def cin_flows(entry: Entry, sample: Sample, what: str, split: str) -> Any:
    return flows(entry, sample, "referral", "referral_date" if what == "referrals" else "closure_date", split)


@kind(r"cin\.\w+\.(?P<what>referrals|closures)_by_(?P<by>reason|source|need|ethnicity)\." + PERIOD)
def cin_flow_by(entry: Entry, sample: Sample, what: str, by: str, period: str) -> Any:
    date = "referral_date" if what == "referrals" else "closure_date"
    return measured(sample, "referral", f"happened({date})", [period], "in", by=[by])[0]


@kind(r"cin\.\w+\.(?P<what>referrals|closures)\." + PERIOD)
def cin_flow(entry: Entry, sample: Sample, what: str, period: str) -> Any:
    date = "referral_date" if what == "referrals" else "closure_date"
    return measured(sample, "referral", f"happened({date})", [period], "in")[0]


@kind(r"cin\.\w+\.(?P<what>referred|closed)_children\." + PERIOD)
def cin_flow_children(entry: Entry, sample: Sample, what: str, period: str) -> Any:
    date = "referral_date" if what == "referred" else "closure_date"
    return measured(sample, "referral", f"happened({date})", [period], "in", distinct="child_id")[0]


@kind(r"cin\.\w+\.closed_median_days\." + PERIOD)
def cin_closed_median(entry: Entry, sample: Sample, period: str) -> Any:
    length = "days_between(referral_date, closure_date)"
    return measured(sample, "referral", "happened(closure_date)", [period], "in", median_of=length)[0]


@kind(r"cin\.\w+\.repeat_(?P<length>\d+)_(?P<unit>months|days)")
def cin_repeat(entry: Entry, sample: Sample, length: str, unit: str) -> Any:
    earlier = (
        "any(referral as q by child_id where q.referral_date < this.referral_date "
        f"and q.referral_date >= this.referral_date - {length} {unit})"
    )
    labels = list(entry.value)  # the years asked about
    numbers = measured(sample, "referral", f"happened(referral_date) and {earlier}", list(labels), "in")
    return dict(zip(labels, numbers, strict=True))


@kind(r"cin\.\w+\.repeat_denominator")
def cin_repeat_denominator(entry: Entry, sample: Sample) -> Any:
    labels = list(entry.value)
    numbers = measured(sample, "referral", "happened(referral_date)", list(labels), "in")
    return dict(zip(labels, numbers, strict=True))


def conference_delays(sample: Sample) -> list[int]:
    referred = {row["referral_id"]: row["referral_date"] for row in sample["referral"]}
    conferences = [row for row in sample["initial_conference"] if row["section_47_id"] is None]
    return [(row["conference_date"] - referred[row["referral_id"]]).days for row in conferences]


@kind(r"cin\.\w+\.icpc_median_days")
def cin_conference_median(entry: Entry, sample: Sample) -> Any:
    return median_days(conference_delays(sample))


@kind(r"cin\.\w+\.icpc_within_(?P<length>\d+)_days")
def cin_conference_within(entry: Entry, sample: Sample, length: str) -> Any:
    return sum(delay <= int(length) for delay in conference_delays(sample))


@kind(r"cin\.\w+\.(?P<what>touching|overlapping)")
def cin_pairs(entry: Entry, sample: Sample, what: str) -> Any:
    pairs = 0
    for rows in sample.by_child("referral").values():
        ordered = sorted(rows, key=lambda row: row["referral_date"])
        for at, later in enumerate(ordered):
            for earlier in ordered[:at]:
                end = earlier["closure_date"]
                touches = end == later["referral_date"]
                overlaps = end is None or later["referral_date"] < end
                pairs += touches if what == "touching" else overlaps
    return pairs


LAC_TABLES = {"": "looked_after_episode", "header.": "person", "missing.": "missing_episode"}


@kind(r"lac\.(?P<part>header\.|missing\.)?rows")
def lac_rows(entry: Entry, sample: Sample, part: str = "") -> Any:
    return measured(sample, LAC_TABLES[part], "true", ["2018-03-31"])[0]


@kind(r"lac\.(?P<part>header\.|missing\.)?children")
def lac_children(entry: Entry, sample: Sample, part: str = "") -> Any:
    return measured(sample, LAC_TABLES[part], "true", ["2018-03-31"], distinct="child_id")[0]


@kind(r"lac\.header\.(by_)?(?P<by>sex|ethnic|ethnicity)")
def lac_people_by(entry: Entry, sample: Sample, by: str) -> Any:
    return measured(sample, "person", "true", ["2018-03-31"], by=[by])[0]


@kind(r"lac\.(rows_)?(by_)?(?P<by>place|place_letter|provider|ls|legal_status|rne|cin|need|rec)")
def lac_rows_by(entry: Entry, sample: Sample, by: str) -> Any:
    return measured(sample, "looked_after_episode", "true", ["2018-03-31"], by=[by])[0]


@kind(r"lac\.date_range")
def lac_date_range(entry: Entry, sample: Sample) -> Any:
    starts = [row["start_date"].isoformat() for row in sample["looked_after_episode"]]
    ends = [row["end_date"].isoformat() for row in sample["looked_after_episode"] if row["end_date"] is not None]
    return {"decom": [min(starts), max(starts)], "dec": [min(ends), max(ends)]}


@kind(r"lac\.dec_missing(?P<rec>_rec_e|_rec_x1|_rec_empty)?")
def lac_no_end(entry: Entry, sample: Sample, rec: str = "") -> Any:
    extra = {
        "": "true",
        "_rec_e": "reason_ceased is not null and reason_ceased != 'X1'",
        "_rec_x1": "reason_ceased is not null and reason_ceased = 'X1'",
        "_rec_empty": "reason_ceased is null",
    }
    return measured(sample, "looked_after_episode", f"end_date is null and {extra[rec]}", ["2018-03-31"])[0]


@kind(r"lac\.open_(?P<what>children|rows)(?P<breaks>_no_v3v4)?\." + DAY)
def lac_open(entry: Entry, sample: Sample, what: str, at: str, breaks: str = "") -> Any:
    where = OPEN["looked_after_episode"] + (f" and {NOT_SHORT_BREAK}" if breaks else "")
    return measured(sample, "looked_after_episode", where, [at], distinct="child_id" if what == "children" else "")[0]


@kind(r"lac\.two_open_rows\." + DAY)
def lac_two_open(entry: Entry, sample: Sample, at: str) -> Any:
    by_child = sample.by_child("looked_after_episode")
    return sorted(c for c, rows in by_child.items() if sum(is_open(row, day(at)) for row in rows) >= 2)


EPISODE_BY = "place_letter|place_provider|place|provider|legal_status|ls|rne|cin|need|rec"
PERSON_BY = "sex|ethnicity|ethnic|age"


@kind(rf"lac\.open_rows_by_(?P<by>{EPISODE_BY}|{PERSON_BY})\." + DAY)
def lac_open_rows_by(entry: Entry, sample: Sample, by: str, at: str) -> Any:
    return measured(sample, "looked_after_episode", OPEN["looked_after_episode"], [at], by=[by])[0]


@kind(rf"lac\.open_children_by_(?P<by>{EPISODE_BY})\." + DAY)
def lac_open_children_by_episode(entry: Entry, sample: Sample, by: str, at: str) -> Any:
    """Each child once, where its latest open row says: not what a definition counts, so in plain Python."""
    column = DIMENSIONS["looked_after_episode"][by]
    latest = (latest_open(rows, day(at)) for rows in sample.by_child("looked_after_episode").values())
    return tally(label(by, row[column]) for row in latest if row is not None)


@kind(rf"lac\.open_children_by_(?P<by>{PERSON_BY})(_(?P<then>{PERSON_BY}))?\." + DAY)
def lac_open_children_by(entry: Entry, sample: Sample, by: str, at: str, then: str = "") -> Any:
    names = [by, then] if then else [by]
    where = OPEN["looked_after_episode"]
    return measured(sample, "looked_after_episode", where, [at], distinct="child_id", by=names)[0]


@kind(r"lac\.open_(?P<what>children|rows)_month_ends\." + PERIOD)
def lac_open_month_ends(entry: Entry, sample: Sample, what: str, period: str) -> Any:
    months = goldenthread.months_between(*bounds(period))
    distinct = "child_id" if what == "children" else ""
    numbers = measured(sample, "looked_after_episode", OPEN["looked_after_episode"], months, distinct=distinct)
    return {month.last.isoformat(): number for month, number in zip(months, numbers, strict=True)}


STARTED = "reason_new_episode is not null and reason_new_episode = 'S'"
ENDED = "reason_ceased is not null and reason_ceased != 'X1'"


@kind(r"lac\.(?P<what>started|ceased)(?P<whom>_children)?(_by_(?P<split>year|quarter|month))?")
def lac_flows(entry: Entry, sample: Sample, what: str, whom: str = "", split: str = "year") -> Any:
    date, where = ("start_date", STARTED) if what == "started" else ("end_date", ENDED)
    return flows(entry, sample, "looked_after_episode", date, split, where, "child_id" if whom else "")


@kind(r"lac\.(?P<what>started|ceased)(?P<whom>_children)?\." + PERIOD)
def lac_flow(entry: Entry, sample: Sample, what: str, period: str, whom: str = "") -> Any:
    where = f"happened(start_date) and {STARTED}" if what == "started" else CEASED
    return measured(sample, "looked_after_episode", where, [period], "in", "child_id" if whom else "")[0]


@kind(rf"lac\.(?P<what>started|ceased)_by_(?P<by>reason|{EPISODE_BY}|sex|ethnicity|ethnic)\." + PERIOD)
def lac_flow_by(entry: Entry, sample: Sample, what: str, by: str, period: str) -> Any:
    where = f"happened(start_date) and {STARTED}" if what == "started" else CEASED
    return measured(sample, "looked_after_episode", where, [period], "in", by=[by])[0]


@kind(r"lac\.adopted(?P<whom>_children)?\." + PERIOD)
def lac_adopted(entry: Entry, sample: Sample, period: str, whom: str = "") -> Any:
    where = "happened(end_date) and reason_ceased is not null and reason_ceased in ('E11', 'E12')"
    return measured(sample, "looked_after_episode", where, [period], "in", "child_id" if whom else "")[0]


@kind(r"lac\.spells")
def lac_spells(entry: Entry, sample: Sample) -> Any:
    return sum(1 for _ in spells(sample))


def open_spells(sample: Sample, at: Day) -> list[Spell]:
    return [s for s in spells(sample) if s.start <= at and (s.end is None or s.end > at)]


@kind(r"lac\.spell_open\." + DAY)
def lac_spell_open(entry: Entry, sample: Sample, at: str) -> Any:
    return len(open_spells(sample, day(at)))


@kind(r"lac\.spell_median_days\." + DAY)
def lac_spell_median(entry: Entry, sample: Sample, at: str) -> Any:
    return median_days([(day(at) - spell.start).days for spell in open_spells(sample, day(at))])


@kind(r"lac\.placements_(?P<least>\d+)plus\." + PERIOD)
def lac_placements(entry: Entry, sample: Sample, least: str, period: str) -> Any:
    first, last = bounds(period)
    children = 0
    for rows in sample.by_child("looked_after_episode").values():
        if not any(is_open(row, last) for row in rows):
            continue
        placements: list[tuple[Day, Day | None]] = []
        for row in sorted(rows, key=lambda r: r["start_date"]):
            if placements and row["reason_new_episode"] in ("L", "U"):
                start, end = placements[-1]
                longest = None if end is None or row["end_date"] is None else max(end, row["end_date"])
                placements[-1] = (start, longest)
            else:
                placements.append((row["start_date"], row["end_date"]))
        touching = sum(start <= last and (end is None or end >= first) for start, end in placements)
        children += touching >= int(least)
    return children


@kind(r"lac\.overlaps")
def lac_overlaps(entry: Entry, sample: Sample) -> Any:
    found = 0
    for rows in sample.by_child("looked_after_episode").values():
        ordered = sorted(rows, key=lambda r: r["start_date"])
        for before, row in pairwise(ordered):
            found += before["end_date"] is None or row["start_date"] < before["end_date"]
    return found


@kind(r"lac\.missing\.by_(?P<by>kind|code|type)\." + PERIOD)
def lac_missing_by(entry: Entry, sample: Sample, by: str, period: str) -> Any:
    return measured(sample, "missing_episode", "happened(start_date)", [period], "in", by=[by])[0]


@kind(r"lac\.missing\.by_(?P<split>year|quarter|month)")
def lac_missing_flows(entry: Entry, sample: Sample, split: str) -> Any:
    return flows(entry, sample, "missing_episode", "start_date", split)


@kind(r"lac\.missing\.(?P<what>children|rows)\." + PERIOD)
def lac_missing_flow(entry: Entry, sample: Sample, what: str, period: str) -> Any:
    distinct = "child_id" if what == "children" else ""
    return measured(sample, "missing_episode", "happened(start_date)", [period], "in", distinct)[0]


@kind(r"lac\.missing\.median_days")
def lac_missing_median(entry: Entry, sample: Sample) -> Any:
    length = "days_between(start_date, end_date)"
    return measured(sample, "missing_episode", "end_date is not null", ["2018-03-31"], median_of=length)[0]


@kind(r"lac\.missing\.not_looked_after")
def lac_missing_not_looked_after(entry: Entry, sample: Sample) -> Any:
    where = (
        "not any(looked_after_episode as e by child_id where e.start_date <= this.start_date "
        "and (e.end_date is null or e.end_date > this.start_date))"
    )
    return measured(sample, "missing_episode", where, ["2018-03-31"])[0]


# --- the tests ---

ENTRIES = entries()


@pytest.mark.skipif(not ENTRIES, reason=f"the sample files are not here: {SAMPLES}")
def test_every_figure_is_reproduced_or_listed() -> None:
    lost = [e.id for e in ENTRIES if (handler(e.id) is None) == (reason_not_held(e.id) is None)]
    assert not lost, f"neither (or both) reproduced and listed as not held: {', '.join(lost)}"


@pytest.mark.skipif(not ENTRIES, reason=f"the sample files are not here: {SAMPLES}")
@pytest.mark.parametrize("entry", ENTRIES, ids=[e.id for e in ENTRIES])
def test_figure(entry: Entry) -> None:
    reason = reason_not_held(entry.id)
    if reason is not None:
        pytest.skip(f"not in canonical tables: {reason}")
    found = handler(entry.id)
    assert found is not None, f"no kind of figure is known for {entry.id}: {entry.question}"
    reproduce, parts = found
    assert reproduce(entry, Sample(entry.file), **parts) == entry.value, entry.question

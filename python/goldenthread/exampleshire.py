"""How like England the invented authority is: its figures beside the published totals it was fitted to.

The published totals are real and stand apart: nothing here puts them into a release or a report.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from goldenthread._core import Dataset, exampleshire_calibration, generate_exampleshire

__all__ = ["Comparison", "compare_with_published"]

_AREA = "Exampleshire (synthetic)"
_LAST_OLD_FACTORS = datetime.date(2020, 3, 31)  # from 2021 physical and sexual abuse have other codes


@dataclass(frozen=True)
class Comparison:
    """A figure of Exampleshire, invented, and the published one it was fitted to, real."""

    id: str
    title: str
    published_source: str
    published_year: int
    published: float
    synthetic: float
    numerator: int  # of the synthetic figure
    denominator: int


def _rows(data: Dataset, table: str, *columns: str) -> Iterable[tuple[object, ...]]:
    return zip(*(data[table][name] for name in columns), strict=True)


def _year(day: object) -> int:
    """Give the year that the reporting year of a day ends in."""
    assert isinstance(day, datetime.date)
    return day.year + (day.month >= 4)


def _open(start: object, end: object, on: datetime.date) -> bool:
    assert isinstance(start, datetime.date)
    return start <= on and (end is None or (isinstance(end, datetime.date) and end > on))


def _population(data: Dataset) -> dict[int, int]:
    """Give the children of each reporting year: the estimate of the middle of the year before."""
    found: Counter[int] = Counter()
    for year, age, count in _rows(data, "population", "year", "age", "count"):
        assert isinstance(year, int)
        assert isinstance(age, int)
        assert isinstance(count, int)
        if age < 18:
            found[year + 1] += count
    return found


def _whole_years(data: Dataset) -> list[int]:
    """Give the reporting years that lie wholly in the extract and have a year of history before them."""
    first, last = next(
        (first, last)
        for table, first, last in _rows(data, "coverage", "table_name", "first_day", "last_day")
        if table == "referral"
    )
    assert isinstance(first, datetime.date)
    assert isinstance(last, datetime.date)
    return [
        year
        for year in range(first.year + 2, last.year + 1)
        if datetime.date(year - 2, 4, 1) >= first and datetime.date(year, 3, 31) <= last
    ]


def _referrals(data: Dataset, years: list[int], children: dict[int, int]) -> dict[str, tuple[int, int]]:
    before: dict[object, list[datetime.date]] = {}
    rows = list(_rows(data, "referral", "child_id", "referral_date", "referral_nfa", "closure_date"))
    for child, day, *_ in rows:
        assert isinstance(day, datetime.date)
        before.setdefault(child, []).append(day)
    made = [row for row in rows if _year(row[1]) in years]
    again = sum(
        any(0 < (row[1] - other).days <= 365 for other in before[row[0]])  # type: ignore[operator]
        for row in made
    )
    ends = {year: datetime.date(year, 3, 31) for year in years}
    open_cases = sum(not nfa and _open(day, closed, end) for _, day, nfa, closed in rows for end in ends.values())
    people = sum(children[year] for year in years)
    return {
        "referrals": (len(made), people),
        "re_referrals": (again, len(made)),
        "referrals_nfa": (sum(bool(row[2]) for row in made), len(made)),
        "in_need": (open_cases, people),
    }


def _plans(data: Dataset, years: list[int], children: dict[int, int]) -> dict[str, tuple[int, int]]:
    names = ("start_date", "end_date", "number_of_previous_plans", "other_authority")
    rows = [row for row in _rows(data, "cp_plan", *names) if not row[3]]
    ends = [datetime.date(year, 3, 31) for year in years]
    stock = [(end - start).days for start, ended, *_ in rows for end in ends if _open(start, ended, end)]  # type: ignore[operator]
    began = [row for row in rows if _year(row[0]) in years]
    people = sum(children[year] for year in years)
    return {
        "plans": (len(stock), people),
        "plan_starts": (len(began), people),
        "second_plans": (sum((row[2] or 0) > 0 for row in began), len(began)),  # type: ignore[operator]
        "plans_year_or_more": (sum(days >= 365 for days in stock), len(stock)),
    }


def _factors(data: Dataset) -> dict[str, tuple[int, int]]:
    names = ("assessment_id", "authorised_date", "factors_recorded")
    recorded = {
        name
        for name, day, known in _rows(data, "assessment", *names)
        if known and isinstance(day, datetime.date) and day <= _LAST_OLD_FACTORS
    }
    found = Counter(
        factor for name, factor in _rows(data, "assessment_factor", "assessment_id", "factor") if name in recorded
    )
    return {f"factor_{code}": (count, len(recorded)) for code, count in found.items()}


def compare_with_published(data: Dataset | None = None) -> list[Comparison]:
    """Give each published total Exampleshire was fitted to, and what it has: over its whole years but the first.

    data: an Exampleshire of the default days; one of 20,000 children is made if left out.

    Raises ValueError for another area, and for an Exampleshire too small or short to have each of the figures.
    """
    made = data if data is not None else generate_exampleshire(seed=1, children=20_000)
    if made.area != _AREA:
        raise ValueError(f"only {_AREA} is compared here; for an area's own data see read_published")
    years, children = _whole_years(made), _population(made)
    counted = {**_referrals(made, years, children), **_plans(made, years, children), **_factors(made)}
    return [_compared(total, *counted.get(total["id"], (0, 0))) for total in exampleshire_calibration()]


def _compared(total: Mapping[str, Any], numerator: int, denominator: int) -> Comparison:
    if denominator == 0:
        raise ValueError(
            f'this {_AREA} has nothing to set beside "{total["title"]}": make it with more children, over the usual days'
        )
    return Comparison(
        total["id"],
        total["title"],
        total["source"],
        total["year"],
        round(total["numerator"] * total["per"] / total["denominator"], 1),
        round(numerator * total["per"] / denominator, 1),
        numerator,
        denominator,
    )

"""Annex A of an inspection (Ofsted's lists of children) as a workbook.

Sheets are known by "List n" or by their headings; headings are matched whatever their case, spaces, quotes and brackets.
Columns of age, teams and workers are not read.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from goldenthread import _core
from goldenthread._core import Dataset
from goldenthread.readers import schema
from goldenthread.readers.annex_a_lists import CHILD, LISTS, PERSON, REVIEW, List, Rows
from goldenthread.readers.cells import folded
from goldenthread.readers.found import Found, Options, Part, Reader
from goldenthread.readers.glimpse import Glimpse
from goldenthread.readers.values import boolean_of, reduced
from goldenthread.readers.workbook import Sheet, sheets_of

_MOST_ROWS_ABOVE = 10  # titles and notes above the headings


def _plain(heading: str) -> str:
    return folded(heading).rstrip("?*:. ")


@dataclass
class _Page:
    """A sheet of which is known which list it is and where its headings stand."""

    sheet: Sheet
    of: List
    heading_row: int
    positions: dict[str, int]
    notes: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """Lines below the headings with their numbers, empty ones left out."""
        for number, row in enumerate(self.sheet.rows[self.heading_row + 1 :], start=self.heading_row + 2):
            if any(cell.strip() for cell in row):
                yield number, row

    def cell(self, row: list[str], heading: str) -> str:
        """Text below a heading; headings that go on after the one wanted fit too."""
        position = self.positions.get(heading)
        return row[position] if position is not None and position < len(row) else ""


def _page(sheet: Sheet) -> _Page | None:
    for number, row in enumerate(sheet.rows[:_MOST_ROWS_ABOVE]):
        headings = [_plain(cell) for cell in row]
        if CHILD not in headings:
            continue
        positions: dict[str, int] = {}
        notes = []
        for position, heading in enumerate(headings):
            if heading and heading in positions:
                notes.append(f"the heading '{row[position].strip()}' stands twice: the first column is read")
            elif heading:
                positions[heading] = position
        of = _list_of(sheet.name, positions)
        return _Page(sheet, of, number, _lengthened(positions, of), notes) if of else None
    return None


def _list_of(sheet: str, headings: dict[str, int]) -> List | None:
    """Tell which list this is, first by a heading that only one has, then by the sheet's name."""
    telling = [each for each in LISTS if any(heading.startswith(each.telling) for heading in headings)]
    number = re.match(r"\s*list\s*0*(\d+)\b", sheet.replace("_", " "), re.IGNORECASE)
    named = [each for each in LISTS if (number and each.number == int(number[1])) or folded(sheet) == each.title]
    both = [each for each in telling if each in named]
    return next(iter(both or telling or named), None)


def _lengthened(positions: dict[str, int], of: List) -> dict[str, int]:
    """Find wanted headings also where more words follow: 'reason ceased to be looked after (code)'."""
    wanted = {*PERSON.values(), REVIEW, *(h for rows in of.rows for h in rows.columns.values())}
    result = dict(positions)
    for heading in wanted - positions.keys():
        longer = [each for each in positions if each.startswith(heading)]
        if len(longer) == 1:
            result[heading] = positions[longer[0]]
    return result


# --- lines become rows ---


class _Names:
    """Ids of rows that have none of their own: child, day, and their order among those of one day."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._same: dict[str, list[tuple[str, ...]]] = defaultdict(list)

    def give(self, child: str, day: str, content: tuple[str, ...]) -> str:
        """Give the id; a line that repeats an earlier one word for word has the earlier one's."""
        name = f"{child}#{day}"
        if not self._rows.numbered:
            return name
        seen = self._same[name]
        if content not in seen:
            seen.append(content)
        return f"{name}#{seen.index(content) + 1}"


def _iso(text: str) -> str:
    """Give a day as it stands in ids, so that one written 1/4/2019 and one written 2019-04-01 are one."""
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.partition(" ")[0])
    if found:
        return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    return text.partition(" ")[0].partition("T")[0]


Collected = tuple[str, list[str], list[list[str]], list[int]]


def _collect(page: _Page, rows: Rows) -> Collected:
    columns = schema.columns(rows.table)
    names = _Names(rows)
    wanted = list(rows.columns)
    result: list[list[str]] = []
    numbers = []
    for number, line in page.lines():
        cells = [_reduced(page.cell(line, rows.columns[name]), name, columns[name], rows) for name in wanted]
        day = cells[wanted.index(rows.day)]
        if rows.optional and not day:
            continue
        child = page.cell(line, CHILD).strip()
        name = names.give(child, _iso(day), tuple(cells)) if child else ""
        result.append([name, child, *cells])
        numbers.append(number)
    return rows.table, [rows.identifier, "child_id", *wanted], result, numbers


def _reduced(text: str, name: str, column: dict[str, Any], rows: Rows) -> str:
    value = reduced(text, column)
    if name not in rows.opposite:
        return value
    return {"true": "false", "false": "true"}.get(value, value)


def _people(page: _Page) -> Collected:
    """Each child once; lines that contradict each other are two rows, and so a finding."""
    columns = schema.columns("person")
    known: dict[str, list[tuple[int, dict[str, str]]]] = defaultdict(list)
    for number, line in page.lines():
        child = page.cell(line, CHILD).strip()
        said = {name: _person_cell(page.cell(line, heading), name, columns) for name, heading in PERSON.items()}
        for _, earlier in known[child]:
            if all(not value or not earlier[name] or earlier[name] == value for name, value in said.items()):
                earlier.update({name: value for name, value in said.items() if value})
                break
        else:
            known[child].append((number, said))
    rows = [
        (number, [child, *said.values()]) for child, versions in known.items() for number, said in versions if child
    ]
    return "person", ["child_id", *PERSON], [row for _, row in rows], [number for number, _ in rows]


def _person_cell(text: str, name: str, columns: dict[str, dict[str, Any]]) -> str:
    if name == "disabled":
        return boolean_of(text) or ""
    value = reduced(text, columns[name])
    return _iso(value) if name == "date_of_birth" and value else value


def _reviews(page: _Page) -> Collected:
    rows, numbers = [], []
    for number, line in page.lines():
        child = page.cell(line, CHILD).strip()
        start = reduced(page.cell(line, "child protection plan start date"), schema.columns("cp_plan")["start_date"])
        held = reduced(page.cell(line, REVIEW), schema.columns("cp_review")["review_date"])
        if held and child:
            rows.append([f"{child}#{_iso(start)}", child, held])
            numbers.append(number)
    return "cp_review", ["cp_plan_id", "child_id", "review_date"], rows, numbers


def _tables(page: _Page) -> list[Collected]:
    tables = [_people(page), *(_collect(page, rows) for rows in page.of.rows)]
    if page.of.number == 7 and REVIEW in page.positions:
        tables.append(_reviews(page))
    return tables


def _read_page(page: _Page, tables: list[Collected], file: str) -> Dataset:
    lines = list(page.lines())
    without_child = sum(1 for _, line in lines if not page.cell(line, CHILD).strip())
    notes = [f"{len(lines):,} lines", *page.notes, *page.sheet.notes()]
    if without_child:
        notes.append(f"{without_child:,} lines have no child id: their rows are set aside")
    notes += [f"no column '{heading}': empty in every row" for heading in _lacking(page)]
    return _core.read_text_rows(
        f"{file}, {page.sheet.name}",
        f"Annex A list {page.of.number} ({page.of.title})",
        tables,
        notes=notes,
        day_first=True,
    )


def _lacking(page: _Page) -> list[str]:
    return [heading for rows in page.of.rows for heading in rows.columns.values() if heading not in page.positions]


# --- referrals of rows that name none ---

_CHILDREN_OF_REFERRALS = {
    "assessment": "start_date",
    "section_47": "start_date",
    "initial_conference": "conference_date",
    "cp_plan": "start_date",
}


def _starts(tables: Sequence[Collected]) -> dict[str, list[tuple[str, str]]]:
    """Days and ids of each child's referrals."""
    result: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for table, columns, rows, _ in tables:
        if table == "referral":
            day = columns.index("referral_date")
            for row in rows:
                if row[0] and row[day]:
                    result[row[1]].append((_iso(row[day]), row[0]))
    return result


def _with_referrals(tables: list[Collected], starts: dict[str, list[tuple[str, str]]]) -> tuple[list[Collected], int]:
    """Name the child's latest referral on or before the day of each row; count the rows without one."""
    result: list[Collected] = []
    lacking = 0
    for table, columns, rows, numbers in tables:
        if table not in _CHILDREN_OF_REFERRALS:
            result.append((table, columns, rows, numbers))
            continue
        day = columns.index(_CHILDREN_OF_REFERRALS[table])
        named = []
        for row in rows:
            earlier = [start for start in starts.get(row[1], []) if row[day] and start[0] <= _iso(row[day])]
            lacking += not earlier
            named.append([*row, max(earlier)[1] if earlier else ""])
        result.append((table, [*columns, "referral_id"], named, numbers))
    return result, lacking


# --- coverage ---


def _days(tables: Sequence[Collected], columns: dict[str, str]) -> list[str]:
    """Days of a column of each of these tables, those that are none left out."""
    result = []
    for table, names, rows, _ in tables:
        if table not in columns or columns[table] not in names:
            continue
        position = names.index(columns[table])
        for row in rows:
            with suppress(ValueError):
                result.append(date.fromisoformat(_iso(row[position])).isoformat())
    return result


def _window(tables: Sequence[Collected]) -> tuple[str, str] | None:
    """From the earliest day of a list of what happened, to the latest day of anything that did."""
    flows = _days(tables, {"contact": "contact_date", "early_help_assessment": "completed_date"})
    events = _days(tables, {"contact": "contact_date", "referral": "referral_date", **_CHILDREN_OF_REFERRALS})
    return (min(flows or events), max(events)) if events else None


def _coverage(tables: Sequence[Collected], window: tuple[str, str]) -> Collected:
    rows = [[table, *window] for table, *_ in tables if table != "person"]
    return "coverage", ["table_name", "first_day", "last_day"], rows, list(range(1, len(rows) + 1))


# --- the workbook ---


def _pages(sheets: Sequence[Sheet]) -> tuple[list[_Page], list[str]]:
    pages, others = [], []
    for sheet in sheets:
        page = _page(sheet)
        if page is not None:
            pages.append(page)
        elif sheet.rows:
            others.append(sheet.name)
    return pages, others


def _recognise(seen: Glimpse, options: Options) -> Found | None:
    if not seen.is_workbook:
        return None
    pages, _ = _pages(sheets_of(seen.path, most_rows=_MOST_ROWS_ABOVE))
    if not pages:
        return None
    numbers = ", ".join(str(page.of.number) for page in pages)
    return Found(seen.path, READER.name, f"Annex A workbook (lists {numbers})")


def _notes(pages: list[_Page], others: list[str], lacking: int, window: tuple[str, str] | None) -> list[str]:
    notes = [f"sheet '{other}' is none of the lists that are read" for other in others]
    repeated = [number for number, times in Counter(page.of.number for page in pages).items() if times > 1]
    notes += [f"list {number} stands on more than one sheet: its rows are united" for number in repeated]
    notes.append("the referral of an assessment, enquiry, conference or plan is inferred: the child's latest by then")
    if lacking:
        notes.append(f"{lacking:,} of these rows have no referral in the workbook")
    if window:
        notes.append(f"coverage {window[0]} to {window[1]} inferred from the days in the lists")
    return notes


def _read_workbook(file: Found) -> Part:
    pages, others = _pages(sheets_of(file.path))
    name = file.path.name
    collected = [_tables(page) for page in pages]
    every = [table for tables in collected for table in tables]
    starts, window = _starts(every), _window(every)
    parts = []
    lacking = 0
    for page, tables in zip(pages, collected, strict=True):
        named, without = _with_referrals(tables, starts)
        lacking += without
        parts.append(_read_page(page, [*named, *([_coverage(named, window)] if window else [])], name))
    data = _core.read_text_rows(name, "Annex A workbook", [], notes=_notes(pages, others, lacking, window))
    for part in parts:
        data = _core.merge_datasets(data, part)
    return Part(data, (file,))


def _read(files: Sequence[Found], options: Options) -> list[Part]:
    return [_read_workbook(file) for file in files]


READER = Reader(
    name="annex_a",
    title="an Annex A workbook",
    tables=("person", "cp_review", *dict.fromkeys(rows.table for each in LISTS for rows in each.rows)),
    keys="natural",
    recognise=_recognise,
    read=_read,
    # Their ids hold no referral, and the list shows only the present episode: not the rows of the returns.
    other_keys=dict.fromkeys(("assessment", "section_47", "initial_conference", "looked_after_episode"), "annex_a"),
)

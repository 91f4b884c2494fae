"""The Standard Safeguarding Dataset: tables as CSV or Parquet, or from a database connection, which is only read."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from goldenthread import _core
from goldenthread._core import DataError, Dataset
from goldenthread.readers import schema
from goldenthread.readers.cells import as_text
from goldenthread.readers.found import Found, Options, Part, Reader
from goldenthread.readers.glimpse import Glimpse
from goldenthread.readers.sheet_rows import SheetRows, rows_of
from goldenthread.readers.ssd_tables import OTHERS, PLAIN, TELLING
from goldenthread.readers.values import boolean_of, code_of, reduced

Collected = tuple[str, list[str], list[list[str]], list[int]]


@dataclass(frozen=True)
class _Source:
    """The tables that were found, by their names in the dataset."""

    tables: dict[str, SheetRows]

    def column(self, table: str, name: str) -> list[str]:
        """Give the cells of a column; nothing in every row where there is none."""
        rows = self.tables[table]
        headings = [heading.lower() for heading in rows.headings]
        if name not in headings:
            return [""] * len(rows.rows)
        position = headings.index(name)
        return [row[position] for row in rows.rows]

    def records(self, table: str, *names: str) -> list[tuple[str, ...]]:
        """Give some columns of a table row by row; no rows where there is no table."""
        if table not in self.tables:
            return []
        return list(zip(*(self.column(table, name) for name in names), strict=True))


def _plain(source: _Source, table: str) -> Collected | None:
    name, columns = PLAIN[table]
    if name not in source.tables:
        return None
    shapes = schema.columns(table)
    cells = [
        [reduced(cell, shapes[column]) for cell in source.column(name, field)] for column, field in columns.items()
    ]
    return table, list(columns), [list(row) for row in zip(*cells, strict=True)], source.tables[name].lines


def factors_of(text: str) -> list[str] | None:
    """Give the codes of a factors column: a list of codes, or an object of codes to yes and no; None if it is neither."""
    if not text.strip():
        return []
    try:
        given = json.loads(text)
    except json.JSONDecodeError:
        return None
    if isinstance(given, dict):
        return [str(code) for code, said in given.items() if boolean_of(as_text(said)) == "true"]
    return [str(code) for code in given] if isinstance(given, list) else None


def _with_factors(source: _Source, tables: dict[str, Collected], notes: list[str]) -> None:
    """Add the factors, and to each authorised assessment whether it has any."""
    if "ssd_assessment_factors" not in source.tables:
        return
    rows, lines, known = [], [], set()
    unreadable = 0
    records = source.records("ssd_assessment_factors", *OTHERS["ssd_assessment_factors"])
    for line, (assessment, text) in zip(source.tables["ssd_assessment_factors"].lines, records, strict=True):
        codes = factors_of(text)
        unreadable += codes is None
        for code in codes or []:
            rows.append([assessment, code])
            lines.append(line)
            if code.upper() in schema.codes("factor"):
                known.add(assessment)
    tables["assessment_factor"] = ("assessment_factor", ["assessment_id", "factor"], rows, lines)
    if unreadable:
        notes.append(f"{unreadable:,} lists of factors cannot be read; their assessments have none")
    if "assessment" in tables:
        name, columns, assessments, numbers = tables["assessment"]
        authorised = columns.index("authorised_date")
        added = [[*row, ("true" if row[0] in known else "false") if row[authorised] else ""] for row in assessments]
        tables[name] = (name, [*columns, "factors_recorded"], added, numbers)


def _with_categories(source: _Source, tables: dict[str, Collected]) -> None:
    """Plans in several categories become MUL, and the list behind them rows of their own."""
    if "cp_plan" not in tables:
        return
    _, columns, plans, numbers = tables["cp_plan"]
    rows, lines = [], []
    for stage in ("initial", "latest"):
        position = columns.index(f"{stage}_category")
        written = source.column("ssd_cp_plans", PLAIN["cp_plan"][1][f"{stage}_category"])
        for line, plan, text in zip(numbers, plans, written, strict=True):
            found = re.match(r"\s*multiple\b\s*[:(-]?\s*(.*?)\)?\s*$", text, re.IGNORECASE)
            if not found:
                continue
            plan[position] = "MUL"
            for part in re.split(r"[,;/&]| and ", found[1]):
                if (code := code_of(part, "single_category_of_abuse")) is not None:
                    rows.append([plan[0], stage, code])
                    lines.append(line)
    tables["cp_plan_category"] = ("cp_plan_category", ["cp_plan_id", "stage", "category"], rows, lines)


def _with_reviews(source: _Source, tables: dict[str, Collected]) -> None:
    if "ssd_cp_reviews" not in source.tables:
        return
    child = {plan[0]: plan[1] for plan in tables["cp_plan"][2]} if "cp_plan" in tables else {}
    shape = schema.columns("cp_review")["review_date"]
    records = source.records("ssd_cp_reviews", *OTHERS["ssd_cp_reviews"])
    rows = [[plan, child.get(plan, ""), reduced(day, shape)] for plan, day in records]
    tables["cp_review"] = (
        "cp_review",
        ["cp_plan_id", "child_id", "review_date"],
        rows,
        source.tables["ssd_cp_reviews"].lines,
    )


# --- episodes of care: a legal status that changes inside one splits it ---

_EPISODE = (
    "clae_cla_episode_id",
    "clae_person_id",
    "clae_cla_episode_start_date",
    "clae_cla_episode_ceased_date",
    "clae_cla_episode_start_reason",
    "clae_cla_primary_need_code",
    "clae_cla_episode_ceased_reason",
    "clae_cla_placement_id",
)
_LEGAL = ("lega_person_id", "lega_legal_status", "lega_legal_status_start_date", "lega_legal_status_end_date")


def _day(text: str) -> str:
    return text.partition("T")[0].partition(" ")[0]


def _statuses(source: _Source) -> dict[str, list[tuple[str, str, str]]]:
    """Start, end and code of each child's legal statuses, in order."""
    result: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for child, status, start, end in source.records("ssd_legal_status", *_LEGAL):
        if start:
            result[child].append((_day(start), _day(end), code_of(status, "legal_status") or status))
    return {child: sorted(statuses) for child, statuses in result.items()}


def _pieces(start: str, end: str, statuses: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Cut an episode where the legal status changes: start, end and status of each piece."""
    cuts = sorted({s for s, _, _ in statuses if start < s and (not end or s < end)}) if start else []
    bounds = [start, *cuts, end]
    result = []
    for first, last in pairwise(bounds):
        open_then = [code for s, e, code in statuses if s <= first and (not e or first < e)]
        result.append((first, last, open_then[-1] if open_then else ""))
    return result


def _with_episodes(source: _Source, tables: dict[str, Collected], notes: list[str]) -> None:
    if "ssd_cla_episodes" not in source.tables:
        return
    placements = {
        row[0]: row[1:]
        for row in source.records(
            "ssd_cla_placement", "clap_cla_placement_id", "clap_cla_placement_type", "clap_cla_placement_provider"
        )
    }
    statuses = _statuses(source)
    rows, lines = [], []
    split = 0
    for line, record in zip(
        source.tables["ssd_cla_episodes"].lines, source.records("ssd_cla_episodes", *_EPISODE), strict=True
    ):
        name, child, start, end, reason, need, ceased, placement = record
        kind, provider = placements.get(placement, ("", ""))
        pieces = _pieces(_day(start), _day(end), statuses.get(child, []))
        split += len(pieces) > 1
        for number, (first, last, status) in enumerate(pieces):
            final = number == len(pieces) - 1
            rows.append(
                [
                    name if number == 0 else f"{name}#{number + 1}",
                    child,
                    first,
                    last,
                    reason if number == 0 else "L",
                    status,
                    need,
                    kind,
                    provider,
                    ceased if final else "X1",
                    placement,
                ]
            )
            lines.append(line)
    columns = [
        "episode_id", "child_id", "start_date", "end_date", "reason_new_episode", "legal_status", "category_of_need",
        "placement_type", "placement_provider", "reason_ceased", "placement_id",
    ]  # fmt: skip
    shapes = schema.columns("looked_after_episode")
    reduced_rows = [[reduced(cell, shapes[column]) for cell, column in zip(row, columns, strict=True)] for row in rows]
    tables["looked_after_episode"] = ("looked_after_episode", columns, reduced_rows, lines)
    if split:
        notes.append(f"{split:,} episodes of care were split where the legal status changes inside them")


def mapped(tables: dict[str, SheetRows], name: str) -> Dataset:
    """Give the canonical tables of those of the dataset that were found."""
    source = _Source(tables)
    notes = [note for rows in tables.values() for note in rows.notes]
    collected = {table: rows for table in PLAIN if (rows := _plain(source, table)) is not None}
    _with_factors(source, collected, notes)
    _with_categories(source, collected)
    _with_reviews(source, collected)
    _with_episodes(source, collected, notes)
    kind = "Standard Safeguarding Dataset"
    return _core.read_text_rows(name, kind, list(collected.values()), notes=notes)


# --- where the tables come from ---


def table_of(stem: str, headings: Iterable[str]) -> str | None:
    """Tell which table of the dataset this is, by its columns, whatever it is called."""
    there = {heading.lower() for heading in headings}
    fits = [name for name, telling in TELLING.items() if set(telling) <= there]
    return next((name for name in fits if name == stem), fits[0] if fits else None)


def _recognise(seen: Glimpse, options: Options) -> Found | None:
    if seen.suffix not in (".csv", ".parquet"):
        return None
    table = table_of(seen.stem, seen.headings)
    if table is None and not seen.stem.startswith("ssd_"):
        return None
    if table is None:
        return Found(
            seen.path,
            READER.name,
            f"Standard Safeguarding Dataset, {seen.stem}",
            read=False,
            note="not mapped to canonical tables",
        )
    return Found(seen.path, READER.name, f"Standard Safeguarding Dataset, {table} ({seen.suffix[1:]})", role=table)


def _read(files: Sequence[Found], options: Options) -> list[Part]:
    folders: dict[Path, list[Found]] = defaultdict(list)
    for file in files:
        folders[file.path.parent].append(file)
    parts = []
    for folder, together in folders.items():
        tables: dict[str, SheetRows] = {}
        for file in together:
            if file.role in tables:
                raise DataError(
                    f"{file.path}: a second file holds {file.role}: keep each extract in a folder of its own"
                )
            tables[file.role] = rows_of(file.path)
        name = together[0].path.name if len(together) == 1 else f"{folder.name}/ssd_*"
        parts.append(Part(mapped(tables, name), tuple(together)))
    return parts


def _rows_from(connection: Any, table: str) -> SheetRows | None:
    """Select a table; None where the database has none of this name. Nothing is ever written."""
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*", table):
        raise DataError(f"'{table}' is not the name of a table")
    cursor: Any = connection.cursor()
    try:
        cursor.execute(f"SELECT * FROM {table}")
    except Exception as problem:
        if (
            "does not exist" in str(problem).lower()
            or "no such table" in str(problem).lower()
            or "invalid object" in str(problem).lower()
        ):
            return None
        raise DataError(f"{table}: the database says: {str(problem).splitlines()[0]}") from None
    headings = [str(column[0]) for column in cursor.description]
    rows = [[as_text(cell) for cell in row] for row in cursor.fetchall()]
    cursor.close()
    return SheetRows(headings, rows, list(range(1, len(rows) + 1)))


def read_ssd(connection: Any, *, schema_name: str = "", name: str = "database") -> Dataset:
    """Read the Standard Safeguarding Dataset from a connection (DB-API, ADBC or DuckDB). Only SELECT is ever sent.

    schema_name: the database's schema the tables stand in, where not the default one.

    Raises DataError where none of the tables is there, or the database refuses.
    """
    prefix = f"{schema_name}." if schema_name else ""
    tables = {table: rows for table in TELLING if (rows := _rows_from(connection, prefix + table)) is not None}
    if not tables:
        raise DataError(
            f"the database has none of the tables of the Standard Safeguarding Dataset, such as {prefix}ssd_person"
        )
    data = _core.merge_datasets(_core.read_table_files([]), mapped(tables, name))
    return _core.settle_merged(data, placements="looked_after_episode" in data)


READER = Reader(
    name="ssd",
    title="the Standard Safeguarding Dataset (CSV or Parquet)",
    tables=(*PLAIN, "assessment_factor", "cp_plan_category", "cp_review", "looked_after_episode"),
    keys="ssd",
    recognise=_recognise,
    read=_read,
)

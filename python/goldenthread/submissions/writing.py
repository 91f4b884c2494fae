"""The report on submissions as CSV and HTML: counts, no identifier."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape
from pathlib import Path

from goldenthread._core import write_file_atomically
from goldenthread.submissions.matching import MatchRate
from goldenthread.submissions.received import Submission, SubmissionReport

HEADINGS = (
    "state",
    "partner",
    "what",
    "part",
    "period",
    "due",
    "days covered",
    "days",
    "share",
    "rows",
    "sent",
    "note",
)
MATCH_HEADINGS = (
    "table or partner",
    "column",
    "identifiers",
    "known to the council",
    "share known",
    "rows that name nobody",
    "rows",
)
_CAUTION = "Counts of rows are not protected: for the analyst's own machine."


def _text(value: object) -> str:
    return "" if value is None else str(value)


def row_of(each: Submission) -> tuple[str, ...]:
    """Give one submission as cells."""
    return (
        each.state,
        each.partner,
        each.what,
        each.part,
        each.period,
        str(each.due),
        _text(each.days_covered),
        str(each.days),
        "" if each.share is None else f"{each.share:g}",
        _text(each.rows),
        _text(each.sent),
        each.note,
    )


def match_row_of(each: MatchRate) -> tuple[str, ...]:
    """Give one match rate as cells."""
    share = "" if each.share is None else f"{100 * each.share:.1f} %"
    return (
        each.source,
        each.column,
        str(each.identifiers),
        str(each.known),
        share,
        str(each.rows_without),
        str(each.rows),
    )


def _csv(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue()


def _table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in headings)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def to_csv(report: SubmissionReport) -> str:
    """Give what was expected and what came as CSV."""
    return _csv(HEADINGS, [row_of(each) for each in report.submissions])


def to_match_csv(report: SubmissionReport) -> str:
    """Give the match rates as CSV."""
    return _csv(MATCH_HEADINGS, [match_row_of(each) for each in report.match_rates])


def to_html(report: SubmissionReport, area: str = "") -> str:
    """Give the report as one self-contained page."""
    notes = "".join(f"<li>{escape(note)}</li>" for note in report.notes)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Submissions of partners</title><style>'
        "body{font:16px/1.5 sans-serif;margin:2rem;color:#1a1a1a;background:#fff}"
        "table{border-collapse:collapse;margin-bottom:2rem}"
        "caption{text-align:left;font-weight:bold;padding:.5rem 0}th,td{border:1px solid #767676;padding:.3rem .6rem;"
        "text-align:left;vertical-align:top}</style></head><body><main>"
        f"<h1>Submissions of partners: {escape(area or 'area not said')}, as at {report.as_at}</h1><p>{_CAUTION}</p>"
        + _table("Who was to supply what by when, and what came", HEADINGS, [row_of(e) for e in report.submissions])
        + _table("Partners' person identifiers", MATCH_HEADINGS, [match_row_of(e) for e in report.match_rates])
        + (f"<h2>Said when files were read</h2><ul>{notes}</ul>" if notes else "")
        + "</main></body></html>\n"
    )


def write(report: SubmissionReport, folder: Path, area: str = "") -> list[Path]:
    """Write submissions.csv, match_rates.csv and submissions.html."""
    texts = {
        "submissions.csv": to_csv(report),
        "match_rates.csv": to_match_csv(report),
        "submissions.html": to_html(report, area),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        write_file_atomically(folder / name, text)
    return [folder / name for name in texts]

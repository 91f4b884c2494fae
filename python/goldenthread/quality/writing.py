"""The quality report as CSV, HTML and Excel: counts by rule, no row and no key."""

from __future__ import annotations

import csv
import datetime
import io
from html import escape
from pathlib import Path

from goldenthread._core import write_file_atomically
from goldenthread.quality import QualityReport, RuleCount
from goldenthread.readers.extras import needed

HEADINGS = (
    "rule",
    "severity",
    "DfE rule",
    "table",
    "column",
    "what is wrong",
    "rows",
    "rows that do not tell",
    "figures it touches",
)
_CAUTION = "Figures are not protected: for the analyst's own machine."


def touched(count: RuleCount) -> str:
    """Say which figures change without the rows, and from what to what."""
    return "; ".join(f"{i.line or i.indicator} {i.period}: {i.with_rows} → {i.without_rows}" for i in count.impacts)


def rows_of(report: QualityReport) -> list[tuple[str, ...]]:
    """Give a row for each rule that is broken."""
    return [
        (
            each.rule.id,
            each.rule.severity,
            each.rule.dfe,
            each.table,
            each.column,
            each.rule.words,
            str(each.count),
            str(each.unknown) if each.unknown else "",
            touched(each),
        )
        for each in report.broken
    ]


def to_csv(report: QualityReport) -> str:
    """Give the report as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows(rows_of(report))
    return out.getvalue()


def _not_checked(report: QualityReport) -> list[str]:
    return [f"{each.table}: {each.rule.words}: {each.not_checked}" for each in report.not_checked]


def to_html(report: QualityReport) -> str:
    """Give the report as one self-contained page."""
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in HEADINGS)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows_of(report))
    left = "".join(f"<li>{escape(each)}</li>" for each in _not_checked(report))
    day = f", as at {report.as_at}" if report.as_at else ""
    area = report.data.area or "area not said"
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Quality of the data</title><style>'
        "body{font:16px/1.5 sans-serif;margin:2rem;color:#1a1a1a;background:#fff}table{border-collapse:collapse}"
        "caption{text-align:left;font-weight:bold;padding:.5rem 0}th,td{border:1px solid #767676;padding:.3rem .6rem;"
        "text-align:left;vertical-align:top}</style></head><body><main>"
        f"<h1>Quality of the data: {escape(area)}</h1><p>{_CAUTION}</p>"
        f"<table><caption>Rules that are broken{escape(day)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f"<h2>Rules that could not be checked</h2><ul>{left or '<li>none</li>'}</ul></main></body></html>\n"
    )


def write_xlsx(report: QualityReport, path: Path) -> None:
    """Write the report as a workbook.

    Raises DataError where XlsxWriter is not installed.
    """
    book = needed("xlsxwriter", "the workbook of findings").Workbook(str(path), {"in_memory": True})
    book.set_properties(
        {"title": "Quality of the data", "comments": _CAUTION, "created": datetime.datetime(2000, 1, 1)}
    )
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Broken")
    sheet.write_row(0, 0, HEADINGS, bold)
    for number, row in enumerate(rows_of(report), start=1):
        for column, cell in enumerate(row):
            if HEADINGS[column].startswith("rows") and cell:
                sheet.write_number(number, column, int(cell), wrapped)
            else:
                sheet.write_string(number, column, cell, wrapped)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(HEADINGS) - 1, 24)
    left = book.add_worksheet("Not checked")
    left.set_column(0, 0, 90)
    for number, text in enumerate(_not_checked(report)):
        left.write_string(number, 0, text)
    book.close()


def write(report: QualityReport, folder: Path) -> list[Path]:
    """Write findings.csv, findings.html and findings.xlsx."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("findings.csv", to_csv(report)), ("findings.html", to_html(report))):
        write_file_atomically(folder / name, text)
    write_xlsx(report, folder / "findings.xlsx")
    return [folder / name for name in ("findings.csv", "findings.html", "findings.xlsx")]

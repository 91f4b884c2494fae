"""Figures that partners supply: the form, written, filled in and read back; shown, marked and never explained."""

from __future__ import annotations

import datetime
import json
import zipfile
from pathlib import Path

import goldenthread as gt
import pytest
from goldenthread.figure_form import HEADING_ROW, HEADINGS, figures_of, write_form

pytest.importorskip("python_calamine")
xlsxwriter = pytest.importorskip("xlsxwriter")

STARTS = "mental_health.crisis_starts"


def fill(form: Path, filled: Path, answers: dict[tuple[str, str], dict[str, object]], sender: bool = True) -> Path:
    """Fill in a form as a person would: the same sheets, values in the yellow cells."""
    from goldenthread.readers.workbook import sheets_of

    book = xlsxwriter.Workbook(filled)
    for sheet in sheets_of(form):
        page = book.add_worksheet(sheet.name)
        for r, row in enumerate(sheet.rows):
            for c, text in enumerate(row):
                if text:
                    page.write_string(r, c, text)
        if sheet.name == "Sender" and sender:
            page.write(2, 1, "Trust")
            page.write_datetime(3, 1, datetime.datetime(2019, 7, 1), book.add_format({"num_format": "dd/mm/yyyy"}))
        if sheet.name == "Figures":
            for r, row in enumerate(sheet.rows[HEADING_ROW:], start=HEADING_ROW):
                for name, value in answers.get((row[1], row[3]), {}).items():
                    page.write(r, HEADINGS.index(name), value)
    book.close()
    return filled


def test_a_form_written_filled_in_and_read_back_gives_the_same_figures(tmp_path: Path) -> None:
    lines = write_form(tmp_path / "form.xlsx", "P7")
    plan = gt.plans.leicester_2018_2020()
    asked = figures_of(plan, "P7", gt.shipped_indicators())
    assert {figure.line for figure in asked} == {"P7.E2", "P7.E3", "P7.E4", "P7.E5", "P7.E6", "P7.E7"}
    assert lines == len(asked) * 8
    wait = next(figure.indicator for figure in asked if figure.unit == "days")
    answers: dict[tuple[str, str], dict[str, object]] = {
        (STARTS, "2018-19 Q1"): {"value": 17, "unknown": 2},
        (STARTS, "2018-19 Q2"): {"value": 0, "definition_note": "under-18s only"},
        (wait, "2018-19 Q1"): {"value": 31.5, "denominator": 40},
    }
    filled = fill(tmp_path / "form.xlsx", tmp_path / "filled.xlsx", answers)
    data = gt.read(filled)
    assert len(data["supplied_figure"]) == 3
    results = gt.evaluate(plan, data, ["2018-19 Q1", "2018-19 Q2"])
    first, second = results[STARTS].totals
    assert (first["value"], first["state"], first["unknown"]) == (17.0, "value", 2)
    assert first["reason"] == "supplied, not recomputed: by Trust, 2019-07-01"
    assert second["state"] == "true_zero"
    assert "break in the series: counted otherwise before" in second["reason"]
    assert results[wait].totals[0]["value"] == 31.5
    with pytest.raises(gt.DefinitionError, match="there are no rows to explain: supplied, not recomputed: by Trust"):
        results.explain(STARTS, "2018-19 Q1")
    assert gt.evaluate(STARTS, data, "2018-19 Q1")[STARTS].value == 17.0

    # The same figures as canonical CSV.
    (tmp_path / "csv").mkdir()
    (tmp_path / "csv" / "supplied_figure.csv").write_text(
        "indicator_id,period_label,value,unknown,supplied_by,supplied_on\n"
        f"{STARTS},2018-19 Q1,17,2,Trust,2019-07-01\n", encoding="utf-8")  # fmt: skip
    again = gt.evaluate(plan, gt.read(tmp_path / "csv"), ["2018-19 Q1"])
    assert again[STARTS].totals[0]["value"] == 17.0
    assert again[STARTS].totals[0]["reason"] == first["reason"]


# What a partner might answer, by what the unit asks for: each line of a form gets another answer.
def answer_to(unit: str, number: int) -> dict[str, object]:
    if unit in ("number", "person-days"):
        return {"value": 20 + number, "unknown": number % 3}
    if unit == "days":
        return {"value": 10.5 + number, "denominator": 30 + number}
    return {"numerator": 20 + number, "denominator": 100 + 2 * number, "unknown": number % 3}


def figure_of(unit: str, answer: dict[str, object], multiplier: int) -> float:
    if "value" in answer:
        return float(str(answer["value"]))
    share = int(str(answer["numerator"])) / int(str(answer["denominator"]))
    return share * (multiplier if unit == "rate" else 1)


@pytest.mark.parametrize("priority", ["P1", "P2", "P3", "P4", "P5", "P6", "P7"])
def test_every_line_of_a_form_comes_back_as_the_figure_that_was_filled_in(tmp_path: Path, priority: str) -> None:
    periods = ["2018-19 Q1", "2018-19 Q2"]
    plan = gt.plans.leicester_2018_2020()
    asked = figures_of(plan, priority, gt.shipped_indicators())
    lines = write_form(tmp_path / "form.xlsx", priority, periods=periods)
    assert lines == len(asked) * len(periods)
    keys = [(figure, period) for figure in asked for period in periods]
    answers = {(f.indicator, p): answer_to(f.unit, n) for n, (f, p) in enumerate(keys)}
    data = gt.read(fill(tmp_path / "form.xlsx", tmp_path / "filled.xlsx", answers))
    assert len(data["supplied_figure"]) == lines
    assert data.files[-1].rows_read == data.files[-1].rows_kept == lines
    results = gt.evaluate(plan, data, periods)
    for figure in asked:
        about = results.about(figure.indicator)
        for total in results[figure.indicator].totals:
            given = answers[figure.indicator, total["period"]]
            wanted = figure_of(figure.unit, given, int(about.get("multiplier") or 1))
            assert total["value"] == pytest.approx(wanted), (figure.indicator, total)
            for count in ("numerator", "denominator", "unknown"):
                if count in given:
                    assert total[count] == given[count], (figure.indicator, total)
            assert total["state"] == "value"
            assert "supplied, not recomputed: by Trust, 2019-07-01" in total["reason"]


def test_the_release_shows_it_marked_and_hides_it_where_it_is_small(tmp_path: Path) -> None:
    write_form(tmp_path / "form.xlsx", "P7.E5", periods=["2018-19", "2019-20"])
    answers: dict[tuple[str, str], dict[str, object]] = {
        (STARTS, "2018-19"): {"value": 3},
        (STARTS, "2019-20"): {"value": 30},
    }
    data = gt.read(fill(tmp_path / "form.xlsx", tmp_path / "filled.xlsx", answers))
    release = json.loads(gt.evaluate(gt.plans.leicester_2018_2020(), data, ["2018-19", "2019-20"]).protect().to_json())
    cells = next(f for f in release["figures"] if f["indicator"] == STARTS)["cells"]
    assert [cell["state"] for cell in cells] == ["suppressed", "value"]
    assert cells[0]["value"] == "c"
    assert all("supplied, not recomputed" in cell["reason"] for cell in cells)


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    write_form(tmp_path / "form.xlsx", STARTS, periods=["2018-19", "2019-20"], breakdowns=["sex=F"])
    filled = fill(tmp_path / "form.xlsx", tmp_path / "filled.xlsx", {(STARTS, "2018-19"): {"value": 30}}, sender=False)
    data = gt.read(filled)
    notes = [note for file in data.files for note in file.notes]
    assert "2 lines were left empty" in notes
    assert "the sender's supplied by is not filled in" in notes
    rules = dict(zip(data.findings["column"], data.findings["rule"], strict=True))
    assert rules["supplied_by"] == "value_missing"
    found = gt.inspect(filled)
    assert found.files[0].what == "form for figures, filled in by a partner"
    assert found.files[0].tables == {"supplied_figure": 2}


def test_the_cells_are_checked_and_the_same_form_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_form(tmp_path / name, "P7", periods=["2018-19"])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        figures = archive.read("xl/worksheets/sheet2.xml").decode()
        words = archive.read("xl/sharedStrings.xml").decode()
    assert 'type="whole"' in figures
    assert "sheetProtection" in figures
    assert "Mean of days from referral date to first assessment date" in words


def test_a_form_whose_headings_were_changed_is_refused(tmp_path: Path) -> None:
    write_form(tmp_path / "form.xlsx", STARTS, periods=["2018-19"])
    from goldenthread.readers.workbook import sheets_of

    book = xlsxwriter.Workbook(tmp_path / "changed.xlsx")
    for sheet in sheets_of(tmp_path / "form.xlsx"):
        page = book.add_worksheet(sheet.name)
        for r, row in enumerate(sheet.rows):
            page.write_row(r, 0, ["numbers" if text == "numerator" else text for text in row])
    book.close()
    with pytest.raises(gt.DataError, match="the headings were changed"):
        gt.read(tmp_path / "changed.xlsx")


def test_an_item_without_figures_is_refused() -> None:
    plan, known = gt.plans.leicester_2018_2020(), gt.shipped_indicators()
    with pytest.raises(gt.DefinitionError, match="'P99' has no figures: name a priority"):
        figures_of(plan, "P99", known)
    assert figures_of(plan, "P7.E5", known)[0].indicator == STARTS
    outside = next(i.id for i in known if i.id.startswith("standard."))
    assert figures_of(plan, outside, known)[0].line == ""

"""Annex A workbooks, made here with the oddities that real ones have."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import goldenthread as gt
import pytest
from goldenthread.readers import workbook
from goldenthread.readers.cells import as_text, serial_day
from goldenthread.readers.schema import columns
from goldenthread.readers.values import reduced

pytest.importorskip("python_calamine")
xlsxwriter = pytest.importorskip("xlsxwriter")

PERSON = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)"]
DAY = datetime.datetime


def make(path: Path, sheets: dict[str, list[list[Any]]], after: Callable[[Any, Any], None] | None = None) -> Path:
    book = xlsxwriter.Workbook(path)
    dates = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, DAY):
                    sheet.write_datetime(r, c, value, dates)
                elif isinstance(value, tuple):
                    sheet.write_formula(r, c, *value)
                elif value is not None:
                    sheet.write(r, c, value)
        if after:
            after(book, sheet)
    book.close()
    return path


@pytest.fixture
def annex_a(tmp_path: Path) -> Path:
    return make(
        tmp_path / "Annex A.xlsx",
        {
            "List 1": [
                [*PERSON, "Date of Contact ", "Contact Source"],
                ["A\u00a01", "a) Male", "a) WBRI", DAY(2008, 3, 27), 10.5, DAY(2018, 10, 1), "e) 2A: Schools"],
                ["A2", "Female", "MWBC - White and Black Caribbean", 39900, None, 43400, "6 - Police"],
                ["A2", "b) Female", "", ("=NA()", None, "#N/A"), None, "12/11/2018", "1D: Individual - other"],
                ["A2", "b) Female", "", None, None, "12/11/2018", "1D: Individual - other"],
                ["", "b) Female", "", None, None, "13/11/2018", "4"],
            ],
            "Referrals": [
                ["Referrals made in the last six months"],
                [],
                [*PERSON, "Date of Referral", "Referral Source", "Referral NFA?"],
                ["A2", "b) Female", "", None, None, "20/11/2018", "8: Other", "b) No"],
            ],
            "List 4": [
                [*PERSON, "Does the Child have a Disability", "Continuous Assessment Start Date",
                 "Continuous Assessment Date of Authorisation",
                 "Was the child assessed as requiring LA children\u2019s social care support?"],
                ["A2", "b) Female", "", None, None, "a) Yes", "21/11/2018", DAY(2018, 12, 14), "b) No"],
                ["A9", "a) Male", "", None, None, "b) No", "29/02/2019", "", "a) Yes"],
            ],
            "5": [
                [*PERSON, "Strategy discussion initiating Section 47 Enquiry Start Date",
                 "Was an Initial Child Protection Conference deemed unnecessary?",
                 "Date of Initial Child Protection Conference",
                 "Did the Initial Child Protection Conference Result in a Child Protection Plan"],
                ["A2", "b) Female", "", None, None, "01/12/2018", "b) No", "10/12/2018", "a) Yes"],
                ["A3", "b) Female", "", None, None, "02/12/2018", "a) Yes", None, None],
            ],
            "List 6 CIN": [
                [*PERSON, "CIN Start Date", "Primary Need Code", "CIN Closure Date", "Reason for Closure", "Case Status"],
                ["A2", "b) Female", "", None, None, "20/11/2018", "N1 - Abuse or neglect", "", "", "open"],
            ],
            "List 7": [
                [*PERSON, "Child Protection Plan Start Date", "Initial Category of Abuse", "Latest Category of Abuse",
                 "Date of latest review conference", "Child Protection Plan End Date",
                 "Number of Previous Child Protection Plans"],
                ["A2", "b) Female", "", None, None, "10/12/2018", "Neglect", "d) Emotional Abuse", "01/02/2019", None, 1.0],
            ],
            "List 8": [
                [*PERSON, "Date Started to be Looked After", "Child\u2019s Legal Status", "Child's Category of Need",
                 "Placement Type", "Date Ceased to be Looked After", "Reason Ceased to be Looked After ((code))"],
                ["A3", "b) Female", "", None, None, "03/12/2018", "C2: Full care order", "N1", "U4", "", ""],
            ],
            "List 9": [[*PERSON, "Allocated Personal Advisor"], ["A7", "a) Male", "", None, None, "x"]],
            "Notes": [["made by hand"]],
        },
    )  # fmt: skip


def column(data: gt.Dataset, table: str, name: str) -> list[str | None]:
    return [None if value is None else str(value) for value in data[table][name].to_list()]


def notes_of(data: gt.Dataset) -> str:
    return "\n".join(note for file in data.files for note in file.notes)


def counts(data: gt.Dataset) -> dict[tuple[str, str], int]:
    rows = zip(*(c.to_list() for c in data.findings.columns), strict=True)
    return {(str(row[0]), str(row[2])): int(str(row[5])) for row in rows}


def test_every_list_becomes_its_rows(annex_a: Path) -> None:
    data = gt.read(annex_a)
    assert column(data, "contact", "contact_date") == ["2018-10-01", "2018-10-27", "2018-11-12"]
    assert column(data, "contact", "source") == ["2A", "6", "1D"]
    assert column(data, "referral", "referral_id") == ["A2#2018-11-20#1"]  # lists 3 and 6 speak of one referral
    assert column(data, "referral", "referral_source") == ["8"]
    assert column(data, "referral", "primary_need") == ["N1"]
    assert column(data, "referral", "referral_nfa") == ["False"]
    assert column(data, "assessment", "outcome_nfa") == ["True", "False"]
    assert column(data, "assessment", "authorised_date") == ["2018-12-14", None]
    assert column(data, "assessment", "referral_id") == ["A2#2018-11-20#1", None]
    assert column(data, "section_47", "conference_not_required") == ["False", "True"]
    assert column(data, "initial_conference", "outcome_cp_plan") == ["True"]
    assert column(data, "cp_plan", "initial_category") == ["NEG"]
    assert column(data, "cp_plan", "latest_category") == ["EMO"]
    assert column(data, "cp_plan", "number_of_previous_plans") == ["1"]
    assert column(data, "cp_plan", "referral_id") == ["A2#2018-11-20#1"]
    assert column(data, "cp_review", "cp_plan_id") == column(data, "cp_plan", "cp_plan_id")
    assert column(data, "looked_after_episode", "legal_status") == ["C2"]


def test_a_child_of_several_lists_is_one_person(annex_a: Path) -> None:
    data = gt.read(annex_a)
    people = dict(
        zip(
            column(data, "person", "child_id"),
            zip(*(column(data, "person", n) for n in ("sex", "ethnicity", "date_of_birth", "disabled")), strict=True),
            strict=True,
        )
    )
    assert people["A2"] == ("F", "MWBC", "2009-03-28", "True")
    assert people["A\u00a01"][:3] == ("M", "WBRI", "2008-03-27")
    assert people["A9"][3] == "False"


def test_what_is_lost_is_counted_and_what_is_inferred_is_said(annex_a: Path) -> None:
    data = gt.read(annex_a)
    found = counts(data)
    assert found["contact", "duplicate_row"] == 1
    assert found["contact", "key_missing"] == 1
    assert found["assessment", "date_not_real"] == 1
    for file in data.files:
        assert file.rows_read == file.rows_kept + file.rows_set_aside
    said = notes_of(data)
    assert "1 cell holds an error such as #N/A" in said
    assert "1 lines have no child id" in said
    assert "coverage 2018-10-01 to 2018-12-10 inferred" in said
    assert "sheet 'Notes' is none of the lists" in said
    assert "sheet 'List 9' is none of the lists" in said
    covered = dict(zip(column(data, "coverage", "table_name"), column(data, "coverage", "last_day"), strict=True))
    assert covered["contact"] == "2018-12-10"


def test_inspect_names_it(annex_a: Path) -> None:
    found = gt.inspect(annex_a)
    assert found.files[0].what == "Annex A workbook (lists 1, 3, 4, 5, 6, 7, 8)"
    assert found.files[0].tables["contact"] == 3
    assert not found.files[0].problem


def test_headings_that_stand_twice_and_people_who_are_told_differently(tmp_path: Path) -> None:
    path = make(
        tmp_path / "a.xlsx",
        {
            "List 1": [
                [*PERSON, "Date of Contact", "Date of contact", "Contact Source"],
                ["A1", "a) Male", "", "01/02/2010", None, "01/10/2018", "01/11/2018", "9"],
                ["A1", "b) Female", "", "01/02/2010", None, "02/10/2018", "", "9"],
            ]
        },
    )
    data = gt.read(path)
    assert "the heading 'Date of contact' stands twice" in notes_of(data)
    assert column(data, "contact", "contact_date") == ["2018-10-01", "2018-10-02"]
    assert column(data, "person", "sex") == ["M"]
    assert counts(data)["person", "duplicate_key"] == 1


def test_formulas_without_a_value_are_counted(tmp_path: Path) -> None:
    path = make(
        tmp_path / "a.xlsx",
        {
            "List 1": [
                [*PERSON, "Date of Contact", "Contact Source"],
                ["A1", "a) Male", "", None, None, ("=F3", None, 43374), "9"],
                ["A2", "a) Male", "", None, None, ("=TODAY()", None, ""), "9"],
            ]
        },
    )
    data = gt.read(path)
    assert column(data, "contact", "contact_date") == ["2018-10-01", None]
    assert "1 formula has no computed value" in notes_of(data)


def test_with_a_census_its_rows_count_once(tmp_path: Path, annex_a: Path) -> None:
    (tmp_path / "census.xml").write_text(
        "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2019</Year>"
        "<ReferenceDate>2019-03-31</ReferenceDate></CollectionDetails></Header><Children><Child>"
        "<ChildIdentifiers><LAchildID>A2</LAchildID></ChildIdentifiers><CINdetails>"
        "<CINreferralDate>2018-11-20</CINreferralDate><Assessments><AssessmentActualStartDate>2018-11-21"
        "</AssessmentActualStartDate></Assessments></CINdetails></Child></Children></Message>",
        encoding="utf-8",
    )
    data = gt.read(tmp_path)
    assert len(data["referral"]) == 1
    assert column(data, "assessment", "assessment_id") == ["A2#2018-11-20#1#2018-11-21#1"]
    assert len(data["contact"]) == 3
    assert "not used from Annex A.xlsx" in notes_of(data)


# --- files that are none ---


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(40):
            part.write(b" " * (1 << 20))
    with pytest.raises(gt.DataError, match="unpacks to far more than a workbook holds"):
        workbook.check_size(bomb)
    assert "unpacks to far more" in gt.inspect(bomb).files[0].notes[0]


def test_broken_workbooks_are_refused(tmp_path: Path, annex_a: Path) -> None:
    whole = annex_a.read_bytes()
    for cut in (0, 10, len(whole) // 2, len(whole) - 1):
        broken = tmp_path / "cut.xlsx"
        broken.write_bytes(whole[:cut])
        found = gt.inspect(broken).files[0]
        assert not found.read
        assert found.what in ("a file that cannot be read", "an empty file")
    swapped = bytearray(whole)
    swapped[len(whole) // 3] ^= 0xFF
    broken.write_bytes(swapped)
    assert not gt.inspect(broken).files[0].read


def test_the_remedy_is_named_where_the_library_is_not_installed(annex_a: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    found = gt.inspect(annex_a).files[0]
    assert found.notes == ("Annex A.xlsx: a workbook needs python_calamine: pip install 'goldenthread[data]'",)


# --- values ---


@pytest.mark.parametrize(
    ("text", "table", "name", "value"),
    [
        ("N1 - Abuse or neglect", "referral", "primary_need", "N1"),
        ("a) N9: Cases other than children in need", "referral", "primary_need", "N9"),
        ("4.0", "referral", "referral_source", "4.0"),
        ("10 Unknown", "referral", "referral_source", "10"),
        ("e) 2A: Schools", "referral", "referral_source", "2A"),
        ("Housing", "referral", "referral_source", "4"),
        ("c) Unknown", "person", "sex", "U"),
        ("d) Indeterminate", "person", "sex", "U"),
        ("Multiple/mixed", "cp_plan", "latest_category", "MUL"),
        ("Neglect", "cp_plan", "latest_category", "NEG"),
        ("nonsense 12", "referral", "primary_need", "nonsense 12"),
        ("N/A", "missing_episode", "interview_offered", ""),
        ("b) No", "missing_episode", "interview_offered", "false"),
        ("perhaps", "missing_episode", "interview_offered", "perhaps"),
        ("43524", "referral", "referral_date", "2019-02-28"),
        ("43524.75", "referral", "referral_date", "2019-02-28"),
        ("#REF!", "referral", "referral_date", ""),
        ("28/02/2019", "referral", "referral_date", "28/02/2019"),
    ],
)
def test_values_are_reduced_by_tables(text: str, table: str, name: str, value: str) -> None:
    assert reduced(text, columns(table)[name]) == value


def test_cells_become_text() -> None:
    import decimal

    assert [as_text(v) for v in (None, True, 4.0, 4.5, float("nan"), 7, datetime.date(2019, 1, 2), DAY(2019, 1, 2, 3), decimal.Decimal("1.50"), "x", b"y")] == [
        "", "true", "4", "4.5", "", "7", "2019-01-02", "2019-01-02", "1.50", "x", "y"]  # fmt: skip
    assert [serial_day(t) for t in ("60", "61", "43524", "109574", "109575", "x", "nan", "")] == [
        None, "1900-03-01", "2019-02-28", "2199-12-31", None, None, None, None]  # fmt: skip

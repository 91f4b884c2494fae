"""Files of any kind: found out, read into one dataset, and what a plan can be fed from them."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

import goldenthread as gt
import pytest
from goldenthread import readers
from goldenthread.inspection import as_dict, latest_day, quarter_of, smallest_extras

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"

CENSUS = """<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>
<ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails></Header><Children><Child>
<ChildIdentifiers><LAchildID>A1</LAchildID></ChildIdentifiers>
<CINdetails><CINreferralDate>2018-06-01</CINreferralDate>{closure}</CINdetails></Child></Children></Message>"""
EPISODES = "CHILD,DECOM,RNE,LS,DEC,REC\n7,01/05/2018,S,C1,{end},\n"
HEADER = "CHILD,SEX,DOB,ETHNIC\n7,1,01/02/2010,WBRI\n"
RETURN_XML = """<EXPSSDA903><CHILD><HEADER><CHILDID>7</CHILDID></HEADER>
<EPISODE><DECOM>01/05/2018</DECOM><DEC>01/09/2018</DEC></EPISODE></CHILD></EXPSSDA903>"""


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        place = folder / name.replace("__", "/").replace("_csv", ".csv").replace("_xml", ".xml")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder


def census(year: int, closure: str = "") -> str:
    return CENSUS.format(year=year, closure=closure)


# --- what a file is ---

NAMES = {
    "cin/fake_CIN_data.xml": "children in need census (XML), 2022",
    "cin/CIN_Census_2021.xml": "children in need census (XML), 2023",
    "cin/CIN2rows.xml": "children in need census (XML), 2023",
    "looked_after/episodes.csv": "SSDA903 episodes (episodes of care, CSV), 2017-18",
    "looked_after/header.csv": "SSDA903 header (children, CSV), 2017-18",
    "looked_after/missing.csv": "SSDA903 missing (missing episodes, CSV), 2017-18",
    "looked_after/reviews.csv": "SSDA903 reviews (reviews, CSV)",
    "looked_after/uasc.csv": "SSDA903 uasc (unaccompanied children, CSV)",
    "published/b1_children_in_need_2013_to_2025.csv": "published children in need (explore-education-statistics, CSV), to 2025",
    "published/c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv": "published referrals and re-referrals "
    "(explore-education-statistics, CSV), to 2025",
    "published/c3_factors_identified_at_end_of_assessment_2018_to_2025.csv": "published factors identified at the end of "
    "assessment (explore-education-statistics, CSV), to 2025",
    "published/d3_cpps_subsequent_plan_2013_to_2025.csv": "published second or subsequent child protection plans "
    "(explore-education-statistics, CSV), to 2025",
    "published/d5_cpps_at31march_by_duration_2013_to_2025.csv": "published child protection plans by length of time "
    "(explore-education-statistics, CSV), to 2025",
    "published/ons_mid-year_population_estimates_2012_to_2024.csv": "published mid-year population estimates of children "
    "(Office for National Statistics, CSV), to 2024",
    "published/sn_model_2025_wide.csv": "published statistical neighbours of each authority (CSV)",
    "README.md": "text, not data",
    "published/README.md": "text, not data",
    "LICENSES.txt": "text, not data",
    "expected.json": "JSON, not data",
}


@pytest.mark.skipif(not SAMPLES.exists(), reason="the sample files are not there")
def test_every_sample_file_is_named() -> None:
    found = gt.inspect(SAMPLES)
    said = {
        file.path.relative_to(SAMPLES).as_posix(): file.what + (f", {file.version}" if file.version else "")
        for file in found.files
    }
    assert said == NAMES
    assert not [file for file in found.files if file.problem]
    rows = {file.path.name: file.tables for file in found.files}
    assert rows["episodes.csv"] == {"looked_after_episode": 5050}
    assert rows["fake_CIN_data.xml"]["referral"] == 402
    assert rows["CIN2rows.xml"]["cp_plan"] == 1
    assert found.as_at is not None


def test_names_of_files_do_not_matter(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_csv=EPISODES.format(end=""),
        b_csv=HEADER,
        c_csv="referral_id,child_id,referral_date\nR,A1,2018-06-01\n",
    )
    (tmp_path / "d.data").write_text(census(2019), encoding="utf-8")
    (tmp_path / "e.xml").write_text(RETURN_XML, encoding="utf-8")
    said = {found.path.name: (found.reader, found.role) for found in readers.find(tmp_path)}
    assert said == {
        "a.csv": ("ssda903_csv", "episodes"),
        "b.csv": ("ssda903_csv", "header"),
        "c.csv": ("canonical_tables", "referral"),
        "d.data": ("cin_census", ""),
        "e.xml": ("ssda903_xml", ""),
    }


def test_what_is_not_known_is_said_with_what_to_do(tmp_path: Path) -> None:
    write(tmp_path, police_csv="Crime Ref,Date\n1,2\n", other_xml="<Orders/>", empty_csv="")
    (tmp_path / "latin.csv").write_bytes("caf\xe9,x\n1,2\n".encode("latin-1"))
    (tmp_path / "~$open.xlsx").write_bytes(b"x")
    found = {file.path.name: file for file in gt.inspect(tmp_path).files}
    assert found["police.csv"].what == "a table of an unknown kind, with headings Crime Ref, Date"
    assert found["police.csv"].notes == ("goldenthread map police.csv proposes a mapping",)
    assert found["other.xml"].what == "XML of an unknown kind: its outermost element is 'Orders'"
    assert found["empty.csv"].what == "an empty file"
    assert found["latin.csv"].what == "not UTF-8 text, or not text at all"
    assert "~$open.xlsx" not in found
    with pytest.raises(gt.DataError, match=r"no file that can be read: empty\.csv: an empty file; latin\.csv"):
        gt.read(tmp_path)
    none = tmp_path / "none"
    none.mkdir()
    with pytest.raises(gt.DataError, match="the folder holds no file"):
        gt.read(none)
    with pytest.raises(gt.DataError, match="there is no such file or folder"):
        gt.read(tmp_path / "nowhere")


def test_a_broken_file_is_named_and_does_not_hide_the_others(tmp_path: Path) -> None:
    write(tmp_path, good_xml=census(2019), bad_xml=census(2020)[:-40])
    found = {file.path.name: file for file in gt.inspect(tmp_path).files}
    assert "is cut off" in found["bad.xml"].problem
    assert not found["bad.xml"].read
    assert found["good.xml"].tables["referral"] == 1
    with pytest.raises(gt.DataError, match=r"bad.xml.*is cut off"):
        gt.read(tmp_path)


# --- one dataset of many files ---


def test_years_stack_and_the_later_extract_wins(tmp_path: Path) -> None:
    closed = "<CINclosureDate>2019-06-01</CINclosureDate>"
    write(tmp_path, z_xml=census(2019), a_xml=census(2020, closed))  # names in the wrong order
    data = gt.read(tmp_path)
    assert len(data["referral"]) == 1
    assert [str(day) for day in data["referral"]["closure_date"]] == ["2019-06-01"]
    covered = [row for row in zip(*(c.to_list() for c in data["coverage"].columns), strict=True) if "referral" in row]
    assert [str(day) for day in covered[0][2:4]] == ["2018-04-01", "2020-03-31"]


def test_returns_of_several_years_in_one_folder_are_told_apart_by_their_names(tmp_path: Path) -> None:
    write(
        tmp_path,
        header_2019_csv=HEADER,
        episodes_2019_csv=EPISODES.format(end=""),
        header_2020_csv=HEADER,
        episodes_2020_csv=EPISODES.format(end="01/06/2019"),
    )
    data = gt.read(tmp_path)
    assert len(data["looked_after_episode"]) == 1
    assert [str(day) for day in data["looked_after_episode"]["end_date"]] == ["2019-06-01"]
    assert {file.kind for file in data.files} >= {"SSDA903 episodes 2018-19", "SSDA903 episodes 2019-20"}


def test_a_row_never_counts_twice_because_two_kinds_of_file_name_it_differently(tmp_path: Path) -> None:
    write(
        tmp_path,
        returns__census_xml=census(2019),
        tables__person_csv="child_id,sex\nA1,F\n",
        tables__referral_csv="referral_id,child_id,referral_date\nR1,A1,2018-06-01\n",
    )
    data = gt.read(tmp_path)
    assert data["referral"]["referral_id"].to_list() == ["R1"]
    assert data["person"]["sex"].to_list() == ["F"]
    notes = [note for file in data.files for note in file.notes]
    assert any("not used from census.xml" in note and "would count twice" in note for note in notes)
    assert "section_47" in data  # only the census has it


def test_references_are_checked_across_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        a__person_csv="child_id\nA1\n",
        b__referral_csv="referral_id,child_id,referral_date\nR1,A1,2018-06-01\nR2,A2,2018-06-01\n",
    )
    data = gt.read(tmp_path)
    found = [
        row for row in zip(*(c.to_list() for c in data.findings.columns), strict=True) if row[2] == "reference_dangling"
    ]
    assert [row[5] for row in found] == [1]


def test_area_and_files_that_were_not_read_are_kept(tmp_path: Path) -> None:
    write(
        tmp_path, person_csv="child_id\nA1\n", reviews_csv="CHILD,DOB,REVIEW,REVIEW_CODE\n7,01/02/2010,01/03/2019,PN1\n"
    )
    data = gt.read([tmp_path / "person.csv", tmp_path / "reviews.csv"], area="Exampleshire")
    assert data.area == "Exampleshire"
    assert {file.name: file.kind for file in data.files}["reviews.csv"].endswith("not read")


def test_counts_in_are_counts_kept_and_counts_reported(tmp_path: Path) -> None:
    write(
        tmp_path,
        referral_csv="referral_id,child_id,referral_date\nR1,A1,2018-06-01\nR1,A1,2018-06-01\n,A1,2018-06-01\nR2,A1,2019-02-29\n",
        census_xml=census(2019),
    )
    for file in gt.read(tmp_path).files:
        assert file.rows_read == file.rows_kept + file.rows_set_aside


# --- what is fed ---


def test_lines_fed_and_what_one_more_file_would_add(tmp_path: Path) -> None:
    write(tmp_path, cse_outcome_csv="outcome_id,outcome_type,outcome_date\nO1,DISRUPTION,2019-02-01\n")
    found = gt.inspect(tmp_path)
    assert found.quarter is not None
    assert (found.quarter.label, found.as_at_from) == ("2018-19 Q4", "the latest day in any row")
    assert set(found.fed) == {"P2.E3", "P2.E4"}
    best = found.extras[0]
    assert best.title == "a children in need census (XML)"
    assert {"P6.E1", "P6.E2", "P6.E3"} <= set(best.lines)
    # It is true: with such a file, even an empty one, those lines are fed.
    write(tmp_path, census_xml=census(2019))
    assert set(best.lines) <= set(gt.inspect(tmp_path).fed)
    later = gt.inspect(tmp_path, as_at="2030-01-01")
    assert not set(best.lines) & set(later.fed)  # the census ends before; what covers all time is fed for ever
    assert any("after" in reason for line in later.unfed for reason in line.reasons.values())


def test_without_rows_there_is_no_latest_day() -> None:
    assert latest_day(gt.Dataset({})) == (None, "")


@pytest.mark.parametrize(
    ("day", "label"),
    [
        ("2019-04-01", "2019-20 Q1"),
        ("2019-12-31", "2019-20 Q3"),
        ("2020-03-31", "2019-20 Q4"),
        ("2000-01-01", "1999-00 Q4"),
    ],
)
def test_quarters_are_of_the_financial_year(day: str, label: str) -> None:
    asked = datetime.date.fromisoformat(day)
    quarter = quarter_of(asked)
    assert quarter.label == label
    assert quarter.first <= asked <= quarter.last


def test_a_wrong_day_is_refused(tmp_path: Path) -> None:
    write(tmp_path, person_csv="child_id\nA1\n")
    with pytest.raises(gt.DefinitionError, match="as_at: 'yesterday' is not a date"):
        gt.inspect(tmp_path, as_at="yesterday")
    found = gt.inspect(tmp_path)
    assert found.quarter is None
    assert "give --as-at" in str(found)


def test_it_shows_itself_and_gives_plain_values(tmp_path: Path) -> None:
    write(tmp_path, referral_csv="referral_id,child_id,referral_date\nR<1,A1,2018-06-01\n")
    found = gt.inspect(tmp_path)
    assert "R<1" not in str(found)
    assert "R&lt;1" not in found._repr_html_()
    assert "canonical table referral" in found._repr_html_()
    plain = json.loads(json.dumps(as_dict(found)))
    assert plain["files"][0]["tables"] == {"referral": 1}
    assert plain["quarter"] == "2018-19 Q1"


def test_extras_name_no_table_twice_and_nothing_for_a_plan_without_gaps() -> None:
    assert smallest_extras([]) == ()


def test_nothing_is_left_in_the_folder(tmp_path: Path) -> None:
    write(tmp_path, person_csv="child_id\nA1\n")
    before = sorted(tmp_path.iterdir())
    gt.inspect(tmp_path)
    gt.read(tmp_path)
    assert sorted(tmp_path.iterdir()) == before
    shutil.rmtree(tmp_path)

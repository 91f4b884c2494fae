"""Partners' tables by mapping files, proposals of mappings, and the Standard Safeguarding Dataset."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import goldenthread as gt
import pytest
from goldenthread.mapping_proposal import propose_mapping
from goldenthread.readers import partner_tables
from goldenthread.readers.mapping import parse_mapping
from goldenthread.readers.ssd import factors_of, read_ssd

POLICE = """Crime Ref,Date,Nominal,DASH,Beat
C1,03/04/2019,P1,Std,A
C2,29/02/2019,P2,High,B
C2,04/04/2019,P3,High,B
"""
MAPPING: dict[str, Any] = {
    "format": "goldenthread/mapping@1",
    "files": "police*",
    "table": "domestic_abuse_incident",
    "partner": "Police",
    "dates": "day_first",
    "columns": {
        "incident_id": "crime ref",
        "incident_date": "Date",
        "risk_level": {"heading": "DASH", "values": {"Std": "STANDARD"}},
        "child_present": {"constant": "true"},
    },
    "coverage": {"first_day": "2019-04-01", "last_day": "2019-06-30", "share": 0.75},
}


def mapping(**changed: Any) -> str:
    return json.dumps({**MAPPING, **changed})


def cells(data: gt.Dataset, table: str, column: str) -> list[str | None]:
    return [None if value is None else str(value) for value in data[table][column].to_list()]


def notes_of(data: gt.Dataset) -> str:
    return "\n".join(note for file in data.files for note in file.notes)


def test_a_partners_file_is_read_by_the_mapping_beside_it(tmp_path: Path) -> None:
    (tmp_path / "police_2019.csv").write_text(POLICE, encoding="utf-8")
    (tmp_path / "incidents.mapping.json").write_text(mapping(), encoding="utf-8")
    data = gt.read(tmp_path)
    assert cells(data, "domestic_abuse_incident", "incident_id") == ["C1", "C2"]
    assert cells(data, "domestic_abuse_incident", "incident_date") == ["2019-04-03", None]
    assert cells(data, "domestic_abuse_incident", "risk_level") == ["STANDARD", "HIGH"]
    assert cells(data, "domestic_abuse_incident", "child_present") == ["True", "True"]
    assert cells(data, "coverage", "share") == ["0.750000"]
    assert "columns not read: Nominal, Beat" in notes_of(data)
    file = next(file for file in data.files if file.name == "police_2019.csv")
    assert (file.rows_read, file.rows_kept, file.rows_set_aside) == (4, 3, 1)  # with its row of coverage
    found = {each.path.name: each for each in gt.inspect(tmp_path).files}
    assert found["police_2019.csv"].what == "table of Police for domestic_abuse_incident, by a mapping"
    assert found["incidents.mapping.json"].what == "a mapping of a partner's columns"


def test_a_partners_person_numbers_lead_to_children_and_the_match_rate_is_said(tmp_path: Path) -> None:
    (tmp_path / "police.csv").write_text(POLICE, encoding="utf-8")
    (tmp_path / "person_link.csv").write_text(
        "partner,partner_person_id,child_id\npolice,P1,A1\npolice,P3,\n", encoding="utf-8"
    )
    child = {
        "table": "cse_concern",
        "columns": {
            "concern_id": {"row_number": True},
            "concern_date": "Date",
            "child_id": {"heading": "Nominal", "link": True},
        },
        "coverage": None,
    }
    del child["coverage"]
    text = json.dumps({**{k: v for k, v in MAPPING.items() if k != "coverage"}, **child})
    (tmp_path / "police.children.mapping.json").write_text(text, encoding="utf-8")
    data = gt.read(tmp_path)
    assert cells(data, "cse_concern", "child_id") == ["A1", None, None]
    assert cells(data, "cse_concern", "concern_id") == ["police.csv#2", "police.csv#3", "police.csv#4"]
    assert "match rate of Police's person numbers: 1 of 3 (33.3 %)" in notes_of(data)


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_the_same_rows_from_a_workbook_and_from_parquet(tmp_path: Path, kind: str) -> None:
    rows = [line.split(",") for line in POLICE.splitlines()]
    if kind == "xlsx":
        pytest.importorskip("python_calamine")
        book = pytest.importorskip("xlsxwriter").Workbook(tmp_path / "police.xlsx")
        sheet = book.add_worksheet("Incidents")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        book.close()
    else:
        arrow = pytest.importorskip("pyarrow")
        table = arrow.table({name: [row[i] for row in rows[1:]] for i, name in enumerate(rows[0])})
        pytest.importorskip("pyarrow.parquet").write_table(table, tmp_path / "police.parquet")
    (tmp_path / "police.mapping.json").write_text(mapping(), encoding="utf-8")
    data = gt.read(tmp_path)
    assert cells(data, "domestic_abuse_incident", "incident_date") == ["2019-04-03", None]


def test_a_data_frame_is_read_by_a_mapping() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"Crime Ref": ["C1"], "Date": ["03/04/2019"], "DASH": ["Std"]})
    data = gt.read_mapped(frame, parse_mapping(mapping(), "m.json"))
    assert cells(data, "domestic_abuse_incident", "risk_level") == ["STANDARD"]
    with pytest.raises(gt.DataError, match=r"there is no heading 'DASH'.*there are headings Crime Ref, Date"):
        gt.read_mapped(frame[["Crime Ref", "Date"]], parse_mapping(mapping(), "m.json"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"format": "goldenthread/mapping@2"}, "/format: 'goldenthread/mapping@1' is expected"),
        ({"tabel": "x"}, "unknown field 'tabel'; did you mean 'table'"),
        ({"table": "incident"}, "unknown table 'incident'"),
        ({"columns": {}}, "/columns: an object of canonical columns"),
        ({"columns": {"incident_id": "a", "risk": "b"}}, "has no column 'risk'; did you mean 'risk_level'"),
        ({"columns": {"incident_date": "Date"}}, "the key column 'incident_id' is not mapped"),
        ({"columns": {"incident_id": {"heading": "a", "constant": "b"}}}, "one of heading, constant and row_number"),
        ({"columns": {"incident_id": {"headin": "a"}}}, "unknown field 'headin'"),
        ({"columns": {"incident_id": {"heading": "a", "values": {"x": 1}}}}, "text to text"),
        (
            {"columns": {"incident_id": {"heading": "a", "link": True}}, "partner": ""},
            "a linked column needs the partner",
        ),
        ({"dates": "american"}, "year_first or day_first is expected"),
        ({"heading_row": 0}, "a line number from 1"),
        ({"coverage": {"first_day": "2019-04-01"}}, "first_day and last_day are expected"),
    ],
)
def test_wrong_mappings_are_refused_with_place_and_remedy(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(gt.DefinitionError) as problem:
        parse_mapping(mapping(**changed), "m.mapping.json")
    assert said in str(problem.value)
    assert "m.mapping.json" in str(problem.value)


def test_mappings_that_are_no_json(tmp_path: Path) -> None:
    with pytest.raises(gt.DefinitionError, match="nested too deeply"):
        parse_mapping("[" * 100_000, "m.json")
    with pytest.raises(gt.DefinitionError, match="is not JSON"):
        parse_mapping("{", "m.mapping.json")
    with pytest.raises(gt.DefinitionError, match="there is no such mapping file"):
        partner_tables.load(tmp_path / "m.mapping.json")
    (tmp_path / "m.mapping.json").write_text("{", encoding="utf-8")
    assert "is not JSON" in gt.inspect(tmp_path).files[0].notes[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfeC\x00", "holds NUL bytes"),
        (b"Crime Ref,Date\ncaf\xe9,1\n", "line 2: is not UTF-8 text: byte 0xE9"),
        (b"\n", "line 1 has no headings"),
        (b",".join(b"c%d" % i for i in range(5000)) + b"\n", "at most 4,096 are read"),
        (b'Crime Ref,Date\n"C1,1\n', "is not CSV"),
    ],
)
def test_broken_files_are_refused(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "police.csv").write_bytes(content)
    (tmp_path / "police.mapping.json").write_text(mapping(), encoding="utf-8")
    with pytest.raises(gt.DataError) as problem:
        gt.read(tmp_path)
    assert said in str(problem.value)


def test_a_mark_ragged_rows_and_headings_that_stand_twice(tmp_path: Path) -> None:
    (tmp_path / "police.csv").write_bytes(
        b"\xef\xbb\xbfCrime Ref,Date,DASH,Date\nC1,03/04/2019\nC2,04/04/2019,Std,05/04/2019,x\n"
    )
    (tmp_path / "police.mapping.json").write_text(mapping(), encoding="utf-8")
    data = gt.read(tmp_path)
    assert cells(data, "domestic_abuse_incident", "incident_date") == ["2019-04-03", "2019-04-04"]
    assert "2 rows have more or fewer cells" in notes_of(data)


# --- proposals ---


def test_a_mapping_is_proposed_and_once_corrected_reads_the_file(tmp_path: Path) -> None:
    (tmp_path / "police.csv").write_text(
        "Crime Ref,Date of Incident,Victim Gender,DASH,Beat\nC1,03/04/2019,Female,Std,A\n", encoding="utf-8"
    )
    best = propose_mapping(tmp_path / "police.csv")[0]
    assert best.table == "domestic_abuse_incident"
    proposed = json.loads(best.to_json("police.csv"))
    assert proposed["columns"]["incident_id"] == "Crime Ref"
    assert proposed["columns"]["victim_sex"] == "Victim Gender"
    assert proposed["columns"]["risk_level"]["values"] == {"Std": ""}
    assert proposed["dates"] == "day_first"
    assert proposed["x-not-read"] == ["Beat"]
    (tmp_path / "police.mapping.json").write_text(json.dumps(proposed), encoding="utf-8")
    data = gt.read(tmp_path)
    assert cells(data, "domestic_abuse_incident", "victim_sex") == ["F"]
    assert "1 values are mapped to nothing" in notes_of(data)  # until a person says what Std is


def test_a_proposal_writes_no_value_of_a_column_that_is_no_list_of_codes(tmp_path: Path) -> None:
    lines = [f"C{i},SECRET{i}" for i in range(50)]
    (tmp_path / "x.csv").write_text("Crime Ref,Risk level\n" + "\n".join(lines) + "\n", encoding="utf-8")
    for each in propose_mapping(tmp_path / "x.csv"):
        assert "SECRET" not in each.to_json("x.csv")
    with pytest.raises(gt.DefinitionError, match="unknown table"):
        propose_mapping(tmp_path / "x.csv", table="nothing")
    with pytest.raises(gt.DataError, match="there is no such file"):
        propose_mapping(tmp_path / "y.csv")


# --- the Standard Safeguarding Dataset ---

SSD = {
    "ssd_person": "pers_person_id,pers_dob,pers_sex,pers_ethnicity\nA1,2008-03-27T00:00:00,F,CNHE\nA2,,Male,\n",
    "ssd_disability": "disa_person_id,disa_disability_code\nA1,MOB\n",
    "ssd_cin_episodes": "cine_referral_id,cine_person_id,cine_referral_date,cine_cin_primary_need_code\nR1,A1,2018-05-01,N1\n",
    "ssd_cin_assessments": "cina_assessment_id,cina_referral_id,cina_person_id,cina_assessment_start_date,"
    "cina_assessment_auth_date\nS1,R1,A1,2018-05-02,2018-06-01\nS2,R1,A1,2018-07-02,2018-08-01\nS3,R1,A1,2018-09-01,\n",
    "ssd_assessment_factors": 'cinf_assessment_id,cinf_assessment_factors_json\nS1,"{""16A"": ""Yes"", ""1A"": ""No""}"\n',
    "ssd_cp_plans": "cppl_cp_plan_id,cppl_person_id,cppl_referral_id,cppl_cp_plan_start_date,cppl_cp_plan_initial_category,"
    'cppl_cp_plan_latest_category\nP1,A1,R1,2018-06-10,Neglect,"Multiple: neglect, physical abuse"\n',
    "ssd_cp_reviews": "cppr_cp_plan_id,cppr_cp_review_date\nP1,2018-09-01\n",
    "ssd_cla_episodes": "clae_cla_episode_id,clae_person_id,clae_cla_episode_start_date,clae_cla_episode_ceased_date,"
    "clae_cla_episode_start_reason,clae_cla_primary_need_code,clae_cla_episode_ceased_reason,clae_cla_placement_id\n"
    "E1,A2,2018-01-01,2018-12-01,S,N1,E4A,PL1\n",
    "ssd_cla_placement": "clap_cla_placement_id,clap_cla_placement_type,clap_cla_placement_provider\nPL1,U4,PR1\n",
    "ssd_legal_status": "lega_person_id,lega_legal_status,lega_legal_status_start_date,lega_legal_status_end_date\n"
    "A2,V2,2018-01-01,2018-05-01\nA2,C2,2018-05-01,\n",
}


def check_ssd(data: gt.Dataset) -> None:
    assert cells(data, "person", "date_of_birth") == ["2008-03-27", None]
    assert cells(data, "person", "ethnicity") == ["CHNE", None]
    assert cells(data, "person", "sex") == ["F", "M"]
    assert cells(data, "person", "disabled") == ["True", None]
    assert cells(data, "assessment", "factors_recorded") == ["True", "False", None]
    assert cells(data, "assessment_factor", "factor") == ["16A"]
    assert cells(data, "cp_plan", "initial_category") == ["NEG"]
    assert cells(data, "cp_plan", "latest_category") == ["MUL"]
    assert cells(data, "cp_plan_category", "category") == ["NEG", "PHY"]
    assert cells(data, "cp_review", "child_id") == ["A1"]
    assert cells(data, "looked_after_episode", "episode_id") == ["E1", "E1#2"]
    assert cells(data, "looked_after_episode", "legal_status") == ["V2", "C2"]
    assert cells(data, "looked_after_episode", "start_date") == ["2018-01-01", "2018-05-01"]
    assert cells(data, "looked_after_episode", "reason_ceased") == ["X1", "E4A"]
    assert len(set(cells(data, "looked_after_episode", "placement_id"))) == 1
    assert len(set(cells(data, "looked_after_episode", "period_of_care_id"))) == 1
    for file in data.files:
        assert file.rows_read == file.rows_kept + file.rows_set_aside


def test_ssd_tables_as_csv(tmp_path: Path) -> None:
    for name, text in SSD.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "ssd_address.csv").write_text("addr_table_id\n1\n", encoding="utf-8")
    data = gt.read(tmp_path)
    check_ssd(data)
    found = {file.path.name: file for file in gt.inspect(tmp_path).files}
    assert found["ssd_person.csv"].what == "Standard Safeguarding Dataset, ssd_person (csv)"
    assert found["ssd_address.csv"].notes == ("not mapped to canonical tables",)


def test_ssd_tables_as_parquet_and_from_connections_are_the_same(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    connection = duckdb.connect(str(tmp_path / "base.duckdb"))
    for name, text in SSD.items():
        (tmp_path / "base.csv").write_text(text, encoding="utf-8")
        connection.execute(f"create table {name} as from read_csv('{tmp_path / 'base.csv'}', header = true)")
        (tmp_path / "parquet").mkdir(exist_ok=True)
        connection.execute(f"copy {name} to '{tmp_path / 'parquet' / name}.parquet' (format parquet)")
    check_ssd(read_ssd(connection))
    connection.close()
    check_ssd(read_ssd(duckdb.connect(str(tmp_path / "base.duckdb"), read_only=True)))
    check_ssd(gt.read(tmp_path / "parquet"))


def test_a_connection_is_only_read() -> None:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    said: list[str] = []
    connection.execute("create table ssd_person (pers_person_id text, pers_dob text)")
    connection.execute("insert into ssd_person values ('A1', '2008-03-27')")
    connection.set_trace_callback(said.append)
    assert cells(read_ssd(connection), "person", "child_id") == ["A1"]
    assert said
    assert all(statement.startswith("SELECT") for statement in said)
    with pytest.raises(gt.DataError, match="none of the tables"):
        read_ssd(sqlite3.connect(":memory:"))
    with pytest.raises(gt.DataError, match="is not the name of a table"):
        read_ssd(connection, schema_name="x; drop table y")


@pytest.mark.parametrize(
    ("text", "codes"),
    [('["1A", "2B"]', ["1A", "2B"]), ('{"1A": true, "2B": "no"}', ["1A"]), ("", []), ("1A", None), ("3", None)],
)
def test_factors_are_a_list_or_an_object(text: str, codes: list[str] | None) -> None:
    assert factors_of(text) == codes

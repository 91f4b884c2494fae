"""Identifiers and birth dates stay where the data is: planted in every format, looked for in all that comes out."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import goldenthread as gt
import pytest

CHILD, BIRTH, BROKEN = "CANARY77341", "2009-11-23", "CANARYBROKEN9"
# The ways in which the birth could be written down.
SIGNS = (CHILD, BROKEN, BIRTH, "23/11/2009", "40140")
KEY = b"a key of the council's own"


def plant(folder: Path) -> Path:
    """Write the same child in every format that is read."""
    files = {
        "census/census.xml": f"""<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2019</Year>
<ReferenceDate>2019-03-31</ReferenceDate></CollectionDetails></Header><Children><Child><ChildIdentifiers>
<LAchildID>{CHILD}</LAchildID><PersonBirthDate>{BIRTH}</PersonBirthDate></ChildIdentifiers>{CHILD}
<CINdetails><CINreferralDate>2018-06-01</CINreferralDate><PrimaryNeedCode>{BROKEN}</PrimaryNeedCode></CINdetails>
</Child></Children></Message>""",
        "return/header.csv": f"CHILD,SEX,DOB,ETHNIC\n{CHILD},1,23/11/2009,{BROKEN}\n",
        "return/episodes.csv": f"CHILD,DECOM,RNE,LS,DEC\n{CHILD},01/05/2018,S,C1,\n{CHILD},01/05/2018,L,C2,{BROKEN}\n",
        "xml/return.xml": f"""<EXPSSDA903><CHILD><HEADER><CHILDID>{CHILD}</CHILDID><DOB>23/11/2009</DOB></HEADER>{CHILD}
<EPISODE><DECOM>01/05/2018</DECOM></EPISODE></CHILD></EXPSSDA903>""",
        "tables/person.csv": f"child_id,date_of_birth,sex\n{CHILD},{BIRTH},{BROKEN}\n,{BIRTH},M\n",
        "tables/cp_plan.csv": f"cp_plan_id,child_id,start_date,end_date\n{CHILD}P,{CHILD},2018-01-01,2017-01-01\n",
        "tables/contact.csv": f"contact_id,child_id,contact_date\nK,{BROKEN},{BROKEN}\n",
        "ssd/ssd_person.csv": f"pers_person_id,pers_dob\n{CHILD},{BIRTH}\n",
        "partner/police.csv": f"Ref,Date,Born,Child\n{CHILD},2018-05-01,{BIRTH},{BROKEN}\n",
        "partner/police.mapping.json": '{"format": "goldenthread/mapping@1", "table": "domestic_abuse_incident", "columns": '
        '{"incident_id": "Ref", "incident_date": "Date", "victim_date_of_birth": "Born"}}',
        "unknown/list.csv": f"Ref,Born\n{CHILD},{BIRTH}\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    try:
        import xlsxwriter
    except ModuleNotFoundError:
        return folder
    (folder / "annex").mkdir()
    book = xlsxwriter.Workbook(folder / "annex" / "lists.xlsx")
    sheet = book.add_worksheet("List 1")
    sheet.write_row(
        0, 0, ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Date of Contact", "Contact Source"]
    )
    sheet.write_row(1, 0, [CHILD, "a) Male", BROKEN, 40140, "01/05/2018", "9"])
    book.close()
    return folder


def signs_in(text: str | bytes) -> list[str]:
    found = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return [sign for sign in SIGNS if sign in found]


def files_below(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


PLACES = ("census", "return", "xml", "tables", "ssd", "partner", "unknown", "annex", ".")
COMMANDS = {
    "inspect": ["inspect", "{data}"],
    "inspect as json": ["inspect", "{data}", "--json"],
    "check": ["check", "{data}", "--impact", "--out", "{out}"],
    "evaluate": ["evaluate", "--data", "{data}", "--as-at", "2019-03-31", "--out", "{out}"],
    "report": ["report", "--data", "{data}", "--as-at", "2019-03-31", "--out", "{out}"],
    "set aside": ["check", "{data}", "--set-aside", "cp_plan_not_ended_after_start"],
    "map": ["map", "{data}/unknown/list.csv"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_lets_a_child_out(tmp_path: Path, command: str) -> None:
    data, out, scratch = plant(tmp_path / "data"), tmp_path / "out", tmp_path / "scratch"
    scratch.mkdir()
    before = files_below(data)
    for place in PLACES if command in ("inspect", "check") else (".",):
        words = [
            word.format(data=data / place if "map" not in command else data, out=out) for word in COMMANDS[command]
        ]
        done = subprocess.run(
            [sys.executable, "-m", "goldenthread", *words],
            capture_output=True, check=False, cwd=scratch, env={**os.environ, "TMPDIR": str(scratch)})  # fmt: skip
        assert done.returncode in (0, 3), done.stderr
        assert not signs_in(done.stdout), (place, signs_in(done.stdout))
        assert not signs_in(done.stderr), (place, signs_in(done.stderr))
    for path, content in files_below(out).items() if out.exists() else ():
        assert not signs_in(content), path
    assert files_below(scratch) == {}
    assert files_below(data) == before


def test_the_local_findings_file_is_the_exception(tmp_path: Path) -> None:
    data, local = plant(tmp_path / "data"), tmp_path / "local.csv"
    words = ["check", data / "tables", "--findings", local]
    subprocess.run([sys.executable, "-m", "goldenthread", *map(str, words)], capture_output=True, check=True)
    assert {CHILD, BROKEN} <= set(signs_in(local.read_bytes()))  # the search finds what is there


def test_broken_files_are_refused_without_a_word_of_what_is_in_them(tmp_path: Path) -> None:
    data = plant(tmp_path)
    for path in sorted(data.rglob("*.*")):
        whole = path.read_bytes()
        for content in (
            whole[: len(whole) // 2],
            whole.replace(b"C", b"\xff"),
            whole.replace(b"1", b"\0"),
            whole + whole,
        ):
            path.write_bytes(content)
            said = str(gt.inspect(path.parent))
            try:
                said += str(gt.read(path.parent).findings)
            except gt.Error as problem:
                said += str(problem)
            assert not signs_in(said), (path.name, signs_in(said))
        path.write_bytes(whole)


def test_pseudonyms_and_months_leave_nothing_of_the_child(tmp_path: Path) -> None:
    data = gt.read(plant(tmp_path), pseudonym_key=KEY, birth_months=True)
    for name, table in data.tables.items():
        for column in table.columns:
            assert not signs_in(str(column.to_list())), (name, column.name)
    assert not signs_in(
        str(data.findings_rows().plain_text()) + str([c.to_list() for c in data.findings_rows().columns])
    )
    assert not signs_in(pickle.dumps(data))
    plain = gt.read(tmp_path)
    assert len(plain["cp_plan"]) == len(data["cp_plan"])
    same = gt.evaluate("neglect.cp_plan_over_12_months", data, "2018-19")["neglect.cp_plan_over_12_months"].state
    assert (
        same == gt.evaluate("neglect.cp_plan_over_12_months", plain, "2018-19")["neglect.cp_plan_over_12_months"].state
    )
    with pytest.raises(gt.DataError, match="at least 16 bytes"):
        gt.read(tmp_path, pseudonym_key=b"short")


def test_the_pseudonym_is_the_standard_one(tmp_path: Path) -> None:
    import hashlib
    import hmac

    (tmp_path / "person.csv").write_text(f"child_id\n{CHILD}\n", encoding="utf-8")
    data = gt.read(tmp_path, pseudonym_key=KEY)
    assert data["person"]["child_id"][0] == hmac.new(KEY, CHILD.encode(), hashlib.sha256).hexdigest()

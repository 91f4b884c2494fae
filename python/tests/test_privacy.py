"""Identifiers and birth dates stay where the data is: planted in every format, looked for in all that comes out."""

from __future__ import annotations

import hashlib
import hmac
import inspect
import os
import pickle
import sqlite3
import subprocess
import sys
import zipfile
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
        "tables/cp_plan_category.csv": "cp_plan_id,stage,category\n",
        "tables/contact.csv": f"contact_id,child_id,contact_date\nK,{BROKEN},{BROKEN}\n",
        "ssd/ssd_person.csv": f"pers_person_id,pers_dob\n{CHILD},{BIRTH}\n",
        "partner/police.csv": f"Ref,Date,Born,Child\n{CHILD},2018-05-01,{BIRTH},{BROKEN}\n",
        "tables/referral.csv": f"referral_id,child_id,referral_date,closure_date\n{CHILD}R,{CHILD},2018-06-01,2018-05-01\n",
        "tables/person_link.csv": f"partner,partner_person_id,child_id\nPolice,{BROKEN},{CHILD}\nPolice,{CHILD},\n",
        "tables/supplied_figure.csv": f"indicator_id,period_label,value,supplied_by,supplied_on,numerator\n"
        f"mental_health.crisis_starts,2018-19,30,Trust,2019-05-01,{BROKEN}\n",
        "partner/police.mapping.json": '{"format": "goldenthread/mapping@1", "table": "domestic_abuse_incident", "columns": '
        '{"incident_id": "Ref", "incident_date": "Date", "victim_date_of_birth": "Born"}}',
        "unknown/list.csv": f"Ref,Born\n{CHILD},{BIRTH}\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    plant_binary(folder)
    return folder


def plant_binary(folder: Path) -> None:
    """Write the formats that need a library, where it is there."""
    try:
        import xlsxwriter
        from goldenthread.figure_form import write_form
    except ModuleNotFoundError:
        return
    for name in ("annex", "partner_book", "parquet", "form"):
        (folder / name).mkdir()
    book = xlsxwriter.Workbook(folder / "annex" / "lists.xlsx")
    sheet = book.add_worksheet("List 1")
    sheet.write_row(
        0, 0, ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Date of Contact", "Contact Source"]
    )
    sheet.write_row(1, 0, [CHILD, "a) Male", BROKEN, 40140, "01/05/2018", "9"])
    book.close()
    book = xlsxwriter.Workbook(folder / "partner_book" / "housing.xlsx")
    sheet = book.add_worksheet("Presentations")
    sheet.write_row(0, 0, ["Ref", "Date", "Born", "Notes"])
    sheet.write_row(1, 0, [CHILD, "2018-05-01", BIRTH, BROKEN])
    book.close()
    (folder / "partner_book" / "housing.mapping.json").write_text(
        '{"format": "goldenthread/mapping@1", "table": "housing_presentation", "partner": "Housing", "columns": {"presentation_id": '
        '"Ref", "presentation_date": "Date", "date_of_birth": "Born", "child_id": {"heading": "Ref", "link": true}}}',
        encoding="utf-8",
    )
    write_form(folder / "form" / "form.xlsx", "P7.E5", periods=["2018-19"])
    try:
        import pyarrow
        from pyarrow import parquet
    except ModuleNotFoundError:
        return
    rows = {"pers_person_id": [CHILD], "pers_dob": [BIRTH], "pers_sex": [BROKEN]}
    parquet.write_table(pyarrow.table(rows), folder / "parquet" / "ssd_person.parquet")


def signs_in(text: str | bytes) -> list[str]:
    found = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return [sign for sign in SIGNS if sign in found]


def files_below(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


PLACES = (
    "census", "return", "xml", "tables", "ssd", "partner", "unknown", "annex", "partner_book", "parquet", "form", "."
)  # fmt: skip
EXPECTED = (
    '{"format": "goldenthread/submissions@1", "expected": [{"partner": "Police", "table": "domestic_abuse_incident", '
    '"periods": ["2018-19"], "due_days": 9}]}'
)
REPAIRS = (
    '{"format": "goldenthread/repairs@1", "repairs": [{"id": "no_end", "words": "No end before the start", "table": '
    '"cp_plan", "column": "end_date", "where": "end_date < start_date", "becomes": null}]}'
)
INDICATOR = "neglect.cp_plan_over_12_months"
COMMANDS = {
    "inspect": ["inspect", "{data}"],
    "inspect as json": ["inspect", "{data}", "--json"],
    "check": ["check", "{data}", "--impact", "--out", "{out}"],
    "evaluate": ["evaluate", "--data", "{data}", "--as-at", "2019-03-31", "--out", "{out}"],
    "evaluate as json": ["evaluate", "--data", "{data}", "--as-at", "2019-03-31", "--breakdown", "default", "--json"],
    "report": ["report", "--data", "{data}", "--as-at", "2019-03-31", "--out", "{out}"],
    "set aside": ["check", "{data}", "--set-aside", "cp_plan_not_ended_after_start"],
    "repair": ["check", "{data}", "--repair", "{aside}/repairs.json", "--out", "{out}"],
    "repair and log": [
        "check", "{data}", "--repair", "{aside}/repairs.json", "--repair-log", "{out}/log.csv", "--pseudonym-key-file",
        "{aside}/key", "--birth-months", "--out", "{out}"],
    "findings": [
        "check", "{data}", "--findings", "{out}.csv", "--pseudonym-key-file", "{aside}/key", "--birth-months"],
    "explain": [
        "explain", INDICATOR, "--data", "{data}", "--as-at", "2019-03-31", "--pseudonym-key-file", "{aside}/key",
        "--birth-months"],
    "explain how": ["explain", INDICATOR, "--how"],
    "moved": ["moved", INDICATOR, "--from", "2017-18", "--to", "2018-19", "--data", "{data}"],
    "moved, keys": [
        "moved", INDICATOR, "--from", "2017-18", "--to", "2018-19", "--data", "{data}", "--keys",
        "--pseudonym-key-file", "{aside}/key", "--birth-months"],
    "diff": [
        "diff", INDICATOR, "neglect.cp_plan_second_time", "--data", "{data}", "--as-at", "2019-03-31", "--json"],
    "submissions": [
        "submissions", "{aside}/expected.json", "--data", "{data}", "--as-at", "2019-12-01", "--out", "{out}"],
    "follow": ["follow", "P6", "--data", "{data}", "--as-at", "2019-03-31"],
    "lint": ["lint", "--data", "{data}", "--as-at", "2019-03-31"],
    "template": ["template", "P7", "--out", "{out}.xlsx"],
    "map": ["map", "{data}/tables/referral.csv"],
    "map a workbook": ["map", "{data}/partner_book/housing.xlsx"],
}  # fmt: skip
# What reads no data can let none out; that a command is one of these is looked up in its options.
WITHOUT_DATA = {"plan", "test", "mutate", "approve", "synth"}

# Every file that Python opens for writing, said at the end.
WATCH = """
import atexit, os, sys
opened = []
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and arguments[1] and set(arguments[1]) & set("wax+"):
        opened.append(os.path.abspath(arguments[0]))
    if event.startswith("tempfile."):
        opened.append(str(arguments[0]))
sys.addaudithook(watch)
def say():
    listed = [path for path in opened if not path.startswith(("/dev/", "/proc/")) and not path.endswith(".pyc")]
    os.write(int(os.environ["WATCH"]), "\\n".join(listed).encode())
atexit.register(say)
"""


def run_watched(words: list[str], aside: Path, scratch: Path) -> tuple[subprocess.CompletedProcess[bytes], list[str]]:
    """Run a command; give what it said, and which files Python opened for writing."""
    (aside / "watch").mkdir(exist_ok=True)
    (aside / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    told, telling = os.pipe()
    environment = {
        **os.environ, "TMPDIR": str(scratch), "PYTHONPATH": str(aside / "watch"), "WATCH": str(telling),
        "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "goldenthread", *words],
        capture_output=True, check=False, cwd=scratch, env=environment, pass_fds=(telling,))  # fmt: skip
    os.close(telling)
    with os.fdopen(told, encoding="utf-8") as stream:
        return done, [line for line in stream.read().splitlines() if line]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pipe handed on")
@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_lets_a_child_out(tmp_path: Path, command: str) -> None:
    data, out, scratch, aside = (tmp_path / name for name in ("data", "out", "scratch", "aside"))
    plant(data)
    scratch.mkdir()
    aside.mkdir()
    for name, text in (("key", KEY.decode()), ("expected.json", EXPECTED), ("repairs.json", REPAIRS)):
        (aside / name).write_text(text, encoding="utf-8")
    before = files_below(data)
    ends_with = 1 if command == "lint" else 0  # it found something
    for place in PLACES if command in ("inspect", "check") else (".",):
        if not (data / place).exists():
            continue
        words = [
            word.format(data=data / place if "map" not in command else data, out=out, aside=aside)
            for word in COMMANDS[command]
        ]
        done, opened = run_watched(words, aside, scratch)
        assert done.returncode in (ends_with, 3), done.stderr
        assert not signs_in(done.stdout), (place, signs_in(done.stdout))
        assert not signs_in(done.stderr), (place, signs_in(done.stderr))
        assert not [path for path in opened if not path.startswith(str(out))], opened
    assert done.returncode == ends_with, done.stderr
    written = {path: content for path, content in files_below(tmp_path).items() if str(path).startswith(str(out))}
    for path, content in written.items():
        assert not signs_in(unpacked(path, content)), path
    assert bool(written) == any("{out}" in word for word in COMMANDS[command])
    assert files_below(scratch) == {}
    assert files_below(data) == before


def unpacked(path: Path, content: bytes) -> bytes:
    """Give what a workbook holds; anything else as it is."""
    if path.suffix != ".xlsx":
        return content
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_every_command_is_tried() -> None:
    from goldenthread.command_line.application import application

    named = {command.name for command in application.registered_commands} | {
        group.name for group in application.registered_groups
    }
    tried = {words[0] for words in COMMANDS.values()}
    assert named == tried | WITHOUT_DATA
    for command in application.registered_commands:
        if command.name in WITHOUT_DATA and command.callback is not None:
            assert (
                not {"data", "tables", "cin_census", "ssda903", "paths"}
                & inspect.signature(command.callback).parameters.keys()
            ), command.name


def test_saved_states_hold_pseudonyms_only(tmp_path: Path) -> None:
    data = gt.read(plant(tmp_path))
    engine = gt.Engine(gt.plans.leicester_2018_2020(), ["2017-18", "2018-19"], "default", pseudonym_key=KEY)
    engine.update(data)
    saved = engine.save()
    assert len(saved) > 1000
    assert not signs_in(saved)
    assert not signs_in(pickle.dumps(engine))
    pseudonym = hmac.new(KEY, CHILD.encode(), hashlib.sha256).hexdigest()
    assert pseudonym.encode() in saved or bytes.fromhex(pseudonym) in saved
    assert not signs_in(repr(engine) + str(engine.explain_how()))


def test_databases_and_data_frames_let_no_child_out() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table ssd_person (pers_person_id text, pers_dob text, pers_sex text)")
    connection.execute("insert into ssd_person values (?, ?, ?)", (CHILD, BIRTH, BROKEN))
    connection.execute("create table ssd_contacts (cont_contact_id text, cont_person_id text, cont_contact_date text)")
    connection.execute("insert into ssd_contacts values (?, ?, ?)", (CHILD, CHILD, BROKEN))
    from_database = gt.read_ssd(connection)
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"child_id": [CHILD, CHILD], "date_of_birth": [BIRTH, BROKEN], "sex": ["F", BROKEN]})
    from_frame = gt.Dataset({"person": frame})
    for data in (from_database, from_frame):
        said = str(data.findings) + repr(data) + repr(data["person"]) + repr(data.files)
        assert not signs_in(said), signs_in(said)
        assert not signs_in(str(gt.check(data)))
        results = gt.evaluate(gt.plans.leicester_2018_2020(), data, "2018-19")
        assert not signs_in(repr(results) + str(results.cells()) + results.protect().to_json())
    with pytest.raises(gt.Error) as caught:
        gt.Dataset({"person": pandas.DataFrame({"child_id": [CHILD], "date_of_birth": [2.5]})})
    assert not signs_in(str(caught.value))


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
            whole.partition(b"\n")[2],  # the first row stands where headings ought to
            whole.partition(b"\n")[2].partition(b"\n")[0] + b"," + whole.partition(b"\n")[2],  # and every heading twice
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
    (tmp_path / "person.csv").write_text(f"child_id\n{CHILD}\n", encoding="utf-8")
    data = gt.read(tmp_path, pseudonym_key=KEY)
    assert data["person"]["child_id"][0] == hmac.new(KEY, CHILD.encode(), hashlib.sha256).hexdigest()

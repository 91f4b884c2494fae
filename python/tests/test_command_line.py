"""The command `goldenthread`, as a user types it."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import goldenthread
import pytest

pytest.importorskip("typer")

needs_report = pytest.mark.skipif(
    importlib.util.find_spec("jinja2") is None, reason="the report needs jinja2: pip install 'goldenthread[report]'"
)

PLAN = "leicester_2018_2020"
COMMANDS = [
    [],
    ["inspect"],
    ["submissions"],
    ["mutate"],
    ["diff"],
    ["approve"],
    ["plan"],
    ["plan", "show"],
    ["plan", "new"],
    ["evaluate"],
    ["report"],
    ["explain"],
    ["test"],
    ["synth"],
]


@dataclass
class Outcome:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


def run(*words: str | Path, folder: Path | None = None) -> Outcome:
    command = [sys.executable, "-m", "goldenthread", *map(str, words)]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=folder, timeout=120
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Outcome(done.returncode, done.stdout, done.stderr)


def refused(outcome: Outcome, code: int, *words: str) -> str:
    """One readable paragraph on standard error, nothing on standard output."""
    assert outcome.code == code, outcome
    assert outcome.out == ""
    paragraphs = [text for text in outcome.err.strip().split("\n\n") if text]
    assert len(paragraphs) == 1
    assert len(outcome.err.splitlines()) <= 8
    for word in words:
        assert word in outcome.err, outcome.err
    return outcome.err


@pytest.fixture(scope="module")
def exampleshire(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("command_line") / "data"
    made = run("synth", "--seed", "1", "--children", "300", "--out", folder)
    assert made.code == 0, made
    assert "Exampleshire (synthetic): 300 children" in made.out.replace("\n", " ")
    return folder


@pytest.fixture(scope="module")
def tables(exampleshire: Path) -> Path:
    return exampleshire / "tables"


# --- what works ---


def test_inspect_says_what_files_are_and_what_they_feed(exampleshire: Path) -> None:
    shown = run("inspect", exampleshire / "tables", "--as-at", "2020-03-31")
    assert shown.code == 0, shown
    assert "cp_plan.csv: canonical table cp_plan (child protection plans, CSV)" in shown.out
    assert "Lines of evidence fed in 2019-20 Q4 (as at 2020-03-31, as asked)" in shown.out
    assert "P6.E2  neglect.cp_plan_over_12_months" in shown.out
    plain = json.loads(run("inspect", exampleshire / "tables", "--json").out)
    assert plain["quarter"]
    refused(run("inspect", exampleshire / "nowhere"), 3, "there is no such file or folder")


def test_map_proposes_and_writes(tmp_path: Path) -> None:
    (tmp_path / "police.csv").write_text("Crime Ref,Date of Incident\nC1,03/04/2019\n", encoding="utf-8")
    made = run("map", tmp_path / "police.csv", "--out", tmp_path / "police.mapping.json")
    assert made.code == 0, made
    assert "domestic_abuse_incident by a mapping" not in made.out
    shown = run("inspect", tmp_path)
    assert "police.csv: table for domestic_abuse_incident, by a mapping" in shown.out
    refused(run("map", tmp_path / "none.csv"), 3, "there is no such file")


def test_any_command_takes_data_of_any_kind(exampleshire: Path) -> None:
    shown = run("explain", "P6.E2", "--data", exampleshire / "tables", "--as-at", "2020-03-31", "--rows", "0")
    assert shown.code == 0, shown
    assert (
        shown.out
        == run("explain", "P6.E2", "--tables", exampleshire / "tables", "--as-at", "2020-03-31", "--rows", "0").out
    )


@pytest.mark.parametrize("command", COMMANDS, ids=[" ".join(c) or "goldenthread" for c in COMMANDS])
def test_every_command_explains_itself(command: list[str]) -> None:
    shown = run(*command, "--help")
    assert shown.code == 0
    assert "Usage: " in shown.out
    assert shown.err == ""


def test_exit_codes_are_documented() -> None:
    shown = " ".join(run("--help").out.split())
    for code in ("0 done", "1 a case failed", "2 wrong usage or definition", "3 a file cannot be read"):
        assert code in shown


def test_version() -> None:
    assert run("--version").out == f"goldenthread {goldenthread.__version__}\n"


def test_the_installed_command_is_the_same() -> None:
    installed = Path(sys.executable).parent / "goldenthread"
    if not installed.is_file():
        pytest.skip("the package is not installed")
    done = subprocess.run([installed, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == run("--version").out


def test_plan_show() -> None:
    shown = run("plan", "show", PLAN)
    assert shown.code == 0
    for word in ("Objectives", "Priorities", "P6.E2", "neglect.cp_plan_over_12_months", "Golden threads"):
        assert word in shown.out
    assert (
        goldenthread.Plan.from_json(run("plan", "show", PLAN, "--json").out) == goldenthread.plans.leicester_2018_2020()
    )


def test_plan_new_begins_a_plan_of_your_own(tmp_path: Path) -> None:
    assert run("plan", "new", tmp_path / "mine").code == 0
    assert run("plan", "show", tmp_path / "mine", "--json").out == run("plan", "show", PLAN, "--json").out
    refused(run("plan", "new", tmp_path / "mine"), 2, "plan.json", "there already")


def test_the_same_seed_writes_the_same_bytes(exampleshire: Path, tmp_path: Path) -> None:
    assert run("synth", "--seed", "1", "--children", "300", "--out", tmp_path / "again").code == 0
    files = sorted(path.relative_to(exampleshire) for path in exampleshire.rglob("*") if path.is_file())
    assert files == sorted(p.relative_to(tmp_path / "again") for p in (tmp_path / "again").rglob("*") if p.is_file())
    for file in files:
        assert (exampleshire / file).read_bytes() == (tmp_path / "again" / file).read_bytes(), file


def test_evaluate_prints_figures_and_writes_them_with_out(tables: Path, tmp_path: Path) -> None:
    done = run("evaluate", "--plan", PLAN, "--tables", tables, "--as-at", "2020-03-31", "--out", tmp_path / "out")
    assert done.code == 0, done
    assert "P6.E2" in done.out
    assert "Exampleshire (synthetic)" in " ".join(done.out.split())
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "assurance.csv",
        "results.csv",
        "results.json",
    ]


@needs_report
def test_from_invented_children_to_the_report(tables: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("report", "--plan", PLAN, "--tables", tables, "--as-at", "2020-03-31", "--out", out)
    assert done.code == 0, done
    assert sorted(path.name for path in out.iterdir()) == [
        "assurance.csv",
        "report.html",
        "results.csv",
        "results.json",
    ]
    document = json.loads((out / "results.json").read_text(encoding="utf-8"))
    assert document["format"] == "goldenthread/release@1"
    assert "Exampleshire (synthetic)" in (out / "report.html").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO((out / "results.csv").read_text(encoding="utf-8"))))
    assert len(rows) > 43


def test_as_at_means_the_day_and_the_year_to_it(tables: Path) -> None:
    done = run("evaluate", "--tables", tables, "--as-at", "2019-12-31", "--json")
    document = json.loads(done.out)
    (period,) = document["periods"]
    assert (period["first"], period["last"]) == ("2019-04-01", "2019-12-31")
    expected = goldenthread.evaluate(
        goldenthread.plans.leicester_2018_2020(),
        goldenthread.read_tables(tables),
        goldenthread.financial_year_to("2019-12-31"),
    )
    assert done.out == expected.protect().to_json()


def test_runs_of_periods(tables: Path) -> None:
    words = ["--tables", tables, "--from", "2019-04-01", "--to", "2020-03-31", "--json"]
    labels = [p["label"] for p in json.loads(run("evaluate", *words).out)["periods"]]
    assert labels == ["2019-20 Q1", "2019-20 Q2", "2019-20 Q3", "2019-20 Q4", "2019-20"]
    months = json.loads(run("evaluate", *words, "--every", "month").out)["periods"]
    assert len(months) == 12


def test_census_and_ssda903_files(exampleshire: Path) -> None:
    census = ["--cin-census", exampleshire / "cin_census" / "cin_census_2020.xml"]
    looked_after = ["--ssda903", exampleshire / "ssda903" / "2020"]
    done = run("evaluate", *census, *looked_after, "--as-at", "2020-03-31", "--json")
    assert done.code == 0, done
    assert "CIN census 2020" in done.err
    assert "SSDA903 episodes 2019-20" in done.err
    figures = {figure["indicator"]: figure for figure in json.loads(done.out)["figures"]}
    assert figures["neglect.cin_open_over_18_months"]["cells"][0]["state"] in ("value", "true_zero", "suppressed")


def test_explain_shows_the_rows_of_a_figure(tables: Path) -> None:
    done = run("explain", "P6.E1", "--tables", tables, "--as-at", "2020-03-31")
    assert done.code == 0, done
    assert "neglect.cin_open_over_18_months" in done.out
    assert "PERSONAL DATA" in done.out
    counted = re.search(r"(\d+) counted", done.out)
    data = goldenthread.read_tables(tables)
    figure = goldenthread.evaluate("neglect.cin_open_over_18_months", data, "2019-20")
    assert counted
    assert int(counted[1]) == figure["neglect.cin_open_over_18_months"].value
    none = run("explain", "P6.E1", "--tables", tables, "--as-at", "2020-03-31", "--rows", "0")
    assert "PERSONAL DATA" not in none.out


def test_explain_of_one_cell_and_of_a_line_without_figure(tables: Path) -> None:
    words = ["--tables", tables, "--as-at", "2020-03-31"]
    assert run("explain", "P6.E1", *words, "--cell", "sex=F").code == 0
    refused(run("explain", "P6.E1", *words, "--cell", "sex"), 2, "sex=F")
    refused(run("explain", "P1.E1", *words), 2, "records of assurance")
    refused(run("explain", "P9.E9", *words), 2, "P9.E9")


def test_explain_how_needs_no_data() -> None:
    done = run("explain", "P6.E1", "--how")
    assert done.code == 0
    assert "path: interval, each row once for all periods" in done.out
    assert "partition key: person.child_id = referral.child_id" in done.out


def test_threads_write_the_same_bytes(tables: Path, tmp_path: Path) -> None:
    words = ["evaluate", "--tables", tables, "--period", "2019-20", "--out"]
    assert run(*words, tmp_path / "one").code == 0
    assert run(*words, tmp_path / "two", "--threads", "2").code == 0
    for name in ("results.json", "results.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    refused(run("evaluate", "--threads", "0"), 2, "--threads")


def test_definitions_pass_their_own_cases() -> None:
    done = run("test")
    assert done.code == 0
    assert re.search(r"^\d+ passed, 0 failed", done.out, re.MULTILINE)
    assert run("test", "--reference").out == done.out


def own_indicators(folder: Path, **changes: object) -> Path:
    indicator = {
        "id": "own.plans",
        "title": "Plans",
        "measure": {"kind": "count", "of": "cp_plan", "timing": "at", "where": "open(start_date, end_date)"},
        "cases": [
            {
                "title": "One is open",
                "tables": {"cp_plan": {"columns": ["start_date", "end_date"], "rows": [["2019-01-01", None]]}},
                "period": "2019-20",
                "expect": 1,
            }
        ],
    }
    indicator.update(changes)
    file = folder / "own.indicators.json"
    file.write_text(json.dumps({"format": "goldenthread/indicators@1", "indicators": [indicator]}), encoding="utf-8")
    return file


def test_a_case_that_fails_is_exit_status_1(tmp_path: Path) -> None:
    assert run("test", "--indicators", own_indicators(tmp_path)).code == 0
    wrong = json.loads(own_indicators(tmp_path).read_text(encoding="utf-8"))["indicators"][0]["cases"]
    wrong[0]["expect"] = 2
    done = run("test", "--indicators", own_indicators(tmp_path, cases=wrong))
    assert done.code == 1
    assert "FAILED own.plans: One is open" in done.out
    assert "1 failed" in done.out


def test_parameters(tables: Path) -> None:
    words = ["--tables", tables, "--as-at", "2020-03-31", "--json"]
    everywhere = run("evaluate", *words, "--parameter", "months=24")
    one = run("evaluate", *words, "--parameter", "neglect.cp_plan_over_12_months:months=24")
    assert everywhere.code == one.code == 0
    figures = {f["indicator"]: f for f in json.loads(one.out)["figures"]}
    assert figures["neglect.cp_plan_over_12_months"]["definition"]["parameters"]["months"] == "24"
    assert figures["neglect.cin_open_over_18_months"]["definition"]["parameters"]["months"] == "18"


# --- bad input: data ---

HEADER = (
    "<Header><CollectionDetails><Collection>CIN</Collection><Year>2020</Year><ReferenceDate>2020-03-31</ReferenceDate>"
    "</CollectionDetails><Source><LEA>999</LEA></Source></Header>"
)


def child(id: str, born: str = "2010-05-06", referred: str = "2018-02-03") -> str:
    return (
        f"<Child><ChildIdentifiers><LAchildID>{id}</LAchildID><PersonBirthDate>{born}</PersonBirthDate>"
        "<GenderCurrent>1</GenderCurrent></ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI</Ethnicity>"
        f"</ChildCharacteristics><CINdetails><CINreferralDate>{referred}</CINreferralDate>"
        "<ReferralNFA>0</ReferralNFA></CINdetails></Child>"
    )


def census(*children: str) -> str:
    return f"<Message>{HEADER}<Children>{''.join(children)}</Children></Message>"


UNREADABLE_CENSUS: list[tuple[str, bytes, list[str]]] = [
    ("not XML", b"LAchildID,PersonBirthDate\n", ["is not XML", "line 1"]),
    ("truncated", census(child("A1"))[:-40].encode(), ["is cut off"]),
    ("wrong root", b"<Root><Children/></Root>", ["'Root', not 'Message'"]),
    ("empty", b"", ["is empty"]),
    ("wrong encoding", census(child("A\xe91")).encode("latin-1"), ["is not UTF-8 text", "0xE9", "save or export"]),
]


@pytest.mark.parametrize(("what", "content", "words"), UNREADABLE_CENSUS, ids=[u[0] for u in UNREADABLE_CENSUS])
def test_a_census_that_cannot_be_read(tmp_path: Path, what: str, content: bytes, words: list[str]) -> None:
    file = tmp_path / "census.xml"
    file.write_bytes(content)
    refused(run("evaluate", "--cin-census", file, "--as-at", "2020-03-31"), 3, "census.xml", *words)


UNREADABLE_TABLES: list[tuple[str, dict[str, bytes], list[str]]] = [
    ("empty file", {"cp_plan.csv": b""}, ["cp_plan.csv", "is empty"]),
    ("no table", {"notes.csv": b"a,b\n"}, ["no file of this folder is a canonical table", "cp_plan.csv"]),
    ("missing key column", {"cp_plan.csv": b"child_id,start_date\nA,2019-01-01\n"}, ["cp_plan.csv", "cp_plan_id"]),
    ("wrong encoding", {"person.csv": b"child_id\ncaf\xe9\n"}, ["person.csv", "is not UTF-8 text", "line 2"]),
    ("open quote", {"person.csv": b'child_id\n"A\n'}, ["person.csv", "quote"]),
    (
        "column twice",
        {"person.csv": b"child_id,child_id\nA,B\n"},
        ["person.csv", "one heading stands twice, in columns 1 and 2"],
    ),
]


@pytest.mark.parametrize(("what", "files", "words"), UNREADABLE_TABLES, ids=[u[0] for u in UNREADABLE_TABLES])
def test_tables_that_cannot_be_read(tmp_path: Path, what: str, files: dict[str, bytes], words: list[str]) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    refused(run("evaluate", "--tables", tmp_path, "--as-at", "2020-03-31"), 3, *words)


def test_ssda903_without_a_column_it_needs(tmp_path: Path) -> None:
    (tmp_path / "episodes.csv").write_text("CHILD,DEC\nA,31/03/2019\n", encoding="utf-8")
    refused(run("evaluate", "--ssda903", tmp_path, "--as-at", "2019-03-31"), 3, "episodes.csv", "DECOM")


@pytest.mark.parametrize("option", ["--tables", "--cin-census", "--ssda903"])
def test_data_that_is_not_there(tmp_path: Path, option: str) -> None:
    refused(run("evaluate", option, tmp_path / "gone", "--as-at", "2020-03-31"), 3, "gone", "there is no such")


def findings_of(document: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for each in json.loads(document)["data_quality"]["findings"]:
        counts[each["rule"]] = counts.get(each["rule"], 0) + 1
    return counts


def test_bad_rows_are_counted_and_the_others_stay(tmp_path: Path) -> None:
    file = tmp_path / "census.xml"
    good = [child(f"G{at}") for at in range(8)]
    bad = [
        child("B1", born="2010-02-31"),
        child("B2", born="1066-10-14"),
        child("G1"),
        child("B3", referred="31/02/2019"),
    ]
    file.write_text(census(*good, *bad), encoding="utf-8")
    done = run("evaluate", "--cin-census", file, "--as-at", "2020-03-31", "--json")
    assert done.code == 0, done
    assert "findings about the data" in done.err
    rules = findings_of(done.out)
    assert rules.keys() >= {"date_out_of_range"}
    assert any(rule.startswith("duplicate") for rule in rules)
    assert any(rule.startswith("date_") and rule != "date_out_of_range" for rule in rules)


def test_negative_counts_are_counted_and_the_others_stay(tmp_path: Path) -> None:
    rows = "".join(f"Exampleshire (synthetic),2019,{age},M,{-4 if age == 3 else 1000},2020-06\n" for age in range(18))
    (tmp_path / "population.csv").write_text(f"area,year,age,sex,count,vintage\n{rows}", encoding="utf-8")
    done = run("evaluate", "--tables", tmp_path, "--as-at", "2020-03-31", "--json")
    assert done.code == 0, done
    assert "finding about the data" in done.err
    assert findings_of(done.out)


# --- bad input: definitions, plans, options ---


def test_an_unknown_column_in_an_indicator_file(tables: Path, tmp_path: Path) -> None:
    measure = {"kind": "count", "of": "cp_plan", "timing": "at", "where": "lastest_category = 'NEG'"}
    file = own_indicators(tmp_path, measure=measure, cases=[])
    words = ["--tables", tables, "--as-at", "2020-03-31", "--indicators", file]
    text = refused(run("explain", "own.plans", *words), 2, "own.plans", "lastest_category", "/measure/where")
    assert "did you mean 'latest_category'?" in text
    assert "^^^^" in text


def test_indicator_files_that_cannot_be_read(tables: Path, tmp_path: Path) -> None:
    words = ["--tables", tables, "--as-at", "2020-03-31", "--indicators"]
    refused(run("evaluate", *words, tmp_path / "gone.json"), 3, "gone.json: No such file")
    file = tmp_path / "own.json"
    file.write_text("{", encoding="utf-8")
    refused(run("evaluate", *words, file), 2, "own.json", "not valid JSON", "line 1")
    file.write_bytes(b"\xff\xfe{")
    refused(run("evaluate", *words, file), 3, "own.json", "is not UTF-8 text: byte 0xFF")
    refused(run("test", "--cases", file), 3, "own.json", "is not UTF-8 text: byte 0xFF")
    file.write_text('{"format": "goldenthread/indicators@2", "indicators": []}', encoding="utf-8")
    refused(run("evaluate", *words, file), 2, "own.json", "indicators@2")


def test_a_dangling_link_in_a_plan(tables: Path, tmp_path: Path) -> None:
    document = json.loads(run("plan", "show", "--json").out)
    document["links"][0]["to"] = "P99"
    (tmp_path / "plan.json").write_text(json.dumps(document), encoding="utf-8")
    words = ["--plan", tmp_path, "--tables", tables, "--as-at", "2020-03-31"]
    refused(run("evaluate", *words), 2, "plan.json", "/links/0", "P99")
    refused(run("plan", "show", tmp_path), 2, "plan.json", "/links/0", "P99")


BAD_OPTIONS: list[tuple[list[str], list[str]]] = [
    (["--period", "spring"], ["'spring' is not a period", "2019-20"]),
    (["--period", "2019-21"], ["2019-21"]),
    (["--as-at", "2020-02-31"], ["--as-at", "2020-02-31", "is not a date"]),
    (["--as-at", "31/03/2020"], ["--as-at", "31/03/2020", "2020-03-31"]),
    ([], ["no period was named", "--as-at"]),
    (["--from", "2019-04-01"], ["--from and --to go together"]),
    (["--from", "2020-04-01", "--to", "2019-03-31"], ["lies before"]),
    (["--from", "2019-04-01", "--to", "2020-03-31", "--every", "week"], ["'week' is not month, quarter or year"]),
    (["--as-at", "2020-03-31", "--parameter", "months"], ["--parameter", "name=value"]),
    (["--as-at", "2020-03-31", "--parameter", "months=many"], ["months", "whole number"]),
    (["--as-at", "2020-03-31", "--parameter", "month=24"], ["month", "did you mean 'months'"]),
    (["--as-at", "2020-03-31", "--parameter", "neglect.cp_plan_over_12_months:month=24"], ["did you mean 'months'"]),
    (["--as-at", "2020-03-31", "--breakdown", "age_bands"], ["age_bands", "did you mean 'age_band'"]),
    (["--as-at", "2020-03-31", "--plan", "leicester"], ["leicester", PLAN]),
]


@pytest.mark.parametrize(("options", "words"), BAD_OPTIONS, ids=[" ".join(o[0]) or "no period" for o in BAD_OPTIONS])
def test_wrong_options(tables: Path, options: list[str], words: list[str]) -> None:
    outcome = run("evaluate", "--tables", tables, *options)
    # What was read is said before the figures are computed.
    said = [line for line in outcome.err.splitlines() if not line.startswith(("Read ", "  the ", "  column"))]
    refused(Outcome(outcome.code, outcome.out, "\n".join(said)), 2, *words)


def test_no_data_was_named() -> None:
    refused(run("evaluate", "--as-at", "2020-03-31"), 2, "no data was named", "--tables")


def test_wrong_usage() -> None:
    assert run("evaluate", "--colour").code == 2
    assert run("no_such_command").code == 2
    assert run("report", "--tables", "x").code == 2
    assert run("synth", "--out", "x", "--seed", "-1").code == 2


def test_exampleshire_with_wrong_records_in_several_authorities(tmp_path: Path) -> None:
    options = ("--children", "60", "--per-authority", "40", "--defects", "0.1", "--no-returns", "--no-answer-key")
    made = run("synth", "--out", tmp_path / "x", *options)
    assert made.code == 0
    assert "6 wrong records" in made.out
    assert sorted(path.name for path in (tmp_path / "x").iterdir()) == [
        "README.txt",
        "authority_0001",
        "authority_0002",
    ]
    assert [path.name for path in (tmp_path / "x/authority_0001").iterdir()] == ["tables"]


def test_exampleshire_that_cannot_be_made(tmp_path: Path) -> None:
    refused(run("synth", "--out", tmp_path / "x", "--children", "0"), 2, "children")
    refused(run("synth", "--out", tmp_path / "x", "--from", "2020-13-01"), 2, "2020-13-01")
    refused(run("synth", "--out", tmp_path / "x", "--defects", "1.5"), 2, "between 0 and 1")
    refused(run("synth", "--out", tmp_path / "x", "--per-authority", "-1"), 2, "fewer than no children")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me", encoding="utf-8")
    refused(run("synth", "--out", tmp_path / "mine", "--children", "5"), 3, "mine", "left alone")
    assert (tmp_path / "mine" / "letter.txt").read_text(encoding="utf-8") == "keep me"


# --- what is written ---


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@needs_report
def test_a_failed_run_leaves_the_previous_report(tables: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    good = ["--tables", tables, "--as-at", "2020-03-31", "--out", out]
    assert run("report", *good).code == 0
    before = contents(out)
    census_file = tmp_path / "cut.xml"
    census_file.write_text(census(child("A1"))[:-40], encoding="utf-8")
    for wrong in (
        ["--cin-census", census_file],
        ["--parameter", "months=many"],
        ["--plan", tmp_path / "gone"],
        ["--breakdown", "colour"],
    ):
        assert run("report", *good, *wrong).code in (2, 3)
        assert contents(out) == before
    # A folder that cannot be written: the first file's place is taken by a folder.
    blocked = tmp_path / "blocked"
    (blocked / "results.json" / "inside").mkdir(parents=True)
    refused_run = run("report", "--tables", tables, "--as-at", "2020-03-31", "--out", blocked)
    assert refused_run.code == 3
    assert [path.name for path in blocked.iterdir()] == ["results.json"]


@needs_report
def test_the_same_run_writes_the_same_bytes(tables: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run("report", "--tables", tables, "--as-at", "2020-03-31", "--out", tmp_path / name).code == 0
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


CANARY_BIRTH = "2011-11-12"
CANARIES = ["CANARY", CANARY_BIRTH, "12/11/2011", "12 November 2011", "31/02/2011", "ZZ-CODE"]


@pytest.fixture
def canary_tables(tmp_path: Path) -> Path:
    """Children in need under neglect with a name in every id, and rows with something wrong."""
    folder = tmp_path / "tables"
    folder.mkdir()
    children = [f"CANARY-{at}" for at in range(9)]
    people = [f"{id},{CANARY_BIRTH},F,WBRI" for id in children]
    people += [f"CANARY-0,{CANARY_BIRTH},M,WBRI", "CANARY-X,31/02/2011,F,WBRI", f"CANARY-Y,{CANARY_BIRTH},F,ZZ-CODE"]
    plans = [f"plan-{id},{id},2018-01-02,,NEG" for id in children] + ["plan-CANARY-Z,CANARY-Z,2018-01-02,,ZZ-CODE"]
    files = {
        "person": ["child_id,date_of_birth,sex,ethnicity", *people],
        "cp_plan": ["cp_plan_id,child_id,start_date,end_date,latest_category", *plans],
        "cp_plan_category": ["cp_plan_id,stage,category"],
    }
    for name, lines in files.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def no_canary(text: str) -> None:
    for canary in CANARIES:
        assert canary not in text


@needs_report
def test_no_child_leaves_with_the_report(canary_tables: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ["--tables", canary_tables, "--as-at", "2020-03-31"]
    evaluated = run("evaluate", *words, "--breakdown", "default", "--json")
    reported = run("report", *words, "--out", out)
    assert evaluated.code == reported.code == 0, reported
    assert "neglect.cp_plan_over_12_months" in reported.out.replace("\n", "") or "P6.E2" in reported.out
    for outcome in (evaluated, reported, run("evaluate", *words)):
        no_canary(outcome.out)
        no_canary(outcome.err)
    for content in contents(out).values():
        no_canary(content.decode("utf-8"))
    assert findings_of((out / "results.json").read_text(encoding="utf-8"))


@needs_report
def test_no_child_of_exampleshire_leaves_with_the_report(tables: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("report", "--tables", tables, "--from", "2018-04-01", "--to", "2020-03-31", "--out", out)
    assert done.code == 0, done
    data = goldenthread.read_tables(tables)
    people = data["person"]
    ids = {str(id) for id in people["child_id"].to_list()}
    births = {str(born) for born in people["date_of_birth"].to_list() if born is not None}
    # First and last days of periods, and the day of the report itself, are dates of the calendar, not of a child.
    allowed = {str(day) for p in goldenthread.months_between("2016-04-01", "2020-03-31") for day in (p.first, p.last)}
    # So are the days of the board's own records.
    for table in ("assurance_record", "action", "body", "body_member", "training_attendance", "meeting", "document"):
        named = [name for name in data[table].column_names if name.endswith("_date")]
        allowed |= {str(day) for name in named for day in data[table][name].to_list()}
    for text in [done.out, done.err, *(content.decode("utf-8") for content in contents(out).values())]:
        assert not ids & set(re.findall(r"EX\d+", text))
        assert not (births - allowed) & set(re.findall(r"\d{4}-\d\d-\d\d", text))


def test_findings_are_written_on_request_and_marked(canary_tables: Path, tmp_path: Path) -> None:
    file = tmp_path / "local" / "findings.csv"
    words = ["--tables", canary_tables, "--as-at", "2020-03-31"]
    without = run("evaluate", *words, "--out", tmp_path / "out")
    assert without.code == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["assurance.csv", "results.csv", "results.json"]
    done = run("evaluate", *words, "--findings", file)
    assert done.code == 0, done
    no_canary(done.out)
    no_canary(done.err)
    text = file.read_text(encoding="utf-8")
    assert text.startswith("PERSONAL DATA: keep on this machine,")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["table"] for row in rows} >= {"person", "cp_plan"}
    assert "31/02/2011" in {row["value"] for row in rows}
    assert all(row["file"] and row["rule"] and row["message"] for row in rows)


def test_small_numbers_are_hidden_everywhere(canary_tables: Path, tmp_path: Path) -> None:
    lines = (canary_tables / "cp_plan.csv").read_text(encoding="utf-8").splitlines()
    (canary_tables / "cp_plan.csv").write_text("\n".join(lines[:4]) + "\n", encoding="utf-8")  # three plans
    done = run("evaluate", "--tables", canary_tables, "--as-at", "2020-03-31", "--json", "--out", tmp_path / "out")
    figures = {figure["indicator"]: figure for figure in json.loads(done.out)["figures"]}
    (cell,) = [c for c in figures["neglect.cp_plan_over_12_months"]["cells"] if not c["key"]]
    assert cell["state"] == "suppressed"
    assert cell["numerator"] == cell["value"] == "c"
    rows = csv.DictReader(io.StringIO((tmp_path / "out" / "results.csv").read_text(encoding="utf-8")))
    (row,) = [r for r in rows if r["indicator"] == "neglect.cp_plan_over_12_months" and r["state"] == "suppressed"]
    assert "3" not in (row["value"], row["numerator"])

"""Repairs of values: declared, used only where they are named, every value logged."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import goldenthread as gt
import pytest
from goldenthread import _core
from goldenthread.quality.repairs import parse_repairs, read_repairs, repair
from jsonschema import Draft202012Validator

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "repairs.schema.json").read_text(encoding="utf-8"))
PLANS = (
    "cp_plan_id,child_id,start_date,end_date,latest_category\n"
    "P1,A,2018-05-01,2017-05-01,NEG\nP2,B,2018-05-01,2018-06-01,NEG\nP3,C,2018-05-01,,\n"
)
ENDS = {
    "id": "end_before_start",
    "words": "An end before the start is taken out: the year was mistyped",
    "table": "cp_plan",
    "column": "end_date",
    "where": "end_date < start_date",
    "becomes": None,
}


def document(*repairs: dict[str, Any]) -> dict[str, Any]:
    return {"format": "goldenthread/repairs@1", "repairs": list(repairs)}


def plans(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "cp_plan.csv").write_text(PLANS, encoding="utf-8")
    (folder / "cp_plan_category.csv").write_text("cp_plan_id,stage,category\n", encoding="utf-8")
    return folder


def parsed(*repairs: dict[str, Any]) -> Any:
    return parse_repairs(json.dumps(document(*repairs)), "repairs.json")


def test_each_value_that_changes_is_logged_and_no_other(tmp_path: Path) -> None:
    data = gt.read(plans(tmp_path))
    repaired, log = repair(data, parsed(ENDS))
    assert [str(day) for day in repaired["cp_plan"]["end_date"]] == ["None", "2018-06-01", "None"]
    assert str(data["cp_plan"]["end_date"][0]) == "2017-05-01"
    assert len(log) == 1
    entry = log[0]
    assert (entry.repair, entry.file, entry.row, entry.key) == ("end_before_start", "cp_plan.csv", 2, "P1")
    assert (entry.before, entry.after) == ("2017-05-01", "")
    notes = [note for file in repaired.files for note in file.notes]
    assert any("1 values of cp_plan.end_date by end_before_start" in note for note in notes)
    again, nothing = repair(repaired, parsed(ENDS))
    assert nothing == []
    assert again["cp_plan"].column_names == data["cp_plan"].column_names


def test_a_value_may_be_given_or_come_from_another_column_and_repairs_follow_one_another(tmp_path: Path) -> None:
    data = gt.read(plans(tmp_path))
    repaired, log = repair(
        data,
        parsed(
            {**ENDS, "becomes": {"column": "start_date"}},
            {**ENDS, "id": "same_day", "where": "end_date = start_date", "becomes": "2019-05-01"},
            {
                **ENDS,
                "id": "category",
                "column": "latest_category",
                "where": "latest_category is null",
                "becomes": "phy",
            },
        ),
    )
    assert [str(day) for day in repaired["cp_plan"]["end_date"]] == ["2019-05-01", "2018-06-01", "None"]
    assert repaired["cp_plan"]["latest_category"].to_list() == ["NEG", "NEG", "PHY"]
    assert [(e.repair, e.before, e.after) for e in log] == [
        ("end_before_start", "2017-05-01", "2018-05-01"),
        ("same_day", "2018-05-01", "2019-05-01"),
        ("category", "", "PHY"),
    ]


def test_a_repair_changes_the_figure_it_is_about(tmp_path: Path) -> None:
    data = gt.read(plans(tmp_path))
    repaired, _ = repair(data, parsed(ENDS))
    name = "neglect.cp_plan_over_12_months"
    before, after = (gt.evaluate(name, each, "2019-06-30")[name].totals[0] for each in (data, repaired))
    assert (before["numerator"], after["numerator"]) == (0, 1)  # the plan of P1 is open after all


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "Not A Name"}, "/repairs/0/id"),
        ({"table": "cp_plans"}, "did you mean 'cp_plan'?"),
        ({"column": "end_dates"}, "did you mean 'end_date'?"),
        ({"column": "cp_plan_id"}, "part of the key"),
        ({"becomes": 3}, "text, null, or"),
        ({"becomes": {"column": "start"}}, "unknown column of table cp_plan 'start'"),
        ({"becomes": {}}, "'column' is missing"),
        ({"wher": "x"}, "did you mean 'where'?"),
        ({"words": ""}, "text is expected"),
    ],
)
def test_what_is_wrong_in_the_file_is_said_with_its_place(change: dict[str, Any], said: str) -> None:
    with pytest.raises(gt.DefinitionError) as caught:
        parsed({**ENDS, **change})
    assert said in str(caught.value)
    assert str(caught.value).startswith("repairs.json, /repairs/0")


def test_files_that_are_none(tmp_path: Path) -> None:
    for text, said in (
        ("{", "is not JSON"),
        ("[]", "an object is expected"),
        ('{"format": "x"}', "is expected, not 'x'"),
    ):
        with pytest.raises(gt.DefinitionError, match=said):
            parse_repairs(text, "f")
    with pytest.raises(gt.DefinitionError, match="'end_before_start' stands twice"):
        parsed(ENDS, ENDS)
    with pytest.raises(gt.DefinitionError, match="'where' is missing"):
        parsed({name: value for name, value in ENDS.items() if name != "where"})
    (tmp_path / "f").write_bytes(b"\xff")
    with pytest.raises(gt.DefinitionError, match="is not UTF-8"):
        read_repairs(tmp_path / "f")


def test_the_file_follows_its_schema() -> None:
    validator = Draft202012Validator(SCHEMA)
    assert validator.is_valid(document(ENDS))
    assert validator.is_valid(document({**ENDS, "becomes": {"column": "start_date"}, "x-asked-by": "Data officer"}))
    assert not validator.is_valid(document({**ENDS, "becomes": 3}))
    assert not validator.is_valid(document({**ENDS, "wher": "x"}))


def test_what_does_not_fit_the_data_is_refused(tmp_path: Path) -> None:
    data = gt.read(plans(tmp_path))
    for change, said in (
        ({"where": "end_date < begin_date"}, "begin_date"),
        ({"becomes": "2019-02-29"}, "repair end_before_start: .*a day that does not exist"),
        ({"column": "latest_category", "becomes": "XXX"}, "a code that is not in the list"),
    ):
        with pytest.raises(gt.DefinitionError, match=said):
            repair(data, parsed({**ENDS, **change}))
    # A table that was not supplied has nothing to repair.
    assert repair(_core.without_tables(data, ["cp_plan"]), parsed(ENDS))[1] == []


def command(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "goldenthread", *words], capture_output=True, text=True, check=False, cwd=folder,
        env={**os.environ, **environment})  # fmt: skip


def test_the_command_line_repairs_where_asked_and_logs(tmp_path: Path) -> None:
    plans(tmp_path / "data")
    (tmp_path / "repairs.json").write_text(json.dumps(document(ENDS)), encoding="utf-8")
    rule = "cp_plan_not_ended_after_start"
    done = command(tmp_path, "check", "data", "--out", "plain")
    assert done.returncode == 0, done.stderr
    assert rule in (tmp_path / "plain" / "findings.csv").read_text(encoding="utf-8")
    done = command(tmp_path, "check", "data", "--repair", "repairs.json", "--repair-log", "log.csv", "--out", "mended")
    assert done.returncode == 0, done.stderr
    assert "1 value repaired as declared" in done.stderr
    assert rule not in (tmp_path / "mended" / "findings.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "log.csv").read_text(encoding="utf-8"))))
    assert [(row["repair"], row["key"], row["before"], row["after"]) for row in rows] == [
        ("end_before_start", "P1", "2017-05-01", "")
    ]
    # With pseudonyms the log names nobody and quotes nothing.
    done = command(
        tmp_path, "check", "data", "--repair", "repairs.json", "--repair-log", "log.csv",
        "--pseudonym-key-env", "SECRET", SECRET="sixteen bytes of it")  # fmt: skip
    assert done.returncode == 0, done.stderr
    hidden = (tmp_path / "log.csv").read_text(encoding="utf-8")
    assert "P1" not in hidden
    assert "2017-05-01" not in hidden


def test_a_slip_in_the_repairs_is_said_before_any_data_are_read(tmp_path: Path) -> None:
    (tmp_path / "repairs.json").write_text(json.dumps(document({**ENDS, "table": "cp_plans"})), encoding="utf-8")
    done = command(tmp_path, "check", "no_such_data", "--repair", "repairs.json")
    assert done.returncode == 2
    assert "did you mean 'cp_plan'?" in done.stderr


@pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="needs a file that can be read once")
def test_a_key_may_come_through_a_pipe_which_is_read_once(tmp_path: Path) -> None:
    plans(tmp_path / "data")
    words = ["moved", "neglect.cp_plan_over_12_months", "--from", "2017-18", "--to", "2018-19", "--data", "data"]
    done = subprocess.run(
        [sys.executable, "-m", "goldenthread", *words, "--later-tables", "data", "--pseudonym-key-file", "/dev/stdin"],
        capture_output=True, text=True, check=False, cwd=tmp_path, input="sixteen bytes of it\n")  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_a_key_is_named_and_never_typed(tmp_path: Path) -> None:
    plans(tmp_path / "data")
    with (tmp_path / "data" / "cp_plan.csv").open("a", encoding="utf-8") as stream:
        stream.write("P4,D,2018-01-01,,NEG\n")
    (tmp_path / "key").write_bytes(b"sixteen bytes of it\n")
    explain = ["explain", "P6.E2", "--data", "data", "--as-at", "2019-03-31"]
    by_file = command(tmp_path, *explain, "--pseudonym-key-file", "key")
    by_name = command(tmp_path, *explain, "--pseudonym-key-env", "SECRET", SECRET="sixteen bytes of it")
    assert by_file.returncode == by_name.returncode == 0, by_file.stderr
    assert by_file.stdout == by_name.stdout
    plain = command(tmp_path, *explain)
    assert "P4" in plain.stdout
    assert "P4" not in by_file.stdout
    for words, said in (
        (["--pseudonym-key-file", "key", "--pseudonym-key-env", "SECRET"], "one is enough"),
        (["--pseudonym-key-env", "no_such_name"], "no environment variable of that name"),
        (["--pseudonym-key-file", "nowhere"], "nowhere"),
        (["--pseudonym-key-env", "SHORT"], "at least 16 bytes"),
    ):
        refused = command(tmp_path, *explain, *words, SECRET="sixteen bytes of it", SHORT="short")
        assert refused.returncode in (2, 3)
        assert said in refused.stderr
        assert "sixteen" not in refused.stderr
    assert "no_such_name" not in command(tmp_path, *explain, "--pseudonym-key-env", "no_such_name").stderr

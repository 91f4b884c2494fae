"""One evaluation from C++, from Python and from the command line: the same bytes of JSON."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from pathlib import Path

import goldenthread
import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / os.environ.get("GOLDENTHREAD_BUILD_DIR", "build/python")
EXAMPLE = BUILD / "examples" / "evaluate_plan"
PERIODS = ["2018-19", "2019-20", "2019-20 Q3", "2019-20 Q4", "2020-03"]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("same_bytes") / "data"
    goldenthread.write_exampleshire(folder, seed=3, children=400)
    return folder / "tables"


def run(command: list[str | Path], **settings: str) -> bytes:
    done = subprocess.run(command, capture_output=True, check=False, env=os.environ | settings, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def from_python(tables: Path) -> bytes:
    plan = goldenthread.plans.leicester_2018_2020()
    data = goldenthread.read_tables(tables)
    return goldenthread.evaluate(plan, data, PERIODS, "default").protect().to_json().encode()


def from_command_line(tables: Path, **settings: str) -> bytes:
    periods = [word for period in PERIODS for word in ("--period", period)]
    command = [sys.executable, "-m", "goldenthread", "evaluate", "--tables", tables, "--breakdown", "default", "--json"]
    return run([*command, *periods], **settings)


def test_command_line_and_python(tables: Path) -> None:
    assert from_command_line(tables) == from_python(tables)


def test_cpp_and_python(tables: Path) -> None:
    if not EXAMPLE.is_file():
        pytest.skip(f"the example is not built: {EXAMPLE}")
    assert run([EXAMPLE, tables, *PERIODS]) == from_python(tables)


def test_neither_language_nor_time_zone_changes_a_byte(tables: Path) -> None:
    settings = {"LC_ALL": "de_DE.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7"}
    assert from_command_line(tables, **settings) == from_python(tables)


def test_files_hold_what_is_printed(tables: Path, tmp_path: Path) -> None:
    periods = [word for period in PERIODS for word in ("--period", period)]
    command = [sys.executable, "-m", "goldenthread", "evaluate", "--tables", tables, "--breakdown", "default"]
    run([*command, *periods, "--out", tmp_path])
    assert (tmp_path / "results.json").read_bytes() == from_python(tables)


def test_data_in_memory_and_data_read_from_files(tables: Path) -> None:
    read = goldenthread.read_tables(tables)
    made = goldenthread.generate_exampleshire(seed=3, children=400)
    ids = goldenthread.shipped_indicators().ids
    one, two = (goldenthread.evaluate(ids, data, PERIODS, "default") for data in (read, made))
    assert one.cells() == two.cells()
    assert one.input_hash == two.input_hash


def test_the_same_children_as_returns(tables: Path) -> None:
    """What the census and SSDA903 files of all years hold gives the same stocks as the tables.

    The census has no categories behind a plan of multiple categories, so a plan counts by its own category here.
    """
    folder = tables.parent
    parts = [goldenthread.read_cin_census(file) for file in sorted((folder / "cin_census").glob("*.xml"))]
    parts += [goldenthread.read_ssda903(year) for year in sorted((folder / "ssda903").iterdir())]
    data = functools.reduce(goldenthread.merge_datasets, parts)
    ids = ["neglect.cp_plan_over_12_months", "neglect.cin_open_over_18_months"]
    rule = {"neglect.cp_plan_over_12_months": {"neglect_rule": "category_only"}}
    from_returns = goldenthread.evaluate(ids, data, "2020-03-31", parameters=rule)
    from_tables = goldenthread.evaluate(ids, goldenthread.read_tables(tables), "2020-03-31", parameters=rule)
    for indicator in ids:
        assert from_tables[indicator].value
        assert from_returns[indicator].totals[0]["numerator"] == from_tables[indicator].totals[0]["numerator"]

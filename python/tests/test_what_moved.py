"""What moved a figure: exact parts, from Python and from the command line."""

from __future__ import annotations

from pathlib import Path

import goldenthread as gt
import pytest
from goldenthread.command_line.application import application
from typer.testing import CliRunner

OVER_12 = "neglect.cp_plan_over_12_months"
SECOND = "neglect.cp_plan_second_time"
RATE = "standard.referrals_per_10000"


@pytest.fixture(scope="module")
def data() -> gt.Dataset:
    return gt.generate_exampleshire(seed=1, children=3000)


@pytest.fixture(scope="module")
def results(data: gt.Dataset) -> gt.Results:
    return gt.evaluate([OVER_12, SECOND, RATE], data, ["2018-19", "2019-20"], ["sex"])


@pytest.mark.parametrize("indicator", [OVER_12, SECOND, RATE])
@pytest.mark.parametrize("cell", [{}, {"sex": "F"}], ids=["total", "cell"])
def test_the_parts_sum_exactly_to_the_change(results: gt.Results, indicator: str, cell: dict[str, str | None]) -> None:
    moved = results.what_moved(indicator, "2018-19", "2019-20", **cell)
    assert moved.comparable
    assert len(moved.parts) == 7
    assert sum(p.numerator for p in moved.parts) == moved.after["numerator"] - moved.before["numerator"]
    if moved.value_change is not None and not moved.reason:
        assert sum(p.value for p in moved.parts if p.value is not None) == moved.value_change
    assert "This is arithmetic, not cause." in str(moved)
    assert moved.units == ()


def test_the_same_period_twice_moves_nothing(results: gt.Results) -> None:
    moved = results.what_moved(OVER_12, "2019-20", "2019-20")
    assert all(p.numerator == 0 and p.units == 0 for p in moved.parts)


def test_other_parameters_are_a_change_of_definition(data: gt.Dataset) -> None:
    usual = gt.evaluate(OVER_12, data, "2019-20")
    shorter = gt.evaluate(OVER_12, data, "2019-20", parameters={"months": 1})
    moved = gt.what_moved(usual, shorter, OVER_12, "2019-20", units=True)
    assert {p.part for p in moved.parts if p.numerator} == {"definition"}
    assert len(moved.units) == moved["definition"].units


def test_the_command_shows_counts_and_keys_only_on_demand(tmp_path: Path) -> None:
    gt.write_exampleshire(tmp_path, seed=1, children=600)
    asked = ["moved", "standard.contacts", "--from", "2018-19", "--to", "2019-20", "--tables", str(tmp_path / "tables")]
    told = CliRunner().invoke(application, asked)
    assert told.exit_code == 0
    assert "arithmetic, not cause" in " ".join(told.output.split())
    assert "PERSONAL DATA" not in told.output
    with_keys = CliRunner().invoke(application, [*asked, "--keys"])
    assert "PERSONAL DATA" in with_keys.output


def test_the_command_asks_for_a_difference(tmp_path: Path) -> None:
    gt.write_exampleshire(tmp_path, seed=1, children=60)
    told = CliRunner().invoke(
        application, ["moved", "P6.E2", "--from", "2018-19", "--tables", str(tmp_path / "tables")]
    )
    assert told.exit_code != 0
    assert "nothing differs" in (told.output + str(told.exception))

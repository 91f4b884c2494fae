"""The engine from Python: batches, joining, saving, threads, and Ctrl-C."""

from __future__ import annotations

import copy
import pickle
import signal
import subprocess
import sys
import textwrap
import time
from typing import Any

import goldenthread as gt
import pytest
from goldenthread import CalculationError, DataError, DefinitionError, DisclosureError
from goldenthread._core import with_pseudonyms

pl = pytest.importorskip("polars")

OVER_12 = "neglect.cp_plan_over_12_months"
CONTACTS = "standard.contacts"
PERIODS = ["2018-19", "2019-20"]
KEY = b"sixteen bytes or more"


@pytest.fixture(scope="module")
def data() -> gt.Dataset:
    return gt.generate_exampleshire(seed=1, children=300)


def batches(data: gt.Dataset, parts: int) -> list[gt.Dataset]:
    """Deal each table's rows out; coverage and population come with every batch."""
    result = []
    for part in range(parts):
        batch: dict[str, Any] = {}
        for name in data:
            frame = pl.DataFrame(data[name])
            whole = name in ("coverage", "population")
            batch[name] = frame if whole else frame.gather_every(parts, part)
        result.append(gt.Dataset(batch, area=data.area, synthetic=data.synthetic))
    return result


def figures(results: gt.Results) -> list[dict[str, Any]]:
    return results.cells()


def test_batches_give_the_figures_of_all_rows(data: gt.Dataset) -> None:
    plan = gt.plans.leicester_2018_2020()
    expected = gt.evaluate(plan, data, PERIODS, "default")
    engine = gt.Engine(plan, PERIODS, "default", threads=2)
    for batch in reversed(batches(data, 3)):
        engine.update(batch)
    found = engine.finish()
    assert figures(found) == figures(expected)
    assert found.input_hash == expected.input_hash
    assert found.area == data.area
    with pytest.raises(DefinitionError, match="know no rows"):
        found.explain(OVER_12, "2019-20")


def test_threads_change_no_figure(data: gt.Dataset) -> None:
    one = gt.evaluate(OVER_12, data, PERIODS, "default")
    assert figures(gt.evaluate(OVER_12, data, PERIODS, "default", threads=3)) == figures(one)
    plan = gt.plans.leicester_2018_2020()
    assert figures(gt.evaluate(plan, data, PERIODS, threads=2)) == figures(gt.evaluate(plan, data, PERIODS))
    with pytest.raises(CalculationError, match="at least one thread"):
        gt.evaluate(OVER_12, data, PERIODS, threads=0)


def test_engines_are_values(data: gt.Dataset) -> None:
    first, second = batches(data, 2)
    a = gt.Engine(CONTACTS, PERIODS).update(first)
    b = copy.deepcopy(a)
    assert a == b
    assert a != "an engine"
    b.update(second)
    assert a != b
    both = a + gt.Engine(CONTACTS, PERIODS).update(second)
    assert both == b
    both -= a
    assert both == gt.Engine(CONTACTS, PERIODS).update(second)
    assert figures(b.finish()) == figures(gt.evaluate(CONTACTS, data, PERIODS))


def test_children_in_two_engines_are_named_as_the_reason(data: gt.Dataset) -> None:
    engine = gt.Engine(OVER_12, PERIODS).update(data)
    with pytest.raises(DataError, match=rf"{OVER_12}: both engines hold rows of the same \d+ values of .*child_id"):
        engine += gt.Engine(OVER_12, PERIODS).update(data)
    with pytest.raises(DefinitionError, match="different periods"):
        engine += gt.Engine(OVER_12, "2019-20")
    with pytest.raises(DataError, match="cannot be taken away"):
        gt.Engine(OVER_12, PERIODS).__isub__(engine)


def test_a_saved_engine_goes_on_and_holds_no_identifier(data: gt.Dataset) -> None:
    first, second = batches(data, 2)
    engine = gt.Engine([OVER_12, CONTACTS], PERIODS, pseudonym_key=KEY).update(first)
    saved = engine.save()
    child = next(text for text in data["cp_plan"]["child_id"].to_list() if text)
    assert str(child).encode() not in saved
    resumed = gt.Engine([OVER_12, CONTACTS], PERIODS, pseudonym_key=KEY).load(saved).update(second)
    expected = gt.evaluate([OVER_12, CONTACTS], with_pseudonyms(data, KEY), PERIODS)
    assert figures(resumed.finish()) == figures(expected)
    with pytest.raises(DataError, match="damaged"):
        gt.Engine([OVER_12, CONTACTS], PERIODS).load(saved[:-1])
    with pytest.raises(DataError, match="computes something else"):
        gt.Engine(CONTACTS, PERIODS).load(saved)
    with pytest.raises(DisclosureError, match="pseudonym_key"):
        gt.Engine(CONTACTS, PERIODS).save()
    with pytest.raises(DefinitionError, match="can be guessed"):
        gt.Engine(CONTACTS, PERIODS, pseudonym_key=b"short")


@pytest.mark.parametrize("wanted", ["ids", "plan", "measure"])
def test_a_pickled_engine_is_computed_and_joined_without_its_key(data: gt.Dataset, wanted: str) -> None:
    cp_plan = gt.table("cp_plan")
    of: Any = {
        "ids": [OVER_12, CONTACTS],
        "plan": gt.plans.leicester_2018_2020(),
        "measure": gt.distinct(cp_plan.child_id).where(gt.open(cp_plan.start_date, cp_plan.end_date)),
    }[wanted]
    engine = gt.Engine(of, PERIODS, pseudonym_key=KEY).update(data)
    pickled = pickle.dumps(engine)
    assert KEY not in pickled
    again: gt.Engine = pickle.loads(pickled)
    assert again == engine
    assert figures(again.finish()) == figures(engine.finish())
    with pytest.raises(DataError, match="without their key"):
        again.update(data)


def test_an_engine_with_definitions_of_its_own_is_not_pickled() -> None:
    engine = gt.Engine(OVER_12, PERIODS, indicators=gt.shipped_indicators(), pseudonym_key=KEY)
    with pytest.raises(TypeError, match="save"):
        pickle.dumps(engine)


def test_how_it_works_is_told() -> None:
    how = gt.Engine([OVER_12, CONTACTS], PERIODS).explain_how()
    assert [one["indicator"] for one in how.indicators] == [OVER_12, CONTACTS]
    assert how.indicators[0]["path"] == "interval"
    assert how.indicators[0]["parts"][0]["partition_key"][0][:1] == ["cp_plan.child_id"]
    assert "cp_plan" in how.kept
    assert f"{OVER_12}\n  path: interval" in str(how)
    assert "2 indicators" in repr(how)


def test_too_little_memory_is_refused_with_what_is_needed(data: gt.Dataset) -> None:
    with pytest.raises(CalculationError, match=r"needs about .* memory_limit of 10 kB"):
        gt.Engine(OVER_12, PERIODS, memory_limit=10_000).update(data)


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="no alarms here")
def test_what_a_signal_raises_is_raised_though_the_run_was_done_before_it_heard() -> None:
    program = textwrap.dedent(
        """
        import signal, time
        import goldenthread as gt
        data = gt.generate_exampleshire(seed=1, children=60000)
        periods = gt.months_between("2010-04-01", "2020-03-31")
        def too_late(*_):
            raise TimeoutError
        signal.signal(signal.SIGALRM, too_late)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        def run():
            gt.evaluate("child_sexual_abuse.cp_plans_by_category", data, periods, force_reference=True)
        start = time.perf_counter()
        run()
        whole = time.perf_counter() - start
        for part in range(5, 12):
            try:
                signal.setitimer(signal.ITIMER_REAL, whole * part / 14)
                run()
                time.sleep(whole)
                print("lost")
            except TimeoutError:
                print("raised")
        """
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.splitlines() == ["raised"] * 7


def test_ctrl_c_stops_a_run_promptly() -> None:
    program = textwrap.dedent(
        """
        import goldenthread as gt
        data = gt.generate_exampleshire(seed=1, children=3000)
        periods = gt.months_between("2016-04-01", "2020-03-31")
        print("ready", flush=True)
        try:
            while True:
                gt.evaluate(gt.shipped_indicators().ids, data, periods, "default", force_reference=True, threads=2)
        except KeyboardInterrupt:
            print("stopped", flush=True)
        engine = gt.Engine("standard.contacts", "2019-20").update(data)
        print(engine.finish()["standard.contacts"].totals[0]["state"], flush=True)
        """
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    # On the reference path the run takes minutes: that it ends at all within this time is the answer.
    said, _ = process.communicate(timeout=60)
    assert said.splitlines()[0] == "stopped"
    assert said.splitlines()[1] in ("value", "partial", "true_zero")
    assert process.returncode == 0

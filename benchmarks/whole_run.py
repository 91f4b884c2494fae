"""Times the whole run on Exampleshire: generate, read, evaluate, protect, report. Medians of several rounds.

.venv/bin/python benchmarks/whole_run.py [--children 5000] [--rounds 5]
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import goldenthread
from goldenthread import plans
from goldenthread.report import render_report


def timed(times: dict[str, list[float]], name: str, work: Callable[[], object]) -> object:
    """Run some work, note its seconds, give its result."""
    start = time.perf_counter()
    result = work()
    times.setdefault(name, []).append(time.perf_counter() - start)
    return result


def main() -> None:
    """Print the median of each step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--children", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    plan = plans.leicester_2018_2020()
    periods = goldenthread.months_between("2018-04-01", "2020-03-31")
    times: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as place:
        for round_number in range(options.rounds):
            folder = Path(place) / str(round_number)
            timed(times, "generate and write", lambda: goldenthread.write_exampleshire(folder, 1, options.children))
            data = timed(times, "read canonical tables", lambda: goldenthread.read_tables(folder / "tables"))
            census = sorted((folder / "cin_census").glob("*.xml"))[-1]
            timed(times, "read one census year (XML)", lambda: goldenthread.read_cin_census(census))
            results = timed(times, "evaluate the plan, 24 months", lambda: goldenthread.evaluate(plan, data, periods))
            text = timed(times, "protect and write JSON", lambda: results.protect().to_json())
            timed(times, "render the report", lambda: render_report(json.loads(text)))
    print(f"{options.children:,} children, medians of {options.rounds} rounds")
    for name, seconds in times.items():
        print(f"  {name:<32}{statistics.median(seconds) * 1000:>9.0f} ms")


if __name__ == "__main__":
    main()

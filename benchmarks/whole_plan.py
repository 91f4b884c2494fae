"""The whole plan and standard set over Exampleshire, data loaded: all at once, then each definition alone.

.venv/bin/python benchmarks/whole_plan.py [--children 5000] [--last 2020-03-31] [--months 24] [--threads 2] [--rounds 3]

Goals on two cores: 5,000 children x 24 months in at most 0.5 s, 1,000,000 x 120 in at most 10 s.
"""

import argparse
import datetime
import statistics
import time
from collections.abc import Callable

import goldenthread
from goldenthread import plans


def seconds(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The median of some rounds: on the clock, and of processors, which says more on a busy machine."""
    taken = []
    for _ in range(rounds):
        begun, used = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - begun, time.process_time() - used))
    clocks, processors = zip(*taken, strict=True)
    return statistics.median(clocks), statistics.median(processors)


def main() -> None:
    """Print the whole, then each definition."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=5000)
    parser.add_argument("--last", type=datetime.date.fromisoformat, default=datetime.date(2020, 3, 31))
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()

    months = given.last.year * 12 + given.last.month - given.months
    first = datetime.date(months // 12, months % 12 + 1, 1)
    data = goldenthread.generate_exampleshire(seed=1, children=given.children, first=str(first), last=str(given.last))
    periods = goldenthread.months_between(str(first), str(given.last))
    plan = plans.leicester_2018_2020()
    every = goldenthread.shipped_indicators().ids

    def evaluate(indicators: object) -> goldenthread.Results:
        return goldenthread.evaluate(indicators, data, periods, "default", threads=given.threads)

    def say(what: str, work: Callable[[], object]) -> None:
        clock, processors = seconds(work, given.rounds)
        print(f"{what}: {clock:.3f} s, {processors:.3f} s of processors")

    results = evaluate(plan)
    print(
        f"{given.children:,} children, {len(periods)} months, default breakdowns, {given.threads} threads, "
        f"medians of {given.rounds} rounds"
    )
    say(f"{len(every)} definitions", lambda: evaluate(every))
    say(f"the plan with what stands beside it, {len(results)} definitions", lambda: evaluate(plan))
    say("its release", results.protect)
    alone = {name: seconds(lambda name=name: evaluate(name), given.rounds) for name in every}
    for name, (clock, processors) in sorted(alone.items(), key=lambda each: -each[1][1]):
        print(f"{clock * 1000:9.1f} ms {processors * 1000:9.1f} ms of processors  {name}")


if __name__ == "__main__":
    main()

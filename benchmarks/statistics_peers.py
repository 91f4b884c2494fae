"""Limits and control charts beside SciPy and statsmodels, in one run on one core: rows a second, and how far apart.

    .venv/bin/python benchmarks/statistics_peers.py [--rows 200000] [--series 20000] [--rounds 5]

Rounds are interleaved and medians are shown. SciPy and statsmodels have no XmR chart: beside ours stand its limits alone,
without rules or verdicts, as whole-array arithmetic in numpy.
"""

import argparse
import statistics as standard_statistics
import time
from collections.abc import Callable

import numpy
import scipy.stats
from goldenthread import statistics
from statsmodels.stats.proportion import proportion_confint

Work = Callable[[], numpy.ndarray]


def lower_of(found: statistics.Estimates) -> numpy.ndarray:
    """Lower limits as an array."""
    return numpy.array(found.lower)


def interleaved(work: dict[str, Work], rounds: int) -> dict[str, float]:
    """Median seconds of each piece of work, one after another in every round."""
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, run in work.items():
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    return {name: standard_statistics.median(each) for name, each in times.items()}


def compare(title: str, rows: int, rounds: int, work: dict[str, Work], answer: Callable[[str], numpy.ndarray]) -> None:
    """Print rows a second of each, and the largest relative distance from the first one's answer."""
    first, *_ = work
    wanted = answer(first)
    print(title)
    for name, seconds in interleaved(work, rounds).items():
        apart = numpy.max(numpy.abs(answer(name) - wanted) / numpy.maximum(numpy.abs(wanted), 1e-12))
        print(f"  {name:<44}{rows / seconds:>14,.0f} rows/s   {apart:.0e} apart")


def xmr_limits(values: numpy.ndarray) -> numpy.ndarray:
    """Lower XmR limits of series in rows, screened once."""
    ranges = numpy.abs(numpy.diff(values, axis=1))
    kept = numpy.where(ranges < 3.267 * ranges.mean(axis=1, keepdims=True), ranges, numpy.nan)
    return values.mean(axis=1) - 2.66 * numpy.nanmean(kept, axis=1)


def main() -> None:
    """Run all comparisons."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--series", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    random = numpy.random.default_rng(1)
    n = random.integers(50, 500, options.rows).astype(float)
    x = numpy.floor(n * random.uniform(0.05, 0.6, options.rows))

    def proportions(title: str, ours: Callable[..., statistics.Estimates], method: str, peers: dict[str, Work]) -> None:
        answers: dict[str, Work] = {
            "goldenthread": lambda: lower_of(ours(x, n)),
            "statsmodels": lambda: proportion_confint(x, n, method=method)[0],
            **peers,
        }
        work: dict[str, Callable[[], object]] = {**answers, "goldenthread": lambda: ours(x, n)}
        compare(title, options.rows, options.rounds, work, lambda name: answers[name]())

    proportions("Wilson intervals", statistics.wilson_interval, "wilson", {})
    proportions(
        "exact binomial intervals",
        statistics.clopper_pearson_interval,
        "beta",
        {
            "SciPy (beta.ppf, both limits)": lambda: (
                scipy.stats.beta.ppf(0.975, x + 1, n - x),
                scipy.stats.beta.ppf(0.025, x, n - x + 1),
            )[1]
        },
    )

    counts: dict[str, Work] = {
        "goldenthread": lambda: lower_of(statistics.exact_poisson_interval(x)),
        "SciPy (chi2.ppf, both limits)": lambda: (
            scipy.stats.chi2.ppf(0.975, 2 * x + 2) / 2,
            scipy.stats.chi2.ppf(0.025, 2 * x) / 2,
        )[1],
    }
    compare(
        "exact Poisson limits",
        options.rows,
        options.rounds,
        {**counts, "goldenthread": lambda: statistics.exact_poisson_interval(x)},
        lambda name: counts[name](),
    )

    values = random.normal(50, 6, (options.series, 24))
    flat = values.ravel()
    lengths = numpy.full(options.series, 24)

    def lower_limits() -> numpy.ndarray:
        charts = statistics.xmr_charts(flat, lengths, direction="decrease", target=45)
        return numpy.array(charts.points.to_list("lower")[::24])

    charts: dict[str, Work] = {
        "goldenthread, limits, rules and verdicts": lower_limits,
        "numpy, limits alone": lambda: xmr_limits(values),
    }
    work = {
        **charts,
        "goldenthread, limits, rules and verdicts": lambda: statistics.xmr_charts(
            flat, lengths, direction="decrease", target=45
        ),
    }
    compare("XmR series of 24 points", options.series, options.rounds, work, lambda name: charts[name]())


if __name__ == "__main__":
    main()

"""Plans or indicators in, results out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from os import PathLike
from typing import Any, TypeAlias

from goldenthread import _core
from goldenthread.approvals import read_approvals
from goldenthread.measures import Measure
from goldenthread.results import Results
from goldenthread.targets import read_targets

Periods: TypeAlias = _core.Period | str | Iterable[_core.Period | str]


def evaluate(
    plan_or_indicators: _core.Plan | Measure | _core.Indicator | str | Iterable[str | _core.Indicator],
    dataset: _core.Dataset,
    periods: Periods,
    breakdowns: str | Iterable[str | Iterable[str]] | None = None,
    parameters: Mapping[str, Any] | None = None,
    *,
    indicators: _core.IndicatorSet | None = None,
    force_reference: bool = False,
    approvals: str | PathLike[str] | Sequence[_core.Approval] | None = None,
    approvals_judged_on: str | date | None = None,
    targets: str | PathLike[str] | Sequence[_core.Target] | None = None,
    threads: int = 1,
) -> Results:
    """Compute a plan, or some indicators, for every period and breakdown asked for.

    plan_or_indicators: a Plan, ids of indicators, or a measure of your own.
    periods: "2019-20", "2019-20 Q4", "2020-03", "2020-03-31", Period objects, or a list of these.
    breakdowns: names for margins ("sex"), tuples for cross-tabulations; "default" for each indicator's own.
    parameters: {"months": 24} for every indicator that has it, {"some.indicator": {"months": 24}} for one.
    indicators: the definitions to use; the shipped ones unless given.
    approvals: a file of approvals, or a list; a figure whose definition nobody approved says so.
    approvals_judged_on: reviews due before this day have passed; the last day of the last period unless given.
    targets: a file of targets, or a list; what a release says of each figure against them. For a whole plan.
    threads: on how many threads to count; the figures are the same. Ctrl-C stops the run.

    Raises DefinitionError for a wrong definition, parameter, id or period.
    """
    chosen = None if parameters is None else dict(parameters)
    axes, split = _periods(periods), _breakdowns(breakdowns)
    approved = _approvals(approvals)
    aimed_at = _targets(targets)
    if isinstance(plan_or_indicators, _core.Plan):
        definitions = indicators if indicators is not None else _core.shipped_indicators()
        card = _core.evaluate_plan(
            plan_or_indicators,
            definitions,
            dataset,
            periods=axes,
            breakdowns=split,
            parameters=chosen,
            approvals=approved,
            approvals_judged_on=approvals_judged_on,
            targets=aimed_at,
            threads=threads,
        )
        under = definitions.under(plan_or_indicators)
        return Results(card.results, under, dataset, card, chosen, approved, approvals_judged_on)
    if aimed_at:
        raise _core.DefinitionError(
            "targets judge what is released, and a release is made of a whole plan: give a Plan"
        )
    definitions, ids = _wanted(plan_or_indicators, indicators)
    _core.check_approvals(approved, definitions)
    raw = _core.evaluate_indicators(
        definitions,
        ids,
        dataset,
        periods=axes,
        breakdowns=split,
        parameters=chosen,
        force_reference=force_reference,
        threads=threads,
    )
    return Results(raw, definitions, dataset, None, chosen, approved, approvals_judged_on)


def _approvals(given: str | PathLike[str] | Sequence[_core.Approval] | None) -> list[_core.Approval]:
    if given is None:
        return []
    return read_approvals(given) if isinstance(given, str | PathLike) else list(given)


def _targets(given: str | PathLike[str] | Sequence[_core.Target] | None) -> list[_core.Target]:
    if given is None:
        return []
    return read_targets(given) if isinstance(given, str | PathLike) else list(given)


def _wanted(
    plan_or_indicators: _core.Plan | Measure | _core.Indicator | str | Iterable[str | _core.Indicator],
    indicators: _core.IndicatorSet | None,
) -> tuple[_core.IndicatorSet, list[str]]:
    """Give the definitions and the ids that are meant."""
    definitions = indicators if indicators is not None else _core.shipped_indicators()
    if isinstance(plan_or_indicators, _core.Plan):
        return _core.indicators_of_plan(plan_or_indicators, definitions)
    if isinstance(plan_or_indicators, Measure):
        return plan_or_indicators.indicators(), [plan_or_indicators.id]
    if isinstance(plan_or_indicators, str | _core.Indicator):
        return definitions, [_id_of(plan_or_indicators)]
    return definitions, [_id_of(each) for each in plan_or_indicators]


def _periods(given: Periods) -> list[_core.Period | str]:
    return [given] if isinstance(given, str | _core.Period) else list(given)


def _id_of(indicator: str | _core.Indicator) -> str:
    return indicator if isinstance(indicator, str) else indicator.id


def _breakdowns(given: str | Iterable[str | Iterable[str]] | None) -> list[list[str]]:
    if given is None:
        return []
    if isinstance(given, str):
        return [[given]]
    return [[each] if isinstance(each, str) else list(each) for each in given]

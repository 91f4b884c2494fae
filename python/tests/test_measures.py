"""Measures written in Python mean what the same measures mean in a file."""

from __future__ import annotations

import json
from typing import Any

import goldenthread as gt
import pytest

cp_plan = gt.table("cp_plan")
incident = gt.table("domestic_abuse_incident")
open_plan = gt.open(cp_plan.start_date, cp_plan.end_date)
open_plans = gt.person_days(cp_plan.child_id).where(open_plan)
began = gt.count(cp_plan).in_period().where(gt.during(cp_plan.start_date))
referrals = gt.rows("referral").as_("r").by("child_id")

DAYS = {
    "kind": "person-days",
    "timing": "over",
    "of": "cp_plan",
    "where": "open(start_date, end_date)",
    "distinct": ["child_id"],
}
BEGAN = {"kind": "count", "timing": "in", "of": "cp_plan", "where": "during(start_date)"}

SPELLINGS: list[tuple[gt.Measure, dict[str, Any]]] = [
    (
        gt.quantile(gt.days_between(cp_plan.start_date, gt.as_at), "0.9", cp_plan).where(open_plan).by_method(5),
        {
            "kind": "quantile",
            "timing": "at",
            "of": "cp_plan",
            "where": "open(start_date, end_date)",
            "value": "days_between(start_date, as_at)",
            "p": "0.9",
            "method": 5,
        },
    ),
    (open_plans, DAYS),
    (gt.ratio(began, open_plans).per(36525), {"kind": "ratio", "numerator": BEGAN, "denominator": DAYS, "per": 36525}),
    (
        gt.distinct(cp_plan.child_id)
        .where(open_plan)
        .incidence_of(gt.rows("missing_episode"), "start_date")
        .clean_window(gt.days(30)),
        {
            **DAYS,
            "kind": "incidence",
            "events": {"of": "missing_episode", "date": "start_date"},
            "clean_window": "30 days",
        },
    ),
    (
        gt.distinct(cp_plan.child_id)
        .where(open_plan)
        .incidence_of(gt.rows("missing_episode"), "start_date")
        .first_event_only(),
        {
            **DAYS,
            "kind": "incidence",
            "events": {"of": "missing_episode", "date": "start_date"},
            "first_event_only": True,
        },
    ),
    (
        gt.conversion(cp_plan.end_date, cp_plan)
        .where(gt.happened(cp_plan.end_date))
        .step(referrals.where(referrals.referral_nfa == False), referrals.referral_date, gt.months(12))  # noqa: E712
        .exit_by(gt.rows("looked_after_episode").by("child_id"), gt.column("start_date"))
        .quantile_time("0.5"),
        {
            "kind": "conversion",
            "timing": "in",
            "of": "cp_plan",
            "where": "happened(end_date)",
            "day": "end_date",
            "steps": [
                {
                    "of": "referral as r by child_id",
                    "day": "r.referral_date",
                    "where": "r.referral_nfa = false",
                    "within": "12 months",
                }
            ],
            "exits": [{"of": "looked_after_episode by child_id", "day": "start_date"}],
            "statistic": "quantile",
            "p": "0.5",
        },
    ),
    (
        gt.repeat(incident.incident_date, "victim_id", gt.months(12), incident)
        .where(gt.during(incident.incident_date))
        .after_earlier(gt.column("child_present")),
        {
            "kind": "repeat",
            "timing": "in",
            "of": "domestic_abuse_incident",
            "where": "during(incident_date)",
            "day": "incident_date",
            "key": ["victim_id"],
            "within": "12 months",
            "earlier": "child_present",
        },
    ),
    (
        gt.count(cp_plan).where(open_plan).profiled_by("sex", showing=open_plans),
        {
            "kind": "profile",
            "timing": "at",
            "of": "cp_plan",
            "where": "open(start_date, end_date)",
            "profile": {"breakdowns": ["sex"], "measure": DAYS},
        },
    ),
    (
        open_plans.share_of(cp_plan.latest_category == "NEG"),
        {**DAYS, "kind": "share", "numerator": "latest_category = 'NEG'"},
    ),
]


@pytest.mark.parametrize(("built", "slots"), SPELLINGS, ids=lambda x: x.kind if isinstance(x, gt.Measure) else "")
def test_a_built_measure_has_the_slots_of_its_file_and_can_be_evaluated(
    built: gt.Measure, slots: dict[str, Any]
) -> None:
    written = json.loads(built.to_json())["indicators"][0]["measure"]
    assert written == slots
    results = gt.evaluate(built, gt.Dataset(), periods="2019-20")
    assert results["own.measure"].state == "missing"


def test_what_a_file_may_not_mix_python_may_not_either() -> None:
    with pytest.raises(gt.DefinitionError, match="a conversion needs at least one step"):
        gt.evaluate(gt.conversion(cp_plan.end_date, cp_plan), gt.Dataset(), periods="2019-20")
    with pytest.raises(gt.DefinitionError, match="a ratio divides counts, sums or person-days, not a share"):
        gt.evaluate(gt.ratio(began.share_of(open_plan), began), gt.Dataset(), periods="2019-20")
    with pytest.raises(gt.DefinitionError, match="of one table"):
        gt.person_days(cp_plan, cp_plan.child_id)


def test_a_decimal_parameter_is_exact() -> None:
    least = (
        gt.count(cp_plan).where(cp_plan.number_of_previous_plans > gt.parameter("least")).with_parameter("least", 2.5)
    )
    assert json.loads(least.to_json())["indicators"][0]["parameters"] == {"least": {"default": 2.5}}
    results = gt.evaluate(least, gt.Dataset(), periods="2019-20", parameters={"least": "0.125"})
    assert results["own.measure"].about["parameters"] == {"least": "0.125"}

"""The Python spelling builds the tree that the text parses to."""

import datetime
import pickle
from decimal import Decimal

import goldenthread as gt
import pytest

PLAN = gt.table("cp_plan")
EARLIER = gt.rows("cp_plan").as_("q").by("child_id")
DATED = gt.rows("cse_risk_assessment").by("cse_case_id").order_by(gt.column("assessed_date"))

SPELLINGS: list[tuple[str, gt.Expression]] = [
    ("not (latest_category = 'NEG')", ~(PLAN.latest_category == "NEG")),
    ("start_date < as_at and latest_category = 'NEG'", (PLAN.start_date < gt.as_at) & (PLAN.latest_category == "NEG")),
    ("latest_category = 'NEG' or latest_category != 'MUL'", (PLAN.latest_category == "NEG") | (PLAN.latest_category != "MUL")),
    ("start_date >= date '2019-03-31'", PLAN.start_date >= datetime.date(2019, 3, 31)),
    ("number_of_previous_plans * 2 / 4 > 2.5", PLAN.number_of_previous_plans * 2 / 4 > Decimal("2.5")),
    ("-number_of_previous_plans + 1", -PLAN.number_of_previous_plans + 1),
    ("start_date between period.first and period.last", PLAN.start_date.between(gt.period_first, gt.period_last)),
    ("latest_category in ('NEG', 'MUL')", PLAN.latest_category.is_in(["NEG", "MUL"])),
    ("outcome in :outcomes", gt.column("outcome").is_in(gt.parameter("outcomes"))),
    ("factor in group('neglect')", gt.column("factor").in_group("neglect")),
    ("end_date is null", PLAN.end_date.is_null()),
    ("end_date is not null", PLAN.end_date.is_not_null()),
    ("start_date < as_at - :months months", PLAN.start_date < gt.as_at - gt.months(gt.parameter("months"))),
    ("start_date + 15 working days", PLAN.start_date + gt.working_days(15)),
    ("case when latest_category = 'MUL' then 1 else 2 end", gt.case_when(PLAN.latest_category == "MUL", 1).otherwise(2)),
    ("case latest_category when 'NEG' then true else unknown end", gt.case_of(PLAN.latest_category).when("NEG", True).otherwise(None)),
    ("open(start_date, end_date, period.first)", gt.open(PLAN.start_date, PLAN.end_date, gt.period_first)),
    ("coalesce(other_authority, false)", gt.coalesce(PLAN.other_authority, False)),
    ("max of (start_date, period.first)", gt.max_of(PLAN.start_date, gt.period_first)),
    ("months_between(start_date, end_date)", gt.months_between(PLAN.start_date, PLAN.end_date)),
    ("age(person.date_of_birth, as_at) >= 16", gt.age(PLAN.person.date_of_birth, gt.as_at) >= 16),
    ("any(cp_plan as q by child_id where q.start_date < as_at)", gt.any(EARLIER.where(EARLIER.start_date < gt.as_at))),
    ("count(cp_plan as q by child_id) >= 2", gt.count(EARLIER) >= 2),
    ("count(distinct q.latest_category of cp_plan as q by child_id)", gt.count_distinct(EARLIER.latest_category, EARLIER)),
    ("max(q.start_date of cp_plan as q by child_id)", gt.max(EARLIER.start_date, EARLIER)),
    ("last(cse_risk_assessment by cse_case_id order by assessed_date).risk_level", gt.last(DATED).risk_level),
    ("nth(2, cse_risk_assessment by cse_case_id order by assessed_date).risk_level", gt.nth(2, DATED).risk_level),
    ("count(collapse(crisis_spell by child_id gap 0 days))", gt.count(gt.collapse("crisis_spell", gt.days(0)).by("child_id"))),
    (
        "any(latest per (parent_id, ace) (parental_ace by child_id order by recorded_date))",
        gt.any(gt.latest_per(["parent_id", "ace"], gt.rows("parental_ace").by("child_id").order_by(gt.column("recorded_date")))),
    ),
    (
        "any(gaps(cp_review.review_date from start_date until as_at) as g where g.end is null)",
        gt.any(gt.gaps("cp_review", "review_date").from_until(PLAN.start_date, gt.as_at).as_("g").where(gt.column("g.end").is_null())),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "built"), SPELLINGS, ids=[text for text, _ in SPELLINGS])
def test_each_form_builds_the_tree_of_its_text(text: str, built: gt.Expression) -> None:
    written = gt.expression(text)
    assert built.to_text() == written.to_text()
    assert built.same_as(written)
    assert pickle.loads(pickle.dumps(built)).same_as(written)


def test_floating_point_has_no_place_in_an_expression() -> None:
    with pytest.raises(gt.DefinitionError):
        PLAN.number_of_previous_plans.between(2.5, 3)  # type: ignore[arg-type]

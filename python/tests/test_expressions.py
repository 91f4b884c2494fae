"""Python's spelling of expressions builds the same trees as the text."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
from collections.abc import Callable

import goldenthread as gt
import pytest
from goldenthread import DefinitionError, Expression

cp_plan = gt.table("cp_plan")
start, end, category = cp_plan.start_date, cp_plan.end_date, cp_plan.latest_category

PAIRS: list[tuple[Expression, str]] = [
    (category == "NEG", "latest_category = 'NEG'"),
    (category != "NEG", "latest_category != 'NEG'"),
    (category == "O'Neill", "latest_category = 'O''Neill'"),
    (cp_plan.number_of_previous_plans >= 1, "number_of_previous_plans >= 1"),
    (cp_plan.number_of_previous_plans > -1, "number_of_previous_plans > -1"),
    (cp_plan.number_of_previous_plans > 1, "number_of_previous_plans > 1"),
    (start < gt.as_at - gt.months(12), "start_date < as_at - 12 months"),
    (start <= datetime.date(2020, 3, 31), "start_date <= date '2020-03-31'"),
    (start + gt.days(5) > end, "start_date + 5 days > end_date"),
    (start + gt.working_days(15) > end, "start_date + 15 working days > end_date"),
    (start >= gt.as_at - gt.years(2), "start_date >= as_at - 2 years"),
    ((start < end) & (category == "NEG"), "start_date < end_date and latest_category = 'NEG'"),
    ((start < end) | (category == "NEG"), "start_date < end_date or latest_category = 'NEG'"),
    (~(start < end), "not (start_date < end_date)"),
    (
        ((start < end) | (category == "NEG")) & ~(category == "EMO"),
        "(start_date < end_date or latest_category = 'NEG') and not (latest_category = 'EMO')",
    ),
    (category.is_in(["NEG", "MUL"]), "latest_category in ('NEG', 'MUL')"),
    (start.between(gt.period_first, gt.period_last), "start_date between period.first and period.last"),
    (end.is_null(), "end_date is null"),
    (gt.open(start, end), "open(start_date, end_date)"),
    (gt.open(start, end, gt.period_first), "open(start_date, end_date, period.first)"),
    (gt.during(start), "during(start_date)"),
    (gt.happened(start), "happened(start_date)"),
    (gt.known(category), "known(latest_category)"),
    (gt.coalesce(cp_plan.other_authority, False), "coalesce(other_authority, false)"),
    (gt.age(cp_plan.person.date_of_birth, gt.as_at) >= 16, "age(person.date_of_birth, as_at) >= 16"),
    (cp_plan.person.sex == "F", "person.sex = 'F'"),
    (cp_plan["number_of_previous_plans"] * 2 > 3, "number_of_previous_plans * 2 > 3"),
    (gt.known(category) & gt.unknown, "known(latest_category) and unknown"),
    (gt.table("assessment_factor").factor.in_group("neglect"), "factor in group('neglect')"),
]


@pytest.mark.parametrize(("built", "text"), PAIRS, ids=[text for _, text in PAIRS])
def test_both_spellings_give_the_same_tree(built: Expression, text: str) -> None:
    read = gt.expression(text)
    assert built.same_as(read)
    assert built.to_text() == read.to_text()


@pytest.mark.parametrize(("built", "text"), PAIRS, ids=[text for _, text in PAIRS])
def test_the_text_of_a_tree_reads_back_as_the_same_tree(built: Expression, text: str) -> None:
    assert gt.expression(built.to_text()).same_as(built)
    assert pickle.loads(pickle.dumps(built)).same_as(built)
    assert copy.deepcopy(built).same_as(built)


def test_different_trees_are_not_the_same() -> None:
    assert not (category == "NEG").same_as(category == "EMO")
    assert not (start < end).same_as(start <= end)


@pytest.mark.parametrize("misuse", [bool, lambda e: e and e, lambda e: not e, lambda e: e in [category == "EMO"]])
def test_an_expression_has_no_truth_value(misuse: Callable[[Expression], object]) -> None:
    with pytest.raises(TypeError, match=r"same_as\(\)"):
        misuse(category == "NEG")


def test_chained_comparison_is_refused() -> None:
    with pytest.raises(TypeError, match=r"& \| ~"):
        gt.period_first < start < gt.period_last  # noqa: B015


def test_an_expression_cannot_be_a_key() -> None:
    with pytest.raises(TypeError, match=r"to_text\(\)"):
        hash(category)


def test_what_cannot_stand_in_an_expression() -> None:
    with pytest.raises(DefinitionError, match="float"):
        cp_plan.number_of_previous_plans == 1.5  # noqa: B015
    with pytest.raises(DefinitionError, match=r"\.date\(\)"):
        start < datetime.datetime(2020, 3, 31)  # noqa: B015


def test_wrong_text_names_the_place() -> None:
    with pytest.raises(DefinitionError) as caught:
        gt.expression("start_date < < 3")
    assert "^" in caught.value.excerpt
    with pytest.raises(DefinitionError, match="single quotes"):
        gt.expression('latest_category = "NEG"')


def over_12_months() -> gt.Measure:
    """The sketch of a measure of one's own."""
    return (
        gt.distinct(cp_plan.child_id)
        .at_end_of_period()
        .where(gt.open(start, end) & (category == "NEG") & (start < gt.as_at - gt.months(12)))
    )


def test_a_measure_is_an_indicator_file() -> None:
    document = json.loads(over_12_months().named("own.over_12_months", "Over 12 months").to_json())
    (indicator,) = document["indicators"]
    assert document["format"] == "goldenthread/indicators@1"
    assert indicator["id"] == "own.over_12_months"
    assert indicator["measure"]["of"] == "cp_plan"
    assert indicator["measure"]["timing"] == "at"
    assert indicator["measure"]["distinct"] == ["child_id"]
    text = "open(start_date, end_date) and latest_category = 'NEG' and start_date < as_at - 12 months"
    assert gt.expression(indicator["measure"]["where"]).same_as(gt.expression(text))


def test_a_measure_is_tried_at_once() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    day = datetime.date
    plans = {
        "child_id": ["a", "b", "c", "c", "d"],
        "start_date": [day(2019, 3, 30), day(2019, 3, 31), day(2017, 1, 1), day(2018, 1, 1), day(2018, 1, 1)],
        "end_date": [None, None, day(2018, 1, 1), None, None],
        "latest_category": ["NEG", "NEG", "NEG", "NEG", "EMO"],
        "cp_plan_id": ["1", "2", "3", "4", "5"],
    }
    data = gt.Dataset({"cp_plan": pyarrow.table(plans)})
    # a is over 12 months by a day, b is not yet, c's second plan counts, d is on a plan for another reason.
    assert gt.evaluate(over_12_months(), data, "2019-20 Q4")["own.measure"].value == 2
    assert (
        gt.evaluate(gt.count(cp_plan).where(gt.happened(start)).in_period(), data, "2018-19")["own.measure"].value == 2
    )
    neglect = gt.share(cp_plan, category == "NEG").where(gt.open(start, end))
    last = gt.evaluate(neglect, data, "2019-20")["own.measure"].totals[-1]
    assert (last["numerator"], last["denominator"]) == (3, 4)


def test_measures_are_values() -> None:
    base = gt.count(cp_plan)
    narrowed = base.where(category == "NEG")
    assert base.conditions == ()
    assert len(narrowed.conditions) == 1
    with pytest.raises(DefinitionError, match="one table"):
        gt.distinct(cp_plan.child_id, gt.table("referral").child_id)


def test_an_unknown_column_is_named_with_the_nearest() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    data = gt.Dataset({"cp_plan": pyarrow.table({"cp_plan_id": ["1"], "child_id": ["a"]})})
    with pytest.raises(DefinitionError, match="latest_category"):
        gt.evaluate(gt.count(cp_plan).where(cp_plan.lastest_category == "NEG"), data, "2019-20")

"""From Python: plans or indicators in, results out."""

from __future__ import annotations

import datetime
import json
from typing import Any

import goldenthread as gt
import pytest
from goldenthread import DefinitionError, Period

OVER_12 = "neglect.cp_plan_over_12_months"
BY_CATEGORY = "child_sexual_abuse.cp_plans_by_category"


@pytest.fixture(scope="module")
def data() -> gt.Dataset:
    return gt.generate_exampleshire(seed=1, children=600)


@pytest.fixture(scope="module")
def results(data: gt.Dataset) -> gt.Results:
    return gt.evaluate(gt.plans.leicester_2018_2020(), data, ["2018-19", "2019-20"], "default")


def numbers(results: gt.Results) -> list[Any]:
    return [(c["indicator"], c["period"], sorted(c["key"].items(), key=str), c["numerator"]) for c in results.cells()]


def test_a_plan_is_evaluated_whole(results: gt.Results) -> None:
    assert OVER_12 in results.indicators
    assert [p.label for p in results.periods] == ["2018-19", "2019-20"]
    assert results.area == "Exampleshire (synthetic)"
    assert len(results) == len(results.indicators) == len(list(results))
    assert {cell["state"] for cell in results.cells(OVER_12)} <= {"value", "true_zero", "partial"}


@pytest.mark.parametrize(
    "periods",
    ["2019-20", ["2019-20"], Period("2019-20"), [Period("2019-20")], (p for p in ["2019-20"])],
    ids=["text", "list of texts", "Period", "list of Periods", "generator"],
)
def test_periods_are_taken_in_every_form(data: gt.Dataset, periods: Any) -> None:
    computed = gt.evaluate(OVER_12, data, periods)
    assert [p.label for p in computed.periods] == ["2019-20"]
    assert computed[OVER_12].totals[0]["last"] == datetime.date(2020, 3, 31)


def test_indicators_are_taken_in_every_form(data: gt.Dataset) -> None:
    known = gt.shipped_indicators()
    expected = numbers(gt.evaluate(OVER_12, data, "2019-20"))
    assert numbers(gt.evaluate([OVER_12], data, "2019-20")) == expected
    assert numbers(gt.evaluate(known[OVER_12], data, "2019-20")) == expected
    assert numbers(gt.evaluate([known[OVER_12]], data, "2019-20", indicators=known)) == expected
    assert gt.evaluate([OVER_12, BY_CATEGORY], data, "2019-20").indicators == [OVER_12, BY_CATEGORY]


def test_periods_mean_what_they_say() -> None:
    quarter = Period("2019-20 Q4")
    assert (quarter.first, quarter.last) == (datetime.date(2020, 1, 1), datetime.date(2020, 3, 31))
    assert str(quarter) == "2019-20 Q4"
    assert quarter == Period("2019-20 Q4")
    assert len({quarter, Period("2019-20 Q4"), Period("2019-20 Q3")}) == 2
    assert [p.label for p in gt.financial_years_between("2018-04-01", datetime.date(2020, 3, 31))] == [
        "2018-19",
        "2019-20",
    ]
    assert len(gt.quarters_between("2018-04-01", "2020-03-31")) == 8
    assert len(gt.months_between("2018-04-01", "2020-03-31")) == 24
    assert len(gt.rolling_months(12, "2019-04-01", "2020-03-31")) == 12
    to_date = gt.financial_year_to("2019-12-31")
    assert (to_date.first, to_date.last) == (datetime.date(2019, 4, 1), datetime.date(2019, 12, 31))


@pytest.mark.parametrize("text", ["2019-21", "spring", "2019-20 Q5", "2019-13", "2019-02-30", ""])
def test_a_wrong_period_is_one_error(data: gt.Dataset, text: str) -> None:
    with pytest.raises(DefinitionError):
        gt.evaluate(OVER_12, data, text)


def test_no_period_at_all(data: gt.Dataset) -> None:
    with pytest.raises(DefinitionError, match="period"):
        gt.evaluate(OVER_12, data, [])
    with pytest.raises(DefinitionError, match="float"):
        gt.evaluate(OVER_12, data, [2019.5])  # type: ignore[list-item]


def test_breakdowns_are_margins_and_tuples_are_crossed(data: gt.Dataset) -> None:
    margins = gt.evaluate(OVER_12, data, "2019-20", ["sex", "age_band"])
    keys = {tuple(cell["key"]) for cell in margins.cells()}
    assert keys == {(), ("sex",), ("age_band",)}
    crossed = gt.evaluate(OVER_12, data, "2019-20", [("sex", "age_band")])
    assert {tuple(cell["key"]) for cell in crossed.cells()} == {(), ("sex", "age_band")}
    total = margins[OVER_12].totals[0]["numerator"]
    for name in ("sex", "age_band"):
        parts = [c["numerator"] for c in margins.cells() if tuple(c["key"]) == (name,)]
        assert sum(parts) == total
    assert sum(c["numerator"] for c in crossed.cells() if c["key"]) == total
    assert numbers(gt.evaluate(OVER_12, data, "2019-20", "sex")) == numbers(
        gt.evaluate(OVER_12, data, "2019-20", ["sex"])
    )


def test_an_unknown_breakdown_is_named(data: gt.Dataset) -> None:
    with pytest.raises(DefinitionError, match="did you mean 'age_band'"):
        gt.evaluate(OVER_12, data, "2019-20", ["age_bands"])
    with pytest.raises(DefinitionError, match="known: age_band"):
        gt.evaluate(gt.plans.leicester_2018_2020(), data, "2019-20", [("sex", "colour")])


def test_parameters_for_all_and_for_one(data: gt.Dataset) -> None:
    standard = gt.evaluate(OVER_12, data, "2019-20")
    longer = gt.evaluate(OVER_12, data, "2019-20", parameters={"months": 24})
    assert standard.about(OVER_12)["parameters"]["months"] == "12"
    assert longer.about(OVER_12)["parameters"]["months"] == "24"
    assert longer.about(OVER_12)["definition_hash"] != standard.about(OVER_12)["definition_hash"]
    assert longer[OVER_12].totals[0]["numerator"] <= standard[OVER_12].totals[0]["numerator"]
    one = gt.evaluate(OVER_12, data, "2019-20", parameters={OVER_12: {"months": 24}})
    assert numbers(one) == numbers(longer)


def test_a_wrong_parameter_is_one_error(data: gt.Dataset) -> None:
    with pytest.raises(DefinitionError, match="did you mean 'months'"):
        gt.evaluate(OVER_12, data, "2019-20", parameters={"month": 24})
    with pytest.raises(DefinitionError, match="a whole number"):
        gt.evaluate(OVER_12, data, "2019-20", parameters={"months": "many"})
    with pytest.raises(DefinitionError, match="did you mean 'months'"):
        gt.evaluate(OVER_12, data, "2019-20", parameters={OVER_12: {"month": 24}})
    with pytest.raises(DefinitionError, match=f"did you mean '{OVER_12}'") as caught:
        gt.evaluate(OVER_12, data, "2019-20", parameters={"neglect.cp_plan_over_12_month": {"months": 24}})
    assert caught.value.remedy


def test_an_unknown_indicator_is_named_with_the_nearest(data: gt.Dataset) -> None:
    with pytest.raises(DefinitionError, match=OVER_12):
        gt.evaluate("neglect.cp_plan_over_12_month", data, "2019-20")


def test_both_engines_agree(data: gt.Dataset) -> None:
    ids = gt.shipped_indicators().ids
    quarters = gt.quarters_between("2018-04-01", "2020-03-31")
    fast = gt.evaluate(ids, data, quarters, "default")
    plain = gt.evaluate(ids, data, quarters, "default", force_reference=True)
    assert fast.cells() == plain.cells()
    assert "interval" in {fast.about(each)["path"] for each in ids}


def test_results_do_not_depend_on_the_order_of_rows(data: gt.Dataset) -> None:
    polars = pytest.importorskip("polars")
    shuffled = {name: polars.DataFrame(table).reverse() for name, table in data.tables.items()}
    other = gt.Dataset(shuffled, area=data.area, synthetic=True)
    ids = gt.shipped_indicators().ids
    one, two = gt.evaluate(ids, data, "2019-20", "default"), gt.evaluate(ids, other, "2019-20", "default")
    assert one.cells() == two.cells()
    assert one.input_hash == two.input_hash


def test_a_table_that_was_not_supplied_is_missing_not_zero() -> None:
    empty = gt.Dataset({})
    results = gt.evaluate(OVER_12, empty, "2019-20")
    figure = results[OVER_12]
    assert figure.state == "missing"
    assert figure.value is None
    assert "cp_plan" in figure.totals[0]["reason"]
    assert "missing" in repr(figure)


def test_a_card_says_what_it_counts(results: gt.Results) -> None:
    card = results[OVER_12]
    assert card.about["title"] in repr(card)
    assert card.about["meaning"] in repr(card)
    assert "<table>" in card._repr_html_()
    with pytest.raises(DefinitionError, match="not among these results"):
        results["neglect.nothing"]


def test_pandas(results: gt.Results) -> None:
    pandas = pytest.importorskip("pandas")
    frame = results.to_pandas()
    assert len(frame) == len(results.cells())
    assert str(frame["numerator"].dtype) == "Int64"
    assert pandas.api.types.is_datetime64_any_dtype(frame["last"])
    total = frame[(frame["indicator"] == OVER_12) & frame["breakdown"].isna()]
    assert total["numerator"].tolist() == [cell["numerator"] for cell in results[OVER_12].totals]


def test_polars(results: gt.Results) -> None:
    polars = pytest.importorskip("polars")
    frame = results.to_polars()
    assert frame.height == len(results.cells())
    assert frame.schema["numerator"] == polars.Int64
    assert frame.schema["last"] == polars.Date
    assert polars.DataFrame(results).equals(frame)


def test_arrow(results: gt.Results) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    table = results.to_arrow()
    assert table.num_rows == len(results.cells())
    assert table.schema.field("value").type == pyarrow.float64()
    assert pyarrow.table(results).equals(table)
    assert pyarrow.schema(results).equals(table.schema)


def test_duckdb(results: gt.Results) -> None:
    duckdb = pytest.importorskip("duckdb")
    found = duckdb.sql("select count(*), count(distinct indicator) from results").fetchall()
    assert found == [(len(results.cells()), len(results))]


def test_no_cells_at_all_still_have_columns(data: gt.Dataset) -> None:
    pytest.importorskip("pyarrow")
    none = gt.evaluate([], data, "2019-20")
    assert none.to_arrow().num_rows == 0
    assert "numerator" in none.to_arrow().column_names
    assert len(none.to_pandas()) == 0
    assert none.to_polars().height == 0


def test_explain_gives_the_rows_of_a_cell(results: gt.Results, data: gt.Dataset) -> None:
    for figure in results[OVER_12].totals:
        rows = results.explain(OVER_12, figure["period"])
        counted = {row["child_id"] for row in rows if row["role"] == "counted"}
        assert len(counted) == figure["numerator"]
        assert {row["table"] for row in rows} <= {"cp_plan"}
    for cell in results.cells(OVER_12):
        if tuple(cell["key"]) == ("sex",):
            rows = results.explain(OVER_12, Period(cell["period"]), **cell["key"])
            assert len({row["child_id"] for row in rows if row["role"] == "counted"}) == cell["numerator"]


def test_explain_says_why_a_row_is_unknown() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    plans = {
        "cp_plan_id": ["1", "2"],
        "child_id": ["a", "b"],
        "start_date": [datetime.date(2018, 1, 1), datetime.date(2018, 1, 1)],
        "end_date": pyarrow.array([None, None], pyarrow.date32()),
        "latest_category": ["NEG", None],
    }
    none = pyarrow.table({name: pyarrow.array([], pyarrow.string()) for name in ("cp_plan_id", "stage", "category")})
    data = gt.Dataset({"cp_plan": pyarrow.table(plans), "cp_plan_category": none})
    results = gt.evaluate(OVER_12, data, "2019-20")
    total = results[OVER_12].totals[0]
    assert (total["numerator"], total["unknown"]) == (1, 1)
    (unknown,) = [row for row in results.explain(OVER_12, "2019-20") if row["role"] == "unknown"]
    assert unknown["child_id"] == "b"
    assert "latest_category" in unknown["reason"]


def test_explain_of_what_there_is_not(results: gt.Results) -> None:
    with pytest.raises(DefinitionError):
        results.explain("neglect.nothing", "2019-20")
    with pytest.raises(DefinitionError):
        results.explain(OVER_12, "2019-20", colour="red")


def test_protect_hides_small_numbers(results: gt.Results) -> None:
    release = results.protect()
    document = json.loads(release.to_json())
    assert document["format"] == "goldenthread/release@1"
    assert document["title"]["synthetic"] is True
    assert "not attacked: internal use" in document["title"]["certificate"]
    shown = [cell for figure in document["figures"] for cell in figure["cells"]]
    assert not [c for c in shown if isinstance(c["numerator"], int) and 1 <= c["numerator"] <= 5]
    true = {c["numerator"] for c in results.cells() if c["numerator"] is not None}
    assert true & {1, 2, 3, 4, 5}, "the data hold small numbers to hide"
    assert any(c["state"] == "suppressed" for c in shown)
    assert release.to_csv().splitlines()[0].startswith("plan")


def test_protect_names_policies_and_readers(results: gt.Results) -> None:
    with pytest.raises(gt.Error, match="dfe_children_in_need"):
        results.protect("dfe_children_in_needs")
    with pytest.raises(gt.Error, match="board"):
        results.protect(audience="everybody")


def test_only_a_whole_plan_is_released(data: gt.Dataset) -> None:
    with pytest.raises(DefinitionError, match="whole plan"):
        gt.evaluate(OVER_12, data, "2019-20").protect()


def test_rows_and_movements_follow_the_conventions_of_the_plan(data: gt.Dataset) -> None:
    days = [f"2018-06-{day:02}" for day in range(1, 31)]
    document = json.loads(gt.plans.leicester_2018_2020().to_json())
    document["conventions"] = {"end_day": "inclusive"}
    usual = gt.evaluate(gt.plans.leicester_2018_2020(), data, days)
    inclusive = gt.evaluate(gt.Plan.from_json(json.dumps(document)), data, days)
    before = {(c["indicator"], c["period"]): c["numerator"] for c in usual.cells()}
    other = [c for c in inclusive.cells() if c["numerator"] != before[c["indicator"], c["period"]]]
    shares = [c for c in other if inclusive.about(c["indicator"])["measure"] == "share"]
    assert shares
    for cell in shares:
        indicator, day = cell["indicator"], cell["period"]
        rows = [r for r in inclusive.explain(indicator, day) if r["role"] == "numerator"]
        assert len({r["child_id"] for r in rows}) == cell["numerator"]
        assert inclusive.what_moved(indicator, days[0], day).after["numerator"] == cell["numerator"]


def test_definitions_can_be_written_and_read_again() -> None:
    text = gt.shipped_indicators().to_json()
    own = json.loads(text)["indicators"]
    assert [i["id"] for i in own] == gt.shipped_indicators().ids

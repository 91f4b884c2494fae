"""Datasets: tables by their definition, findings, values that can be compared, copied and shown."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from pathlib import Path
from typing import Any

import goldenthread as gt
import pytest

pa = pytest.importorskip("pyarrow")


def plans(**changed: Any) -> Any:
    """Three child protection plans; columns can be changed or, with None, left out."""
    columns: dict[str, Any] = {
        "cp_plan_id": ["1", "2", "3"],
        "child_id": ["0007", "0008", "0009"],
        "start_date": [dt.date(2018, 1, 1), dt.date(2018, 2, 1), dt.date(2018, 3, 1)],
        "end_date": pa.array([None, dt.date(2018, 6, 1), None], pa.date32()),
        "latest_category": ["NEG", "PHY", "MUL"],
    }
    columns.update(changed)
    return pa.table({name: values for name, values in columns.items() if values is not None})


def rules(data: gt.Dataset) -> list[tuple[Any, ...]]:
    found = data.findings
    return list(zip(found["column"], found["rule"], found["action"], found["count"], strict=True))


def test_a_clean_table_has_no_findings() -> None:
    data = gt.Dataset({"cp_plan": plans()}, area="Exampleshire (synthetic)", synthetic=True)
    assert rules(data) == []
    assert data.names == ["cp_plan"]
    assert list(data) == ["cp_plan"]
    assert len(data) == 1
    assert "cp_plan" in data
    assert "person" not in data
    assert 3 not in data
    assert data.area == "Exampleshire (synthetic)"
    assert data.synthetic
    table = data["cp_plan"]
    assert [column.type for column in table.columns] == ["text", "text", "date", "date", "category"]
    assert table["child_id"].to_list() == ["0007", "0008", "0009"]
    assert (table.row_count, len(table), table["end_date"].null_count) == (3, 3, 2)
    assert [(file.name, file.rows_read, file.rows_kept, file.rows_set_aside) for file in data.files] == [
        ("cp_plan", 3, 3, 0)
    ]


def test_an_empty_dataset() -> None:
    data = gt.Dataset()
    assert (data.names, data.area, data.synthetic, len(data.findings), data.files) == ([], None, False, 0, ())


def test_types_come_from_the_definition() -> None:
    data = gt.Dataset(
        {
            "cp_plan": plans(
                child_id=[7, 8, 9],
                start_date=["2018-01-01", " 2018-02-01 ", "2018-03-01T00:00:00"],
                end_date=[float("nan")] * 3,
                latest_category=pa.array([" neg", "Phy", None]).dictionary_encode(),
                number_of_previous_plans=[0.0, None, 2.0],
                other_authority=[1, 0, None],
            )
        }
    )
    table = data["cp_plan"]
    assert table["child_id"].to_list() == ["7", "8", "9"]
    assert table["start_date"].to_list() == [dt.date(2018, 1, 1), dt.date(2018, 2, 1), dt.date(2018, 3, 1)]
    assert table["end_date"].to_list() == [None, None, None]
    assert table["latest_category"].to_list() == ["NEG", "PHY", None]
    assert table["number_of_previous_plans"].to_list() == [0, None, 2]
    assert table["other_authority"].to_list() == [True, False, None]
    assert rules(data) == [("child_id", "number_as_text", "repaired", 1)]


def test_bad_values_are_counted_and_listed_and_their_rows_stay() -> None:
    data = gt.Dataset(
        {
            "cp_plan": plans(
                start_date=["2018-02-31", "1066-10-14", "31/03/2018"],
                latest_category=["NEG", "XX", "XX"],
                number_of_previous_plans=[-1, 0, 1],
            )
        }
    )
    assert data["cp_plan"]["start_date"].to_list() == [None, None, None]
    assert len(data["cp_plan"]) == 3
    assert set(rules(data)) == {
        ("start_date", "date_not_real", "kept", 1),
        ("start_date", "date_out_of_range", "kept", 1),
        ("start_date", "date_unreadable", "kept", 1),
        ("latest_category", "code_unknown", "kept", 2),
        ("number_of_previous_plans", "negative_count", "kept", 1),
    }
    rows = data.findings_rows()
    first = {name: rows[name][0] for name in rows.column_names}
    assert (first["rule"], first["row"], first["key"], first["value"]) == ("date_not_real", 1, "1", "2018-02-31")
    # The counts hold nothing about a person.
    shown = repr(data) + repr(data.findings) + repr(data["cp_plan"]) + repr(rows)
    for personal in ("0007", "2018-02-31", "1066"):
        assert personal not in shown


def test_rows_without_a_key_or_with_one_that_stood_before_are_set_aside() -> None:
    data = gt.Dataset({"cp_plan": plans(cp_plan_id=["1", None, "1"])})
    assert data["cp_plan"]["cp_plan_id"].to_list() == ["1"]
    assert set(rules(data)) == {
        ("cp_plan_id", "key_missing", "set_aside", 1),
        (None, "duplicate_key", "set_aside", 1),
    }
    assert (data.files[0].rows_read, data.files[0].rows_set_aside) == (3, 2)
    twice = gt.Dataset({"cp_plan": pa.concat_tables([plans(), plans()])})
    assert rules(twice) == [(None, "duplicate_row", "set_aside", 3)]


def test_missing_values_and_columns() -> None:
    missing = gt.Dataset({"cp_plan": plans(child_id=["1", " ", None])})
    assert rules(missing) == [("child_id", "value_missing", "kept", 2)]
    absent = gt.Dataset({"cp_plan": plans(cp_plan_id=None, stat_date=[1, 2, 3])})
    assert rules(absent) == [("cp_plan_id", "column_missing", "kept", 1), ("stat_date", "column_unknown", "kept", 1)]
    messages = [text for text in absent.findings["message"] if isinstance(text, str)]
    assert any("did you mean 'start_date'?" in text for text in messages)
    assert absent["cp_plan"]["stat_date"].to_list() == [1, 2, 3]


def test_references_and_derived_columns() -> None:
    data = gt.Dataset(
        {
            "person": pa.table({"child_id": ["0007", "0008"]}),
            "person_disability": pa.table({"child_id": ["0007", "0008"], "disability": ["NONE", "VIS"]}),
            "cp_plan": plans(),
        }
    )
    assert rules(data) == [("child_id", "reference_dangling", "kept", 1)]
    assert data["person"]["disabled"].to_list() == [False, True]


def test_a_table_that_the_schema_does_not_know_is_inferred() -> None:
    data = gt.Dataset({"ward": pa.table({"name": [" Abbey "], "size": [1.5]})})
    assert data["ward"]["name"].to_list() == [" Abbey "]
    assert data["ward"]["size"].type == "decimal"
    assert "types inferred" in data.files[0].kind


def test_types_that_cannot_meet() -> None:
    with pytest.raises(gt.DataError, match="column 'start_date' holds whole numbers and cannot become date") as raised:
        gt.Dataset({"cp_plan": plans(start_date=[1, 2, 3])})
    assert "pandas.to_datetime" in raised.value.remedy


def test_names_that_are_not_there() -> None:
    data = gt.Dataset({"cp_plan": plans()})
    with pytest.raises(gt.DataError, match="'cp_plans' was not supplied") as raised:
        data["cp_plans"]
    assert raised.value.remedy == "did you mean 'cp_plan'?"
    assert raised.value.message == "table 'cp_plans' was not supplied"
    with pytest.raises(LookupError, match="did you mean 'start_date'"):
        data["cp_plan"]["stat_date"]
    with pytest.raises(IndexError):
        data["cp_plan"]["child_id"][3]
    assert data["cp_plan"]["child_id"][-1] == "0009"
    with pytest.raises(TypeError, match="names of tables are text"):
        gt.Dataset({3: plans()})  # type: ignore[dict-item]


def test_our_own_tables_go_in_again() -> None:
    data = gt.Dataset({"cp_plan": plans()})
    assert gt.Dataset({"cp_plan": data["cp_plan"]}) == data
    assert gt.Dataset(data.tables) == data


def test_equality() -> None:
    data = gt.Dataset({"cp_plan": plans()}, area="A")
    assert data == gt.Dataset({"cp_plan": plans()}, area="A")
    assert data != gt.Dataset({"cp_plan": plans()}, area="B")
    assert data != gt.Dataset({"cp_plan": plans()}, area="A", synthetic=True)
    assert data != gt.Dataset({"cp_plan": plans(latest_category=["NEG", "PHY", None])}, area="A")
    assert data != gt.Dataset({"cp_plan": plans(latest_category=["NEG", "PHY", "PHY"])}, area="A")
    assert data != gt.Dataset(area="A")
    assert data != 3
    # The same values count, not how they are stored.
    coded = gt.Dataset(
        {"cp_plan": plans(latest_category=pa.array(["NEG", "PHY", "MUL"]).dictionary_encode())}, area="A"
    )
    assert data == coded
    assert data["cp_plan"] == coded["cp_plan"]
    assert data["cp_plan"]["child_id"] != data["cp_plan"]["cp_plan_id"]


def test_pickling() -> None:
    data = gt.Dataset(
        {
            "cp_plan": plans(start_date=["2018-02-31", "2018-01-01", None], other_authority=[True, None, False]),
            "ward": pa.table({"share": [1.25, None], "count": [1, None]}),
            "empty": pa.table({"x": pa.array([], pa.string())}),
        },
        area="A",
    )
    again = pickle.loads(pickle.dumps(data))
    assert again == data
    assert again.findings == data.findings
    assert again.findings_rows() == data.findings_rows()
    assert [repr(file) for file in again.files] == [repr(file) for file in data.files]
    assert pickle.loads(pickle.dumps(data["ward"])) == data["ward"]
    assert copy.deepcopy(data) == data


@pytest.mark.parametrize(
    "change",
    [
        lambda column: column[:6],
        lambda column: (*column[:3], 10**9, *column[4:]),
        lambda column: (*column[:4], b"", *column[5:]),
        lambda column: (*column[:4], b"\xff\xff\xff\x7f", *column[5:]),
        lambda column: (*column[:5], b"", *column[6:]),
        lambda column: (column[0], 99, *column[2:]),
        lambda column: (*column[:6], []),
    ],
)
def test_a_damaged_pickle_is_an_error(change: Any) -> None:
    table: Any = gt.Dataset({"local": pa.table({"x": ["a"]})})["local"]
    name, columns, sources = table.__getstate__()
    broken: Any = gt.Table.__new__(gt.Table)
    with pytest.raises(gt.DataError, match="pickled state"):
        broken.__setstate__((name, [change(columns[0])], sources))


def test_pictures() -> None:
    data = gt.Dataset({"cp_plan": plans(latest_category=["NEG", "X<Y", None])}, area="<Area>", synthetic=True)
    assert repr(data).startswith("<Dataset, <Area> (synthetic): 1 table, 1 finding>")
    assert "cp_plan  3     cp_plan_id, child_id" in repr(data)
    html = data._repr_html_()
    assert "&lt;Area&gt;" in html
    assert "<Area>" not in html
    assert 'scope="col"' in html
    assert "<caption>Table cp_plan: 3 rows, 5 columns</caption>" in data["cp_plan"]._repr_html_()
    assert "code_unknown" in data.findings._repr_html_()
    assert repr(data["cp_plan"]["end_date"]) == "<Column end_date: date, 3 rows, 2 nulls>"
    assert repr(data.files[0]) == "<SourceFile cp_plan (data frame cp_plan): 3 rows read, 3 kept, 0 set aside>"


def test_errors_have_parts_even_when_raised_from_python() -> None:
    error = gt.DefinitionError("unknown")
    assert (error.message, error.place, error.remedy, error.file, error.indicator) == ("", "", "", "", "")
    assert isinstance(error, (gt.Error, ValueError, LookupError))
    assert issubclass(gt.CalculationError, ValueError)
    assert not issubclass(gt.DisclosureError, LookupError)
    with pytest.raises(gt.DataError) as raised:
        gt.Dataset({"cp_plan": 3})  # type: ignore[dict-item]
    again = pickle.loads(pickle.dumps(raised.value))
    assert (str(again), again.remedy) == (str(raised.value), raised.value.remedy)


def test_reading_canonical_tables(tmp_path: Path) -> None:
    (tmp_path / "cp_plan.csv").write_text(
        "cp_plan_id,child_id,start_date,end_date,latest_category\n"
        "1,0007,2018-01-01,,neg\n2,0008,2018-02-01,2018-06-01,PHY\n3,0009,2018-03-01,,MUL\n",
        encoding="utf-8",
    )
    read = gt.read_tables(tmp_path, area="A")
    assert read.area == "A"
    for column in ("cp_plan_id", "child_id", "start_date", "end_date", "latest_category"):
        assert read["cp_plan"][column].to_list() == gt.Dataset({"cp_plan": plans()})["cp_plan"][column].to_list()
    assert gt.read_tables(str(tmp_path)) == gt.read_tables(bytes(tmp_path))
    merged = gt.merge_datasets(read, read)
    assert len(merged["cp_plan"]) == 3


@pytest.mark.parametrize("reader", [gt.read_tables, gt.read_cin_census, gt.read_ssda903])
def test_readers_say_what_is_not_there(reader: Any, tmp_path: Path) -> None:
    with pytest.raises(gt.DataError, match="nowhere"):
        reader(tmp_path / "nowhere")
    with pytest.raises(TypeError):
        reader(3)

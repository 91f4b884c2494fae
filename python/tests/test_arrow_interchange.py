"""Tables of other libraries go in, ours go out, without adapters."""

from __future__ import annotations

import datetime as dt
import gc
from decimal import Decimal
from typing import Any

import goldenthread as gt
import pytest

pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
duckdb = pytest.importorskip("duckdb")

D1, D2 = dt.date(2018, 3, 31), dt.date(2019, 4, 1)


def cells(source: Any, column: str = "x") -> list[Any]:
    """The column after it went in with its type inferred."""
    return column_of(source, column).to_list()


def column_of(source: Any, column: str = "x") -> gt.Column:
    return gt.Dataset({"local": source})["local"][column]


# In: every layout, as each library hands it over.

ARROW_LAYOUTS = [
    (pa.int8(), [1, None, -2], "int64"),
    (pa.uint8(), [1, None, 2], "int64"),
    (pa.int16(), [1, None, -2], "int64"),
    (pa.uint16(), [1, None, 2], "int64"),
    (pa.int32(), [1, None, -2], "int64"),
    (pa.uint32(), [1, None, 2], "int64"),
    (pa.int64(), [1, None, -2], "int64"),
    (pa.uint64(), [1, None, 2], "int64"),
    (pa.float32(), [1.0, None, 2.0], "int64"),
    (pa.float64(), [1.0, None, 2.0], "int64"),
    (pa.bool_(), [True, None, False], "boolean"),
    (pa.date32(), [D1, None, D2], "date"),
    (pa.date64(), [D1, None, D2], "date"),
    (pa.string(), ["a", None, "a text of more than twelve bytes"], "text"),
    (pa.large_string(), ["a", None, "a text of more than twelve bytes"], "text"),
    (pa.string_view(), ["a", None, "a text of more than twelve bytes"], "text"),
    (pa.decimal128(10, 2), [Decimal("1.50"), None, Decimal("-2.25")], "decimal"),
    (pa.decimal256(40, 2), [Decimal("1.50"), None, Decimal("-2.25")], "decimal"),
    (pa.decimal32(9, 2), [Decimal("1.50"), None, Decimal("-2.25")], "decimal"),
    (pa.decimal64(18, 2), [Decimal("1.50"), None, Decimal("-2.25")], "decimal"),
    (pa.decimal128(38, 0), [Decimal(7), None, Decimal(8)], "int64"),
    (pa.null(), [None, None, None], "text"),
]


@pytest.mark.parametrize(("layout", "values", "inferred"), ARROW_LAYOUTS, ids=lambda v: str(v)[:24])
def test_every_layout_of_pyarrow(layout: Any, values: list[Any], inferred: str) -> None:
    whole = pa.table({"x": pa.array(values, layout)})
    assert column_of(whole).type == inferred
    assert cells(whole) == values
    # Slices have offsets; several batches are joined; no batch at all is an empty column.
    assert cells(whole.slice(1)) == values[1:]
    assert cells(pa.concat_tables([whole.slice(1), whole, whole.slice(2)])) == values[1:] + values + values[2:]
    assert cells(whole.slice(0, 0)) == []
    assert cells(pa.table({"x": pa.chunked_array([], layout)})) == []


@pytest.mark.parametrize("offset", range(9))
def test_slices_that_begin_within_a_byte(offset: int) -> None:
    truths = [i % 3 == 0 if i % 5 else None for i in range(40)]
    days = [D1 + dt.timedelta(i) if i % 4 else None for i in range(40)]
    codes = pa.array([None if i % 6 == 0 else "abc"[i % 3] for i in range(40)]).dictionary_encode()
    sliced = pa.table({"x": truths, "d": days, "c": codes}).slice(offset, 20)
    read = gt.Dataset({"local": sliced})["local"]
    for name in ("x", "d", "c"):
        assert read[name].to_list() == sliced[name].to_pylist()
    assert pa.table(read).to_pydict() == sliced.to_pydict()


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_times_are_cut_to_the_day(unit: str) -> None:
    times = [dt.datetime(2018, 3, 31, 23, 59, 59), None, dt.datetime(1969, 12, 31, 1)]
    assert cells(pa.table({"x": pa.array(times, pa.timestamp(unit))})) == [D1, None, dt.date(1969, 12, 31)]


def test_times_with_a_zone() -> None:
    midnight = pd.DataFrame({"x": pd.to_datetime(["2018-03-31"]).tz_localize("UTC")})
    assert cells(midnight) == [D1]
    late = gt.Dataset({"local": pd.DataFrame({"x": pd.to_datetime(["2018-03-31 23:00"]).tz_localize("UTC")})})
    assert late.findings["rule"].to_list() == ["utc_time_cut"]
    with pytest.raises(gt.DataError, match="Europe/London") as raised:
        cells(pd.DataFrame({"x": pd.to_datetime(["2018-03-31"]).tz_localize("Europe/London")}))
    assert "local times without a zone" in raised.value.remedy


@pytest.mark.parametrize("index", [pa.int8(), pa.uint8(), pa.int16(), pa.uint16(), pa.int32(), pa.uint32(), pa.int64()])
@pytest.mark.parametrize("text", [pa.string(), pa.large_string(), pa.string_view()])
def test_dictionaries_over_any_integer(index: Any, text: Any) -> None:
    codes = pa.DictionaryArray.from_arrays(pa.array([1, None, 0, 1], index), pa.array(["a", "b"], text))
    assert column_of(pa.table({"x": codes})).type == "label"
    assert cells(pa.table({"x": codes})) == ["b", None, "a", "b"]
    assert cells(pa.table({"x": codes}).slice(1, 2)) == [None, "a"]


def test_a_dictionary_of_its_own_in_each_batch() -> None:
    kind = pa.dictionary(pa.int8(), pa.string())
    batches = [
        pa.record_batch([pa.array(values, pa.string()).dictionary_encode().cast(kind)], names=["x"])
        for values in (["a", "b"], ["b", None, "c"], ["d"])
    ]
    reader = pa.RecordBatchReader.from_batches(batches[0].schema, batches)
    assert cells(reader) == ["a", "b", "b", None, "c", "d"]


def test_run_end_encoded() -> None:
    runs = pa.RunEndEncodedArray.from_arrays(pa.array([2, 3, 6], pa.int32()), pa.array(["a", None, "b"]))
    whole = pa.table({"x": runs})
    assert cells(whole) == ["a", "a", None, "b", "b", "b"]
    assert cells(whole.slice(1, 3)) == ["a", None, "b"]


def test_null_entries_of_a_dictionary() -> None:
    codes = pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.int32()), pa.array(["a", None]))
    assert cells(pa.table({"x": codes})) == ["a", None]


def test_polars() -> None:
    frame = pl.DataFrame(
        {
            "text": ["a", None, "a text of more than twelve bytes"],
            "cat": pl.Series(["x", "y", None], dtype=pl.Categorical),
            "enum": pl.Series(["x", "y", None], dtype=pl.Enum(["x", "y"])),
            "day": [D1, None, D2],
            "time": [dt.datetime(2018, 3, 31, 12), None, dt.datetime(2019, 4, 1)],
            "count": [1, None, 3],
            "share": pl.Series([Decimal("0.50"), None, Decimal("1.25")], dtype=pl.Decimal(10, 2)),
            "flag": [True, None, False],
            "nothing": [None, None, None],
        }
    )
    expected = frame.with_columns(pl.col("time").dt.date()).to_dict(as_series=False)
    read = gt.Dataset({"local": frame})["local"]
    assert {name: read[name].to_list() for name in read.column_names} == expected
    types = {column.name: column.type for column in read.columns}
    assert types == {
        "text": "text",
        "cat": "label",
        "enum": "label",
        "day": "date",
        "time": "date",
        "count": "int64",
        "share": "decimal",
        "flag": "boolean",
        "nothing": "text",
    }
    tail = gt.Dataset({"local": frame.slice(1, 2)})["local"]
    assert tail["cat"].to_list() == ["y", None]
    assert tail["day"].to_list() == [None, D2]


def test_pandas() -> None:
    frame = pd.DataFrame(
        {
            "text": ["a", None, "b"],
            "object": pd.Series(["a", None, "b"], dtype=object),
            "cat": pd.Categorical(["x", None, "y"]),
            "time": pd.to_datetime(["2018-03-31 12:00", None, "2019-04-01 00:00"]),
            "day": [D1, None, D2],
            "gaps": [1, None, 3],  # pandas makes these floating point
            "nullable": pd.array([1, None, 3], dtype="Int32"),
            "flag": [True, False, True],
            "share": [0.5, None, 0.1],
        }
    )
    read = gt.Dataset({"local": frame})["local"]
    assert {name: read[name].to_list() for name in read.column_names} == {
        "text": ["a", None, "b"],
        "object": ["a", None, "b"],
        "cat": ["x", None, "y"],
        "time": [D1, None, D2],
        "day": [D1, None, D2],
        "gaps": [1, None, 3],
        "nullable": [1, None, 3],
        "flag": [True, False, True],
        "share": [Decimal("0.5"), None, Decimal("0.1")],
    }


def test_duckdb() -> None:
    query = """
        select * from (values
            ('a', date '2018-03-31', timestamp '2018-03-31 12:00:00', 1, 1.50::decimal(10, 2), true, 'x'::mood),
            (null, null, null, null, null, null, null),
            ('a text of more than twelve bytes', date '2019-04-01', timestamp '2019-04-01', 3, -2.25, false, 'y')
        ) t(text, day, time, count, amount, flag, mood)
    """
    expected = {
        "text": ["a", None, "a text of more than twelve bytes"],
        "day": [D1, None, D2],
        "time": [D1, None, D2],
        "count": [1, None, 3],
        "amount": [Decimal("1.50"), None, Decimal("-2.25")],
        "flag": [True, None, False],
        "mood": ["x", None, "y"],
    }
    with duckdb.connect() as connection:
        connection.sql("create type mood as enum ('x', 'y')")
        for setting in (
            None,
            "arrow_large_buffer_size=true",
            "arrow_output_version='1.4'",
            "produce_arrow_string_view=true",
        ):
            if setting:
                connection.sql(f"set {setting}")
            read = gt.Dataset({"local": connection.sql(query)})["local"]
            assert {name: read[name].to_list() for name in read.column_names} == expected
        total = connection.sql("select sum(i) as total, count(*) as rows from range(1000) t(i)")
        read = gt.Dataset({"local": total})["local"]
        assert (read["total"].to_list(), read["total"].type) == ([499500], "int64")
        many = connection.sql("select i::int as i, (i % 7)::varchar as t from range(300000) r(i)")
        read = gt.Dataset({"local": many})["local"]
        assert len(read) == 300_000
        assert read["i"][299_999] == 299_999
        assert read["t"][-1] == str(299_999 % 7)


def test_the_memory_of_a_frame_outlives_the_frame() -> None:
    def read() -> gt.Table:
        frame = pl.DataFrame(
            {"n": range(1000), "d": [D1] * 1000, "c": pl.Series(["x", "y"] * 500, dtype=pl.Categorical)}
        )
        return gt.Dataset({"local": frame})["local"]

    table = read()
    gc.collect()
    assert table["n"].to_list() == list(range(1000))
    assert set(table["d"].to_list()) == {D1}
    assert table["c"].to_list()[:3] == ["x", "y", "x"]
    frame = pl.DataFrame(table)
    del table
    gc.collect()
    assert frame["n"].sum() == 499500


# Out.


@pytest.fixture
def table() -> gt.Table:
    source = pa.table(
        {
            "text": ["a", None, "caf\u00e9"],
            "label": pa.array(["x", "y", None]).dictionary_encode(),
            "day": pa.array([D1, None, D2], pa.date32()),
            "count": pa.array([1, None, -3], pa.int64()),
            "amount": pa.array([Decimal("1.50"), None, Decimal("-2.25")], pa.decimal128(10, 2)),
            "flag": [True, None, False],
        }
    )
    return gt.Dataset({"local": source})["local"]


EXPECTED: dict[str, list[Any]] = {
    "text": ["a", None, "caf\u00e9"],
    "label": ["x", "y", None],
    "day": [D1, None, D2],
    "count": [1, None, -3],
    "amount": [Decimal("1.50"), None, Decimal("-2.25")],
    "flag": [True, None, False],
}


def test_out_to_pyarrow(table: gt.Table) -> None:
    made = pa.table(table)
    made.validate(full=True)
    assert made.to_pydict() == EXPECTED
    assert [str(field.type) for field in made.schema] == [
        "string",
        "dictionary<values=string, indices=int32, ordered=0>",
        "date32[day]",
        "int64",
        "decimal128(38, 2)",
        "bool",
    ]
    assert pa.schema(table) == made.schema
    assert pa.RecordBatchReader.from_stream(table).read_all() == made


def test_out_as_plain_text(table: gt.Table) -> None:
    made = pa.table(table.plain_text())
    assert str(made.schema.field("label").type) == "string"
    assert pa.schema(table.plain_text()) == made.schema
    assert made.to_pydict() == EXPECTED
    asked = pa.schema([field.with_type(pa.string()) if field.name == "label" else field for field in pa.schema(table)])
    assert pa.RecordBatchReader.from_stream(table, schema=asked).schema.field("label").type == pa.string()


def test_out_to_polars(table: gt.Table) -> None:
    made = pl.DataFrame(table)
    assert made.to_dict(as_series=False) == EXPECTED
    assert made.schema["label"] == pl.Categorical()
    assert made.schema["day"] == pl.Date()


def test_out_to_pandas(table: gt.Table) -> None:
    made = pd.DataFrame.from_arrow(table)
    assert str(made["label"].dtype) == "category"
    assert made["text"].tolist()[0] == "a"
    assert made["day"].tolist() == [D1, None, D2]
    assert made["amount"].tolist()[0] == Decimal("1.50")


def test_out_to_duckdb(table: gt.Table) -> None:
    with duckdb.connect() as connection:
        connection.register("ours", table)
        rows = connection.sql("select * from ours").fetchall()
        assert rows == list(zip(*EXPECTED.values(), strict=True))
        # The same table answers again and again.
        assert connection.sql("select count(*) from ours where label = 'x'").fetchall() == [(1,)]
        assert connection.from_arrow(table).fetchall() == rows


def test_duckdb_finds_a_variable(table: gt.Table) -> None:
    ours = table
    assert duckdb.sql("select sum(count) from ours").fetchall() == [(-2,)]
    assert len(ours) == 3


def test_each_stream_is_new_and_outlives_the_table(table: gt.Table) -> None:
    first, second = table.__arrow_c_stream__(), table.__arrow_c_stream__()
    del table
    gc.collect()

    class Holder:
        def __init__(self, capsule: Any) -> None:
            self.capsule = capsule

        def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
            return self.capsule

    assert pa.table(Holder(first)).to_pydict() == EXPECTED
    assert gt.Dataset({"local": Holder(second)})["local"]["count"].to_list() == EXPECTED["count"]
    with pytest.raises(gt.DataError, match="released or read before"):
        gt.Dataset({"local": Holder(second)})


def test_a_released_schema_capsule(table: gt.Table) -> None:
    with pytest.raises(ValueError, match="PyCapsule"):
        table.__arrow_c_stream__("not a capsule")


def test_round_trips_through_every_library(table: gt.Table) -> None:
    ours = table
    for made in (pa.table(table), pl.DataFrame(table), pd.DataFrame.from_arrow(table), duckdb.sql("from ours"), ours):
        again = gt.Dataset({"local": made})["local"]
        assert {name: again[name].to_list() for name in again.column_names} == EXPECTED


def test_empty_tables_go_out() -> None:
    empty = pa.table(
        {
            "t": pa.array([], pa.string()),
            "c": pa.array([], pa.string()).dictionary_encode(),
            "d": pa.array([], pa.date32()),
        }
    )
    table = gt.Dataset({"local": empty})["local"]
    assert len(table) == 0
    assert pa.table(table).num_rows == 0
    assert pl.DataFrame(table).shape == (0, 3)
    assert pd.DataFrame.from_arrow(table).shape == (0, 3)
    ours = table
    assert duckdb.sql("from ours").fetchall() == []
    assert len(ours) == 0
    nulls = gt.Dataset({"local": pa.table({"c": pa.nulls(2, pa.dictionary(pa.int32(), pa.string()))})})["local"]
    assert pa.table(nulls).to_pydict() == {"c": [None, None]}
    assert pl.DataFrame(nulls)["c"].to_list() == [None, None]


# Refused, with a remedy.


@pytest.mark.parametrize(
    ("layout", "values"),
    [
        (pa.list_(pa.int64()), [[1]]),
        (pa.struct([("a", pa.int64())]), [{"a": 1}]),
        (pa.binary(), [b"x"]),
        (pa.time64("us"), [dt.time(1)]),
        (pa.duration("s"), [dt.timedelta(1)]),
        (pa.float16(), [1.0]),
    ],
    ids=str,
)
def test_layouts_that_are_not_supported(layout: Any, values: list[Any]) -> None:
    with pytest.raises(gt.DataError, match="column 'x' has the Arrow format") as raised:
        gt.Dataset({"local": pa.table({"x": pa.array(values, layout)})})
    assert raised.value.place == "column x"
    assert "leave the column out" in raised.value.remedy


@pytest.mark.parametrize(
    "series", [pl.Series(["a"]), pd.Series(["a"]), pa.chunked_array([["a"]])], ids=["polars", "pandas", "pyarrow"]
)
def test_a_single_column_is_no_table(series: Any) -> None:
    with pytest.raises(gt.DataError, match="not a table") as raised:
        gt.Dataset({"local": series})
    assert "data frame" in raised.value.remedy


@pytest.mark.parametrize(
    "thing", [None, 3, "person.csv", [{"a": 1}], pl.LazyFrame({"x": [1]})], ids=lambda v: type(v).__name__
)
def test_things_that_are_no_tables(thing: Any) -> None:
    with pytest.raises(gt.DataError, match=f"a {type(thing).__name__} cannot be read as a table"):
        gt.Dataset({"local": thing})


def test_a_producer_that_fails_half_way() -> None:
    def batches() -> Any:
        yield pa.record_batch([[1]], names=["x"])
        raise RuntimeError("the connection broke")

    reader = pa.RecordBatchReader.from_batches(pa.schema([("x", pa.int64())]), batches())
    with pytest.raises(gt.DataError, match="the connection broke"):
        gt.Dataset({"local": reader})


def test_an_exporter_that_raises() -> None:
    class Broken:
        def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
            raise RuntimeError("not today")

    with pytest.raises(RuntimeError, match="not today"):
        gt.Dataset({"local": Broken()})


def test_a_column_that_stands_twice() -> None:
    with pytest.raises(gt.DataError, match="stands twice"):
        gt.Dataset({"local": pa.table([[1], [2]], names=["x", "x"])})

"""The typed frame of a kind of register, and the pandera schema that holds it by itself."""

from __future__ import annotations

import unicodedata
from typing import Any

import numpy as np
import pandas as pd
import pandera.errors
import pandera.pandas as pandera
import pytest
from tests.checks.registers import book, table

from lbt_audit.frames.frame import Frame
from lbt_audit.frames.pandas import to_pandas
from lbt_audit.model.cell import CellKind, State
from lbt_audit.resources import data_dir
from lbt_audit.schemas import standards
from lbt_audit.schemas.frames import frame_schema
from lbt_audit.schemas.load import load_dictionary
from lbt_audit.schemas.typed import CATEGORIES, COMPANIONS, typed_frame
from lbt_audit.schemas.validate import validate

DICTIONARY = load_dictionary(data_dir("schemas"))
NOTHING = ("", "无", "不详", "/", "—", "#REF!", "同上", "🙂", "　 ", "x" * 300)
WRITTEN = {
    "child_name": ("杨晓峰", " 杨晓峰 ", "李　明", "阿依古丽•买买提", "杨晓峰（曾用名：杨小峰）", "王?", "张三2", "Li Ying",
                   "杨"),
    "id_no": ("52990120150312001X", "52990120150312001x", "529901 20150312 001X", "529901201503120011", "5299012015",
              "身份证号：52990120150312001X", "5.29901201503120E+17", "529901201513120011", "E12345678", "未上户"),
    "birth_date": ("2015-03-12", "2015年3月12日", "2015.3", "2015", "20150230", "农历三月", "春节后", "常年", "3.12", "5月"),
    "father_phone": ("13885720001", "138 8572 0001", "0857-8221234", "13885720001/13885720002", "+86 13885720001",
                     "1388572000", "13800138000", "打不通"),
    "sex": ("男", "女", "南", "1", "male", "男女"),
    "aid": ("低保", "低保、临时救助", "低保，别的", "无"),
    "both_away": ("是", "√", "×", "否", "也许", "父母都在外"),
    "guardian_rel": ("祖父", "爷爷", "幺叔", "邻村的", "61", "外婆"),
    "ethnicity": ("苗族", "汉", "穿青人", "布衣", "其他"),
    "age": ("11", "十一", "11岁", "十几岁", "-3", "120", "11.5"),
    "father_work_place": ("浙江省宁波市", "浙江", "外面", "广东东莞虎门镇"),
    "live_addr": ("青禾县白石镇珠岩村三组", "白石镇"),
    "grade": ("三年级", "七(3)班", "火箭", "大班"),
    "class_name": ("三（2）班", "301班", "火箭班"),
    "disability_card": ("52990120150312001X43", "52990120150312001X", "无"),
    "xueji_no": ("G52990120150312001X", "g52990120150312001X", "G529901201503120014", "201503120013"),
    "remark": ("父亲已去世", " 说明 ", "ａｂｃ"),
}  # fmt: skip
"""Column → texts as people write them, right, odd and wrong; every kind of value is there."""


def frame() -> Frame:
    texts = {field: (*written, *NOTHING) for field, written in WRITTEN.items()}
    longest = max(map(len, texts.values()))
    rows = [{field: written[i % len(written)] for field, written in texts.items()} for i in range(longest)]
    return book(table(rows)).frames["roster"]


FRAME = frame()
TYPED = to_pandas(FRAME)


def failing(schema: Any, data: pd.DataFrame) -> set[tuple[str, str, int]]:
    """(column, check, position) of every value that a pandera schema does not let pass."""
    try:
        schema.validate(data.reset_index(drop=True), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        cases = cases[cases["index"].notna()]  # not of a column that lacks
        return set(zip(cases["column"], cases["check"], cases["index"].astype(int), strict=True))
    return set()


def test_every_kind_of_value_is_tried() -> None:
    from lbt_audit.values.registry import KINDS

    assert {DICTIONARY.fields[field].kind for field in WRITTEN} == set(KINDS)


@pytest.mark.parametrize("field", WRITTEN)
def test_nothing_that_is_written_is_lost(field: str) -> None:
    typed, column = FRAME[field], TYPED[field]
    kind = typed.kind.name
    written = [text.strip() for text in typed.text.to_pylist()]
    for i, text in enumerate(written):
        value = column.iloc[i]
        if typed.state[i] <= State.BLANK:
            assert pd.isna(value)
        elif kind in COMPANIONS:
            beside = TYPED[field + ".text"].iloc[i]
            assert (pd.isna(beside) and not pd.isna(value)) or beside == text
        elif kind in CATEGORIES:
            assert value == (typed.facets["code"][i].as_py() if typed.state[i] == State.OK else text)
        else:
            assert _folded(value) == _folded(text)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def test_types_and_places() -> None:
    types = {str(TYPED[field].dtype) for field in ("birth_date", "age", "sex", "id_no", "birth_date.text")}
    assert types == {"datetime64[s]", "Int64", "category", "str"}
    assert TYPED.index.names == ["file", "sheet", "row"] and TYPED.index[0] == ("a.xlsx", "Sheet1", 5)
    first = TYPED.iloc[:4]
    assert first["birth_date"].tolist() == [
        pd.Timestamp("2015-03-12"), pd.Timestamp("2015-03-12"), pd.Timestamp("2015-03-01"), pd.Timestamp("2015-01-01"),
    ]  # fmt: skip
    assert (
        first["birth_date.text"].tolist()[2:] == ["2015.3", "2015"]
        and first["birth_date.text"][:2].isna().all()
    )
    assert first["id_no"].tolist() == ["52990120150312001X"] * 3 + ["529901201503120011"]
    assert first["sex"].tolist() == ["male", "female", "南", "male"]


def test_the_order_is_that_of_the_kind() -> None:
    columns = [c for c in TYPED.columns if not c.endswith(".text")]
    assert columns == [f for f in DICTIONARY.kinds["roster"].columns if f in WRITTEN]


def test_a_schema_finds_by_itself_what_the_audit_finds() -> None:
    checks = {field: DICTIONARY.kinds["roster"].columns[field] for field in WRITTEN}
    found = {
        (failure.field, failure.what, row)
        for failure in validate("roster", checks, {field: FRAME[field] for field in WRITTEN})
        for row in failure.rows.tolist()
    }
    schema = frame_schema(DICTIONARY.kinds["roster"], DICTIONARY.fields, FRAME.context)
    alone = {
        (column.removesuffix(".text"), check.rpartition(": ")[2].partition("(")[0], row)
        for column, check, row in failing(schema, TYPED)
        if check not in ("not_nullable", "column_in_dataframe")
    }
    assert alone == found and len(found) > 60


def test_a_failure_names_file_sheet_row_and_fault() -> None:
    schema = frame_schema(DICTIONARY.kinds["roster"], DICTIONARY.fields, FRAME.context)
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        schema.validate(TYPED, lazy=True)
    cases = caught.value.failure_cases.set_index("check")
    case = cases.loc["code(sex): unlisted"].iloc[0]
    assert (case["column"], case["failure_case"], case["index"]) == ("sex", "南", "('a.xlsx', 'Sheet1', 7)")


def test_columns_that_are_always_required_must_be_there_and_filled() -> None:
    schema = frame_schema(DICTIONARY.kinds["dormitory"], DICTIONARY.fields)
    right = pd.DataFrame({"child_name": ["杨晓峰"], "dorm_room": ["301"]})
    assert schema.validate(right, lazy=True).equals(right)
    with pytest.raises(pandera.errors.SchemaErrors, match="dorm_room"):
        schema.validate(right.drop(columns="dorm_room"), lazy=True)
    with pytest.raises(pandera.errors.SchemaErrors, match="not_nullable"):
        schema.validate(right.assign(dorm_room=pd.array([None], "str")), lazy=True)


def test_checks_are_registered_with_pandera_for_frames_of_anybody() -> None:
    standards.register()
    schema = pandera.DataFrameSchema({
        "number": pandera.Column(str, pandera.Check.citizen_id(fault="check_digit")),
        "sex": pandera.Column(str, pandera.Check.code("sex")),
        "day": pandera.Column(str, pandera.Check.calendar_date(fault="impossible"), nullable=True),
    })  # fmt: skip
    data = pd.DataFrame({
        "number": ["52990120150312001X", "529901201503120011"], "sex": ["男", "南"], "day": ["2015.2.30", None],
    })  # fmt: skip
    assert {(column, row) for column, _, row in failing(schema, data)} == {
        ("number", 1),
        ("sex", 1),
        ("day", 0),
    }


def test_a_column_is_parsed_once_per_validation_and_never_where_an_audit_has(monkeypatch: Any) -> None:
    calls: list[str] = []
    parse = standards.type_column
    monkeypatch.setattr(standards, "type_column", lambda *a: calls.append(a[2].name) or parse(*a))
    columns = {field: FRAME[field] for field in WRITTEN}
    checks = {field: DICTIONARY.kinds["roster"].columns[field] for field in WRITTEN}
    assert validate("roster", checks, columns) and calls == []
    schema = frame_schema(DICTIONARY.kinds["roster"], DICTIONARY.fields, FRAME.context)
    assert failing(schema, TYPED) and len(calls) == len(WRITTEN)


def test_cells_of_numbers_and_dates_are_read_as_such() -> None:
    rows = [{"birth_date": ("2015-03-12", CellKind.DATE), "age": ("11", CellKind.NUMBER)},
            {"birth_date": ("2015.1", CellKind.NUMBER), "age": ("#N/A", CellKind.ERROR)}]  # fmt: skip
    data = to_pandas(book(table(rows)).frames["roster"])
    assert data["birth_date"].iloc[0] == pd.Timestamp("2015-03-12") and pd.isna(data["birth_date"].iloc[1])
    assert data["birth_date.text"].iloc[1] == "2015.1" and data["age.text"].iloc[1] == "#N/A"


def test_no_records() -> None:
    empty = {field: type(typed)(typed.kind, typed.text[:0], typed.state[:0], typed.faults[:0],
                                {k: v[:0] for k, v in typed.facets.items()})
             for field, typed in ((f, FRAME[f]) for f in WRITTEN)}  # fmt: skip
    assert len(typed_frame(empty)) == 0
    assert validate("roster", {f: DICTIONARY.fields[f].checks for f in empty}, empty) == []
    assert np.array_equal(typed_frame({}).columns, [])

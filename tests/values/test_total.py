"""Every parser takes any text under any kind of cell, and its answer fits its declaration."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lbt_audit.model.cell import CellKind, State
from lbt_audit.values.column import type_column
from lbt_audit.values.registry import KINDS

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")
LISTS = {"code": "health", "codes": "aid", "yes_no": "yes_no"}
BITS = "0123456789.-/xXGE+'’()（）√×年月日号级班农历初一二三十村镇省市浙江宁波李明爷奶苗无—同上 \u3000\u200b\ud800\ue000□"
TEXTS = st.one_of(
    st.text(alphabet=st.characters(), max_size=40),  # surrogates included
    st.text(alphabet=BITS, max_size=24),
    st.from_regex(r"[0-9]{1,22}[Xx]?", fullmatch=True),
    st.from_regex(r"-?[0-9]{1,3}(\.[0-9]{1,17})?E[+-]?[0-9]{1,3}", fullmatch=True),
    st.from_regex(r"[0-9]{1,4}[-./年][0-9]{1,2}([-./月][0-9]{1,2}日?)?", fullmatch=True),
)
KIND_OF_FACET = {bool: (bool, np.bool_), int: (int, np.integer), str: (str,)}


def test_all_kinds_of_the_contract_are_there():
    assert set(KINDS) == {
        "name", "citizen_id", "date", "phone", "place", "address", "code", "codes", "yes_no", "relation",
        "ethnicity", "integer", "grade", "class_name", "xueji_no", "disability_card", "text",
    }  # fmt: skip
    assert all(k == v.name and v.faults[0] == "error_cell" for k, v in KINDS.items())


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, cell=st.sampled_from(list(CellKind)))
@example(text="1e400", cell=CellKind.NUMBER)
@example(text="nan", cell=CellKind.NUMBER)
@example(text="-inf", cell=CellKind.NUMBER)
@example(text="²³", cell=CellKind.TEXT)
@example(text="٢٠١٥-٠٣-١٢", cell=CellKind.TEXT)
@example(text="５２９９０１２０１５０３１２００１Ｘ", cell=CellKind.NUMBER)
def test_total(kind, text, cell, context):
    value_kind = KINDS[kind]
    parsed = value_kind.parse(text, cell, context, LISTS.get(kind))
    assert parsed.state != State.ABSENT
    assert set(parsed.faults) <= set(value_kind.faults)
    assert len(set(parsed.faults)) == len(parsed.faults)
    assert (parsed.state == State.FAULTY) <= bool(parsed.faults)
    assert len(parsed.facets) in (0, len(value_kind.facets))
    for value, default in zip(parsed.facets, value_kind.facets.values(), strict=False):
        assert isinstance(value, KIND_OF_FACET[type(default)]), (value, default)
        if isinstance(default, int) and not isinstance(default, bool):
            assert -(2**31) <= value < 2**31


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_error_and_blank_cells(kind, context):
    value_kind = KINDS[kind]
    for text, cell in (("#REF!", CellKind.ERROR), ("#N/A", CellKind.TEXT)):
        parsed = value_kind.parse(text, cell, context, LISTS.get(kind))
        assert (parsed.state, parsed.faults) == (State.FAULTY, ("error_cell",))
    for text, cell in (("", CellKind.UNCOMPUTED), ("", CellKind.BLANK), (" \u3000\u200b\t", CellKind.TEXT)):
        assert value_kind.parse(text, cell, context, LISTS.get(kind)).state == State.BLANK
    for dash in ("—", "－－", "——", "-"):
        assert value_kind.parse(dash, CellKind.TEXT, context, LISTS.get(kind)).state == State.DASH


REGULAR = {
    "citizen_id": st.from_regex(r"(529901|522428|110105|810000|000000|9[0-9]{5})(19|20)[0-9]{6}[0-9]{3}[0-9X]", fullmatch=True),
    "xueji_no": st.one_of(
        st.from_regex(r"[GJLX][0-9]{17}[0-9X]", fullmatch=True),
        st.sampled_from(["G52990120150312001X", "g52990120150312001X", "123456789012"]),
    ),
    "date": st.one_of(
        st.from_regex(r"(19|20)[0-9]{2}[-./年][0-9]{1,2}[-./月][0-9]{1,2}日?", fullmatch=True),
        st.from_regex(r"(19|20)[0-9]{6}", fullmatch=True),
    ),
    "phone": st.one_of(
        st.from_regex(r"1[0-9]{10}", fullmatch=True),
        st.sampled_from(["13800138000", "13912345678", "13987654321", "13966666666", "15900159000"]),
    ),
    "name": st.one_of(
        st.text(alphabet="李明欧阳娜老师无不详同上一张·•", min_size=1, max_size=5),
        st.text(alphabet="爷奶外公婆大二三幺叔伯舅姨姑娘妈爸父母亲王兰其邻居朋友姐夫学生祖老太", min_size=1, max_size=5),
    ),
    "text": st.text(alphabet="经常关心 ,。ab12、　，：！（）＃＇Ａ～", min_size=1, max_size=20),
    "integer": st.one_of(st.from_regex(r"-?[0-9]{1,12}", fullmatch=True), st.sampled_from(["0", "00", "7岁", "十二"])),
    "address": st.text(alphabet="青禾县白石镇大坪村落水3组浙江宁波路 ", min_size=2, max_size=20),
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(REGULAR))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_bulk_says_what_the_parser_says(kind, data, context):
    """The fast path over a column and the parser cell by cell give one answer."""
    value_kind = KINDS[kind]
    texts = data.draw(st.lists(REGULAR[kind], min_size=1, max_size=12))
    typed = type_column(pa.array(texts), np.full(len(texts), CellKind.TEXT, np.uint8), value_kind, context)
    for i, text in enumerate(texts):
        parsed = value_kind.parse(text, CellKind.TEXT, context, None)
        faults = tuple(f for b, f in enumerate(value_kind.faults) if typed.faults[i] >> b & 1)
        assert State(int(typed.state[i])) == parsed.state, text
        assert faults == tuple(sorted(parsed.faults, key=value_kind.faults.index)), text
        expected = parsed.facets or tuple(value_kind.facets.values())
        for name, want in zip(value_kind.facets, expected, strict=True):
            column = typed.facets[name]
            got = column[i].as_py() if isinstance(column, pa.Array) else column[i].item()
            assert got == want, (text, name)


def canonical(kind: str, facets: dict) -> str:
    """How a value that was read is written by the tool itself."""
    if kind == "date":
        return str(np.datetime64(facets["lo"], "D")) if facets["precision"] == "day" else ""
    if kind in ("grade", "class_name"):
        return f"{facets['grade']}年级" if 1 <= facets["grade"] <= 9 else ""
    key = {"phone": "number", "integer": "value", "disability_card": ""}.get(
        kind, "norm" if "norm" in facets else "code"
    )
    return str(facets[key]) if key else ""


WRITTEN = {
    "date": "0123456789-./年月日TZ:+ 二〇一五三月 Mar周四",
    "phone": "0123456789-+() 转电话Ol138",
    "code": "健康残疾患病良好√□☑(): ①②A.┋、",
    "codes": "低保临时救助医疗√□()①②A.┋、,其他〖〗",
    "yes_no": "是否有无√×□☑()①②A.┋:",
    "relation": "爷奶外公婆祖父母大二三幺叔伯舅姨姑的其孙子女监护①.、",
    "ethnicity": "汉苗彝布依族人民01-.、()",
    "integer": "0123456789岁次.一二十约第共,",
    "grade": "一二三七初高小年级班()0123456789.·学幼大中上下",
    "name": "爷奶外公婆大二三幺王李张兰花老师同学 ()（）·•.无不详曾用名:1A",
    "citizen_id": "0123456789XxOl 身份证:-",
}


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_was_read_is_read_the_same_again(kind, data, context):
    """A value is right in its canonical form, and that form is its own canonical form."""
    value_kind = KINDS[kind]
    text = data.draw(st.one_of(TEXTS, st.text(alphabet=WRITTEN.get(kind, BITS), max_size=14)))
    once = value_kind.parse(text, CellKind.TEXT, context, LISTS.get(kind))
    if once.state != State.OK:
        return
    form = canonical(kind, dict(zip(value_kind.facets, once.facets, strict=True)))
    if not form:
        return
    again = value_kind.parse(form, CellKind.TEXT, context, LISTS.get(kind))
    assert again.state == State.OK, (text, form, again)
    assert canonical(kind, dict(zip(value_kind.facets, again.facets, strict=True))) == form, (text, form)


def test_bulk_takes_the_regular_ones(context):
    """Were everything left to the parser, the test above would still pass."""
    for kind, text in {
        "citizen_id": "52990120150312001X", "date": "2015.3.12", "phone": "13985712346",
        "xueji_no": "G52990120150312001X", "name": "杨晓峰",
        "text": "了解学生情况，鼓励（好好）学习", "integer": "12", "address": "青禾县白石镇大坪村3组",
    }.items():  # fmt: skip
        handled = KINDS[kind].bulk(pa.array([text]), context)
        assert handled is not None and handled[0].all(), kind

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lbt_audit.values.mask import mask_array, mask_text, mask_value

NAMES = {
    "张兰": "张*", "张小兰": "张*兰", "张小小兰": "张**兰", "欧阳娜": "欧阳*", "欧阳娜娜": "欧阳*娜",
    "阿依古丽·买买提": "阿依古丽·**",
    "阿依古丽•买买提": "阿依古丽•**", "罗?": "罗?", "罗□英": "罗□英", "李 明": "李*",
    "张三/李四": "张*/李*", "无": "无", "—": "—", "不详": "不详", "": "", "张": "*",
}  # fmt: skip


def test_names():
    assert mask_array(pa.array(list(NAMES)), "name").to_pylist() == list(NAMES.values())
    full = mask_array(pa.array(["张小兰", "张兰", "欧阳娜娜"]), "name", "full").to_pylist()
    assert full == ["张**", "张**", "欧阳**"]


def test_ids_and_phones():
    ids = ["52990120150312001X", "529901 20150312 001X", "身份证:52990120150312001X", "正在办理", None]
    assert mask_array(pa.array(ids), "id").to_pylist() == [
        "5299**********001X", "5299**********001X", "身份证:5299**********001X", "正在办理", None,
    ]  # fmt: skip
    assert mask_array(pa.array(ids[:1]), "id", "full").to_pylist() == ["*" * 18]
    phones = ["13985712346", "13985712346/13785712347", "无"]
    assert mask_array(pa.array(phones), "phone").to_pylist() == [
        "139****2346",
        "139****2346/137****2347",
        "无",
    ]
    assert mask_array(pa.array(phones[:1]), "phone", "full").to_pylist() == ["*" * 11]


def test_numbers_that_reach_nobody_are_shown():
    shown = ["0", "123", "12345", "8012", "无0"]
    assert mask_array(pa.array(shown), "phone").to_pylist() == shown
    assert mask_array(pa.array(["123456", "138857"]), "phone").to_pylist() == ["****56", "****57"]
    # Too short, too long or with letters: as much is hidden as of a right one.
    slips = ["13857012", "138570123", "139655O0821", "138570123456", "1385701234"]
    assert mask_array(pa.array(slips), "phone").to_pylist() == [
        "13****12", "138****23", "139****0821", "138****23456", "138****234",
    ]  # fmt: skip
    assert mask_array(pa.array(["13857012"]), "phone", "full").to_pylist() == ["********"]
    assert mask_array(pa.array(["12345"]), "phone", "full").to_pylist() == ["*****"]


def test_addresses():
    places = [
        "浙江",
        "在家务农",
        "浙江温州",
        "沿海",
        "福建省泉州市务工",
        "和平路3号",
        "福建省泉州市丰泽区东海",
    ]
    shown = ["浙江", "在家务农", "浙江温州", "沿海", "福建省泉州市务工", "和平***", "福建省泉州市丰泽区东海"]
    assert mask_array(pa.array(places), "address").to_pylist() == shown
    assert mask_array(pa.array(places[:2]), "address", "full").to_pylist() == ["浙江***", "在家***"]
    texts = [
        "青禾县白石镇大坪村3组12号",
        "白石镇大坪社区",
        "青禾县白石镇",
        "浙江省宁波市鄞州区某某路3号",
        "无",
    ]
    partial = ["青禾县白石镇大坪村***", "白石镇大坪社区", "青禾县白石镇", "浙江省宁波市鄞州区***", "无"]
    assert mask_array(pa.array(texts), "address").to_pylist() == partial
    assert mask_value(texts[0], "address", "full") == "青禾县白石镇***"


def test_the_form_of_a_number_stays_visible():
    assert mask_array(pa.array(["5.29901201503E+17", "5.29901e17"]), "id").to_pylist() == [
        "5.299…E+17",
        "5.299…e17",
    ]


def test_free_text():
    text = "母亲电话13985712346，2015-03-12 出生，证号52990120150312001X，共 12 人，2015.3-2016.5"
    assert (
        mask_text(text)
        == "母亲电话139****2346，2015-03-12 出生，证号5299**********001X，共 12 人，2015.3-2016.5"
    )
    assert mask_text(text, "none") == text
    assert mask_array(pa.array([text]), "public").to_pylist() == [mask_text(text)]
    assert mask_array(pa.array(["残疾", "无"]), "sensitive", "full").to_pylist() == ["***", "无"]


def test_levels_and_containers():
    values = pa.chunked_array([pa.array(["张小兰"]), pa.array(["李明", "张小兰"])])
    assert mask_array(values, "name", "none").to_pylist() == ["张小兰", "李明", "张小兰"]
    assert mask_array(values, "name").to_pylist() == ["张*兰", "李*", "张*兰"]
    assert mask_array(values.combine_chunks().dictionary_encode(), "name").to_pylist() == [
        "张*兰",
        "李*",
        "张*兰",
    ]
    assert mask_array(pa.array([], pa.string()), "name").to_pylist() == []


NUMBERS = st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True)
AROUND = st.sampled_from(["", "证号", " ", "（", "，", "电话:"])


@given(NUMBERS, AROUND, AROUND, st.sampled_from(["id", "phone", "name", "address", "public", "sensitive"]))
def test_no_identity_number_is_ever_shown(number, before, after, privacy):
    for level in ("partial", "full"):
        shown = mask_value(before + number + after, privacy, level)
        assert number[4:14] not in shown and number[6:14] not in shown
        array = mask_array(pa.array([before + number + after]), privacy, level).to_pylist()
        assert array == [shown]


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(["id", "phone", "name", "address", "public", "sensitive"]),
)
def test_total_and_one_by_one_as_in_bulk(text, privacy):
    for level in ("partial", "full", "none"):
        assert mask_array(pa.array([text]), privacy, level).to_pylist() == [mask_value(text, privacy, level)]


@pytest.mark.parametrize("text", ["杨晓峰", "张兰", "欧阳娜娜", "阿依古丽·买买提"])
def test_a_masked_name_differs(text):
    assert mask_value(text, "name") != text

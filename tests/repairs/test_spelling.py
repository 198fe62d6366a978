"""One value spelt as the registers ask for it: what has one reading is mended, everything else stays."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lbt_audit.engine.reading.framing import make_context
from lbt_audit.model.cell import CellKind
from lbt_audit.model.home import HomeArea
from lbt_audit.model.units import Units
from lbt_audit.repairs.spelling import Speller
from lbt_audit.resources import data_dir
from lbt_audit.values.codes import read_code_lists
from lbt_audit.values.registry import KINDS

_LISTS = read_code_lists(data_dir("schemas") / "codes.yaml")
SPELLER = Speller(
    make_context(date(2026, 10, 31), HomeArea(Units()), ["529901"]),
    {name: {code: label.zh for code, label in one.labels.items()} for name, one in _LISTS.items()},
    frozenset(name for name, one in _LISTS.items() if one.exact),
)

MENDED = [
    ("name", None, "张　三", "张三", "blanks"),
    ("name", None, "王 小明", "王小明", "blanks"),
    ("name", None, "热依木•买买提", "热依木·买买提", "dot"),
    ("name", None, "热依木.买买提", "热依木·买买提", "dot"),
    ("name", None, "欧阳 小 明", "欧阳小明", "blanks"),
    ("name", None, "⺠生", "民生", "radical"),
    ("name", None, "'李小花", "李小花", "invisible"),
    ("name", None, "\u200b赵一", "赵一", "invisible"),
    ("name", None, "NULL", "", "null"),
    ("citizen_id", None, "５２９９０１２０１５０３０２００１９", "529901201503020019", "width"),
    ("citizen_id", None, "529901 20150312 001x", "52990120150312001X", "case"),
    ("date", None, "2015.3.2", "2015-03-02", "notation"),
    ("date", None, "2015年3月2日", "2015-03-02", "notation"),
    ("date", None, "20150302", "2015-03-02", "notation"),
    ("date", None, "２０１５．３．２", "2015-03-02", "notation"),
    ("date", None, "二〇一五年三月二日", "2015-03-02", "notation"),
    ("date", None, "2015.03", "2015-03", "notation"),
    ("phone", None, "139 8572 0001", "13985720001", "blanks"),
    ("phone", None, "+86-139-8572-0001", "13985720001", "digits"),
    ("code", "sex", "男性", "男", "code"),
    ("code", "sex", "F", "女", "code"),
    ("yes_no", None, "√", "是", "code"),
    ("yes_no", None, "×", "否", "code"),
    ("ethnicity", None, "布依", "布依族", "code"),
    ("ethnicity", None, "06", "苗族", "code"),
    ("integer", None, "１２", "12", "width"),
    ("place", None, "宁波", "浙江省宁波市", "place"),
    ("place", None, "广东东莞", "广东省东莞市", "place"),
    ("place", None, "北京朝阳", "北京市朝阳区", "place"),
    ("text", None, "ＡＢＣ，好 ", "ABC，好", "width"),
]
KEPT = [
    ("name", None, "李四（已转学）"),  # says something about the child
    ("name", None, "王小明老师"),
    ("name", None, "Anna Li"),
    ("name", None, "张3"),
    ("name", None, "李四 王五"),  # two persons
    ("name", None, "张 三 李 四"),
    ("name", None, "阿不都 热合曼"),
    ("name", None, "周恩·"),  # cut off
    ("citizen_id", None, "529901201503020018"),  # the check character does not fit
    ("citizen_id", None, "52990120150302001"),
    ("citizen_id", None, "5.2990120150302E+17"),
    ("citizen_id", None, "5299O1201503020019"),
    ("date", None, "15.3.2"),  # whose century
    ("date", None, "03/02/2015"),
    ("date", None, "2015.1"),  # October may have lost its zero
    ("date", None, "2015年3月2日左右"),
    ("date", None, "42065"),
    ("date", None, "春节后"),
    ("date", None, "2015年3月"),  # nothing is wrong with it
    ("phone", None, "13985720001 13985720002"),
    ("phone", None, "张三13985720001"),
    ("phone", None, "1398572000"),
    ("code", "health", "疑似残疾"),
    ("code", "health", "10"),  # which list of codes is meant
    ("code", "sex", "1"),
    ("code", "guard_eval", "1"),  # the best care in one list, no care at all in the order of the form
    ("code", "left_type", "1"),
    ("yes_no", None, "1"),
    ("code", "health", "重度残疾"),
    ("code", "sex", "男女"),
    ("yes_no", None, "不详"),
    ("ethnicity", None, "穿青人"),
    ("ethnicity", None, "苗族（花苗）"),
    ("integer", None, "12岁"),
    ("place", None, "朝阳"),  # a city of Liaoning, a district of Beijing
    ("place", None, "宁波打工"),
    ("text", None, "父亲，2015年去世"),
]


@pytest.mark.parametrize(("kind", "codes", "text", "wanted", "why"), MENDED)
def test_what_has_one_reading_is_mended(
    kind: str, codes: str | None, text: str, wanted: str, why: str
) -> None:
    assert SPELLER.mend(text, CellKind.TEXT, KINDS[kind], codes) == (wanted, why)


@pytest.mark.parametrize(("kind", "codes", "text"), KEPT)
def test_what_needs_a_decision_stays(kind: str, codes: str | None, text: str) -> None:
    assert SPELLER.mend(text, CellKind.TEXT, KINDS[kind], codes) is None


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [("phone", "13985720001", "13985720001"), ("date", "20150302", "2015-03-02"), ("integer", "12", None)],
)
def test_number_cells(kind: str, text: str, wanted: str | None) -> None:
    found = SPELLER.mend(text, CellKind.NUMBER, KINDS[kind], None)
    assert (found.text if found else None) == wanted


@given(
    st.sampled_from(sorted(KINDS)),
    st.text(
        st.sampled_from("0123456789Xx年月日.-/ 　０１２３张三热依木·•男女是否√×宁波浙江NULLa（）"),
        max_size=20,
    ),
)
def test_mended_once_is_mended_for_good(kind: str, text: str) -> None:
    codes = "sex" if kind in ("code", "codes") else None
    found = SPELLER.mend(text, CellKind.TEXT, KINDS[kind], codes)
    if found is not None and found.text:
        assert SPELLER.mend(found.text, CellKind.TEXT, KINDS[kind], codes) is None
        assert sum(c.isdigit() for c in found.text) >= (
            sum(c.isdigit() for c in text) if kind == "citizen_id" else 0
        )

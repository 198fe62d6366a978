"""The truth tables of ``facts``: where parents are, whether they live, whether they can care."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from tests.checks.registers import book, table

from lbt_audit.facts import FACTS
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.resources import data_dir
from lbt_audit.rulebook.profile import load_profile

NAMES = {"father_name": "张大山", "mother_name": "李秀英"}
PARAMS = dict(load_profile(data_dir("rules"), "three_month_county").params)


def frame(kind: str = "roster", params: dict[str, Any] | None = None, **cells: str) -> Frame:
    return book(table([{**NAMES, **cells}], kind), **{**PARAMS, **(params or {})}).frames[kind]


def truth(fact: str, kind: str = "roster", params: dict[str, Any] | None = None, **cells: str) -> bool | None:
    logic = frame(kind, params, **cells).facet(fact).as_logic()
    return True if logic.true[0] else False if logic.false[0] else None


def where(**cells: str) -> str:
    return str(frame(**cells).facet("father.whereabouts").values[0])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("浙江省宁波市", "away"),
        ("广东", "away"),
        ("外省务工", "away"),
        ("浙江宁波某家具厂", "away"),
        ("在家具厂打工", "away"),
        ("新疆石河子务农", "away"),
        ("在家务农", "home"),
        ("务农", "home"),
        ("本村", "home"),
        ("未外出", "home"),
        ("白石镇", "local"),
        ("青禾县县城务工", "local"),
        ("监狱服刑", "custody"),
        ("失联多年", "missing"),
        ("离异", "separated"),
        ("离异，在浙江温州打工", "away"),
        ("改嫁", "separated"),
        ("去世", "dead"),
        ("", ""),
        ("无", ""),
        ("不详", ""),
        ("去向不明", ""),
        ("—", ""),
        ("123", ""),
    ],
)
def test_place_cell(cell: str, expected: str) -> None:
    assert where(father_work_place=cell) == expected


def test_error_cell_says_nothing() -> None:
    from lbt_audit.model.cell import CellKind

    made = book(table([{**NAMES, "father_work_place": ("#REF!", CellKind.ERROR)}]), **PARAMS).frames["roster"]
    assert not made.facet("father.whereabouts").known[0]


@pytest.mark.parametrize(
    ("cells", "father", "mother"),
    [
        ({"parents_work_place": "父母均在浙江温州"}, "away", "away"),
        ({"parents_work_place": "父亲在浙江温州，母亲在家务农"}, "away", "home"),
        ({"parents_work_place": "母亲：广东东莞"}, "", "away"),
        ({"parents_work_place": "浙江温州"}, "", ""),
        ({"parents_work_place": "浙江温州", "both_away": "是"}, "away", "away"),
        ({"parents_work_place": "浙江温州", "father_name": "—"}, "dead", "away"),
        ({"parents_work_place": "浙江温州", "mother_work_place": "在家", "both_away": "是"}, "away", "home"),
    ],
)
def test_common_cell(cells: dict[str, str], father: str, mother: str) -> None:
    made = frame(**cells)
    assert made.facet("father.whereabouts").values[0].as_py() == father
    assert made.facet("mother.whereabouts").values[0].as_py() == mother


@pytest.mark.parametrize(
    ("cells", "away", "home"),
    [
        ({"father_work_place": "广东东莞"}, True, False),
        ({"father_work_place": "在家"}, False, True),
        ({"father_work_place": "在家", "both_away": "是"}, False, True),  # a place outweighs a box
        ({"father_work_place": "白石镇"}, None, None),
        ({"father_work_place": "服刑"}, False, False),
        ({"father_name": "—"}, False, False),
        ({"father_work_place": "", "both_away": "是"}, True, False),
        ({"father_work_place": "", "left_type": "双亲留守"}, True, False),
        ({"father_work_place": "", "father_away_since": "2025.2"}, True, False),
        ({"one_away_incap": "是", "mother_incapable": "是", "father_incapable": "否"}, True, False),
        ({"one_away_incap": "是", "incap_who": "父亲"}, False, True),
        ({"left_type": "父母一方外出", "mother_work_place": "在家"}, True, False),
        ({"left_type": "父亲外出"}, True, False),
        ({"left_type": "单亲留守"}, None, None),
        ({"father_work_place": ""}, None, None),
        ({}, None, None),
    ],
)
def test_away_and_at_home(cells: dict[str, str], away: bool | None, home: bool | None) -> None:
    assert truth("father.away", **cells) is away
    assert truth("father.at_home", **cells) is home


def test_own_county_is_not_away_across_counties() -> None:
    assert truth("father.away", params={"away_scope": "cross_county"}, father_work_place="白石镇") is False


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, False),
        ({"father_name": "—"}, True),
        ({"father_name": "张大山（已故）"}, True),
        ({"father_name": ""}, None),
        ({"father_name": "无"}, None),
        ({"father_status": "死亡"}, True),
        ({"parents_alive": "双方去世"}, True),
        ({"parents_alive": "父亡母在"}, True),
        ({"parents_alive": "母亡父在", "father_name": "—"}, False),
        ({"parents_alive": "父母双全"}, False),
        ({"parents_alive": "父母双全", "father_name": "—"}, None),  # contradicts itself
        ({"remark": "父亡母改嫁"}, True),
        ({"remark": "父亲于2015年因车祸去世"}, True),
        ({"remark": "祖父去世，外祖父死亡"}, False),
        ({"remark": "母亲去世"}, False),
        ({"remark": "父母双亡"}, True),
    ],
)
def test_dead(cells: dict[str, str], expected: bool | None) -> None:
    assert truth("father.dead", **cells) is expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, None),  # no column that would say so
        ({"mother_incapable": ""}, False),
        ({"mother_incapable": "是"}, True),
        ({"incap_who": "母亲"}, True),
        ({"one_away_incap": "是", "mother_work_place": "在家"}, True),
        ({"one_away_incap": "否", "mother_work_place": "在家"}, False),
        ({"mother_status": "重残"}, True),
        ({"mother_status": "残疾"}, None),
        ({"mother_incapable": "", "remark": "母亲患病"}, None),
        ({"mother_incapable": "", "remark": "母亲瘫痪在床"}, True),
        ({"mother_incapable": "", "remark": "祖母瘫痪"}, False),
    ],
)
def test_incapable(cells: dict[str, str], expected: bool | None) -> None:
    assert truth("mother.incapable", **cells) is expected


@pytest.mark.parametrize(
    ("remark", "expected"),
    [
        ("父亲已返乡务农", True),
        ("现已回家", True),
        ("返乡创业", True),
        ("父亲春节期间已返乡", False),
        ("父亲未返乡", False),
        ("奶奶在家照顾", False),
        ("", False),
    ],
)
def test_returned(remark: str, expected: bool) -> None:
    assert truth("parents.returned", remark=remark) is expected


@pytest.mark.parametrize(
    ("cells", "short", "maybe"),
    [
        ({"father_away_since": "2026.9"}, True, False),
        ({"father_away_since": "2026-07-31"}, False, False),  # three months to the day
        ({"father_away_since": "2026-08-01"}, True, False),
        ({"father_away_since": "2026.7"}, False, False),
        ({"father_away_since": "2026"}, False, True),
        ({"father_away_since": "常年"}, None, None),
        ({"father_away_since": "2026.9", "father_work_place": "在家"}, False, False),
    ],
)
def test_three_months(cells: dict[str, str], short: bool | None, maybe: bool | None) -> None:
    cells = {"father_work_place": "广东东莞", **cells}
    got = truth("father.short", **cells), truth("father.maybe_short", **cells)
    assert [bool(g) for g in got] == [bool(short), bool(maybe)]


def test_no_fact_is_both_true_and_false_and_none_crashes_on_an_empty_register() -> None:
    made = frame(remark="父亡母嫁", both_away="是", father_work_place="在家", parents_alive="父母双全")
    empty = book(table([{"child_name": "甲"}], "roster"), **PARAMS).frames["roster"]
    for name, fact in FACTS.items():
        assert fact.name == name
        for one in (made, empty):
            facet = one.facet(name)
            assert len(facet) == len(one) == len(facet.known)
            assert type_of(facet) == ("text" if fact.type in ("code", "codes") else fact.type), name
            if fact.type == "code":
                assert set(facet.values.filter(pa.array(facet.known)).to_pylist()) <= set(fact.values)


def type_of(facet: Facet) -> str:
    if facet.is_text:
        return "text"
    return "day" if facet.is_day else "truth" if facet.values.dtype == bool else "number"

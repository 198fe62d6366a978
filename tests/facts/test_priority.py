"""Children to be looked after first: what people write, and what other registers tell."""

from __future__ import annotations

from typing import Any

import pytest
from tests.checks.registers import book, table

from lbt_audit.model.unit import Unit

CHILD = {
    "child_name": "杨晓峰",
    "id_no": "52990120150312001X",
    "father_name": "杨大山",
    "mother_name": "陈明秀",
}
HOME = {"father_work_place": "浙江省宁波市", "mother_work_place": "浙江省宁波市", "guard_eval": "较好"}
OTHER = {"child_name": "罗小梅", "id_no": "529901201307040127", "father_name": "罗正", "mother_name": "吴芬"}


def told(kind: str = "roster", **cells: str) -> tuple[str, bool | None]:
    """(which kinds, whether any) of one record."""
    return of(book(table([{**CHILD, **cells}], kind)), kind)


def of(a_book: Any, kind: str, row: int = 0) -> tuple[str, bool | None]:
    frame = a_book.frames[kind]
    truth = frame.facet("child.priority").as_logic()
    whether = True if truth.true[row] else False if truth.false[row] else None
    return frame.facet("child.priority_kinds").values[row].as_py(), whether


@pytest.mark.parametrize(
    ("cells", "kinds"),
    [
        ({"parents_alive": "双方去世"}, "orphan"),
        ({"remark": "父母双亡，随叔叔生活"}, "orphan"),
        ({"is_orphan": "是"}, "orphan"),
        ({"special": "孤儿"}, "orphan"),
        ({"remark": "已享受孤儿津贴"}, ""),
        ({"remark": "不是孤儿"}, ""),
        ({"special": "事实无人抚养儿童"}, "unsupported"),
        ({"remark": "事实孤儿"}, "unsupported"),
        ({"special": "困境儿童"}, "hardship"),
        ({"remark": "已纳入困境儿童保障"}, "hardship"),
        ({"remark": "非困境儿童"}, ""),
        ({"remark": "不属于困境儿童"}, ""),
        ({"guard_eval": "差"}, "poor_care"),
        ({"guard_eval": "受委托监护人监护能力不足"}, "poor_care"),
        ({"guard_eval": "无人监护"}, "unattended"),
        ({"guard_eval": "一般"}, ""),
        ({"father_work_place": "在贵阳监狱服刑"}, "custody"),
        ({"remark": "母亲强制隔离戒毒"}, "custody"),
        ({"remark": "父亲曾服刑，2020年已释放"}, ""),
        ({"guard_eval": "差", "remark": "父亲服刑"}, "poor_care,custody"),
    ],
)
def test_what_a_record_says(cells: dict[str, str], kinds: str) -> None:
    assert told(**{**HOME, **cells})[0] == kinds


def test_what_is_not_said_is_not_known() -> None:
    assert told() == ("", None)
    assert told(**HOME) == ("", False)
    assert told(**{**HOME, "guard_eval": ""}) == ("", None)


def test_a_register_of_orphans_is_heard() -> None:
    found = book(
        table([{**CHILD, **HOME}, {**OTHER, **HOME}]),
        table(
            [{"child_name": OTHER["child_name"], "id_no": OTHER["id_no"], "orphan_kind": "孤儿"}],
            "orphans",
            "b.xlsx",
        ),
    )
    assert of(found, "roster", 0) == ("", False)
    assert of(found, "roster", 1) == ("orphan", True)
    assert of(found, "orphans") == ("orphan", True)


def test_registers_of_helpers_ask_the_lists() -> None:
    named = {"child_name": CHILD["child_name"], "id_no": CHILD["id_no"], "helper_name": "龙老师"}
    found = book(table([{**CHILD, **HOME, "guard_eval": "差"}]), table([named], "helpers", "b.xlsx"))
    assert of(found, "helpers") == ("poor_care", True)
    alone = book(table([named], "helpers", "b.xlsx"))
    assert of(alone, "helpers") == ("", None)


def test_another_township_list_says_nothing() -> None:
    """A list of orphans handed in by one township does not say who is none in another."""
    elsewhere = Unit("township", "清水乡", "清水乡")
    found = book(
        table([{**CHILD, **HOME}]),
        table(
            [{"child_name": "韦一", "id_no": "529901201608290082", "orphan_kind": "孤儿"}],
            "orphans",
            "b.xlsx",
            unit=elsewhere,
        ),
    )
    assert of(found, "roster") == ("", False)

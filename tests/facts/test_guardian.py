"""Whose guardian is an institution, and who is guardian by law; who is of the own county."""

from __future__ import annotations

import pytest
from tests.facts.test_parents import truth


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"guardian_name": "青禾县儿童福利院"}, True),
        ({"guardian_name": "白石镇中心小学"}, True),
        ({"guardian_name": "珠岩村村委会"}, True),
        ({"guardian_name": "县民政局"}, True),
        ({"guardian_name": "县托养中心"}, True),
        ({"guardian_name": "县救助管理站"}, True),
        ({"guardian_name": "珠岩村儿童之家"}, False),  # nobody lives there, nobody answers for a child
        ({"guardian_name": "小学老师杨秀英"}, False),
        ({"guardian_name": "村委会主任龙大贵"}, False),
        ({"guardian_name": "谢福利"}, False),
        ({"guardian_name": "周老奶", "guardian_rel": "奶奶"}, False),
        ({"guardian_name": "龙大贵", "guardian_rel": "村干部"}, False),
        ({"guardian_name": "王某", "guardian_rel": "儿童福利院"}, True),
        ({"guardian_name": ""}, None),
        ({}, None),
    ],
)
def test_institution(cells: dict[str, str], expected: bool | None) -> None:
    assert truth("guardian.institution", **cells) is expected


DEAD = {"father_name": "—", "mother_name": "—"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({**DEAD, "guardian_name": "周老奶", "guardian_rel": "奶奶"}, True),
        ({**DEAD, "guardian_name": "张小山", "guardian_rel": "哥哥"}, True),
        ({**DEAD, "guardian_name": "张小山", "guardian_rel": "叔叔"}, False),
        (
            {"father_name": "—", "mother_status": "重残", "guardian_name": "周老奶", "guardian_rel": "外婆"},
            True,
        ),
        (
            {"father_name": "—", "mother_status": "健在", "guardian_name": "周老奶", "guardian_rel": "外婆"},
            False,
        ),
        (
            {"father_name": "—", "guardian_name": "周老奶", "guardian_rel": "外婆"},
            None,
        ),  # nothing on the mother
        ({**DEAD, "guardian_name": "周老奶", "guardian_rel": ""}, None),
    ],
)
def test_guardian_by_law(cells: dict[str, str], expected: bool | None) -> None:
    assert truth("guardian.by_law", **cells) is expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"hukou_addr": "青禾县白石镇珠岩村"}, True),
        ({"hukou_addr": "珠岩村三组"}, True),
        ({"hukou_addr": "四川省成都市武侯区"}, False),
        ({"hukou_addr": "三组12号"}, None),
        ({"hukou_addr": "", "hukou_class": "本辖区户口"}, True),
        ({"hukou_addr": "", "hukou_class": "外省市户口"}, False),
        ({"hukou_addr": "青禾县", "hukou_class": "外省市户口"}, True),
        ({}, None),
    ],
)
def test_of_the_own_county(cells: dict[str, str], expected: bool | None) -> None:
    assert truth("child.of_county", **cells) is expected

"""Of which parent of a one-parent family nothing is owed."""

from __future__ import annotations

import pytest
from tests.facts.test_visits import truth

FATHER = {"father_name": "杨大山", "father_phone": "15400000001"}
MOTHER = {"mother_name": "陈明秀", "mother_phone": "15400000002"}


@pytest.mark.parametrize(
    ("cells", "father", "mother"),
    [
        ({"single_parent": "否", **FATHER, "mother_name": ""}, False, False),
        ({**FATHER, "mother_name": ""}, False, False),
        ({"single_parent": "单亲父亲", **FATHER, **MOTHER}, False, True),
        ({"single_parent": "单亲母亲", **FATHER, **MOTHER}, True, False),
        ({"single_parent": "是", **FATHER, "mother_name": "", "mother_phone": ""}, False, True),
        ({"single_parent": "是", **FATHER, "mother_name": "无"}, False, True),
        ({"single_parent": "离异", **FATHER, **MOTHER, "remark": "母亲改嫁"}, False, True),
        ({"single_parent": "是", **FATHER, **MOTHER}, None, None),
        ({"single_parent": "是", "father_name": "", "mother_name": ""}, False, False),
        ({"special": "单亲家庭", "father_name": "", **MOTHER}, True, False),
        ({"remark": "非单亲家庭", "father_name": "", **MOTHER}, False, False),
        ({"left_type": "单亲留守", "father_name": "", **MOTHER}, False, False),
    ],
)
def test_excused(cells: dict[str, str], father: bool | None, mother: bool | None) -> None:
    assert (truth("father.excused", "roster", **cells), truth("mother.excused", "roster", **cells)) == (
        father,
        mother,
    )

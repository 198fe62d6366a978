"""Names that say what somebody is to the child, and characters in names that nobody can see."""

from __future__ import annotations

import pytest

from lbt_audit.values.registry import KINDS


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("奶奶", "62"), ("爷爷", "61"), ("外婆", "64"), ("爷爷奶奶", "60"), ("外公、外婆", "60"),
        ("爷爷和奶奶", "60"), ("大爷", "81"), ("大娘", "82"),
        ("大伯", "81"), ("二叔", "83"), ("幺爸", "83"), ("堂嫂", "97"), ("三舅", "85"), ("四姑", "90"),
        ("五舅妈", "86"), ("大姐", "75"),
        ("老太太", "62"), ("二爷爷", "97"), ("父亲", "51"), ("邻居", "99"), ("亲戚", "97"), ("本人", "01"),
        ("班主任", "99"), ("孩子奶奶", "62"),
        ("由奶奶照顾", "62"), ("（奶奶）", "62"), ("奶奶（已故）", "62"), ("奶 奶", "62"), ("⺟亲", "52"),
        ("家长", ""),
    ],
)  # fmt: skip
def test_a_word_for_kin_is_no_name_but_a_relation(read, text, relation):
    state, faults, facets = read("name", text)
    assert (state, faults, facets["norm"], facets["relation"]) == ("PLACEHOLDER", (), "", relation)


@pytest.mark.parametrize(
    ("text", "name", "relation"),
    [
        ("祖母蒙桂兰", "蒙桂兰", "62"), ("奶奶（蒙桂兰）", "蒙桂兰", "62"), ("外祖母：陆桂兰", "陆桂兰", "64"),
        ("大伯王建国", "王建国", "81"),
        ("姑姑 李英", "李英", "90"), ("婶子王英", "王英", "84"),
    ],
)  # fmt: skip
def test_a_word_for_kin_before_a_name(read, text, name, relation):
    state, faults, facets = read("name", text)
    assert (state, faults, facets["norm"], facets["relation"]) == ("OK", ("kin",), name, relation)


@pytest.mark.parametrize(("text", "relation"), [("王奶奶", "62"), ("张小明奶奶", "62"), ("李大爷", "81")])
def test_a_name_as_the_village_calls_people_is_told(read, text, relation):
    state, faults, facets = read("name", text)
    assert (state, faults, facets["norm"], facets["relation"]) == ("OK", ("honorific",), text, relation)


@pytest.mark.parametrize(
    "text",
    [
        "李三娘", "王二姐", "陈小姑", "刘三姐", "杨幺妹", "杨老倌", "周老奶", "公孙敬轩", "叔永康", "母志强", "孔令姑",
        "孙女", "弟弟", "家家", "祖光祖",
        "学校", "村委会", "白石镇中心小学",
    ],
)  # fmt: skip
def test_names_and_institutions_that_hold_a_word_for_kin(read, text):
    assert read("name", text)[::2] == (
        "OK",
        dict.fromkeys(KINDS["name"].facets, "") | {"norm": text, "tidied": False, "dotted": False},
    )


def test_what_cannot_be_shown_is_named_by_its_code_point(read):
    assert read("name", "张\ue863\ue863")[2]["hidden"] == "U+E863"
    state, faults, facets = read("name", "⻙⼩龙")
    assert (state, faults, facets["norm"], facets["copied"]) == (
        "OK",
        ("radical",),
        "韦小龙",
        "U+2ED9 U+2F29",
    )

"""Headers → fields: normalisation, groups, ambiguity, suggestions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.grids import dictionary, table, topics

from lbt_audit.intake.sheets.headers.mapping import find_field, map_headers, suggest
from lbt_audit.model.dictionary import bare_header, normalise_header


@pytest.mark.parametrize(
    ("raw", "norm"),
    [
        ("姓　名", "姓名"),
        ("姓\n名", "姓名"),
        ("*姓名", "姓名"),
        ("姓名（必填）", "姓名"),
        ("1.姓名", "姓名"),
        ("（1）姓名：", "姓名"),
        ("一、姓名", "姓名"),
        ("村（居）", "村(居)"),
        ("０－５岁", "0-5岁"),
        ("0-5岁", "0-5岁"),
        ("务工地点【省市】", "务工地点(省市)"),
        ("姓\u200b名\ufeff", "姓名"),
    ],
)
def test_normalised(raw: str, norm: str) -> None:
    assert normalise_header(raw) == norm


def test_remarks_in_brackets_are_left_out_second() -> None:
    assert bare_header("外出时间（年月）") == "外出时间"
    assert find_field(("外出时间（年月）",), dictionary()) == ("parents_away_since", "standard")
    assert find_field(("村（居）",), dictionary()) == ("village", "standard")


@pytest.mark.parametrize(
    ("path", "key", "match"),
    [
        (("姓名",), "child_name", "standard"),
        (("名字",), "child_name", "alias"),
        (("父亲情况", "姓名"), "father_name", "leaf"),
        (("家庭情况", "母亲", "联系电话"), "mother_phone", "leaf"),
        (("父亲", "父亲姓名"), "father_name", "standard"),
        (("家庭情况", "父亲姓名"), "father_name", "standard"),
        (("父亲情况", "父亲务工地址"), "father_work_place", "alias"),
        (("监护人情况", "姓名"), "guardian_name", "leaf"),
        (("监护情况", "监护人姓名"), "guardian_name", "standard"),
        (("监护情况",), "guard_eval", "standard"),
        (("帮扶情况", "单位"), "helper_unit", "leaf"),
        (("儿童基本情况", "父亲姓名"), "father_name", "standard"),
        (("就学情况", "学校"), "school_name", "leaf"),
        (("成员1", "姓名"), "member1_name", "leaf"),
        (("外祖母", "出生日期"), "mg_mother_birth", "leaf"),
        (("受委托照料人姓名",), "guardian_name", "alias"),
        (("代理家长",), "helper_name", "alias"),
        (("与学生关系",), "guardian_rel", "alias"),
    ],
)
def test_paths(path: tuple[str, ...], key: str, match: str) -> None:
    assert find_field(path, dictionary()) == (key, match)


def test_another_persons_column_is_never_the_childs() -> None:
    assert find_field(("父亲情况", "性别"), dictionary()) is None
    assert find_field(("母亲情况", "民族"), dictionary()) is None


def test_every_header_of_the_dictionary_means_its_field() -> None:
    d = dictionary()
    for field in d.fields.values():
        for header in (*field.titles, *field.aliases):
            assert find_field((header,), d)[0] == field.key, header
        if field.group in d.groups and d.groups[field.group].headers:
            for leaf in field.leaves:
                path = (d.groups[field.group].headers[0], leaf)
                assert find_field(path, d)[0] == field.key, path


def test_configured_headers_come_first() -> None:
    d = dictionary().with_aliases({"娃娃名": "child_name", "父亲情况/在哪打工": "father_work_place"})
    assert find_field(("娃娃名",), d) == ("child_name", "configured")
    assert find_field(("父亲情况", "在哪打工"), d) == ("father_work_place", "configured")
    with pytest.raises(KeyError):
        dictionary().with_aliases({"娃娃名": "no_such_field"})


def test_unknown_headers_are_suggested_not_guessed() -> None:
    d = dictionary()
    assert find_field(("监护人名称",), d) is None
    assert suggest(("监护人名称",), d) == "guardian_name"
    assert suggest(("父亲情况", "务工具体地点"), d) == "father_work_place"
    assert suggest(("兴趣爱好",), d) is None
    mapped = map_headers([(0, ("姓名",)), (1, ("监护人名称",))], [3, 3], d, 1)
    assert list(mapped.columns) == ["child_name"]
    assert mapped.unmapped[0].suggestion == "guardian_name"


def test_two_columns_of_one_meaning() -> None:
    d = dictionary()
    mapped = map_headers([(0, ("姓名",)), (1, ("性别",)), (2, ("性别",))], [3, 0, 3], d, 1)
    assert mapped.columns["sex"].index == 2  # the one with data
    assert [(n.topic, n.column) for n in mapped.notes] == [("duplicate_field", 1)]


def test_leaf_headers_whose_groups_were_deleted_are_ambiguous() -> None:
    head = [
        "序号",
        "姓名",
        "性别",
        "公民身份证号码",
        "姓名",
        "联系电话",
        "姓名",
        "联系电话",
        "监护人姓名",
        "父母双方外出",
    ]
    found = table(
        [
            ["白石镇留守儿童花名册"],
            head,
            [1, "杨晓峰", "男", "5299", "杨大山", "1", "李秀英", "2", "杨", "是"],
        ]
    )
    assert found.columns["child_name"].index == 1
    assert "father_name" not in found.columns
    columns = {n.column for n in found.notes if n.topic == "ambiguous_header"}
    assert {4, 6, 5, 7} <= columns


def test_bare_phone_is_vague_in_a_roster_only() -> None:
    head = ["序号", "姓名", "性别", "身份证号", "父亲姓名", "母亲姓名", "联系电话"]
    row = [1, "杨晓峰", "男", "529901201503120013", "杨大山", "李秀英", "13885720001"]
    assert "ambiguous_header" in topics(table([["白石镇留守儿童花名册"], head, row]))
    dormitory = table([["姓名", "宿舍号", "床位号", "联系电话"], ["杨晓峰", "301", "1", "13885720001"]])
    assert "ambiguous_header" not in topics(dormitory)


@given(st.text(max_size=30))
def test_any_text_is_a_header_of_something_or_nothing(text: str) -> None:
    normal = normalise_header(text)
    assert normalise_header(normal) == normal or normal  # never raises
    find_field((text or "x",), dictionary())


def test_traditional_headers_and_labels_are_the_same_words() -> None:
    found = table(
        [
            ["白石鎮農村留守兒童花名冊"],
            ["填報單位：白石鎮  填報日期：2026年10月25日"],
            ["序號", "姓名", "性別", "身分證號碼", "父親姓名", "母親聯繫電話", "監護人姓名", "現居住地"],
            ["1", "楊曉峰", "男", "529901201503120019", "楊大山", "13885720001", "楊根", "白石鎮"],
        ]
    )
    assert found.kind == "roster"
    assert found.unmapped == ()
    assert found.facts["unit_name"][0] == "白石鎮"
    assert found.columns["child_name"].text.to_pylist() == ["楊曉峰"]

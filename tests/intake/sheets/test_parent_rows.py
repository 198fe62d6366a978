"""One child over several rows, one for each of its parents."""

from __future__ import annotations

from typing import Any

from tests.intake.grids import grid, submit, table, topics, values

HEAD = ["序号", "姓名", "性别", "公民身份证号码", "家长姓名", "与儿童关系", "家长务工地点", "外出时间", "家长电话",
        "监护人姓名", "监护人电话"]  # fmt: skip
TITLE = ["珠岩村农村留守儿童台账"]
CHILDREN = (
    (1, "杨晓峰", "男", "529901201503120013"),
    (2, "李小梅", "女", "529901201708150026"),
    (3, "韦晨曦", "男", "529901201407251033"),
)
GUARDIAN = ("杨老倌", "13885720009")
FATHER = ("杨大山", "父亲", "浙江省宁波市", "2025-02-20", "13885720001")
MOTHER = ("李秀英", "母亲", "广东省东莞市", "2025-03-01", "13885720002")


def sheet(*records: tuple[list[Any], ...]) -> list[list[Any]]:
    return [TITLE, HEAD, *(list(row) for record in records for row in record)]


def record(child: tuple[Any, ...], *parents: tuple[str, ...], again: bool = False) -> tuple[list[Any], ...]:
    """Rows of a child, its own cells in the first (or in each) of them."""
    return tuple(
        [
            *(child if again or i == 0 else ["", "", "", ""]),
            *parent,
            *(GUARDIAN if again or i == 0 else ["", ""]),
        ]
        for i, parent in enumerate(parents)
    )


def test_each_parent_is_read_from_the_row_of_his_role() -> None:
    found = table(sheet(*(record(child, FATHER, MOTHER) for child in CHILDREN)))
    assert values(found, "child_name") == ["杨晓峰", "李小梅", "韦晨曦"]
    assert values(found, "father_name") == ["杨大山"] * 3 and values(found, "mother_name") == ["李秀英"] * 3
    assert values(found, "father_work_place") == ["浙江省宁波市"] * 3
    assert values(found, "mother_away_since") == ["2025-03-01"] * 3
    assert values(found, "mother_phone") == ["13885720002"] * 3
    assert values(found, "guardian_name") == ["杨老倌"] * 3
    assert found.rows.tolist() == [3, 5, 7]
    assert found.rows_of("father_name").tolist() == [3, 5, 7]
    assert found.rows_of("mother_phone").tolist() == [4, 6, 8]
    assert "guardian_rel" not in found.columns and "parents_name" not in found.columns
    assert not {"child_in_several_rows", "child_rows_disagree", "sparse_rows"} & set(topics(found))
    assert not found.unmapped


def test_merged_names_and_mothers_first() -> None:
    merges = [(top, c, top + 1, c) for top in (3, 5, 7) for c in (0, 1, 2, 3, 9, 10)]
    found = table(sheet(*(record(child, MOTHER, FATHER) for child in CHILDREN)), merges)
    assert values(found, "mother_name") == ["李秀英"] * 3
    assert found.rows_of("mother_name").tolist() == [3, 5, 7]
    assert found.rows_of("father_name").tolist() == [4, 6, 8]


def test_cells_of_the_child_repeated_in_each_row() -> None:
    found = table(sheet(*(record(child, FATHER, MOTHER, again=True) for child in CHILDREN)))
    assert len(found) == 3
    assert values(found, "mother_work_place") == ["广东省东莞市"] * 3
    assert "child_rows_disagree" not in topics(found)


def test_numbers_repeated_in_each_row_are_no_children_passed_over() -> None:
    elder = ("杨老根", "爷爷", "", "", "13885720003")
    made = submit(grid(sheet(*(record(child, FATHER, MOTHER, elder, again=True) for child in CHILDREN))))
    assert [len(t) for t in made.tables] == [3]
    assert "unread_children" not in topics(made)


def test_cells_of_the_child_that_differ_between_its_rows_are_told() -> None:
    first, *others = (record(child, FATHER, MOTHER, again=True) for child in CHILDREN)
    first[1][2] = "女"
    found = table(sheet(first, *others))
    (note,) = [n for n in found.notes if n.topic == "child_rows_disagree"]
    assert (note.row, note.field) == (4, "sex")


def test_a_child_with_one_parent_has_the_other_blank() -> None:
    found = table(sheet(record(CHILDREN[0], FATHER, MOTHER), record(CHILDREN[1], MOTHER)))
    assert values(found, "father_name") == ["杨大山", ""]
    assert found.rows_of("father_name").tolist() == [3, 5]


def test_a_third_person_is_the_guardian_where_no_column_names_one() -> None:
    head = ["序号", "姓名", "性别", "身份证号", "家庭成员姓名", "称谓", "身份证号", "务工地点", "联系电话"]
    people = (
        ("杨大山", "父亲", "529901198001011234", "浙江省宁波市", "13885720001"),
        ("李秀英", "母亲", "529901198202021245", "广东省东莞市", "13885720002"),
        ("杨老倌", "祖父", "529901195003031256", "", "13885720003"),
    )
    rows = [
        [*(child if i == 0 else ["", "", "", ""]), *p] for child in CHILDREN for i, p in enumerate(people)
    ]
    found = table([["珠岩村留守儿童台账"], head, *rows])
    assert len(found) == 3
    assert values(found, "id_no") == [child[3] for child in CHILDREN]
    assert values(found, "guardian_name") == ["杨老倌"] * 3 and values(found, "guardian_rel") == ["祖父"] * 3
    assert values(found, "guardian_phone") == ["13885720003"] * 3
    assert values(found, "mother_id") == ["529901198202021245"] * 3
    assert found.rows_of("guardian_name").tolist() == [5, 8, 11]


def test_a_group_header_over_the_persons_columns() -> None:
    lines = [
        ["珠岩村留守儿童台账"],
        ["序号", "儿童基本情况", "", "", "家长情况", "", "", ""],
        ["", "姓名", "性别", "身份证号", "姓名", "关系", "务工地点", "联系电话"],
        *([*(child if i == 0 else [""] * 4), *parent[:3], parent[4]]
          for child in CHILDREN for i, parent in enumerate((FATHER, MOTHER))),
    ]  # fmt: skip
    found = table(lines)
    assert (
        values(found, "father_name") == ["杨大山"] * 3
        and values(found, "mother_phone") == ["13885720002"] * 3
    )


def test_parents_as_guardians_in_a_row_each_are_no_such_rows() -> None:
    head = ["序号", "姓名", "性别", "公民身份证号码", "监护人姓名", "与儿童关系", "监护人电话", "父母去向"]
    rows = [
        [*CHILDREN[0], "杨大山", "父亲", "13885720001", "在家"],
        [*CHILDREN[1], "李秀英", "母亲", "13885720002", "在家"],
        ["", "", "男", "529901201407251033", "韦启文", "父亲", "13885720003", "在家"],
    ]
    (found,) = submit(grid([["珠岩村农村留守儿童台账"], head, *rows])).tables
    assert len(found) == 3
    assert values(found, "guardian_rel") == ["父亲", "母亲", "父亲"]


def test_two_children_of_one_name_with_a_parent_each_stay_two() -> None:
    twins = (CHILDREN[0], (2, "杨晓峰", "男", "529901201907150097"), CHILDREN[2])
    found = table(sheet(*(record(child, FATHER, MOTHER, again=True) for child in twins)))
    assert len(found) == 3

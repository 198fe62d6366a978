"""Domain notes B, "mess to expect" 6, 8 and 10: what clerks do to registers."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.grids import ERROR, UNCOMPUTED, grid, submit, table, topics, values

from lbt_audit.model.cell import CellKind

HEAD = ["序号", "姓名", "性别", "公民身份证号码", "父亲姓名", "母亲姓名", "监护人姓名", "现居住地"]
ONE = [1, "杨晓峰", "男", "529901201503120013", "杨大山", "李秀英", "杨老倌", "珠岩村"]
TWO = [2, "杨晓梅", "女", "529901201708150026", "杨大山", "李秀英", "杨老倌", "珠岩村"]
THREE = [3, "王小虎", "男", "52990120160829007X", "王大贵", "陈明秀", "王奶奶", "大坪村"]
TITLE = ["白石镇农村留守儿童花名册"]


def blanked(row: list[object], *columns: int) -> list[object]:
    return ["" if i in columns else v for i, v in enumerate(row)]


def test_merged_family_cells_fill_down_inside_the_range_only() -> None:
    lines = [TITLE, HEAD, ONE, blanked(TWO, 4, 5), blanked(THREE, 4)]
    found = table(lines, [(3, 4, 4, 4), (3, 5, 4, 5)])
    assert values(found, "father_name") == ["杨大山", "杨大山", ""]
    assert found.columns["father_name"].filled.tolist() == [False, True, False]
    assert found.columns["father_name"].kinds.tolist() == [CellKind.TEXT, CellKind.TEXT, CellKind.BLANK]
    (note,) = (n for n in found.notes if n.topic == "merged_fill" and n.field == "father_name")
    assert (note.row, note.detail["rows"], note.detail["count"]) == (4, "4", "1")


def test_the_only_child_over_two_rows() -> None:
    found = table([TITLE, HEAD, blanked(ONE, 4), ["", "", "", "", "杨大山"]], [(3, 1, 4, 1)])
    assert len(found) == 1 and values(found, "father_name") == ["杨大山"]


def test_blank_cells_without_a_merge_stay_blank() -> None:
    found = table([TITLE, HEAD, ONE, blanked(TWO, 4)])
    assert values(found, "father_name") == ["杨大山", ""]
    assert found.columns["father_name"].filled is None


def test_ditto_marks_take_the_row_above() -> None:
    second, third = list(TWO), list(THREE)
    second[4], third[4], third[5] = "同上", "〃", " 同上 "
    found = table([TITLE, HEAD, ONE, second, third])
    assert values(found, "father_name") == ["杨大山"] * 3
    assert found.columns["father_name"].filled.tolist() == [False, True, True]
    note = next(n for n in found.notes if n.topic == "ditto" and n.field == "father_name")
    assert note.detail["rows"] == "4-5"


def test_ditto_in_the_first_record_stays_what_it_is() -> None:
    first = list(ONE)
    first[4] = "同上"
    assert values(table([TITLE, HEAD, first, TWO]), "father_name")[0] == "同上"


def test_ditto_below_a_merge() -> None:
    third = list(THREE)
    third[4] = "同上"
    found = table([TITLE, HEAD, ONE, blanked(TWO, 4), third], [(3, 4, 4, 4)])
    assert values(found, "father_name") == ["杨大山"] * 3


def test_one_child_in_two_rows_is_one_record() -> None:
    first, more = blanked(ONE, 5), ["", "", "", "", "", "李秀英", "", ""]
    found = table([TITLE, HEAD, first, more, THREE], [(3, c, 4, c) for c in (0, 1, 2, 3)])
    assert found.rows.tolist() == [3, 5]
    assert values(found, "mother_name") == ["李秀英", "陈明秀"]
    assert "child_in_several_rows" in topics(found)


def test_rows_of_one_child_that_disagree_are_noted() -> None:
    more = ["", "", "", "", "杨老三", "李秀英", "", ""]
    found = table([TITLE, HEAD, ONE, more, THREE], [(3, c, 4, c) for c in (0, 1, 2, 3)])
    assert found.rows.tolist() == [3, 5]
    told = [(n.row, n.field) for n in found.notes if n.topic == "child_rows_disagree"]
    assert told == [(4, "father_name")]


def test_two_children_in_one_row() -> None:
    head = ["序号", "姓名", "宿舍号", "床位号", "序号", "姓名", "宿舍号", "床位号"]
    lines = [["清水乡中心小学宿舍名单"], head, [1, "杨晓峰", "301", "1", 2, "王小虎", "301", "2"]]
    left, right = submit(grid(lines)).tables
    assert (values(left, "child_name"), values(right, "child_name")) == (["杨晓峰"], ["王小虎"])
    assert right.columns["child_name"].index == 5
    assert not {"duplicate_field", "ambiguous_header"} & {*topics(left), *topics(right)}


def test_parents_in_one_cell() -> None:
    head = ["序号", "姓名", "性别", "公民身份证号码", "父母姓名", "监护人姓名"]
    cells = [
        "杨大山/李秀英",
        "李大河、 王芳",
        "父：王大贵 母：陈明秀",
        "周大海  吴小妹",
        "赵四",
        "—/孙二娘",
        "欧阳大山(父)/李花(母)",
    ]
    rows = [[i, f"童{i}", "男", "529901201503120013", text, "某"] for i, text in enumerate(cells)]
    found = table([TITLE, head, *rows])
    assert values(found, "father_name") == ["杨大山", "李大河", "王大贵", "周大海", "", "—", "欧阳大山"]
    assert values(found, "mother_name") == ["李秀英", "王芳", "陈明秀", "吴小妹", "", "孙二娘", "李花"]
    assert found.columns["father_name"].index == found.columns["parents_name"].index == 4
    assert found.columns["father_name"].part == "father_name"


def test_hidden_parts_with_data_are_reported_and_read() -> None:
    sheet = grid(
        [TITLE, HEAD, ONE, TWO, THREE],
        visibility="hidden",
        hidden_rows=frozenset({4}),
        hidden_columns=frozenset({3, 9}),
    )
    (found,) = submit(sheet).tables
    assert len(found) == 3
    notes = {n.topic: n for n in found.notes}
    assert notes["hidden_rows"].detail["rows"] == "4"
    assert notes["hidden_columns"].column == 3 and notes["hidden_columns"].field == "id_no"
    assert notes["hidden_sheet"].detail["rows"] == "3"


def test_hidden_parts_without_data_are_not_worth_a_word() -> None:
    sheet = grid([TITLE, HEAD, ONE, [], TWO], hidden_rows=frozenset({4, 20}), hidden_columns=frozenset({12}))
    (found,) = submit(sheet).tables
    assert not {"hidden_rows", "hidden_columns", "hidden_sheet"} & set(topics(found))


def test_empty_register_and_sample_rows() -> None:
    found = table([TITLE, HEAD])
    assert len(found) == 0 and "empty_register" in topics(found)
    sample = ["示例", "张三", "男", "529901201503120013"]
    numbered = [[i] for i in range(1, 6)]
    found = table([TITLE, HEAD, sample, *numbered])
    assert len(found) == 0 and found.template_rows == (3,)


def test_numbered_blank_lines_are_no_children() -> None:
    found = table([TITLE, HEAD, ONE, [2], [3], ["", "", "", "", "", "", "", "查无此人"]])
    assert found.rows.tolist() == [3]
    assert next(n for n in found.notes if n.topic == "sparse_rows").detail["rows"] == "6"


def test_rows_that_say_too_little_are_noted() -> None:
    found = table([TITLE, HEAD, ONE, [2, "", "女"], [3, "", "0"], [4, "", "", "", "", "", "", "珠岩村"]])
    assert found.rows.tolist() == [3]
    assert next(n for n in found.notes if n.topic == "sparse_rows").detail["rows"] == "4,6"


def test_a_child_known_by_name_only_is_a_child() -> None:
    assert len(table([TITLE, HEAD, ONE, ["", "李小梅"]])) == 2


def test_error_cells_and_formulas_without_value_keep_their_kind() -> None:
    first = list(ONE)
    first[3], first[4] = ERROR, UNCOMPUTED
    found = table([TITLE, HEAD, first])
    assert found.columns["id_no"].kinds.tolist() == [CellKind.ERROR] and values(found, "id_no") == ["#REF!"]
    assert found.columns["father_name"].kinds.tolist() == [CellKind.UNCOMPUTED]


def test_blank_columns_and_columns_without_a_header() -> None:
    head = [*HEAD[:2], "", *HEAD[2:], ""]
    rows = [[*r[:2], "", *r[2:], "13885720001"] for r in (ONE, TWO)]
    found = table([TITLE, head, *rows])
    assert found.columns["sex"].index == 3
    (unmapped,) = found.unmapped
    assert (unmapped.index, unmapped.header, unmapped.samples) == (9, "", 2)
    assert next(n for n in found.notes if n.topic == "headerless_column").column == 9


def test_several_months_in_one_book_leave_the_newest() -> None:
    book = [
        grid([TITLE, HEAD, row], sheet=name) for name, row in (("8月", ONE), ("10月", THREE), ("9月", TWO))
    ]
    found = submit(*book)
    assert [t.sheet for t in found.tables] == ["10月"]
    assert found.ignored_sheets == {"8月": "earlier_period", "9月": "earlier_period"}


def test_a_copied_sheet_is_left_out_and_another_one_is_not() -> None:
    same = submit(grid([TITLE, HEAD, ONE]), grid([TITLE, HEAD, ONE], sheet="Sheet1 (2)"))
    assert [t.sheet for t in same.tables] == ["Sheet1"] and same.ignored_sheets == {
        "Sheet1 (2)": "copied_sheet"
    }
    other = submit(grid([TITLE, HEAD, ONE]), grid([TITLE, HEAD, TWO], sheet="Sheet1 (2)"))
    assert len(other.tables) == 2


def test_dates_that_differ_between_sheets() -> None:
    book = [
        grid([TITLE, [f"填报日期：2026年{m}月1日"], HEAD, ONE], sheet=s)
        for s, m in (("一组", 9), ("二组", 10))
    ]
    assert "several_dates" in topics(submit(*book))


def test_empty_sheets_and_books() -> None:
    found = submit(grid([TITLE, HEAD, ONE]), grid([], sheet="Sheet2"))
    assert found.status == "audited" and found.ignored_sheets == {"Sheet2": "empty_sheet"}
    assert (submit(grid([])).status, submit(grid([])).reason) == ("unreadable", "no_table")


RECORDS = [ONE, TWO, THREE]


@settings(max_examples=120, deadline=None)
@given(
    above=st.lists(
        st.sampled_from([TITLE, ["填报单位：白石镇    填报日期：2026.10.1"], ["附件2"], ["单位：人"], []]),
        max_size=5,
    ),
    gaps=st.lists(st.integers(0, 3), max_size=4),
    blanks=st.sets(st.integers(0, len(HEAD)), max_size=3),
    page=st.booleans(),
    foot=st.lists(st.sampled_from([["合计", "3人"], ["注：1.如实填写。"], ["填表人：李强"], []]), max_size=3),
)
def test_what_stands_around_the_records_does_not_change_them(
    above: list[list[str]], gaps: list[int], blanks: set[int], page: bool, foot: list[list[str]]
) -> None:
    lines: list[list[object]] = [*above, HEAD]
    for i, record in enumerate(RECORDS):
        lines += [[] for _ in range(gaps.count(i))]
        lines += [HEAD] if page and i == 1 else []
        lines.append(record)
    lines += foot
    wide = [_with_blanks(line, blanks) for line in lines]
    found = table(wide, path="白石镇.xlsx")
    assert found.kind in ("roster", "village_book")
    for column, field in ((1, "child_name"), (3, "id_no"), (4, "father_name"), (7, "live_addr")):
        assert values(found, field) == [r[column] for r in RECORDS]
    assert [lines[n - 1][1] for n in found.rows.tolist()] == [r[1] for r in RECORDS]


def _with_blanks(line: list[object], blanks: set[int]) -> list[object]:
    if len(line) < len(HEAD):
        return line
    out: list[object] = []
    for i, value in enumerate(line):
        out += ["", value] if i in blanks else [value]
    return out


def test_header_without_records_or_title_is_told() -> None:
    """Seven columns say nothing of the kind of register, and the file's name may be anybody's."""
    few = ["序号", "姓名", "性别", "出生日期", "身份证号", "家庭住址", "备注"]
    bare = submit(grid([few]), path="白石镇留守儿童花名册.csv")
    assert (bare.status, bare.reason) == ("ignored", "not_register")
    assert [(n.topic, n.row) for n in bare.notes] == [("unnamed_header", 1)]
    titled = submit(grid([TITLE, few]))
    assert [t.kind for t in titled.tables] == ["roster"] and not len(titled.tables[0])
    assert not submit(grid([few, [1, "王老师", "男", "1980-01-01", "529901198001010017", "", ""]])).notes

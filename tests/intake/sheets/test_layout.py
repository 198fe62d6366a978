"""Header block, data rows and what stands around them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.cost import cpu
from tests.intake.grids import dictionary, grid, submit, table, values

from lbt_audit.intake.grid import Grid
from lbt_audit.intake.sheets.facts import read_facts
from lbt_audit.intake.sheets.layout import find_blocks
from lbt_audit.intake.sheets.sheet import Sheet, ranges

HEAD = ["序号", "姓名", "性别", "公民身份证号码", "父亲姓名", "母亲姓名"]
ROW = [1, "杨晓峰", "男", "529901201503120013", "杨大山", "李秀英"]


def facts(*cells: str) -> dict[str, str]:
    sheet = Sheet(grid([list(cells)]))
    return {key: text for key, (text, _, _) in read_facts(sheet, [0], dictionary()).items()}


def test_labels_typed_with_blanks_and_brackets() -> None:
    found = facts("单 位 负 责 人 ( 签 名 ) ：王建国　　填表人（签名）:李强")
    assert found == {"unit_head": "王建国", "filler": "李强"}


def test_lines_to_write_on_are_no_values() -> None:
    assert facts("填报单位（盖章）：＿＿＿＿   填报日期：    年   月   日") == {
        "unit_name": "",
        "fill_date": "",
    }


def test_a_value_is_not_taken_from_the_next_label() -> None:
    assert facts("复核人：", "填表人：", "李强") == {"reviewer": "", "filler": "李强"}


def test_row_numbers_in_words() -> None:
    assert ranges([3, 4, 5, 9, 11, 12]) == "3-5,9,11-12"
    assert ranges([]) == ""


def test_three_levels_of_headers() -> None:
    lines = [
        ["白石镇农村留守儿童花名册"],
        ["序号", "儿童", "", "家庭情况", "", "", ""],
        ["", "姓名", "性别", "父亲", "", "母亲", ""],
        ["", "", "", "姓名", "务工地点", "姓名", "务工地点"],
        [1, "杨晓峰", "男", "杨大山", "浙江宁波", "李秀英", "浙江宁波"],
    ]
    merges = [
        (2, 0, 4, 0), (2, 1, 2, 2), (3, 1, 4, 1), (3, 2, 4, 2), (2, 3, 2, 6), (3, 3, 3, 4), (3, 5, 3, 6),
    ]  # fmt: skip
    for found in (table(lines, merges), table(lines)):
        assert found.header_rows == (2, 3, 4)
        assert {"child_name", "father_name", "father_work_place", "mother_work_place"} <= set(found.columns)


def test_subtitle_over_the_whole_table_is_no_group() -> None:
    head = ["父亲情况", "", "", "", "", ""]
    found = table([head, HEAD, ROW], [(1, 0, 1, 5)])
    assert found.columns["child_name"].index == 1


def test_village_captions_and_notes_are_no_children() -> None:
    lines = [
        ["白石镇花名册"],
        HEAD,
        ["珠岩村"],
        ROW,
        ["大坪村"],
        [2, *ROW[1:]],
        ["备注：以上为全部留守儿童，情况属实"],
    ]
    found = table(lines, [(3, 0, 3, 5), (5, 0, 5, 5), (7, 0, 7, 5)])
    assert found.rows.tolist() == [4, 6]


def test_many_unknown_columns_do_not_hide_the_header() -> None:
    extra = [f"指标{i}" for i in range(60)]
    assert len(table([["白石镇花名册"], [*HEAD, *extra], [*ROW, *extra]]).unmapped) == 60


def test_signatures_belong_to_the_table_above() -> None:
    second = ["宿舍号", "床位号", "班级", "姓名"]
    lines = [
        ["白石镇花名册"],
        HEAD,
        ROW,
        ["填表人：李强"],
        ["清水乡中心小学宿舍名单"],
        second,
        ["301", "1", "一班", "王小虎"],
    ]
    roster, dormitory = submit(grid(lines)).tables
    assert roster.facts["filler"][0] == "李强" and "filler" not in dormitory.facts


WORDS = st.sampled_from(
    [*HEAD, "父亲情况", "合计", "注：", "填报单位：", "示例", "同上", "", "", "1", "杨晓峰", "男"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=7), max_size=14), st.integers(0, 40))
@example([["序号", "序号"], ["姓名"], ["注："], ["姓名"]], 0)
def test_no_arrangement_of_cells_raises_or_loses_a_row_twice(lines: list[list[str]], seed: int) -> None:
    rng = np.random.default_rng(seed)
    merges = []
    for _ in range(seed % 4):
        top, left = int(rng.integers(1, 10)), int(rng.integers(0, 6))
        merges.append((top, left, top + int(rng.integers(0, 4)), left + int(rng.integers(0, 3))))
    sheet = grid(lines, merges)
    submit(sheet)
    seen: list[int] = []
    for block in find_blocks(Sheet(sheet), dictionary()) if lines else []:
        seen += [
            *block.data.tolist(),
            *block.samples,
            *block.subtotals,
            *block.repeated,
            *block.header,
            *block.outside,
        ]
    assert len(seen) == len(set(seen))


def test_cost_of_a_county_sheet() -> None:
    """50,000 rows by 45 columns are understood for little more than looking at every text once."""
    n, width = 50_000, 45
    heads = [
        *HEAD,
        *(f"{p}{x}" for p in ("父亲", "母亲", "监护人") for x in ("出生日期", "联系电话", "身份证号")),
    ]
    columns = []
    for c in range(width):
        top = ["白石镇花名册" if c == 0 else "", heads[c] if c < len(heads) else f"自增{c}"]
        columns.append(pa.array(top + [f"{c}-{i % 700}" for i in range(n)]))
    kinds = np.ones((n + 2, width), np.uint8)
    kinds[0, 1:] = 0
    sheet = Grid("S", "visible", np.arange(1, n + 3, dtype=np.int32), columns, kinds)
    (found,) = submit(sheet).tables
    assert len(found) == n and values(found, "sex")[0] == "2-0"
    looking = cpu(lambda: [pc.dictionary_encode(column) for column in columns])
    assert cpu(lambda: submit(sheet)) < 8 * looking

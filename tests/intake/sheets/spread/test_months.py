"""A column per month of visits; months as sheets; visits numbered in one row."""

from __future__ import annotations

from typing import Any

import pytest
from tests.intake.grids import grid, submit, values

from lbt_audit.intake.table import Submission

NAMES = ("杨晓峰", "李小梅", "韦晨曦")


def read(*lines: list[Any], **more: Any) -> Submission:
    return submit(grid(lines, **more), path="a.xlsx")


def visits(found: Submission) -> set[tuple[str, str]]:
    """(child, day as written) of every visit."""
    assert {t.kind for t in found.tables} == {"visits"}
    return {
        pair
        for t in found.tables
        for pair in zip(values(t, "child_name"), values(t, "visit_date"), strict=True)
    }


def test_a_tick_in_the_column_of_a_month_is_a_visit_in_that_month() -> None:
    found = read(
        ["白石镇中心小学2026年家访台账"],
        ["序号", "学生姓名", "班级", "9月", "10月", "11月", "家访教师"],
        ["1", NAMES[0], "三(1)班", "√", "", "√", "龙秀华"],
        ["2", NAMES[1], "三(1)班", "×", "☑", "", "龙秀华"],
        ["3", NAMES[2], "三(1)班", "", "/", "", "龙秀华"],
    )
    want = {(NAMES[0], "2026年9月"), (NAMES[0], "2026年11月"), (NAMES[1], "2026年10月")}
    assert visits(found) == want
    assert {c for t in found.tables for c in values(t, "visit_visitor")} == {"龙秀华"}


def test_days_words_and_dates_under_months() -> None:
    found = read(
        ["2026—2027学年度家访记录"],
        ["序号", "学生姓名", "家访时间", "", "", ""],
        ["", "", "九月", "十二月", "一月", "三月"],
        ["1", NAMES[0], "12", "5日", "已访", "未访"],
        ["2", NAMES[1], "9月20日", "电话", "2027.1.8", "无"],
        merges=[(2, 2, 2, 5)],
    )
    assert visits(found) == {
        (NAMES[0], "2026年9月12日"), (NAMES[0], "2026年12月5日"), (NAMES[0], "2027年1月"),
        (NAMES[1], "9月20日"), (NAMES[1], "2026年12月"), (NAMES[1], "2027.1.8"),
    }  # fmt: skip


def test_figures_of_how_often_are_visits_in_that_month() -> None:
    found = read(
        ["家访登记表"],
        ["姓名", "班级", "9月家访", "10月家访", "家访教师"],
        [NAMES[0], "三(1)班", 1, 2, "龙秀华"],
        [NAMES[1], "三(1)班", 0, 1, "龙秀华"],
    )
    assert visits(found) == {(NAMES[0], "9月"), (NAMES[0], "10月"), (NAMES[1], "10月")}


def test_months_of_money_are_no_visits() -> None:
    found = read(
        ["孤儿基本生活费发放名册"],
        ["序号", "姓名", "身份证号码", "监护人姓名", "保障类别", "9月", "10月"],
        *(
            [str(i), n, f"52990120150312001{i}", "杨老根", "孤儿", "1200", "1200"]
            for i, n in enumerate(NAMES, 1)
        ),
    )
    assert all("visit_date" not in t.columns for t in found.tables)


def test_sheets_of_earlier_months_count_as_well() -> None:
    head = ["序号", "学生姓名", "家访时间", "家访教师", "家访内容"]
    sheets = [
        grid(
            [["白石镇中心小学家访记录"], head, ["1", NAMES[0], f"2026.{m}.12", "龙秀华", "了解情况"]],
            sheet=f"{m}月",
        )
        for m in (8, 9, 10)
    ]
    found = submit(*sheets, path="家访.xlsx")
    assert len(found.tables) == 3 and not found.ignored_sheets


@pytest.mark.parametrize(
    "head",
    [
        ["第一次家访时间", "第一次家访内容", "第二次家访时间", "第二次家访内容"],
        ["家访时间1", "家访内容1", "家访时间2", "家访内容2"],
        ["第1次走访日期", "第1次走访情况", "第2次走访日期", "第2次走访情况"],
        ["首次家访时间", "首次家访内容", "二次家访时间", "二次家访内容"],
    ],
)
def test_two_visits_in_one_row(head: list[str]) -> None:
    found = read(
        ["白石镇中心小学家访台账"],
        ["序号", "学生姓名", "家访教师", *head],
        ["1", NAMES[0], "龙秀华", "2026.9.12", "了解学习情况", "2026.10.8", "了解生活情况"],
        ["2", NAMES[1], "龙秀华", "2026.9.13", "了解学习情况", "", ""],
    )
    assert visits(found) == {(NAMES[0], "2026.9.12"), (NAMES[0], "2026.10.8"), (NAMES[1], "2026.9.13")}

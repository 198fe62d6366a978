"""A county's own form of the roster, as a county makes one: two header rows with merges, words no alias knows, marks, title,
labels, signatures and notes; with lawful children or none."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Font
from tests.benchmarks.registers import columns

CHILD, FATHER, MOTHER, CARER = "娃娃的情况", "老汉", "阿妈", "在家照看的人"
_OF_CHILD, _OF_FATHER, _OF_MOTHER, _OF_CARER = "儿童基本情况", "父亲情况", "母亲情况", "监护人情况"

FORM: tuple[tuple[str, str, str | None, tuple[str, str] | None], ...] = (
    ("", "次序", "seq", None),
    (CHILD, "★大名", "child_name", (_OF_CHILD, "姓名")),
    (CHILD, "男女", "sex", (_OF_CHILD, "性别")),
    (CHILD, "族属", "ethnicity", (_OF_CHILD, "民族")),
    (CHILD, "★身份编码", "id_no", (_OF_CHILD, "公民身份证号码")),
    (CHILD, "出世年月日", "birth_date", (_OF_CHILD, "出生日期")),
    (CHILD, "户口落在哪", "hukou_addr", (_OF_CHILD, "户籍所在地")),
    (CHILD, "现居住地", "live_addr", (_OF_CHILD, "现居住地")),
    (CHILD, "属哪村", "village", (_OF_CHILD, "所属村")),
    (CHILD, "身体情况", "health", (_OF_CHILD, "身体情况")),
    (CHILD, "就学情况", "school_status", (_OF_CHILD, "就学情况")),
    (CHILD, "念书的学堂", "school_name", (_OF_CHILD, "就读学校")),
    (CHILD, "年级", "grade", (_OF_CHILD, "年级")),
    (CHILD, "住校否", "boarding", (_OF_CHILD, "是否学校寄宿")),
    (CHILD, "校车线路", None, ("", "1路")),
    (FATHER, "姓名", "father_name", (_OF_FATHER, "姓名")),
    (FATHER, "身份编码", "father_id", (_OF_FATHER, "公民身份证号码")),
    (FATHER, "打工去处", "father_work_place", (_OF_FATHER, "务工地点")),
    (FATHER, "几时出门", "father_away_since", (_OF_FATHER, "外出时间")),
    (FATHER, "手机", "father_phone", (_OF_FATHER, "联系电话")),
    (MOTHER, "姓名", "mother_name", (_OF_MOTHER, "姓名")),
    (MOTHER, "身份证号", "mother_id", (_OF_MOTHER, "公民身份证号码")),
    (MOTHER, "做工地点", "mother_work_place", (_OF_MOTHER, "务工地点")),
    (MOTHER, "离家日期", "mother_away_since", (_OF_MOTHER, "外出时间")),
    (MOTHER, "能打通的号码", "mother_phone", (_OF_MOTHER, "联系电话")),
    (CARER, "称呼", "guardian_name", (_OF_CARER, "姓名")),
    (CARER, "是娃的什么人", "guardian_rel", (_OF_CARER, "与被监护人关系")),
    (CARER, "联络电话", "guardian_phone", (_OF_CARER, "联系电话")),
    (CARER, "看管得如何", "guard_eval", (_OF_CHILD, "监护类型")),
    ("", "领导签批", None, None),
    ("", "附记", "remark", None),
)
"""Group, header, the field it means (None = none), where the lawful rosters have its values."""
TITLE = "2026年白石镇留守娃摸底册"
LABELS = ("填报单位（盖章）：白石镇人民政府", "填报日期：2026年10月25日")
FOOT = (
    "单位负责人（签名）：石大山  复核人：石小山  填表人：石水",
    "注：1.带★的必须填写。",
    "2.打工去处写到市。",
)
FIRST = 5
"""Row of the first child."""


@cache
def values() -> dict[tuple[str, str], Any]:
    return columns(60)


def records(count: int) -> list[list[str]]:
    rows = []
    for n in range(count):
        row = []
        for _, header, _, source in FORM:
            value: Any = "" if source is None else values().get(source, source[1])
            row.append(str(n + 1) if header == "次序" else value if isinstance(value, str) else str(value[n]))
        rows.append(row)
    return rows


def workbook(path: Path, count: int, form: Sequence[Sequence[Any]] = FORM, red: Sequence[str] = ()) -> Path:
    """Written as .xlsx."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Sheet1 (2)"
    sheet.append([TITLE])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(form))
    sheet.append([LABELS[0], None, None, None, None, None, LABELS[1]])
    groups = [entry[0] for entry in form]
    for number, (group, header, *_) in enumerate(form, 1):
        cell = sheet.cell(4 if group else 3, number, header)
        if header in red:
            cell.font = Font(color="FFFF0000")
        if not group:
            sheet.merge_cells(start_row=3, end_row=4, start_column=number, end_column=number)
    for group in filter(None, dict.fromkeys(groups)):
        first, last = groups.index(group) + 1, len(groups) - groups[::-1].index(group)
        sheet.cell(3, first, group)
        sheet.merge_cells(start_row=3, end_row=3, start_column=first, end_column=last)
    for row, record in enumerate(records(count), FIRST):
        for number, text in enumerate(record[: len(form)], 1):
            sheet.cell(row, number, text or None)
    for row, text in enumerate(FOOT, FIRST + count):
        sheet.cell(row, 1, text)
    book.save(path)
    return path


def table(path: Path, count: int) -> Path:
    """Written as a .csv of GBK, in which merged cells are lost."""
    groups = [entry[0] for entry in FORM]
    above = [g if g and groups.index(g) == n else "" if g else FORM[n][1] for n, g in enumerate(groups)]
    leaves = [header if group else "" for group, header, *_ in FORM]
    with path.open("w", encoding="gbk", newline="") as file:
        csv.writer(file).writerows(
            [[TITLE], LABELS, above, leaves, *records(count), *([line] for line in FOOT)]
        )
    return path

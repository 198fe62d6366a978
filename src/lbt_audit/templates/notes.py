"""The page of notes: what each column takes, and what the audit will look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from openpyxl.styles import Alignment, Font, PatternFill

from lbt_audit.model.own_sheet import TEMPLATE
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Lang, Text
from lbt_audit.templates.form import Form

_HEAD = PatternFill("solid", fgColor="FFD9E1F2")
_COLUMNS: Final = (Text("栏目", "Column"), Text("是否必填", "Required"), Text("怎么填", "What to write"))
_RULES: Final = (Text("规则", "Rule"), Text("检查什么", "What is checked"), Text("怎么改", "What to do"))
_WORDS: Final = {
    "always": Text("必填", "always"),
    "sometimes": Text("按情况", "in some cases"),
    "free": Text("选填", "optional"),
}


def write_notes(sheet: Any, form: Form, rules: Sequence[Rule], lang: Lang) -> None:
    """Two tables under each other."""
    sheet.append([TEMPLATE[lang]])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append(
        [
            Text(
                "橙色表头为必填栏目；黄色单元格漏填，红色单元格有误（校验码不符，或与证号的出生日期、性别不符）。",
                "Orange headers are required; yellow cells are missing, red ones wrong (check character, or date or sex).",
            )[lang]
        ]
    )
    sheet.append([])
    _table(
        sheet,
        [title[lang] for title in _COLUMNS],
        [
            [
                "/".join(part for part in (c.group, c.leaf) if part),
                _WORDS["always" if c.always else "sometimes" if c.sometimes else "free"][lang],
                "、".join(c.options) if c.options else c.example,
            ]
            for c in form.columns
        ],
    )
    sheet.append([])
    _table(
        sheet,
        [title[lang] for title in _RULES],
        [[rule.code, rule.title[lang], rule.fix[lang]] for rule in rules],
    )
    for letter, width in zip("ABC", (26, 30, 90), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _table(sheet: Any, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    sheet.append(list(head))
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = Font(bold=True), _HEAD
    for row in rows:
        sheet.append(list(row))
        for cell in sheet[sheet.max_row]:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.data_type = "s"

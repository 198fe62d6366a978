"""A blank form as a workbook: headers that cannot be overwritten, drop-downs, cells that keep digits, colours for what
is missing or contradicts itself, and a page of notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation

from lbt_audit.model.location import column_letter
from lbt_audit.model.own_sheet import TEMPLATE
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Lang, Text
from lbt_audit.templates.form import Form, FormColumn
from lbt_audit.templates.notes import write_notes
from lbt_audit.templates.prompt import LONGEST_PROMPT, LONGEST_TITLE, prompt

OPTIONS: Final = "选项"
ROWS: Final = 500
"""Records there is room for."""
_THIN = Side(style="thin", color="FFBFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="FFD9E1F2")
_MUST = PatternFill("solid", fgColor="FFFCE4D6")
_MISSING = PatternFill("solid", bgColor="FFFFEB9C")
_WRONG = PatternFill("solid", bgColor="FFFFC7CE")
_LONGEST_NAME = 31  # of a sheet
_HEAD_LINES = 4  # a header is broken into
_WIDE = {
    "citizen_id": 21,
    "xueji_no": 22,
    "date": 12,
    "phone": 14,
    "name": 11,
    "place": 18,
    "address": 28,
    "text": 18,
}


def make_workbook(form: Form, rules: Sequence[Rule], unit: str, lang: Lang) -> Workbook:
    """The form as a workbook. ``unit``: whose it is, "" = to be written in."""
    book = Workbook()
    sheet = book.active
    sheet.title = form.kind.title.zh[:_LONGEST_NAME]
    lists = book.create_sheet(OPTIONS)
    lists.sheet_state, lists["A1"].value = "hidden", TEMPLATE.zh
    first = _head(sheet, form, unit)
    for number, column in enumerate(form.columns):
        _column(sheet, lists, number, column, first, lang)
    _colours(sheet, form, first)
    _layout(sheet, form, first)
    write_notes(book.create_sheet(Text("填表说明", "Notes")[lang]), form, rules, lang)
    return book


def title_of(form: Form, unit: str) -> str:
    """清溪镇农村留守儿童花名册"""
    named = form.kind.title.zh
    whose = unit or "________"
    return f"{whose}{'' if '儿童' in named or '学' in named else '农村留守儿童'}{named}"


def _head(sheet: Any, form: Form, unit: str) -> int:
    """Title, what is filled in once, headers; gives the first row of records."""
    width = len(form.columns)
    sheet.append([title_of(form, unit)])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=16), Alignment("center", "center")
    row = 2
    if form.labels:
        for number, label in enumerate(form.labels):
            cell = sheet.cell(2, 1 + number * max(1, min(6, width // len(form.labels))))
            value = unit if "单位" in label.zh and "负责" not in label.zh else ""
            cell.value, cell.protection = f"{label.zh}：{value}", Protection(locked=False)
        row = 3
    groups = [column.group for column in form.columns]
    leaf_row = row + 1 if form.grouped else row
    for number, column in enumerate(form.columns, 1):
        leaf = sheet.cell(leaf_row, number, column.leaf)
        if form.grouped and not column.group:
            sheet.cell(row, number, column.leaf)
            leaf.value = None
            sheet.merge_cells(start_row=row, end_row=leaf_row, start_column=number, end_column=number)
        for header in range(row, leaf_row + 1):
            cell = sheet.cell(header, number)
            cell.font, cell.border = Font(bold=True), _BORDER
            cell.fill = _MUST if column.always else _HEAD
            cell.alignment = Alignment("center", "center", wrap_text=True)
    start = 0
    for number in range(1, len(groups) + 1):
        if number == len(groups) or groups[number] != groups[start]:
            if groups[start]:
                sheet.cell(row, start + 1).value = groups[start]
                if number - start > 1:
                    sheet.merge_cells(start_row=row, end_row=row, start_column=start + 1, end_column=number)
            start = number
    sheet.row_dimensions[leaf_row].height = 60
    return leaf_row + 1


def _column(sheet: Any, lists: Any, number: int, column: FormColumn, first: int, lang: Lang) -> None:
    letter = column_letter(number)
    last = first + ROWS - 1
    form_ = "@" if column.is_number or column.field.kind != "date" else "yyyy-mm-dd"
    for row in range(first, last + 1):
        cell = sheet.cell(row, number + 1)
        cell.number_format, cell.protection, cell.border = form_, Protection(locked=False), _BORDER
    if column.field.kind == "integer":
        for row in range(first, last + 1):
            sheet.cell(row, number + 1).number_format = "0"
    sheet.column_dimensions[letter].width = max(
        _WIDE.get(column.field.kind, 7), 2 * -(-len(column.leaf) // _HEAD_LINES) + 2
    )
    area = f"{letter}{first}:{letter}{last}"
    validation = DataValidation(allow_blank=True, showErrorMessage=True, showInputMessage=True)
    if column.options and not column.several:
        place = lists.max_column + 1
        for row, option in enumerate((column.field.title.zh, *column.options), 1):
            lists.cell(row, place, option)
        at = column_letter(place - 1)
        validation.type = "list"
        validation.formula1 = f"{OPTIONS}!${at}$2:${at}${1 + len(column.options)}"
        validation.error = Text("请从下拉列表中选择", "Choose from the list")[lang]
    elif column.field.kind == "citizen_id":
        validation.type, validation.operator, validation.formula1 = "textLength", "equal", "18"
        validation.errorStyle = "warning"
        validation.error = Text("身份证号应为 18 位", "An ID number has 18 characters")[lang]
    validation.promptTitle = column.field.title[lang][:LONGEST_TITLE]
    validation.prompt = prompt(column, lang)[:LONGEST_PROMPT]
    validation.add(area)
    sheet.add_data_validation(validation)


def _colours(sheet: Any, form: Form, first: int) -> None:
    """Conditional colours: what is missing in a row that was begun, numbers that contradict themselves or others."""
    at = {column.key: f"${column_letter(n)}{first}" for n, column in enumerate(form.columns)}
    last = first + ROWS - 1
    begun = at.get("child_name") or f"$B{first}"
    for number, column in enumerate(form.columns):
        letter = column_letter(number)
        area, cell = f"{letter}{first}:{letter}{last}", f"${letter}{first}"
        if column.always and column.key != "child_name":
            formula = f"AND(LEN(TRIM({begun}))>0,LEN(TRIM({cell}))=0)"
            sheet.conditional_formatting.add(area, FormulaRule([formula], fill=_MISSING))
        if column.field.kind == "citizen_id":
            sheet.conditional_formatting.add(area, FormulaRule([_check_digit(cell)], fill=_WRONG))
    id_no = at.get("id_no")
    for key, differs in (("birth_date", _other_day), ("sex", _other_sex)):
        if id_no and key in at:
            letter = at[key][1:].rstrip("0123456789")
            sheet.conditional_formatting.add(
                f"{letter}{first}:{letter}{last}", FormulaRule([differs(id_no, at[key])], fill=_WRONG)
            )


def _check_digit(cell: str) -> str:
    """The check character of GB 11643-1999 does not fit. Array constants are not allowed here: the weights are powers of 2."""
    place = 'ROW(INDIRECT("1:17"))'
    total = f"SUMPRODUCT(MID({cell},{place},1)*MOD(2^(18-{place}),11))"
    wanted = f'MID("10X98765432",MOD({total},11)+1,1)'
    return f"AND(LEN({cell})=18,IFERROR({wanted}<>UPPER(RIGHT({cell},1)),TRUE))"


def _other_day(number: str, birth: str) -> str:
    return (
        f'AND(LEN({number})=18,LEN({birth})>7,IFERROR(TEXT({birth}+0,"yyyymmdd")<>MID({number},7,8),FALSE))'
    )


def _other_sex(number: str, sex: str) -> str:
    said = f'IF(MOD(MID({number},17,1),2)=1,"男","女")'
    return f'AND(LEN({number})=18,OR({sex}="男",{sex}="女"),IFERROR({said}<>{sex},FALSE))'


def _layout(sheet: Any, form: Form, first: int) -> None:
    name = next((n for n, c in enumerate(form.columns) if c.key == "child_name"), 0)
    sheet.freeze_panes = f"{column_letter(name + 1)}{first}"
    protection = sheet.protection
    protection.sheet = True  # without a password: against slips of the hand, not against people
    for allowed in (
        "formatCells",
        "formatColumns",
        "formatRows",
        "insertRows",
        "deleteRows",
        "sort",
        "autoFilter",
    ):
        setattr(protection, allowed, False)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8  # A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"1:{first - 1}"

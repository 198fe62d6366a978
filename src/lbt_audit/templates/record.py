"""A blank form of one record: labels with room for values beside them, section by section; a sheet for each record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation

from lbt_audit.model.location import column_letter
from lbt_audit.model.own_sheet import TEMPLATE
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Lang, Text
from lbt_audit.templates.form import Form, FormColumn
from lbt_audit.templates.notes import write_notes
from lbt_audit.templates.prompt import LONGEST_PROMPT, LONGEST_TITLE, prompt

_PAIRS: Final = 3  # labels with values in a line
_WIDTH: Final = 1 + 2 * _PAIRS
_WIDTHS: Final = (9, 16, 19, 16, 19, 16, 19)
_WHOLE_LINE: Final = ("address", "codes", "text")  # kinds of value that need room
_ABOVE, _BELOW = ("单位", "日期"), ("负责人", "复核", "填表")  # where signatures stand
_SIDE = Side(style="thin", color="FF7F7F7F")
_BORDER = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_HEAD, _MUST = PatternFill("solid", fgColor="FFD9E1F2"), PatternFill("solid", fgColor="FFFCE4D6")
_OPTIONS: Final = "选项"

Line = tuple[str, tuple[FormColumn, ...]]
"""Section, and what is asked in one line of it."""


def make_record(form: Form, rules: Sequence[Rule], unit: str, lang: Lang, copies: int = 1) -> Workbook:
    """A workbook with ``copies`` blank forms, a sheet for each. ``unit``: whose they are, "" = to be written in."""
    book = Workbook()
    book.remove(book.worksheets[0])
    lists = {column.key: n for n, column in enumerate(c for c in form.columns if c.options and not c.several)}
    lines = list(_lines(form))
    for number in range(1, copies + 1):
        _sheet(
            book.create_sheet(f"{form.kind.title.zh[:20]}{number if copies > 1 else ''}"),
            form,
            lines,
            lists,
            unit,
            lang,
        )
    options = book.create_sheet(_OPTIONS)
    options.sheet_state, options["A1"].value = "hidden", TEMPLATE.zh
    for column in form.columns:
        if column.key in lists:
            for row, option in enumerate((column.field.title.zh, *column.options), 1):
                options.cell(row, lists[column.key] + 2, option)
    write_notes(book.create_sheet(Text("填表说明", "Notes")[lang]), form, rules, lang)
    return book


def value_cells(form: Form) -> dict[str, tuple[int, int]]:
    """Field → row and column (1-based) of its value on each sheet."""
    found: dict[str, tuple[int, int]] = {}
    for row, (_, columns) in enumerate(_lines(form), 3):
        found |= {column.key: (row, 3 + 2 * n) for n, column in enumerate(columns)}
    return found


def _lines(form: Form) -> Iterator[Line]:
    """What is asked, in order, as many in a line as there is room for, each parent on lines of his own. What comes back
    to an earlier section (备注) goes with the one before it."""
    waiting: list[FormColumn] = []
    begun: list[str] = []
    for column in form.columns:
        section = _section(form, column)
        section = section if section not in begun else begun[-1]
        alone = column.field.kind in _WHOLE_LINE
        another = waiting and column.field.group != waiting[-1].field.group
        if waiting and (another or alone or len(waiting) == _PAIRS):
            yield begun[-1], tuple(waiting)
            waiting = []
        if section not in begun:
            begun.append(section)
        waiting.append(column)
        if alone:
            yield section, tuple(waiting)
            waiting = []
    if waiting:
        yield begun[-1], tuple(waiting)


def _section(form: Form, column: FormColumn) -> str:
    """The heading it stands under; parents are part of the family."""
    group = column.field.group
    named: dict[str, str] = {}
    for printed, of in form.kind.sections.items():
        named.setdefault(of, printed)
    return named.get(group) or named.get("family", "")


def _sheet(
    sheet: Any, form: Form, lines: Sequence[Line], lists: dict[str, int], unit: str, lang: Lang
) -> None:
    title = form.kind.title.zh.split("（")[0]
    sheet.append([f"农村留守儿童基本情况{title}" if "儿童" not in title else title])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=_WIDTH)
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=16), Alignment("center", "center")
    _signatures(sheet, 2, [label for label in form.labels if _stands(label, above=True)], unit)
    begin = 3
    for row, (section, columns) in enumerate(lines, 3):
        sheet.cell(row, 1, section if row == begin else None)
        for n, column in enumerate(columns):
            _pair(sheet, row, 2 + 2 * n, column, lists, lang, whole=len(columns) == 1)
        if row - 2 == len(lines) or lines[row - 2][0] != section:
            if row > begin:
                sheet.merge_cells(start_row=begin, end_row=row, start_column=1, end_column=1)
            begin = row + 1
    last = 2 + len(lines)
    for row in range(3, last + 1):
        sheet.row_dimensions[row].height = 32
        for number in range(1, _WIDTH + 1):
            cell = sheet.cell(row, number)
            cell.border, cell.alignment = _BORDER, Alignment("center", "center", wrap_text=True)
        sheet.cell(row, 1).fill = _HEAD
    _signatures(sheet, last + 1, [label for label in form.labels if not _stands(label, above=True)], "")
    for number, width in enumerate(_WIDTHS):
        sheet.column_dimensions[column_letter(number)].width = width
    sheet.protection.sheet = True  # without a password: against slips of the hand
    sheet.protection.formatCells = sheet.protection.formatRows = False
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _stands(label: Text, above: bool) -> bool:
    return any(word in label.zh for word in (_ABOVE if above else _BELOW)) and (
        not above or not any(word in label.zh for word in _BELOW)
    )


def _signatures(sheet: Any, row: int, labels: Sequence[Text], unit: str) -> None:
    for n, label in enumerate(labels):
        cell = sheet.cell(row, 1 + n * (_WIDTH // max(1, len(labels))))
        cell.value = f"{label.zh}：{unit if '单位' in label.zh else ''}"
        cell.protection = Protection(locked=False)


def _pair(
    sheet: Any, row: int, at: int, column: FormColumn, lists: dict[str, int], lang: Lang, whole: bool
) -> None:
    """A label and the cell for its value, over the whole line where it stands ``whole``."""
    label, value = sheet.cell(row, at, column.field.titles[0]), sheet.cell(row, at + 1)
    label.font, label.fill = Font(bold=True), _MUST if column.always else _HEAD
    value.protection, value.number_format = Protection(locked=False), "@"
    if whole:
        for number in range(at + 1, _WIDTH + 1):
            sheet.cell(row, number).protection = Protection(locked=False)
        sheet.merge_cells(start_row=row, end_row=row, start_column=at + 1, end_column=_WIDTH)
    validation = DataValidation(allow_blank=True, showErrorMessage=True, showInputMessage=True)
    if column.key in lists:
        letter = column_letter(lists[column.key] + 1)
        validation.type = "list"
        validation.formula1 = f"{_OPTIONS}!${letter}$2:${letter}${1 + len(column.options)}"
        validation.error = Text("请从下拉列表中选择", "Choose from the list")[lang]
    validation.promptTitle = column.field.title[lang][:LONGEST_TITLE]
    validation.prompt = prompt(column, lang)[:LONGEST_PROMPT]
    validation.add(value.coordinate)
    sheet.add_data_validation(validation)

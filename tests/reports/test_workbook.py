"""The issue workbook: what stands in it, for a small audit and for very large ones."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from tests.reports.factory import big_audit, clean_audit, make_audit
from tests.reports.golden import same_as_golden

from lbt_audit.engine.audit import Audit
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.workbook import book as workbook
from lbt_audit.reports.workbook.book import write_workbook


def opened(audit: Audit, base: str | None = "../") -> Any:
    out = io.BytesIO()
    write_workbook(audit, out, base)
    out.seek(0)
    return openpyxl.load_workbook(out)


def as_text(book: Any) -> str:
    lines = []
    for sheet in book.worksheets:
        lines.append(f"# {sheet.title} {sheet.dimensions}")
        rows = (r for r in sheet.iter_rows(values_only=True) if any(v is not None for v in r))
        lines += [
            " | ".join("" if v is None else str(v).replace("\n", "⏎") for v in r).rstrip(" |") for r in rows
        ]
    return "\n".join(lines) + "\n"


def unit_links(book: Any) -> dict[str, str]:
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.hyperlink]
    return {cell.value: cell.hyperlink.location for cell in cells}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_workbook_is_as_golden(lang: Lang) -> None:
    warnings = (Text("2027 年按周一至周五推算", "2027 counts Monday to Friday"),)
    same_as_golden(f"workbook.{lang}.txt", as_text(opened(make_audit(lang, warnings=warnings))))


def test_sheets_for_every_responsible_unit() -> None:
    book = opened(make_audit())
    assert book.sheetnames == ["汇总", "全部问题", "白石镇", "清水中心小学", "青禾县", "规则运行情况"]
    sheet = book["白石镇"]
    assert [sheet.cell(row, 1).value for row in range(3, 7)] == [1, 2, 3, None], "numbered anew"
    assert {sheet.cell(row, 11).value for row in range(3, 6)} == {"白石镇"}
    assert (
        sheet.auto_filter.ref == "A2:R5" and sheet.freeze_panes == "E3" and sheet.print_title_rows == "$1:$2"
    )
    links = unit_links(book)
    assert links["清水中心小学"] == "'清水中心小学'!A1"


def test_reply_columns_have_drop_downs() -> None:
    sheet = opened(make_audit())["全部问题"]
    rules = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}
    assert rules == {"N3:N8": '"已整改,整改中,未整改,经核实无误"', "Q3:Q8": '"是,否"'}


def test_dangerous_text_is_quoted_and_every_place_is_named() -> None:
    sheet = opened(make_audit())["全部问题"]
    assert sheet["G7"].value.startswith("=cmd") and sheet["G7"].data_type == "s" and sheet["G7"].quotePrefix
    assert sheet["D7"].value == "+王*" and sheet["D7"].quotePrefix
    place = sheet["H5"].value
    assert all(cell in place for cell in ("三(1)班!L4", "三(2)班!L5", "Sheet1!N12"))
    assert place.startswith("=HYPERLINK(\"../清水中心小学/台账 (2).xlsx#'三(1)班'!L4\"")
    assert not str(opened(make_audit(), None)["全部问题"]["H5"].value).startswith("="), "no base, no link"


def test_a_clean_audit_says_so() -> None:
    book = opened(clean_audit())
    assert book.sheetnames == ["汇总", "全部问题", "规则运行情况"]
    assert "没有发现问题" in as_text(book)


def test_many_issues_stand_once_ordered_by_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MANY_ISSUES", 500)
    monkeypatch.setattr(workbook, "MAX_ROWS", 402)
    book = opened(big_audit(1000, units=5))
    assert book.sheetnames == ["汇总", "全部问题", "全部问题 (2)", "全部问题 (3)", "规则运行情况"]
    assert "不再逐单位分表" in as_text(book)
    rows = [r for name in book.sheetnames[1:4] for r in book[name].iter_rows(min_row=3, values_only=True)]
    assert [r[0] for r in rows] == list(range(1, 1001))
    units = [r[10] for r in rows]
    assert len(dict.fromkeys(units)) == 5 and units == sorted(units, key=list(dict.fromkeys(units)).index)
    links = unit_links(book)
    assert len(links) == 5
    for unit, address in links.items():
        sheet, cell = address.replace("'", "").split("!")
        assert book[sheet][f"K{cell[1:]}"].value == unit

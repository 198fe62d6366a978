"""The issue workbook: what stands in it, for a small audit and for very large ones."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from tests.reports.factory import big_audit, clean_audit, make_audit
from tests.reports.golden import same_as_golden

from lbt_audit.engine.audit import Audit
from lbt_audit.ledger.replies.form import COLUMNS as REPLY_COLUMNS
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.workbook import book as workbook
from lbt_audit.reports.workbook.book import write_workbook
from lbt_audit.reports.workbook.issues import COLUMNS

UNIT = list(COLUMNS).index("responsible") + 1


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


def test_a_sheet_for_every_township_the_list_printed_once() -> None:
    book = opened(make_audit())
    names = ["汇总", "一童一案", "全部问题", "白石镇", "县级、县直学校", "规则运行情况"]
    assert [n for n in book.sheetnames if "比对" not in n] == names
    sheet = book["白石镇"]
    units = [sheet.cell(row, UNIT).value for row in range(4, sheet.max_row + 1)]
    assert [sheet.cell(row, 1).value for row in range(4, 7)] == [1, 2, 3], "numbered anew"
    assert units == sorted(units, key=list(dict.fromkeys(units)).index), "unit after unit"
    assert sheet.auto_filter.ref == f"A3:L{sheet.max_row}" and sheet.freeze_panes == "E4"
    assert sheet.print_title_rows == "$1:$3" and not sheet.print_area
    assert book["全部问题"].print_area == "'全部问题'!$A$1:$L$2"
    for unit, address in unit_links(book).items():
        name, cell = address.replace("'", "").split("!")
        assert book[name].cell(int(cell[1:]), UNIT).value == unit


def test_the_list_has_every_issue_and_nothing_to_answer_in() -> None:
    """A unit answers in its reply workbook, which is read back."""
    audit = make_audit()
    sheet = opened(audit)["全部问题"]
    heads = [cell.value for cell in sheet[3]]
    assert not {column.title.zh for column in REPLY_COLUMNS if column.answer} & set(heads)
    assert not sheet.data_validations.dataValidation
    shown = [row[1] for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert shown == audit.issues["fingerprint"].to_pylist(), "all, in the order of weight"


def test_a_row_for_every_child() -> None:
    audit = make_audit()
    rows = list(opened(audit)["一童一案"].iter_rows(min_row=4, values_only=True))
    assert len(rows) == audit.cases.num_rows and sum(row[4] for row in rows) == sum(
        len(issues) for issues in audit.cases["issues"].to_pylist()
    )
    codes = dict(zip(*(audit.issues[name].to_pylist() for name in ("fingerprint", "rule")), strict=True))
    for row, roots in zip(rows, audit.cases["roots"].to_pylist(), strict=True):
        assert [line.split()[0] for line in row[5].split("\n")] == [codes[root] for root in roots]


def test_all_rules_on_one_page() -> None:
    sheet = opened(make_audit())["规则运行情况"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.page_setup.fitToWidth) == (
        "portrait", 1, 1,
    )  # fmt: skip
    codes = [row[at] for row in sheet.iter_rows(min_row=3, values_only=True) for at in (0, 6)]
    shown = {str(code) for code in codes if code}
    assert {run.rule.code for run in make_audit().rules} <= shown


def test_dangerous_text_is_quoted_and_every_place_is_named() -> None:
    sheet = opened(make_audit())["全部问题"]
    cells = {cell.value: cell for row in sheet.iter_rows(min_row=4) for cell in row}
    (message,) = (text for text in cells if str(text).startswith("=cmd"))
    assert cells[message].data_type == "s" and cells[message].quotePrefix and cells["+王*"].quotePrefix
    (place,) = (str(text) for text in cells if "三(2)班!L5" in str(text))
    assert all(cell in place for cell in ("三(1)班!L4", "三(2)班!L5", "Sheet1!N12"))
    assert place.startswith("=HYPERLINK(\"../清水中心小学/台账 (2).xlsx#'三(1)班'!L4\"")
    unlinked = opened(make_audit(), None)["全部问题"]
    assert not [c for row in unlinked.iter_rows() for c in row if str(c.value).startswith("=HYPER")]


def test_a_clean_audit_says_so() -> None:
    book = opened(clean_audit())
    assert [n for n in book.sheetnames if "比对" not in n] == ["汇总", "全部问题", "规则运行情况"]
    assert "没有发现问题" in as_text(book)


def test_many_issues_stand_once_ordered_by_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MANY_ISSUES", 500)
    monkeypatch.setattr(workbook, "MAX_ROWS", 403)
    book = opened(big_audit(1000, units=5))
    assert book.sheetnames == ["汇总", "一童一案", "全部问题", "全部问题 (2)", "全部问题 (3)", "规则运行情况"]
    assert "不再逐乡镇分表" in as_text(book)
    rows = [r for name in book.sheetnames[2:5] for r in book[name].iter_rows(min_row=4, values_only=True)]
    assert [r[0] for r in rows] == list(range(1, 1001))
    units = [r[UNIT - 1] for r in rows]
    assert len(dict.fromkeys(units)) == 5 and units == sorted(units, key=list(dict.fromkeys(units)).index)
    links = unit_links(book)
    assert len(links) == 5
    for unit, address in links.items():
        sheet, cell = address.replace("'", "").split("!")
        assert book[sheet].cell(int(cell[1:]), UNIT).value == unit

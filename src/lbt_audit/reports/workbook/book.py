"""``问题清单.xlsx``: summary, children, all issues, a sheet per township, and how the rules fared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

import numpy as np

from lbt_audit.engine.audit import Audit
from lbt_audit.model.location import column_letter
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.tables import agreement
from lbt_audit.reports.tables.summary import Summary
from lbt_audit.reports.words import as_of_line
from lbt_audit.reports.workbook import cases, look, rules
from lbt_audit.reports.workbook.agreement import link_sheet
from lbt_audit.reports.workbook.issues import COLUMNS, FROZEN, issue_cells, widths
from lbt_audit.reports.workbook.summary import summary_sheet
from lbt_audit.reports.workbook.townships import Township, townships
from lbt_audit.reports.xlsx import MAX_ROWS, Book, Cell, Numbers, Sheet, sheet_names
from lbt_audit.reports.xlsx.cells import Cells

FILE_NAME = Text("问题清单.xlsx", "issues.xlsx")
MANY_ISSUES = 100_000  # beyond this the issues stand once, ordered by unit, not a second time by township
MANY_TOWNSHIPS = 100
_HEAD_ROWS = 3
_SUMMARY, _ALL = Text("汇总", "Summary"), Text("全部问题", "All issues")
_BY_WEIGHT = Text(
    "按轻重缓急排列，供筛选；打印逐条清单请用各乡镇的表，本表只打印这一段。",
    "In order of weight, to be filtered. To print the list use the sheets of townships; of this one only these lines "
    "are printed.",
)
_BY_UNIT = Text(
    "按责任单位排列，每个单位的问题先重后轻。", "Unit after unit; each unit's issues in order of weight."
)
_ONE = Text("按轻重缓急排列。", "In order of weight.")
_TOGETHER = Text(
    "问题或乡镇较多，不再逐乡镇分表：“全部问题”按责任单位排列，点单位名称转到其第一条，也可用筛选。",
    "Many issues or townships, so there is no sheet for each: the list of all issues is ordered by responsible unit; "
    "click a unit to go to its first issue, or use the filter.",
)


def write_workbook(audit: Audit, out: BinaryIO, base: str | None = None) -> None:
    """Write the workbook. ``base`` leads from its folder to the audited one (``../``, ""); without it
    places are not linked."""
    lang = audit.run.lang
    summary = Summary(audit)
    found = townships(audit)
    together = summary.issues > MANY_ISSUES or len(found) > MANY_TOWNSHIPS
    single = found if len(found) > 1 and not together else []
    room = MAX_ROWS - _HEAD_ROWS
    parts = max(1, -(-summary.issues // room))
    rates = agreement.link_summary(audit)
    tables = {_SUMMARY: 1, cases.TITLE: int(audit.cases.num_rows > 0), _ALL: parts}
    tables |= {agreement.TITLE: int(rates is not None), rules.TITLE: 1}
    wanted = [title[lang] for title, n in tables.items() for _ in range(n)]
    names = iter(sheet_names([*wanted, *(t.name for t in single)]))
    of_summary = next(names)
    of_cases = [next(names) for _ in range(tables[cases.TITLE])]
    of_lists = [next(names) for _ in range(parts)]
    of_rates = [next(names) for _ in range(tables[agreement.TITLE])]
    of_rules, *of_townships = names

    columns = issue_cells(audit, base)
    order = np.concatenate([t.rows for t in found]) if together else np.arange(summary.issues)
    note = _BY_UNIT if together else _BY_WEIGHT if single else _ONE
    lists = []
    for part, name in enumerate(of_lists):
        rows = order[part * room : (part + 1) * room]
        sheet = _issue_sheet(name, _ALL[lang], note, audit, columns, rows, part * room)
        if single:
            sheet.print_area = f"A1:{column_letter(len(COLUMNS) - 1)}2"
        lists.append(sheet)
    by_township = [
        _issue_sheet(name, township.name, _BY_UNIT, audit, columns, township.rows)
        for name, township in zip(of_townships, single, strict=True)
    ]
    links = _links(found, of_townships, of_lists if together else [], room)
    hint = _TOGETHER[lang] if together else ""
    book = Book(look.FONT[lang], FILE_NAME[lang].removesuffix(".xlsx"))
    book.sheets = [
        summary_sheet(of_summary, audit, summary, found, links, hint),
        *(cases.case_sheet(name, audit) for name in of_cases),
        *lists,
        *by_township,
        *(link_sheet(name, audit, rates) for name in of_rates if rates is not None),
        rules.rule_sheet(of_rules, audit, summary),
    ]
    book.save(out)


def _issue_sheet(
    name: str,
    title: str,
    note: Text,
    audit: Audit,
    columns: Sequence[Cells],
    rows: np.ndarray,
    start: int = 0,
) -> Sheet:
    lang = audit.run.lang
    sheet = Sheet(name, widths(audit), footer=look.footer(lang), tab=None)
    county = audit.run.county or ""
    heading = f"{county}　{title}" if county and county != title else title
    count = f"共 {len(rows)} 条" if lang == "zh" else f"{len(rows)} issues"
    sheet.title(f"{heading}　{as_of_line(audit.run, lang)}　{count}", look.TITLE, 26)
    sheet.title(note[lang], look.NOTE)
    sheet.row([Cell(column.title[lang], look.HEADER) for column in COLUMNS.values()], 30)
    sheet.freeze, sheet.filter_row, sheet.title_rows = (_HEAD_ROWS, FROZEN), _HEAD_ROWS, (1, _HEAD_ROWS)
    numbers = Numbers(np.arange(start + 1, start + 1 + len(rows)), look.NUMBER)
    sheet.block([numbers, *(c.take(rows) for c in columns)], len(rows))
    return sheet


def _links(
    found: Sequence[Township], of_townships: Sequence[str], of_lists: Sequence[str], room: int
) -> list[list[str]]:
    """Where the issues of each unit begin; "" where they stand together with others in one list by weight."""
    links, before = [], 0
    for number, township in enumerate(found):
        addresses = []
        for unit in township.units:
            if of_townships:
                addresses.append(_address(of_townships[number], _HEAD_ROWS + 1 + unit.first))
            elif of_lists:
                part, row = divmod(before + unit.first, room)
                addresses.append(_address(of_lists[part], _HEAD_ROWS + 1 + row))
            else:
                addresses.append("")
        links.append(addresses)
        before += len(township.rows)
    return links


def _address(sheet: str, row: int) -> str:
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!A{row}"


def file_name(lang: Lang) -> str:
    return FILE_NAME[lang]

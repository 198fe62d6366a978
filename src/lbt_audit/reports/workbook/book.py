"""``问题清单.xlsx``: summary, all issues, a sheet per responsible unit, and how the rules fared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import numpy as np

from lbt_audit.engine.audit import Audit
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.tables.agreement import TITLE, link_summary
from lbt_audit.reports.tables.places import due_first
from lbt_audit.reports.tables.summary import Summary
from lbt_audit.reports.text.columns import one
from lbt_audit.reports.words import NOBODY, RULE_STATUSES, as_of_line, rule_reason, word
from lbt_audit.reports.workbook import look
from lbt_audit.reports.workbook.agreement import link_sheet
from lbt_audit.reports.workbook.issues import CHOICES, COLUMNS, HEADERS, issue_cells, widths
from lbt_audit.reports.workbook.summary import add_summary
from lbt_audit.reports.xlsx import MAX_ROWS, Book, Cell, Numbers, Sheet, Validation, sheet_names
from lbt_audit.reports.xlsx.cells import Cells

FILE_NAME = Text("问题清单.xlsx", "issues.xlsx")
MANY_ISSUES = 100_000  # beyond this the issues stand once, ordered by unit, not a second time by sheet
MANY_UNITS = 200
_SUMMARY, _ALL, _RULES = (
    Text("汇总", "Summary"),
    Text("全部问题", "All issues"),
    Text("规则运行情况", "Rules"),
)


@dataclass
class Plan:
    """Where every unit's issues stand: its sheet, or its rows in the sheet of all issues."""

    together: bool  # no sheets per unit: too many issues or units
    units: dict[str, str] = field(default_factory=dict)  # unit → link
    parts: int = 1  # sheets the list of all issues takes


def write_workbook(audit: Audit, out: BinaryIO, base: str | None = None) -> None:
    """Write the workbook. ``base`` leads from its folder to the audited one (``../``, ""); without it
    places are not linked."""
    lang = audit.run.lang
    summary = Summary(audit)
    book = Book(look.FONT[lang], FILE_NAME[lang].removesuffix(".xlsx"))
    columns = issue_cells(audit, base)
    codes, units = _unit_codes(audit)
    together = summary.issues > MANY_ISSUES or len(units) > MANY_UNITS
    order = np.argsort(codes, kind="stable") if together else np.arange(summary.issues)
    room = MAX_ROWS - 2
    parts = max(1, -(-summary.issues // room))
    rates = link_summary(audit)
    more = [] if rates is None else [TITLE[lang]]
    wanted = [_SUMMARY[lang], *[_ALL[lang]] * parts, _RULES[lang], *more, *([] if together else units)]
    names = sheet_names(wanted)
    plan = Plan(together, parts=parts)

    whole = []
    for part in range(parts):
        rows = order[part * room : (part + 1) * room]
        whole.append(_issue_sheet(names[1 + part], _ALL[lang], audit, columns, rows, part * room))
    by_unit = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=len(units))) if len(units) else np.zeros(0, np.int64)
    single = []
    for number, unit in enumerate(units):
        start, stop = int(ends[number - 1]) if number else 0, int(ends[number])
        if together:
            plan.units[unit] = _address(names[1 + start // room], 3 + start % room)
        else:
            name = names[2 + parts + len(more) + number]
            single.append(_issue_sheet(name, unit, audit, columns, due_first(audit, by_unit[start:stop])))
            plan.units[unit] = _address(name, 1)
    first = Sheet(names[0], look.SUMMARY_WIDTHS, footer=look.footer(lang), tab=look.TAB_SUMMARY)
    add_summary(first, audit, summary, plan.units, together)
    lists = [] if rates is None else [link_sheet(names[2 + parts], audit, rates)]
    book.sheets = [first, *whole, *lists, *single, _rule_sheet(names[1 + parts], audit)]
    book.save(out)


def _unit_codes(audit: Audit) -> tuple[np.ndarray, list[str]]:
    """Responsible unit of every issue as a number, and the units' names, in order of their counts."""
    if audit.issues.num_rows == 0:
        return np.zeros(0, np.int64), []
    column = one(audit.issues["responsible_unit"])
    names = [*column.dictionary.to_pylist(), NOBODY[audit.run.lang]]
    order = list(Summary(audit).by_unit)
    position = {name: i for i, name in enumerate(order)}
    rank = np.array([position.get(name, 0) for name in names], np.int64)
    return rank[column.indices.fill_null(len(names) - 1).to_numpy()], order


def _issue_sheet(
    name: str, title: str, audit: Audit, columns: Sequence[Cells], rows: np.ndarray, start: int = 0
) -> Sheet:
    lang = audit.run.lang
    sheet = Sheet(name, widths(audit), footer=look.footer(lang), tab=None)
    county = audit.run.county or ""
    heading = f"{county}　{title}" if county and county != title else title
    count = f"共 {len(rows)} 条" if lang == "zh" else f"{len(rows)} issues"
    sheet.title(f"{heading}　{as_of_line(audit.run, lang)}　{count}", look.TITLE, 26)
    sheet.row([Cell(HEADERS[key][lang], look.HEADER) for key in COLUMNS], 30)
    sheet.freeze, sheet.filter_row, sheet.title_rows = (2, 4), 2, (1, 2)
    everything = len(rows) == audit.issues.num_rows and bool((rows == np.arange(len(rows))).all())
    shown = columns if everything else [c.take(rows) for c in columns]
    numbers = Numbers(np.arange(start + 1, start + 1 + len(rows)), look.NUMBER)
    first = sheet.block([numbers, *shown], len(rows))
    for key, choices in CHOICES.items():
        index = COLUMNS.index(key)
        sheet.validations.append(Validation(index, first, sheet.next_row - 1, [c[lang] for c in choices]))
    return sheet


def _rule_sheet(name: str, audit: Audit) -> Sheet:
    """Which rules ran, were skipped (why) or crashed."""
    lang = audit.run.lang
    headers = (
        ("规则", "标题", "等级", "运行情况", "原因", "核查行数", "无法判定行数", "问题数", "整改时限类", "依据", "口径说明")
        if lang == "zh"
        else ("Rule", "Title", "Severity", "Status", "Why", "Rows checked", "Cannot tell", "Issues", "Deadline class",
              "Basis", "How vague points were decided")
    )  # fmt: skip
    sheet = Sheet(
        name, (8, 30, 9, 10, 28, 10, 10, 9, 9, 36, 50), footer=look.footer(lang), tab=look.TAB_RULES
    )
    sheet.title(f"{_RULES[lang]}　{as_of_line(audit.run, lang)}", look.TITLE, 26)
    sheet.row([Cell(h, look.HEADER) for h in headers], 30)
    sheet.freeze, sheet.filter_row, sheet.title_rows = (2, 2), 2, (1, 2)
    for run in audit.rules:
        rule = run.rule
        status = look.RULE_STATUS[run.status]
        values: list[tuple[Any, Any]] = [
            (rule.code, look.CENTRE),
            (rule.title[lang], look.BODY),
            (rule.severity.colour[lang], look.SEVERITY[rule.severity]),
            (word(RULE_STATUSES, run.status, lang), status),
            (rule_reason(run, lang), look.BODY),
            (run.rows_checked, look.NUMBER),
            (run.unverifiable, look.NUMBER),
            (run.issues, look.NUMBER),
            (rule.deadline, look.CENTRE),
            (look.citation(rule, lang), look.BODY),
            (rule.decision[lang] if rule.decision else None, look.BODY),
        ]
        sheet.row([Cell(value, style) for value, style in values], look.height(values, sheet.widths))
    return sheet


def _address(sheet: str, row: int) -> str:
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!A{row}"


def file_name(lang: Lang) -> str:
    return FILE_NAME[lang]

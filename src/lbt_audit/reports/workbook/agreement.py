"""The sheet of the issue workbook on how far the lists agree."""

from __future__ import annotations

from lbt_audit.engine.audit import Audit
from lbt_audit.links.agreement import Agreement
from lbt_audit.reports.tables.agreement import HEADS, NOTE, TITLE, cells, percent, tallies, unit_name
from lbt_audit.reports.words import LEVELS, as_of_line, word
from lbt_audit.reports.workbook import look
from lbt_audit.reports.xlsx import Cell, Sheet

WIDTHS = (30, 8, 14, 10, 8, 11, 10, 10, 10, 11, 9, 12, 10)


def link_sheet(name: str, audit: Audit, summary: Agreement) -> Sheet:
    """One row for the county, each township and each school."""
    lang = audit.run.lang
    sheet = Sheet(name, WIDTHS, footer=look.footer(lang), tab=look.TAB_RULES)
    lists = ("、" if lang == "zh" else ", ").join(audit.run.kind_title(k) for k in summary.lists)
    sheet.title(f"{TITLE[lang]}（{lists}）　{as_of_line(audit.run, lang)}", look.TITLE, 26)
    note = NOTE[lang]
    sheet.title(note, look.NOTE, look.height([(note, look.NOTE)], [sum(WIDTHS)]))
    extra = ("层级", "所属乡镇") if lang == "zh" else ("Level", "Township")
    unit, *rest = [t[lang] for t in HEADS.values()]
    sheet.row([Cell(h, look.HEADER) for h in (unit, *extra, *rest)], 32)
    sheet.freeze, sheet.filter_row, sheet.title_rows = (3, 1), 3, (1, 3)
    for tally in tallies(summary):
        level = word(LEVELS, tally.level, lang)
        row = [Cell(unit_name(tally, lang), look.BODY), Cell(level, look.CENTRE)]
        row.append(Cell(tally.township if tally.level == "school" else None, look.CENTRE))
        row.append(Cell(percent(tally), look.CENTRE))
        sheet.row([*row, *(Cell(n or None, look.NUMBER) for n in cells(tally))])
    return sheet

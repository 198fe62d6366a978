"""The register of issues (整改台账) as a workbook: every issue, the units, the trend, spot checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa

from lbt_audit.ledger.state.inspection import Inspection
from lbt_audit.ledger.state.recheck import Recheck
from lbt_audit.ledger.state.summary import STATUSES, Trend
from lbt_audit.ledger.state.words import STATUSES as STATUS_WORDS
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.register.export import COLUMNS, records
from lbt_audit.notices.wording import percent
from lbt_audit.reports.words import LEVELS, word
from lbt_audit.reports.workbook import look
from lbt_audit.reports.xlsx import Book, Cell, Counts, Dates, Inline, Numbers, Sheet, Words, sheet_names
from lbt_audit.reports.xlsx.cells import Cells

FILE_NAME = Text("整改台账.xlsx", "register.xlsx")
_SHEETS = (
    Text("整改台账", "Register"),
    Text("单位情况", "Units"),
    Text("历次趋势", "Trend"),
    Text("抽查名单", "Spot checks"),
)
_DAYS = {"deadline", "waived_until", "done_on", "first_seen", "last_seen", "closed_on"}
_CENTRED = {"issue", "rule", "severity", "status", "child", "person"}


def write_register(inspection: Inspection, lang: Lang, out: BinaryIO) -> None:
    """Write the workbook."""
    recheck, known = inspection.recheck, inspection.known
    book = Book(look.FONT[lang], FILE_NAME[lang].removesuffix(".xlsx"))
    names = sheet_names(t[lang] for t in _SHEETS)
    book.sheets = [_issues(names[0], records(recheck.items, known, lang), recheck, lang)]
    book.sheets.append(_units(names[1], recheck, lang))
    book.sheets.append(_trend(names[2], inspection.trend, lang))
    if inspection.picks:
        rows = records([p.item for p in inspection.picks], known, lang)
        book.sheets.append(_issues(names[3], rows, recheck, lang))
    book.save(out)


def _issues(name: str, rows: Sequence[Mapping[str, Any]], recheck: Recheck, lang: Lang) -> Sheet:
    sheet = Sheet(name, [6, *(c.width for c in COLUMNS)], footer=look.footer(lang))
    day = recheck.as_of.isoformat()
    title = (
        f"{name}　截至 {day}　共 {len(rows)} 条"
        if lang == "zh"
        else f"{name}, as of {day}: {len(rows)} issues"
    )
    sheet.title(title, look.TITLE, 26)
    number = Text("序号", "No.")[lang]
    sheet.row([Cell(t, look.HEADER) for t in (number, *(c.title[lang] for c in COLUMNS))], 30)
    sheet.freeze, sheet.filter_row, sheet.title_rows = (2, 4), 2, (1, 2)
    if rows:
        columns = [_cells(c.key, [r[c.key] for r in rows], lang) for c in COLUMNS]
        sheet.block([Numbers(np.arange(1, len(rows) + 1), look.NUMBER), *columns], len(rows))
    return sheet


def _cells(key: str, values: Sequence[Any], lang: Lang) -> Cells:
    if key in _DAYS:
        return Dates(pa.array(values, pa.date32()), look.DATE)
    if key == "days_overdue":
        return Counts(pa.array(values, pa.int64()), look.NUMBER)
    texts = ["" if v is None else str(v) for v in values]
    if key == "severity":
        colours = {s.colour[lang]: look.SEVERITY[s] for s in Severity}
        return Words(pa.array(texts).dictionary_encode(), look.CENTRE, colours)
    if key in ("issue", "message", "place", "measure", "evidence"):
        return Inline(pa.array(texts), look.CENTRE if key in _CENTRED else look.BODY)
    return Words(pa.array(texts).dictionary_encode(), look.CENTRE if key in _CENTRED else look.BODY)


def _units(name: str, recheck: Recheck, lang: Lang) -> Sheet:
    answered = {(a.level, a.unit): a for a in recheck.answering}
    zh = lang == "zh"
    heads = (
        [
            "责任单位",
            "层级",
            *(STATUS_WORDS[s][lang] for s in STATUSES),
            "合计",
            "销号率",
            "最早时限",
            "已回复",
        ]
        if zh
        else [
            "Responsible unit",
            "Level",
            *(STATUS_WORDS[s][lang] for s in STATUSES),
            "Total",
            "Closed",
            "First due",
            "Answered",
        ]
    )
    sheet = Sheet(name, [24, 9, *[9] * len(STATUSES), 8, 9, 12, 10], footer=look.footer(lang))
    sheet.title(name, look.TITLE, 26)
    sheet.row([Cell(h, look.HEADER) for h in heads], 30)
    sheet.freeze, sheet.filter_row, sheet.title_rows = (2, 1), 2, (1, 2)
    for tally in (*recheck.units, recheck.whole):
        reply = answered.get((tally.level, tally.unit))
        cells: list[Cell | None] = [
            Cell(tally.unit or ("合计" if zh else "Total"), look.BODY),
            Cell(word(LEVELS, tally.level, lang) if tally.level else "", look.CENTRE),
            *(Cell(tally.counts[s], look.NUMBER) for s in STATUSES),
            Cell(tally.total, look.NUMBER),
            Cell(percent(tally.rate), look.CENTRE),
            Cell(tally.oldest_due.isoformat() if tally.oldest_due else "", look.CENTRE),
            Cell(f"{reply.answered}/{reply.issues}" if reply else "", look.CENTRE),
        ]
        sheet.row(cells)
    return sheet


def _trend(name: str, trend: Sequence[Trend], lang: Lang) -> Sheet:
    """Units down, audits across: not closed / closed after each."""
    days = list(dict.fromkeys((t.audit, t.as_of) for t in trend))
    units = sorted({t.unit for t in trend})
    found = {(t.audit, t.unit): t for t in trend}
    zh = lang == "zh"
    sheet = Sheet(name, [24, *[14] * len(days)], footer=look.footer(lang))
    sheet.title(f"{name}（未销号 / 已销号）" if zh else f"{name} (not closed / closed)", look.TITLE, 26)
    sheet.row(
        [
            Cell("责任单位" if zh else "Responsible unit", look.HEADER),
            *(Cell(d.isoformat(), look.HEADER) for _, d in days),
        ]
    )
    sheet.freeze = (2, 1)
    for unit in units:
        points = [found.get((audit, unit)) for audit, _ in days]
        texts = ["" if p is None else f"{p.unclosed} / {p.closed}" for p in points]
        sheet.row([Cell(unit, look.BODY), *(Cell(t, look.CENTRE) for t in texts)])
    return sheet

"""The reply workbook a responsible unit fills in and sends back (``ledger reply`` reads it)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa

from lbt_audit.ledger.replies.form import COLUMNS, STATES
from lbt_audit.ledger.replies.mark import mark_text
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.units.shares import Share
from lbt_audit.reports.tables.places import places_of_issues
from lbt_audit.reports.text.columns import one, words
from lbt_audit.reports.words import SEVERITIES, STATUSES, as_of_line
from lbt_audit.reports.words import word as word_for
from lbt_audit.reports.workbook import look
from lbt_audit.reports.xlsx import (
    MAX_ROWS,
    Book,
    Cell,
    Dates,
    Empty,
    Inline,
    Numbers,
    Sheet,
    Style,
    Validation,
    Words,
    sheet_names,
)
from lbt_audit.reports.xlsx.cells import Cells

FILE_NAME = Text("整改回复表.xlsx", "reply.xlsx")
SHEET = Text("整改回复", "Reply")
_LATEST = date(2099, 12, 31)
_EARLIEST = date(2000, 1, 1)
_HEAD_ROWS = 4  # title, two lines of instructions, header
_ANSWER = Style(border=True, wrap=True, fill="FFFFE1", unlocked=True)
_ANSWER_DAY = replace(_ANSWER, format=look.DAY_FORMAT, align="center")
_ANSWER_HEADER = replace(look.HEADER, fill="FFE699")
_PROMPTS = {
    "state": Text("从下拉框中选一项", "Choose from the list"),
    "measure": Text("写明怎么改的", "Say what was done"),
    "person": Text("具体负责整改的人", "Who did it"),
    "done_on": Text("写到日，如 2026-11-03", "The full day, e.g. 2026-11-03"),
    "evidence": Text("佐证材料的名称或编号", "Name or number of the evidence"),
}
_HOW = (
    Text(
        "只填黄色各栏；“整改情况”从下拉框中选择（已整改、整改中、有异议、未整改），已整改的须写明整改措施、整改人、完成日期（写到日）和佐证材料。"
        "整改时限含当日。",
        "Fill in the yellow columns only. Choose “Reply” from the list (done, under way, disputed, not done); for what is "
        "done give measure, person, full date and evidence. The due day is included.",
    ),
    Text(
        "“问题编号”请勿改动或删除，回收时按编号对应台账；可以筛选、隐藏、移动行，可以另加栏目。"
        "填好后原样交回（xlsx、xls、csv 均可）。"
        "报“已整改”的，下次核查逐条复核，仍存在的按虚报整改处理。",
        "Do not change or remove issue numbers: replies are matched by them. Rows may be filtered, hidden or moved, columns "
        "added. Send the file back as xlsx, xls or csv. What is reported as done is verified by the next audit.",
    ),
)


def write_reply_book(share: Share, out: BinaryIO) -> None:
    """Write the workbook of one unit: its rows only, gravest first, then by deadline."""
    lang = share.audit.run.lang
    columns = _columns(share.part, lang)
    room = MAX_ROWS - _HEAD_ROWS
    parts = max(1, -(-share.count // room))
    book = Book(look.FONT[lang], f"{share.unit} {SHEET[lang]}")
    for number, name in enumerate(sheet_names([SHEET[lang]] * parts)):
        rows = np.arange(number * room, min((number + 1) * room, share.count))
        book.sheets.append(_sheet(name, share, columns, rows, lang))
    book.save(out)


def _sheet(name: str, share: Share, columns: Sequence[Cells], rows: np.ndarray, lang: Lang) -> Sheet:
    run = share.audit.run
    _, least = look.due(share.issues["deadline"], run)
    widths = [least if c.key == "deadline" and least else c.width for c in COLUMNS]
    sheet = Sheet(name, widths, footer=look.footer(lang), protected=True)
    counts = [int((share.severities == s).sum()) for s in SEVERITIES]
    if lang == "zh":
        tally = "、".join(f"{s.colour.zh}{n}" for s, n in zip(SEVERITIES, counts, strict=True))
        heading = f"{run.county or ''}　{share.unit}　整改回复表　{as_of_line(run, lang)}　共 {share.count} 条（{tally}）"
    else:
        tally = ", ".join(f"{s.colour.en} {n}" for s, n in zip(SEVERITIES, counts, strict=True))
        heading = f"{share.unit}: reply to the list of issues. {as_of_line(run, lang)}. {share.count} issues ({tally})"
    sheet.title(heading.strip("　"), look.TITLE, 26)
    fill, keep = (text[lang] for text in _HOW)
    for text in (fill, keep + mark_text(share.unit, share.township, lang)):
        sheet.title(text, look.NOTE, look.height([(text, None)], [sum(sheet.widths)]))
    header = sheet.row(
        [Cell(c.title[lang], _ANSWER_HEADER if c.answer else look.HEADER) for c in COLUMNS], 30
    )
    sheet.freeze, sheet.filter_row, sheet.title_rows = (header, 4), header, (1, header)
    everything = len(rows) == share.count
    shown = columns if everything else [c.take(rows) for c in columns]
    first = sheet.block([Numbers(rows + 1, look.NUMBER), *shown], len(rows))
    for index, column in enumerate(COLUMNS):
        prompt = _PROMPTS[column.key][lang] if column.answer else ""
        if column.key == "state":
            choices = [text[lang] for text in STATES.values()]
            sheet.validations.append(Validation(index, first, sheet.next_row - 1, choices, prompt=prompt))
        elif column.key == "done_on":
            days = (_EARLIEST, _LATEST)
            sheet.validations.append(Validation(index, first, sheet.next_row - 1, days=days, prompt=prompt))
    return sheet


def _columns(audit: Any, lang: Lang) -> list[Cells]:
    """Cells of all rows in the order of ``reply_form.COLUMNS`` after 序号."""
    issues = audit.issues
    colours = {s.colour[lang]: look.SEVERITY[s] for s in Severity}
    made: dict[str, Cells] = {
        "issue": Inline(issues["fingerprint"], look.CENTRE),
        "number": Inline(issues["number"], look.CENTRE),
        "severity": Words(_colours(issues, lang), look.CENTRE, colours),
        "rule": Words(one(issues["rule"]), look.CENTRE),
        "child": Inline(issues["child"], look.CENTRE),
        "message": Inline(issues["message"], look.BODY),
        "place": Inline(places_of_issues(audit, "、" if lang == "zh" else ", "), look.BODY),
        "fix": Words(one(issues["fix"]), look.BODY),
        "deadline": Dates(issues["deadline"], look.due(issues["deadline"], audit.run)[0]),
        "status": Words(
            words(issues["status"], lambda s: word_for(STATUSES, s, lang), "").dictionary_encode(),
            look.CENTRE,
        ),
        "done_on": Empty(_ANSWER_DAY),
    }
    return [made.get(c.key, Empty(_ANSWER)) for c in COLUMNS if c.key != "seq"]


def _colours(issues: Any, lang: Lang) -> Any:
    """红, 黄 or 蓝: a word beside the colour, for black-and-white printers."""
    named = pa.array(["", *(Severity(i).colour[lang] for i in (1, 2, 3))])
    return pa.DictionaryArray.from_arrays(one(issues["severity"]).cast("int32"), named)

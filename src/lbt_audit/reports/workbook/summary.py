"""The first sheet of the issue workbook: circumstances, files, units, rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lbt_audit.engine.audit import Audit
from lbt_audit.model.text import Lang
from lbt_audit.reports.tables.summary import Summary, Tally, circumstances
from lbt_audit.reports.words import (
    LEVELS,
    SEVERITIES,
    crash_text,
    word,
)
from lbt_audit.reports.workbook import look
from lbt_audit.reports.workbook.townships import Township
from lbt_audit.reports.xlsx import Cell, Sheet


def summary_sheet(
    name: str,
    audit: Audit,
    summary: Summary,
    found: Sequence[Township],
    links: Sequence[Sequence[str]],
    hint: str,
) -> Sheet:
    """``links`` lead to the issues of each unit of ``found``; ``hint`` says how the lists are to be read."""
    lang = audit.run.lang
    zh = lang == "zh"
    sheet = Sheet(name, look.SUMMARY_WIDTHS, footer=look.footer(lang), tab=look.TAB_SUMMARY)
    heading = "留守儿童登记数据核查汇总" if zh else "Audit of left-behind children's registers: summary"
    sheet.title(f"{audit.run.county or ''}{'' if zh else ' '}{heading}".strip(), look.TITLE, 28)
    for line in circumstances(audit, summary):
        _note(sheet, line, look.NOTE)
    for warning in audit.run.warnings:
        _note(sheet, ("注意：" if zh else "Warning: ") + warning[lang], look.WARNING)
    for crashed in summary.crashed:
        _note(sheet, crash_text(crashed, lang), look.WARNING)
    _units(sheet, summary, found, links, hint)
    _files(sheet, summary, lang)
    sheet.skip()
    _note(
        sheet,
        "“出处”中的链接按文件现在的相对位置打开原表；移动本清单后链接失效，文字仍可定位。"
        if zh
        else "Links under “Place” open the submitted file at its present relative position; the text stays valid.",
        look.NOTE,
    )
    return sheet


def _units(
    sheet: Sheet, summary: Summary, found: Sequence[Township], links: Sequence[Sequence[str]], hint: str
) -> None:
    lang = summary.lang
    zh = lang == "zh"
    _section(sheet, "各责任单位问题数" if zh else "Issues by responsible unit")
    if hint:
        _note(sheet, hint, look.NOTE)
    headers = ["责任单位", "层级"] if zh else ["Responsible unit", "Level"]
    last = ["合计", "所属乡镇"] if zh else ["Total", "Township"]
    _header(sheet, [*headers, *_severity_heads(lang), *last])
    for township, addresses in zip(found, links, strict=True):
        for unit, link in zip(township.units, addresses, strict=True):
            level = Cell(word(LEVELS, unit.level, lang), look.CENTRE)
            name = Cell(unit.name, look.LINK if link else look.BODY, link or None)
            total = Cell(sum(unit.tally), look.NUMBER)
            sheet.row([name, level, *_tally(unit.tally), total, Cell(township.name, look.BODY)])
    if not found and summary.crashed:
        sheet.row(
            [Cell("0 条问题，但结果不完整" if zh else "0 issues, but the result is incomplete", look.BODY)]
        )
    elif not found:
        sheet.row([Cell("没有发现问题" if zh else "Nothing was found", look.BODY)])


def _files(sheet: Sheet, summary: Summary, lang: Lang) -> None:
    zh = lang == "zh"
    _section(sheet, "各文件核查结论" if zh else "Verdict by file")
    headers = ["文件", "结论"] if zh else ["File", "Verdict"]
    last = ["记录数", "说明"] if zh else ["Records", "Notes"]
    _header(sheet, [*headers, *_severity_heads(lang), *last])
    for file in summary.by_submission:
        values: Sequence[tuple[Any, Any]] = [
            (file.path, look.BODY),
            *[("", None)] * 5,
            (file.remark, look.BODY),
        ]
        standing = Cell(file.standing, look.VERDICT.get(file.verdict or "", look.CENTRE))
        cells = [Cell(file.path, look.BODY), standing, *_tally(file.tally)]
        cells += [Cell(file.rows, look.NUMBER), Cell(file.remark, look.BODY)]
        sheet.row(cells, look.height(values, sheet.widths))


def _note(sheet: Sheet, text: str, style: Any) -> None:
    total = sum(sheet.widths)
    sheet.title(text, style, look.height([(text, style)], [total]))


def _section(sheet: Sheet, text: str) -> None:
    sheet.skip()
    sheet.title(text, look.SECTION, 22)


def _header(sheet: Sheet, texts: Sequence[str]) -> None:
    sheet.row([Cell(t, look.HEADER) for t in texts], 20)


def _severity_heads(lang: Lang) -> list[str]:
    return [s.colour[lang] for s in SEVERITIES]


def _tally(tally: Tally) -> list[Cell]:
    return [
        Cell(n or None, look.SEVERITY[s] if n else look.NUMBER)
        for s, n in zip(SEVERITIES, tally, strict=True)
    ]

"""The sheet of all rules, on one page: what each found, and why some did not run."""

from __future__ import annotations

from collections import defaultdict

from lbt_audit.engine.audit import Audit
from lbt_audit.model.rule import RuleRun
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.tables.summary import Summary, Tally
from lbt_audit.reports.words import RULE_STATUSES, SEVERITIES, as_of_line, crash_text, rule_reason, word
from lbt_audit.reports.workbook import look
from lbt_audit.reports.xlsx import Cell, Sheet

TITLE = Text("规则运行情况", "Rules")
_HEADS = (
    Text("规则", "Rule"),
    Text("标题", "Title"),
    Text("等级", "Severity"),
    Text("问题", "Issues"),
    Text("无法判定（行）", "Cannot tell (rows)"),
)
_WIDTHS = {
    "zh": (6, 31, 9, 8, 9),
    "en": (6, 46, 9, 8, 9),
}  # titles on one line: rows of two make the page long
_GAP = 1.5  # between the two halves of the page


def rule_sheet(name: str, audit: Audit, summary: Summary) -> Sheet:
    """Two halves side by side, read downwards; below them what was skipped or crashed, and why."""
    lang = audit.run.lang
    widths = _WIDTHS[lang]
    sheet = Sheet(name, (*widths, _GAP, *widths), footer=look.footer(lang), tab=look.TAB_RULES, one_page=True)
    sheet.title(f"{TITLE[lang]}　{as_of_line(audit.run, lang)}", look.TITLE, 26)
    heads = [Cell(head[lang], look.HEADER) for head in _HEADS]
    sheet.row([*heads, None, *heads], 30)
    sheet.freeze, sheet.title_rows = (2, 0), (1, 2)
    half = -(-len(audit.rules) // 2)
    for left, right in zip(range(half), range(half, 2 * half), strict=True):
        runs = [audit.rules[i] for i in (left, right) if i < len(audit.rules)]
        cells = [_cells(run, summary.rule_tallies.get(run.rule.code), lang) for run in runs]
        height = max(look.height([(c.value, c.style) for c in row], widths) or 0 for row in cells)
        sheet.row([*cells[0], None, *(cells[1] if len(cells) > 1 else [])], height or None)
    reasons: dict[str, list[str]] = defaultdict(list)
    for run in audit.rules:
        if run.status == "skipped":
            reasons[rule_reason(run, lang) or ""].append(run.rule.code)
    notes = [(crash_text(run, lang), look.WARNING) for run in audit.rules if run.status == "crashed"]
    for reason, codes in reasons.items():
        listed = " ".join(codes)
        text = f"跳过 {len(codes)} 条（{reason}）：{listed}" if lang == "zh" else (
            f"{len(codes)} skipped ({reason}): {listed}"
        )  # fmt: skip
        notes.append((text, look.NOTE))
    for text, style in notes:
        sheet.title(text, style, look.height([(text, style)], [sum(sheet.widths)]))
    return sheet


def _cells(run: RuleRun, tally: Tally | None, lang: Lang) -> list[Cell]:
    """``tally``: errors, warnings, notices; the gravest is the severity shown, not what the rule has by default."""
    rule = run.rule
    severity = next((s for s, n in zip(SEVERITIES, tally or (), strict=False) if n), rule.severity)
    if run.status == "ran":
        found = Cell(run.issues, look.NUMBER) if run.issues else Cell("—", look.FAINT)
    else:
        style = look.FAINT if run.status == "skipped" else look.SEVERITY[rule.severity]
        found = Cell(word(RULE_STATUSES, run.status, lang), style)
    return [
        Cell(rule.code, look.CENTRE),
        Cell(rule.title[lang], look.BODY),
        Cell(severity.colour[lang], look.SEVERITY[severity] if tally else look.FAINT),
        found,
        Cell(run.unverifiable or None, look.NUMBER),
    ]

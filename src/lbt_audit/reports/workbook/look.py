"""How the issue workbook looks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow.compute as pc

from lbt_audit.model.rule import Rule
from lbt_audit.model.run import Run
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.text.layout import width
from lbt_audit.reports.words import PAST
from lbt_audit.reports.xlsx import Style

FONT = Text("宋体", "Calibri")
TITLE = Style(bold=True, size=14, align="left")
HEADER = Style(bold=True, fill="D9E1F2", border=True, wrap=True, align="center")
BODY = Style(border=True, wrap=True)
CENTRE = Style(border=True, wrap=True, align="center")
NUMBER = Style(border=True, align="center")
DAY_FORMAT = "yyyy\\-mm\\-dd"
DATE = Style(border=True, align="center", format=DAY_FORMAT)
LINK = Style(border=True, wrap=True, colour="0563C1", underline=True)
SECTION = Style(bold=True, size=12, align="left")
NOTE = Style(wrap=True, align="left")
WARNING = Style(wrap=True, align="left", bold=True, colour="9C0006")
SEVERITY = {
    Severity.ERROR: Style(border=True, align="center", fill="FFC7CE", colour="9C0006", bold=True),
    Severity.WARNING: Style(border=True, align="center", fill="FFEB9C", colour="7F6000", bold=True),
    Severity.NOTICE: Style(border=True, align="center", fill="DDEBF7", colour="1F4E78", bold=True),
}
VERDICT = {
    "rejected": SEVERITY[Severity.ERROR],
    "accepted_with_errors": SEVERITY[Severity.WARNING],
    "accepted": Style(border=True, align="center", fill="E2EFDA", colour="375623", bold=True),
}
FAINT = replace(CENTRE, colour="7F7F7F")
SUMMARY_WIDTHS = (44, 14, 10, 10, 10, 10, 40)
TAB_SUMMARY, TAB_RULES = "4472C4", "7F7F7F"
_LINE = 13.5
_EPOCH = date(1899, 12, 30).toordinal()


def due(days: Any, run: Run) -> tuple[Style, float | None]:
    """How a column of deadlines looks, and how wide it must be at least: what was past when the lists went out says so,
    and stays a date that can be sorted."""
    first = pc.min(days).as_py()
    if first is None or first >= run.issued_on:
        return DATE, None
    start = run.issued_on.toordinal() - _EPOCH
    return replace(DATE, format=f'[<{start}]{DAY_FORMAT}"{PAST[run.lang]}";{DAY_FORMAT}'), 19


def footer(lang: Lang) -> str:
    """Page number in the Chinese manner."""
    return "&C— 第 &P 页，共 &N 页 —" if lang == "zh" else "&C&P / &N"


def citation(rule: Rule, lang: Lang) -> str:
    """The sources of a rule, one line each."""
    return "\n".join(b.cite(lang) for b in rule.basis)


def height(values: Sequence[tuple[Any, Any]], widths: Sequence[float]) -> float | None:
    """Height of a row of wrapped cells in points; None = one line."""
    most = 1
    for (value, _), columns in zip(values, widths, strict=False):
        if isinstance(value, str):
            lines = sum(max(1, math.ceil(width(part) / max(columns - 1, 1))) for part in value.split("\n"))
            most = max(most, lines)
    return None if most == 1 else min(most * _LINE + 3, 409)

"""``--format markdown``: a page short enough for a comment on a change: what was found where, and the weightiest causes.

All issues stand in the other formats.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import numpy as np

from lbt_audit.engine.audit import Audit
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.tables.lines import Line
from lbt_audit.reports.tables.places import some_places, subset
from lbt_audit.reports.tables.summary import Summary, circumstances
from lbt_audit.reports.text.safe import markdown
from lbt_audit.reports.words import SEVERITIES, due_text, rule_reason

_CAUSES, _ROWS, _PLACES = 40, 20, 3
_LONGEST = 300  # characters of a cell


def write(audit: Audit, out: BinaryIO) -> None:
    lang, summary = audit.run.lang, Summary(audit)
    zh = lang == "zh"

    def write(text: str) -> None:
        out.write(text.encode("utf-8", "replace"))

    def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]], more: str = "") -> None:
        write(f"\n## {title}\n\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}\n")
        for row in rows:
            write(f"| {' | '.join(_cell(str(cell)) for cell in row)} |\n")
        write(f"\n{more}\n" if more else "")

    heading = "留守儿童登记数据核查" if zh else "Audit of left-behind children's registers"
    write(f"# {heading}{' · ' + markdown(audit.run.county) if audit.run.county else ''}\n\n")
    for line in circumstances(audit, summary):
        write(f"- {markdown(line)}\n")
    for warning in audit.run.warnings:
        write(f"- **{'注意' if zh else 'Warning'}** {markdown(warning[lang])}\n")
    for text in _not_run(summary, lang):
        write(f"- {markdown(text)}\n")
    colours = [s.colour[lang] for s in SEVERITIES]
    shown = summary.urgent(_CAUSES)
    if shown:
        heads = (
            ["等级", "规则", "问题", "出处", "责任单位", "时限"]
            if zh
            else ["Severity", "Rule", "What is wrong", "Place", "Responsible", "Deadline"]
        )
        rest = summary.causes - len(shown)
        more = Text(
            f"另有 {rest} 处原因，见其他格式的报告。", f"{rest} more causes stand in the other formats."
        )
        title = Text("最要紧的原因", "What weighs most")[lang]
        table(title, heads, list(_causes(audit, shown)), more[lang] if rest > 0 else "")
        fixes = _remedies(audit, shown)
        table(
            Text("整改要求", "What to do")[lang],
            ["规则", "整改要求"] if zh else ["Rule", "What to do"],
            fixes,
        )
    units = sorted(summary.by_unit.items(), key=lambda unit: tuple(-n for n in unit[1]))
    table(
        "各责任单位" if zh else "Responsible units",
        ["单位" if zh else "Unit", *colours],
        [(unit, *tally) for unit, tally in units[:_ROWS]],
        _more(len(units) - _ROWS, lang),
    )
    files = sorted(summary.by_submission, key=lambda file: tuple(-n for n in file.tally))
    table(
        "各文件" if zh else "Files",
        ["文件" if zh else "File", "结论" if zh else "Verdict", *colours],
        [(f.path, f.standing, *f.tally) for f in files[:_ROWS]],
        _more(len(files) - _ROWS, lang),
    )


def _cell(text: str) -> str:
    return markdown(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")


def _more(n: int, lang: Lang) -> str:
    return Text(f"另有 {n} 行。", f"{n} more rows.")[lang] if n > 0 else ""


def _not_run(summary: Summary, lang: Lang) -> Iterable[str]:
    """Rules that did not run, by the reason."""
    reasons: dict[str, list[str]] = {}
    for run in [*summary.crashed, *summary.skipped]:
        reasons.setdefault(rule_reason(run, lang) or "", []).append(run.rule.code)
    for reason, codes in reasons.items():
        listed = " ".join(codes)
        yield f"未运行的规则（{reason}）：{listed}" if lang == "zh" else f"Rules not run ({reason}): {listed}"


def _causes(audit: Audit, lines: Sequence[Line]) -> Iterable[Sequence[object]]:
    """A row per cause; what follows from it is named beneath its message."""
    lang = audit.run.lang
    every = subset(audit, np.array([at for line in lines for at in line.issues], np.int64))
    texts, left_out = some_places(every, Text("、", ", ")[lang], _PLACES)
    issues = every.issues.to_pylist()
    start = 0
    for line in lines:
        mine = range(start, start + len(line.issues))
        start = mine.stop
        head = issues[mine.start]
        places = [texts[i] + (f" (+{left_out[i]})" if left_out[i] else "") for i in mine]
        yield (
            Severity(head["severity"]).colour[lang],
            f"{head['rule']} {head['title']}",
            head["message"] + _below(audit, line),
            Text("；", "; ")[lang].join(places),
            Text("、", ", ")[lang].join(dict.fromkeys(issues[i]["responsible_unit"] or "" for i in mine)),
            due_text(min((d for i in mine if (d := issues[i]["deadline"])), default=None), audit.run),
        )


def _below(audit: Audit, line: Line) -> str:
    if not line.below:
        return ""
    named = [_titled(audit, below.issues[0]) for below in line.below]
    lang = audit.run.lang
    told = Text("、", ", ")[lang].join(dict.fromkeys(named))
    return f" 因此还有：{told}。" if lang == "zh" else f" Hence also: {told}."


def _titled(audit: Audit, position: int) -> str:
    issue: dict[str, Any] = audit.issues.slice(position, 1).to_pylist()[0]
    return f"{issue['rule']} {issue['title']}"


def _remedies(audit: Audit, lines: Sequence[Line]) -> list[Sequence[object]]:
    """What to do, once for each rule of the causes shown."""
    found: dict[str, str] = {}
    for line in lines:
        issue = audit.issues.slice(line.issues[0], 1).to_pylist()[0]
        found.setdefault(issue["rule"], issue["fix"])
    return list(found.items())

"""``--format markdown``: summary and all issues as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from lbt_audit.engine.audit import Audit
from lbt_audit.reports.tables.rows import issues, place_text
from lbt_audit.reports.tables.summary import Summary, circumstances
from lbt_audit.reports.text.safe import markdown
from lbt_audit.reports.words import SEVERITIES, due_text, rule_reason


def write(audit: Audit, out: BinaryIO) -> None:
    lang, summary = audit.run.lang, Summary(audit)
    zh = lang == "zh"

    def write(text: str) -> None:
        out.write(text.encode("utf-8", "replace"))

    def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        write(f"\n## {title}\n\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}\n")
        for row in rows:
            write(f"| {' | '.join(markdown(str(cell)) for cell in row)} |\n")

    heading = "留守儿童登记数据核查" if zh else "Audit of left-behind children's registers"
    write(f"# {heading}{' · ' + markdown(audit.run.county) if audit.run.county else ''}\n\n")
    for line in circumstances(audit, summary):
        write(f"- {markdown(line)}\n")
    for warning in audit.run.warnings:
        write(f"- **{'注意' if zh else 'Warning'}** {markdown(warning[lang])}\n")
    colours = [s.colour[lang] for s in SEVERITIES]
    table(
        "各责任单位" if zh else "Responsible units",
        ["单位" if zh else "Unit", *colours],
        ((unit, *tally) for unit, tally in summary.by_unit.items()),
    )
    table(
        "各文件" if zh else "Files",
        ["文件" if zh else "File", "结论" if zh else "Verdict", *colours],
        ((f.path, f.standing, *f.tally) for f in summary.by_submission),
    )
    not_run = [
        (r.rule.code, r.rule.title[lang], rule_reason(r, lang)) for r in [*summary.crashed, *summary.skipped]
    ]
    if not_run:
        table(
            "未运行的规则" if zh else "Rules not run",
            ["规则", "标题", "原因"] if zh else ["Rule", "Title", "Why"],
            not_run,
        )
    heads = (
        ["等级", "规则", "出处", "问题", "整改要求", "责任单位", "时限"]
        if zh
        else ["Severity", "Rule", "Place", "What is wrong", "What to do", "Responsible", "Deadline"]
    )
    rows = (
        (
            issue["severity"].colour[lang], f"{issue['rule']} {issue['title']}", place_text(places),
            issue["message"], issue["fix"], issue["responsible_unit"] or "", due_text(issue["deadline"], audit.run),
        )
        for issue, places in issues(audit)
    )  # fmt: skip
    table("问题" if zh else "Issues", heads, rows)

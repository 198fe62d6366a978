"""What came of returned reply workbooks, in lines."""

from __future__ import annotations

from collections.abc import Sequence

from lbt_audit.ledger.replies.answering import Answering, Collected
from lbt_audit.model.text import Lang
from lbt_audit.reports.text.safe import terminal


def reply_lines(collected: Collected, waiting: Sequence[Answering], lang: Lang) -> list[str]:
    """What was taken, what claims lack, how every unit has answered, who has not."""
    zh = lang == "zh"
    lines = [
        f"收下答复 {collected.entered} 条（其中报称已整改 {collected.claims} 条），重复 {collected.repeated} 条，"
        f"退回 {len(collected.refusals)} 条"
        if zh
        else f"{collected.entered} replies taken ({collected.claims} say done), {collected.repeated} repeated, "
        f"{len(collected.refusals)} refused"
    ]
    if collected.incomplete:
        lines.append(
            f"报称已整改但缺项的 {len(collected.incomplete)} 条："
            if zh
            else f"{len(collected.incomplete)} claims are incomplete:"
        )
        lines += [f"  {terminal(r.source)}  {r.fingerprint}  {gap[lang]}" for r, gap in collected.incomplete]
    answered = [a for a in waiting if a.answered]
    silent = [a for a in waiting if not a.answered]
    if answered:
        lines.append("已回复：" if zh else "Answered:")
        lines += [_answered(a, lang) for a in answered]
    if silent:
        lines.append("尚未回复：" if zh else "Not answered:")
        lines += [_silent(a, lang) for a in silent]
    return lines


def _answered(of: Answering, lang: Lang) -> str:
    left = of.issues - of.answered
    if lang == "zh":
        rest = f"，未答复 {left} 条" if left else ""
        return f"  {terminal(of.unit)}  应答复 {of.issues} 条，已答复 {of.answered} 条（报称已整改 {of.claimed} 条）{rest}"
    rest = f", {left} to come" if left else ""
    return f"  {terminal(of.unit)}  {of.answered} of {of.issues} ({of.claimed} reported as done){rest}"


def _silent(of: Answering, lang: Lang) -> str:
    due = of.first_due.isoformat() if of.first_due else ""
    if lang == "zh":
        return f"  {terminal(of.unit)}  {of.issues} 条，最早时限 {due}（含当日）"
    return f"  {terminal(of.unit)}  {of.issues}, first due {due}"

"""How the issues of one unit stand in time: what is overdue is not listed as if it were still to come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow.compute as pc

from lbt_audit.ledger.recording.observation import AT_ONCE
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Lang
from lbt_audit.notices.units.shares import Share
from lbt_audit.notices.wording import day
from lbt_audit.reports.text.columns import plain


@dataclass(frozen=True)
class Timing:
    """The issues of a share by their last day: those past it and those that still have time. ``at_once``
    concern a child's safety; ``false_closing`` were reported as done, ``relapsed`` were closed before."""

    overdue: Mapping[date, int]
    due: Mapping[date, int]
    at_once: int
    new: int
    false_closing: int
    relapsed: int

    @classmethod
    def of(cls, share: Share) -> Timing:
        issued_on, issues = share.audit.run.issued_on, share.issues
        status = plain(issues["status"])

        def count(column: Any, word: str) -> int:
            return int(pc.sum(pc.equal(column, word)).as_py() or 0)

        return cls(
            overdue={d: n for d, n in share.by_deadline.items() if d < issued_on},
            due={d: n for d, n in share.by_deadline.items() if d >= issued_on},
            at_once=count(plain(issues["deadline_class"]), AT_ONCE),
            new=count(status, "new"),
            false_closing=count(status, "claimed"),
            relapsed=count(status, "relapsed"),
        )

    @property
    def late(self) -> int:
        return sum(self.overdue.values())

    @property
    def in_time(self) -> int:
        return sum(self.due.values())


def history(timing: Timing, closed: int, unseen: int, lang: Lang) -> str:
    """How the issues stand in time, and what became of earlier ones."""
    late, in_time = timing.late, timing.in_time
    texts = []
    if lang == "zh":
        if late:
            rest = f"，尚在时限内的 {in_time} 条" if in_time else ""
            texts.append(f"按原定整改时限，已逾期的 {late} 条{rest}。")
        wrong = [
            f"{what} {n} 条"
            for what, n in (
                ("报称已整改、复核仍存在的", timing.false_closing),
                ("销号后再次出现的", timing.relapsed),
            )
            if n
        ]
        texts += [f"其中，{'，'.join(wrong)}。"] if wrong else []
        texts += [f"此前问题已销号 {closed} 条。"] if closed else []
        texts += [f"另有以前发现、本次未能复核的 {unseen} 条，仍未销号。"] if unseen else []
        return "".join(texts)
    if late:
        texts.append(f" {late} past the deadline first set{f', {in_time} still in time' if in_time else ''}.")
    if timing.false_closing:
        texts.append(f" Reported as done and still found: {timing.false_closing}.")
    if timing.relapsed:
        texts.append(f" Closed before and back: {timing.relapsed}.")
    texts += [f" Earlier issues closed: {closed}."] if closed else []
    texts += [f" Found earlier, could not be verified this time, not closed: {unseen}."] if unseen else []
    return "".join(texts)


def deadline_lines(share: Share, timing: Timing) -> list[str]:
    run, lang = share.audit.run, share.audit.run.lang
    zh = lang == "zh"
    texts = []
    if timing.overdue:
        each = _each(timing.overdue, lang, past=True)
        texts.append(
            f"已逾期的 {timing.late} 条，原定整改时限：{each}，均已超过，责令立即整改，整改结果和逾期原因于"
            "＿＿月＿＿日前（含当日）书面报告。"
            if zh
            else f"Overdue, {timing.late}; first due (that day included): {each}. To be corrected at once; report results and "
            "reasons in writing by ____________ (that day included)."
        )
    if timing.due:
        texts.append(_in_time(timing, lang))
    if timing.new:
        # What the drafter may do about a warning is nothing for the unit: it stands behind the semicolon.
        warnings = [w.zh.partition("；")[0] if zh else w.en.partition("; give")[0] for w in run.warnings]
        since = day(run.issued_on, lang)
        which = "本次新发现问题的时限" if timing.new < share.count else "时限"
        how = (
            f"{which}自{since}的次日起算，工作日按国务院办公厅公布的节假日及调休安排计算。"
            if zh
            else f"Days are counted from the day after {since}; working days follow the published calendar."
        )
        note = "".join(f"（注意：{w}）" if zh else f" (Note: {w})" for w in warnings)
        texts.append(how + note)
    return texts


def _in_time(timing: Timing, lang: Lang) -> str:
    """What is asked for those that still have time."""
    last = day(max(timing.due), lang)
    several = len(timing.due) > 1
    if lang == "zh":
        start = f"尚在时限内的 {timing.in_time} 条，" if timing.overdue else ""
        if not several:
            return f"{start}请于{last}前（含当日）完成整改并书面报告。"
        each = _each(timing.due, lang)
        return f"{start}各条时限见附件 2，其中：{each}。请于{last}前（含当日）全部完成并书面报告。"
    start = f"In time, {timing.in_time}: " if timing.overdue else ""
    if not several:
        return f"{start}{'c' if start else 'C'}omplete the work and report in writing by {last} (that day included)."
    each = _each(timing.due, lang)
    return (
        f"{start}{'b' if start else 'B'}y deadline (that day included): {each}. "
        f"Report in writing by {last} (that day included)."
    )


def _each(days: Mapping[date, int], lang: Lang, *, past: bool = False) -> str:
    if lang == "zh":
        return "；".join(
            f"{n} 条为{day(d, lang)}（含当日）" if past else f"{n} 条于{day(d, lang)}前（含当日）"
            for d, n in days.items()
        )
    return "; ".join(f"{day(d, lang)}: {n}" for d, n in days.items())

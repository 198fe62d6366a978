"""A check in one sentence."""

from __future__ import annotations

from typing import Literal

from lbt_audit.desk.checks.outcome import Outcome
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text


@dataclass(frozen=True)
class Verdict:
    """``state``: what it is coloured by; right = nothing is left to be done."""

    state: Literal["right", "warning", "error"]
    text: Text


def verdict(outcome: Outcome) -> Verdict:
    """The sentence the clerk reads first."""
    read = len(outcome.audited)
    errors, warnings, notices = outcome.tally
    unread = (
        Text(
            f"；另有 {outcome.unread} 个文件没能核查，原因见“文件”",
            f"; {outcome.unread} file{'s' * (outcome.unread > 1)} could not be checked, see Files for why",
        )
        if outcome.unread
        else Text("", "")
    )
    if not read:
        return Verdict(
            "error",
            Text(
                "没有核查到任何名册：放入的文件里没有能核查的表",
                "Nothing was checked: no file holds a register",
            ),
        )
    if not outcome.whole:
        return Verdict(
            "error",
            Text(
                f"核查不完整，结果不能作准（原因见下）{unread.zh}。",
                f"The check is incomplete and its result does not hold, see below{unread.en}.",
            ),
        )
    about = (
        Text(
            f"，涉及 {outcome.children} 名儿童",
            f", about {outcome.children} child{'ren' * (outcome.children > 1)}",
        )
        if outcome.children
        else Text("", "")
    )
    if errors:
        n = outcome.causes
        return Verdict(
            "error",
            Text(
                f"有 {n} 处要改（红 {errors}　黄 {warnings}　蓝 {notices}）{about.zh}；改好后把文件再放进来{unread.zh}。",
                f"{n} thing{'s' * (n > 1)} to correct ({errors} red, {warnings} yellow, {notices} blue){about.en}; correct "
                f"the file and drop it again{unread.en}.",
            ),
        )
    if warnings or notices:
        return Verdict(
            "error" if outcome.unread else "warning",
            Text(
                f"没有红色问题，还有 {outcome.causes} 处请核对（黄 {warnings}　蓝 {notices}）{about.zh}{unread.zh}。",
                f"Nothing red; {outcome.causes} left to look at ({warnings} yellow, {notices} blue){about.en}{unread.en}.",
            ),
        )
    return Verdict(
        "error" if outcome.unread else "right",
        Text(
            f"{'能读的文件' if outcome.unread else '全部'}通过：{read} 个文件、{outcome.rows} 条记录，没有发现问题"
            f"{unread.zh if outcome.unread else '，可以上报'}。",
            f"{'All that could be read is' if outcome.unread else 'All'} right: {read} file{'s' * (read > 1)}, {outcome.rows} "
            f"records, no issues{unread.en if outcome.unread else '; ready to hand in'}.",
        ),
    )

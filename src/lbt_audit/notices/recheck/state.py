"""How the register stands, in sentences: for the report, the screen and the summary of an audit."""

from __future__ import annotations

from collections import Counter

from lbt_audit.ledger.state.recheck import Recheck
from lbt_audit.ledger.state.summary import Item
from lbt_audit.ledger.state.words import STATUSES
from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.wording import day, percent

# Found earlier, and its files were not handed in again.
UNVERIFIED = Text("未再复核", "not looked at again")
_OPEN = ("new", "open", "claimed", "false_closing", "relapsed")


def status_word(item: Item, recheck: Recheck, lang: Lang) -> str:
    """The status of an issue as a document tells it."""
    return UNVERIFIED[lang] if recheck.unverified(item) else STATUSES[item.status][lang]


def overall_lines(recheck: Recheck, lang: Lang) -> list[str]:
    """Of how many issues how many are corrected, in words; what there is none of is not listed."""
    whole, c = recheck.whole, recheck.whole.counts
    rate = percent(whole.rate)
    if not whole.total:
        return [
            f"截至 {day(recheck.as_of, lang)}，台账没有问题。"
            if lang == "zh"
            else f"As of {day(recheck.as_of, lang)} the ledger holds no issue."
        ]
    if lang == "zh":
        since = f"（上次核查 {day(recheck.previous, lang)}）" if recheck.previous else "（首次核查）"
        waived = f"，豁免 {c['waived']} 条" if c["waived"] else ""
        first = (
            f"截至 {day(recheck.as_of, lang)}{since}，台账共有问题 {whole.total} 条：已销号 {c['closed']} 条，"
            f"未销号 {whole.unclosed} 条{waived}；销号率 {rate}。"
        )
    else:
        since = f" (previous audit: {day(recheck.previous, lang)})" if recheck.previous else " (first audit)"
        waived = f", {c['waived']} waived" if c["waived"] else ""
        first = (
            f"As of {day(recheck.as_of, lang)}{since} the ledger holds {whole.total} issues: {c['closed']} closed, "
            f"{whole.unclosed} not closed{waived}; {rate} closed."
        )
    return [first, *_unclosed(recheck, lang), _changes(recheck, lang)]


def _unclosed(recheck: Recheck, lang: Lang) -> list[str]:
    """What those not closed are."""
    whole, c = recheck.whole, recheck.whole.counts
    if not whole.unclosed:
        return []
    kinds_of = Counter(status_word(item, recheck, lang) for item in recheck.items)
    entries = [(STATUSES[status][lang], kinds_of[STATUSES[status][lang]]) for status in _OPEN]
    entries.insert(2, (UNVERIFIED[lang], kinds_of[UNVERIFIED[lang]]))
    if lang == "zh":
        kinds = "，".join(f"{word} {n} 条" for word, n in entries if n)
        late = f"；其中逾期 {c['overdue']} 条" if c["overdue"] else ""
        return [f"未销号的 {whole.unclosed} 条中，{kinds}{late}。"]
    kinds = ", ".join(f"{n} {word}" for word, n in entries if n)
    late = f"; {c['overdue']} overdue" if c["overdue"] else ""
    return [f"Of the {whole.unclosed} not closed: {kinds}{late}."]


def _changes(recheck: Recheck, lang: Lang) -> str:
    """What the newest audit brought."""
    n = recheck.changes
    if lang == "zh":
        entries = (
            ("销号", n["closed"]),
            ("查出虚报整改", n["false_closing"]),
            ("反弹", n["relapsed"]),
            ("新增", n["new"]),
        )
        text = "，".join(f"{word} {count} 条" for word, count in entries if count) or "没有变化"
        return f"本次核查：{f'原有 {recheck.known} 条，' if recheck.known else ''}{text}。"
    entries = (
        ("closed", n["closed"]),
        ("falsely reported", n["false_closing"]),
        ("relapsed", n["relapsed"]),
        ("new", n["new"]),
    )
    text = ", ".join(f"{count} {word}" for word, count in entries if count) or "no change"
    return f"This audit: {f'{recheck.known} known before, ' if recheck.known else ''}{text}."


def has_waivers(recheck: Recheck) -> bool:
    return bool(recheck.whole.counts["waived"] or recheck.expired or recheck.unused)


def waiver_lines(recheck: Recheck, lang: Lang) -> list[str]:
    """Waivers in force, run out, and those that set nothing aside."""
    held, expired, idle = recheck.whole.counts["waived"], recheck.expired, recheck.unused
    zh = lang == "zh"
    if not has_waivers(recheck):
        return ["没有豁免。" if zh else "No waivers."]
    entries = (
        (held, f"豁免期内 {held} 条", f"{held} in force"),
        (
            len(expired),
            f"豁免已到期、重新计入的 {len(expired)} 条",
            f"{len(expired)} run out and counted again",
        ),
        (len(idle), f"未起作用的豁免 {len(idle)} 条", f"{len(idle)} set nothing aside"),
    )
    lines = [
        "，".join(text for n, text, _ in entries if n) + "。"
        if zh
        else ", ".join(text for n, _, text in entries if n) + "."
    ]
    for item in expired:
        until = item.standing.waived_until
        assert until is not None
        unit, rule, issue = item.row["label"], item.row["rule"], item.row["fingerprint"]
        lines.append(
            f"豁免到期：{unit} {rule}（{issue}），{day(until, lang)}止（含当日）。"
            if zh
            else f"Run out: {unit} {rule} ({issue}), until {day(until, lang)} (that day included)."
        )
    nothing = "未起作用：" if zh else "Sets nothing aside: "
    for u in idle:
        of = " ".join(word for word in (u.unit, u.rule) if word)
        named = (f"{of}（{u.waiver.issue}）" if zh else f"{of} ({u.waiver.issue})") if of else u.waiver.issue
        lines.append(f"{nothing}{named}：{u.text.zh}。" if zh else f"{nothing}{named}: {u.text.en}.")
    return lines

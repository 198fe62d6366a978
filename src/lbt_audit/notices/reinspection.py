"""The report of a re-inspection (整改复查报告): was it corrected?"""

from __future__ import annotations

from collections.abc import Sequence

from lbt_audit.config.county import County
from lbt_audit.ledger.recheck import Recheck
from lbt_audit.ledger.sampling import Pick
from lbt_audit.ledger.summary import Item, Tally
from lbt_audit.ledger.words import STATUSES
from lbt_audit.model.run import Run
from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.docx import Table
from lbt_audit.notices.letter import Letter, Part, common_fields
from lbt_audit.notices.wording import day, head, percent
from lbt_audit.reports.words import LEVELS, word

FILE_NAME = Text("整改复查报告.docx", "reinspection.docx")
TITLE = Text("农村留守儿童登记数据整改复查报告", "Re-inspection of the registers of left-behind children")
MOST = 200  # rows of a list; the register holds them all
_UNIT_KEYS = ("total", "closed", "unclosed", "overdue", "false_closing", "relapsed", "waived")


def reinspection(recheck: Recheck, picks: Sequence[Pick], run: Run, county: County | None) -> Letter:
    """The report, with the lists an inspector takes along."""
    lang = run.lang
    overall = overall_lines(recheck, lang)
    titles = [
        Text("总体情况", "Overview"),
        Text("各单位整改情况", "By unit"),
        Text("逾期问题责任人", "Overdue by person"),
        Text("反弹和虚报整改", "Relapsed and falsely reported"),
        Text("豁免", "Waivers"),
        Text("现场抽查名单", "Spot checks"),
    ]
    bodies: list[list[Part]] = [
        [Part(line) for line in overall],
        [Part(table=_units(recheck.units, lang))],
        _people(recheck, lang),
        _gone_wrong(recheck, lang),
        [Part(line) for line in waiver_lines(recheck, lang)],
        _spot_checks(recheck, picks, lang),
    ]
    parts = []
    for number, (title, body) in enumerate(zip(titles, bodies, strict=True), 1):
        parts += [Part(head(number, title[lang], lang), "Head1"), *body]
    rows = [_unit_row(t, lang) for t in recheck.units]
    return Letter(
        lang=lang,
        title=TITLE[lang],
        addressee="",
        parts=parts,
        attachments=[],
        fields={
            **common_fields(run, county, lang),
            "previous": day(recheck.previous, lang) if recheck.previous else "",
            "overall": overall,
            "waivers": waiver_lines(recheck, lang),
            **_unit_row(recheck.whole, lang),
        },
        rows=rows,
        year=run.as_of.year,
        issuer=county.notices.issuer if county else "",
    )


def overall_lines(recheck: Recheck, lang: Lang) -> list[str]:
    """Of how many issues how many are corrected, in words."""
    whole, changes = recheck.whole, recheck.changes
    c = whole.counts
    if lang == "zh":
        since = f"（上次核查 {day(recheck.previous, lang)}）" if recheck.previous else "（首次记入）"
        return [
            f"截至 {day(recheck.as_of, lang)}{since}，台账共有问题 {whole.total} 条：已销号 {c['closed']} 条，"
            f"未销号 {whole.unclosed} 条，豁免 {c['waived']} 条；销号率 {percent(whole.rate)}。",
            f"未销号的 {whole.unclosed} 条中，新增 {c['new']} 条，未整改 {c['open']} 条，已报待核 {c['claimed']} 条，"
            f"虚报整改 {c['false_closing']} 条，反弹 {c['relapsed']} 条；其中逾期 {c['overdue']} 条。",
            f"本次核查：原有 {recheck.known} 条，销号 {changes['closed']} 条，查出虚报整改 {changes['false_closing']} 条，"
            f"反弹 {changes['relapsed']} 条；新增 {changes['new']} 条。",
        ]
    since = f" (previous audit: {day(recheck.previous, lang)})" if recheck.previous else " (first audit)"
    return [
        f"As of {day(recheck.as_of, lang)}{since} the ledger holds {whole.total} issues: {c['closed']} closed, "
        f"{whole.unclosed} not closed, {c['waived']} waived; {percent(whole.rate)} closed.",
        f"Of the {whole.unclosed} not closed: {c['new']} new, {c['open']} open, {c['claimed']} reported as done and not yet "
        f"verified, {c['false_closing']} falsely reported as done, {c['relapsed']} relapsed; {c['overdue']} are overdue.",
        f"This audit: {recheck.known} known before, {changes['closed']} closed, {changes['false_closing']} falsely reported, "
        f"{changes['relapsed']} relapsed; {changes['new']} new.",
    ]


def waiver_lines(recheck: Recheck, lang: Lang) -> list[str]:
    """Waivers in force, run out, and those that set nothing aside."""
    held, expired = recheck.whole.counts["waived"], recheck.expired
    zh = lang == "zh"
    lines = [
        f"豁免期内 {held} 条，豁免已到期、重新计入的 {len(expired)} 条，未起作用的豁免 {len(recheck.unused)} 条。"
        if zh
        else f"{held} in force, {len(expired)} run out and counted again, {len(recheck.unused)} set nothing aside."
    ]
    for item in expired:
        until = item.standing.waived_until
        assert until is not None
        unit, rule, issue = item.row["responsible_unit"], item.row["rule"], item.row["fingerprint"]
        lines.append(
            f"豁免到期：{unit} {rule}（{issue}），{day(until, lang)}止。"
            if zh
            else f"Run out: {unit} {rule} ({issue}), until {day(until, lang)}."
        )
    nothing = "未起作用：" if zh else "Sets nothing aside: "
    lines += [
        f"{nothing}{u.waiver.issue}：{u.text.zh}。" if zh else f"{nothing}{u.waiver.issue}: {u.text.en}."
        for u in recheck.unused
    ]
    return lines


def _units(units: Sequence[Tally], lang: Lang) -> Table:
    heads = (
        ("单位", "层级", "问题", "已销号", "未销号", "逾期", "虚报", "反弹", "豁免", "销号率")
        if lang == "zh"
        else (
            "Unit",
            "Level",
            "Issues",
            "Closed",
            "Not closed",
            "Overdue",
            "False",
            "Relapsed",
            "Waived",
            "Rate",
        )
    )
    rows = []
    for t in units:
        row = _unit_row(t, lang)
        rows.append([row["unit"], row["level"], *(row[k] for k in _UNIT_KEYS), row["rate"]])
    return Table(heads, rows, (24, 9, 8, 9, 9, 8, 8, 8, 8, 10), frozenset(range(1, 10)))


def _unit_row(t: Tally, lang: Lang) -> dict[str, str]:
    return {
        "unit": t.unit,
        "level": word(LEVELS, t.level, lang) if t.level else "",
        "total": str(t.total),
        "unclosed": str(t.unclosed),
        **{k: str(t.counts[k]) for k in ("closed", "overdue", "false_closing", "relapsed", "waived")},
        "rate": percent(t.rate),
    }


def _people(recheck: Recheck, lang: Lang) -> list[Part]:
    if not recheck.people:
        return [Part("没有逾期问题。" if lang == "zh" else "Nothing is overdue.")]
    heads = (
        ("单位", "整改人（回复表所填）", "逾期条数")
        if lang == "zh"
        else ("Unit", "Person named in the reply", "Overdue")
    )
    nobody = "（未回复）" if lang == "zh" else "(no reply)"
    rows = [[unit, person or nobody, str(n)] for unit, person, n in recheck.people]
    return [Part(table=Table(heads, rows, (40, 40, 20), frozenset({1, 2})))]


def _gone_wrong(recheck: Recheck, lang: Lang) -> list[Part]:
    items = [*recheck.of_status("false_closing"), *recheck.of_status("relapsed")]
    if not items:
        return [Part("没有。" if lang == "zh" else "None.")]
    return _listed([(item, STATUSES[item.status][lang]) for item in items], lang)


def _spot_checks(recheck: Recheck, picks: Sequence[Pick], lang: Lang) -> list[Part]:
    if not picks:
        return [
            Part("未要求抽查名单（--sample N）。" if lang == "zh" else "No list was asked for (--sample N).")
        ]
    zh = lang == "zh"
    text = (
        f"按问题等级、历史和逾期加权随机抽取 {len(picks)} 条，同一种子可重复得到同一名单。"
        if zh
        else f"{len(picks)} issues drawn at random by weight of gravity, history and delay; the same seed gives the same list."
    )
    return [Part(text), *_listed([(p.item, STATUSES[p.item.status][lang]) for p in picks], lang)]


def _listed(items: Sequence[tuple[Item, str]], lang: Lang) -> list[Part]:
    heads = (
        ("序号", "责任单位", "规则", "问题", "儿童", "出处", "状态")
        if lang == "zh"
        else ("No.", "Unit", "Rule", "Issue", "Child", "Place", "Status")
    )
    rows = [
        [
            str(n),
            i.row["responsible_unit"],
            i.row["rule"],
            i.row["title"],
            i.row["child"] or "",
            i.row["place"],
            status,
        ]
        for n, (i, status) in enumerate(items[:MOST], 1)
    ]
    parts = [Part(table=Table(heads, rows, (7, 17, 7, 20, 9, 28, 12), frozenset({0, 2, 4, 6})))]
    if len(items) > MOST:
        rest = len(items) - MOST
        parts.append(
            Part(
                f"另有 {rest} 条，见整改台账。" if lang == "zh" else f"{rest} more stand in the register.",
                "Remark",
            )
        )
    return parts

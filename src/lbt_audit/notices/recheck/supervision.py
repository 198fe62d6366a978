"""The reminder for overdue issues (督办通知) to one unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from lbt_audit.config.county import County
from lbt_audit.ledger.state.recheck import Recheck
from lbt_audit.ledger.state.summary import Item
from lbt_audit.model.run import Run
from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.docx import Table
from lbt_audit.notices.letter.letter import Letter, Part, common_fields, contact_line
from lbt_audit.notices.recheck.state import status_word
from lbt_audit.notices.wording import day, head

TITLE = Text(
    "关于农村留守儿童登记数据问题\n逾期未整改的督办通知", "Reminder: overdue issues in the registers"
)
MOST = 200  # rows of the annex; the register holds them all


def overdue_units(recheck: Recheck) -> dict[tuple[str, str], list[Item]]:
    """(level, unit) → its overdue issues, the longest overdue first."""
    found: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in recheck.of_status("overdue"):
        found[item.row["responsible_level"], item.row["responsible_unit"]].append(item)
    return dict(sorted(found.items()))


def supervision(
    unit: str, items: Sequence[Item], recheck: Recheck, run: Run, county: County | None
) -> Letter:
    """The draft to one unit with overdue issues."""
    lang = run.lang
    zh = lang == "zh"
    worst = max(i.standing.days_overdue for i in items)
    false = sum(i.status == "false_closing" for i in items)
    back = sum(i.status == "relapsed" for i in items)
    people = [(p, n) for u, p, n in recheck.people if u == unit and p]
    opening = _opening(items, recheck, run, worst, false, back)
    titles = (
        Text("逾期情况", "What is overdue"),
        Text("督办要求", "What is required"),
        Text("联系方式", "Contact"),
    )
    states = _by_day(items, lang)
    demands = _demands(lang)
    parts = [Part(opening), Part(head(1, titles[0][lang], lang), "Head1"), *[Part(text) for text in states]]
    named = ""
    if people:
        named = (
            "、".join(f"{p}（{n} 条）" for p, n in people)
            if zh
            else ", ".join(f"{p} ({n})" for p, n in people)
        )
        parts.append(
            Part(f"回复表中填写的整改人：{named}。" if zh else f"Persons named in the replies: {named}.")
        )
    parts += [Part(head(2, titles[1][lang], lang), "Head1"), *[Part(text) for text in demands]]
    parts += [Part(head(3, titles[2][lang], lang), "Head1"), Part(contact_line(county, lang))]
    rows = [_row(n, item, recheck, lang) for n, item in enumerate(items, 1)]
    attachment = f"逾期未整改问题清单（{len(items)} 条）" if zh else f"Overdue issues ({len(items)})"
    return Letter(
        lang=lang,
        title=TITLE[lang],
        addressee=unit,
        parts=parts,
        attachments=[attachment],
        fields={
            **common_fields(run, county, lang),
            "unit": unit,
            "count": str(len(items)),
            "days": str(worst),
            "false_closing": str(false),
            "relapsed": str(back),
            "people": named,
            "opening": opening,
            "states": states,
            "demands": demands,
        },
        rows=rows,
        copies="抄送：　　　　　　　　（县政府督查部门、纪检监察机关等，由发文单位填写）"
        if zh
        else "Copies: ____________________",
        annex=_annex(rows, attachment, lang),
        year=run.issued_on.year,
        issuer=county.notices.issuer if county else "",
    )


def _opening(items: Sequence[Item], recheck: Recheck, run: Run, worst: int, false: int, back: int) -> str:
    n, lang = len(items), run.lang
    if lang == "zh":
        extra = "，".join(
            t
            for t in (
                f"报称已整改、复查仍存在的 {false} 条" if false else "",
                f"销号后反弹的 {back} 条" if back else "",
            )
            if t
        )
        return (
            f"截至 {day(recheck.as_of, lang)}（复查清单下发日期 {day(run.issued_on, lang)}），"
            f"你单位有 {n} 条登记数据问题超过整改时限仍未整改到位，"
            f"最长已逾期 {worst} 天{f'，其中{extra}' if extra else ''}。现予督办，有关事项通知如下："
        )
    extra = ", ".join(
        t
        for t in (
            f"{false} reported as done and still found" if false else "",
            f"{back} relapsed" if back else "",
        )
        if t
    )
    return (
        f"As of {day(recheck.as_of, lang)} (lists issued on {day(run.issued_on, lang)}), {n} issues of your unit are "
        "past their deadline and not corrected; "
        f"the longest is {worst} days overdue{f' ({extra})' if extra else ''}."
    )


def _by_day(items: Sequence[Item], lang: Lang) -> list[str]:
    """Overdue issues by the day they were due."""
    days: dict[date, int] = defaultdict(int)
    for item in items:
        days[item.standing.deadline] += 1
    listed = sorted(days.items(), key=lambda e: e[0])
    if lang == "zh":
        return ["；".join(f"应于{day(d, lang)}前（含当日）完成的 {n} 条" for d, n in listed) + "。"]
    return ["Due (that day included): " + "; ".join(f"{day(d, lang)}, {n}" for d, n in listed) + "."]


def _demands(lang: Lang) -> list[str]:
    if lang == "zh":
        return [
            "收到本通知后立即组织整改，主要负责人亲自过问，逐条明确责任人；须当日核实的涉及儿童安全事项当日办结。",
            "请于＿＿月＿＿日前（含当日）完成整改并书面报告整改结果、逾期原因和责任落实情况，附佐证材料和《整改回复表》。",
            "再次逾期或虚报整改的，按规定予以通报、约谈，直至移送有关部门处理。",
        ]
    return [
        "Have the issues corrected at once, with one person named for each; whatever concerns a child's safety is to be "
        "settled the same day.",
        "Report in writing by ____________ (that day included): results, reasons of the delay, who is responsible, evidence.",
        "Further delay or false reports will be made known and followed up.",
    ]


def _row(number: int, item: Item, recheck: Recheck, lang: Lang) -> Mapping[str, str]:
    row = item.row
    return {
        "number": str(number),
        "issue": row["fingerprint"],
        "code": row["rule"],
        "title": row["title"],
        "child": row["child"] or "",
        "deadline": item.standing.deadline.isoformat(),
        "days": str(item.standing.days_overdue),
        "status": status_word(item, recheck, lang),
        "place": row["place"],
    }


def _annex(rows: Sequence[Mapping[str, str]], title: str, lang: Lang) -> list[Part]:
    heads = (
        ("序号", "问题编号", "规则", "问题", "儿童", "原时限", "逾期天数", "状态")
        if lang == "zh"
        else ("No.", "Issue", "Rule", "What", "Child", "Due", "Days", "Status")
    )
    keys = ("number", "issue", "code", "title", "child", "deadline", "days", "status")
    cells = [[r[k] for k in keys] for r in rows[:MOST]]
    table = Table(heads, cells, (7, 25, 7, 20, 9, 16, 7, 12), frozenset({0, 1, 2, 4, 5, 6, 7}), title)
    parts = [Part("附件" if lang == "zh" else "Annex", "Addressee"), Part(table=table)]
    if len(rows) > MOST:
        rest = len(rows) - MOST
        text = (
            f"另有 {rest} 条（逾期较短的）见整改台账导出表。"
            if lang == "zh"
            else f"{rest} more (less overdue) stand in the register exported with ledger export."
        )
        parts.append(Part(text, "Remark"))
    return parts

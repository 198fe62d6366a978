"""The report of a re-inspection (整改复查报告): was it corrected?"""

from __future__ import annotations

from collections.abc import Sequence

from lbt_audit.config.county import County
from lbt_audit.ledger.state.recheck import Recheck
from lbt_audit.ledger.state.sampling import Pick
from lbt_audit.ledger.state.summary import Item, Tally
from lbt_audit.model.run import Run
from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.docx import Table
from lbt_audit.notices.letter.letter import Letter, Part, common_fields
from lbt_audit.notices.recheck.state import overall_lines, status_word, waiver_lines
from lbt_audit.notices.wording import day, head, percent
from lbt_audit.reports.words import LEVELS, word

TITLE = Text("农村留守儿童登记数据整改复查报告", "Re-inspection of the registers of left-behind children")
MOST = 200  # rows of a list; the register holds them all
_UNIT_KEYS = ("total", "closed", "unclosed", "overdue", "false_closing", "relapsed", "waived")


def reinspection(
    recheck: Recheck, picks: Sequence[Pick], seed: str, run: Run, county: County | None
) -> Letter:
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
    issued = (
        Text("复查清单下发日期：", "Lists issued on: ")[lang]
        + day(run.issued_on, lang)
        + Text("。", ".")[lang]
    )
    bodies: list[list[Part]] = [
        [*(Part(line) for line in overall), Part(issued)],
        [Part(table=_units(recheck.units, lang)), *_county_issues(recheck, run, lang)],
        _people(recheck, lang),
        _gone_wrong(recheck, lang),
        [Part(line) for line in waiver_lines(recheck, lang)],
        _spot_checks(recheck, picks, seed, lang),
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
        year=run.issued_on.year,
        issuer=county.notices.issuer if county else "",
    )


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
    return Table(heads, rows, (21, 12, 8, 9, 9, 8, 8, 8, 8, 10), frozenset(range(1, 10)))


def _county_issues(recheck: Recheck, run: Run, lang: Lang) -> list[Part]:
    """The county office writes no order to itself, so its own issues are told here."""
    mine = [t for t in recheck.units if t.level == "county" and t.unit == run.county and t.unclosed]
    return [
        Part(
            f"其中{t.unit}未销号的 {t.unclosed} 条由县级自行整改，不另发通知书，清单见“责任单位”文件夹。"
            if lang == "zh"
            else f"Of {t.unit} itself, not closed: {t.unclosed}. These the county office corrects on its own; they stand in its "
            "folder below “units”, and no order is written."
        )
        for t in mine
    ]


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
    return _listed(items, recheck, lang)


def _spot_checks(recheck: Recheck, picks: Sequence[Pick], seed: str, lang: Lang) -> list[Part]:
    if not picks:
        return [
            Part("本次没有抽取现场抽查名单。" if lang == "zh" else "No spot checks were drawn this time.")
        ]
    text = (
        f"按问题等级、历史和逾期情况加权随机抽取 {len(picks)} 条（随机种子：{seed}）；同一台账用同一种子可重复得到同一名单。"
        if lang == "zh"
        else f"{len(picks)} issues drawn at random by weight of gravity, history and delay (seed: {seed}); the same ledger and "
        "seed give the same list."
    )
    return [Part(text), *_listed([p.item for p in picks], recheck, lang)]


def _listed(items: Sequence[Item], recheck: Recheck, lang: Lang) -> list[Part]:
    heads = (
        ("序号", "问题编号", "责任单位", "规则", "问题", "儿童", "出处", "状态")
        if lang == "zh"
        else ("No.", "Issue", "Unit", "Rule", "What", "Child", "Place", "Status")
    )
    rows = [
        [
            str(n),
            i.row["fingerprint"],
            i.row["label"],
            i.row["rule"],
            i.row["title"],
            i.row["child"] or "",
            i.row["place"],
            status_word(i, recheck, lang),
        ]
        for n, i in enumerate(items[:MOST], 1)
    ]
    parts = [Part(table=Table(heads, rows, (6, 14, 12, 7, 16, 9, 24, 12), frozenset({0, 1, 3, 5, 7})))]
    if len(items) > MOST:
        rest = len(items) - MOST
        parts.append(
            Part(
                f"另有 {rest} 条，见整改台账。" if lang == "zh" else f"{rest} more stand in the register.",
                "Remark",
            )
        )
    return parts

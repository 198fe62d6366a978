"""The order to correct: 整改通知书 to one unit (domain notes D: 依据, 主要问题, 整改要求, 时限, 联系人, 落款)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lbt_audit.config.county import County
from lbt_audit.ledger.numbers import together
from lbt_audit.ledger.state.summary import Tally
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.docx import NO_BREAK, Table
from lbt_audit.notices.letter.letter import Letter, Part, common_fields, contact_line
from lbt_audit.notices.order.timing import Timing, deadline_lines, history
from lbt_audit.notices.reply.workbook import FILE_NAME as REPLY_BOOK
from lbt_audit.notices.units.shares import Share
from lbt_audit.notices.wording import blank_day, day, days, group, head, subhead
from lbt_audit.reports.words import SEVERITIES

TITLE = Text(
    "关于限期整改农村留守儿童登记数据\n有关问题的通知",
    "Order to correct the registers of left-behind children",
)
_MOST_RULES = 4  # named in the body of each group; the annex counts all
_MOST_NUMBERS = 12  # spans of issue numbers beside an item; the reply workbook has all


def order(share: Share, county: County | None, tally: Tally | None = None) -> Letter:
    """The draft to one unit. ``tally`` is how it stands in the ledger, where there is one."""
    run, lang = share.audit.run, share.audit.run.lang
    zh = lang == "zh"
    problems = _problems(share)
    timing = Timing.of(share)
    demands = _demands(timing, lang)
    deadlines = deadline_lines(share, timing)
    basis = _basis(share, timing, tally)
    attachments = _attachments(share)
    heads = (
        Text("发现的主要问题", "What was found"),
        Text("整改要求", "What to do"),
        Text("整改时限", "Deadlines"),
        Text("联系方式", "Contact"),
    )
    parts = [Part(basis), Part(head(1, heads[0][lang], lang), "Head1")]
    for number, (title, text) in enumerate(problems, 1):
        parts += [Part(subhead(number, title, lang), "Head2"), Part(text)]
    parts.append(Part(head(2, heads[1][lang], lang), "Head1"))
    parts += [Part(subhead(n, text, lang)) for n, text in enumerate(demands, 1)]
    parts.append(Part(head(3, heads[2][lang], lang), "Head1"))
    parts += [Part(text) for text in deadlines]
    parts += [Part(head(4, heads[3][lang], lang), "Head1"), Part(contact_line(county, lang))]
    rows = _rows(share)
    fields = {
        **common_fields(run, county, lang),
        "unit": share.unit,
        "township": share.township or "",
        "count": str(share.count),
        **{s.key + "s": str(int((share.severities == s).sum())) for s in SEVERITIES},
        "children": str(share.children),
        "basis": basis,
        "problems": [f"{title}{'：' if zh else ': '}{text}" for title, text in problems],
        "demands": demands,
        "overdue": str(timing.late),
        "deadline": day(max(timing.due), lang) if timing.due else blank_day(run.issued_on.year, lang),
        "deadlines": deadlines,
        "attachments": attachments,
    }
    return Letter(
        lang=lang,
        title=TITLE[lang],
        addressee=share.unit,
        parts=parts,
        attachments=attachments,
        fields=fields,
        rows=rows,
        annex=_annex(share, rows),
        year=run.issued_on.year,
        issuer=county.notices.issuer if county else "",
    )


def _basis(share: Share, timing: Timing, tally: Tally | None) -> str:
    run, lang = share.audit.run, share.audit.run.lang
    counts = [(s, int((share.severities == s).sum())) for s in SEVERITIES]
    closed = tally.counts["closed"] if tally is not None else 0
    # Known to the ledger and not closed, but not seen this time: its files were not handed in again.
    unseen = max(0, tally.unclosed - share.count) if tally is not None else 0
    past = history(timing, closed, unseen, lang)
    if lang == "zh":
        kinds = "、".join(f"{s.label.zh}（{s.colour.zh}）{n} 条" for s, n in counts if n)
        text = (
            f"按照全县农村留守儿童关爱保护工作安排，对各单位报送的农村留守儿童登记数据进行了核查"
            f"（{days(run)}，口径：{run.profile_in(lang)}）。"
            f"本次核查发现应由你单位整改的问题 {share.count} 条，其中{kinds}"
            + (f"，涉及儿童 {share.children} 名" if share.children else "")
            + f"，涉及报送文件 {share.files} 个。{past}"
        )
        if share.waived:
            text += f"另有 {share.waived} 条经批准在豁免期内，不计在内。"
        return text + "现将有关事项通知如下："
    kinds = ", ".join(f"{s.label.en} ({s.colour.en}) {n}" for s, n in counts if n)
    text = (
        f"The registers handed in were audited ({days(run)}, profile: {run.profile_in(lang)}). "
        f"{_issues(share.count)} to be corrected by you: {kinds}"
        + (f"; children concerned: {share.children}" if share.children else "")
        + f"; files: {share.files}.{past}"
    )
    if share.waived:
        text += f" A further {share.waived} waived for the time being and not counted."
    return text


def _issues(n: int) -> str:
    return "1 issue is" if n == 1 else f"{n} issues are"


def _problems(share: Share) -> list[tuple[str, str]]:
    """(group, counts of its rules) in the order of the catalogue."""
    lang = share.audit.run.lang
    rules = share.rules()
    groups: dict[str, list[tuple[str, int]]] = {}
    for code, count in share.by_rule.items():
        groups.setdefault(group(code, lang), []).append((code, count))
    problems = []
    for title, entries in groups.items():
        total = sum(n for _, n in entries)
        most = sorted(entries, key=lambda e: -e[1])[:_MOST_RULES]
        if lang == "zh":
            named = "；".join(f"{rules[c].title.zh} {n} 条" for c, n in most)
            rest = f"；其他 {total - sum(n for _, n in most)} 条" if len(entries) > len(most) else ""
            problems.append((title, f"共 {total} 条：{named}{rest}。"))
        else:
            named = "; ".join(f"{rules[c].title.en}: {n}" for c, n in most)
            rest = f"; others: {total - sum(n for _, n in most)}" if len(entries) > len(most) else ""
            problems.append((title, f"{total} in all. {named}{rest}."))
    return problems


def _demands(timing: Timing, lang: Lang) -> list[str]:
    late, at_once = timing.late, timing.at_once
    if lang == "zh":
        first = [
            f"逾期问题立即整改。已逾期的 {late} 条，责令立即整改，并书面说明逾期原因、落实责任人。"
            if late
            else "",
            f"涉及儿童安全的当日核实。有 {at_once} 条涉及儿童安全，收到本通知后当日核实处置。"
            if at_once
            else "",
        ]
        return [
            *filter(None, first),
            "逐项核实。对照附件，以户口簿、身份证、学籍信息和入户核实情况为准，对存在问题逐项核实更正，不得为消除提示而随意改动。",
            "逐条销号。在《整改回复表》中逐条填写整改情况、整改措施、整改人、完成日期和佐证材料；经复核无误的予以销号，虚报整改的将予通报。",
            "举一反三。对同类问题开展自查，本次未列出的一并整改，并建立登记、审核、更新的责任制度。",
            "按时报送。报送整改报告并附佐证材料、更正后的登记表册和填写完整的《整改回复表》。",
        ]
    first = [
        f"Correct what is overdue at once ({late}); explain the delay in writing and name who is responsible."
        if late
        else "",
        f"Verify on the day this arrives whatever concerns a child's safety ({at_once})." if at_once else "",
    ]
    return [
        *filter(None, first),
        "Verify every issue of the annex against household register, identity card, school records and visits, and "
        "correct it; nothing is to be changed merely to silence a finding.",
        "Answer every issue in the reply workbook: state, measure, person, date and evidence. What is verified is "
        "closed; what was reported as done and is not will be made known.",
        "Look for the same faults elsewhere and see that registers are checked and kept up to date.",
        "Send a report with evidence, the corrected registers and the completed reply workbook.",
    ]


def _attachments(share: Share) -> list[str]:
    if share.audit.run.lang == "zh":
        return [
            "问题分类统计表",
            f"{share.unit}{REPLY_BOOK.zh.removesuffix('.xlsx')}（{share.count} 条，电子表格）",
        ]
    return ["Issues by rule", f"Reply workbook of {share.unit} ({share.count} issues)"]


def _rows(share: Share) -> list[Mapping[str, str]]:
    """One per rule: for the annex, and for a row of the county's own template."""
    lang: Lang = share.audit.run.lang
    rules = share.rules()
    return [
        {
            "number": str(number),
            "code": code,
            "title": rules[code].title[lang],
            "group": group(code, lang),
            "severity": Severity(rules[code].severity).colour[lang],
            "count": str(count),
            "issues": together(share.numbers.get(code, ()), _MOST_NUMBERS)[lang],
        }
        for number, (code, count) in enumerate(share.by_rule.items(), 1)
    ]


def _annex(share: Share, rows: Sequence[Mapping[str, str]]) -> list[Part]:
    lang = share.audit.run.lang
    numbered = bool(share.numbers)  # by a ledger
    heads = (
        ("序号", "类别", "规则", "问题", "等级", "条数", "台账编号")
        if lang == "zh"
        else ("No.", "Group", "Rule", "Issue", "Severity", "Count", "Numbers")
    )
    keys = ("number", "group", "code", "title", "severity", "count", "issues")
    widths = (6, 14, 8, 27, 8, 8, 30) if numbered else (7, 22, 9, 40, 9, 9)
    whole = [{**r, "issues": r["issues"].replace("-", NO_BREAK)} for r in rows]
    cells = [[r[key] for key in keys][: len(widths)] for r in whole]
    total = ["", "合计" if lang == "zh" else "Total", "", "", "", str(share.count), ""][: len(widths)]
    label = "附件 1" if lang == "zh" else "Annex 1"
    title = "问题分类统计表" if lang == "zh" else "Issues by rule"
    table = Table(heads[: len(widths)], [*cells, total], widths, frozenset({0, 2, 4, 5}), title)
    return [Part(label, "Addressee"), Part(table=table)]

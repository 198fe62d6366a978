"""The county's circular (通报): how townships and schools rank. Counts and rates only, no child."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from lbt_audit.config.county import County
from lbt_audit.engine.audit import Audit
from lbt_audit.ledger.recheck import Recheck
from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.docx import Table
from lbt_audit.notices.letter import Letter, Part, common_fields, contact_line
from lbt_audit.notices.ranking import LEVELS, Ranked, Ranking, ranking
from lbt_audit.notices.shares import shares
from lbt_audit.notices.suppress import SHOWN_AS, SMALL, hide_list
from lbt_audit.notices.wording import GROUPS, day, group, head
from lbt_audit.reports.words import LEVELS as LEVEL_WORDS

FILE_NAME = Text("通报.docx", "circular.docx")
_TITLE = Text(
    "关于农村留守儿童登记数据核查\n及整改情况的通报", "Circular on the registers of left-behind children"
)
_ADDRESSEE = Text("各乡镇（街道），各学校", "To all townships and schools")


def circular(audit: Audit, recheck: Recheck | None, county: County | None) -> Letter:
    """The draft circular; with a ledger it ranks by what was corrected."""
    run, lang = audit.run, audit.run.lang
    zh = lang == "zh"
    rankings = [r for r in (ranking(audit, recheck, county, level, lang) for level in LEVELS) if r.lines]
    groups = _groups(audit, lang)
    opening = _opening(audit, lang)
    missing = [_missing(r, lang) for r in rankings if r.missing]
    titles = (
        Text("总体情况", "Overview"),
        Text("主要问题类别", "Kinds of issues"),
        Text("排名情况", "Ranking"),
        Text("工作要求", "What is required"),
    )
    demand = (
        "各单位要对照问题清单逐条整改、逐条销号，未按期整改的予以督办；已报整改经复核仍存在的，按虚报整改处理。"
        if zh
        else "Every unit is to correct and close its issues one by one; what is overdue will be followed up, and what was "
        "reported as done but is still found counts as falsely reported."
    )
    note = _note(lang)
    parts = [Part(opening), Part(head(1, titles[0][lang], lang), "Head1")]
    parts += [Part(_overall(r, lang)) for r in rankings] + [Part(text) for text in missing]
    parts += [Part(head(2, titles[1][lang], lang), "Head1"), Part(_kinds(groups, lang))]
    parts += [Part(head(3, titles[2][lang], lang), "Head1")]
    parts += [Part(_ranked(r, lang)) for r in rankings]
    parts += [Part(head(4, titles[3][lang], lang), "Head1"), Part(demand), Part(contact_line(county, lang))]
    attachments = [_table_title(r, lang) for r in rankings]
    annex: list[Part] = []
    for number, r in enumerate(rankings, 1):
        label = f"附件 {number}" if zh else f"Annex {number}"
        annex += [Part(label, "Addressee"), Part(table=_table(r, lang)), Part(note, "Remark")]
        if number < len(rankings):
            annex.append(Part(new_page=True))
    fields = {
        **common_fields(run, county, lang),
        "opening": opening,
        "overall": [_overall(r, lang) for r in rankings],
        "missing": missing,
        "kinds": _kinds(groups, lang),
        "ranked": [_ranked(r, lang) for r in rankings],
        "note": note,
    }
    return Letter(
        lang=lang,
        title=_TITLE[lang],
        addressee=_ADDRESSEE[lang],
        parts=parts,
        attachments=attachments,
        fields=fields,
        rows=[row for r in rankings for row in _rows(r, lang)],
        annex=annex,
        year=run.as_of.year,
        issuer=county.notices.issuer if county else "",
    )


def _opening(audit: Audit, lang: Lang) -> str:
    run = audit.run
    if lang == "zh":
        return (
            f"为切实做好农村留守儿童关爱保护工作，对各乡镇、各学校报送的登记数据进行了核查"
            f"（数据统计截止日 {day(run.as_of, lang)}，口径：{run.profile_in(lang)}）。现将有关情况通报如下："
        )
    return (
        f"The registers handed in by townships and schools were audited (data as of {day(run.as_of, lang)}, "
        f"profile: {run.profile_in(lang)}). The results:"
    )


def _overall(r: Ranking, lang: Lang) -> str:
    t = r.totals
    level = LEVEL_WORDS[r.level][lang]
    counts = [f"{h} {n} 条" if lang == "zh" else f"{h} {n}" for h, n in zip(r.heads, t.counts, strict=True)]
    if lang == "zh":
        return (
            f"{level}：应报 {len(r.lines)} 个单位，报送文件 {t.files} 个、记录 {t.records} 条，"
            f"问题 {t.total} 条，其中{'、'.join(counts)}，{r.rate_head} {t.rate}。"
        )
    return (
        f"{level.capitalize()}s: {len(r.lines)} units, {t.files} files, {t.records} records, {t.total} issues "
        f"({', '.join(counts)}); {r.rate_head.lower()}: {t.rate}."
    )


def _missing(r: Ranking, lang: Lang) -> str:
    if lang == "zh":
        return (
            f"未报送或文件无法读取的{LEVEL_WORDS[r.level].zh} {len(r.missing)} 个：{'、'.join(r.missing)}。"
        )
    return f"Nothing readable was handed in by {len(r.missing)}: {', '.join(r.missing)}."


def _groups(audit: Audit, lang: Lang) -> list[tuple[str, str]]:
    """Kinds of issues with their counts, most first, small ones hidden."""
    counts: Counter[str] = Counter()
    for share in shares(audit):
        for code, n in share.by_rule.items():
            counts[group(code, lang)] += n
    titles = [g[lang] for g in GROUPS.values()]
    named = sorted(counts, key=lambda g: (-counts[g], titles.index(g) if g in titles else 99))
    hidden = hide_list(np.array([counts[g] for g in named], np.int64))
    return [(g, SHOWN_AS if hidden[i] else str(counts[g])) for i, g in enumerate(named)]


def _kinds(groups: Sequence[tuple[str, str]], lang: Lang) -> str:
    shown = [g for g in groups if g[1] != SHOWN_AS]
    rest = [g for g, n in groups if n == SHOWN_AS]
    if lang == "zh":
        text = "；".join(f"{g} {n} 条" for g, n in shown) or "没有可公布的分类数"
        return text + (f"；{'、'.join(rest)}数量较少，不单列" if rest else "") + "。"
    text = "; ".join(f"{g}: {n}" for g, n in shown) or "no counts that can be published"
    return text + (f"; few: {', '.join(rest)}" if rest else "") + "."


def _ranked(r: Ranking, lang: Lang) -> str:
    ranked = [line for line in r.lines if line.rank is not None]
    level = LEVEL_WORDS[r.level][lang]
    if not ranked:
        return f"{level}：数量较少，不排名。" if lang == "zh" else f"{level.capitalize()}s: too few to rank."
    if ranked[0].rate == ranked[-1].rate:
        return (
            f"{level}：{r.rate_head}均为 {ranked[0].rate}。"
            if lang == "zh"
            else f"{level.capitalize()}s: all {ranked[0].rate}."
        )
    few = max(1, min(3, len(ranked) // 2))
    first, last = ranked[:few], ranked[-few:]
    comma = "、" if lang == "zh" else ", "
    best, worst = (
        comma.join(
            f"{line.unit}（{line.rate}）" if lang == "zh" else f"{line.unit} ({line.rate})" for line in part
        )
        for part in (first, last)
    )
    if lang == "zh":
        return f"{level}按{r.rate_head}排名，靠前的：{best}；靠后的：{worst}。详见附件。"
    return f"{level.capitalize()}s by {r.rate_head.lower()}; first: {best}; last: {worst}. See the annex."


def _note(lang: Lang) -> str:
    if lang == "zh":
        return (
            f"注：{SHOWN_AS} 为少于 {SMALL} 的数，以及为防止由合计推算而一并不公布的数；"
            f"含 {SHOWN_AS} 而无法计算比率的单位不排名。"
            "排名由好到差，比率相同名次并列；— 为没有记录。"
        )
    return (
        f"{SHOWN_AS}: counts below {SMALL}, and others withheld so that they cannot be worked out from totals; units whose "
        "rate would need them are not ranked. Best first; equal rates share a rank. —: no records."
    )


def _table_title(r: Ranking, lang: Lang) -> str:
    level = LEVEL_WORDS[r.level][lang]
    return f"{level}核查整改情况排名表" if lang == "zh" else f"Ranking of {level}s"


def _table(r: Ranking, lang: Lang) -> Table:
    heads = (
        ["名次", "单位", "报送文件", "记录数", *r.heads, "问题合计", r.rate_head]
        if lang == "zh"
        else ["Rank", "Unit", "Files", "Records", *r.heads, "Issues", r.rate_head]
    )
    rows = [_cells(line) for line in (*r.lines, r.totals)]
    return Table(
        heads, rows, (7, 24, 9, 10, 9, 9, 9, 10, 13), frozenset({0, *range(2, 9)}), _table_title(r, lang)
    )


def _cells(line: Ranked) -> list[str]:
    return [
        str(line.rank or ""),
        line.unit,
        str(line.files),
        line.records,
        *line.counts,
        line.total,
        line.rate,
    ]


def _rows(r: Ranking, lang: Lang) -> list[Mapping[str, str]]:
    keys = ("rank", "unit", "files", "records", "count1", "count2", "count3", "total", "rate")
    level = LEVEL_WORDS[r.level][lang]
    return [{"level": level, **dict(zip(keys, _cells(line), strict=True))} for line in r.lines]

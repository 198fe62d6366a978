"""The county's circular (通报): how townships and schools rank. Counts and rates only, no child."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from lbt_audit.config.county import County
from lbt_audit.engine.audit import Audit
from lbt_audit.ledger.state.recheck import Recheck
from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.circular import basis as footing
from lbt_audit.notices.circular.annex import (
    COUNTED,
    NOTE,
    ranked_text,
    table,
    table_title,
    template_rows,
)
from lbt_audit.notices.circular.basis import Basis, basis
from lbt_audit.notices.circular.ranking import LEVELS, Ranking, ranking
from lbt_audit.notices.circular.suppression import SHOWN_AS, SMALL, hide_list
from lbt_audit.notices.letter.letter import Letter, Part, common_fields, contact_line
from lbt_audit.notices.wording import GROUPS, days, head
from lbt_audit.reports.words import LEVELS as LEVEL_WORDS
from lbt_audit.reports.words import word

_TITLE = Text(
    "关于农村留守儿童登记数据核查\n及整改情况的通报", "Circular on the registers of left-behind children"
)
_ADDRESSEE = Text("各乡镇（街道），各学校", "To all townships and schools")


def circular(audit: Audit, recheck: Recheck | None, county: County | None) -> Letter:
    """The draft circular; with an earlier audit in the ledger it ranks by what was corrected."""
    run, lang = audit.run, audit.run.lang
    zh = lang == "zh"
    counted = basis(audit, recheck, lang)
    rankings = [r for r in (ranking(counted, audit, county, level, lang) for level in LEVELS) if r.lines]
    levels = _disclosed(counted, rankings)
    opening = _opening(audit, lang)
    overall = [_whole(counted, levels, recheck, lang), *(_overall(r, lang) for r in rankings)]
    missing = [text for r in rankings for text in _missing(r, lang)]
    kinds = _kinds(counted, levels, lang)
    ranked = [ranked_text(r, counted.closing, lang) for r in rankings]
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
    parts = [Part(opening), Part(head(1, titles[0][lang], lang), "Head1")]
    parts += [Part(text) for text in (*overall, *missing)]
    parts += [Part(head(2, titles[1][lang], lang), "Head1"), Part(kinds)]
    parts += [Part(head(3, titles[2][lang], lang), "Head1"), *(Part(text) for text in ranked)]
    parts += [Part(head(4, titles[3][lang], lang), "Head1"), Part(demand), Part(contact_line(county, lang))]
    annex: list[Part] = []
    for number, r in enumerate(rankings, 1):
        label = f"附件 {number}" if zh else f"Annex {number}"
        annex += [Part(label, "Addressee"), Part(table=table(r, lang)), Part(NOTE[lang], "Remark")]
        if number < len(rankings):
            annex.append(Part(new_page=True))
    return Letter(
        lang=lang,
        title=_TITLE[lang],
        addressee=_ADDRESSEE[lang],
        parts=parts,
        attachments=[table_title(r, lang) for r in rankings],
        fields={
            **common_fields(run, county, lang),
            "opening": opening,
            "overall": overall,
            "missing": missing,
            "kinds": kinds,
            "ranked": ranked,
            "note": NOTE[lang],
        },
        rows=[row for r in rankings for row in template_rows(r, lang)],
        annex=annex,
        year=run.issued_on.year,
        issuer=county.notices.issuer if county else "",
    )


def _opening(audit: Audit, lang: Lang) -> str:
    run = audit.run
    if lang == "zh":
        return (
            f"为切实做好农村留守儿童关爱保护工作，对各乡镇、各学校报送的登记数据进行了核查"
            f"（{days(run)}，口径：{run.profile_in(lang)}）。现将有关情况通报如下："
        )
    return (
        f"The registers handed in by townships and schools were audited ({days(run)}, "
        f"profile: {run.profile_in(lang)}). The results:"
    )


def _disclosed(counted: Basis, rankings: Sequence[Ranking]) -> list[str]:
    """The levels whose number of issues can be told: it is not small, nor hidden in a table of its own. All
    figures for the whole county are about these, or the others could be worked out."""
    hidden = {r.level for r in rankings if r.totals.total == SHOWN_AS}
    levels = [*footing.LEVELS, *sorted(set(counted.counts) - set(footing.LEVELS))]
    return [
        lv for lv in levels if lv not in hidden and (counted.total(lv) == 0 or counted.total(lv) >= SMALL)
    ]


def _whole(counted: Basis, levels: Sequence[str], recheck: Recheck | None, lang: Lang) -> str:
    """What is counted, how much it is, and at which level it is to be corrected."""
    totals = [(word(LEVEL_WORDS, level, lang), counted.total(level)) for level in levels]
    total = sum(n for _, n in totals)
    rest = [word(LEVEL_WORDS, lv, lang) for lv in counted.counts if lv not in levels and counted.total(lv)]
    if lang == "zh":
        base = (
            "以下问题数均按整改台账累计，含已销号的，不含豁免期内的。"
            if counted.closing
            else f"以下问题数均为本次核查发现、须由责任单位整改的{'，不含豁免期内的' if recheck else ''}。"
        )
        parts = "、".join(f"{name} {n} 条" for name, n in totals if n)
        text = f"共有问题 {total} 条，按责任单位分：{parts}" if total else "没有发现问题" if not rest else ""
        few = f"{'、'.join(rest)}问题较少，不计在内" if rest else ""
        return base + "；".join(t for t in (text, few) if t) + "。"
    base = (
        "All counts are those of the register since its first audit, closed issues included, waived ones left out. "
        if counted.closing
        else f"All counts are of issues this audit found{', waived ones left out' if recheck else ''}. "
    )
    parts = ", ".join(f"{name} {n}" for name, n in totals if n)
    text = f"{total} issues; by who must correct them: {parts}" if total else "" if rest else "No issues"
    few = f"few at {', '.join(rest)} level, not counted here" if rest else ""
    return base + "; ".join(t for t in (text, few) if t) + "."


def _overall(r: Ranking, lang: Lang) -> str:
    t, level = r.totals, LEVEL_WORDS[r.level][lang]
    came = sum(line.standing != "missing" for line in r.lines)
    if lang == "zh":
        text = f"{level}应报 {r.due} {COUNTED[r.level]}，报送 {came} {COUNTED[r.level]}"
        text += f"（文件 {t.files} 个、记录 {t.records} 条）" if came else ""
        if t.total in ("0", SHOWN_AS):
            return text + ("；没有问题。" if t.total == "0" else "；问题较少，不单列。")
        counts = "、".join(
            f"{h} {n} 条" for h, n in zip(r.heads, t.counts, strict=True) if n not in ("0", SHOWN_AS)
        )
        rate = f"，{r.rate_head} {t.rate}" if t.rate not in ("—", SHOWN_AS) else ""
        return f"{text}；问题 {t.total} 条{f'，其中{counts}' if counts else ''}{rate}。"
    text = f"{level.capitalize()}s: {r.due} due, {came} handed in"
    text += f" ({t.files} files, {t.records} records)" if came else ""
    if t.total in ("0", SHOWN_AS):
        return text + ("; no issues." if t.total == "0" else "; few issues.")
    counts = ", ".join(
        f"{h.lower()} {n}" for h, n in zip(r.heads, t.counts, strict=True) if n not in ("0", SHOWN_AS)
    )
    rate = f"; {r.rate_head.lower()}: {t.rate}" if t.rate not in ("—", SHOWN_AS) else ""
    return f"{text}; {t.total} issues{f' ({counts})' if counts else ''}{rate}."


def _missing(r: Ranking, lang: Lang) -> list[str]:
    level = LEVEL_WORDS[r.level][lang]
    texts = []
    for standing, zh, en in (
        ("missing", "未报送（或所报文件均无法读取）的", "Nothing readable was handed in by"),
        ("empty", "报送的文件中没有儿童记录的", "Files without a single record came from"),
    ):
        units = r.of_standing(standing)
        if units and lang == "zh":
            texts.append(f"{zh}{level} {len(units)} {COUNTED[r.level]}：{'、'.join(units)}。")
        elif units:
            texts.append(f"{en} {len(units)} {level}{'s' if len(units) > 1 else ''}: {', '.join(units)}.")
    return texts


def _kinds(counted: Basis, levels: Sequence[str], lang: Lang) -> str:
    """Kinds of the same issues as the overview counts, most first, small ones hidden."""
    counts: Counter[str] = Counter()
    for level in levels:
        counts.update(counted.kinds.get(level, {}))
    titles = [g[lang] for g in GROUPS.values()]
    named = sorted(counts, key=lambda g: (-counts[g], titles.index(g) if g in titles else 99))
    hidden = hide_list(np.array([counts[g] for g in named], np.int64))
    shown = [(g, counts[g]) for i, g in enumerate(named) if not hidden[i]]
    rest = [g for i, g in enumerate(named) if hidden[i]]
    total = counts.total()
    if not named:
        return "没有问题。" if lang == "zh" else "No issues."
    if lang == "zh":
        start = "" if hidden[-1] else f"上述 {total} 条问题中："
        pieces = [
            "、".join(f"{g} {n} 条" for g, n in shown),
            f"{'、'.join(rest)}较少，不单列" if rest else "",
        ]
        return start + "；".join(p for p in pieces if p) + "。"
    start = "" if hidden[-1] else f"Of these {total} issues: "
    pieces = [", ".join(f"{g} {n}" for g, n in shown), f"few: {', '.join(rest)}" if rest else ""]
    return start + "; ".join(p for p in pieces if p) + "."

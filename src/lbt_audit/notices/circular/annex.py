"""The ranking of a circular in words and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.circular.ranking import STANDINGS, Ranked, Ranking
from lbt_audit.notices.circular.suppression import SHOWN_AS, SMALL
from lbt_audit.notices.docx import Table
from lbt_audit.reports.words import LEVELS

COUNTED = {"township": "个", "school": "所"}  # Chinese counts schools otherwise than townships
_IN_ORDER = 3  # so few are named in their order, without front and back
_MOST = 10  # units named at either end; the annex has them all
NOTE = Text(
    f"注：{SHOWN_AS} 为少于 {SMALL} 的数，以及为防止由合计推算而一并不公布的数。只有报送了记录的单位参加排名，由好到差，"
    "比率相同的名次并列；比率会泄露不公布的数时，全部分档排名，同档并列，每档含下限、不含上限。"
    "“不排名”为数量较少，“未报送”为没有报送或文件无法读取；— 为没有比率或不参加排名。",
    f"{SHOWN_AS}: counts below {SMALL}, and others withheld so that they cannot be worked out from totals. Only units that "
    "handed in records are ranked, best first; equal rates share a rank. Where rates would give withheld counts away, all "
    "are ranked by bands; a band holds its lower end, not its upper. None: too few to rank; missing: nothing readable was "
    "handed in. —: no rate, or not ranked.",
)


def ranked_text(r: Ranking, closing: bool, lang: Lang) -> str:
    """Who stands first and last; only where there is a difference between units that are ranked."""
    level, zh = LEVELS[r.level][lang], lang == "zh"
    few = _few(r, closing, lang)
    groups = r.ranked
    n = sum(map(len, groups))
    if n == 0:
        return (
            f"{level}：没有可以排名的单位。" if zh else f"{level.capitalize()}s: none can be ranked."
        ) + few
    if n == 1:
        (only,) = groups[0]
        return (
            f"{level}中可以排名的只有 {only.unit}（{r.rate_head} {only.rate}），不作比较。"
            if zh
            else f"{level.capitalize()}s: only {only.unit} can be ranked ({r.rate_head.lower()}: {only.rate})."
        ) + few
    if len(groups) == 1:
        rate = groups[0][0].rate
        return (
            f"参加排名的 {n} {COUNTED[r.level]}{level}{r.rate_head}均为 {rate}，不分先后。"
            if zh
            else f"{level.capitalize()}s: all {n} ranked have the same rate ({r.rate_head.lower()}: {rate})."
        ) + few
    if n <= _IN_ORDER:
        names = _named(groups, lang)
        return (
            f"参加排名的 {n} {COUNTED[r.level]}{level}按{_by(r, lang)}由好到差依次为：{names}。{few}"
            if zh
            else f"{n} {level}s ranked by {_by(r, lang)}, best first: {names}.{few}"
        )
    first, last = _ends(groups)
    best, worst = _named(first, lang), _named(last, lang)
    if zh:
        return f"参加排名的 {n} {COUNTED[r.level]}{level}按{_by(r, lang)}排名，靠前的：{best}；靠后的：{worst}。详见附件。{few}"
    return f"{n} {level}s ranked by {_by(r, lang)}; first: {best}; last: {worst}. See the annex.{few}"


def _by(r: Ranking, lang: Lang) -> str:
    if lang == "zh":
        return f"{r.rate_head}分档" if r.banded else r.rate_head
    return f"bands of {r.rate_head.lower()}" if r.banded else r.rate_head.lower()


def _ends(groups: Sequence[Sequence[Ranked]]) -> tuple[list[Sequence[Ranked]], list[Sequence[Ranked]]]:
    """Whole ranks from either end: about three units, not more than half, no rank in both."""
    room = max(1, min(3, sum(map(len, groups)) // 2))
    ends: list[list[Sequence[Ranked]]] = []
    for among in (groups[:-1], groups[:0:-1]):
        taken: list[Sequence[Ranked]] = []
        for group in among:
            if taken and sum(map(len, taken)) + len(group) > room:
                break
            taken.append(group)
        ends.append(taken)
    return ends[0], ends[1][::-1]


def _named(groups: Sequence[Sequence[Ranked]], lang: Lang) -> str:
    """Units of one rate together: 甲、乙（50%）；丙（40%）."""
    zh = lang == "zh"
    texts = []
    for group in groups:
        units = [line.unit for line in group[:_MOST]]
        more = len(group) - len(units)
        names = ("、" if zh else ", ").join(units)
        if more:
            names += f"等 {len(group)} 个" if zh else f" and {more} more"
        texts.append(f"{names}（{group[0].rate}）" if zh else f"{names} ({group[0].rate})")
    return ("、" if zh else ", ").join(texts)


def _few(r: Ranking, closing: bool, lang: Lang) -> str:
    """Who is not ranked although it handed in: that is no blame."""
    texts = []
    for standing, zh, en in (
        ("none", "没有问题的", "No issues at all"),
        ("few", "问题较少、不排名的" if closing else "记录较少、不排名的", "Too few to be ranked"),
    ):
        units = r.of_standing(standing)
        if units:
            texts.append(f"{zh}：{'、'.join(units)}。" if lang == "zh" else f"{en}: {', '.join(units)}.")
    return ("" if lang == "zh" else " ") + ("" if lang == "zh" else " ").join(texts) if texts else ""


def table_title(r: Ranking, lang: Lang) -> str:
    level = LEVELS[r.level][lang]
    return f"{level}核查整改情况排名表" if lang == "zh" else f"Ranking of {level}s"


def table(r: Ranking, lang: Lang) -> Table:
    rate = (
        (f"{r.rate_head}\n（分档）" if lang == "zh" else f"{r.rate_head}\n(band)")
        if r.banded
        else r.rate_head
    )
    heads = (
        ["名次", "单位", "报送文件", "记录数", *r.heads, "问题合计", rate]
        if lang == "zh"
        else ["Rank", "Unit", "Files", "Records", *r.heads, "Issues", rate]
    )
    rows = [_cells(line, lang) for line in (*r.lines, r.totals)]
    return Table(
        heads, rows, (9, 26, 8, 9, 9, 9, 8, 8, 14), frozenset({0, *range(2, 9)}), table_title(r, lang)
    )


def template_rows(r: Ranking, lang: Lang) -> list[Mapping[str, str]]:
    keys = ("rank", "unit", "files", "records", "count1", "count2", "count3", "total", "rate")
    level = LEVELS[r.level][lang]
    return [{"level": level, **dict(zip(keys, _cells(line, lang), strict=True))} for line in r.lines]


def _cells(line: Ranked, lang: Lang) -> list[str]:
    standing = STANDINGS[line.standing][lang] if line.standing else ""
    return [
        str(line.rank) if line.rank is not None else standing,
        line.unit,
        str(line.files),
        line.records,
        *line.counts,
        line.total,
        line.rate,
    ]

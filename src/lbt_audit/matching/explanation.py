"""What is said to a clerk: two rows, how their names differ, what agrees, what contradicts, what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from lbt_audit.matching.decision.decide import alone
from lbt_audit.matching.decision.verdict import Bar, Verdict
from lbt_audit.matching.evidence.births import Birth
from lbt_audit.matching.evidence.evidence import Agreement, Evidence
from lbt_audit.matching.evidence.frequency import bearers
from lbt_audit.matching.evidence.identity import Identity
from lbt_audit.matching.evidence.scorer import Scorer
from lbt_audit.matching.levels import Level
from lbt_audit.matching.linkage import Links
from lbt_audit.matching.names.difference import compare_names
from lbt_audit.matching.people.people import People
from lbt_audit.model.text import Lang, Text

_IDS: Final = {
    Identity.EQUAL: Text("身份证号相同", "same ID number"),
    Identity.EQUAL_INVALID: Text("证件号相同（但未通过校验）", "same ID number (which fails its check)"),
    Identity.DIGITS15: Text(
        "身份证号前15位相同，末三位因数字格式丢失",
        "first 15 digits of the ID equal, the rest lost to a number cell",
    ),
    Identity.SLIP: Text(
        "身份证号只差一位或相邻两位颠倒，其中一个未通过校验，改正后即为另一个",
        "IDs one slip apart: the one that fails its check is the other once put right",
    ),
    Identity.SLIP_INVALID: Text(
        "身份证号只差一位或相邻两位颠倒，都未通过校验", "IDs one slip apart, both fail their check"
    ),
    Identity.TWO_SLIPS: Text(
        "身份证号相差两位，其中一个未通过校验", "IDs two slips apart, one of them invalid"
    ),
    Identity.DIFFERS: Text("证件号不同（其中有未通过校验的）", "IDs differ, one of them invalid"),
    Identity.TWIN: Text(
        "两个身份证号都有效，同地同日出生而顺序码不同",
        "both IDs valid: one place and day of birth, two sequence numbers",
    ),
    Identity.TORN: Text(
        "身份证号不同，但其中一个与本条出生日期不符，可能是他人的号码",
        "IDs differ, but one contradicts the birth date of its own row: perhaps somebody else's number",
    ),
    Identity.BOTH_VALID: Text("两个身份证号都有效且不同", "both IDs valid and different"),
}
_BIRTHS: Final = {
    Birth.SAME_DAY: Text("出生日期相同", "same birth date"),
    Birth.OVERLAP: Text("出生年月相符", "birth month or year agrees"),
    Birth.SWAPPED: Text("出生日期月、日颠倒", "birth day and month exchanged"),
    Birth.LUNAR: Text("出生日期一为公历、一为农历", "one birth date is the lunar date of the other"),
    Birth.COLUMN: Text(
        "出生日期栏相符，但其中一条的身份证号是另一日期",
        "the birth columns agree, though the ID number of one row says another day",
    ),
    Birth.AGE: Text("年龄相符", "the age fits"),
    Birth.NEW_YEAR: Text(
        "出生年份相同，其中一条写作1月1日（可能只知年份）",
        "same year of birth, one of them 1 January (perhaps for a day nobody knew)",
    ),
    Birth.YEAR_OFF: Text("出生日期差一年（月、日相同）", "birth dates a year apart to the day"),
    Birth.DIGIT: Text("出生日期仅差一个数字或一天", "birth dates one digit or one day apart"),
    Birth.CLOSE: Text("出生日期相差不到一个月", "birth dates less than a month apart"),
    Birth.MONTH_YEAR_OFF: Text("出生年份差一年（月份相同）", "birth months a year apart"),
    Birth.AGE_OFF: Text("年龄相差约两岁", "the age is about two years off"),
    Birth.AGE_APART: Text("年龄不符", "the age does not fit"),
    Birth.APART: Text("出生日期不同", "birth dates differ"),
}
_KIN: Final = Text("（另一姓是其父或母的姓）", " (the other surname is a parent's)")
_LAST: Final = Text(
    "双方名单中该户再无其他未对应儿童",
    "nobody else of the household is left without a counterpart on either list",
)
_BY_NUMBER: Final = Text("（按身份证号）", " (by the ID number)")
_FIELDS: Final = {
    "xueji_no": Text("学籍号", "enrolment number"), "father": Text("父亲", "father"),
    "mother": Text("母亲", "mother"), "phone": Text("电话", "phone"), "guardian": Text("监护人", "guardian"),
    "village": Text("村", "village"), "school": Text("学校", "school"), "class_name": Text("班级", "class"),
    "grade": Text("年级", "grade"), "township": Text("乡镇", "township"), "sex": Text("性别", "sex"),
}  # fmt: skip
"""In the order in which they are told: what usually says most comes first, whatever it says in this pair."""
_BARS: Final = {
    Bar.TWIN: Text("疑似双胞胎，请勿合并", "probably twins: do not merge"),
    Bar.SIBLING: Text(
        "疑似兄弟姐妹或另一儿童，请勿合并", "probably a sibling or another child: do not merge"
    ),
    Bar.TWO_NUMBERS: Text(
        "两个有效证件号而姓名有异，须核对户口簿",
        "two valid numbers and two spellings: check the household register",
    ),
    Bar.SAME_NAME: Text(
        "同名而其他信息不符，可能是两名儿童", "same name, but other facts contradict: may be two children"
    ),
    Bar.NAMES_DIFFER: Text(
        "同号不同名：可能改名，也可能误用他人证号，须核对户口簿",
        "one number, two names: renamed, or another child's number used; check the household register",
    ),
    Bar.RIVAL: Text("另有一行同样相符，无法判定是哪一个", "another row fits as well: cannot tell which"),
    Bar.TOO_LITTLE: Text("依据不足", "too little evidence"),
    Bar.CONTRADICTED: Text(
        "村、父母、电话等多项不符，可能是另一名儿童",
        "village, parents, phone and others contradict: may be another child",
    ),
    Bar.PARTLY_ALIKE: Text(
        "姓名有一字仅部分相像，可能是姐妹或兄弟，也可能是笔误",
        "one character is alike in part only: may be a brother or sister, may be a slip",
    ),
    Bar.SEXES: Text("性别不同，可能是龙凤胎或兄妹", "sexes differ: may be twins or siblings"),
}
_VERDICTS: Final = {
    Verdict.SAME: Text("认定为同一人", "the same child"),
    Verdict.MISSPELT: Text(
        "疑为同一人，姓名录入有误；以身份证/户口簿为准",
        "probably one child, name misspelt; the ID card or household register decides",
    ),
    Verdict.DOUBTFUL: Text("待核", "to be checked"),
    Verdict.DIFFERENT: Text("不认定为同一人", "not taken for one child"),
}


def explain_link(links: Links, link: int, lang: Lang = "zh") -> str:
    """The evidence for and against one link, in words."""
    v = links.evidence.take(np.array([link]))
    return _explain(links.scorer, links.people, v, int(links.verdict[link]), int(links.bar[link]), lang)


def explain_pair(links: Links, i: int, j: int, lang: Lang = "zh") -> str:
    """Why row ``i`` of the left and row ``j`` of the right table are linked or kept apart, in words."""
    linked = np.flatnonzero((links.left == i) & (links.right == j))
    if len(linked):
        return explain_link(links, int(linked[0]), lang)
    v = links.scorer.score(np.array([i], np.int32), np.array([j], np.int32))
    found = alone(links.scorer, v, links.parameters)
    text = _explain(links.scorer, links.people, v, Verdict.DIFFERENT, int(found.bar[0]), lang)
    others = np.flatnonzero((links.left == i) | (links.right == j))
    if found.verdict[0] > Verdict.DIFFERENT and len(others):
        text += _elsewhere(links, others, i, lang)
    return text


def _explain(
    scorer: Scorer, people: tuple[People, People], v: Evidence, verdict: int, bar: int, lang: Lang
) -> str:
    """One pair (``v`` has one row) in a few sentences: names, for, against, conclusion."""
    i, j = int(v.left[0]), int(v.right[0])
    a, b = people[0].text("name", i), people[1].text("name", j)
    former = (people[0].text("former_name", i), people[1].text("former_name", j))
    sounds = scorer.e.names.alphabet.confusions
    names = compare_names(a, b, former, sounds)
    if v.codes["name"][0] == Level.EXCHANGED:
        text = replace(names, detail=Level.EXCHANGED.text).explain(lang)
    elif v.former[0] and names.level != Level.FORMER:
        seen = next(
            (
                p
                for p in ((former[0], b), (a, former[1]), former)
                if all(p) and compare_names(*p, confusions=sounds).level.is_slip
            ),
            None,
        )
        text = names.explain(lang)
        if seen:
            text += _pick(lang, "；按曾用名：", "; by the former name: ") + compare_names(
                *seen, confusions=sounds
            ).explain(lang)
    else:
        text = names.explain(lang)
    text += _KIN[lang] if v.codes["kin"][0] else ""
    speaks_for, against = _arguments(v, lang)
    common = _common(scorer, i, v, lang)
    if common:
        against.append(common)
    comma = _pick(lang, "、", ", ")
    parts = [text]
    if speaks_for:
        parts.append(_pick(lang, "相符：", "for: ") + comma.join(speaks_for))
    if against:
        parts.append(_pick(lang, "不符：", "against: ") + comma.join(against))
    if not speaks_for and not against:
        parts.append(_pick(lang, "没有其他可比信息", "nothing else to compare"))
    end = _VERDICTS[Verdict(verdict)][lang]
    if verdict <= Verdict.DOUBTFUL and bar != Bar.NONE:
        end += _pick(lang, "：", ": ") + _BARS[Bar(bar)][lang]
    parts.append(end)
    return _pick(lang, "；", "; ").join(parts) + _pick(lang, "。", ".")


def evidence_in_words(v: Evidence, verdict: int, bar: int, lang: Lang = "zh") -> str:
    """The same without the names themselves: how they differ, what agrees, what contradicts, what follows."""
    level = Level(int(v.codes["name"][0]))
    text = _pick(lang, "姓名相同", "same name") if level == Level.EQUAL else level.text[lang]
    if v.former[0] and level != Level.FORMER:
        text += _pick(lang, "（按曾用名）", " (by the former name)")
    text += _KIN[lang] if v.codes["kin"][0] else ""
    speaks_for, against = _arguments(v, lang)
    comma = _pick(lang, "、", ", ")
    parts = [text]
    if speaks_for:
        parts.append(_pick(lang, "相符：", "for: ") + comma.join(speaks_for))
    if against:
        parts.append(_pick(lang, "不符：", "against: ") + comma.join(against))
    if verdict <= Verdict.DOUBTFUL and bar != Bar.NONE:
        parts.append(_BARS[Bar(bar)][lang])
    return _pick(lang, "；", "; ").join(parts)


def _elsewhere(links: Links, others: Sequence[int] | np.ndarray, i: int, lang: Lang) -> str:
    """That one of the two rows has a better counterpart."""
    found = []
    for k in np.asarray(others).tolist():
        left, right = int(links.left[k]), int(links.right[k])
        side, row = (1, right) if left == i else (0, left)
        name = links.people[side].text("name", row)
        found.append(_pick(lang, f"「{name}」（第{row + 1}条）", f"“{name}” (row {row + 1})"))
    return (
        _pick(lang, "另有更相符的记录：", " A better counterpart exists: ")
        + _pick(lang, "、", ", ").join(found)
        + _pick(lang, "。", ".")
    )


def _arguments(v: Evidence, lang: Lang) -> tuple[list[str], list[str]]:
    """What speaks for and what against, in words, always in one order: equal findings read the same."""
    speaks_for: list[str] = []
    against: list[str] = []
    ids, birth = int(v.codes["id_no"][0]), int(v.codes["birth"][0])
    if ids:
        (speaks_for if ids <= Identity.TWO_SLIPS else against).append(_IDS[Identity(ids)][lang])
    if birth:
        text = _BIRTHS[Birth(birth)][lang] + (_BY_NUMBER[lang] if v.codes["birth_by"][0] else "")
        (speaks_for if birth <= Birth.DIGIT else against).append(text)
    for name, title in _FIELDS.items():
        code = int(v.codes[name][0])
        if code == Agreement.SAME:
            by = _BY_NUMBER[lang] if name == "sex" and v.codes["sex_by"][0] else ""
            speaks_for.append(_pick(lang, f"{title.zh}相同", f"same {title.en}") + by)
        elif code == Agreement.SLIP:
            speaks_for.append(_pick(lang, f"{title.zh}姓名相近", f"{title.en}'s name nearly the same"))
        elif code == Agreement.SURNAME:
            speaks_for.append(
                _pick(lang, f"{title.zh}称呼中的姓相同", f"{title.en} called by the same surname")
            )
        elif code == Agreement.NEAR:
            against.append(_pick(lang, f"{title.zh}姓名一字之差", f"{title.en}'s name a character apart"))
        elif code == Agreement.DIFFERS:
            against.append(_pick(lang, f"{title.zh}不同", f"{title.en} differs"))
    if v.codes["last"][0] and v.codes["name"][0] >= Level.PARTLY_ALIKE:
        speaks_for.append(_LAST[lang])
    return speaks_for, against


def _common(scorer: Scorer, i: int, v: Evidence, lang: Lang) -> str:
    """How many bear the name, where that is many and the pair is not certain by its number."""
    number = int(scorer.e.left.name[i])
    if (
        number < 0
        or v.codes["name"][0] > Level.TRADITIONAL
        or v.codes["id_no"][0] in (Identity.EQUAL, Identity.EQUAL_INVALID)
    ):
        return ""
    count = int(bearers(scorer.e)[1][number])
    if count < 5:
        return ""
    return _pick(
        lang, f"同名 {count} 人，仅凭姓名不足以认定", f"{count} bear this name: the name alone is not enough"
    )


def _pick(lang: Lang, zh: str, en: str) -> str:
    return zh if lang == "zh" else en

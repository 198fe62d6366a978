"""Terms of agreements as people write them: 2026.3.1-2027.2.28, 一年, 自签订之日起至满16周岁, 长期."""

from __future__ import annotations

from typing import Final, Literal

from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.values.date.notation import in_figures
from lbt_audit.values.date.words import with_digits
from lbt_audit.values.kind import NO_DATE, Context
from lbt_audit.values.text import squeeze

Until = Literal["", "age", "return"]

_LONGEST: Final = 60
"""Characters; what is longer is a clause and no term."""
_DAY: Final = (
    r"[0-9]{4}[-./年][0-9]{1,2}(?![0-9])(?:[-./月][0-9]{1,2}(?![0-9])日?|月)?"
    r"|(?<![0-9])(?:19|20)[0-9]{6}(?![0-9])|(?<![0-9])(?:19|20)[0-9]{2}(?:年|(?![0-9.]))"
)
_DAYS = regex(_DAY)
_SHORT = regex(r"(?<![0-9])[0-9]{1,2}[-./月][0-9]{1,2}日?(?![0-9])|(?<![0-9])[0-9]{1,2}月")
_AGE = regex(r"(?:1[68]|十[六八])(?:周?岁)|成年|长期|永久|永远|无固定期限|不定期|无期限|长久")
_RETURN = regex(r"返乡|回乡|回家|返家|回来|归来|返回|外出(?:务工)?期间|在外(?:务工)?期间|务工期间|结束")
_HALF = regex("一?个?半年|一年半")
_LASTS = regex(r"([0-9]{1,2}|[一二两三四五六七八九]|十[一二]?|壹|贰|叁|伍)个?(年|月)(?!份)")
_FIGURES: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "两": 2, "壹": 1, "贰": 2, "叁": 3, "伍": 5, "十": 10, "十一": 11, "十二": 12,
}  # fmt: skip
_FROM = regex("[起始]|^[自从]|开始")


@dataclass(frozen=True)
class Term:
    """What a text says of a term: first and last possible days (day numbers, NO_DATE = not said), how many
    ``months`` it lasts (0 = not said), and what it lasts until: the child's ``age``, or the parents' ``return``."""

    start_lo: int = NO_DATE
    start_hi: int = NO_DATE
    end_lo: int = NO_DATE
    end_hi: int = NO_DATE
    months: int = 0
    until: Until = ""


def parse_term(text: str, context: Context) -> Term:
    """Total; a text that says nothing of a term gives ``Term()``."""
    bare = squeeze(text)
    if not bare or len(bare) > _LONGEST:
        return Term()
    if _RETURN.search(bare):
        until: Until = "return"
    else:
        until = "age" if _AGE.search(bare) else ""
    figures = with_digits(bare)
    found = [_span(m[0], context) for m in _DAYS.finditer(figures)]
    days = [day for day in found if day[0] != NO_DATE]
    months = 0 if len(days) > 1 else _months(_DAYS.sub("", figures))
    if len(days) == 1 and (second := _same_year(figures, context)) is not None:
        days.append(second)
    if not days:
        return Term(months=months, until=until)
    first, last = days[0], days[-1]
    if len(days) > 1:
        return Term(*first, *last, until=until)
    if months or until or _FROM.search(figures):
        return Term(*first, months=months, until=until)
    return Term(end_lo=last[0], end_hi=last[1])


def _span(text: str, context: Context) -> tuple[int, int]:
    parsed = in_figures(text, context)
    return (NO_DATE, NO_DATE) if parsed is None or parsed.faults else parsed.facets[:2]


def _same_year(figures: str, context: Context) -> tuple[int, int] | None:
    """The last day of 2026.3.1-12.31, whose year stands before."""
    first = _DAYS.search(figures)
    assert first is not None
    rest = _SHORT.search(figures, first.end())
    if rest is None:
        return None
    day = _span(
        f"{first[0][:4]}年{rest[0].replace('.', '月').replace('-', '月').replace('/', '月')}", context
    )
    return None if day[0] == NO_DATE else day


def _months(text: str) -> int:
    if half := _HALF.search(text):
        return 18 if half[0] in ("一年半", "一个半年") else 6
    if (m := _LASTS.search(text)) is None:
        return 0
    count = int(m[1]) if m[1].isdigit() else _FIGURES[m[1]]
    return count * (12 if m[2] == "年" else 1)

"""Headers with a number: of which of several records in a row they speak (儿童1姓名, 第二次家访时间), or of which day."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from lbt_audit.model.dictionary import normalise_header
from lbt_audit.model.regex import regex

_FIGURES = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_NUMBER = (
    {w: n for n, w in enumerate(_FIGURES, 1)}
    | {str(n): n for n in range(1, 13)}
    | {"大": 1, "首": 1, "初": 1, "再": 2}
)
_N = "(?:1[0-2]|十[一二]?|[一二三四五六七八九1-9])"
_WHO = "(?:留守)?(?:儿童|孩子|学生|子女|小孩|幼儿)"
_CHILD = (
    regex(rf"^{_WHO}[(第]?(?P<n>{_N})[)个号]?[:.、]?的?(?P<rest>\D*)$"),
    regex(rf"^第(?P<n>{_N})(?:个|名|位){_WHO}的?(?P<rest>\D*)$"),
    regex(r"^老(?P<n>[大二三四五六七八九])的?(?P<rest>\D*)$"),
    regex(
        r"^(?P<rest>姓名|性别|出生日期|出生年月|(?:公民)?身份证号码?|年龄|年级|就读学校)[(]?(?P<n>[1-9])[)]?$"
    ),
)
_EVENT = (
    regex(rf"^第?(?P<n>{_N}|[首初再])次(?P<rest>\D*)$"),
    regex(rf"^第(?P<n>{_N})(?:个|名|位)?(?P<rest>\D+)$"),
    regex(r"^(?P<rest>\D{2,10}?)[(]?第?(?P<n>[1-9])次?[)]?$"),
)


_DAY = regex(r"^(?:(?P<month>1[0-2]|0?[1-9])[月./-])?(?P<day>3[01]|[12]\d|0?[1-9])(?:\.0)?[日号]?$")


def day_headers(cells: Iterable[tuple[int, str]]) -> dict[int, tuple[int, int]]:
    """Column → (month or 0, day) of the longest run of neighbouring cells that name rising days: 8日, 10.8, 8."""
    best: dict[int, tuple[int, int]] = {}
    run: dict[int, tuple[int, int]] = {}
    for column, text in cells:
        match = _DAY.match(normalise_header(text)) if len(text) < 8 else None
        if match is None:
            continue
        day = int(match["month"] or 0), int(match["day"])
        last = next(reversed(run), None)
        follows = last is not None and column - last <= 2 and day[1] > run[last][1]
        run = {**run, column: day} if follows else {column: day}
        best = run if len(run) > len(best) else best
    return best


@lru_cache(maxsize=4096)
def numbered(header: str) -> tuple[str, int, str] | None:
    """("child" or "event", number, the header without it); None where a header names no number."""
    text = normalise_header(header)
    for what, patterns in (("child", _CHILD), ("event", _EVENT)):
        for pattern in patterns:
            match = pattern.match(text)
            if match is not None:
                return what, _NUMBER[match["n"]], match["rest"]
    return None

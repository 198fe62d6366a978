"""Names of children typed into replies and file names, masked before they are kept.

The ledger knows a child by its masked name only (任*鑫, 任*, 欧阳*, 阿依古丽·**). Whatever in a text fits that mask by
surname, length and the characters shown is the child's name or may be, and is replaced by the mask: 任一鑫, 任 一 鑫.

Asked of a text are the mask of the issue's own child and, of the other children in the same file, the masks with
more than a surname to go by; of file and sheet names, all of them. The 整改人 is an adult official whom
the register needs: of his name only what fits the own child's mask is hidden.

What this cannot do: a name written otherwise than in the list (a wrong character in a place the mask shows, pinyin,
the given name alone, a dotted name without its dot), the name of a parent, or of a child in no row of the file.
It hides too much where ordinary words fit (a child 任* and “任意”); names of units and some words of everyday use are
left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.values.mask import mask_text
from lbt_audit.values.text import DOTS

_BREAKS = regex(r"[\s/\\、,，;；:：|+&()（）\[\]【】]+")
_GAP = "[ \t\u3000\u00a0\u200b\u200c\u200d\ufeff]{0,2}"
_LETTER = r"[^\W\d_]"
_DOT = f"[{DOTS}.．]"
# Words a surname and any one character make: nothing is hidden in them for a mask that shows the surname alone.
# Words made of a surname and one more character: a mask that shows the surname alone hides nothing in them.
_WORDS = regex(
    "主任|责任|任务|担任|任课|任何|如何|高中|高度|提高|方面|方式|方法|时间|时限|平时|及时|按时|同时|已向|向家长|说明|证明|明确|"
    "安排|安全|平安|公安|常住|经常|正常|异常|成员|完成|连续|和其|关于|关系|关爱|黄色|马上|立即|全部|全县|全镇|全乡|全村|全校|金额|"
    "现金|孙子|孙女|周岁|周边|周围|程序|严格|严重|解决|解释|易地|江苏|江西|浙江|云南|温州|党员|党委|万元|左右|水电|路费"
)


@dataclass(frozen=True)
class _Mask:
    pattern: re.Pattern[str]  # a look-ahead: every place it fits, also where two overlap
    shown: str
    weak: bool  # nothing but a surname to go by


class Names:
    """What to hide in the texts of one returned file."""

    def __init__(self, children: Iterable[str], units: Iterable[str]) -> None:
        self._masks = [m for child in sorted(set(children)) for m in masks_of(child)]
        self._strong = [m for m in self._masks if not m.weak]
        names = sorted({u for u in units if len(u) > 1}, key=len, reverse=True)
        self._units = re.compile("|".join(map(re.escape, names)) or r"(?!)")

    def text(self, text: str, child: str | None) -> str:
        """Free text of an answer to an issue of ``child``, numbers masked as well."""
        return self._hide(mask_text(text), [*masks_of(child or ""), *self._strong])

    def person(self, text: str, child: str | None) -> str:
        return self._hide(mask_text(text), masks_of(child or ""))

    def place(self, place: str) -> str:
        """A file's path, with or without sheet and cell."""
        return self._hide(mask_text(place), self._masks)

    def _hide(self, text: str, masks: Sequence[_Mask]) -> str:
        present = [m for m in masks if m.shown[0] in text]
        if not present:
            return text
        units = [m.span() for m in self._units.finditer(text)]
        words = units + [m.span() for m in _WORDS.finditer(text)]
        found = sorted(
            (start, -stop, mask.shown)
            for mask in present
            for start, stop in (m.span(1) for m in mask.pattern.finditer(text))
            if not any(start < last and first < stop for first, last in (words if mask.weak else units))
        )
        parts: list[str] = []
        end = 0
        for start, minus_stop, shown in found:
            if start >= end:
                parts += [text[end:start], shown]
                end = -minus_stop
        return "".join([*parts, text[end:]])


@lru_cache(maxsize=10_000)
def masks_of(child: str) -> tuple[_Mask, ...]:
    """The masks in what the ledger calls a child; one cell may hold several names."""
    return tuple(_mask(name) for name in _BREAKS.split(child) if "*" in name and name.strip("*"))


def _mask(name: str) -> _Mask:
    """任*鑫 → 任 and 鑫 around one letter; 任** and 任*** are a surname and as much as a name has; a dotted name goes
    on for a few letters behind its dot."""
    stars = len(name) - len(name.rstrip("*"))
    head = name.rstrip("*") if stars > 1 else name
    parts = [_LETTER if c == "*" else _DOT if re.match(_DOT, c) else re.escape(c) for c in head]
    pattern = _GAP.join(parts)
    if stars > 1:
        if re.match(_DOT, head[-1]):
            pattern += f"{_GAP}{_LETTER}{{1,4}}"
        else:
            pattern += f"(?:{_GAP}{_LETTER}){{{'1,2' if stars == 2 else '4'}}}"
    dotted = re.search(_DOT, name) is not None
    return _Mask(
        re.compile(f"(?=({pattern}))"),
        name,
        weak=not dotted and len(name.strip("*")) == 1 and name[-1] == "*",
    )

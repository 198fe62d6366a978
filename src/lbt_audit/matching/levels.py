"""How far apart two names are: one ordered list of levels, each with its words."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from lbt_audit.model.text import Text


class Level(IntEnum):
    """From equal to nothing in common. The order is that of ``Level``'s explanation, not of its cost."""

    EQUAL = 0
    BLANK_DOT = 1
    CASE = 2
    TRADITIONAL = 3
    VARIANT = 4
    SAME_SOUND = 5
    NEAR_SOUND = 6
    LOOK_ALIKE = 7
    PLACEHOLDER = 8
    SWAPPED = 9
    DOUBLED = 10
    EXTRA = 11
    MISSING = 12
    SURNAME = 13
    FORMER = 14
    UNRELATED = 15
    DIFFERENT = 16
    UNKNOWN = 17

    @property
    def key(self) -> str:
        """The name written to files: ``same_sound``."""
        return self.name.lower()

    @property
    def text(self) -> Text:
        """The level in words."""
        return TEXTS[self]

    @property
    def is_equal(self) -> bool:
        """Equal but for blanks, dots, case or script: the same registered name."""
        return self <= Level.TRADITIONAL

    @property
    def is_slip(self) -> bool:
        """Equal or explained by a slip of hand, ear or eye; an unrelated character is none."""
        return self <= Level.FORMER


TEXTS: Final = {
    Level.EQUAL: Text("相同", "equal"),
    Level.BLANK_DOT: Text("仅空格、间隔符或括注不同", "differs in blanks, dots or notes only"),
    Level.CASE: Text("仅字母大小写不同", "differs in letter case only"),
    Level.TRADITIONAL: Text("繁简体不同", "traditional and simplified form"),
    Level.VARIANT: Text("异体字", "variant character"),
    Level.SAME_SOUND: Text("同音", "same sound"),
    Level.NEAR_SOUND: Text("音近", "near sound"),
    Level.LOOK_ALIKE: Text("形近", "look-alike character"),
    Level.PLACEHOLDER: Text("有占位符或无法显示的字", "placeholder for a character"),
    Level.SWAPPED: Text("字序颠倒", "characters swapped"),
    Level.DOUBLED: Text("重复一字", "a character doubled"),
    Level.EXTRA: Text("多一字", "a character more"),
    Level.MISSING: Text("少一字", "a character less"),
    Level.SURNAME: Text("名同姓不同", "same given name, different surname"),
    Level.FORMER: Text("与曾用名相符", "agrees with the former name"),
    Level.UNRELATED: Text("一字不同且不同音不同形", "one unrelated character"),
    Level.DIFFERENT: Text("姓名完全不同", "quite different names"),
    Level.UNKNOWN: Text("姓名缺失", "no name to compare"),
}

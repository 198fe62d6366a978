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
    DOUBLED = 10  # by the second name
    UNDOUBLED = 11  # by the first name
    EXTRA = 12
    MISSING = 13
    SURNAME = 14
    FORMER = 15
    EXCHANGED = 16  # one row has the child's name and the guardian's in each other's column
    PARTLY_ALIKE = 17
    UNRELATED = 18
    DIFFERENT = 19
    UNKNOWN = 20

    @property
    def key(self) -> str:
        """The name written to files: ``same_sound``. Which of two names doubles a character is told in words."""
        return (Level.DOUBLED if self == Level.UNDOUBLED else self).name.lower()

    @property
    def mirrored(self) -> Level:
        """The level of the same two names compared the other way round."""
        return _MIRRORED.get(self, self)

    @property
    def text(self) -> Text:
        """The level in words."""
        return TEXTS[self]

    @property
    def is_slip(self) -> bool:
        """Equal or explained by a slip of hand, ear or eye.

        An unrelated character is none, and one alike in part leaves open whether these are two children.
        """
        return self <= Level.EXCHANGED


_MIRRORED: Final = {
    Level.DOUBLED: Level.UNDOUBLED, Level.UNDOUBLED: Level.DOUBLED,
    Level.EXTRA: Level.MISSING, Level.MISSING: Level.EXTRA,
}  # fmt: skip
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
    Level.DOUBLED: Text("后者重复一字", "the second doubles a character"),
    Level.UNDOUBLED: Text("前者重复一字", "the first doubles a character"),
    Level.EXTRA: Text("后者多一字", "the second has a character more"),
    Level.MISSING: Text("后者少一字", "the second has a character less"),
    Level.SURNAME: Text("名同姓不同", "same given name, different surname"),
    Level.FORMER: Text("与曾用名相符", "agrees with the former name"),
    Level.EXCHANGED: Text(
        "其中一条的姓名与监护人姓名填反", "name and guardian's name exchanged in one of the records"
    ),
    Level.PARTLY_ALIKE: Text("一字仅部分相像", "one character alike in part only"),
    Level.UNRELATED: Text("一字不同且不同音不同形", "one unrelated character"),
    Level.DIFFERENT: Text("姓名完全不同", "quite different names"),
    Level.UNKNOWN: Text("姓名缺失", "no name to compare"),
}

"""What is decided on two rows, and what keeps a pair from being certain."""

from __future__ import annotations

from enum import IntEnum


class Verdict(IntEnum):
    """What is said of two rows."""

    DIFFERENT = 0
    DOUBTFUL = 1
    MISSPELT = 2
    SAME = 3

    @property
    def key(self) -> str:
        """The name written to files."""
        return self.name.lower()


class Bar(IntEnum):
    """Why two rows alike are kept apart, or not joined for certain."""

    NONE = 0
    TWIN = 1  # born on one day in one household, with two names or two valid numbers
    SIBLING = 2  # one household, another name or date
    TWO_NUMBERS = 3  # both numbers valid and different, names not equal
    SAME_NAME = 4  # same name, but too many bear it, or date, parents or number contradict
    NAMES_DIFFER = 5  # one number, two quite different names
    RIVAL = 6  # another row fits as well
    TOO_LITTLE = 7
    SEXES = 8
    PARTLY_ALIKE = 9  # the names share part of a character, as those of sisters do
    CONTRADICTED = 10  # name and birth date agree, nearly all else contradicts

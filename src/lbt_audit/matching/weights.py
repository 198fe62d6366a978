"""The weights of linkage: bits of evidence, fixed and documented, so that the same files give the same list.

One bit doubles the odds that two rows are one child. Agreement on a value is worth log2(N / bearers of the
value), counted in the data; what stands here is what is taken off for a difference, what a contradiction
costs, and the caps. How each was found:

==================  =======================================================================================
field               reasoning
==================  =======================================================================================
name                a slip of a kind happens to 1 name in 50 to 500 (6–9 bits) but leaves fewer names open
                    than equality does; an unrelated character separates sisters, so it speaks against
                    the other parent's surname, where that parent stands in the row, is no slip: one child
                    in 60 bears it, nearly every one of them under both names (2.5 bits remain)
birth date          a random other child agrees on day with 1 in 4,400 (12 bits). One slip of a digit leaves
                    about 30 dates open, day and month swapped or the lunar date just one. An age is in full
                    years, nominal or last year's: a year of thirteen is 3.7 bits, less a bit for ages that
                    are wrong; a year off says nothing
ID number           the check character finds every single slip: two valid different numbers are no slip;
                    an invalid one that a single correction turns into the other is no twin's
                    A sound number is heard before the birth column; where they differ, one in ten to twenty
                    rows has the wrong number (birth_torn)
household           father, mother, guardian, phone, village and class go together: one cap over their sum
==================  =======================================================================================
"""

from __future__ import annotations

from dataclasses import field

import numpy as np

from lbt_audit.matching.levels import Level
from lbt_audit.model.record import dataclass

_COSTS = {
    Level.EQUAL: 0.0, Level.BLANK_DOT: 0.0, Level.CASE: 0.0, Level.TRADITIONAL: 0.5, Level.VARIANT: 1.5,
    Level.SAME_SOUND: 3.5, Level.NEAR_SOUND: 4.5, Level.LOOK_ALIKE: 4.5, Level.PLACEHOLDER: 4.0,
    Level.SWAPPED: 4.5, Level.DOUBLED: 3.5, Level.UNDOUBLED: 3.5, Level.EXTRA: 5.5, Level.MISSING: 5.5,
    Level.SURNAME: 11.0, Level.FORMER: 1.0, Level.EXCHANGED: 9.0,
    Level.PARTLY_ALIKE: 10.0, Level.UNRELATED: 18.0, Level.DIFFERENT: 25.0,
    Level.UNKNOWN: 13.0,
}  # fmt: skip


@dataclass(frozen=True)
class Weights:
    """Every weight in bits."""

    # names
    costs: dict[Level, float] = field(default_factory=lambda: dict(_COSTS))
    further_slip: float = 2.0  # each slip beyond the first
    further_slip_long: float = 2.0
    short_name: float = 2.0  # a slip in a name of two characters leaves only one that agrees
    look_alike_slope: float = 1.0  # bits per point of shape score below ``look_alike_sure``
    look_alike_sure: float = 3.5
    name_cap: float = 13.0
    name_differs: float = -9.0  # of a quite different name nothing is left to be rare
    former_name: float = 1.0
    surname_of_parent: float = 6.0  # given back of the cost of another surname
    given_bits: tuple[float, float] = (6.0, 9.0)  # rarity of a given name of one, of two characters
    # birth date
    birth_cap: float = 12.0
    birth_month: float = 4.0  # what agreement to the month is worth at least, to the year at most
    birth_swapped: float = 3.0  # day and month exchanged
    birth_lunar: float = 4.0
    birth_new_year: float = 2.5  # 1 January for an unknown day of the year
    birth_year_off: float = 3.0  # same day of a year next to it
    birth_digit: float = 0.5  # one digit of the date differs
    birth_close: float = -3.0  # up to 31 days apart
    birth_apart: float = -8.0
    birth_apart_partial: float = -5.0  # months or years that do not overlap
    birth_month_year_off: float = -1.0  # the same month of a year next to it
    birth_lunar_month: float = 1.0  # months that overlap once one is read as lunar
    birth_torn: float = 4.0  # off what agreement is worth where a sound number of the row says another day
    age_fits: float = 2.5
    age_off: float = -1.5  # two years: 虚岁 of a child born late in the year, or a sibling
    age_apart: float = -4.0
    # sex
    sex_same: float = 0.9
    sex_differs: float = -4.0
    # ID number, beyond what the birth date in it says
    id_equal: float = 18.0
    id_equal_invalid: float = 14.0
    id_slip: float = 11.0  # one character or one transposition, one of the two invalid
    id_two_slips: float = 6.0
    id_digits15: float = 5.0  # the last three digits lost to a number cell
    id_both_valid_differ: float = -9.0
    id_twin: float = -14.0  # valid both, different in the sequence only: two children born on one day
    id_differs: float = -2.0
    id_torn: float = -1.0  # one of the two is contradicted by its own row: somebody else's number
    id_shared_from: int = 3  # rows from which on an ID is shared by so many that it says little
    xueji_equal: float = 16.0
    xueji_differs: float = -3.0
    # household and place
    parent_cap: float = 9.0
    parent_slip: float = 2.0  # on top of half the cost of the slip
    parent_near: float = -0.5  # names a character apart
    parent_differs: float = -6.0
    parents_both_differ: float = -2.0
    guardian_cap: float = 6.0
    guardian_differs: float = -1.0
    guardian_surname: float = 1.0  # 张老奶 and a guardian of that surname: in a village every third
    phone_cap: float = 8.0
    phone_differs: float = -1.0  # father, mother and grandparents each have one
    village_cap: float = 6.0
    village_differs: float = -4.0
    township_cap: float = 3.0
    township_differs: float = -1.0
    school_cap: float = 5.0
    school_differs: float = -3.5
    class_cap: float = 3.0
    class_differs: float = -1.0
    household_cap: float = 22.0
    # decision
    floor: float = -6.0  # bits above even odds that a pair is worth weighing from
    link_from: float = 0.98  # probability: a false merge is fifty times as dear as a question
    second_identity: float = 0.9  # at most, for two valid numbers and two births under one name
    left_over: float = 0.95  # at most, where only being left of one household has two rows compared
    doubtful_from: float = (
        0.2  # a child told as missing that stands there is four times as dear as a question
    )

    def level_cost(self, level: Level) -> float:
        """Bits a level takes off the worth of the name."""
        return self.costs[level]

    def level_costs(self) -> np.ndarray:
        """``level_cost`` of every level (float32, indexed by level)."""
        return np.array([self.costs[level] for level in Level], np.float32)

    def substitution_cost(self, level: np.ndarray, shape: np.ndarray) -> np.ndarray:
        """Bits (float32) one substituted character takes off; look-alikes by how alike they look."""
        cost = self.level_costs()[level]
        less = np.clip(self.look_alike_sure - shape, 0, None) * self.look_alike_slope
        result: np.ndarray = np.where(level == Level.LOOK_ALIKE, cost + less, cost).astype(np.float32)
        return result


DEFAULT_WEIGHTS = Weights()

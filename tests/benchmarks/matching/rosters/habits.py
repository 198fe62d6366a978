"""How often what goes wrong in which list (shares of rows)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tests.benchmarks.matching.slips.names import KINDS


@dataclass(frozen=True)
class Habits:
    """The shares of one list; by default a school's, which is the best kept."""

    name: float = 0.01
    kinds: Mapping[str, float] = field(default_factory=lambda: KINDS)  # of slips in names, in parts
    undone: bool = False  # whether an unrelated character is taken back where no number stands by it
    id_missing: float = 0.02
    id_slip: float = 0.005
    id_shifted: float = 0.0  # rows in stretches whose number is that of the row above
    swapped: float = 0.0  # rows in stretches with the child's name and the guardian's in each other's column
    birth_missing: float = 0.0
    birth_wrong: float = 0.015
    birth_lunar: float = 0.005
    birth_month: float = 0.0  # the month only
    birth_january: float = 0.0  # the day unknown, 1 January written for it
    sex_wrong: float = 0.005
    parent_missing: float = 0.15
    parent_slip: float = 0.05
    guardian_missing: float = 0.4
    phone_missing: float = 0.1
    phone_other: float = 0.35
    village_missing: float = 0.2
    village_other: float = 0.02
    double: float = 0.004  # children entered twice, each time with slips of its own
    school: bool = True
    parents_ids: float = 0.3


SCHOOL = Habits()
REGISTER = Habits(
    name=0.10, id_missing=0.12, id_slip=0.05, birth_missing=0.02, birth_wrong=0.04, birth_month=0.03, birth_lunar=0.02,
    parent_missing=0.15, parent_slip=0.10, village_missing=0.02, double=0.01,
)  # fmt: skip
VILLAGE = Habits(
    name=0.12, id_missing=0.97, birth_missing=0.05, birth_wrong=0.05, birth_month=0.35, birth_lunar=0.05,
    parent_missing=0.3, parent_slip=0.10, phone_missing=0.7, village_missing=0.0, village_other=0.0, school=False,
    parents_ids=0.0, double=0.01,
)  # fmt: skip
# The register that village lists are held against.
TOWNSHIP = Habits(
    name=0.03, birth_month=0.02, birth_wrong=0.02, birth_lunar=0.01, village_missing=0.02, double=0.005
)

# By the pair of lists: (left, right).
ORDINARY = {"links": (REGISTER, SCHOOL), "villages": (VILLAGE, TOWNSHIP)}

# The benchmark until November 2026: few wrong dates and doubles, slips that only a number tells from twins taken
# back where there is none, seldom two slips in one name.
_OLD_KINDS = {
    "same_sound": 26, "near_sound": 20, "look_alike": 20, "traditional": 4, "variant": 2, "blank_dot": 8, "swapped": 5,
    "missing": 4, "extra": 2, "doubled": 2, "placeholder": 3, "unrelated": 1.5, "surname": 1.5, "two_slips": 2,
}  # fmt: skip
_OLD = Habits(
    kinds=_OLD_KINDS, undone=True, birth_wrong=0.005, birth_lunar=0.0, parent_missing=0.05, parent_slip=0.02,
    phone_other=0.25, village_missing=0.02, double=0.001,
)  # fmt: skip
_OLD_REGISTER = replace(
    _OLD, name=0.10, id_missing=0.10, id_slip=0.05, birth_missing=0.01, birth_wrong=0.02, birth_month=0.03,
    birth_lunar=0.01, parent_missing=0.08, parent_slip=0.04, double=0.003,
)  # fmt: skip
_OLD_VILLAGE = replace(
    _OLD, name=0.12, id_missing=0.97, birth_missing=0.05, birth_wrong=0.02, birth_month=0.45, birth_lunar=0.04,
    parent_missing=0.25, parent_slip=0.05, phone_missing=0.6, village_missing=0.0, village_other=0.0, school=False,
    parents_ids=0.0,
)  # fmt: skip
UNTIL_2026_11 = {
    "links": (_OLD_REGISTER, _OLD),
    "villages": (_OLD_VILLAGE, replace(_OLD, name=0.02, birth_month=0.02)),
}

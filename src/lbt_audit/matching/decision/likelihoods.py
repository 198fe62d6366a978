"""How often each finding is met between two records of one child, of twins, of other siblings: what is believed beforehand.

Shares of a hundred pairs of records for which the field can be compared. One child: its records in lists that county offices,
schools and villages keep apart. Siblings: children of one father and one mother. Files that say more are heard
(``parameters``); these shares are their Dirichlet priors.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from lbt_audit.matching.evidence.births import Birth
from lbt_audit.matching.evidence.evidence import Agreement
from lbt_audit.matching.evidence.identity import Identity
from lbt_audit.matching.levels import Level

SAME_CHILD, TWINS, SIBLINGS = 0, 1, 2
"""Rows of a table."""
_UNNAMED: Final = 0.01


def _table(size: int, *columns: dict[int, float]) -> np.ndarray:
    table = np.full((len(columns), size), _UNNAMED / 100)
    for row, column in zip(table, columns, strict=True):
        row[list(column)] = np.array(list(column.values())) / 100
    return table


_SIBLINGS_NAMES: Final[dict[int, float]] = {
    Level.EQUAL: 0.03, Level.VARIANT: 0.02, Level.SAME_SOUND: 0.2, Level.NEAR_SOUND: 0.5, Level.LOOK_ALIKE: 0.5,
    Level.PLACEHOLDER: 0.01, Level.SWAPPED: 0.05, Level.DOUBLED: 0.1, Level.UNDOUBLED: 0.1, Level.EXTRA: 0.6,
    Level.MISSING: 0.6, Level.SURNAME: 0.2, Level.FORMER: 0.1, Level.PARTLY_ALIKE: 4.0, Level.UNRELATED: 38.0,
    Level.DIFFERENT: 55.0,
}  # fmt: skip
_ONE_BIRTH: Final[dict[int, float]] = {
    Birth.SAME_DAY: 94.5, Birth.SWAPPED: 0.5, Birth.LUNAR: 0.8, Birth.COLUMN: 0.8, Birth.NEW_YEAR: 0.4,
    Birth.YEAR_OFF: 0.6, Birth.DIGIT: 1.0, Birth.CLOSE: 0.3, Birth.APART: 0.5,
    Birth.OVERLAP: 95.0, Birth.MONTH_YEAR_OFF: 1.0,
    Birth.AGE: 92.0, Birth.AGE_OFF: 2.0, Birth.AGE_APART: 3.0,
}  # fmt: skip
"""Dates to the day, months, ages: each of the three by itself."""

TABLES: Final[dict[str, np.ndarray]] = {
    "name": _table(
        len(Level),
        {
            Level.EQUAL: 91.5, Level.BLANK_DOT: 0.8, Level.CASE: 0.05, Level.TRADITIONAL: 0.4, Level.VARIANT: 0.2,
            Level.SAME_SOUND: 2.2, Level.NEAR_SOUND: 1.2, Level.LOOK_ALIKE: 1.2, Level.PLACEHOLDER: 0.2,
            Level.SWAPPED: 0.3, Level.DOUBLED: 0.1, Level.UNDOUBLED: 0.1, Level.EXTRA: 0.2, Level.MISSING: 0.3,
            Level.SURNAME: 0.2, Level.FORMER: 0.3, Level.EXCHANGED: 0.2, Level.PARTLY_ALIKE: 0.3, Level.UNRELATED: 0.18,
            Level.DIFFERENT: 0.05,
        },
        {
            **_SIBLINGS_NAMES, Level.EQUAL: 0.02, Level.SWAPPED: 2.0, Level.PARTLY_ALIKE: 8.0,
            Level.UNRELATED: 55.0, Level.DIFFERENT: 33.0,
        },
        _SIBLINGS_NAMES,
    ),
    "birth": _table(
        len(Birth),
        _ONE_BIRTH,
        _ONE_BIRTH,
        {
            Birth.SAME_DAY: 0.02, Birth.SWAPPED: 0.04, Birth.LUNAR: 0.07, Birth.COLUMN: 0.05, Birth.NEW_YEAR: 0.05,
            Birth.YEAR_OFF: 0.15, Birth.DIGIT: 1.0, Birth.CLOSE: 0.3, Birth.APART: 98.0,
            Birth.OVERLAP: 0.6, Birth.MONTH_YEAR_OFF: 2.0,
            Birth.AGE: 10.0, Birth.AGE_OFF: 30.0, Birth.AGE_APART: 65.0,
        },
    ),
    "id_no": _table(
        len(Identity),
        {
            Identity.EQUAL: 92.0, Identity.EQUAL_INVALID: 1.0, Identity.DIGITS15: 0.8, Identity.SLIP: 2.5,
            Identity.SLIP_INVALID: 0.2, Identity.TWO_SLIPS: 0.3, Identity.DIFFERS: 1.5, Identity.TWIN: 0.03,
            Identity.BOTH_VALID: 0.8, Identity.TORN: 50.0,
        },
        {
            Identity.EQUAL: 0.3, Identity.DIGITS15: 0.8, Identity.SLIP: 0.05, Identity.SLIP_INVALID: 0.02,
            Identity.TWO_SLIPS: 0.3, Identity.DIFFERS: 5.0, Identity.TWIN: 90.0, Identity.BOTH_VALID: 1.0,
            Identity.TORN: 50.0,
        },
        {
            Identity.EQUAL: 0.3, Identity.SLIP: 0.02, Identity.TWO_SLIPS: 0.05, Identity.DIFFERS: 5.0,
            Identity.TWIN: 0.1, Identity.BOTH_VALID: 92.0, Identity.TORN: 50.0,
        },
    ),
    "sex": _table(
        len(Agreement),
        {Agreement.SAME: 98.5, Agreement.DIFFERS: 1.5},
        {Agreement.SAME: 66.0, Agreement.DIFFERS: 34.0},
        {Agreement.SAME: 52.0, Agreement.DIFFERS: 48.0},
    ),
    "xueji_no": _table(
        len(Agreement),
        {Agreement.SAME: 95.0, Agreement.DIFFERS: 5.0},
        {Agreement.SAME: 0.3, Agreement.DIFFERS: 99.7},
        {Agreement.SAME: 0.3, Agreement.DIFFERS: 99.7},
    ),
    "class_name": _table(
        len(Agreement),
        {Agreement.SAME: 90.0, Agreement.DIFFERS: 10.0},
        {Agreement.SAME: 60.0, Agreement.DIFFERS: 40.0},
        {Agreement.SAME: 15.0, Agreement.DIFFERS: 85.0},
    ),
    "grade": _table(
        len(Agreement),
        {Agreement.SAME: 85.0, Agreement.DIFFERS: 15.0},
        {Agreement.SAME: 85.0, Agreement.DIFFERS: 15.0},
        {Agreement.SAME: 15.0, Agreement.DIFFERS: 85.0},
    ),
}  # fmt: skip
"""By field of the evidence: hypotheses × codes. What a household has in common is as likely for two of its children as
for one, and stands in no table."""
for _field, _row in TABLES.items():
    _row[:, Level.UNKNOWN if _field == "name" else 0] = 1.0  # what cannot be compared says nothing

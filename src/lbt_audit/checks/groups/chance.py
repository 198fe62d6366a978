"""How many records of a sheet share a day by chance."""

from __future__ import annotations

from math import exp

import numpy as np

from lbt_audit.checks.groups.entries import Entries
from lbt_audit.checks.groups.params import Chance
from lbt_audit.frames.logic import Mask

_YEAR = 365
_MOST = 60


def expected_by_chance(entries: Entries, chance: Chance, taking_part: Mask) -> np.ndarray:
    """For every entry from which number on a group of its sheet is no chance.

    The records of a sheet are spread evenly over the days between the earliest and latest five of a hundred: a
    class over one year, a roster over sixteen.
    """
    frame = entries.frame
    day = frame.facet(chance.over)
    known, table_of = entries.spread(day.known), entries.spread(frame.table)
    values = entries.spread(np.asarray(day.values))
    enough = []
    for table in range(len(frame.tables)):
        here = taking_part & (table_of == table)
        days = values[here & known]
        low, high = np.percentile(days, (5, 95)) if len(days) else (0, 0)
        enough.append(_enough(int(here.sum()), max(int(high - low), _YEAR), chance.below))
    return np.asarray(np.array([*enough, 0], np.int64)[table_of])


def _enough(rows: int, days: int, below: float) -> int:
    """How many of one day chance does not explain among so many records over so many days."""
    mean = rows / days
    for k in range(2, _MOST):
        # Chance that some day has k or more, by the first term of the Poisson tail.
        term = exp(-mean)
        for i in range(1, k + 1):
            term *= mean / i
        if term * days < below:
            return k
    return _MOST

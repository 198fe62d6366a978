"""How each unit that answers for issues stands."""

from __future__ import annotations

from datetime import date

import numpy as np

from lbt_audit.model.record import dataclass
from lbt_audit.reports.page.figures.counts import Counts, Tally, by_severity, nearest, number
from lbt_audit.reports.words import LEVELS, NOBODY, word


@dataclass(frozen=True)
class UnitLine:
    unit: str
    shown: str
    level: str
    township: str
    children: int
    tally: Tally
    nearest: date | None
    overdue: int


def units(counts: Counts, today: date) -> list[UnitLine]:
    """Units that answer for an issue: the most of the gravest first."""
    if not len(counts.severity):
        return []
    lang = counts.audit.run.lang
    unit, names = counts.coded("responsible_unit")
    level, levels = counts.coded("responsible_level")
    town, towns = counts.coded("responsible_township")
    tallies = by_severity(unit, len(names), counts.severity)
    due = nearest(unit, len(names), counts.deadline)
    late = np.bincount(unit[counts.deadline < number(today)], minlength=len(names)).tolist()
    about = counts.child >= 0
    pairs = np.unique(unit[about].astype(np.int64) * (counts.child.max() + 1) + counts.child[about])
    children = np.bincount(pairs // (counts.child.max() + 1), minlength=len(names)).tolist()
    made = []
    for i in np.unique(unit).tolist():
        first = int(np.argmax(unit == i))
        where = word(LEVELS, levels[level[first]], lang)
        name = names[i] or NOBODY[lang]
        line = UnitLine(names[i], name, where, towns[town[first]], children[i], tallies[i], due[i], late[i])
        made.append(line)
    return sorted(made, key=lambda u: (-u.tally.error, -u.tally.warning, -u.tally.notice, u.unit))

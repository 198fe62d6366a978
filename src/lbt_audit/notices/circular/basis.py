"""The issues a circular counts: all its figures rest on the same ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from lbt_audit.engine.audit import Audit
from lbt_audit.ledger.state.recheck import Recheck
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Lang
from lbt_audit.notices.units.shares import shares
from lbt_audit.notices.wording import group
from lbt_audit.reports.words import NOBODY, SEVERITIES

LEVELS = ("township", "school", "village", "county")
Three = tuple[int, int, int]


@dataclass(frozen=True)
class Basis:
    """``counts``: level → unit → three counts that add up to the unit's issues. ``closing``: they are those of
    the register since its first day (closed, in time, overdue); else those this audit found (by severity).
    Waived ones are left out of both. ``kinds``: level → group of rules → issues."""

    closing: bool
    counts: Mapping[str, Mapping[str, Three]]
    kinds: Mapping[str, Mapping[str, int]]

    def total(self, level: str) -> int:
        return sum(map(sum, self.counts.get(level, {}).values()))


def basis(audit: Audit, recheck: Recheck | None, lang: Lang) -> Basis:
    """What was closed can be told only where the ledger knows an earlier day; a second audit of the first day
    is still the first inspection."""
    if recheck is not None and recheck.previous is not None and recheck.previous < recheck.as_of:
        return _from_ledger(recheck, lang)
    counts: dict[str, dict[str, Three]] = defaultdict(dict)
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for share in shares(audit):
        unit = share.unit or NOBODY[lang]
        found = counts[share.level].get(unit, (0, 0, 0))
        red, yellow, blue = (int((share.severities == s).sum()) for s in SEVERITIES)
        counts[share.level][unit] = (found[0] + red, found[1] + yellow, found[2] + blue)
        for code, n in share.by_rule.items():
            kinds[share.level][group(code, lang)] += n
    return Basis(False, counts, kinds)


def _from_ledger(recheck: Recheck, lang: Lang) -> Basis:
    counts: dict[str, dict[str, Three]] = defaultdict(dict)
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for unit in recheck.units:
        closed, overdue = unit.counts["closed"], unit.counts["overdue"]
        if closed or unit.unclosed:
            counts[unit.level][unit.unit or NOBODY[lang]] = (closed, unit.unclosed - overdue, overdue)
    for item in recheck.items:
        if item.status != "waived":
            kinds[item.row["responsible_level"]][group(item.row["rule"], lang)] += 1
    return Basis(True, counts, kinds)

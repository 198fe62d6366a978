"""Townships and schools ranked: counts and rates, no child, small cells hidden.

Ranked is who handed in records of its own. Where the rate of one of them would give a small count away, all of
the level are ranked by bands of rates: a unit left out for its few issues would put the others in its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from lbt_audit.config.county import County
from lbt_audit.engine.audit import Audit
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.circular import bands
from lbt_audit.notices.circular.basis import Basis
from lbt_audit.notices.circular.suppression import SHOWN_AS, ambiguous, hide, hide_list, with_totals
from lbt_audit.reports.words import SEVERITIES

LEVELS = ("township", "school")
_FROM_AUDIT = tuple(s.colour for s in SEVERITIES)
_FROM_LEDGER = (Text("已销号", "Closed"), Text("限期内", "In time"), Text("逾期", "Overdue"))
_RATE = Text("销号率", "Share closed"), Text("每百条记录问题数", "Issues per 100 records")
# Why a unit is not ranked, in the order of the table
STANDINGS = {
    "few": Text("不排名", "none"),
    "none": Text("无问题", "no issues"),
    "empty": Text("无记录", "no records"),
    "missing": Text("未报送", "missing"),
}


@dataclass(frozen=True)
class Ranked:
    """One unit's line. ``rank`` None: not ranked, and ``standing`` (a key of STANDINGS) says why; "" where
    the whole level cannot be. Hidden counts read ``SHOWN_AS``."""

    rank: int | None
    standing: str
    unit: str
    files: int
    records: str
    counts: Sequence[str]
    total: str
    rate: str


@dataclass(frozen=True)
class Ranking:
    """``heads`` name the counts; ``totals`` as ``Ranked``. ``rate_head`` says what the rate is, ``banded``
    whether it is told in bands. ``due``: how many units were to hand in."""

    level: str
    heads: Sequence[str]
    rate_head: str
    banded: bool
    lines: Sequence[Ranked]
    totals: Ranked
    due: int

    @cached_property
    def ranked(self) -> list[list[Ranked]]:
        """The units ranked, best first, those of one rank together."""
        groups: dict[int, list[Ranked]] = {}
        for line in self.lines:
            if line.rank is not None:
                groups.setdefault(line.rank, []).append(line)
        return list(groups.values())

    def of_standing(self, standing: str) -> list[str]:
        return [line.unit for line in self.lines if line.standing == standing]


def ranking(basis: Basis, audit: Audit, county: County | None, level: str, lang: Lang) -> Ranking:
    """The units of one level, best first: by the share of issues closed or by issues per hundred records."""
    return _Level(basis, audit, county, level).ranking(lang)


class _Level:
    def __init__(self, basis: Basis, audit: Audit, county: County | None, level: str) -> None:
        self.level, self.closing = level, basis.closing
        self.files, records = _handed_in(audit, level)
        counted = basis.counts.get(level, {})
        listed = _listed(county, level)
        # A unit that is on no list and yet answers for issues is counted, or the totals would be wrong.
        self.units = sorted({*listed, *counted} if listed else {*self.files, *counted})
        self.due = len(listed) or len(self.units)
        self.table = np.array([counted.get(u, (0, 0, 0)) for u in self.units], np.int64).reshape(-1, 3)
        self.full = with_totals(self.table)
        self.hidden = hide(self.table, keep=(0,) if self.closing else ())
        sizes = np.array([records[u] for u in self.units], np.int64)
        self.sizes, self.hidden_sizes = np.append(sizes, sizes.sum()), hide_list(sizes)
        self.standings = [self._standing(i) for i in range(len(self.units))]
        self.bands = self._bands()

    def ranking(self, lang: Lang) -> Ranking:
        lines = [self._line(i, unit, lang) for i, unit in enumerate(self.units)]
        total = self._line(len(self.units), "合计" if lang == "zh" else "Total", lang)[1]
        heads = _FROM_LEDGER if self.closing else _FROM_AUDIT
        return Ranking(
            level=self.level,
            heads=[h[lang] for h in heads],
            rate_head=_RATE[not self.closing][lang],
            banded=isinstance(self.bands, bands.Bands),
            lines=_numbered(lines),
            totals=total,
            due=self.due,
        )

    def _standing(self, i: int) -> str:
        if not self.sizes[i]:
            return "empty" if self.files[self.units[i]] else "missing"
        if not self.closing:
            return "few" if self.hidden_sizes[i] else ""
        if self.hidden[i, 3]:
            return "few"
        return "" if self.full[i, 3] else "none"

    def _rates(self, full: np.ndarray) -> np.ndarray:
        """In percent or per hundred records; those of units not ranked are 0."""
        part, whole = (full[:, 0], full[:, 3]) if self.closing else (full[:, 3], self.sizes)
        rates: np.ndarray = np.divide(part * 100.0, whole, out=np.zeros(len(full)), where=whole > 0)
        return rates

    def _unknown(self, i: int) -> bool:
        """Whether the table does not give the rate of a line."""
        if self.closing:
            return bool(self.hidden[i, 0] or self.hidden[i, 3])
        return bool(self.hidden[i, 3] or self.hidden_sizes[i])

    def _bands(self) -> bands.Bands | bool:
        """The bands to rank by; True: exact rates can be told, False: nothing can."""
        ranked = [i for i, standing in enumerate(self.standings) if not standing]
        if not any(self._unknown(i) for i in ranked):
            return True
        for candidate in bands.CLOSED if self.closing else bands.PER_HUNDRED:
            numbers = [candidate.of(r) for r in self._rates(self.full)[ranked]]

            def same(other: np.ndarray, numbers: list[int] = numbers, among: bands.Bands = candidate) -> bool:
                return [among.of(r) for r in self._rates(other)[ranked]] == numbers

            if ambiguous(self.table, self.hidden, same):
                return candidate
        return False

    def _line(self, i: int, unit: str, lang: Lang) -> tuple[float | None, Ranked]:
        """What it is ranked by (the less, the better), and the line."""
        rate = float(self._rates(self.full)[i])
        key, shown = None, "—"
        if i == len(self.units):
            if self.full[i, 3] if self.closing else self.sizes[i]:
                shown = SHOWN_AS if self._unknown(i) else self._exact(rate)
            standing, files = "", sum(self.files[u] for u in self.units)
        else:
            standing, files = self.standings[i], self.files[unit]
            if not standing and self.bands is True:
                key, shown = round(rate, 1), self._exact(rate)
            elif not standing and isinstance(self.bands, bands.Bands):
                band = self.bands.of(rate)
                key, shown = float(band), self.bands.text(band, lang)
        counts = [SHOWN_AS if self.hidden[i, j] else str(self.full[i, j]) for j in range(4)]
        records = SHOWN_AS if self.hidden_sizes[i] else str(self.sizes[i])
        if key is not None and self.closing:
            key = -key
        return key, Ranked(None, standing, unit, files, records, counts[:3], counts[3], shown)

    def _exact(self, rate: float) -> str:
        return f"{rate:.1f}" + ("%" if self.closing else "")


def _numbered(lines: Sequence[tuple[float | None, Ranked]]) -> list[Ranked]:
    """Best first; equal rates share a rank. Behind them who is not ranked, by the reason."""
    reasons = ["", *STANDINGS]
    ordered = sorted(
        lines, key=lambda e: (e[0] is None, e[0] or 0.0, reasons.index(e[1].standing), e[1].unit)
    )
    keys = [key for key, _ in ordered]
    return [replace(line, rank=None if key is None else keys.index(key) + 1) for key, line in ordered]


def _handed_in(audit: Audit, level: str) -> tuple[Counter[str], Counter[str]]:
    """Files and records per unit."""
    files: Counter[str] = Counter()
    records: Counter[str] = Counter()
    for submission in audit.submissions:
        units = {t.unit.name for t in submission.tables if t.unit.level == level and t.unit.name}
        files.update(units)
        for table in submission.tables:
            if table.unit.level == level and table.unit.name:
                records[table.unit.name] += len(table)
    return files, records


def _listed(county: County | None, level: str) -> Sequence[str]:
    if county is None:
        return ()
    return list(county.units.townships if level == "township" else county.units.schools)

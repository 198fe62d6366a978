"""Townships and schools ranked: counts and rates, no child, small cells hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lbt_audit.config.county import County
from lbt_audit.engine.audit import Audit
from lbt_audit.ledger.recheck import Recheck
from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.shares import shares
from lbt_audit.notices.suppress import SHOWN_AS, hide, hide_list, with_totals
from lbt_audit.reports.words import SEVERITIES

LEVELS = ("township", "school")
_FROM_AUDIT = tuple(s.colour for s in SEVERITIES)
_FROM_LEDGER = (Text("已销号", "Closed"), Text("限期内", "In time"), Text("逾期", "Overdue"))


@dataclass(frozen=True)
class Ranked:
    """One unit's line. ``rank`` None: not ranked, because what would rank it is hidden or missing.
    Hidden counts read ``SHOWN_AS``."""

    rank: int | None
    unit: str
    files: int
    records: str
    counts: Sequence[str]
    total: str
    rate: str


@dataclass(frozen=True)
class Ranking:
    """``heads`` name the counts; ``totals`` as ``Ranked``. ``rate_head`` says what the rate is."""

    level: str
    heads: Sequence[str]
    rate_head: str
    lines: Sequence[Ranked]
    totals: Ranked
    missing: Sequence[str]  # units that handed in nothing that could be read


def ranking(audit: Audit, recheck: Recheck | None, county: County | None, level: str, lang: Lang) -> Ranking:
    """The units of one level, best first: with a ledger by the share of issues closed, else by issues
    per hundred records."""
    if recheck is not None and recheck.previous is None:
        recheck = None  # nothing could be closed yet
    files, records = _handed_in(audit, level)
    counted = _from_ledger(recheck, level) if recheck is not None else _from_audit(audit, level)
    listed = _listed(county, level)
    units = sorted(listed or {*files, *counted})
    table = np.array([counted.get(u, (0, 0, 0)) for u in units], np.int64).reshape(len(units), 3)
    sizes = np.array([records[u] for u in units], np.int64)
    hidden, hidden_sizes = hide(table), hide_list(sizes)
    full = with_totals(table)
    whole_sizes = np.append(sizes, sizes.sum())

    def line(i: int, unit: str) -> tuple[float | None, Ranked]:
        base, part = (full[i, 3], full[i, 0]) if recheck is not None else (whole_sizes[i], full[i, 3])
        base_hidden = hidden[i, 3] if recheck is not None else hidden_sizes[i]
        part_hidden = hidden[i, 0] if recheck is not None else hidden[i, 3]
        rate = None if base == 0 or base_hidden or part_hidden else float(part) / float(base) * 100
        shown = [SHOWN_AS if hidden[i, j] else str(full[i, j]) for j in range(4)]
        size = SHOWN_AS if hidden_sizes[i] else str(whole_sizes[i])
        unknown = base_hidden or part_hidden
        text = (
            SHOWN_AS
            if unknown
            else "—"
            if rate is None
            else f"{rate:.1f}" + ("%" if recheck is not None else "")
        )
        return rate, Ranked(
            None,
            unit,
            files[unit] if i < len(units) else sum(files[u] for u in units),
            size,
            shown[:3],
            shown[3],
            text,
        )

    lines = [line(i, unit) for i, unit in enumerate(units)]
    sign = -1.0 if recheck is not None else 1.0
    lines.sort(key=lambda e: (e[0] is None, sign * (e[0] or 0.0), e[1].unit))
    heads = _FROM_LEDGER if recheck is not None else _FROM_AUDIT
    rate_head = (
        Text("销号率", "Closed")
        if recheck is not None
        else Text("每百条记录问题数", "Issues per 100 records")
    )
    return Ranking(
        level=level,
        heads=[h[lang] for h in heads],
        rate_head=rate_head[lang],
        lines=_numbered(lines),
        totals=line(len(units), "合计" if lang == "zh" else "Total")[1],
        missing=[u for u in units if not files[u]],
    )


def _numbered(lines: Sequence[tuple[float | None, Ranked]]) -> list[Ranked]:
    """Equal rates share a rank."""
    result: list[Ranked] = []
    rank, last = 0, None
    for number, (rate, line) in enumerate(lines, 1):
        if rate is not None and (last is None or round(rate, 1) != last):
            rank, last = number, round(rate, 1)
        result.append(Ranked(rank if rate is not None else None, *_rest(line)))
    return result


def _rest(line: Ranked) -> tuple[str, int, str, Sequence[str], str, str]:
    return line.unit, line.files, line.records, line.counts, line.total, line.rate


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


def _from_audit(audit: Audit, level: str) -> dict[str, tuple[int, ...]]:
    return {
        s.unit: tuple(int((s.severities == severity).sum()) for severity in SEVERITIES)
        for s in shares(audit)
        if s.level == level and s.unit
    }


def _from_ledger(recheck: Recheck, level: str) -> dict[str, tuple[int, ...]]:
    counted: dict[str, tuple[int, ...]] = {}
    for unit in recheck.units:
        if unit.level == level and unit.unit:
            overdue = unit.counts["overdue"]
            counted[unit.unit] = (unit.counts["closed"], unit.unclosed - overdue, overdue)
    return counted

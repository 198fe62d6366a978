"""How far the lists agree, as the page shows it."""

from __future__ import annotations

from collections.abc import Sequence

from lbt_audit.engine.audit import Audit
from lbt_audit.model.record import dataclass
from lbt_audit.reports.tables.agreement import HEADS, NOTE, cells, link_summary, percent, tallies, unit_name


@dataclass(frozen=True)
class Line:
    unit: str
    level: str
    percent: str
    share: float  # 0 to 100
    counts: Sequence[int]


@dataclass(frozen=True)
class Rates:
    lists: str
    note: str
    heads: Sequence[str]
    lines: Sequence[Line]


def agreement(audit: Audit) -> Rates | None:
    """County, townships and schools; None where no lists were compared."""
    summary = link_summary(audit)
    if summary is None:
        return None
    lang = audit.run.lang
    lines = [
        Line(unit_name(t, lang), t.level, percent(t), round(100 * (t.rate or 0), 1), cells(t))
        for t in tallies(summary)
    ]
    lists = ("、" if lang == "zh" else ", ").join(audit.run.kind_title(k) for k in summary.lists)
    return Rates(lists, NOTE[lang], [head[lang] for head in HEADS.values()], lines)

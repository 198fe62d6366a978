"""Issues by rule and township."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule
from lbt_audit.reports.page.figures.counts import Counts, Tally, by_severity

_STEPS = 5


@dataclass(frozen=True)
class Line:
    """A rule and its issues: in all, and in each township."""

    code: str
    title: str
    severity: str  # the gravest of its issues
    total: int
    tallies: Sequence[Tally]


@dataclass(frozen=True)
class Matrix:
    townships: Sequence[str]  # "" where an issue belongs to none
    lines: Sequence[Line]
    most: int

    def step(self, tally: Tally) -> int:
        """How dark a cell is, 0 to 5, by the square root of its number: few issues are seen beside many."""
        return 0 if not tally.all else max(1, round(_STEPS * (tally.all / self.most) ** 0.5))


def matrix(counts: Counts) -> Matrix:
    """Rules that found something: the gravest first, then the most issues."""
    lang = counts.audit.run.lang
    rules = {run.rule.code: run.rule for run in counts.audit.rules}
    town, towns = townships(counts)
    rule, codes = counts.coded("rule")
    groups = rule * len(towns) + town
    tallies = by_severity(groups, len(codes) * len(towns), counts.severity)
    lines = []
    for i, code in enumerate(codes):
        its = tallies[i * len(towns) : (i + 1) * len(towns)]
        if total := sum(t.all for t in its):
            grave = next(s for s in ("error", "warning", "notice") if any(getattr(t, s) for t in its))
            lines.append(Line(code, _title(rules.get(code), lang), grave, total, its))
    order = {"error": 0, "warning": 1, "notice": 2}
    lines.sort(key=lambda line: (order[line.severity], -line.total, line.code))
    shown = [j for j in range(len(towns)) if any(line.tallies[j].all for line in lines)]
    shown.sort(key=lambda j: (towns[j] == "", towns[j]))
    most = max((t.all for line in lines for t in line.tallies), default=0)
    return Matrix(
        [towns[j] for j in shown],
        [Line(x.code, x.title, x.severity, x.total, [x.tallies[j] for j in shown]) for x in lines],
        most,
    )


def townships(counts: Counts) -> tuple[np.ndarray, list[str]]:
    """The township of each issue as a number and the names: that of the unit that answers for it, else of the list it
    stands in."""
    level, levels = counts.coded("responsible_level")
    names: dict[str, int] = {}
    towns = np.full(len(level), -1)
    own = np.array([name == "township" for name in levels])[level]
    for name, where in (("responsible_unit", own), ("responsible_township", ~own), ("township", ~own)):
        found, words = counts.coded(name)
        known = np.array([names.setdefault(w, len(names)) if w else -1 for w in words])
        towns = np.where(where & (towns < 0), known[found], towns)
    none = names.setdefault("", len(names))
    return np.where(towns < 0, none, towns), list(names)


def _title(rule: Rule | None, lang: str) -> str:
    return "" if rule is None else rule.title.zh if lang == "zh" else rule.title.en

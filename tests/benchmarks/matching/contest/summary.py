"""What one tool did on the lists of several seeds, as means with their spread."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.matching.measure.reliability import Bin, reliability

FIGURES = ("precision", "recall", "f1")
RARE = 20  # kinds of difference with fewer pairs say nothing


@dataclass
class Summary:
    """Outcomes of one tool on one variant, a seed each."""

    seeds: list[dict[str, Any]] = field(default_factory=list)

    def mean(self, what: str) -> float:
        """The mean of a figure over the seeds."""
        return statistics.fmean(o[what] for o in self.seeds)

    def spread(self, what: str) -> float:
        """Its standard deviation, 0 for a single seed."""
        return statistics.stdev(o[what] for o in self.seeds) if len(self.seeds) > 1 else 0.0

    def wrong(self) -> Counter[str]:
        """Pairs wrongly joined, of all seeds."""
        return sum((Counter(o["wrong"]) for o in self.seeds), Counter())

    def by_kind(self) -> dict[str, tuple[int, int]]:
        """By kind of difference: pairs found and true pairs of all seeds, the worst found first."""
        found, total = Counter[str](), Counter[str]()
        for outcome in self.seeds:
            for kind, (hit, all_of_it) in outcome["by_kind"].items():
                found[kind] += hit
                total[kind] += all_of_it
        kinds = sorted((k for k in total if total[k] >= RARE), key=lambda k: (found[k] / total[k], k))
        return {k: (found[k], total[k]) for k in kinds}

    def doubtful(self) -> tuple[int, float]:
        """Pairs told as doubtful in all seeds, and the share of them that is true."""
        true = [t for o in self.seeds for _, t, linked in o["told"] if not linked]
        return len(true), sum(true) / max(len(true), 1)

    def told(self) -> list[tuple[float, bool]]:
        """(probability, whether true) of all pairs told, where the tool gives probabilities."""
        return [(p, t) for o in self.seeds for p, t, _ in o["told"] if p is not None]

    def bins(self) -> list[Bin]:
        """The reliability of its probabilities."""
        return reliability(self.told())


def of_all(summaries: Iterable[Summary]) -> Summary:
    """Several variants as one."""
    return Summary([o for s in summaries for o in s.seeds])

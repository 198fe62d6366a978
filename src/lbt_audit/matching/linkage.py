"""Which rows of two tables are the same child."""

from __future__ import annotations

from dataclasses import field
from typing import Final

import numpy as np

from lbt_audit.matching.blocking.candidates import Skipped, candidates
from lbt_audit.matching.characters.readings import DEFAULT_CONFUSIONS, Confusion
from lbt_audit.matching.decision.decide import Decision, decide
from lbt_audit.matching.decision.parameters import Parameters
from lbt_audit.matching.evidence.evidence import Evidence, join
from lbt_audit.matching.evidence.scorer import Scorer
from lbt_audit.matching.people.encoding import encode
from lbt_audit.matching.people.people import People
from lbt_audit.matching.weights import DEFAULT_WEIGHTS, Weights
from lbt_audit.matching.workers import workers
from lbt_audit.model.record import dataclass

_CHUNK: Final = 1 << 18


@dataclass
class Links:
    """The pairs of rows found, in order of the left rows. Arrays have one row per link.

    ``decision``: probability, verdict (``decision.Verdict``: same, misspelt, doubtful) and bar (``decision.Bar``, why a doubtful
    pair is not certain); ``evidence``: codes and bits by field.
    """

    people: tuple[People, People]
    evidence: Evidence
    decision: Decision
    parameters: Parameters
    skipped: list[Skipped]
    candidates: int
    scorer: Scorer = field(repr=False)

    def __len__(self) -> int:
        return len(self.verdict)

    @property
    def left(self) -> np.ndarray:
        """Rows of the left table."""
        return self.evidence.left

    @property
    def right(self) -> np.ndarray:
        """Rows of the right table."""
        return self.evidence.right

    @property
    def probability(self) -> np.ndarray:
        """That both rows are one child, all other rows heard (float32)."""
        return self.decision.probability

    @property
    def verdict(self) -> np.ndarray:
        """``Verdict`` (uint8)."""
        return self.decision.verdict

    @property
    def bar(self) -> np.ndarray:
        """``Bar`` (uint8): what speaks loudest against the pair."""
        return self.decision.bar

    @property
    def level(self) -> np.ndarray:
        """How the names differ (``Level``, uint8)."""
        return self.evidence.codes["name"]


def link(
    left: People,
    right: People,
    weights: Weights = DEFAULT_WEIGHTS,
    confusions: tuple[Confusion, ...] = DEFAULT_CONFUSIONS,
    repeats: bool = False,
) -> Links:
    """Link two tables of the same period. The result depends on the rows only, not on their order. ``repeats``: a
    person may stand in the right table several times."""
    e = encode(left, right, confusions)
    scorer = Scorer(e, weights)
    i, j, skipped = candidates(e)
    v, decision, parameters = decide(scorer, score_candidates(scorer, i, j), repeats)
    return Links((left, right), v, decision, parameters, skipped, len(i), scorer)


def score_candidates(scorer: Scorer, i: np.ndarray, j: np.ndarray) -> Evidence:
    """Evidence on the candidates that can be one child and score near enough to matter."""
    floor = scorer.w.floor

    def part(start: int) -> Evidence:
        v = scorer.plausible(i[start : start + _CHUNK], j[start : start + _CHUNK])
        return v.take(np.flatnonzero((v.score >= floor) | (v.bits["id_no"] > 0) | (v.bits["xueji_no"] > 0)))

    # The arrays are worked on outside the interpreter; parts are taken in order.
    with workers(len(i)) as pool:
        return join(list(pool.map(part, range(0, max(len(i), 1), _CHUNK))))

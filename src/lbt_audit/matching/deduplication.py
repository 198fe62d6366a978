"""Rows of one table that are probably the same child twice."""

from __future__ import annotations

import numpy as np

from lbt_audit.matching.blocking.candidates import candidates
from lbt_audit.matching.characters.readings import DEFAULT_CONFUSIONS, Confusion
from lbt_audit.matching.decision.judge import judge
from lbt_audit.matching.decision.verdict import Verdict
from lbt_audit.matching.evidence.scorer import Scorer
from lbt_audit.matching.linkage import Links, score_candidates
from lbt_audit.matching.people.encoding import encode
from lbt_audit.matching.people.people import People
from lbt_audit.matching.weights import DEFAULT_WEIGHTS, Weights


def dedupe(
    people: People,
    weights: Weights = DEFAULT_WEIGHTS,
    confusions: tuple[Confusion, ...] = DEFAULT_CONFUSIONS,
) -> Links:
    """Pairs of rows (left < right) that are probably one child, each judged by itself.

    Twins, siblings and namesakes are told apart as between tables; a child listed three times gives three
    pairs.
    """
    e = encode(people, people, confusions)
    scorer = Scorer(e, weights)
    i, j, skipped = candidates(e)
    once = i < j
    i, j = i[once], j[once]
    v = score_candidates(scorer, i, j)
    verdict, bar = judge(v, weights)
    index = np.flatnonzero(verdict > Verdict.DIFFERENT)
    index = index[np.lexsort((v.right[index], v.left[index]))]
    return Links((people, people), v.take(index), verdict[index], bar[index], skipped, len(i), scorer)

"""How well the shape score tells look-alikes from random pairs and from pairs of one radical.

    python -m tests.benchmarks.matching.shape_candidates [CONFUSION_LIST]

The optional file holds one group of confused characters per line (such as pycorrector's same_stroke.txt).
"""

from __future__ import annotations

import itertools
import random
import sys
from pathlib import Path

import numpy as np
from tests.benchmarks.matching.confusions import LOOK_ALIKE

from lbt_audit.matching.alphabet import relate
from lbt_audit.matching.characters import glyphs
from lbt_audit.matching.shapes import shape_score


def area(positive: np.ndarray, negative: np.ndarray) -> float:
    """Area under the curve: the chance that a positive scores above a negative."""
    order = np.argsort(np.argsort(np.r_[positive, negative], kind="stable"), kind="stable") + 1.0
    n, m = len(positive), len(negative)
    return float((order[:n].sum() - n * (n + 1) / 2) / (n * m))


def main() -> None:
    rng = random.Random(3)
    table = glyphs()
    chars = sorted({c for p in LOOK_ALIKE for c in p if c in table})
    known = set(chars)
    positive = {"hand": [p for p in LOOK_ALIKE if set(p) <= known]}
    if len(sys.argv) > 1:
        groups = (line.split() for line in Path(sys.argv[1]).read_text("utf-8").splitlines())
        positive["list"] = sorted(
            {a + b for g in groups for a, b in itertools.combinations([c for c in g if c in known], 2)}
        )
    taken = {q for p in positive.values() for x in p for q in (x, x[::-1])}
    by_part: dict[str, list[str]] = {}
    for c in chars:
        for part in table[c].parts:
            by_part.setdefault(part, []).append(c)
    radical = {
        "".join(rng.sample(by_part[r], 2))
        for r in "女艹草氵水王木亻人日讠言钅金火心土玉雨辶阝"
        for _ in range(200)
        if len(by_part.get(r, "")) > 4
    }
    negative = {
        "random": ["".join(rng.sample(chars, 2)) for _ in range(5000)],
        "one radical": sorted(radical),
    }
    scores = {
        name: np.array(
            [shape_score(*p) for p in pairs if (name in positive or p not in taken) and relate(*p) >= 10]
        )
        for name, pairs in {**positive, **negative}.items()
    }
    for p in positive:
        for n in negative:
            print(f"{p:>6} against {n}: area {area(scores[p], scores[n]):.3f}")
    for threshold in (0.0, 0.3, 1.0):
        print(threshold, {name: round(float((s >= threshold).mean()), 3) for name, s in scores.items()})


if __name__ == "__main__":
    main()

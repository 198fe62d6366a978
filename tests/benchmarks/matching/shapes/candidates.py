"""How well the shape score tells look-alikes from random pairs and from sisters' names built with one radical.

    python -m tests.benchmarks.matching.shapes.candidates [LIST…]

Prints, for every list of look-alikes, the area under the curve against random pairs of name characters, random
pairs that share a radical but no phonetic series, and pairs of sisters' names; of the score as shipped, and of
weights fitted anew on ``pairs`` (scores of fitted pairs come from five-fold cross-validation).
``slips.confusions.LOOK_ALIKE`` and the optional files (pairs between blanks, or groups of characters between blanks
on a line, such as pycorrector's same_stroke.txt) are never fitted.

What was weighed up, by the area against random pairs / pairs of one radical / sisters, look-alikes held out:

=================================================================  ====================
score until November 2026 (four corners, stroke edits, components)  0.989 / 0.945 / 0.88
the same features fitted anew                                      0.986 / 0.949 / 0.89
stroke features only, boosted trees                                0.983 / 0.977 / 0.94
blurred glyph, correlation                                         0.957 / 0.894 / 0.81
directions of edges (``build_outlines``) alone                     0.986 / 0.952 / 0.90
as shipped: edges, strokes, components, phonetic series            0.994 / 0.975 / 0.95
=================================================================  ====================

Boosted trees over all of them gain nothing, and four corners are no longer missed. Against sisters both
characters of a pair being usual in names tells most (it asks for more likeness, see ``shapes``): of the held-out
look-alikes 81 % are called look-alike and 93 % at least alike in part, of sisters 3 % and 18 %.
"""

from __future__ import annotations

import itertools
import random
import sys
from pathlib import Path

import numpy as np
from tests.benchmarks.matching.shapes.pairs import SISTERS, SLIPS
from tests.benchmarks.matching.slips.confusions import LOOK_ALIKE

from lbt_audit.matching.characters.alphabet import relate
from lbt_audit.matching.characters.script import glyphs, outlines
from lbt_audit.matching.characters.shapes import FEATURES, LOOK_ALIKE_FROM, PARTLY_ALIKE_FROM, Shapes

RADICALS = "女艹草氵水王木亻人日讠言钅金火心忄土玉雨辶阝宀纟口山月礻禾"
FITTED = {"slips": 1.0, "random": 0.15, "one radical": 0.25, "sisters": 2.0}
FOLDS = 5


def area(positive: np.ndarray, negative: np.ndarray) -> float:
    """Area under the curve: the chance that a positive scores above a negative."""
    order = np.argsort(np.argsort(np.r_[positive, negative], kind="stable"), kind="stable") + 1.0
    n, m = len(positive), len(negative)
    return float((order[:n].sum() - n * (n + 1) / 2) / (n * m))


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Weights and, last, the offset of a logistic regression (Newton's method, slight ridge)."""
    spread = x.std(axis=0)
    design = np.c_[x / spread, np.ones(len(x))]
    penalty = np.diag([ridge] * x.shape[1] + [0.0])
    beta = np.zeros(design.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-design @ beta))
        slope = design.T @ (weight * (y - p)) - penalty @ beta
        curve = (design * (weight * p * (1 - p))[:, None]).T @ design + penalty
        beta += np.linalg.solve(curve, slope)
    return np.r_[beta[:-1] / spread, beta[-1]]


def pairs_of(file: Path) -> list[str]:
    """Pairs of a file: words of two characters as they are, groups of single characters combined."""
    found = []
    for line in file.read_text("utf-8").splitlines():
        words = line.split()
        found += [w for w in words if len(w) == 2]
        found += ["".join(p) for p in itertools.combinations([w for w in words if len(w) == 1], 2)]
    return found


def samples(files: list[Path]) -> tuple[dict[str, list[str]], list[str]]:
    """Lists of pairs by name, each pair once and in one order, and the names of those that are look-alikes."""
    rng = random.Random(3)
    known = glyphs().keys() & outlines().keys()

    def clean(pairs: list[str]) -> list[str]:
        usable = {"".join(sorted(p)) for p in pairs if len(set(p)) == 2 and set(p) <= known}
        return sorted(p for p in usable if relate(*p) >= 10)

    positive = {"held out": clean(LOOK_ALIKE), "slips": clean(SLIPS)}
    chars = sorted({c for p in [*LOOK_ALIKE, *SLIPS, *SISTERS] for c in p if c in known})
    for file in files:
        positive[file.stem] = [p for p in clean(pairs_of(file)) if set(p) <= set(chars)]
    taken = {p for pairs in positive.values() for p in pairs}
    positive["slips"] = [p for p in positive["slips"] if p not in positive["held out"]]
    by_part: dict[str, list[str]] = {}
    for c in chars:
        for part in glyphs()[c].parts:
            by_part.setdefault(part, []).append(c)
    radical = [
        "".join(rng.sample(by_part[r], 2))
        for r in RADICALS
        for _ in range(300)
        if len(by_part.get(r, "")) > 4
    ]
    series = {c: set(outlines()[c].partition("\t")[2].split()) for c in chars}
    negative = {
        "random": ["".join(rng.sample(chars, 2)) for _ in range(6000)],
        "one radical": [p for p in radical if not series[p[0]] & series[p[1]]],
        "sisters": SISTERS,
    }
    lists = positive | {n: [p for p in clean(pairs) if p not in taken] for n, pairs in negative.items()}
    return lists, list(positive)


def main() -> None:
    lists, positive = samples([Path(name) for name in sys.argv[1:]])
    chars = sorted({c for pairs in lists.values() for p in pairs for c in p})
    shapes, number = Shapes(chars), {c: i for i, c in enumerate(chars)}
    at = {n: np.array([[number[p[0]], number[p[1]]] for p in pairs]).T for n, pairs in lists.items()}
    table({n: shapes.score(*ab) for n, ab in at.items()}, positive, "as shipped")
    features = {n: shapes.features(*ab).astype(float) for n, ab in at.items()}
    x = np.concatenate([features[n] for n in FITTED])
    source = np.repeat(list(FITTED), [len(features[n]) for n in FITTED])
    y = (source == "slips").astype(float)
    weight = np.array([FITTED[n] for n in source])
    fold = np.concatenate([[ord(p[0]) % FOLDS for p in lists[n]] for n in FITTED])
    crossed = np.zeros(len(y))
    for k in range(FOLDS):
        beta = fit(x[fold != k], y[fold != k], weight[fold != k])
        crossed[fold == k] = x[fold == k] @ beta[:-1] + beta[-1]
    beta = fit(x, y, weight)
    scores = {
        n: crossed[source == n] if n in FITTED else f @ beta[:-1] + beta[-1] for n, f in features.items()
    }
    table(scores, positive, "fitted anew")
    print(dict(zip(FEATURES, beta[:-1].round(2).tolist(), strict=True)), "offset", round(float(beta[-1]), 2))


def table(scores: dict[str, np.ndarray], positive: list[str], title: str) -> None:
    """Areas, and how many of each list pass which threshold."""
    negative = [n for n in scores if n not in positive]
    print(f"\n{title}\n{'':14}" + "".join(f"{n:>13}" for n in negative))
    for p in positive:
        print(f"{p:14}" + "".join(f"{area(scores[p], scores[n]):13.3f}" for n in negative))
    for limit in (PARTLY_ALIKE_FROM, LOOK_ALIKE_FROM, LOOK_ALIKE_FROM + 1):
        print(
            f"  from {limit:4.1f}: " + ", ".join(f"{n} {(s >= limit).mean():.1%}" for n, s in scores.items())
        )


if __name__ == "__main__":
    main()

"""Texts that are variants of one another: found in batches as they would be one by one."""

from __future__ import annotations

import random

import numpy as np
import pytest
from rapidfuzz import fuzz

from lbt_audit.checks.groups import texts
from lbt_audit.checks.groups.texts import BLOCK, HEAD, variants

PHRASES = [
    "奶奶在院坝剥玉米",
    "孩子正在写作业",
    "外婆腿疼行动不便",
    "提醒不下河洗澡",
    "建议每周固定视频",
    "想买一双球鞋",
    "屋顶有两处漏雨",
    "联系村电工来看",
]


def one_by_one(written: list[str], count: np.ndarray, similar: float, length: int) -> np.ndarray:
    """The definition: the most frequent first, each with the text before it to which it is most alike."""
    result = np.arange(len(written))
    order = sorted(
        (k for k, t in enumerate(written) if len(t) >= length), key=lambda k: (-count[k], written[k])
    )
    for end in (slice(0, HEAD), slice(-HEAD, None)):
        heads: dict[str, list[int]] = {}
        for k in order:
            if result[k] != k:
                continue
            known = heads.setdefault(written[k][end], [])
            scores = [fuzz.ratio(written[k], written[h]) for h in known[: texts.BLOCK]]
            if scores and max(scores) >= 100 * similar:
                result[k] = result[known[scores.index(max(scores))]]
            else:
                known.append(k)
    return result


def invented(size: int, seed: int) -> tuple[list[str], np.ndarray]:
    """Texts of few phrases, many with slips."""
    rng = random.Random(seed)
    bases = ["".join(rng.choices(PHRASES, k=rng.randint(1, 5))) for _ in range(60)]
    found = set()
    while len(found) < size:
        text = rng.choice(bases)
        for _ in range(rng.randint(0, 4)):
            at = rng.randrange(len(text))
            text = text[:at] + rng.choice(["", "的", "了"]) + text[at + rng.randint(0, 1) :]
        found.add(text)
    return sorted(found), np.array([rng.randint(1, 9) for _ in range(size)])


@pytest.mark.parametrize("block", [12, 40, BLOCK])
@pytest.mark.parametrize("similar", [0.85, 0.95])
def test_batches_find_what_is_found_one_by_one(
    monkeypatch: pytest.MonkeyPatch, block: int, similar: float
) -> None:
    monkeypatch.setattr(texts, "BLOCK", block)
    monkeypatch.setattr(texts, "_ROWS", 50)
    for seed in range(3):
        written, count = invented(900, seed)
        found = variants(written, count, similar, 15)
        assert np.array_equal(found, one_by_one(written, count, similar, 15))
        assert np.count_nonzero(found != np.arange(len(found))) > 20

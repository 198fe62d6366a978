"""Which texts are one text: written once and copied with a slip, another date, another name."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks.groups.coding import Coded
from lbt_audit.checks.groups.params import AlikeText
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import encode

HEAD = 6  # texts are only compared if their first or last six characters agree
BLOCK = 400  # of so many texts that begin alike, each is compared with the most frequent only
_ROWS = 4096  # texts compared at once
_WORDS = 3  # of 64 bits, for the characters in a text
_ROUNDING = 1e-6
_NOISE = r"[\p{P}\p{S}\s\d０-９一二三四五六七八九十百年月日]+"


def alike(frame: Frame, spec: AlikeText) -> Coded:
    """(code of the text each record's is a variant of, the text is long enough to be compared).

    Compared are texts without punctuation, digits, dates and the name ``spec.without``.
    """
    texts = pc.replace_substring_regex(frame.text(spec.of), _NOISE, "")
    if spec.without is not None:
        texts = _without(texts, frame.facet(spec.without).values)
    distinct, codes = encode([texts])
    long = pc.greater_equal(pc.utf8_length(distinct), spec.length).to_numpy(zero_copy_only=False)
    count = np.bincount(codes, minlength=len(distinct))
    variant = variants(distinct.to_pylist(), count, spec.similar, spec.length)
    return variant[codes], np.asarray(long, np.bool_)[codes]


def _without(texts: pa.Array, names: pa.Array) -> pa.Array:
    """Texts without the name beside them; it is in few of them, and only those are rewritten one by one."""
    written = np.flatnonzero(pc.match_substring_regex(texts, r"\p{Han}").to_numpy(zero_copy_only=False))
    values, whose = texts.to_pylist(), names.to_pylist()
    for k in written.tolist():
        if whose[k] and whose[k] in values[k]:
            values[k] = values[k].replace(whose[k], "")
    return pa.array(values, pa.string())


def variants(texts: list[str], count: np.ndarray, similar: float, length: int) -> np.ndarray:
    """For each of distinct texts the one (position) it is a variant of: the most frequent one alike.

    ``similar``: how alike, 0 to 1; texts shorter than ``length`` are variants of nothing.
    """
    result = np.arange(len(texts), dtype=np.int64)
    order = sorted(
        (k for k in range(len(texts)) if len(texts[k]) >= length), key=lambda k: (-count[k], texts[k])
    )
    for end in (slice(0, HEAD), slice(-HEAD, None)):
        blocks: dict[str, list[int]] = {}
        for k in order:
            if result[k] == k:
                blocks.setdefault(texts[k][end], []).append(k)
        for members in blocks.values():
            if len(members) > 1:
                _join(members, [texts[k] for k in members], 100 * similar, result)
    return result


def _join(members: list[int], texts: list[str], similar: float, result: np.ndarray) -> None:
    """Sets the ``result`` of ``members``, the most frequent first: that of the first ``BLOCK`` that are a variant of
    none before them to which they are most alike."""
    heads: list[int] = []  # positions among the members
    start = 0
    while start < len(members):
        # As many at once as are sure to be compared with the same heads, or with heads among themselves.
        room = BLOCK - len(heads)
        stop = min(len(members), start + (room or _ROWS))
        here = range(start, stop)
        against = [*heads, *(here if room else ())]
        score = _scores(texts[start:stop], [texts[h] for h in against], similar)
        if room:
            later = np.arange(len(against))[None, :] >= len(heads) + np.arange(len(here))[:, None]
            score[later] = 0.0
        is_head = np.ones(len(against), np.bool_)
        for row in np.flatnonzero(score.any(axis=1)).tolist():
            scores = np.where(is_head, score[row], 0.0)
            best = int(scores.argmax())
            if scores[best] > 0:
                result[members[start + row]] = result[members[against[best]]]
                if room:
                    is_head[len(heads) + row] = False
        if room:
            heads = [h for h, kept in zip(against, is_head.tolist(), strict=True) if kept]
        start = stop


def _scores(texts: list[str], others: list[str], similar: float) -> np.ndarray:
    """How alike each of ``texts`` is to each of ``others``, per cent; 0 below ``similar``."""
    from rapidfuzz import fuzz, process

    score = np.zeros((len(texts), len(others)))
    here, there = _may_be_alike(texts, others, similar)
    if len(here):
        pairs = [texts[k] for k in here.tolist()], [others[k] for k in there.tolist()]
        score[here, there] = process.cpdist(*pairs, scorer=fuzz.ratio, score_cutoff=similar, dtype=np.float64)
    return score


def _may_be_alike(texts: list[str], others: list[str], similar: float) -> tuple[np.ndarray, np.ndarray]:
    """Which of ``texts`` may be alike which of ``others`` (positions), by the characters in them: few pairs.

    Texts are alike where few characters have to be taken out and put in to make one the other
    (``fuzz.ratio``), and each of these changes one bit of the characters there are at most.
    """
    (own, lengths), (their, their_lengths) = _characters(texts), _characters(others)
    apart = 1 - similar / 100
    most = np.floor(apart * (lengths + their_lengths.max(initial=0)) + _ROUNDING)
    differ = np.bitwise_count(own[:, :1] ^ their[:, 0])
    here, there = np.nonzero(differ <= np.minimum(most, 64).astype(np.uint8)[:, None])
    bits = np.bitwise_count(own[here] ^ their[there]).sum(axis=1)
    alike = bits <= np.floor(apart * (lengths[here] + their_lengths[there]) + _ROUNDING)
    return here[alike], there[alike]


def _characters(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """(which characters are in each text, a bit for those of one remainder, uint64 × ``_WORDS``; its length)."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    there = np.zeros((len(texts), _WORDS * 64), np.bool_)
    there[np.repeat(np.arange(len(texts)), lengths), codes % (_WORDS * 64)] = True
    return np.packbits(there, axis=1).view(np.uint64), lengths

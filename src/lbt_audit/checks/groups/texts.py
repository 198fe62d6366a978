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
_NOISE = r"[\p{P}\p{S}\s\d０-９一二三四五六七八九十百年月日]+"


def alike(frame: Frame, spec: AlikeText) -> Coded:
    """(code of the text each record's is a variant of, the text is long enough to be compared).

    Compared are texts without punctuation, digits, dates and the name ``spec.without``.
    """
    texts = pc.replace_substring_regex(frame[spec.of].text, _NOISE, "")
    if spec.without is not None:
        texts = _without(texts, frame.facet(spec.without).values)
    distinct, codes = encode([texts])
    long = pc.greater_equal(pc.utf8_length(distinct), spec.length).to_numpy(zero_copy_only=False)
    count = np.bincount(codes, minlength=len(distinct))
    variant = _alike(distinct.to_pylist(), count, spec.similar, spec.length)
    return variant[codes], np.asarray(long, np.bool_)[codes]


def _without(texts: pa.Array, names: pa.Array) -> pa.Array:
    """Texts without the name beside them; it is in few of them, and only those are rewritten one by one."""
    written = np.flatnonzero(pc.match_substring_regex(texts, r"\p{Han}").to_numpy(zero_copy_only=False))
    values, whose = texts.to_pylist(), names.to_pylist()
    for k in written.tolist():
        if whose[k] and whose[k] in values[k]:
            values[k] = values[k].replace(whose[k], "")
    return pa.array(values, pa.string())


def _alike(texts: list[str], count: np.ndarray, similar: float, length: int) -> np.ndarray:
    """For each distinct text the text it is a variant of: the most frequent one alike."""
    from rapidfuzz import fuzz, process

    result = np.arange(len(texts), dtype=np.int64)
    order = sorted(
        (k for k in range(len(texts)) if len(texts[k]) >= length), key=lambda k: (-count[k], texts[k])
    )
    for end in (slice(0, HEAD), slice(-HEAD, None)):
        blocks: dict[str, list[int]] = {}
        for k in order:
            blocks.setdefault(texts[k][end], []).append(k)
        for members in blocks.values():
            heads: list[int] = []
            for k in members:
                if result[k] != k:
                    continue
                found = process.extractOne(
                    texts[k], [texts[h] for h in heads[:BLOCK]], scorer=fuzz.ratio, score_cutoff=100 * similar
                )
                if found is None:
                    heads.append(k)
                else:
                    result[k] = result[heads[found[2]]]
    return result

"""Fields an issue points at, for messages that hold ``{fields}``, or with the values of a group, ``{differences}``."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from lbt_audit.checks.hits import RowHits
from lbt_audit.engine.issues.messages import Filler
from lbt_audit.engine.issues.others import masked
from lbt_audit.frames.frame import Frame

MOST = 3  # values named of a field


def differences(frame: Frame, hits: RowHits, filler: Filler, n: int) -> list[str]:
    """One text per issue (of ``n``): each field pointed at with the values of its records, masked as a pair of values is, so
    that what differs stays visible: 父亲务工地点“浙江温州”、“广东东莞”."""
    zh = filler.run.lang == "zh"
    told: list[list[str]] = [[] for _ in range(n)]
    for name, mask in hits.points.items():
        at = np.flatnonzero(mask)
        if not len(at):
            continue
        texts = frame[name].text.take(pa.array(hits.row[at].astype(np.int64))).to_pylist()
        values: dict[int, dict[str, None]] = {}
        for issue, text in zip(hits.issue[at].tolist(), texts, strict=True):
            values.setdefault(issue, {})["".join((text or "").split())] = None
        # Each value is held against the first one, and that against the second.
        pairs = [
            (value, first)
            for first, *rest in values.values()
            for others in (rest or [first],)
            for value in (others[0], *others)
        ]
        left, right = (pa.array(side, pa.string()) for side in zip(*pairs, strict=True))
        shown = masked(left, right, filler.fields[name], filler)
        title = filler.fields[name].title[filler.run.lang] + ("" if zh else " ")
        start = 0
        for issue, its in values.items():
            end = start + max(len(its), 2)
            named = list(
                dict.fromkeys([shown.right[start].as_py(), *shown.left[start + 1 : end].to_pylist()])
            )
            more = ("等" if zh else " …") if len(its) > MOST else ""
            told[issue].append(title + ("、" if zh else ", ").join(f"“{v}”" for v in named[:MOST]) + more)
            start = end
    return [("；" if zh else "; ").join(parts) for parts in told]


def pointed(hits: RowHits, starts: np.ndarray, filler: Filler) -> list[str]:
    """Titles of the fields pointed at, one text per issue (which begin at ``starts``); each combination is worded once."""
    names = list(hits.points)
    bits = np.zeros(len(starts), np.int64)
    for i, name in enumerate(names):
        found = np.add.reduceat(hits.points[name].astype(np.int64), starts).astype(bool)
        bits |= found.astype(np.int64) << i
    distinct, back = np.unique(bits, return_inverse=True)
    texts = [filler.titles([f for i, f in enumerate(names) if b >> i & 1]) for b in distinct.tolist()]
    return [texts[b] for b in back.tolist()]

"""Former names (曾用名): whichever list holds one, it explains the child's two names in all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lbt_audit.frames.link_children import Pairs, child_of
from lbt_audit.frames.texts import some
from lbt_audit.matching.levels import Level

if TYPE_CHECKING:
    from lbt_audit.frames.book import Book

Renaming = frozenset[str]


def explained(book: Book, p: Pairs, level: np.ndarray) -> np.ndarray:
    """``level`` of every pair, FORMER where a record of the child gives these two names as its present and its
    former one. A third spelling beside them stays the slip it is."""
    at = np.flatnonzero((level > Level.CASE) & (level < Level.UNKNOWN) & (level != Level.FORMER))
    known = _renamings(book) if len(at) else {}
    if not known:
        return level
    label = child_of(book)[p.left_kind][p.left[at]]
    names = [book.frames[k].facet("child_name").values for k in (p.left_kind, p.right_kind)]
    result = level.copy()
    for k, child in zip(at.tolist(), label.tolist(), strict=True):
        if child in known:
            pair = frozenset(v[int(r[k])].as_py() for v, r in zip(names, (p.left, p.right), strict=True))
            if pair in known[child]:
                result[k] = Level.FORMER
    return result


def _renamings(book: Book) -> dict[int, set[Renaming]]:
    """Child → pairs of its present and its former name, from every list that has them."""
    kept = book.links.kept
    if "renamings" not in kept:
        found: dict[int, set[Renaming]] = {}
        for kind, label in child_of(book).items():
            frame = book.frames[kind]
            if not (some(frame, "former_name") and some(frame, "child_name")):
                continue
            name, former = frame.facet("child_name"), frame.facet("former_name")
            for row in np.flatnonzero(name.known & former.known).tolist():
                pair = frozenset((name.values[row].as_py(), former.values[row].as_py()))
                if len(pair) == 2:
                    found.setdefault(int(label[row]), set()).add(pair)
        kept["renamings"] = found
    result: dict[int, set[Renaming]] = kept["renamings"]
    return result

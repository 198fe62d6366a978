"""What another list says of the same child."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from lbt_audit.frames.book import Book
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.links.coverage import FOUND
from lbt_audit.links.links import Links


def parents(frame: Frame, book: Book) -> Facet:
    """Father and mother as the first other list that has the child names them; not known where none does."""
    links, names = Links.of(book), np.full(len(frame), "", object)
    for kind in links.kinds.lists:
        held = links.coverage(frame.kind, kind) if kind != frame.kind else None
        if held is None:
            continue
        father, mother = (book.frames[kind].facet(f"{p}_name") for p in ("father", "mother"))
        rows = np.flatnonzero((held.state == FOUND) & (names == ""))
        rows = rows[(father.known & mother.known)[held.counterpart[rows]]]
        there = pa.array(held.counterpart[rows])
        both = zip(father.values.take(there).to_pylist(), mother.values.take(there).to_pylist(), strict=True)
        names[rows] = ["|".join(pair) for pair in both]
    return Facet.text(pa.array(names.tolist(), pa.string()))

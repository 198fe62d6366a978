"""Key items of one child that differ between lists."""

from __future__ import annotations

import numpy as np

from lbt_audit.checks.base import ByKind, Check, Parameter
from lbt_audit.checks.linked import Finding, by_child
from lbt_audit.frames.book import Book
from lbt_audit.links.comparison import Compared
from lbt_audit.links.links import Links
from lbt_audit.model.rule import Rule


def run(rule: Rule, book: Book) -> ByKind | None:
    """One issue per child for which one of the ``fields`` says two different things in two lists.

    Both sides must hold a usable value: dates known to the month agree with any day of it, relations and
    codes are compared by meaning, names but for blanks, dots and script, schools by the county's list. A
    guardian who is the child's own parent on either side is not held against another. Name and ID number
    are F02's and F03's. ``with``: registers of another kind compared with the lists too.
    """
    wanted = [str(f) for f in rule.params["fields"]]
    pairings = Links.of(book).comparisons.among(rule.tables, rule.params.get("with", ()))
    return by_child([_finding(c, wanted) for c in pairings], book) if pairings else None


def _finding(c: Compared, wanted: list[str]) -> Finding:
    items = {f: c.items[f] for f in wanted if f in c.items}
    found = np.zeros(len(c.pairs.left), np.bool_)
    for item in items.values():
        found |= item.found
    at = np.flatnonzero(found)
    import pyarrow as pa

    take = pa.array(at)
    fields = {
        item.left_field: (item.right_field, item.found[at], item.left.take(take), item.right.take(take))
        for item in items.values()
        if item.found.any()
    }
    return Finding(
        c.pairs.left_kind, c.pairs.right_kind, c.pairs.left[at], c.pairs.right[at], fields, checked=len(found)
    )


CHECK = Check(
    name="linked_values",
    parameters={"fields": Parameter(list, required=True), "with": Parameter(list)},
    on_book=run,
)

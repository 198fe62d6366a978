"""One finding per school and township: how far the school's ledger and the township's roster agree."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from lbt_audit.checks.base import ByKind, Check
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.frames.book import Book
from lbt_audit.frames.citizen import sound
from lbt_audit.frames.frame import Frame
from lbt_audit.links.coverage import FOUND
from lbt_audit.links.links import Links
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text


def run(rule: Rule, book: Book) -> ByKind | None:
    """One issue per school and township whose lists do not agree to the full.

    Held against each other are the children of the ledger who, by its own columns, belong on the
    civil-affairs list or stand on it, and the children of the roster who go to this school. ``rate`` is the
    share of them who stand in both without any difference in name, number or key items.
    """
    links = Links.of(book)
    forth, back = links.coverage("school_ledger", "roster"), links.coverage("roster", "school_ledger")
    if forth is None or back is None:
        return None
    ledger, roster = book.frames["school_ledger"], book.frames["roster"]
    pupils, children = links.home("school_ledger"), links.home("roster")
    differs = _differing(links, len(roster))
    listed = {
        f.kind: (f.facet("child_name").known | sound(f, "id_no")) & ~f.facet("child.exited").as_logic().true
        for f in (ledger, roster)
    }
    belongs = ledger.facet("child.eligible").as_logic().true
    at = np.maximum(forth.at, 0)
    both = listed["school_ledger"] & (forth.state == FOUND)
    only_school = listed["school_ledger"] & (forth.state < FOUND) & forth.expected & belongs & ~forth.assumed
    possible = ~roster.facet("child.eligible").as_logic().false
    only_town = listed["roster"] & (back.state < FOUND) & back.expected & possible
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    towns = np.where(both, children.township[at], pupils.township)
    for number, schools, where, mask in (
        (0, pupils.school, towns, both & ~differs[at]),
        (1, pupils.school, towns, both & differs[at]),
        (2, pupils.school, towns, only_school),
        (3, children.school, children.township, only_town),
    ):
        for school, name in zip(schools[mask].tolist(), where[mask].tolist(), strict=True):
            if school and name:
                counts[school, name][number] += 1
    hits = []
    for (school, town), (same, differ, here, there) in sorted(counts.items()):
        total = same + differ + here + there
        if same == total:
            continue
        details: dict[str, str | Text] = {
            "school": school, "township": town, "rate": f"{100 * same / total:.1f}%", "total": str(total),
            "same": str(same), "differing": str(differ), "school_only": str(here), "township_only": str(there),
        }  # fmt: skip
        places = (*_sheets(ledger, pupils.school, school), *_sheets(roster, children.township, town))
        if places:
            hits.append(PlaceHit(places, f"{school}|{town}", details))
    return [("", PlaceHits(tuple(hits), checked=len(counts)))]


def _differing(links: Links, n: int) -> np.ndarray:
    result = np.zeros(n, np.bool_)
    for c in links.comparisons.of_lists:
        if (c.pairs.left_kind, c.pairs.right_kind) == ("roster", "school_ledger"):
            result[c.pairs.left[c.any]] = True
    return result


def _sheets(frame: Frame, names: np.ndarray, name: str) -> list[Place]:
    """The sheets with records of this unit."""
    tables = np.unique(frame.table[names == name]).tolist()
    return [Place(frame.tables[t].path, frame.tables[t].sheet) for t in tables]


CHECK = Check(name="linked_rate", on_book=run, needs="needs_lists")

"""How far a school's ledger and a township's roster agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from pydantic import Field

from lbt_audit.checks.base import ByKind, Check
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.checks.links.records import identifiable
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.links.comparison.comparisons import differing
from lbt_audit.links.comparison.fields import Compared, FieldComparison
from lbt_audit.links.coverage import FOUND
from lbt_audit.links.links import Links
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text
from lbt_audit.rulebook.params import Params

SCHOOL, TOWN = "school_ledger", "roster"


class MatchRateParams(Params):
    fields: Compared = Field(
        default={},
        description="fields that count as different besides name and ID number, and how they are compared",
    )


def run(rule: Rule[MatchRateParams], book: Book) -> ByKind | None:
    """One issue per school and township whose lists do not agree to the full.

    Held against each other are the children of the ledger who, by its own columns, belong on the civil-affairs list
    or stand on it, and the children of the roster who go to this school. The summary of every report counts match
    rates by the same ``fields``.
    """
    links = Links.of(book)
    forth, back = links.coverage(SCHOOL, TOWN), links.coverage(TOWN, SCHOOL)
    if forth is None or back is None:
        return None
    ledger, roster = book.frames[SCHOOL], book.frames[TOWN]
    pupils, children = links.home(SCHOOL), links.home(TOWN)
    differs = _differing(links, rule.params.fields, len(roster))
    listed = {f.kind: identifiable(f) & ~f.facet("child.exited").as_logic().true for f in (ledger, roster)}
    belongs = ledger.facet("child.eligible").as_logic().true
    there = np.maximum(forth.counterpart, 0)
    both = listed[SCHOOL] & (forth.state == FOUND)
    only_school = listed[SCHOOL] & (forth.state < FOUND) & forth.expected & belongs & ~forth.assumed
    possible = ~roster.facet("child.eligible").as_logic().false
    only_town = listed[TOWN] & (back.state < FOUND) & back.expected & possible
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    towns = np.where(both, children.township[there], pupils.township)
    for number, schools, where, mask in (
        (0, pupils.school, towns, both & ~differs[there]),
        (1, pupils.school, towns, both & differs[there]),
        (2, pupils.school, towns, only_school),
        (3, children.school, children.township, only_town),
    ):
        for school, name in zip(schools[mask].tolist(), where[mask].tolist(), strict=True):
            if school and name:
                counts[school, name][number] += 1
    hits = []
    for (school, town), (same, differ, here, elsewhere) in sorted(counts.items()):
        total = same + differ + here + elsewhere
        if same == total:
            continue
        details: dict[str, str | Text] = {
            "school": school, "township": town, "rate": f"{100 * same / total:.1f}%", "total": str(total),
            "same": str(same), "differing": str(differ), "school_only": str(here), "township_only": str(elsewhere),
        }  # fmt: skip
        places = (*_sheets(ledger, pupils.school, school), *_sheets(roster, children.township, town))
        if places:
            hits.append(PlaceHit(places, f"{school}|{town}", details))
    return [("", PlaceHits(tuple(hits), checked=len(counts)))]


def _differing(links: Links, fields: Mapping[str, FieldComparison], n: int) -> Mask:
    """Records of the roster that another record of the child in a ledger contradicts."""
    result = np.zeros(n, np.bool_)
    for x in links.comparisons.of_lists:
        if (x.left.kind, x.right.kind) == (TOWN, SCHOOL):
            result[x.pairs.left[differing(x, fields)]] = True
    return result


def _sheets(frame: Frame, names: np.ndarray, name: str) -> list[Place]:
    """The sheets with records of this unit."""
    tables = np.unique(frame.table[names == name]).tolist()
    return [Place(frame.tables[t].path, frame.tables[t].sheet) for t in tables]


CHECK = Check(
    name="match_rate",
    params=MatchRateParams,
    crosses="county",
    details={
        "school": "the school",
        "township": "the township",
        "rate": "share of the children who stand in both lists without any difference",
        "total": "children who should stand in both",
        "same": "children in both without a difference",
        "differing": "children in both with differences",
        "school_only": "children of the school's ledger alone",
        "township_only": "children of the roster alone",
    },
    about="places",
    on_book=run,
    needs="needs_lists",
)

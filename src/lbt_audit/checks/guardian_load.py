"""One guardian for more children, or more families, than one person looks after."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks import groups as g
from lbt_audit.checks.base import Check, Parameter
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.people import codes, id_codes, name_codes
from lbt_audit.checks.siblings import families
from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import resolve
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import text_codes
from lbt_audit.frames.texts import some
from lbt_audit.links.links import Links
from lbt_audit.model.rule import Rule
from lbt_audit.model.severity import Severity

GRANDPARENTS = ("60", "61", "62", "63", "64", "66", "67")
RELATED_FROM, RELATED_TO = "20", "97"  # GB/T 4761: from children to other relatives; 99 is no relative


def run(rule: Rule, frame: Frame, book: Book) -> RowHits | None:
    """One issue per guardian with more than ``most`` children, or with children of ``families`` families or more
    that are not related to the guardian.

    One guardian is one sound ID number, else one name and phone, else one name in one village. Institutions and
    parents are left out. Grandparents of up to four families of their own are a notice however many children
    there are. Details: ``count`` (children), ``families``.
    """
    if not some(frame, "guardian_name"):
        return None
    n = len(frame)
    names, named = name_codes(frame, "guardian_name")
    spared = (
        frame.facet("guardian.institution").as_logic().true
        | frame.facet("guardian.is_parent").as_logic().true
    )
    usable = named & ~spared & ~frame.facet("child.exited").as_logic().true
    ids, by_id = id_codes(frame, "guardian_id")
    phone = frame.facet("guardian_phone.number")
    village = Links.of(book).home(frame.kind).village
    lived = village != ""
    villages = text_codes(pa.array(village.astype(str).tolist(), pa.string()))
    dialled = text_codes(phone.values)
    labels = g.components(
        [
            g.label([ids], usable & by_id),
            g.label([names, dialled], usable & phone.known),
            g.label([names, villages], usable & lived),
        ],
        n,
    )
    torn = g.distinct(labels, ids, by_id) > 1  # one name, two numbers: two people of one village
    by_number = g.label([ids], usable & by_id & torn)
    labels = np.where(torn, np.where(by_number >= 0, by_number + n, -1), labels)
    children = codes(frame, "id_no.norm")
    numbered = frame.facet("id_no.norm").known
    child = np.where(numbered, children, children.max(initial=0) + 1 + np.arange(n))
    count = g.distinct(labels, child, labels >= 0)
    household = _households(frame, book)
    relation = frame.facet("guardian_rel")
    code = relation.values if isinstance(relation.values, pa.Array) else pa.array([""] * n)
    related = relation.known & _within(code, RELATED_FROM, RELATED_TO)
    strangers = g.distinct(labels, household, (labels >= 0) & ~related)
    all_families = g.distinct(labels, household, labels >= 0)
    most, few = (int(resolve(rule.params[k], frame.params)) for k in ("most", "families"))
    found = (count > most) | (strangers >= few)
    labels = np.where(found, labels, -1)
    hits, first = g.hits(rule, frame, labels, int(usable.sum()))
    elders = relation.known & pc.is_in(code, value_set=pa.array(GRANDPARENTS)).to_numpy(zero_copy_only=False)
    others = g.distinct(labels, np.zeros(n, np.int64), (labels >= 0) & ~elders)[first] > 0
    lawful = ~others & (all_families[first] <= 4)
    keys = [frame.facet("guardian_name").values[r].as_py() for r in first.tolist()]
    return replace(
        hits,
        details={
            "count": count[first].astype(str).tolist(),
            "families": all_families[first].astype(str).tolist(),
        },
        severity=np.where(lawful, Severity.NOTICE, 0).astype(np.int8),
        keys=keys,
    )


def _households(frame: Frame, book: Book) -> np.ndarray:
    """Code of the family of every record: siblings share one; else by the parents' names, else its own."""
    n = len(frame)
    father, f_known = name_codes(frame, "father_name")
    mother, m_known = name_codes(frame, "mother_name")
    by_names = g.components(
        [g.label([father], f_known), g.label([mother], m_known), families(frame, book)], n
    )
    return np.where(by_names >= 0, by_names, np.arange(n) + n)


def _within(code: pa.Array, low: str, high: str) -> np.ndarray:
    inside = pc.and_(pc.greater_equal(code, low), pc.less_equal(code, high))
    return np.asarray(inside.to_numpy(zero_copy_only=False), np.bool_)


CHECK = Check(
    name="guardian_load",
    parameters={
        "most": Parameter((int, dict), required=True),
        "families": Parameter((int, dict), required=True),
    },
    on_frame=run,
)

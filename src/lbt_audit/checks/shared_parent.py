"""One mother (or father) recorded with several fathers (or mothers) in different households."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lbt_audit.checks import groups as g
from lbt_audit.checks.base import Check, Parameter
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.people import (
    id_codes,
    phone_stems,
    same_parent,
    surnames,
    text_field,
    within,
)
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import text_codes
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.texts import some
from lbt_audit.model.rule import Rule
from lbt_audit.model.severity import Severity

ADDRESSES = ("village", "live_addr", "hukou_addr", "group")


def run(rule: Rule, frame: Frame, book: Book) -> RowHits | None:
    """One issue per person who stands in at least two households.

    Households are told apart by the other parent; they count only if children's surnames or addresses
    differ too. Two households: a notice, since a remarried parent or half-siblings explain them — a
    warning if the numbers given for that one person differ in their last digits only; more: the rule's
    own severity.
    """
    parent = str(rule.params["parent"])
    other = "mother" if parent == "father" else "father"
    if not some(frame, f"{parent}_name") or not some(frame, f"{other}_name"):
        return None
    labels = same_parent(frame, parent)
    partner, known = within(labels, frame, other)
    households = g.distinct(labels, partner, known)
    labels = np.where((households >= 2) & _apart(labels, frame, known), labels, -1)
    checked = int(frame.facet(f"{parent}_name").known.sum())
    found, first = g.hits(rule, frame, labels, checked)
    count, children = households[first], g.size_of(labels)[first]
    invented = _near_phones(labels, frame, parent)[first]
    severity = np.where(count > 2, 0, np.where(invented, Severity.WARNING, Severity.NOTICE))
    return replace(
        found,
        details={"count": count.astype(str).tolist(), "children": children.astype(str).tolist()},
        severity=severity.astype(np.int8),
        keys=_keys(frame, parent, first),
    )


def _apart(labels: g.Labels, frame: Frame, known: Mask) -> Mask:
    """Groups whose children differ in surname or address."""
    apart = np.zeros(len(frame), np.bool_)
    for codes, there in (surnames(frame), *(text_field(frame, a) for a in ADDRESSES)):
        apart |= g.distinct(labels, codes, there & known) > 1
    return apart


def _near_phones(labels: g.Labels, frame: Frame, parent: str) -> Mask:
    """Groups with several numbers for the one person, all alike but for the last two digits."""
    stems, dialled = phone_stems(frame, f"{parent}_phone")
    numbers = text_codes(frame.facet(f"{parent}_phone.number").values)
    one_stem = g.distinct(labels, text_codes(stems), dialled) == 1
    return np.asarray(one_stem & (g.distinct(labels, numbers, dialled) > 1))


def _keys(frame: Frame, parent: str, rows: np.ndarray) -> list[str]:
    """The person a group is about: the ID number, else the name."""
    _, by_id = id_codes(frame, f"{parent}_id")
    ids = frame.facet(f"{parent}_id.norm").values
    names = frame.facet(f"{parent}_name").values
    return [(ids if by_id[r] else names)[r].as_py() for r in rows.tolist()]


CHECK = Check(name="shared_parent", parameters={"parent": Parameter(str, required=True)}, on_frame=run)

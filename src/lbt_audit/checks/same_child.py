"""Records that look like one child entered twice, the ID number missing or mistyped."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks import groups as g
from lbt_audit.checks.base import Check
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.people import name_codes, text_field
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import text_codes
from lbt_audit.model.rule import Rule

NEAR = 2  # so many characters of two ID numbers may differ


def run(rule: Rule, frame: Frame, book: Book) -> RowHits | None:
    """One issue per group with the same name, the same birth date, and the same father, mother or village.

    The ID numbers must be missing or differ by at most two characters. Equal numbers are the double
    entry E01 reports; two right numbers further apart are two children. Twins bear different names.
    A village only counts within one township, a month-only birth date only with a parent.
    """
    n = len(frame)
    names, named = name_codes(frame, "child_name")
    lo, hi = frame.facet("birth_date.lo"), frame.facet("birth_date.hi")
    by_id_lo, by_id_hi = frame.facet("child.birth_lo"), frame.facet("child.birth_hi")
    low = np.where(lo.known, lo.values, by_id_lo.values).astype(np.int64)
    high = np.where(hi.known, hi.values, by_id_hi.values).astype(np.int64)
    born = (lo.known & hi.known) | (by_id_lo.known & by_id_hi.known)
    usable = named & born & ~frame.facet("child.exited").as_logic().true
    days = low  # the day itself names an issue: ranks change with whoever else is listed
    _, low = np.unique(low, return_inverse=True)
    _, high = np.unique(high, return_inverse=True)
    labelings = []
    for parent in ("father", "mother"):
        parents, known = name_codes(frame, f"{parent}_name")
        labelings.append(g.label([names, low, high, parents], usable & known))
    villages, lived = text_field(frame, "village")
    towns = frame.per_table(_towns(frame), np.int64)
    exact = np.where(lo.known & hi.known, lo.values == hi.values, by_id_lo.values == by_id_hi.values)
    labelings.append(g.label([names, low, high, villages, towns], usable & lived & exact))
    labels = _by_number(g.components(labelings, n), frame)
    found, first = g.hits(rule, frame, labels, int(usable.sum()))
    children = frame.facet("child_name").values
    keys = [f"{children[r].as_py()}|{days[r]}" for r in first.tolist()]
    return replace(found, details={"count": g.size_of(labels)[first].astype(str).tolist()}, keys=keys)


def _towns(frame: Frame) -> list[int]:
    seen: dict[str, int] = {}
    names = [t.unit.township or t.unit.name for t in frame.tables]
    return [seen.setdefault(name, len(seen)) for name in names]


def _by_number(groups: g.Labels, frame: Frame) -> g.Labels:
    """Groups cut down to members whose ID number is missing or near the group's first number.

    Members with the first number itself stay only beside one without or with another number.
    """
    if not (groups >= 0).any():
        return groups
    norm = frame.facet("id_no.norm").values
    formed = pc.match_substring_regex(norm, "^[0-9]{17}[0-9X]$").to_numpy(zero_copy_only=False)
    formed = np.asarray(formed, np.bool_)
    rows = np.flatnonzero(groups >= 0)
    with_number = rows[formed[rows]]
    first = np.full(int(groups.max()) + 1, -1, np.int64)
    first[groups[with_number][::-1]] = with_number[::-1]
    reference = first[groups[rows]]
    far = np.zeros(len(rows), np.bool_)
    both = (reference >= 0) & formed[rows]
    if both.any():
        mine, theirs = (_characters(norm.take(pa.array(at))) for at in (rows[both], reference[both]))
        far[both] = (mine != theirs).sum(axis=1) > NEAR
    result = groups.copy()
    result[rows[far]] = -1
    # What is left must hold more than copies of one number.
    unnumbered = np.where(formed, 0, 1)
    codes = text_codes(norm) + 1
    several = g.distinct(result, np.where(formed, codes, 0), result >= 0) > 1
    blank_only = g.distinct(result, unnumbered, result >= 0) == 1
    keep = several | (blank_only & ~formed)
    return g.drop_single(np.where(keep, result, -1))


def _characters(numbers: pa.Array) -> np.ndarray:
    """(n, 18) uint8 characters of well-formed numbers."""
    joined = "".join(numbers.to_pylist()).encode("ascii")
    return np.frombuffer(joined, np.uint8).reshape(len(numbers), 18)


CHECK = Check(name="same_child", on_frame=run)

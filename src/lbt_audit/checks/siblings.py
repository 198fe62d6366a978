"""Siblings whose records say different things of the same parents, guardian or home."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks import groups as g
from lbt_audit.checks.base import Check, Parameter
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.people import codes as facet_codes
from lbt_audit.checks.people import id_codes, name_codes, text_field
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import text_codes
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.texts import some
from lbt_audit.links.links import Links
from lbt_audit.model.cell import State
from lbt_audit.model.rule import Rule


def run(rule: Rule, frame: Frame, book: Book) -> RowHits | None:
    """One issue per family with a field of ``fields`` that its children's records give two values of.

    A family is one father and one mother: both by sound ID numbers, or both by name in one village and with
    one phone or household number. Only values of both records that can be read are compared.
    """
    if not (some(frame, "father_name") and some(frame, "mother_name")):
        return None
    labels = families(frame, book)
    different: dict[str, np.ndarray] = {}
    for field in rule.params["fields"]:
        if some(frame, str(field)):
            values, known = _values(frame, str(field))
            torn = g.distinct(labels, values, known & (labels >= 0)) > 1
            if torn.any():
                different[str(field)] = torn
    found = np.zeros(len(frame), np.bool_)
    for torn in different.values():
        found |= torn
    labels = np.where(found, labels, -1)
    hits, first = g.hits(rule, frame, labels, int((labels >= 0).sum()))
    points = {f: torn[hits.row] & (frame[f].state[hits.row] > State.BLANK) for f, torn in different.items()}
    everywhere = np.ones(len(hits.row), np.bool_)
    keys = [_key(frame, r) for r in first.tolist()]
    count = g.size_of(labels)[first].astype(str).tolist()
    return replace(hits, points={"child_name": everywhere, **points}, details={"count": count}, keys=keys)


def families(frame: Frame, book: Book) -> g.Labels:
    """Label of the family of every record; -1 where alone or not known."""
    n = len(frame)
    ids = [id_codes(frame, f"{p}_id") for p in ("father", "mother")]
    names = [name_codes(frame, f"{p}_name") for p in ("father", "mother")]
    labelings = [g.label([c for c, _ in ids], ids[0][1] & ids[1][1])]
    both = names[0][1] & names[1][1]
    # A village's own book does not repeat the village in every row.
    homes = Links.of(book).home(frame.kind).village
    village, lived = text_codes(pa.array(homes.astype(str).tolist(), pa.string())), homes != ""
    for field in ("father_phone", "mother_phone", "parents_phone", "household_no"):
        value, known = text_field(frame, field)
        labelings.append(g.label([names[0][0], names[1][0], village, value], both & lived & known))
    joined = g.components(labelings, n)
    for codes, known in ids:  # two numbers of one parent are two people
        torn = g.distinct(joined, codes, known) > 1
        joined = np.where(torn, -1, joined)
    return g.drop_single(joined)


def _values(frame: Frame, field: str) -> tuple[np.ndarray, Mask]:
    """(code of the value as compared, it can be read)."""
    if frame[field].kind.name == "place":
        return _places(frame, field)
    facet = frame.facet(field)
    state = frame[field].state
    if isinstance(facet.values, pa.Array):
        return facet_codes(frame, field), facet.known & (state >= State.FAULTY)
    values = np.asarray(facet.values)
    if facet.is_day:
        # Known to the month only, a date contradicts none of that month.
        exact = frame.facet(f"{field}.lo").values == frame.facet(f"{field}.hi").values
        return values.astype(np.int64) - min(int(values.min(initial=0)), 0), facet.known & exact
    return values.astype(np.int64) - min(int(values.min(initial=0)), 0), facet.known


def _places(frame: Frame, field: str) -> tuple[np.ndarray, Mask]:
    """Home, or province and city; a place known less well contradicts nothing."""
    home = frame.facet(f"{field}.at_home")
    level = frame.facet(f"{field}.level")
    at_home = home.known & np.asarray(home.values)
    joined = pc.binary_join_element_wise(
        frame.facet(f"{field}.province").values, frame.facet(f"{field}.city").values, "/"
    )
    told = pc.if_else(pa.array(at_home), "home", joined)
    return text_codes(told), at_home | (level.known & (np.asarray(level.values) >= 2))


def _key(frame: Frame, row: int) -> str:
    parts = [frame.facet(f"{p}_name").values[row].as_py() for p in ("father", "mother")]
    return "|".join(parts)


CHECK = Check(
    name="siblings", parameters={"fields": Parameter(list, required=True, holds="fields")}, on_frame=run
)

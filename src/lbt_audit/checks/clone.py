"""Blocks of a record copied from child to child."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks import groups as g
from lbt_audit.checks.base import Check, Parameter
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.people import name_codes, phone_stems, text_field
from lbt_audit.frames.book import Book
from lbt_audit.frames.citizen import sound
from lbt_audit.frames.condition import resolve
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import combine, text_codes
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.texts import some
from lbt_audit.model.cell import State
from lbt_audit.model.rule import Rule
from lbt_audit.model.severity import Severity

BLOCK = (
    "father_work_place",
    "mother_work_place",
    "parents_work_place",
    "father_away_since",
    "mother_away_since",
    "parents_away_since",
    "father_birth",
    "mother_birth",
    "guardian_rel",
)
PHONES = ("father_phone", "mother_phone", "parents_phone", "guardian_phone")
ROW_OWN = ("seq", "child_name", "child_no", "sex", "id_no", "class_no", "student_no", "xueji_no", "xueji_aux")
MIN_FILLED = 4  # so many written fields must agree in a copied block
MIN_ROW = 6  # … and in a copied row


def run(rule: Rule, frame: Frame, book: Book) -> RowHits | None:
    """Two patterns, one issue per group.

    Copied blocks: ``min`` children or more in as many households — told apart by the other parent —
    agree in every parent and guardian field of ``BLOCK``, in phones up to the last two digits, and in
    the name of one parent; or in no name, but in phones that are near and not the same.
    Copied rows: ``min`` consecutive rows alike in everything but name, number and sex, birth date
    included, without right ID numbers that tell the children apart (triplets have them): a warning.
    """
    least = int(resolve(rule.params["min"], frame.params))
    if not some(frame, "child_name"):
        return None
    blocks = _blocks(frame, least)
    rows = np.where(blocks >= 0, -1, _runs(frame, least))
    labels = np.where(rows >= 0, rows + len(frame), blocks)
    found, first = g.hits(rule, frame, labels, len(frame))
    count = g.size_of(labels)[first]
    severity = np.where(rows[first] >= 0, Severity.WARNING, 0).astype(np.int8)
    keys = _common(frame, found)
    return replace(found, details={"count": count.astype(str).tolist()}, severity=severity, keys=keys)


def _common(frame: Frame, found: RowHits) -> list[str]:
    """What the records of each group have in common names it, not whichever child comes first: the first of the
    spellings of every field of the block."""
    keys = [""] * found.count
    for field in BLOCK:
        if some(frame, field):
            texts = frame.squeezed(field).take(pa.array(found.row)).to_pylist()
            least: dict[int, str] = {}
            for issue, text in zip(found.issue.tolist(), texts, strict=True):
                least[issue] = min(least.get(issue, text), text)
            keys = [f"{key}|{least[issue]}" for issue, key in enumerate(keys)]
    return keys


def _blocks(frame: Frame, least: int) -> g.Labels:
    n = len(frame)
    parts, filled = [], np.zeros(n, np.int64)
    for field in BLOCK:
        if some(frame, field):
            codes, there = text_field(frame, field)
            parts.append(codes)
            filled += there
    near = np.zeros(n, np.bool_)
    for field in PHONES:
        if some(frame, field):
            stems, known = phone_stems(frame, field)
            parts.append(text_codes(stems))
            filled += known
            if field != "guardian_phone":
                near |= known
    if not parts:
        return np.full(n, -1, np.int64)
    block = combine(*parts)
    labelings = []
    names = {p: name_codes(frame, f"{p}_name") for p in ("father", "mother")}
    for parent, other in (("father", "mother"), ("mother", "father")):
        (own, known), (theirs, others) = names[parent], names[other]
        labels = g.label([block, own], known & (filled + 1 >= MIN_FILLED))
        labelings.append(np.where(g.distinct(labels, theirs, others) >= least, labels, -1))
    labels = g.label([block], near & (filled >= MIN_FILLED))
    apart = np.ones(n, np.bool_)
    for codes, known in names.values():
        apart &= g.distinct(labels, codes, known) >= least
    labelings.append(np.where(apart & _several_numbers(labels, frame), labels, -1))
    return g.components(labelings, n)


def _several_numbers(labels: g.Labels, frame: Frame) -> Mask:
    several = np.zeros(len(frame), np.bool_)
    for field in PHONES[:3]:
        if some(frame, field):
            number = frame.facet(f"{field}.number")
            several |= g.distinct(labels, text_codes(number.values), number.known) > 1
    return several


def _runs(frame: Frame, least: int) -> g.Labels:
    """Runs of consecutive rows of one table, alike in every column but those of ``ROW_OWN``."""
    n = len(frame)
    nothing = np.full(n, -1, np.int64)
    if n < 2 or not (some(frame, "birth_date") or some(frame, "age")):
        return nothing
    alike = frame.table[1:] == frame.table[:-1]
    filled = np.zeros(n, np.int64)
    dated = np.zeros(n, np.bool_)
    for field in sorted({f for t in frame.tables for f in t.columns} - set(ROW_OWN)):
        text = frame[field].text
        alike = alike & pc.equal(text.slice(1), text.slice(0, n - 1)).to_numpy(zero_copy_only=False)
        there = frame[field].state >= State.FAULTY
        filled += there
        if field in ("birth_date", "age"):
            dated |= there
    if not alike.any():
        return nothing
    run = np.concatenate([[0], np.cumsum(~alike)])
    labels = np.where((filled >= MIN_ROW) & dated, run, -1)
    numbers = text_codes(frame.facet("id_no.norm").values)
    told_apart = g.distinct(labels, numbers, sound(frame, "id_no"))
    size = g.size_of(labels)
    return np.where((size >= least) & (told_apart < size), labels, -1)


CHECK = Check(name="clone", parameters={"min": Parameter((int, dict), required=True)}, on_frame=run)

"""Numbers built around a citizen ID (学籍号, 残疾证号): their own form, and the ID beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow.compute as pc

from lbt_audit.checks.base import Check, Parameter
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.wording import Reasons
from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import compile_condition
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.model.cell import State
from lbt_audit.model.rule import Rule
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text

OTHER_ID = "other_id"


def run(rule: Rule, frame: Frame, book: Book) -> RowHits | None:
    """One issue per record.

    ``field``: the number; its faults are found by name, ``other_id`` where its ``id18`` is not the
    number in ``of`` (only rows of ``compare``, all by default); ``same``: column → facet of ``field``
    that must agree with it, worded under ``other_<facet>``. ``valid_severity`` is used where nothing
    is wrong but two sound numbers that differ: one of them may lawfully be an older number.
    """
    field: str = rule.params["field"]
    if not frame.has(field).any():
        return None
    words = {name: Text.of(text) for name, text in rule.params["faults"].items()}
    numbers = {name: i for i, name in enumerate(words)}
    reasons = Reasons(len(frame), list(words.values()))
    typed = frame[field]
    for name in typed.kind.faults:
        if name in numbers:
            reasons.add(numbers[name], typed.has_fault(name))
    points: dict[str, Mask] = {}
    differs = _other_id(rule, frame, field)
    if OTHER_ID in numbers and differs.any():
        reasons.add(numbers[OTHER_ID], differs)
        points[rule.params["of"]] = differs
    for column, facet in rule.params.get("same", {}).items():
        other = _other_value(frame, field, facet, column)
        if other.any():
            reasons.add(numbers[f"other_{facet}"], other)
            points[column] = other
    row = np.flatnonzero(reasons.found).astype(np.int32)
    return RowHits(
        row=row,
        issue=np.arange(len(row), dtype=np.int32),
        points={field: np.ones(len(row), np.bool_)} | {f: mask[row] for f, mask in points.items()},
        details={"fault": reasons.words(row)},
        severity=_severity(rule, frame, field, differs, points)[row],
        checked=int(frame.has(field).sum()),
    )


def _other_id(rule: Rule, frame: Frame, field: str) -> Mask:
    of: str = rule.params["of"]
    if not frame.has(of).any():
        return np.zeros(len(frame), np.bool_)
    inside, beside = frame.facet(f"{field}.id18"), frame.facet(f"{of}.norm")
    is_18 = pc.equal(pc.utf8_length(beside.values), 18).to_numpy(zero_copy_only=False)
    equal = pc.equal(inside.values, beside.values).to_numpy(zero_copy_only=False)
    differs = inside.known & beside.known & is_18 & ~equal
    compare: Mapping[str, Any] | None = rule.params.get("compare")
    if compare:
        differs = differs & compile_condition(compare)(frame).true
    return np.asarray(differs)


def _other_value(frame: Frame, field: str, facet: str, column: str) -> Mask:
    """The code inside the number is none of those in ``column`` (one code, or several with commas)."""
    if not frame.has(column).any():
        return np.zeros(len(frame), np.bool_)
    inside, beside = frame.facet(f"{field}.{facet}"), frame.facet(f"{column}.code")
    listed = pc.binary_join_element_wise("", beside.values, "", ",")
    wanted = pc.binary_join_element_wise("", inside.values, "", ",")
    both = pc.binary_join_element_wise(wanted, listed, "|")
    # ",a,|,a,b," – the part before the bar must stand again behind it; distinct pairs are few.
    encoded = pc.dictionary_encode(both)
    found = np.array(
        [t.partition("|")[0] in t.partition("|")[2] for t in encoded.dictionary.to_pylist()], np.bool_
    )
    same = found[encoded.indices.to_numpy(zero_copy_only=False)] if len(found) else np.zeros(0, np.bool_)
    return np.asarray(inside.known & beside.known & ~same)


def _severity(rule: Rule, frame: Frame, field: str, differs: Mask, points: Mapping[str, Mask]) -> np.ndarray:
    severity = np.full(len(frame), int(rule.severity), np.int8)
    if "valid_severity" in rule.params:
        of: str = rule.params["of"]
        lawful = differs & (frame[field].state == State.OK) & np.asarray(frame[of].facets["valid"])
        for column, mask in points.items():
            if column != of:
                lawful = lawful & ~mask
        severity[lawful] = int(Severity.of(rule.params["valid_severity"]))
    return severity


CHECK = Check(
    name="embedded_id",
    parameters={
        "field": Parameter(str, required=True, holds="operand"),
        "of": Parameter(str, required=True, holds="operand"),
        "faults": Parameter(dict, required=True),
        "compare": Parameter(dict, holds="condition"),
        "same": Parameter(dict),
        "valid_severity": Parameter(str),
    },
    on_frame=run,
)

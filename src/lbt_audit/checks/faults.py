"""Faults of single values, as the parsers of ``values`` name them, found by the schema pass.

``faults``: name of a fault → the words ``{fault}`` shows for it, in which ``{lo}`` is that facet of the faulty
value. One issue per record, pointing at every faulty cell of the record. A cell with a fault out of
``unless`` belongs to another rule.
``lawful``: field → condition under which its faults are none (a passport where 证件类型 says so).
``also``: fault → field → condition under which a value its parser accepts is faulty here all the same
(a 15-digit number of a child).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lbt_audit.checks.base import Check, Parameter
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.schema_pass import failing
from lbt_audit.checks.wording import Reasons, Shown
from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import compile_condition
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.model.rule import Rule
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text


def run(rule: Rule, frame: Frame, book: Book) -> RowHits | None:
    """Rows with these faults in any field of ``kinds`` or ``fields``; None where no file has one."""
    fields = fields_of(rule, frame)
    if not fields:
        return None
    words = {name: Text.of(text) for name, text in rule.params["faults"].items()}
    also: Mapping[str, Mapping[str, Any]] = rule.params.get("also", {})
    lesser = {n: Severity.of(s) for n, s in rule.params.get("severities", {}).items()}
    unless = list(rule.params.get("unless", ()))
    where = _where(rule, frame)
    reasons = Reasons(len(frame), list(words.values()))
    shown = Shown()
    points: dict[str, Mask] = {}
    severity = np.zeros(len(frame), np.int8)
    checked = np.zeros(len(frame), np.bool_)
    for field in fields:
        checked |= frame.has(field)
        at = where & ~failing(frame, field, unless) & ~_lawful(rule, frame, field)
        faulty = np.zeros(len(frame), np.bool_)
        for number, name in enumerate(words):
            hit = at & failing(frame, field, [name])
            if field in also.get(name, {}):
                hit |= at & compile_condition(also[name][field])(frame).true
            if not hit.any():
                continue
            faulty |= hit
            reasons.add(number, hit)
            shown.add(words[name], frame, field, hit)
            level = lesser.get(name, rule.severity)
            severity[hit] = np.maximum(severity[hit], int(level))
        if faulty.any():
            points[field] = faulty
    row = np.flatnonzero(reasons.found).astype(np.int32)
    return RowHits(
        row=row,
        issue=np.arange(len(row), dtype=np.int32),
        points={field: mask[row] for field, mask in points.items()},
        details={"fault": shown.fill(reasons.words(row), row)},
        severity=severity[row],
        checked=int(checked.sum()),
    )


def fields_of(rule: Rule, frame: Frame) -> list[str]:
    """The fields the rule looks at that some table of the frame has, in the dictionary's order."""
    kinds: Sequence[str] = rule.params.get("kinds", ())
    named: Sequence[str] = rule.params.get("fields", ())
    left_out: Sequence[str] = rule.params.get("except", ())
    present = {field for table in frame.tables for field in table.columns}
    return [
        key
        for key, field in frame.fields.items()
        if key in present and key not in left_out and (field.kind in kinds or key in named)
    ]


def _lawful(rule: Rule, frame: Frame, field: str) -> Mask:
    condition = rule.params.get("lawful", {}).get(field)
    return compile_condition(condition)(frame).true if condition else np.zeros(len(frame), np.bool_)


def _where(rule: Rule, frame: Frame) -> Mask:
    condition: Mapping[str, object] | None = rule.params.get("when")
    return compile_condition(condition)(frame).true if condition else np.ones(len(frame), np.bool_)


CHECK = Check(
    name="faults",
    parameters={
        "faults": Parameter(dict, required=True),
        "kinds": Parameter(list),
        "fields": Parameter(list, holds="fields"),
        "except": Parameter(list, holds="fields"),
        "unless": Parameter(list),
        "severities": Parameter(dict),
        "when": Parameter(dict, holds="condition"),
        "lawful": Parameter(dict, holds="conditions"),
        "also": Parameter(dict),
    },
    on_frame=run,
)

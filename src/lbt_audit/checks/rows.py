"""Rows for which a condition is true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from pydantic import Field

from lbt_audit.checks.base import Check
from lbt_audit.checks.hits import RowHits, one_per_row
from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import evaluate
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.model.cell import State
from lbt_audit.model.rule import Rule
from lbt_audit.rulebook.params import Condition, Params, SeverityName


class RowsParams(Params):
    when: Condition = Field(description="a row is found where this is true")
    severity_when: Mapping[SeverityName, Condition] = Field(
        default={},
        description="grades single rows: the first that is true decides, else the rule's own stands",
    )
    only_filled: bool = Field(default=False, description="point only at cells in which something is written")


def run(rule: Rule[RowsParams], frame: Frame, book: Book) -> RowHits | None:
    """One issue per row where ``when`` is true, for any of ``for_each``.

    Pointed at are those of ``points_at`` that the file has; with ``for_each``, only the parent's for
    whom the condition holds.
    """
    n = len(frame)
    points: dict[str, Mask] = {}
    truths: dict[str, Logic] = {}
    for who, of_person in rule.each.items():
        truth = truths[who] = evaluate(of_person.params.when, frame)
        for field in of_person.points_at:
            if frame.has(field).any():
                points[field] = points.get(field, np.zeros(n, np.bool_)) | truth.true
    union = Logic.any(truths.values(), n)
    hits = one_per_row(union.true, points, union)
    return replace(
        hits,
        points=_pointed(rule, frame, hits),
        details={"p": _who(truths, hits.row)} if rule.variants else {},
        severity=_severity(rule, frame, hits.row),
    )


def _pointed(rule: Rule[RowsParams], frame: Frame, hits: RowHits) -> Mapping[str, Mask]:
    if not rule.params.only_filled:
        return hits.points
    points = {
        field: mask & (frame[field].state[hits.row] > State.BLANK) for field, mask in hits.points.items()
    }
    return {field: mask for field, mask in points.items() if mask.any()}


def _severity(rule: Rule[RowsParams], frame: Frame, rows: np.ndarray) -> np.ndarray | None:
    """Severity of each row found, 0 = the rule's own; None where the rule grades nothing."""
    grades = rule.params.severity_when
    if not grades or not len(rows):
        return None
    result = np.zeros(len(rows), np.int8)
    for severity in grades:
        holds = np.zeros(len(rows), np.bool_)
        for one in rule.each.values():
            holds |= evaluate(one.params.severity_when[severity], frame).true[rows]
        result[holds & (result == 0)] = severity
    return result


def _who(truths: Mapping[str, Logic], rows: np.ndarray) -> list[Any]:
    """For each row the persons for whom the condition holds, joined by "+"; the engine words them."""
    names = list(truths)
    bits = np.zeros(len(rows), np.int64)
    for i, name in enumerate(names):
        bits |= truths[name].true[rows].astype(np.int64) << i
    words = ["+".join(n for i, n in enumerate(names) if b >> i & 1) for b in range(1 << len(names))]
    return [words[b] for b in bits.tolist()]


CHECK = Check(
    name="rows",
    params=RowsParams,
    for_each=True,
    on_frame=run,
)

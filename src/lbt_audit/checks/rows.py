"""Rows for which a condition is true."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from lbt_audit.checks.base import Check, Parameter
from lbt_audit.checks.hits import RowHits, one_per_row
from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import compile_condition, substitute
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Logic
from lbt_audit.model.cell import State
from lbt_audit.model.rule import Rule
from lbt_audit.model.severity import Severity


def run(rule: Rule, frame: Frame, book: Book) -> RowHits | None:
    """One issue per row where ``when`` is true, for any of ``for_each``.

    Pointed at are those of ``points_at`` that the file has; with ``for_each``, only the parent's for
    whom the condition holds. ``severity_when`` (severity → condition) grades single rows: the first
    condition that is true decides, else the rule's own severity stands. ``only_filled``: of the fields
    pointed at, those in which the record has something written.
    """
    n = len(frame)
    if "for_each" not in rule.params:
        logic = compile_condition(rule.params["when"])(frame)
        hits = one_per_row(logic.true, dict.fromkeys(_present(rule, frame), logic.true), logic)
        return replace(hits, points=_pointed(rule, frame, hits), severity=_severity(rule, frame, hits.row))
    points: dict[str, np.ndarray] = {}
    results: dict[str, Logic] = {}
    for who in rule.params["for_each"]:
        logic = results[who] = compile_condition(substitute(rule.params["when"], {"p": who}))(frame)
        for field in substitute(list(rule.points_at), {"p": who}):
            if any(field in t.columns for t in frame.tables):
                points[field] = points.get(field, np.zeros(n, np.bool_)) | logic.true
    union = Logic.any(results.values(), n)
    hits = one_per_row(union.true, points, union)
    details = {"p": _who(results, hits.row)}
    points = _pointed(rule, frame, hits)
    return replace(hits, points=points, details=details, severity=_severity(rule, frame, hits.row))


def _pointed(rule: Rule, frame: Frame, hits: RowHits) -> dict[str, np.ndarray]:
    if not rule.params.get("only_filled"):
        return dict(hits.points)
    points = {
        field: mask & (frame[field].state[hits.row] > State.BLANK) for field, mask in hits.points.items()
    }
    return {field: mask for field, mask in points.items() if mask.any()}


def _severity(rule: Rule, frame: Frame, rows: np.ndarray) -> np.ndarray | None:
    """Severity of each row found, 0 = the rule's own; None where the rule grades nothing."""
    grades = rule.params.get("severity_when")
    if not grades or not len(rows):
        return None
    result = np.zeros(len(rows), np.int8)
    for key, spec in grades.items():
        holds = np.zeros(len(rows), np.bool_)
        for who in rule.params.get("for_each") or [""]:
            holds |= compile_condition(substitute(spec, {"p": who}))(frame).true[rows]
        result[holds & (result == 0)] = Severity.of(key)
    return result


def _present(rule: Rule, frame: Frame) -> list[str]:
    return [f for f in rule.points_at if any(f in t.columns for t in frame.tables)]


def _who(results: dict[str, Logic], rows: np.ndarray) -> list[Any]:
    """For each row the keys of ``for_each`` that hold, joined by "+"; the engine words them."""
    names = list(results)
    bits = np.zeros(len(rows), np.int64)
    for i, name in enumerate(names):
        bits |= results[name].true[rows].astype(np.int64) << i
    words = ["+".join(n for i, n in enumerate(names) if b >> i & 1) for b in range(1 << len(names))]
    return [words[b] for b in bits.tolist()]


CHECK = Check(
    name="rows",
    parameters={
        "when": Parameter(dict, required=True, holds="condition"),
        "for_each": Parameter(list),
        "severity_when": Parameter(dict),
        "only_filled": Parameter(bool),
    },
    on_frame=run,
)

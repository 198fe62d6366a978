"""From compared pairs of lists to issues: one per child, filed under its first record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from lbt_audit.checks.hits import Others, RowHits
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.model.text import Text


@dataclass(frozen=True)
class Finding:
    """What a rule found on one pairing of lists: one entry per pair of rows found, in order of ``left``.

    ``fields``: field of the left record → (field of the right one, which pairs differ in it, the texts).
    """

    left_kind: str
    right_kind: str
    left: np.ndarray
    right: np.ndarray
    fields: Mapping[str, tuple[str, Mask, pa.Array, pa.Array]]
    notes: Sequence[Text] | None = None
    plain: Sequence[Text] | None = None
    severity: np.ndarray | None = None  # int8 per pair, 0 = the rule's own
    checked: int = 0
    details: Mapping[str, Sequence[str | Text]] = field(default_factory=dict)  # of pairs; the first decides


def by_child(findings: Sequence[Finding], book: Book) -> list[tuple[str, RowHits]]:
    """One issue per left record with a finding in any pairing, all counterparts told."""
    result = []
    for kind in dict.fromkeys(f.left_kind for f in findings):
        mine = [f for f in findings if f.left_kind == kind]
        rows = np.unique(np.concatenate([f.left for f in mine])) if mine else np.zeros(0, np.int64)
        frame = book.frames[kind]
        points: dict[str, np.ndarray] = {}
        others = []
        severity = np.full(len(rows), 127, np.int64)
        for f in mine:
            issue = np.searchsorted(rows, f.left)
            for name, (_, found, _, _) in f.fields.items():
                if _has(frame, name):
                    points.setdefault(name, np.zeros(len(rows), np.bool_))[issue[found]] = True
            others.append(_others(f, issue, book))
            grave = np.zeros(len(f.left), np.int64) if f.severity is None else f.severity.astype(np.int64)
            # 0 stands for the rule's own, which is the gravest a pair can have.
            np.minimum.at(severity, issue, np.where(grave == 0, 0, 10 - grave))
        graded = np.where(severity == 0, 0, 10 - severity).astype(np.int8)
        result.append(
            (
                kind,
                RowHits(
                    row=rows.astype(np.int32),
                    issue=np.arange(len(rows), dtype=np.int32),
                    points=points,
                    severity=graded,
                    checked=sum(f.checked for f in mine),
                    others=tuple(others),
                    across=True,
                ),
            )
        )
    return result


def _others(f: Finding, issue: np.ndarray, book: Book) -> Others:
    frame = book.frames[f.right_kind]
    order = np.argsort(issue, kind="stable")
    pairs = {}
    points: dict[str, np.ndarray] = {}
    for name, (right_name, found, left, right) in f.fields.items():
        if not found.any():
            continue
        null = pa.array(~found[order])
        a, b = (_masked(v.take(pa.array(order)), null) for v in (left, right))
        pairs[name if right_name == name else right_name] = (a, b)
        if _has(frame, right_name):
            points[right_name] = found[order]
    pick: Callable[[Sequence[Text]], list[Text]] = lambda texts: [texts[k] for k in order.tolist()]  # noqa: E731
    return Others(
        f.right_kind,
        issue[order].astype(np.int32),
        f.right[order].astype(np.int32),
        points,
        pairs,
        None if f.notes is None else pick(f.notes),
        None if f.plain is None else pick(f.plain),
    )


def _masked(values: pa.Array, null: pa.Array) -> pa.Array:
    import pyarrow.compute as pc

    return pc.if_else(null, pa.scalar(None, pa.string()), values)


def _has(frame: Frame, name: str) -> bool:
    return any(name in t.columns for t in frame.tables)


def texts_of(frame: Frame, name: str, rows: np.ndarray) -> pa.Array:
    """Raw cells of ``name`` in these rows."""
    return frame[name].text.take(pa.array(rows.astype(np.int64)))


def worded(codes: np.ndarray, words: Callable[[int], Text]) -> list[Text]:
    """Words for integer codes, each distinct code worded once."""
    made = {c: words(c) for c in np.unique(codes).tolist()}
    return [made[c] for c in codes.tolist()]

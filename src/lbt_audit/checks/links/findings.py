"""From differences between linked records to issues: one per child, filed under its first record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks.hits import Others, RowHits
from lbt_audit.frames.book import Book
from lbt_audit.frames.texts import some
from lbt_audit.links.comparison.fields import Difference
from lbt_audit.links.comparison.pairing import Pairing
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text, filled, ordinal


@dataclass(frozen=True)
class Finding:
    """Pairs of records that differ, one entry per pair, in order of the left rows.

    ``differences``: by the field shown, over these pairs; ``severity``: int8, 0 = the rule's own;
    ``checked``: pairs looked at.
    """

    pairing: Pairing
    differences: Mapping[str, Difference]
    notes: Sequence[Text] | None
    severity: np.ndarray
    checked: int


def by_child(findings: Sequence[Finding], book: Book) -> list[tuple[str, RowHits]]:
    """One issue per left record with a finding in any pairing, all counterparts told."""
    result = []
    for kind in dict.fromkeys(f.pairing.left.kind for f in findings):
        mine = [f for f in findings if f.pairing.left.kind == kind]
        rows = np.unique(np.concatenate([f.pairing.pairs.left for f in mine]))
        points: dict[str, np.ndarray] = {}
        others = []
        severity = np.full(len(rows), 127, np.int64)
        for f in mine:
            issue = np.searchsorted(rows, f.pairing.pairs.left)
            for d in f.differences.values():
                if d.found.any() and some(f.pairing.left, d.left_field):
                    points.setdefault(d.left_field, np.zeros(len(rows), np.bool_))[issue[d.found]] = True
            others.append(_others(f, issue))
            # 0 stands for the rule's own, which is the gravest a pair can have.
            grade = f.severity.astype(np.int64)
            np.minimum.at(severity, issue, np.where(grade == 0, 0, 10 - grade))
        hits = RowHits(
            row=rows.astype(np.int32),
            issue=np.arange(len(rows), dtype=np.int32),
            points=points,
            severity=np.where(severity == 0, 0, 10 - severity).astype(np.int8),
            checked=sum(f.checked for f in mine),
            others=tuple(others),
            across=True,
        )
        result.append((kind, hits))
    return result


def _others(f: Finding, issue: np.ndarray) -> Others:
    order = np.argsort(issue, kind="stable")
    found = {name: d for name, d in f.differences.items() if d.found.any()}
    frame = f.pairing.right
    return Others(
        frame.kind,
        issue[order].astype(np.int32),
        f.pairing.pairs.right[order].astype(np.int32),
        {d.right_field: d.found[order] for d in found.values() if some(frame, d.right_field)},
        {
            name if d.right_field == d.left_field else d.right_field: side_by_side(d, order)
            for name, d in found.items()
        },
        None if f.notes is None else [f.notes[k] for k in order.tolist()],
    )


def side_by_side(d: Difference, chosen: np.ndarray) -> tuple[pa.Array, pa.Array]:
    """The two texts of these pairs (positions), null where they do not differ."""
    take, alike = pa.array(chosen), pa.array(~d.found[chosen])
    null = pa.scalar(None, pa.string())
    left, right = (pc.if_else(alike, null, text.take(take)) for text in (d.left, d.right))
    return left, right


def notes_of(differences: Sequence[Difference], words: Mapping[str, Text]) -> list[Text]:
    """How every pair differs: the words of its kinds of difference, joined; each combination worded once.
    ``{place}`` is the character concerned."""
    n = len(differences[0].found) if differences else 0
    parts = [(key, d, mask) for d in differences for key, mask in d.kinds.items() if key in words]
    columns = [d.found & mask for _, d, mask in parts]
    columns += [np.zeros(n, np.int64) if d.place is None else d.place for d in differences]
    if not parts:
        return [Text("", "")] * n
    distinct, back = np.unique(np.stack(columns, axis=1).astype(np.int64), axis=0, return_inverse=True)
    made = []
    for row in distinct.tolist():
        places = dict(zip(map(id, differences), row[len(parts) :], strict=True))
        phrases = [
            filled(words[key], {"place": ordinal(places[id(d)])})
            for (key, d, _), holds in zip(parts, row, strict=False)
            if holds
        ]
        made.append(Text("，".join(t.zh for t in phrases), "; ".join(t.en for t in phrases)))
    return [made[k] for k in back.reshape(-1).tolist()]


def percent(probability: float) -> str:
    """Never 0 and never all: what is doubtful is not decided."""
    return f"{min(max(round(100 * probability), 1), 99)}%"

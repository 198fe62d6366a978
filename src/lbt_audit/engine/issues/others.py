"""Records of other registers that an issue points at: their phrases in the message, their cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks.hits import Others, RowHits
from lbt_audit.engine.issues.messages import CONTROLS, Filler, join_known
from lbt_audit.frames.frame import Frame
from lbt_audit.model.characters import coded
from lbt_audit.model.field import Field, Privacy
from lbt_audit.model.record import dataclass
from lbt_audit.model.run import Mask
from lbt_audit.values.contrast import Contrast, contrast


@dataclass(frozen=True)
class Shown:
    """A pair of values as it may be shown, one entry per entry of an ``Others``; null where nothing differs."""

    both: pa.Array
    left: pa.Array
    right: pa.Array


def shown_pairs(others: Others, filler: Filler) -> dict[str, Shown]:
    """The pairs of ``others`` masked, by field; every distinct pair once."""
    return {
        name: masked(left, right, filler.fields[name], filler) for name, (left, right) in others.pairs.items()
    }


def masked(left: pa.Array, right: pa.Array, field: Field, filler: Filler) -> Shown:
    """Values of ``field`` held against each other, entry by entry."""
    privacy = field.privacy
    left, right = (filler.veil.names_in(_plain(texts), field) for texts in (left, right))
    blank = "空白" if filler.run.lang == "zh" else "blank"
    made = [
        None if a is None or b is None else _contrast(a or blank, b or blank, privacy, filler.run.mask)
        for a, b in zip(left.to_pylist(), right.to_pylist(), strict=True)
    ]
    return Shown(
        pa.array([c and c.both for c in made], pa.string()),
        pa.array([c and c.left for c in made], pa.string()),
        pa.array([c and c.right for c in made], pa.string()),
    )


def _plain(texts: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(texts, CONTROLS, " ")


def _contrast(left: str, right: str, privacy: Privacy, mask: Mask) -> Contrast | None:
    found = contrast(left, right, privacy, mask)
    return found and Contrast(coded(found.both), coded(found.left), coded(found.right))


def phrases(
    others: Sequence[Others], shown: Sequence[dict[str, Shown]], frames: Any, filler: Filler, n: int
) -> pa.Array:
    """One text per issue (of ``n``): every other record with its place, what differs and how.

    Records that differ in the same way are told together.
    """
    heads, tails, issues = [], [], []
    for other, pairs in zip(others, shown, strict=True):
        if len(other.row):
            head, tail = _phrase(other, pairs, frames[other.kind], filler)
            heads.append(head)
            tails.append(tail)
            issues.append(other.issue)
    if not heads:
        return pa.array([""] * n, pa.string())
    zh = filler.run.lang == "zh"
    issue = np.concatenate(issues)
    encoded = pa.concat_arrays(tails).dictionary_encode()
    alike = issue.astype(np.int64) * (len(encoded.dictionary) + 1) + encoded.indices.to_numpy()
    _, first, group = np.unique(alike, return_index=True, return_inverse=True)
    order = np.lexsort((first[group], issue))  # groups in the order of their first records
    where, lengths = _runs(alike[order])
    joined = _joined(pa.concat_arrays(heads).take(pa.array(order)), lengths, "、" if zh else ", ")
    tail = encoded.dictionary.take(encoded.indices.take(pa.array(order[where])))
    texts = pc.binary_join_element_wise(joined, tail, "")
    return _joined(texts, np.bincount(issue[order[where]], minlength=n), "；" if zh else "; ")


def _runs(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First positions and lengths of the runs of equal values."""
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
    return starts, np.diff(np.r_[starts, len(values)])


def _joined(texts: pa.Array, lengths: np.ndarray, separator: str) -> pa.Array:
    """Consecutive ``texts``, so many at a time, as one each."""
    offsets = np.r_[0, np.cumsum(lengths)].astype(np.int32)
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), texts), separator)


def _phrase(
    other: Others, pairs: dict[str, Shown], frame: Frame, filler: Filler
) -> tuple[pa.Array, pa.Array]:
    """(register and place, what differs and how) of every entry."""
    lang = filler.run.lang
    zh = lang == "zh"
    take = pa.array(other.row.astype(np.int64))
    head = pc.binary_join_element_wise(
        filler.run.kind_title(other.kind),
        "（" if zh else " (",
        places(frame, take, lang),
        "）" if zh else ")",
        "",
    )
    said = []
    for name, pair in pairs.items():
        title = filler.fields[name].title[lang]
        quoted = pc.binary_join_element_wise(title + ("“" if zh else " “"), pair.both, "”", "")
        said.append(quoted)
    told = join_known(said, "、" if zh else ", ") if said else None
    note = pa.array([t[lang] for t in other.notes], pa.string()) if other.notes else None
    parts = [pa.array([""] * len(other.row), pa.string())]
    for more, before, after in (
        (told, "" if zh else " ", ""),
        (note, "（" if zh else " (", "）" if zh else ")"),
    ):
        if more is not None:
            framed = pc.binary_join_element_wise(before, more, after, "")
            parts.append(pc.if_else(pc.equal(more, ""), "", framed))
    return head, pc.binary_join_element_wise(*parts, "")


def places(frame: Frame, take: pa.Array, lang: str) -> pa.Array:
    """``白石镇/花名册.xlsx“Sheet1”第7行`` for each of these rows."""
    rows = take.to_numpy()
    heads = [f"{t.path}“{t.sheet}”" if lang == "zh" else f"{t.path} “{t.sheet}”" for t in frame.tables]
    head = pa.array(heads or [""], pa.string()).take(pa.array(frame.table[rows]))
    number = pa.array(frame.row[rows]).cast(pa.string())
    if lang == "zh":
        return pc.binary_join_element_wise(head, "第", number, "行", "")
    return pc.binary_join_element_wise(head, " row ", number, "")


def own_values(
    hits: RowHits, shown: Sequence[dict[str, Shown]], starts: np.ndarray
) -> dict[str, tuple[np.ndarray, pa.Array]]:
    """For each field of a pair: entries of ``hits.row`` (the first of their issue) and what is shown there
    instead of the ordinary mask."""
    found: dict[str, tuple[list[np.ndarray], list[pa.Array]]] = {}
    for other, pairs in zip(hits.others, shown, strict=True):
        for name, pair in pairs.items():
            at = np.flatnonzero(pc.is_valid(pair.left).to_numpy(zero_copy_only=False))
            entries, texts = found.setdefault(name, ([], []))
            entries.append(starts[other.issue[at]])
            texts.append(pair.left.take(pa.array(at)))
    result = {}
    for name, (entries, texts) in found.items():
        entry, text = np.concatenate(entries), pa.concat_arrays(texts)
        first, where = np.unique(entry, return_index=True)  # of several counterparts, the first
        result[name] = (first, text.take(pa.array(where)))
    return result

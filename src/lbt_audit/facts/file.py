"""The file kept of a child (一人一档), by a directory of files or the names of scans.

``file.agreement`` (truth): an agreement on the child's care is among it.
``file.lacks`` (codes): which of the documents of ``file_required`` are not; said at the child's first record in a directory. A
document that the unit's directories have no column and no entry for at all is not known to lack; nor is an agreement
owed where the lists say that none is. Of a record in a list ``unfiled``: its unit's directory lacks the child.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.config.words import words
from lbt_audit.facts.fact import Fact
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import combine
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.frames.texts import holds, some
from lbt_audit.model.cell import State
from lbt_audit.model.text import Text

KIND = "file_list"
DOCUMENTS = {
    "form": Text("登记表", "the form"),
    "agreement": Text("委托照护协议（确认书）", "the agreement"),
    "visits": Text("家访记录", "records of visits"),
    "help": Text("帮扶记录", "records of help"),
    "counselling": Text("心理辅导记录", "records of counselling"),
}
_WORDS = {**DOCUMENTS, "unfiled": Text("没有登记", "are not entered")}
_NO = r"^(?:[×xX✗✘]|无|没有|缺|缺失|否|未.*|0(?:\.0)?|0?[份页])$"


def _children(frame: Frame) -> np.ndarray:
    """The child of every record within what its unit handed in: by name, and by number where one is given."""
    name = frame.facet("child_name.norm").codes()
    number = frame.facet("id_no.norm")
    codes = np.where(number.known, number.codes() + 1, 0)
    return combine(_units(frame), name, codes)


def _units(frame: Frame) -> np.ndarray:
    numbers: dict[str, int] = {}
    return frame.per_table([numbers.setdefault(t.unit.path, len(numbers)) for t in frame.tables], np.int64)


def _on_file(frame: Frame, document: str) -> tuple[Mask, Mask]:
    """Records that show a document; and those whose unit's directories speak of it."""
    entered = holds(frame, ("file_name", "file_sort"), f"file_{document}")
    there = entered & _listed(frame)
    there = np.asarray(there | _said(frame, f"file_{document}"))
    unit = _units(frame)
    spoken = np.zeros(int(unit.max(initial=-1)) + 1, np.bool_)
    spoken[unit[there]] = True
    return there, spoken[unit] if len(spoken) else there


def _listed(frame: Frame) -> Mask:
    """Entries that are there: a directory printed with all documents has a column that says so, or else pages."""
    for field in ("file_there", "file_pages"):
        if some(frame, field):
            counts = np.bincount(frame.table[_said(frame, field)], minlength=len(frame.tables))
            used = frame.per_table((counts > 0).tolist(), np.bool_)
            return np.asarray(~used | _said(frame, field))
    return np.ones(len(frame), np.bool_)


def _said(frame: Frame, field: str) -> Mask:
    """A tick, a number of pages, 有 …, and no cross, no 无."""
    if not some(frame, field):
        return np.zeros(len(frame), np.bool_)
    column = frame.squeezed_encoded(field)
    no = pc.match_substring_regex(column.dictionary, _NO).to_numpy(zero_copy_only=False)
    state = frame[field].state
    told = (state >= State.FAULTY) | (state == State.PLACEHOLDER)
    return np.asarray(told & ~no[column.indices.to_numpy(zero_copy_only=False)])


def _by_child(frame: Frame, truth: Mask) -> Mask:
    child = _children(frame)
    found = np.zeros(int(child.max(initial=-1)) + 1, np.bool_)
    found[child[truth]] = True
    return np.asarray(found[child] if len(found) else truth)


def _agreement(frame: Frame) -> Facet:
    if frame.kind != KIND:
        return Facet.truth(Logic.constant(False, len(frame)))
    there = _by_child(frame, _on_file(frame, "agreement")[0])
    return Facet.truth(Logic(there, ~there))


def _lacks(frame: Frame) -> Facet:
    n = len(frame)
    if frame.kind != KIND:
        filed = frame.facet("filed.any").as_logic()
        texts = pa.array(np.where(filed.false, "unfiled", "").astype(str).tolist(), pa.string())
        return Facet(texts, filed.true | filed.false)
    child = _children(frame)
    first = np.zeros(n, np.bool_)
    first[np.unique(child, return_index=True)[1]] = True
    bits = np.zeros(n, np.int64)
    for number, document in enumerate(_required(str(frame.params["file_required"]))):
        there, spoken = _on_file(frame, document)
        lacking = spoken & ~_by_child(frame, there)
        if document == "agreement":
            lacking &= ~frame.facet("listed.no_agreement").as_logic().true & ~_dashed(frame)
        bits |= (first & lacking).astype(np.int64) << number
    texts = [
        ",".join(d for i, d in enumerate(_required(str(frame.params["file_required"]))) if b >> i & 1)
        for b in range(1 << len(DOCUMENTS))
    ]
    return Facet(pc.take(pa.array(texts, pa.string()), pa.array(bits)), first)


def _dashed(frame: Frame) -> Mask:
    """Agreements that are said not to be owed: —, 不需要."""
    stated = frame["file_agreement"].state == State.DASH
    return np.asarray(stated | holds(frame, ("file_agreement",), "not_owed"))


def _required(written: str) -> list[str]:
    """The documents of the parameter ``file_required``, named as people name them."""
    return [d for d in DOCUMENTS if words(f"file_{d}").found(pa.array([written])).any()]


FACTS: tuple[Fact, ...] = (
    Fact("file.agreement", "truth", _agreement, Text("档案中有委托照护协议", "an agreement is on file")),
    Fact(
        "file.lacks",
        "codes",
        _lacks,
        Text("档案缺少的材料", "documents that lack on file"),
        tuple(_WORDS),
        _WORDS,
    ),
)

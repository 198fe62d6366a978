"""What the cells of a record say of a parent, by the lists of ``rules/words.yaml``."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np
import pyarrow as pa

from lbt_audit.config.words import words
from lbt_audit.frames.clauses import Spoken, claimed, spoken
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.texts import some
from lbt_audit.model.cell import State
from lbt_audit.model.record import dataclass

REMARKS = ("remark", "special")
COMMON = "parents_work_place"
_NAMELESS = ("name", "phone")  # cells in which nobody else is spoken of
_spoken: WeakKeyDictionary[Frame, dict[tuple[str, str], Statements]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Statements:
    """The distinct texts of a column by whom they speak of; ``index``: position of every row's text among them."""

    index: np.ndarray
    by_person: Spoken

    def claim(self, parent: str, name: str) -> Mask:
        """Rows (bool) that say one of the list ``name`` of ``parent``."""
        return self.spread(claimed(self.by_person.of(parent), words(name)))

    def spread(self, per_text: np.ndarray) -> np.ndarray:
        return np.asarray(per_text[self.index])


def statements(frame: Frame, field: str, speaker: str = "") -> Statements:
    """Cells of ``field`` by whom they speak of; kept as long as the frame lives."""
    kept = _spoken.setdefault(frame.bare, {})
    key = field, speaker
    if key not in kept:
        column = frame.squeezed_encoded(field)
        persons = not (speaker and field.removeprefix(f"{speaker}_") in _NAMELESS)
        index = column.indices.to_numpy(zero_copy_only=False)
        kept[key] = Statements(index, spoken(column.dictionary, speaker, persons))
    return kept[key]


def says(frame: Frame, field: str, parent: str, name: str, speaker: str = "") -> Mask:
    """Rows whose cell of ``field`` says one of the list ``name`` of ``parent``; false where there is no column."""
    if not some(frame, field):
        return np.zeros(len(frame), np.bool_)
    claimed_ = statements(frame, field, speaker).claim(parent, name)
    return np.asarray(claimed_ & (frame[field].state != State.ABSENT))


def own_cells_say(
    frame: Frame, parent: str, name: str, cells: tuple[str, ...] = ("status", "work_place", "name", "phone")
) -> Mask:
    """Rows in which one of the parent's own cells says it."""
    found = np.zeros(len(frame), np.bool_)
    for cell in cells:
        found |= says(frame, f"{parent}_{cell}", parent, name, speaker=parent)
    return found


def remarks_say(frame: Frame, parent: str, name: str, *more: str) -> Mask:
    """Rows in which 备注 or 特殊情况 (or one of ``more``) says it."""
    found = np.zeros(len(frame), np.bool_)
    for field in (*REMARKS, *more):
        found |= says(frame, field, parent, name)
    return found


def either_of_both(texts: pa.Array) -> Mask:
    """Texts that name nobody, yet speak of both parents (均在家)."""
    return words("both").found(texts)

"""What an ID number proves about its holder. Only numbers that pass the checksum prove anything."""

from __future__ import annotations

import numpy as np

from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.texts import some
from lbt_audit.model.cell import State
from lbt_audit.values.kind import NO_DATE


def sound(frame: Frame, field: str) -> Mask:
    """Rows (bool) whose ``field`` holds a number with a right checksum, in whatever area."""
    if not some(frame, field):
        return np.zeros(len(frame), np.bool_)
    # Remarks such as an unlisted area code leave a number OK; a wrong check character does not.
    return np.asarray((frame[field].state == State.OK) & frame.facet(f"{field}.birth").known)


def id_birth(frame: Frame, field: str) -> np.ndarray:
    """Day of birth (int32) in a sound number, ``NO_DATE`` elsewhere."""
    if not some(frame, field):
        return np.full(len(frame), NO_DATE, np.int32)
    birth = frame.facet(f"{field}.birth")
    return np.where(sound(frame, field), birth.values, NO_DATE).astype(np.int32)


def id_sex(frame: Frame, field: str) -> np.ndarray:
    """1 male, 2 female, 0 not known, from a sound number."""
    if not some(frame, field):
        return np.zeros(len(frame), np.int32)
    return np.where(sound(frame, field), frame.facet(f"{field}.sex").values, 0).astype(np.int32)


def span(frame: Frame, id_field: str, date_field: str) -> tuple[np.ndarray, np.ndarray]:
    """Earliest and latest day of birth of an adult: the sound ID's day, else the date column's interval."""
    number = id_birth(frame, id_field)
    low = np.full(len(frame), NO_DATE, np.int32)
    high = low.copy()
    if some(frame, date_field):
        lo, hi = frame.facet(f"{date_field}.lo"), frame.facet(f"{date_field}.hi")
        known = lo.known & hi.known
        low, high = np.where(known, lo.values, NO_DATE), np.where(known, hi.values, NO_DATE)
    by_id = number != NO_DATE
    return np.where(by_id, number, low).astype(np.int32), np.where(by_id, number, high).astype(np.int32)

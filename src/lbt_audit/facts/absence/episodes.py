"""Which rows are about one absence of one pupil."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from lbt_audit.facts.absence.days import first_day
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import combine, dense, text_codes
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.frames.texts import some
from lbt_audit.values.kind import NO_DATE


def episode(frame: Frame) -> np.ndarray:
    """The absence each row is about (int64): pupil and first day; a row without a day goes with the one before."""
    number = frame.facet("id_no.norm")
    paths = pa.array([t.unit.path for t in frame.tables], pa.string())
    unit = frame.per_table(text_codes(paths).tolist(), np.int64)
    plain = combine(unit, _codes(frame, "child_name"), _codes(frame, "class_name"))
    ids = number.codes() if number.is_text else np.zeros(len(frame), np.int64)
    pupil = dense(np.where(number.known, ids * 2, dense(plain) * 2 + 1))
    days = first_day(frame)
    order = np.argsort(pupil, kind="stable")
    filled_ = days.copy()
    for before, row in zip(order[:-1].tolist(), order[1:].tolist(), strict=True):
        if filled_[row] == NO_DATE and pupil[row] == pupil[before]:
            filled_[row] = filled_[before]
    return np.asarray(dense(combine(pupil, dense(filled_))))


def _codes(frame: Frame, field: str) -> np.ndarray:
    return text_codes(frame.squeezed(field)) if some(frame, field) else np.zeros(len(frame), np.int64)


def any_row(frame: Frame, mask: Mask) -> Mask:
    """Rows any row of whose absence is one of ``mask``."""
    episode = episodes(frame)
    found = np.zeros(int(episode.max(initial=-1)) + 1, np.bool_)
    found[episode[mask]] = True
    return np.asarray(found[episode])


def episodes(frame: Frame) -> np.ndarray:
    return np.asarray(frame.facet("absence.episode").values)


def first(frame: Frame) -> Facet:
    first = np.zeros(len(frame), np.bool_)
    first[np.unique(episodes(frame), return_index=True)[1]] = True
    return Facet.truth(Logic(first, ~first))

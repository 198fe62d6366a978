"""What kinds of check along links ask of single records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lbt_audit.frames.citizen import sound
from lbt_audit.frames.condition import evaluate
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.texts import some
from lbt_audit.model.cell import State
from lbt_audit.rulebook.params import Condition


def identifiable(frame: Frame) -> Mask:
    """Records with a name or a sound ID number: others cannot be looked for."""
    return np.asarray(frame.facet("child_name").known | sound(frame, "id_no"))


def satisfied(
    frame: Frame, wanted: Mask, where: Condition | None, unless: Condition | None
) -> tuple[Mask, Mask]:
    """(records of ``wanted`` the conditions leave, records of which that cannot be told)."""
    if unless is not None:
        wanted = wanted & ~evaluate(unless, frame).true
    if where is None:
        return wanted, np.zeros(len(frame), np.bool_)
    holds = evaluate(where, frame)
    return wanted & holds.true, wanted & holds.unknown


def pointed(frame: Frame, fields: Sequence[str], rows: np.ndarray) -> Mapping[str, Mask]:
    """Those of ``fields`` that hold something, per entry of ``rows``."""
    points = {f: frame[f].state[rows] > State.BLANK for f in fields if some(frame, f)}
    return {f: mask for f, mask in points.items() if mask.any()}

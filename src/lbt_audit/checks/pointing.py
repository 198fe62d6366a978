"""Which fields of a record an issue points at."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.texts import some
from lbt_audit.model.cell import State


def present(frame: Frame, fields: Iterable[str]) -> list[str]:
    """Those of ``fields`` that some file has."""
    return [field for field in fields if some(frame, field)]


def written(frame: Frame, fields: Iterable[str], rows: np.ndarray) -> dict[str, Mask]:
    """Field → entries of ``rows`` in which something is written."""
    points = {field: frame[field].state[rows] > State.BLANK for field in present(frame, fields)}
    return {field: mask for field, mask in points.items() if mask.any()}

"""Which fields of a record an issue points at."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from lbt_audit.facts.parents.statements import REMARKS
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.texts import some
from lbt_audit.model.cell import State


def present(frame: Frame, fields: Iterable[str]) -> list[str]:
    """Those of ``fields`` that some file has."""
    return [field for field in fields if some(frame, field)]


def written(frame: Frame, fields: Iterable[str], rows: np.ndarray) -> dict[str, Mask]:
    """Field → entries of ``rows`` in which something is written. A note of 无 says nothing; in any other column it may
    be just what is wrong."""
    least = {field: State.PLACEHOLDER if field in REMARKS else State.BLANK for field in fields}
    points = {field: frame[field].state[rows] > least[field] for field in present(frame, least)}
    return {field: mask for field, mask in points.items() if mask.any()}

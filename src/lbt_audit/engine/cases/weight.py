"""What comes first: a child's safety, then severity, deadline, causes before what follows, the likelier, then place."""

from __future__ import annotations

import numpy as np

from lbt_audit.model.severity import Severity


def order(
    safety: np.ndarray,
    severity: np.ndarray,
    deadline: np.ndarray,
    follows: np.ndarray,
    probability: np.ndarray,
    place: np.ndarray,
) -> np.ndarray:
    """Positions of the issues, the weightiest first. ``safety`` and ``follows``: bool; ``deadline``: days; ``probability``:
    NaN where nothing is doubtful, which comes before what is.

    A notice is to be looked into, and no child is in danger by it.
    """
    urgent = safety & (severity > Severity.NOTICE)
    return np.lexsort(
        (
            place,
            -np.nan_to_num(np.round(probability, 3), nan=1.0),
            follows,
            deadline,
            -severity.astype(np.int64),
            ~urgent,
        )
    )

"""Lists in which nearly nobody of the other stands: shares go to their ends, and nothing breaks."""

from __future__ import annotations

import numpy as np

from lbt_audit.matching.decision.absence import _share


def test_a_share_is_never_nobody_and_never_everybody() -> None:
    for lone in (np.zeros(0), np.zeros(5_000), np.ones(5_000), np.ones(1)):
        assert 0 < _share(lone).value < 1

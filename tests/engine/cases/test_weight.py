"""Which issue comes first."""

from __future__ import annotations

import numpy as np

from lbt_audit.engine.cases.weight import order
from lbt_audit.model.severity import Severity


def test_of_equal_weight_what_is_certain_comes_first_then_the_likelier() -> None:
    n = 5
    probability = np.array([0.4, np.nan, 0.9, 0.4, 0.97])
    severity = np.full(n, Severity.WARNING, np.int8)
    severity[2] = Severity.ERROR
    found = order(
        np.zeros(n, np.bool_),
        severity,
        np.zeros(n, np.int64),
        np.zeros(n, np.bool_),
        probability,
        np.arange(n),
    )
    assert found.tolist() == [2, 1, 4, 0, 3]

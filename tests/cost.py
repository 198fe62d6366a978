"""What calls cost, to be compared within one run: seconds differ between machines and hours, ratios hardly."""

from __future__ import annotations

import time
from collections.abc import Callable


def cpu(call: Callable[[], object], times: int = 3) -> float:
    """The least processor time of ``times`` calls, in seconds."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        call()
        spent.append(time.process_time() - start)
    return min(spent)

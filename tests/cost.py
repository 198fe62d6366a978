"""What calls cost, to be compared within one run: seconds differ between machines and hours, ratios hardly."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

_Text = TypeVar("_Text")


def cpu(call: Callable[[], object], times: int = 3) -> float:
    """The least processor time of ``times`` calls, in seconds."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        call()
        spent.append(time.process_time() - start)
    return min(spent)


def out_of_proportion(
    work: Callable[[_Text], object],
    small: _Text,
    large: _Text,
    *,
    most: float,
    floor: float,
    tries: int = 6,
    clock: Callable[[], float] = time.thread_time,
) -> str | None:
    """What is wrong if ``work`` takes more than ``most`` times as long for ``large``, else None.

    Where a text ten times as long is meant, thirty or forty leave room for noise, and quadratic work is a hundredfold.
    What takes less than ``floor`` seconds is fast enough whatever it is. One good try of several will do.
    """
    short = long = float("inf")
    for _ in range(tries):
        long = min(long, _spent(work, large, clock))
        if long < floor:
            return None
        short = min(short, _spent(work, small, clock))
        if long < most * short:
            return None
    return f"{short:.4f} s, and {long:.4f} s for the longer text"


def _spent(work: Callable[[_Text], object], text: _Text, clock: Callable[[], float]) -> float:
    start = clock()
    work(text)
    return clock() - start

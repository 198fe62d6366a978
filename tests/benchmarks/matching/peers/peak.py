"""Peak memory of a stretch of this process (Linux), without anything but the standard library."""

from __future__ import annotations

from pathlib import Path


class Peak:
    """Made before the work; ``megabytes()`` after it: the most it needed beyond what was there before."""

    def __init__(self) -> None:
        # 5 forgets the highest resident size so far.
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        self._before = _status("VmRSS")

    def megabytes(self) -> float:
        return max(_status("VmHWM") - self._before, 0.0)


def _status(key: str) -> float:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(key):
            return int(line.split()[1]) / 1024
    raise KeyError(key)

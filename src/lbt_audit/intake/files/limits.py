"""How much a submitted file may ask of the machine."""

from __future__ import annotations

from lbt_audit.model.record import dataclass

MB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Limits for reading one file. Sizes in bytes, times in seconds."""

    cells: int = 60_000_000  # rows kept × columns, of one sheet
    file_bytes: int = 2048 * MB
    part_bytes: int = 8192 * MB  # one unpacked part of a package
    ratio: int = 400  # unpacked / packed, above which a part of more than ``ratio_bytes`` is a bomb
    ratio_bytes: int = 256 * MB
    entries: int = 20_000  # parts in a package
    memory: int = 6144 * MB  # address space of the reading process, where the system can limit it
    seconds: float = 60.0
    seconds_per_mb: float = 2.0  # added for every MB of the file

    def time_for(self, size: int) -> float:
        """Seconds allowed for a file of ``size`` bytes."""
        return self.seconds + self.seconds_per_mb * size / MB

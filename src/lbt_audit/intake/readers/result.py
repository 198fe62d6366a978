"""What came of reading one file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from lbt_audit.intake.files.find import InputFile
from lbt_audit.intake.grid import Grid
from lbt_audit.intake.reasons import IGNORED
from lbt_audit.intake.table import Note
from lbt_audit.model.record import dataclass


@dataclass(frozen=True)
class ReadResult:
    """``grids`` of a file that was read, or ``reason`` (a key of ``reasons.REASONS``) why it was not.

    ``format`` is what the content is (a key of ``reasons.FORMAT_NAMES``), "" where it is none of them.
    """

    file: InputFile
    sha256: str = ""
    format: str = ""
    grids: tuple[Grid, ...] = ()
    reason: str | None = None
    detail: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    @property
    def status(self) -> str:
        """ "read" | "unreadable" | "ignored" """
        if self.reason is None:
            return "read"
        return "ignored" if self.reason in IGNORED else "unreadable"

    def refused(self, key: str, **detail: str) -> ReadResult:
        """The same file, not read."""
        return replace(self, grids=(), reason=key, detail=detail)

"""How a reading process is started: by Python, or, in the one-folder program, by the program itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

READER: Final = "--reader-of-files"
"""First argument of the one-folder program where it is to be a reader (``packaging/start.py``)."""
_BOOT: Final = "import sys; sys.path[:] = {path!r}; from lbt_audit.intake.fence.worker import main; main()"


def command(limits: str) -> list[str]:
    """The command of a reader; ``limits`` is its argument."""
    if getattr(sys, "frozen", False):
        return [sys.executable, READER, limits]
    path = [str(Path(p).absolute()) for p in sys.path if p]
    quiet = ["-B"] if sys.dont_write_bytecode else []
    return [sys.executable, "-I", "-S", *quiet, "-c", _BOOT.format(path=path), limits]

"""Comparing an output with the one looked at and kept (LBT_UPDATE_GOLDEN=1 writes them anew)."""

from __future__ import annotations

import os
from pathlib import Path

from lbt_audit import __version__

_FOLDER = Path(__file__).parent / "golden"


def same_as_golden(name: str, text: str) -> None:
    text = text.replace(f"lbt-audit {__version__}", "lbt-audit VERSION").replace(
        f'"{__version__}"', '"VERSION"'
    )
    path = _FOLDER / name
    if os.environ.get("LBT_UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8"), f"{name} differs; look at it, then LBT_UPDATE_GOLDEN=1"

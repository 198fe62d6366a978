"""What issue numbers and keys of children are made with."""

from __future__ import annotations

import secrets
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Literal

from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text

KeySource = Literal["county_file", "kept", "throw_away"]


@dataclass(frozen=True)
class Secret:
    """``value`` is known to nobody who is handed a report: whoever has it can try out which ID number an issue's
    number belongs to. ``source`` says how long the numbers hold, ``path`` where it is kept, ``notes`` what whoever
    runs the audit must know."""

    value: str = field(repr=False)
    source: KeySource
    path: Path | None = None
    notes: tuple[Text, ...] = ()


def random_key() -> str:
    """256 bits, as 64 hex digits."""
    return secrets.token_hex(32)


@cache
def throw_away() -> Secret:
    """Of this process; issue numbers made with it are never seen again."""
    return Secret(random_key(), "throw_away")

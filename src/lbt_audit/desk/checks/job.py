"""What a process of the desk is asked to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import Any

from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Lang


@dataclass(frozen=True)
class Settings:
    """What the side panel holds. ``county``: a county file; ``county_name`` what it is called there. None = what files
    and county file say."""

    lang: Lang = "zh"
    as_of: date | None = None
    profile: str | None = None
    county: Path | None = None
    county_name: str | None = None


@dataclass(frozen=True)
class CheckJob:
    """``folder`` holds the files, ``out`` takes the documents; ``generation`` is that of the shelf."""

    folder: Path
    out: Path
    number: int
    generation: int
    settings: Settings
    secret: str = field(repr=False)


@dataclass(frozen=True)
class RepairJob:
    """``names``: files below ``folder`` to repair into ``out``."""

    folder: Path
    out: Path
    names: tuple[str, ...]
    settings: Settings


@dataclass(frozen=True)
class FormJob:
    """A blank form of ``kind``, to be written to ``out``."""

    out: Path
    kind: str
    settings: Settings


@dataclass(frozen=True)
class Step:
    """How far a job is: ``done`` of ``total`` files, the last of them ``file``; ``rule``: the one that runs; ``writing``
    the documents."""

    total: int = 0
    done: int = 0
    file: str = ""
    rule: str = ""
    writing: bool = False


Tell = Callable[[Step], None]
Task = Callable[[Any, Tell], Any]
"""Takes a job and somebody to tell how far it is; gives what it comes to."""

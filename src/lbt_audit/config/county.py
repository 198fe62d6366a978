"""The county file, resolved: paths found, units listed, deadline classes complete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import Any

from lbt_audit.config.positions import Positions
from lbt_audit.config.schema import NoticesSection, WaiverEntry
from lbt_audit.model.deadline import DEFAULT_DEADLINES, DeadlineClass
from lbt_audit.model.due import DEFAULT_DUE, Due
from lbt_audit.model.record import dataclass
from lbt_audit.model.run import Mask
from lbt_audit.model.units import Units

_NO_NOTICES = NoticesSection()


@dataclass(frozen=True)
class County:
    """``path`` is the county file as given; all other paths are resolved against its folder."""

    path: Path
    name: str | None = None
    as_of: date | None = None
    issued_on: date | None = None
    profile: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    extra_areas: frozenset[str] = frozenset()
    extra_ethnic: frozenset[str] = frozenset()
    known_phones: frozenset[str] = frozenset()
    salt: str = ""  # key of the issue numbers; "" = kept elsewhere (``config.keys``)
    mask: Mask | None = None
    sounds: tuple[tuple[str, str], ...] = ()  # that are one here, beyond those heard everywhere
    previous: Path | None = None  # folder of last period's files
    due: Due = DEFAULT_DUE  # its kinds as written: keys or titles
    rules: tuple[Path, ...] = ()
    schemas: tuple[Path, ...] = ()
    units: Units = field(default_factory=Units)
    aliases: Mapping[str, str] = field(default_factory=dict)  # header text → field key
    deadlines: Mapping[str, DeadlineClass] = field(default_factory=lambda: dict(DEFAULT_DEADLINES))
    holidays_file: Path | None = None
    notices: NoticesSection = _NO_NOTICES
    templates: Path | None = None  # folder of the county's own notices
    waivers: tuple[WaiverEntry, ...] = ()
    positions: Positions | None = field(default=None, compare=False)

    def line(self, *keys: str | int) -> int:
        """Line of a key in the county file, for messages about its value."""
        return self.positions.line(keys) if self.positions else 0

    def where(self, *keys: str | int) -> str:
        """``lbt-audit.toml:12`` for the key given."""
        line = self.line(*keys)
        return f"{self.path.name}:{line}" if line else self.path.name

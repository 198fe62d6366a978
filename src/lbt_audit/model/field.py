"""A field of the registers, as ``schemas/columns/*.yaml`` declares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal

from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text

Privacy = Literal["public", "name", "id", "phone", "address", "sensitive"]


@dataclass(frozen=True, slots=True)
class Field:
    """One column a register can have.

    ``kind`` names a kind of value (``lbt_audit.values``); ``codes`` names a code list of
    ``schemas/codes.yaml`` where the kind is ``code``, ``codes`` or ``yes_no``; ``group`` is the header group
    a repeated leaf header (姓名, 联系电话 …) must stand under to mean this field; ``checks`` what its values
    must be, by name of the check. Where a register requires the field it must be filled under the condition
    ``asked`` (None = always), unless one of ``instead`` is.
    """

    key: str
    title: Text
    kind: str
    group: str
    privacy: Privacy
    titles: tuple[str, ...]  # standard full headers, first is the unified form's
    aliases: tuple[str, ...] = ()  # other full headers seen in real files
    leaves: tuple[str, ...] = ()  # leaf headers that mean this field under its group
    codes: str | None = None
    checks: Mapping[str, Any] = field(default_factory=dict)
    asked: Mapping[str, Any] | None = None
    instead: tuple[str, ...] = ()

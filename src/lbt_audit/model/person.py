"""The persons a record is about, as rules and facts name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lbt_audit.model.text import Text

PERSONS: Final[Mapping[str, Text]] = {
    "child": Text("儿童", "child"),
    "father": Text("父亲", "father"),
    "mother": Text("母亲", "mother"),
    "guardian": Text("监护人", "guardian"),
}

"""By what records of several counties are put together: numbers of persons and phones, and a name beside a day of birth.

A key that names a place (a unit, a village, an address) says nothing outside its county, and one of names alone names
half a province.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks.base import Keys
from lbt_audit.checks.groups.keys import NAMED, can_tell, read
from lbt_audit.checks.groups.params import Groups, Key
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.model.rule import Rule

_NUMBERS: Final = frozenset({"citizen_id", "phone", "xueji_no", "disability_card"})
_NAME, _DAY = "name", "day"


def crossing_keys(rule: Rule[Groups], frame: Frame, book: Book) -> Keys:
    """One column for each key of the rule that names a person or a telephone wherever it stands."""
    result: dict[str, list[pa.Array]] = {}
    for one in rule.each.values():
        for pattern in one.params.every:
            for names in (names for key in pattern.by for names in _operands(key)):
                said = [_says(frame, name) for name in names]
                if None in said or not (_NUMBERS & {*said} or {_NAME, _DAY} <= {*said}):
                    continue
                if all(can_tell(frame, name) for name in names):
                    result.setdefault("|".join(map(str, said)), []).append(_texts(frame, book, names))
    return result


def _operands(key: Key) -> Iterator[Sequence[str]]:
    """What must be equal: the key's own operands, or those of a key named here."""
    if key.alike or key.text is not None:
        return
    if len(key.of) == 1 and key.of[0] in NAMED:
        yield from NAMED[key.of[0]].crosses
    else:
        yield key.of


def _says(frame: Frame, name: str) -> str | None:
    """What an operand is: a kind of number, a name or a day; None for what is said in the words of one place."""
    said = {_one(frame, one) for one in name.split("|")}
    return said.pop() if len(said) == 1 else None


def _one(frame: Frame, name: str) -> str | None:
    if name in NAMED:
        return None
    field, _, facet = name.partition(".")
    if field not in frame.fields:
        return _DAY if frame.facet(name).is_day else None
    kind = frame.kind_of(field).name
    if kind == "date":
        return _DAY
    if kind == _NAME:
        return _NAME if facet in ("", "norm") else None
    return kind if kind in _NUMBERS else None


def _texts(frame: Frame, book: Book, names: Sequence[str]) -> pa.Array:
    parts = []
    for name in names:
        facet = read(frame, book, name)
        values = facet.values if facet.is_text else pa.array(np.asarray(facet.values)).cast(pa.string())
        parts.append(pc.if_else(pa.array(facet.known), values, pa.scalar(None, pa.string())))
    return pc.binary_join_element_wise(*parts, "|")

"""What can be read out of a value beside its facets, worked out for a whole column when first asked for.

``<field>.text`` is there for every field. The others are texts, "" where there is no such part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.frames.days import iso
from lbt_audit.model.blanks import BLANKS
from lbt_audit.model.cell import State
from lbt_audit.values.column import Typed
from lbt_audit.values.kind import NO_DATE

TEXT = "text"
STATE = ""  # of each distinct value, among its facets
Distinct = Mapping[str, Any]
"""Facets of distinct values, and their ``STATE``."""
_FORMED = "^[0-9]{17}[0-9X]$"
_STEM = 9  # mobile numbers that agree in the first nine digits differ in the last two only


def _number(values: Distinct) -> pa.Array:
    return _where(pc.match_substring_regex(values["norm"], _FORMED), values["norm"])


def _sound(values: Distinct) -> pa.Array:
    # Remarks such as an unlisted area code leave a number OK; a wrong check character does not.
    sound = (values[STATE] == State.OK) & (np.asarray(values["birth"]) != NO_DATE)
    return _where(pa.array(sound), values["norm"])


def _phone_stem(values: Distinct) -> pa.Array:
    number = values["number"]
    return _where(pc.equal(pc.utf8_length(number), 11), pc.utf8_slice_codeunits(number, 0, _STEM))


def _month(values: Distinct) -> pa.Array:
    return pc.utf8_slice_codeunits(iso(np.asarray(values["lo"])), 0, 7)


PARTS: Mapping[str, Mapping[str, Callable[[Distinct], pa.Array]]] = {
    "citizen_id": {
        "number": _number,
        "sound": _sound,
        "stem": lambda values: pc.utf8_slice_codeunits(_number(values), 0, 14),
        "sequence": lambda values: pc.utf8_slice_codeunits(_number(values), 14, 17),
    },
    "date": {"month": _month},
    "phone": {"stem": _phone_stem},
    "name": {"surname": lambda values: pc.utf8_slice_codeunits(values["norm"], 0, 1)},
}
"""Kind of value → part → how it follows from distinct values.

``number``: an ID number of 18 characters, its check character right or wrong; ``sound``: one that passes the check
(or an adult's of 15 digits); ``stem``: area and birth, ``sequence``: the three digits after them. Of a telephone
``stem``: the first nine digits of a mobile number. ``surname``: the first character of a name.
``month``: 2026-03, of the first day a date may mean.
"""


def parts_of(kind: str) -> tuple[str, ...]:
    """Names of the parts values of this kind have."""
    return (TEXT, *PARTS.get(kind, ()))


def squeeze(text: pa.Array) -> pa.Array:
    """Texts without any blanks, every distinct text once."""
    encoded = pc.dictionary_encode(text)
    return pc.replace_substring_regex(encoded.dictionary, BLANKS, "").take(encoded.indices)


def part(typed: Typed, name: str) -> tuple[pa.Array, np.ndarray]:
    """The part ``name`` of every distinct value, and the position of each record's among them. Raises KeyError where this
    kind of value has none of that name."""
    values = {**typed.facets.distinct, STATE: typed.facets.state}
    return PARTS[typed.kind.name][name](values), typed.facets.which


def _where(holds: pa.Array, values: pa.Array) -> pa.Array:
    return pc.if_else(holds, values, "")

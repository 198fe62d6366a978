"""Since when each parent has been away, by one cell for both: 父2019年3月 母2020年5月, 2019.3/2020.5."""

from __future__ import annotations

import re
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.config.words import words
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.texts import some
from lbt_audit.model.cell import CellKind, State
from lbt_audit.model.regex import regex
from lbt_audit.values.kind import NO_DATE, Context
from lbt_audit.values.registry import KINDS

FIELD: Final = "parents_away_since"
DAY_NUMBER: Final = "day_number"  # 45789 as text: no ID number bears out the day it means (G06)
PARENTS: Final = ("father", "mother")
Span = tuple[int, int]
"""First and last day it may have been."""
_NOBODY: Final = (NO_DATE, NO_DATE)
_AROUND: Final = " \t\r\n\u3000:：,，、;；/()（）[]【】"
_BETWEEN: Final = regex("[ \t\r\n\u3000,，、;；/]+")
_read: WeakKeyDictionary[Frame, dict[str, tuple[np.ndarray, np.ndarray]]] = WeakKeyDictionary()


def shared_days(frame: Frame, parent: str) -> tuple[np.ndarray, np.ndarray]:
    """First and last possible day (int32) ``parent`` left, by the cell for both; ``NO_DATE`` where it does not say.

    A cell with one date speaks of both; with 父 and 母 in it, of each; with two dates, of the father first.
    """
    if not some(frame, FIELD):
        nowhere = np.full(len(frame), NO_DATE, np.int32)
        return nowhere, nowhere
    if frame not in _read:
        _read[frame] = _days(frame)
    return _read[frame][parent]


def _days(frame: Frame) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    typed = frame[FIELD]
    number = typed.has_fault(DAY_NUMBER)
    whole = [
        np.where(f.known & ~number, f.values, NO_DATE).astype(np.int32)
        for f in (frame.facet(f"{FIELD}.{e}") for e in ("lo", "hi"))
    ]
    result = {p: (whole[0].copy(), whole[1].copy()) for p in PARENTS}
    odd = np.flatnonzero(typed.state == State.FAULTY)
    encoded = pc.dictionary_encode(typed.text.take(pa.array(odd)))
    apart = [divided(text, frame.context) for text in encoded.dictionary.to_pylist()]
    for row, code in zip(odd.tolist(), encoded.indices.to_pylist(), strict=True):
        for parent in PARENTS if apart[code] else ():
            for edge, day in zip(result[parent], apart[code].get(parent, _NOBODY), strict=True):
                edge[row] = day
    return result


def divided(text: str, context: Context) -> dict[str, Span]:
    """The days a text gives each parent it speaks of; empty where it is no such text."""
    both, father, mother = (words(name).pattern for name in ("parents", "father", "mother"))
    head, *rest = re.split(f"({both}|双方|均|都)|({father})|({mother})", text)
    if not rest:
        dates = [_span(part, context) for part in _BETWEEN.split(text.strip(_AROUND))]
        return dict(zip(PARENTS, dates, strict=True)) if len(dates) == 2 and _NOBODY not in dates else {}
    people = [
        PARENTS if rest[k] else (PARENTS[0],) if rest[k + 1] else (PARENTS[1],)
        for k in range(0, len(rest), 4)
    ]
    # 父2019年3月, or 2019年3月（父）
    parts = rest[3::4] if not head.strip(_AROUND) else [head, *rest[3::4]][:-1]
    result: dict[str, Span] = {}
    for whom, part in zip(people, parts, strict=True):
        result |= dict.fromkeys(whom, _span(part, context))
    return result if set(result.values()) != {_NOBODY} else {}


def _span(text: str, context: Context) -> Span:
    parsed = KINDS["date"].parse(text.strip(_AROUND), CellKind.TEXT, context, None)
    lo, hi = parsed.facets[:2] or _NOBODY
    return (lo, hi) if parsed.state == State.OK else _NOBODY

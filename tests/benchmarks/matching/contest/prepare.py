"""The rosters as the peers get them, with the columns their documentation advises to prepare."""

from __future__ import annotations

import functools
from datetime import date, timedelta

import pyarrow as pa
from tests.benchmarks.matching.rosters.roster import Roster
from tests.benchmarks.matching.slips.sounds import sound_of

from lbt_audit.values.kind import NO_DATE

KEPT = ("id_no", "village", "phone")
NAMES = ("name", "father", "mother")
_FOLD = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("r", "l"))


def table(roster: Roster) -> pa.Table:
    """Texts only: names without blanks and dots, their sound and folded sound; dates known to the day, and months."""
    columns: dict[str, list[str | None]] = {"unique_id": [str(i) for i in range(len(roster.truth))]}
    columns |= {c: roster.columns[c] for c in KEPT}
    for c in NAMES:
        names = columns[c] = [_clean(name) for name in roster.columns[c]]
        columns[f"{c}_sound"] = [name and " ".join(map(_sound, name)) for name in names]
        columns[f"{c}_folded"] = [name and " ".join(map(_folded, name)) for name in names]
    columns["surname"] = [name and name[0] for name in columns["name"]]
    columns["first"] = [name and name[1:2] for name in columns["name"]]
    columns["last"] = [name and name[-1] for name in columns["name"]]
    ends = list(zip(roster.lo, roster.hi, strict=True))
    columns["birth"] = [None if lo != hi or lo == NO_DATE else _day(lo).isoformat() for lo, hi in ends]
    columns["birth_month"] = [None if lo == NO_DATE else _day(lo).isoformat()[:7] for lo, _ in ends]
    columns["sex"] = [str(s) for s in roster.sex]
    return pa.table({c: pa.array(v, pa.string()) for c, v in columns.items()})


def _clean(name: str | None) -> str | None:
    return None if name is None else "".join(c for c in name if c not in " \u3000·•・.") or None


def _day(number: int) -> date:
    return date(1970, 1, 1) + timedelta(days=number)


@functools.cache
def _sound(c: str) -> str:
    return sound_of(c)


@functools.cache
def _folded(c: str) -> str:
    """The syllable with what is often confused made one: zh z, n l r, in ing."""
    sound = _sound(c)
    for a, b in _FOLD:
        if sound.startswith(a):
            sound = b + sound[len(a) :]
    return sound.removesuffix("g") if sound.endswith("ng") else sound

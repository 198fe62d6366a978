"""The issues by township and by the unit that answers for them, as sheets and their links need them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow.compute as pc

from lbt_audit.engine.audit import Audit
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.tables.places import due_first
from lbt_audit.reports.tables.summary import Tally
from lbt_audit.reports.text.columns import join, one, plain
from lbt_audit.reports.words import NOBODY

_LEVELS = ("township", "school", "village", "county", "")  # in this order within a township
_COUNTY, _UNKNOWN = "\x1ecounty", "\x1funknown"  # behind every name
_NAMES = {
    _COUNTY: Text("县级、县直学校", "County, schools of no township"),
    _UNKNOWN: Text("乡镇不明", "Township unknown"),
}
_SEPARATOR = "\x1d"


@dataclass(frozen=True)
class Unit:
    """A unit that answers for issues; ``first`` is its first among those of the township."""

    name: str
    level: str
    tally: Tally
    first: int


@dataclass(frozen=True)
class Township:
    """``rows`` are positions in the audit's issues: unit after unit, each as ``due_first`` has it."""

    name: str
    rows: np.ndarray
    units: Sequence[Unit]


def townships(audit: Audit) -> list[Township]:
    """Those with most errors first, then what is the county's own or nobody's."""
    issues, lang = audit.issues, audit.run.lang
    if issues.num_rows == 0:
        return []
    level, unit = plain(issues["responsible_level"]), plain(issues["responsible_unit"])
    of = plain(issues["responsible_township"])
    of = pc.if_else(pc.equal(level, "township"), unit, of)
    of = pc.if_else(pc.and_(pc.equal(of, ""), pc.equal(level, "village")), _UNKNOWN, of)
    of = pc.if_else(pc.equal(unit, ""), _UNKNOWN, pc.if_else(pc.equal(of, ""), _COUNTY, of))
    keys = join(of, _SEPARATOR, level, _SEPARATOR, unit).dictionary_encode()
    codes = keys.indices.to_numpy()
    severities = one(issues["severity"]).to_numpy().astype(np.int64)
    counts = np.bincount(codes * 4 + severities, minlength=4 * len(keys.dictionary)).reshape(-1, 4)[:, :0:-1]
    found = [tuple(key.split(_SEPARATOR)) for key in keys.dictionary.to_pylist()]
    whole: dict[str, np.ndarray] = {}
    for (top, _, _), tally in zip(found, counts, strict=True):
        whole[top] = whole.get(top, 0) + tally
    tops = sorted(whole, key=lambda top: (top in _NAMES, *(-whole[top]).tolist(), top))
    ranked = sorted(
        range(len(found)),
        key=lambda i: (
            tops.index(found[i][0]),
            _LEVELS.index(found[i][1]),
            *(-counts[i]).tolist(),
            found[i][2],
        ),
    )
    rank = np.empty(len(found), np.int64)
    rank[ranked] = np.arange(len(found))
    order = due_first(audit, np.arange(issues.num_rows))
    rows = order[np.argsort(rank[codes[order]], kind="stable")]
    made, start = [], 0
    for top in tops:
        units, at = [], 0
        for i in ranked:
            if found[i][0] == top:
                errors, warnings, notices = counts[i].tolist()
                units.append(Unit(found[i][2] or NOBODY[lang], found[i][1], (errors, warnings, notices), at))
                at += errors + warnings + notices
        made.append(Township(_name(top, lang), rows[start : start + at], units))
        start += at
    return made


def _name(top: str, lang: Lang) -> str:
    return _NAMES[top][lang] if top in _NAMES else top

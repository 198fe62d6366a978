"""Which children to look for on the spot: a weighted sample, the same for the same seed.

Weighted sampling without replacement after Efraimidis and Spirakis (2006): each issue draws u^(1/w)
and the largest are taken. The draw is a hash of seed and fingerprint, so it neither depends on order
nor on how many others there are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from hashlib import blake2b

from lbt_audit.ledger.state.summary import Item
from lbt_audit.model.record import dataclass
from lbt_audit.model.severity import Severity

SEVERITY_WEIGHT = {Severity.ERROR: 4.0, Severity.WARNING: 2.0, Severity.NOTICE: 1.0}
STATUS_WEIGHT = {
    "false_closing": 4.0,
    "relapsed": 4.0,
    "claimed": 3.0,
    "closed": 2.0,
    "open": 1.5,
    "new": 1.0,
}
SAFETY_FACTOR = 3.0  # to be looked into the same day: a child's safety
OVERDUE_FACTOR = 2.0
GONE_WEIGHT = 4.0  # closed by taking the child off the list


@dataclass(frozen=True)
class Pick:
    item: Item
    weight: float


def risk(item: Item) -> float:
    """How much there is to gain from looking: gravity × history × safety × delay."""
    history = GONE_WEIGHT if item.gone else STATUS_WEIGHT.get(item.status, 0.0)
    weight = SEVERITY_WEIGHT[Severity(item.row["severity"])] * history
    if item.row["urgent"]:
        weight *= SAFETY_FACTOR
    if item.overdue:
        weight *= OVERDUE_FACTOR
    return weight


def sample(items: Iterable[Item], size: int, seed: str) -> list[Pick]:
    """``size`` issues for spot checks, no child twice, heaviest risk first.

    Waived ones are left out, and those about no child: nobody needs to travel to look at a file.
    """
    if size < 1:
        return []
    drawn = []
    for item in items:
        weight = risk(item) if item.row["child"] else 0.0
        if weight > 0:
            drawn.append((math.log(_uniform(seed, item.row["fingerprint"])) / weight, item, weight))
    drawn.sort(key=lambda d: (-d[0], d[1].row["fingerprint"]))
    picks: list[Pick] = []
    children: set[str] = set()
    for _, item, weight in drawn:
        if item.row["child_key"] not in children:
            children.add(item.row["child_key"])
            picks.append(Pick(item, weight))
        if len(picks) == size:
            break
    return sorted(picks, key=lambda p: (-p.weight, p.item.row["responsible_unit"], p.item.row["fingerprint"]))


def _uniform(seed: str, fingerprint: str) -> float:
    """A number in (0, 1) that only seed and fingerprint decide."""
    digest = blake2b(fingerprint.encode(), digest_size=8, key=seed.encode()[:64]).digest()
    return (int.from_bytes(digest) + 1) / (2**64 + 2)

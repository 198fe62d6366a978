"""What keeps a pair from being one child for certain: whatever speaks loudest against it. It explains and decides nothing."""

from __future__ import annotations

import numpy as np

from lbt_audit.matching.decision.verdict import Bar
from lbt_audit.matching.evidence.births import Birth
from lbt_audit.matching.evidence.evidence import HOUSEHOLD, Agreement, Evidence
from lbt_audit.matching.evidence.identity import Identity
from lbt_audit.matching.levels import Level

_MANY = 3
"""Fields that differ from which on a namesake is told by them."""


def reasons(v: Evidence, probability: np.ndarray, odds: np.ndarray, siblings: np.ndarray) -> np.ndarray:
    """The ``Bar`` (uint8) of each pair. ``odds``: of one child if no other row is heard; ``siblings``: of two children of
    one household against strangers."""
    name, ids, birth = v.codes["name"], v.codes["id_no"], v.codes["birth"]
    equal_name = (name <= Level.TRADITIONAL) | v.former
    another = (name >= Level.UNRELATED) & (name < Level.UNKNOWN)
    equal_number = np.isin(ids, (Identity.EQUAL, Identity.EQUAL_INVALID)) | (
        v.codes["xueji_no"] == Agreement.SAME
    )
    one_day = (birth == Birth.SAME_DAY) | (birth == Birth.OVERLAP)
    differs = {f: v.codes[f] == Agreement.DIFFERS for f in (*HOUSEHOLD, "sex")}
    parents = differs["father"] | differs["mother"]
    strangers = sum((differs[f].astype(np.int8) for f in HOUSEHOLD), np.zeros(len(name), np.int8)) >= _MANY
    # The first that fits is told.
    cases = (
        (equal_number & another, Bar.NAMES_DIFFER),
        ((ids == Identity.TWIN) & ~equal_name, Bar.TWIN),
        ((ids == Identity.BOTH_VALID) & ~equal_name, Bar.TWO_NUMBERS),
        (odds / (1 + odds) > 2 * probability, Bar.RIVAL),
        ((siblings > 1) & ~equal_name & differs["sex"], Bar.SEXES),
        ((siblings > 1) & (name == Level.PARTLY_ALIKE) & one_day, Bar.PARTLY_ALIKE),
        ((siblings > 1) & ~equal_name & one_day, Bar.TWIN),
        ((siblings > 1) & ~equal_name, Bar.SIBLING),
        (equal_name & one_day & strangers, Bar.CONTRADICTED),
        (equal_name & (parents | (birth >= Birth.CLOSE) | (ids >= Identity.TWIN)), Bar.SAME_NAME),
    )
    return np.select([c for c, _ in cases], [b for _, b in cases], Bar.TOO_LITTLE).astype(np.uint8)

"""What is believed of the pairs of two tables: counted in the tables, where they are large enough to say, else the published
share.

Slips are counted among pairs tied by one valid ID number: it says nothing of how the names are written, so they are no
chosen sample. Siblings are counted among the rows of one household within one table. A few hundred such pairs outweigh
the prior (a Dirichlet's pseudo-counts), and all that follows is rounded, so that a few rows more or less change nothing.
"""

from __future__ import annotations

from dataclasses import field

import numpy as np

from lbt_audit.matching.blocking.candidates import join_keys
from lbt_audit.matching.blocking.keys import mix, on
from lbt_audit.matching.decision.likelihoods import SAME_CHILD, SIBLINGS, TABLES, TWINS
from lbt_audit.matching.evidence.births import Birth, compare_births
from lbt_audit.matching.evidence.evidence import HOUSEHOLD, Agreement, Evidence
from lbt_audit.matching.evidence.identity import Identity
from lbt_audit.matching.evidence.scorer import Scorer
from lbt_audit.matching.levels import Level
from lbt_audit.matching.names.comparison import compare
from lbt_audit.matching.people.encoding import Side
from lbt_audit.matching.weights import Weights
from lbt_audit.model.record import dataclass

_WEIGHT = 60.0
"""Pairs a published share counts for."""
_FEWEST = 0.25
"""Siblings a child is taken to have at least, whatever a short list shows."""
_KINDS_OF_DATES = (
    [Birth.SAME_DAY, Birth.SWAPPED, Birth.LUNAR, Birth.COLUMN, Birth.NEW_YEAR, Birth.YEAR_OFF, Birth.DIGIT,
     Birth.CLOSE, Birth.APART],
    [Birth.OVERLAP, Birth.MONTH_YEAR_OFF],
    [Birth.AGE, Birth.AGE_OFF, Birth.AGE_APART],
)  # fmt: skip


@dataclass(frozen=True)
class Share:
    """A share, and from how many rows or pairs it was counted besides the published one."""

    value: float
    counted: int = 0


_UNSEEN = Share(0.15)


@dataclass(frozen=True)
class Parameters:
    """``tables``: as ``likelihoods.TABLES``; ``differs``: bits a differing field of the household takes off;
    ``siblings``: brothers and sisters a row has in its own table; ``twins``: share of twins among them;
    ``absent``: share of each table's children of households met in both that the other lacks;
    ``counted``: pairs each was counted from (0: the published value)."""

    tables: dict[str, np.ndarray]
    differs: dict[str, float]
    siblings: Share
    twins: Share
    absent: tuple[Share, ...] = (_UNSEEN, _UNSEEN)
    counted: dict[str, int] = field(default_factory=dict)


def count(scorer: Scorer, v: Evidence) -> Parameters:
    """The parameters of two tables, from the evidence on their pairs."""
    tables = {name: table.copy() for name, table in TABLES.items()}
    counted = {}
    tied = _tied(scorer, v)
    counted["same"] = len(tied)
    _learn(tables["name"][SAME_CHILD], v.codes["name"][tied], [range(Level.DIFFERENT)])
    _learn(tables["birth"][SAME_CHILD], v.codes["birth"][tied], _KINDS_OF_DATES)
    _learn(tables["sex"][SAME_CHILD], v.codes["sex"][tied], [(Agreement.SAME, Agreement.DIFFERS)])
    tables["name"][SAME_CHILD][Level.EXCHANGED] = _exchanged(v)
    differs = _differs(v, tied, scorer.w)
    alike = _alike(v)
    counted["numbers"] = len(alike)
    _learn(tables["id_no"][SAME_CHILD], v.codes["id_no"][alike], [range(Identity.EQUAL, Identity.TORN)])
    tables["birth"][TWINS] = tables["birth"][SAME_CHILD]
    siblings, twins = _households(scorer, tables)
    return Parameters(tables, differs, siblings, twins, counted=counted)


def rounded(value: float, steps: float = 2.0) -> float:
    """To the nearest half power of two."""
    return float(2.0 ** (np.round(np.log2(value) * steps) / steps))


def _learn(row: np.ndarray, codes: np.ndarray, kinds: object) -> None:
    """Shares within each kind of code: what was counted and the published ones together."""
    n = np.bincount(codes, minlength=len(row))
    for kind in kinds:  # type: ignore[attr-defined]
        some = list(kind)
        prior = row[some] / row[some].sum()
        shares = (n[some] + _WEIGHT * prior) / (n[some].sum() + _WEIGHT)
        row[some] = 2.0 ** (np.round(np.log2(shares) * 4) / 4) * row[some].sum()


def _tied(scorer: Scorer, v: Evidence) -> np.ndarray:
    """Pairs (positions) of rows with one valid number that no third row has."""
    index = np.flatnonzero(v.codes["id_no"] == Identity.EQUAL)
    shared = scorer.e.id_bearers[scorer.e.left.id_text[v.left[index]]]
    index = index[shared == 1]
    # A number written down for another child says nothing of names.
    return np.asarray(index[v.codes["name"][index] != Level.DIFFERENT])


def _alike(v: Evidence) -> np.ndarray:
    """Pairs (positions) that are one child by all but the number."""
    return np.flatnonzero(_home(v) & (v.codes["name"] <= Level.TRADITIONAL) & (v.codes["id_no"] > 0))


def _home(v: Evidence) -> np.ndarray:
    """Pairs (bool) with both parents the same."""
    return np.asarray((v.codes["father"] == Agreement.SAME) & (v.codes["mother"] == Agreement.SAME))


def _exchanged(v: Evidence) -> float:
    """Share of columns exchanged among pairs of one child, with a number or without: no brother has his name from that."""
    one = _home(v) & (v.bits["birth"] > 0)
    crossed = int((one & (v.codes["name"] == Level.EXCHANGED)).sum())
    named = int((one & (v.codes["name"] <= Level.TRADITIONAL)).sum())
    published = TABLES["name"][SAME_CHILD][Level.EXCHANGED]
    return rounded(float(crossed + published * _WEIGHT) / (crossed + named + _WEIGHT), 4)


def _differs(v: Evidence, tied: np.ndarray, w: Weights) -> dict[str, float]:
    found = {}
    for name in HOUSEHOLD:
        of = {"father": "parent", "mother": "parent", "grade": "class", "class_name": "class"}.get(name, name)
        published = float(getattr(w, f"{of}_differs"))
        codes = v.codes[name][tied]
        known = int((codes != Agreement.UNKNOWN).sum())
        share = ((codes == Agreement.DIFFERS).sum() + _WEIGHT / 3 * 2.0**published) / (known + _WEIGHT / 3)
        found[name] = float(np.round(max(np.log2(share), -6.0) * 4) / 4)
    return found


def household_keys(side: Side, scorer: Scorer) -> np.ndarray:
    """By row a key (uint64) of its father's and mother's names; 0 where one is not known."""
    plain = scorer.e.adults.plain
    known = (side.father >= 0) & (side.mother >= 0)
    keys = mix(plain[side.father].view(np.int64), plain[side.mother].view(np.int64))
    return np.where(known, keys | np.uint64(1), np.uint64(0))


def _households(scorer: Scorer, tables: dict[str, np.ndarray]) -> tuple[Share, Share]:
    """Counts names and dates of siblings into ``tables``; (siblings per row, share of twins)."""
    levels, together, births, twins, pairs, rows, days = [], [], [], 0, 0, 0, 0
    for side in (scorer.e.left, scorer.e.right):
        keys = household_keys(side, scorer)
        known = np.flatnonzero(keys)
        one = on(keys > 0, keys.view(np.int64))
        i, j, _ = join_keys("household", one, one)
        apart = i < j
        i, j = i[apart].astype(np.int32), j[apart].astype(np.int32)
        level = compare(scorer.e.names, side.name[i], side.name[j]).level
        birth, _ = compare_births(side, side, i, j, scorer.births, scorer.w)
        numbers = (side.id_text[i] >= 0) & (side.id_text[i] == side.id_text[j])
        two = (side.id_state[i] == 2) & (side.id_state[j] == 2) & ~numbers
        # A child entered twice is no sibling of itself.
        close = (birth != Birth.UNKNOWN) & (birth <= Birth.DIGIT) & (birth != Birth.AGE)
        two |= ~numbers & (level > Level.TRADITIONAL) & ((level >= Level.UNRELATED) | ~close & (birth > 0))
        # 文博 and 博文 in one list are rather twins than one child entered twice and once the wrong way round.
        two |= ~numbers & (level == Level.SWAPPED)
        two &= level != Level.UNKNOWN
        born_together = birth == Birth.SAME_DAY
        levels.append(level[two & ~born_together])
        together.append(level[two & born_together])
        births.append(birth[two & (birth != Birth.SAME_DAY)])
        twins += int((birth[two] == Birth.SAME_DAY).sum())
        days += int(np.isin(birth[two], _KINDS_OF_DATES[0]).sum())
        pairs += int(two.sum())
        rows += len(known)
    _learn(tables["name"][SIBLINGS], np.concatenate(levels), [range(Level.VARIANT, Level.UNKNOWN)])
    # Twins whose names are nearly one cannot be told from a child entered twice: only the rest is counted.
    _learn(
        tables["name"][TWINS],
        np.concatenate(together),
        [(Level.SWAPPED, Level.UNRELATED, Level.DIFFERENT)],
    )
    _learn(tables["birth"][SIBLINGS], np.concatenate(births), _KINDS_OF_DATES)
    per_row = max((2 * pairs + _WEIGHT * 0.7) / (rows + _WEIGHT), _FEWEST)
    share = (twins + _WEIGHT * 0.02) / (days + _WEIGHT)
    return Share(rounded(per_row), rows), Share(rounded(share), days)

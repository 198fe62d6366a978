"""What makes one county's lists harder than another's: each variant changes some shares, the rest stays ordinary.

On the left stand the township register or the village lists, on the right the school roll or the township
register; the ordinary shares are those of ``rosters/habits.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.matching.population.county import TWIN_BIRTHS
from tests.benchmarks.matching.rosters import habits
from tests.benchmarks.matching.slips.names import KINDS


@dataclass(frozen=True)
class Variant:
    """``coverage``: the share of the children due in either list that stand in it (None: as is usual);
    ``both``, ``left``: shares that differ from ``habits``; ``lists``: of which lists it makes sense."""

    name: str
    about: str
    coverage: float | None = None
    twin_births: float = TWIN_BIRTHS
    both: Mapping[str, Any] = field(default_factory=dict)
    left: Mapping[str, Any] = field(default_factory=dict)
    habits: Mapping[str, tuple[habits.Habits, habits.Habits]] = field(default_factory=lambda: habits.ORDINARY)
    lists: tuple[str, ...] = ("links", "villages")


def _slips(kind: str, of_rows: float = 0.15, share: float = 0.6) -> dict[str, Any]:
    """Slips in names on the left, a share of them of one kind and the rest as usual."""
    rest = sum(KINDS.values()) - KINDS[kind]
    kinds = {k: share if k == kind else (1 - share) * v / rest for k, v in KINDS.items()}
    return {"name": of_rows, "kinds": kinds}


ORDINARY = Variant("ordinary", "registers and rolls as they come")
VARIANTS = (
    ORDINARY,
    Variant("low_coverage", "only 55 % of the children due stand in either list", coverage=0.55),
    Variant("many_twins", "18 % of births are of twins", twin_births=0.18),
    Variant("few_numbers", "60 % of the rows of either list without ID", both={"id_missing": 0.6}, lists=("links",)),
    Variant("january", "25 % of the dates on the left are 1 January, for day unknown", left={"birth_january": 0.25}),
    Variant("lunar", "25 % of the dates on the left are lunar", left={"birth_lunar": 0.25}),
    Variant("shifted", "the ID is that of the row above in 10 % of rows", both={"id_shifted": 0.1}, lists=("links",)),
    Variant("swapped_columns", "name and guardian exchanged in 10 % of rows on the left", left={"swapped": 0.1}),
    Variant("dialect", "15 % of names with slips, 60 % of them of a dialect", left=_slips("dialect")),
    Variant("printed_alike", "15 %, 60 % of them characters that look alike in print", left=_slips("printed_alike")),
    Variant("words", "15 %, 60 % of them another word of the same sound", left=_slips("word")),
    Variant("until_2026_11", "as this benchmark was until November 2026", habits=habits.UNTIL_2026_11),
)  # fmt: skip
BY_NAME = {v.name: v for v in VARIANTS}

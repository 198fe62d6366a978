"""A list of children with the truth behind each row, as the matcher's input and as plain columns."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from tests.benchmarks.matching.population.county import Child
from tests.benchmarks.matching.rosters.clerk import Clerk, Row
from tests.benchmarks.matching.rosters.habits import Habits

from lbt_audit.matching import People
from lbt_audit.values.kind import NO_DATE

EPOCH = date(1970, 1, 1).toordinal()
STRETCH = 30  # rows pasted or sorted wrongly together


@dataclass
class Roster:
    """Rows of a list. ``truth``: the child of each row; ``kinds``: what its name, birth date and number suffered
    ("equal": nothing), ``kind`` that of the name; ``lo``, ``hi``: days since 1970."""

    columns: dict[str, list[str | None]]
    lo: list[int]
    hi: list[int]
    sex: list[int]
    truth: np.ndarray
    kinds: dict[str, list[str]]
    household: np.ndarray

    @property
    def kind(self) -> list[str]:
        """The slip in the name of each row."""
        return self.kinds["name"]

    def people(self) -> People:
        """The matcher's input."""
        text = {c: pa.array(v, pa.string()) for c, v in self.columns.items()}
        phone = text.pop("phone")
        return People(
            **text, phones=(phone,), birth_lo=np.array(self.lo, np.int32), birth_hi=np.array(self.hi, np.int32),
            sex=np.array(self.sex, np.int8),
        )  # fmt: skip


def roster(children: list[Child], habits: Habits, seed: int) -> Roster:
    """A list of these children, in random order, with what goes wrong in such lists."""
    rng = random.Random(seed)
    clerk = Clerk(habits, rng)
    rows = [clerk.row(c) for c in children]
    _shift_numbers(rows, habits.id_shifted, rng)
    _swap_columns(rows, habits.swapped, rng)
    rows += [clerk.row(c) for c in children if rng.random() < habits.double]
    rng.shuffle(rows)
    days = [(None, None) if r.born is None else r.born for r in rows]
    lo, hi = (
        [NO_DATE if d is None else d.toordinal() - EPOCH for d in ends] for ends in zip(*days, strict=True)
    )
    return Roster(
        columns={c: [r.values[c] for r in rows] for c in rows[0].values}, lo=lo, hi=hi, sex=[r.sex for r in rows],
        truth=np.array([r.child.key for r in rows]), household=np.array([r.child.household for r in rows]),
        kinds={k: [r.kinds[k] for r in rows] for k in rows[0].kinds},
    )  # fmt: skip


def _stretches(rows: list[Row], share: float, rng: random.Random) -> Iterator[list[Row]]:
    """Neighbouring rows, village by village and household by household, together this share of all."""
    starts = range(0, len(rows), STRETCH)
    for start in rng.sample(starts, round(share * len(starts))):
        yield rows[start : start + STRETCH]


def _shift_numbers(rows: list[Row], share: float, rng: random.Random) -> None:
    for stretch in _stretches(rows, share, rng):
        above = None
        for row in stretch:
            row.values["id_no"], above = above, row.values["id_no"]
            row.kinds["number"] = "shifted"


def _swap_columns(rows: list[Row], share: float, rng: random.Random) -> None:
    for stretch in _stretches(rows, share, rng):
        for row in stretch:
            row.values["name"], row.values["guardian"] = row.child.guardian, row.values["name"]
            row.kinds["name"] = "swapped columns"

"""Two lists of one county with the truth between them, as matcher input and as plain columns."""

from __future__ import annotations

import calendar
import random
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from tests.benchmarks.matching.population import Child, County
from tests.benchmarks.matching.slips import birth_slip, id_slip, lunar_date, name_slip

from lbt_audit.matching.people.people import People
from lbt_audit.values.kind import NO_DATE

TEXTS = (
    "name",
    "former_name",
    "id_no",
    "father",
    "father_id",
    "mother",
    "mother_id",
    "guardian",
    "phone",
    "village",
    "township",
    "school",
    "grade",
    "class_name",
)


@dataclass
class Roster:
    """Rows of a list. ``truth``: the child of each row; ``kind``: the slip in its name ("equal": none)."""

    columns: dict[str, list[str | None]]
    lo: list[int]
    hi: list[int]
    sex: list[int]
    truth: np.ndarray
    kind: list[str]
    household: np.ndarray

    def people(self) -> People:
        """The matcher's input."""
        text = {c: pa.array(v, pa.string()) for c, v in self.columns.items()}
        phone = text.pop("phone")
        return People(
            **text, phones=(phone,), birth_lo=np.array(self.lo, np.int32), birth_hi=np.array(self.hi, np.int32),
            sex=np.array(self.sex, np.int8),
        )  # fmt: skip


@dataclass(frozen=True)
class Habits:
    """How often what goes wrong in a list (shares of rows)."""

    name: float = 0.01
    id_missing: float = 0.02
    id_slip: float = 0.005
    birth_missing: float = 0.0
    birth_slip: float = 0.005
    birth_month: float = 0.0
    birth_lunar: float = 0.0
    parent_missing: float = 0.05
    parent_slip: float = 0.02
    phone_missing: float = 0.1
    phone_other: float = 0.25
    village_missing: float = 0.02
    village_other: float = 0.02
    double: float = 0.001
    school: bool = True
    parents_ids: float = 0.3


SCHOOL = Habits()
REGISTER = Habits(
    name=0.10, id_missing=0.10, id_slip=0.05, birth_missing=0.01, birth_slip=0.02, birth_month=0.03, birth_lunar=0.01,
    parent_missing=0.08, parent_slip=0.04, double=0.003,
)  # fmt: skip
VILLAGE = Habits(
    name=0.12, id_missing=0.97, birth_missing=0.05, birth_slip=0.02, birth_month=0.45, birth_lunar=0.04,
    parent_missing=0.25, parent_slip=0.05, phone_missing=0.6, village_missing=0.0, village_other=0.0, school=False,
    parents_ids=0.0,
)  # fmt: skip
EPOCH = date(1970, 1, 1).toordinal()


def roster(children: list[Child], habits: Habits, seed: int) -> Roster:
    """A list of these children, in random order, with what goes wrong in such lists."""
    rng = random.Random(seed)
    columns: dict[str, list[str | None]] = {c: [] for c in TEXTS}
    lo, hi, sex, truth, kinds, household = [], [], [], [], [], []
    rows = [*children, *(c for c in children if rng.random() < habits.double)]
    rng.shuffle(rows)

    def chance(p: float) -> bool:
        return rng.random() < p

    def parent(name: str) -> str | None:
        if chance(habits.parent_missing):
            return None
        return name_slip(name, rng, "")[0] if chance(habits.parent_slip) else name

    for c in rows:
        name, kind = name_slip(c.name, rng, c.mother[0]) if chance(habits.name) else (c.name, "equal")
        if c.former and chance(0.5):
            name, kind = c.former, "former"
        number: str | None = c.id_no
        if chance(habits.id_missing):
            number = None
        elif chance(habits.id_slip):
            number = id_slip(c.id_no, rng)
        # An unrelated character can only be told from a twin by the number.
        if kind == "unrelated" and number is None:
            name, kind = c.name, "equal"
        first = last = c.birth
        if chance(habits.birth_slip):
            first = last = birth_slip(c.birth, rng)
        elif chance(habits.birth_lunar):
            first = last = lunar_date(c.birth) or c.birth
        elif chance(habits.birth_month):
            first = c.birth.replace(day=1)
            last = c.birth.replace(day=calendar.monthrange(c.birth.year, c.birth.month)[1])
        if chance(habits.birth_missing):
            lo.append(NO_DATE)
            hi.append(NO_DATE)
        else:
            lo.append(first.toordinal() - EPOCH)
            hi.append(last.toordinal() - EPOCH)
        phone = None if chance(habits.phone_missing) else c.phone2 if chance(habits.phone_other) else c.phone
        village = None if chance(habits.village_missing) else c.village
        if village and chance(habits.village_other):
            village = rng.choice("上下大小") + rng.choice("寨坪坝山") + "村"
        both_ids = chance(habits.parents_ids)
        values = {
            "name": name, "former_name": c.former if c.former and name != c.former and habits.school else None, "id_no": number,
            "father": parent(c.father), "father_id": c.father_id if both_ids else None,
            "mother": parent(c.mother), "mother_id": c.mother_id if both_ids else None,
            "guardian": None if chance(0.4) else c.guardian, "phone": phone, "village": village, "township": c.town,
            "school": c.school if habits.school else None, "grade": c.grade if habits.school else None,
            "class_name": c.class_name if habits.school else None,
        }  # fmt: skip
        for column, value in values.items():
            columns[column].append(value)
        sex.append(3 - c.sex if chance(0.005) else c.sex)
        truth.append(c.key)
        kinds.append(kind)
        household.append(c.household)
    return Roster(columns, lo, hi, sex, np.array(truth), kinds, np.array(household))


def register_and_school(
    n: int, m: int, seed: int, first_key: int = 0, tag: str = ""
) -> tuple[Roster, Roster]:
    """A township register of ``n`` rows and a school file of ``m``; 4 % of the register in no school file."""
    people = County(seed, first_key, tag).children(int(m * 1.06))
    rng = random.Random(seed + 1)
    # Left-behind children come by household: siblings and twins stand in the register together.
    chosen = {h for h in {c.household for c in people} if rng.random() < n / m * 0.97}
    register = [c for c in people if c.household in chosen and rng.random() < 0.97]
    school = [c for c in people if rng.random() < 0.96][:m]
    return roster(register, REGISTER, seed + 2), roster(school, SCHOOL, seed + 3)


def village_and_register(n: int, m: int, seed: int) -> tuple[Roster, Roster]:
    """Village lists of ``n`` rows with almost no numbers, and the township register of ``m``."""
    people = County(seed).children(int(m * 1.1))
    rng = random.Random(seed + 1)
    chosen = {h for h in {c.household for c in people} if rng.random() < n / m}
    lists = [c for c in people if c.household in chosen and rng.random() < 0.95]
    register = [c for c in people if rng.random() < 0.9][:m]
    return roster(lists, VILLAGE, seed + 2), roster(register, Habits(name=0.02, birth_month=0.02), seed + 3)

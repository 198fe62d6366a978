"""Someone who copies children into a list and makes slips of his own."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date

from tests.benchmarks.matching.population.county import Child
from tests.benchmarks.matching.rosters.habits import Habits
from tests.benchmarks.matching.slips.dates import lunar_date, month_of, wrong_date
from tests.benchmarks.matching.slips.names import name_slip
from tests.benchmarks.matching.slips.numbers import id_slip


@dataclass
class Row:
    """A row as written. ``born``: first and last day it may mean; ``kinds``: what differs from the truth."""

    child: Child
    values: dict[str, str | None]
    born: tuple[date, date] | None
    sex: int
    kinds: dict[str, str] = field(default_factory=dict)


class Clerk:
    """Writes the rows of one list."""

    def __init__(self, habits: Habits, rng: random.Random) -> None:
        self.habits, self.rng = habits, rng

    def row(self, c: Child) -> Row:
        """The child as this list has it."""
        habits, chance = self.habits, self._chance
        number, kind_of_number = self._number(c)
        name, kind_of_name = self._name(c, number)
        born, kind_of_date = self._birth(c)
        both_ids = chance(habits.parents_ids)
        known_as = c.former if c.former and name != c.former and habits.school else None
        values = {
            "name": name, "former_name": known_as, "id_no": number,
            "father": self._parent(c.father), "father_id": c.father_id if both_ids else None,
            "mother": self._parent(c.mother), "mother_id": c.mother_id if both_ids else None,
            "guardian": None if chance(habits.guardian_missing) else c.guardian,
            "phone": self._phone(c), "village": self._village(c),
            "township": c.town, "school": c.school if habits.school else None,
            "grade": c.grade if habits.school else None, "class_name": c.class_name if habits.school else None,
        }  # fmt: skip
        sex = 3 - c.sex if chance(habits.sex_wrong) else c.sex
        kinds = {"name": kind_of_name, "birth": kind_of_date, "number": kind_of_number}
        return Row(c, values, born, sex, kinds)

    def _chance(self, p: float) -> bool:
        return self.rng.random() < p

    def _name(self, c: Child, number: str | None) -> tuple[str, str]:
        name, kind = c.name, "equal"
        if self._chance(self.habits.name):
            name, kind = name_slip(c.name, self.rng, c.mother[0], self.habits.kinds)
        if c.former and self._chance(0.5):
            name, kind = c.former, "former"
        if self.habits.undone and kind == "unrelated" and number is None:
            return c.name, "equal"
        return name, kind

    def _number(self, c: Child) -> tuple[str | None, str]:
        if self._chance(self.habits.id_missing):
            return None, "missing"
        if self._chance(self.habits.id_slip):
            return id_slip(c.id_no, self.rng), "slip"
        return c.id_no, "equal"

    def _birth(self, c: Child) -> tuple[tuple[date, date] | None, str]:
        habits = self.habits
        if self._chance(habits.birth_missing):
            return None, "missing"
        if self._chance(habits.birth_january):
            return (c.birth.replace(month=1, day=1),) * 2, "january"
        if self._chance(habits.birth_wrong):
            return (wrong_date(c.birth, self.rng),) * 2, "wrong"
        if self._chance(habits.birth_lunar) and (lunar := lunar_date(c.birth)):
            return (lunar, lunar), "lunar"
        if self._chance(habits.birth_month):
            return month_of(c.birth), "month"
        return (c.birth, c.birth), "equal"

    def _parent(self, name: str) -> str | None:
        if self._chance(self.habits.parent_missing):
            return None
        if self._chance(self.habits.parent_slip):
            return name_slip(name, self.rng, "", self.habits.kinds)[0]
        return name

    def _phone(self, c: Child) -> str | None:
        if self._chance(self.habits.phone_missing):
            return None
        return c.phone2 if self._chance(self.habits.phone_other) else c.phone

    def _village(self, c: Child) -> str | None:
        if self._chance(self.habits.village_missing):
            return None
        if self._chance(self.habits.village_other):
            return self.rng.choice("上下大小") + self.rng.choice("寨坪坝山") + "村"
        return c.village

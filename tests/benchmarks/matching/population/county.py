"""An invented county: households, siblings, twins, cousins under one grandfather, namesakes."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.benchmarks.matching.population.names import (
    BOYS,
    GIRLS,
    MINORITY_FIRST,
    MINORITY_LAST,
    SHARED,
    SURNAMES,
    words,
)

TOWNS = words(
    "白石镇 清水乡 石板镇 大坪乡 松林镇 新桥镇 河口乡 云岭镇 青山乡 马场镇 长冲乡 三岔镇 龙井乡 平川镇 高坡乡 沙坝镇"
)
PLACE = "大小上下新老东西南北中高长平石水"
PLACE2 = "寨坪坝山河沟岩井塘湾冲岭田桥坡关口林"
TWIN_BIRTHS = 0.012
YOUNGEST = date(2024, 6, 1)


@dataclass(frozen=True)
class Child:
    """One child as it truly is."""

    key: int
    household: int
    name: str
    sex: int
    birth: date
    id_no: str
    father: str
    father_id: str
    mother: str
    mother_id: str
    guardian: str
    phone: str
    phone2: str
    town: str
    village: str
    school: str
    grade: str
    class_name: str
    former: str = ""
    twin: bool = False


def id_number(born: date, sequence: int) -> str:
    """A well-formed number of the unallocated area 529901."""
    body = f"529901{born:%Y%m%d}{sequence:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


class County:
    """Makes children household by household. ``twin_births``: the share of births that are of two."""

    def __init__(
        self, seed: int, first_key: int = 0, tag: str = "", twin_births: float = TWIN_BIRTHS
    ) -> None:
        self.rng = random.Random(seed)
        self.surnames = [s.rstrip("0123456789") for s in SURNAMES]
        self.weights = [int(s[len(n) :]) for s, n in zip(SURNAMES, self.surnames, strict=True)]
        self.key = self.household = first_key
        self.used_ids: set[str] = set()
        self.tag = tag
        self.twin_births = twin_births

    def children(self, n: int) -> list[Child]:
        """At least ``n`` children in villages of about 150, neighbours beside each other."""
        rng = self.rng
        found: list[Child] = []
        seen: set[tuple[str, str]] = set()
        while len(found) < n:
            village = self._village()
            while village in seen and len(seen) < 280 * 16:
                village = self._village()
            seen.add(village)
            size = 0
            local = [self._surname() for _ in range(6)]  # few clans to a village
            while size < 150:
                surname = rng.choice(local) if rng.random() < 0.75 else self._surname()
                grandfather = self._adult(surname, 1)
                shared = rng.choice(SHARED) if rng.random() < 0.35 else None
                for _ in range(rng.choices([1, 2, 3], [70, 22, 8])[0]):  # brothers' households: cousins
                    family = self._family(village, surname, grandfather, shared)
                    found += family
                    size += len(family)
        return found

    def _village(self) -> tuple[str, str]:
        rng = self.rng
        return self.tag + rng.choice(TOWNS), rng.choice(PLACE) + rng.choice(PLACE2) + "村"

    def _surname(self) -> str:
        return self.rng.choices(self.surnames, self.weights)[0]

    def _char(self, sex: int) -> str:
        pool = BOYS if sex == 1 else GIRLS
        r = self.rng.random()
        # A long tail: some characters far commoner than others.
        return pool[int(len(pool) * r * r)] if r < 0.7 else self.rng.choice(pool)

    def _given(self, sex: int, shared: str | None) -> str:
        if shared:
            return shared + self._char(sex)
        if self.rng.random() < 0.14:
            return self._char(sex)
        first = self._char(sex)
        return first + (first if self.rng.random() < 0.06 else self._char(sex))

    def _adult(self, surname: str | None, sex: int) -> str:
        return (surname or self._surname()) + self._given(sex, None)

    def _citizen(self, born: date, sex: int) -> str:
        while True:
            number = id_number(born, self.rng.randrange(0, 500) * 2 + (1 if sex == 1 else 0))
            if number not in self.used_ids:
                self.used_ids.add(number)
                return number

    def _phone(self) -> str:
        return f"1{self.rng.choice('3578')}{self.rng.randrange(10**9):09d}"

    def _family(
        self, village: tuple[str, str], surname: str, grandfather: str, shared: str | None
    ) -> list[Child]:
        rng = self.rng
        self.household += 1
        minority = rng.random() < 0.03
        father, mother = self._adult(surname, 1), self._adult(None, 2)
        if minority:
            father, mother = (rng.choice(MINORITY_FIRST) + "·" + rng.choice(MINORITY_LAST) for _ in range(2))
        grown = date(1978, 1, 1) + timedelta(days=rng.randrange(5500))
        home = {
            "household": self.household, "town": village[0], "village": village[1],
            "father": father, "father_id": self._citizen(grown, 1),
            "mother": mother, "mother_id": self._citizen(grown + timedelta(days=rng.randrange(900)), 2),
            "guardian": rng.choice([grandfather, grandfather, self._adult(None, 2), mother]),
            "phone": self._phone(), "phone2": self._phone(),
        }  # fmt: skip
        children: list[Child] = []
        born = date(2011, 1, 1) + timedelta(days=rng.randrange(4700))
        count = rng.choices([1, 2, 3, 4], [40, 42, 14, 4])[0]
        while len(children) < count and born <= YOUNGEST:
            for _ in range(2 if rng.random() < self.twin_births else 1):
                twin_of = children[-1] if children and children[-1].birth == born else None
                children.append(self._child(home, surname, born, shared, children, twin_of, minority))
                if twin_of:
                    children[-2:] = [replace(c, twin=True) for c in children[-2:]]
            born += timedelta(days=rng.randrange(330, 1900))
        return children

    def _child(
        self,
        home: dict[str, object],
        surname: str,
        born: date,
        shared: str | None,
        siblings: list[Child],
        twin_of: Child | None,
        minority: bool,
    ) -> Child:
        rng = self.rng
        sex = twin_of.sex if twin_of and rng.random() < 0.7 else rng.choice([1, 2])
        common = shared if rng.random() < 0.8 else None
        if twin_of and common is None and len(twin_of.name) > len(surname) + 1 and rng.random() < 0.7:
            common = twin_of.name[len(surname)]  # twins' names are made alike
        taken = {c.name for c in siblings}
        while True:
            name = surname + self._given(sex, common)
            if minority:
                name = rng.choice(MINORITY_FIRST) + "·" + str(home["father"]).split("·")[0]
            if name not in taken:
                break
        grade = min(max(2026 - born.year - 6 - (born.month > 8), 0), 9)
        town, village = str(home["town"]), str(home["village"])
        central = f"{town[:2]}{'中心小学' if grade <= 6 else '中学'}"
        self.key += 1
        return Child(
            key=self.key, name=name, sex=sex, birth=born, id_no=self._citizen(born, sex), grade=f"{grade}",
            school=central if rng.random() < 0.8 else f"{village[:2]}小学", class_name=f"{rng.randrange(1, 5)}班",
            former=surname + self._given(sex, None) if rng.random() < 0.01 else "", **home,  # type: ignore[arg-type]
        )  # fmt: skip

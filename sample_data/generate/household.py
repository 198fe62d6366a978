"""Makes the people of one household, right in every respect."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from sample_data.generate import ids
from sample_data.generate.names import Names
from sample_data.generate.people import AS_OF, Child, Family, Month, Person, school_year
from sample_data.generate.places import CITIES, GROUPS, KINDS_OF_WORK, SCHOOLS, TOWNSHIPS, school_of

YOUNGEST, OLDEST = date(2026, 3, 31), date(2011, 1, 5)  # births; older ones turn 16 within 60 days
_RELATIONS = {
    "祖母": 38, "祖父": 30, "外祖母": 12, "外祖父": 8, "伯父": 4, "叔父": 3, "姑母": 3, "舅父": 2,
}  # fmt: skip
FEMALE = {"祖母", "外祖母", "姑母", "姨母", "伯母", "婶母", "姐"}
_TOWNSHIP_PEOPLE = {
    "白石镇": ("苗族", "汉族", "穿青人"),
    "清水乡": ("汉族", "彝族"),
    "云台镇": ("布依族", "汉族"),
    "响石乡": ("彝族", "汉族", "回族"),
    "梨园镇": ("汉族", "仡佬族", "穿青人"),
    "望溪乡": ("苗族", "彝族", "白族"),
}


@dataclass
class Maker:
    """All draws of one county, in a fixed order."""

    rng: Random
    names: Names
    issuer: ids.Issuer = field(default_factory=ids.Issuer)
    stems: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    full: bool = True  # the county with defects, in which some exact numbers belong to worked examples

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.rng.randrange((last - first).days + 1))

    def phone(self, prefix: str | None = None) -> str:
        """A mobile number whose first nine digits nobody else has; no runs, no 00 in the middle."""
        while True:
            head = prefix or self.rng.choice(("139", "138", "137", "136", "158", "183", "187", "151"))
            middle = f"{self.rng.randrange(1, 10**6):06d}"
            if middle.startswith("00") or len(set(middle)) < 3 or head + middle in self.stems:
                continue
            self.stems.add(head + middle)
            return f"{head}{middle}{self.rng.randrange(100):02d}"

    def away(self, born: date) -> date | Month:
        """Left for work at least three months before the cut-off day, grown up by then."""
        if self.rng.random() < 0.55:
            day = self.day(date(2026, 2, 20), date(2026, 6, 28))
        else:
            year = self.rng.randrange(max(born.year + 19, 2015), 2026)
            day = self.day(date(year, 1, 5), date(year, 12, 20))
        return day if self.rng.random() < 0.45 else Month(day.year, day.month)

    def place(self) -> str:
        return self.rng.choice(CITIES) + self.rng.choice(KINDS_OF_WORK)

    def person(self, sex: str, birth: date, name: str, phone: bool = True, **more: Any) -> Person:
        id_no = more.pop("id_no", None) or self.issuer.issue(birth, sex)
        return Person(name, sex, birth, id_no, self.phone() if phone else "", **more)

    def couple(self, first_child: date) -> tuple[Person, Person]:
        """Parents of a family whose eldest was born on ``first_child``; both away for work."""
        mother_year = first_child.year - self.rng.randrange(20, 31)
        father_year = max(mother_year - self.rng.randrange(0, 5), first_child.year - 36)
        mother_birth = self.day(date(mother_year, 1, 1), date(mother_year, 12, 28))
        father_birth = self.day(date(father_year, 1, 1), date(father_year, 12, 28))
        father = self.person("男", father_birth, self.names.adult("男"))
        mother = self.person("女", mother_birth, self.names.adult("女"))
        father.place, father.since = self.place(), self.away(father_birth)
        if self.rng.random() < 0.7:
            mother.place = father.place
            mother.since = (
                father.since if father.since_year() >= mother_year + 19 else self.away(mother_birth)
            )
        else:
            mother.place, mother.since = self.place(), self.away(mother_birth)
        return father, mother

    def guardian(self, relation: str, father: Person, mother: Person) -> Person:
        sex = "女" if relation in FEMALE else "男"
        parent = mother if relation.startswith(("外", "舅", "姨")) else father
        if relation.endswith(("祖父", "祖母")):
            year = max(parent.birth.year - self.rng.randrange(20, 27), 1953)
            own = None if sex == "女" else parent.name[0]
            name = self.names.elder(sex, own)
        else:
            year = parent.birth.year + self.rng.randrange(-6, 5)
            name = self.names.adult(sex, parent.name[0])
        birth = self.day(date(year, 1, 5), date(year, 12, 28))
        return self.person(sex, birth, name)

    def family(
        self, township: str, village: str, births: list[date], kind: str = "both", **more: Any
    ) -> Family:
        """A household with children born on ``births`` (eldest first), lawful in every respect."""
        father, mother = self.couple(births[0])
        father = more.pop("father", father)
        mother = more.pop("mother", mother)
        relation = more.pop("relation", None) or self.rng.choices([*_RELATIONS], [*_RELATIONS.values()])[0]
        guardian = more.pop("guardian", None) or self.guardian(relation, father, mother)
        count = self.numbers[f"{township}{village}"] = self.numbers.get(f"{township}{village}", 0) + 1
        family = Family(
            township, village, more.pop("group", None) or self.rng.choice(GROUPS), f"{count:03d}", father, mother,
            guardian, relation, kind, ethnicity=self.rng.choice(_TOWNSHIP_PEOPLE[township]),
            guard_eval="较好" if self.rng.random() < 0.7 else "一般",
            aid=self.rng.choices(("无", "低保", "教育救助", "医疗救助"), (70, 15, 12, 3))[0],
            income=self.rng.choice(("打工收入", "打工收入", "打工收入、种养殖业")),
        )  # fmt: skip
        sexes = more.pop("sexes", None) or [self.rng.choice("男女") for _ in births]
        sequences = more.pop("sequences", None) or [None] * len(births)
        child_names = more.pop("child_names", None) or [None] * len(births)
        for birth, sex, sequence, name in zip(births, sexes, sequences, child_names, strict=True):
            self.child(family, birth, sex, name, sequence)
        for key, value in more.items():
            setattr(family, key, value)
        if kind == "one":
            self.unable(family)
        elif kind == "dead":
            self.dead(family)
        return family

    def unable(self, family: Family) -> None:
        """One parent away, the other at home and unable to care."""
        person = family.mother if self.rng.random() < 0.7 else family.father
        person.place, person.since = "在家", None
        person.status, person.status_text = self.rng.choice(
            (("重残", "智力残疾二级"), ("重残", "精神残疾二级"), ("重残", "肢体残疾一级"), ("重病", "尿毒症"))
        )

    def dead(self, family: Family) -> None:
        person = family.father if self.rng.random() < 0.7 else family.mother
        person.alive, person.place, person.since, person.phone = False, "", None, ""

    def child(
        self, family: Family, birth: date, sex: str, name: str | None = None, sequence: int | None = None
    ) -> Child:
        id_no = self.issuer.issue(birth, sex, sequence)
        child = Child(name or self.names.child(family.father.name[0], sex), sex, birth, id_no, family)
        self.schooling(child)
        if self.rng.random() < 0.012:
            kind, level = self.rng.choice((("听力残疾", "三级"), ("肢体残疾", "四级"), ("视力残疾", "四级")))
            digits = {"视力残疾": "1", "听力残疾": "2", "肢体残疾": "4"}[kind] + {"三级": "3", "四级": "4"}[
                level
            ]
            child.health, child.disability = "残疾", (kind, level, child.id_no + digits)
        elif self.rng.random() < 0.008:
            child.health, child.illness = "患病", self.rng.choice(("先天性心脏病", "急性白血病", "血友病"))
        family.children.append(child)
        return child

    def schooling(self, child: Child, shift: int = 0) -> None:
        """Where the child goes by its age; ``shift`` for early (+1) or late (-1) entry."""
        grade = school_year(child.birth) + shift
        child.grade = grade
        if grade < -2 or (grade <= 0 and self.rng.random() < 0.15):
            child.status, child.school = ("未入园", None)
            return
        stage = (
            "kindergarten"
            if grade <= 0
            else "primary"
            if grade <= 6
            else "junior"
            if grade <= 9
            else "senior"
        )
        child.status = {"kindergarten": "幼儿园", "primary": "小学", "junior": "初中", "senior": "高中"}[
            stage
        ]
        if stage == "senior":
            child.school = next(s for s in SCHOOLS if s.name == "青禾县第一中学")
        else:
            child.school = school_of(child.family.township, child.family.village, stage)
        child.class_no = self.rng.randrange(1, 3)
        child.boarding = stage in ("junior", "senior") or (grade >= 4 and self.rng.random() < 0.3)

    def births(self, count: int) -> list[date]:
        """Birth days of ``count`` siblings, eldest first."""
        while True:
            weights = (3, 3, 3, 2) if count > 1 else (2, 4, 4, 3)
            band = self.rng.choices((0, 1, 2, 3), weights)[0]
            low, high = ((2020, 2025), (2016, 2020), (2013, 2016), (2011, 2013))[band]
            days = [self.day(max(OLDEST, date(low, 1, 5)), date(high, 12, 28))]
            while len(days) < count:
                days.append(days[-1] + timedelta(days=self.rng.randrange(480, 1500)))
            if days[-1] <= YOUNGEST:
                return days


def usual_village(rng: Random) -> tuple[str, str]:
    township = rng.choice([*TOWNSHIPS])
    return township, rng.choice(TOWNSHIPS[township])


def at_least_three_months(day: date | Month) -> bool:
    last = day if isinstance(day, date) else date(day.year, day.month, 28)
    return (AS_OF - last).days >= 92

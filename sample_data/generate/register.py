"""The register of a county: ordinary families, the lawful but odd ones, pupils, orphans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from sample_data.generate.alike import RESERVED as ALIKE
from sample_data.generate.alike import add_alike
from sample_data.generate.household import Maker
from sample_data.generate.names import Names
from sample_data.generate.people import Child, Family, Register, school_year
from sample_data.generate.places import SCHOOLS, TOWNSHIPS
from sample_data.generate.traps import RESERVED, add_traps

_SIZES = (1, 2, 3)
_SIZE_WEIGHTS = (70, 25, 5)
_MEASURES = (
    "每周到家中检查作业一次，每月与父母视频通话一次",
    "每月入户一次，协调落实营养改善和寄宿补助",
    "结对辅导语文和数学，周末开放村图书室陪读",
    "每半月电话了解学习生活，节假日开展防溺水教育",
    "协助祖辈办理医保和低保复核，每月送学习用品",
    "组织参加儿童之家活动，每月谈心一次并做记录",
)


def build(seed: int, townships: dict[str, tuple[str, ...]], per_village: int, everything: bool) -> Register:
    """``per_village``: ordinary families in each village. ``everything``: also the odd families that
    lead to a lawful notice, which the clean county leaves out."""
    rng = Random(seed)
    names = Names(rng)
    names.reserve(*RESERVED, *ALIKE)
    make = Maker(rng, names, full=everything)
    register = Register()
    add_traps(make, register, everything)
    for township, villages in townships.items():
        for village in villages:
            helpers = [(names.adult(rng.choice("男女")), make.phone()) for _ in range(4)]
            for _ in range(per_village + rng.randrange(-3, 4)):
                count = rng.choices(_SIZES, _SIZE_WEIGHTS)[0]
                kind = rng.choices(("both", "one", "dead"), (91, 6, 3))[0]
                register.families.append(make.family(township, village, make.births(count), kind))
            here = [f for f in register.families if f.township == township and f.village == village]
            for at, family in enumerate(here):
                rng.choice(helpers)  # so that what is drawn after stays what it was
                family.helper = (*helpers[at % len(helpers)], rng.choice(_MEASURES))
            here.sort(key=lambda f: f.group)
    register.families.sort(key=_place)
    _pupils(make, register, townships, 55 if everything else 12)
    _orphans(make, register, townships, 6 if everything else 4)
    own = Random(f"{seed}/alike")
    add_alike(replace(make, rng=own, names=replace(names, rng=own)), register, everything)
    register.families.sort(key=_place)
    _relieve(replace(make, rng=own, names=replace(names, rng=own)), register)
    return register


def _relieve(make: Maker, register: Register) -> None:
    """Nobody helps more than nine households: the rest of them get another helper of the village."""
    helped: dict[str, list[Family]] = {}
    for family in register.families:
        helped.setdefault(family.helper[1], []).append(family)
    for families in helped.values():
        for start in range(9, len(families), 9):
            name, phone = make.names.adult(make.rng.choice("男女")), make.phone()
            for family in families[start : start + 9]:
                family.helper = (name, phone, family.helper[2])


def _place(family: Family) -> tuple[int, int, str, str]:
    towns = [*TOWNSHIPS]
    villages = TOWNSHIPS[family.township]
    order = ("一组", "二组", "三组", "四组", "五组").index(family.group)
    return towns.index(family.township), villages.index(family.village), str(order), family.number


def _pupils(make: Maker, register: Register, townships: dict[str, tuple[str, ...]], per_village: int) -> None:
    """Pupils who live with their parents: they stand in the enrolment export only."""
    for township, villages in townships.items():
        for village in villages:
            for _ in range(per_village):
                birth = make.day(date(2011, 9, 1), date(2020, 8, 31))
                family = make.family(township, village, [birth], relation="祖母")
                family.kind = "home"
                for parent in (family.father, family.mother):
                    parent.place, parent.since = "在家", None
                child = family.children[0]
                if 1 <= school_year(birth) <= 9:
                    register.pupils.append(child)


def _orphans(make: Maker, register: Register, townships: dict[str, tuple[str, ...]], each: int) -> None:
    """Children on the list of orphans; none of them is registered as left behind."""
    for township, villages in townships.items():
        for _ in range(each):
            family = make.family(
                township, make.rng.choice(villages), [make.day(date(2011, 2, 1), date(2022, 1, 1))]
            )
            family.kind = "orphan"
            family.children[0].remark = make.rng.choice(("", "", "跟随祖辈生活", "学费已减免"))
            register.orphans.append(family.children[0])


def pupils_of(register: Register, school: str) -> list[Child]:
    """All pupils of a school, left behind or not, class by class."""
    there = [c for c in [*register.children, *register.pupils] if c.school and c.school.name == school]
    return sorted(there, key=lambda c: (-c.grade, c.class_no, c.id_no[6:14], c.id_no))


def schools_with_ledger(townships: dict[str, tuple[str, ...]]) -> list[str]:
    return [s.name for s in SCHOOLS if s.ledger and s.township in townships]

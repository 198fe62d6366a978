"""The register model: what is true of the invented county, before anyone writes it into a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sample_data.generate.places import School

AS_OF = date(2026, 10, 31)


@dataclass(frozen=True)
class Month:
    """A month of which the day is not known."""

    year: int
    month: int


@dataclass(eq=False)
class Person:
    """``place``: where the person works; ``since``: away from that day or month on."""

    name: str
    sex: str
    birth: date
    id_no: str
    phone: str = ""
    place: str = ""
    since: date | Month | None = None
    alive: bool = True
    status: str = ""  # why unable to care: 重残 …
    status_text: str = ""  # as told in remarks: 智力残疾二级

    def since_year(self) -> int:
        return self.since.year if self.since else 0


@dataclass(eq=False)
class Child:
    name: str
    sex: str
    birth: date
    id_no: str
    family: Family
    grade: int = -2  # 1–12; 0 last year of kindergarten … -2 youngest; see ``status``
    class_no: int = 1
    school: School | None = None
    status: str = "未入园"
    boarding: bool = False
    health: str = "健康"
    disability: tuple[str, str, str] = ("", "", "")  # type, level, card
    illness: str = ""
    former_name: str = ""
    id_type: str = "居民身份证"
    hukou: bool = True
    hukou_note: str = ""
    remark: str = ""
    trap: str = ""
    xueji: str | None = None  # None: "G" + ID number
    outside_school: str = ""  # goes to school in another county
    overrides: dict[str, str] = field(default_factory=dict)  # field → what is written in every table

    @property
    def age(self) -> int:
        return years(self.birth, AS_OF)


@dataclass(eq=False)
class Family:
    """One household: parents, who looks after the children, and where they live.

    ``kind``: both (both parents away), one (one away, the other unable to care), dead (one dead).
    """

    township: str
    village: str
    group: str
    number: str
    father: Person
    mother: Person
    guardian: Person
    relation: str  # of the guardian to the children: 祖父 …
    kind: str = "both"
    children: list[Child] = field(default_factory=list)
    ethnicity: str = "汉族"
    guard_eval: str = "较好"
    trap: str = ""
    aid: str = "无"
    income: str = "打工收入"
    helper: tuple[str, str, str] = ("", "", "")  # name, phone, measure

    @property
    def key(self) -> str:
        return f"{self.township}/{self.village}/{self.number}"

    @property
    def address(self) -> str:
        return f"青禾县{self.township}{self.village}{self.group}"


@dataclass(eq=False)
class Register:
    """All families of the county, pupils who are not left behind, and orphans."""

    families: list[Family] = field(default_factory=list)
    pupils: list[Child] = field(default_factory=list)
    orphans: list[Child] = field(default_factory=list)

    @property
    def children(self) -> list[Child]:
        return [c for f in self.families for c in f.children]


def years(birth: date, day: date) -> int:
    """Completed years; a child of 29 February has its birthday on 1 March in common years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def school_year(birth: date) -> int:
    """The usual grade in autumn 2026: grade 1 for who is six by 31 August; below 1 before that."""
    return years(birth, date(2026, 8, 31)) - 5

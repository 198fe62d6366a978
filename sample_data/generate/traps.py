"""Lawful patterns that look odd (domain notes, C-traps): the rules must stay silent on them.

Families marked *notice* lead to a finding of severity notice, as the catalogue says; they stand in the
county with defects only, and their notices are in the truth file (see ``defects/notices.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sample_data.generate.household import Maker
from sample_data.generate.people import Family, Month, Register
from sample_data.generate.places import SCHOOLS

# Names the traps and the worked examples use; nobody else bears them.
RESERVED = (
    *("杨浩然", "杨浩宇", "杨晓峰", "覃金莲", "阿依古丽·买买提", "李英", "王芳", "陈明秀"),
    *("周国富", "王大贵", "周老奶", "石莎莎", "李明", "李明亮", "王子涵"),
)

Builder = Callable[[Maker], list[Family]]


def add_traps(make: Maker, register: Register, everything: bool) -> None:
    for name, builder, notice in BUILDERS:
        if notice and not everything:
            continue
        for family in builder(make):
            family.trap = name
            for child in family.children:
                child.trap = name
            register.families.append(family)


def twins(make: Maker) -> list[Family]:
    birth = date(2015, 3, 12)
    return [make.family("白石镇", "大坪子村", [birth, birth], sexes=["男", "男"], sequences=[11, 13] if make.full else [1, 3],
                        child_names=["杨浩然", "杨浩宇"], relation="祖父", ethnicity="苗族")]  # fmt: skip


def siblings_and_half_siblings(make: Maker) -> list[Family]:
    """The mother's two marriages: both children bear her surname and live at her parents'."""
    first = make.family("清水乡", "柏杨林村", [date(2013, 5, 6)], relation="外祖母", group="二组")
    second = make.family("清水乡", "柏杨林村", [date(2018, 9, 17)], relation="外祖母", group="二组",
                         mother=first.mother, guardian=first.guardian)  # fmt: skip
    for family in (first, second):
        family.ethnicity = "汉族"
        child = family.children[0]
        child.name = make.names.child(first.mother.name[0], child.sex)
    return [first, second]


def remarried_mother(make: Maker) -> list[Family]:
    """*Notice*: one mother in two households with different surnames and villages."""
    first = make.family("云台镇", "云峰村", [date(2012, 4, 8)], relation="祖母")
    second = make.family("响石乡", "响泉村", [date(2019, 6, 21)], relation="祖父", mother=first.mother)
    return [first, second]


def many_grandchildren(make: Maker) -> list[Family]:
    """A grandmother with five grandchildren of two sons."""
    first = make.family("白石镇", "珠岩村", [date(2012, 2, 11), date(2014, 7, 1), date(2017, 3, 5)],
                        relation="祖母", group="三组")  # fmt: skip
    uncle = make.family("白石镇", "珠岩村", [date(2013, 10, 3), date(2019, 1, 22)], relation="祖母", group="三组",
                        guardian=first.guardian)  # fmt: skip
    surname = first.father.name[0]
    uncle.father.name = make.names.adult("男", surname)
    for child in uncle.children:
        child.name = make.names.child(surname, child.sex)
    uncle.ethnicity = first.ethnicity
    return [first, uncle]


def mothers_surname(make: Maker) -> list[Family]:
    family = make.family("清水乡", "沙坝村", [date(2016, 8, 19)])
    child = family.children[0]
    child.name = make.names.child(family.mother.name[0], child.sex)
    return [family]


def same_common_names(make: Maker) -> list[Family]:
    """Two mothers called 李英 and two called 王芳, who have nothing else in common."""
    families = []
    for name, (one, other) in {
        "李英": (("白石镇", "石桥村"), ("望溪乡", "回龙村")),
        "王芳": (("清水乡", "清塘村"), ("梨园镇", "花竹村")),
    }.items():
        for (township, village), place, since in (
            (one, "浙江省宁波市", Month(2024, 3)),
            (other, "广东省佛山市", Month(2026, 2)),
        ):
            family = make.family(township, village, [date(2014 + len(families), 6, 3 + len(families))])
            family.mother.name, family.mother.place, family.mother.since = name, place, since
            families.append(family)
    return families


def same_name_classmates(make: Maker) -> list[Family]:
    first = make.family("清水乡", "小河边村", [date(2016, 1, 14)], sexes=["女"], child_names=["王子涵"])
    second = make.family("清水乡", "清塘村", [date(2016, 5, 2)], sexes=["女"], child_names=["王子涵"])
    for family in (first, second):
        family.father.name = make.names.adult("男", "王")
        family.children[0].class_no = 1
    return [first, second]


def dotted_name(make: Maker) -> list[Family]:
    family = make.family("响石乡", "滥坝村", [date(2015, 11, 23)], sexes=["女"], child_names=["阿依古丽·买买提"],
                         relation="祖父", ethnicity="维吾尔族")  # fmt: skip
    family.father.name, family.guardian.name = "买买提·艾力", "艾力·托合提"
    family.mother.name = "热孜万古丽·阿不都"
    return [family]


def former_name(make: Maker) -> list[Family]:
    family = make.family("梨园镇", "青杠村", [date(2014, 2, 27)], sexes=["女"])
    family.children[0].former_name = family.father.name[0] + "小琴"
    family.children[0].remark = f"曾用名{family.father.name[0]}小琴"
    return [family]


def old_prefixes(make: Maker) -> list[Family]:
    """Registered first under the old and the new code of a real county: both are lawful areas."""
    families = []
    for area, birth, place in (
        ("522428", date(2011, 3, 18), ("梨园镇", "营盘村")),
        ("520527", date(2014, 12, 9), ("望溪乡", "麻窝村")),
    ):
        family = make.family(*place, [birth], sexes=["女"])
        child = family.children[0]
        child.id_no = make.issuer.issue(birth, "女", 998, area)
        families.append(family)
    return families


def from_hong_kong_and_taiwan(make: Maker) -> list[Family]:
    families = []
    for area, birth, place, document in (
        ("810000", date(2017, 6, 30), ("白石镇", "水井湾村"), "港澳居民居住证"),
        ("830000", date(2018, 4, 1), ("云台镇", "箐口村"), "台湾居民居住证"),
    ):
        family = make.family(*place, [birth], sexes=["男"])
        child = family.children[0]
        child.id_no, child.id_type = make.issuer.issue(birth, "男", 997, area), document
        families.append(family)
    return families


def chuanqing(make: Maker) -> list[Family]:
    return [make.family("白石镇", "岩脚寨村", [date(2015, 9, 9), date(2018, 8, 8)], ethnicity="穿青人"),
            make.family("望溪乡", "双龙井村", [date(2014, 9, 19)], ethnicity="革家人")]  # fmt: skip


def one_phone(make: Maker) -> list[Family]:
    """Parents share a telephone; the grandparent gives the son's number."""
    family = make.family("清水乡", "沙坝村", [date(2013, 3, 3), date(2015, 12, 12)], relation="祖母")
    family.mother.phone = family.guardian.phone = family.father.phone
    return [family]


def committee_phone(make: Maker) -> list[Family]:
    """Four households leave the village committee's number for the grandparents."""
    births = (date(2015, 2, 3), date(2016, 7, 14), date(2017, 5, 25), date(2018, 10, 6))
    families = [make.family("白石镇", "石桥村", [birth], relation="祖母") for birth in births]
    for family in families:
        family.guardian.phone = "0857-7210103"
    return families


def dead_parent(make: Maker) -> list[Family]:
    return [make.family("白石镇", "水井湾村", [date(2013, 1, 8), date(2016, 4, 4)], kind="dead"),
                make.family("清水乡", "马鞍山村", [date(2015, 6, 7)], kind="dead")]  # fmt: skip


def leap_day(make: Maker) -> list[Family]:
    return [make.family("清水乡", "清塘村", [date(2012, 2, 29)], sexes=["男"], sequences=[7],
                        child_names=["李明亮"])]  # fmt: skip


def school_entry(make: Maker) -> list[Family]:
    """Early and late entry, a year repeated."""
    families = []
    for birth, shift, remark in (
        (date(2016, 10, 1), 1, ""),
        (date(2014, 3, 3), -2, "复读"),
        (date(2015, 5, 20), -1, ""),
    ):
        family = make.family("白石镇", "大坪子村", [birth])
        make.schooling(family.children[0], shift)
        family.children[0].remark = remark
        families.append(family)
    return families


def taught_at_home(make: Maker) -> list[Family]:
    family = make.family("清水乡", "沙坝村", [date(2013, 9, 2)])
    child = family.children[0]
    child.status, child.school, child.boarding = "送教上门", None, False
    child.health, child.disability, child.illness = "残疾", ("肢体残疾", "一级", child.id_no + "41"), ""
    return [family]


def not_yet_registered(make: Maker) -> list[Family]:
    """No household registration yet, and the reason given."""
    family = make.family("白石镇", "珠岩村", [date(2025, 12, 5)])
    child = family.children[0]
    child.id_no, child.hukou = "", False
    child.hukou_note = child.remark = "出生医学证明已办，正在派出所办理落户"
    return [family]


def uncle_as_guardian(make: Maker) -> list[Family]:
    family = make.family("清水乡", "马鞍山村", [date(2014, 11, 30)], relation="叔父")
    return [family]


def other_county_school(make: Maker) -> list[Family]:
    """*Notice*: goes to school in another county."""
    family = make.family("望溪乡", "望江坪村", [date(2015, 4, 15)], relation="外祖父")
    child = family.children[0]
    child.school, child.outside_school, child.remark = None, "临江县城关第一小学", "在外县就读，随外祖父居住"
    return [family]


def born_on_cutoff_day(make: Maker) -> list[Family]:
    """*Notice* (G12): sixteen on the cut-off day itself is no G01."""
    return [make.family("云台镇", "落水洞村", [date(2010, 10, 31)])]


def sixteen_soon(make: Maker) -> list[Family]:
    """*Notice* (G12): sixteen within 60 days of the cut-off day."""
    return [make.family("梨园镇", "梨花村", [date(2010, 11, 20)]),
            make.family("清水乡", "小河边村", [date(2010, 12, 28)])]  # fmt: skip


def changed_number(make: Maker) -> list[Family]:
    """The ID number was corrected, the 学籍号 keeps the old one. *Notice*."""
    family = make.family("清水乡", "清塘村", [date(2014, 8, 16)])
    child = family.children[0]
    child.xueji = "G" + make.issuer.issue(date(2014, 8, 6), child.sex)
    return [family]


def spring_festival(make: Maker) -> list[Family]:
    family = make.family("白石镇", "石桥村", [date(2016, 6, 26)])
    family.children[0].remark = "父母春节回家探亲，节后已返岗"
    return [family]


def lodger(make: Maker) -> list[Family]:
    """In the first year of a vocational school at fifteen."""
    family = make.family("梨园镇", "花竹村", [date(2011, 5, 9)])
    child = family.children[0]
    child.school, child.status = next(s for s in SCHOOLS if s.name == "青禾县职业中学"), "中职"
    child.grade = 10
    return [family]


def young_mother(make: Maker) -> list[Family]:
    """Fifteen years and nine months between mother and child."""
    family = make.family("清水乡", "马鞍山村", [date(2020, 10, 1)])
    mother = family.mother
    mother.birth = date(2004, 12, 24)
    mother.id_no = make.issuer.issue(mother.birth, "女")
    mother.since = Month(2023, 2)
    return [family]


BUILDERS: tuple[tuple[str, Builder, bool], ...] = (
    ("双胞胎", twins, False),
    ("同母异父", siblings_and_half_siblings, False),
    ("母亲再婚、列在两户", remarried_mother, True),
    ("祖母照料两个儿子的五个孙辈", many_grandchildren, False),
    ("随母姓", mothers_surname, False),
    ("同名母亲", same_common_names, True),
    ("同班同名", same_name_classmates, False),
    ("带间隔号的姓名", dotted_name, True),
    ("曾用名", former_name, True),
    ("新旧行政区划代码", old_prefixes, True),
    ("港台居民居住证", from_hong_kong_and_taiwan, True),
    ("穿青人、革家人", chuanqing, True),
    ("一家共用电话", one_phone, False),
    ("村委会电话", committee_phone, False),
    ("一方已故填—", dead_parent, False),
    ("2月29日出生", leap_day, False),
    ("早入学、晚入学、复读", school_entry, False),
    ("送教上门", taught_at_home, False),
    ("未落户已说明", not_yet_registered, False),
    ("叔父为监护人", uncle_as_guardian, False),
    ("外县就读", other_county_school, True),
    ("截止日当天满16周岁", born_on_cutoff_day, True),
    ("60天内满16周岁", sixteen_soon, True),
    ("更正证号后学籍号未变", changed_number, True),
    ("春节探亲", spring_festival, False),
    ("中职低龄", lodger, True),
    ("年轻母亲", young_mother, False),
)

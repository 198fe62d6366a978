"""Lawful patterns on which the rules across lists must stay silent: people alike in name, house or number.

They are made after everybody else, with draws of their own, so that nobody else's data depend on them.
What single lists write otherwise (a dot, a blank) is in ``defects/oddities.py``.
"""

from __future__ import annotations

from datetime import date

from sample_data.generate.household import Maker
from sample_data.generate.people import Family, Person, Register
from sample_data.generate.traps import Builder

RESERVED = (
    *("张佳怡", "张佳欣", "李浩轩", "李浩宣", "罗家俊", "罗家骏", "王梓萱", "古丽娜尔·艾合买提", "周明"),
    *("艾合买提·吐尔逊", "阿依夏木·热合曼", "吐尔逊·依明"),
)


def add_alike(make: Maker, register: Register, everything: bool) -> None:
    for name, builder, full_only in BUILDERS:
        if full_only and not everything:
            continue
        for family in builder(make):
            family.trap = name
            family.helper = ("石朝芬", "13985730616", "每周入户辅导作业一次，帮助与父母视频通话")
            for child in family.children:
                child.trap = name
            register.families.append(family)


def twin_sisters(make: Maker) -> list[Family]:
    """One of them is taught at home and in no school's ledger: the other is not her misspelt."""
    birth = date(2016, 5, 17)
    family = make.family("白石镇", "水井湾村", [birth, birth], sexes=["女", "女"], relation="祖母",
                         child_names=["张佳怡", "张佳欣"])  # fmt: skip
    family.father.name = make.names.adult("男", "张")
    for child in family.children:
        child.health, child.disability, child.illness = "健康", ("", "", ""), ""
    sister = family.children[1]
    sister.status, sister.school, sister.boarding = "送教上门", None, False
    sister.health, sister.disability = "残疾", ("肢体残疾", "一级", sister.id_no + "41")
    return [family]


def twin_brothers(make: Maker) -> list[Family]:
    """Names of one sound, numbers two apart, one class."""
    birth = date(2017, 3, 9)
    family = make.family("清水乡", "清塘村", [birth, birth], sexes=["男", "男"], relation="祖父",
                         child_names=["李浩轩", "李浩宣"])  # fmt: skip
    family.father.name = make.names.adult("男", "李")
    for child in family.children:
        child.class_no = 1
    return [family]


def cousins(make: Maker) -> list[Family]:
    """Two brothers' sons with a generation character, at their grandparents', names of one sound."""
    first = make.family("白石镇", "大坪子村", [date(2015, 10, 4)], sexes=["男"], relation="祖父", group="四组",
                        child_names=["罗家俊"])  # fmt: skip
    second = make.family("白石镇", "大坪子村", [date(2016, 1, 21)], sexes=["男"], relation="祖父", group="四组",
                         guardian=first.guardian, child_names=["罗家骏"])  # fmt: skip
    first.guardian.name = make.names.elder("男", "罗")
    for family in (first, second):
        family.father.name = make.names.adult("男", "罗")
        family.ethnicity = "苗族"
    second.number = first.number
    return [first, second]


def namesakes(make: Maker) -> list[Family]:
    """One name, one class label, two schools, born in one month."""
    families = []
    for township, village, day in (("白石镇", "石桥村", 8), ("清水乡", "清塘村", 21)):
        family = make.family(township, village, [date(2017, 11, day)], sexes=["女"], child_names=["王梓萱"])
        family.father.name = make.names.adult("男", "王")
        family.children[0].class_no = 1
        families.append(family)
    return families


def dots_and_blanks(make: Maker) -> list[Family]:
    """Each list writes the name another way; see ``oddities``."""
    one = make.family("梨园镇", "营盘村", [date(2015, 7, 13)], sexes=["女"], child_names=["古丽娜尔·艾合买提"],
                      relation="祖父", ethnicity="维吾尔族")  # fmt: skip
    one.father.name, one.guardian.name = "艾合买提·吐尔逊", "吐尔逊·依明"
    one.mother.name = "阿依夏木·热合曼"
    other = make.family("望溪乡", "回龙村", [date(2014, 4, 2)], sexes=["男"], child_names=["周明"])
    other.father.name = make.names.adult("男", "周")
    return [one, other]


def school_as_guardian(make: Maker) -> list[Family]:
    """A boarding school looks after the children of three families."""
    school = Person("望溪乡中心小学", "", date(1990, 1, 1), "", "0857-7219601")
    births = (date(2015, 1, 29), date(2015, 12, 3), date(2016, 6, 18))
    families = [
        make.family("望溪乡", village, [birth], guardian=school, relation="其他")
        for village, birth in zip(("双龙井村", "麻窝村", "竹林寨村"), births, strict=True)
    ]
    for family in families:
        family.children[0].boarding = True
    return families


def six_grandchildren(make: Maker) -> list[Family]:
    """*Notice*: a grandmother with six grandchildren of three sons."""
    births = (
        (date(2013, 8, 2), date(2016, 2, 14)),
        (date(2014, 11, 11), date(2018, 3, 30)),
        (date(2017, 9, 25), date(2020, 5, 8)),
    )
    families: list[Family] = []
    for days in births:
        more = {"guardian": families[0].guardian} if families else {}
        families.append(make.family("云台镇", "箐口村", [*days], relation="祖母", group="一组", **more))
    surname = families[0].father.name[0]
    for family in families:
        family.father.name = make.names.adult("男", surname)
        family.ethnicity = families[0].ethnicity
        for child in family.children:
            child.name = make.names.child(surname, child.sex)
    return families


BUILDERS: tuple[tuple[str, Builder, bool], ...] = (
    ("孪生姐妹、一人送教上门", twin_sisters, False),
    ("孪生兄弟名字同音", twin_brothers, False),
    ("堂兄弟同住、名字同音", cousins, False),
    ("两校同班号同名", namesakes, False),
    ("各处间隔号、空格不同", dots_and_blanks, True),
    ("学校为监护人", school_as_guardian, True),
    ("祖母照料三个儿子的六个孙辈", six_grandchildren, True),
)
# Lawful patterns of agreements and of help, see ``views/agreements.py``, ``defects/helpers.py``.
OF_CARE = ("两名帮扶人，其中一名专帮一户", "旧协议已续签", "祖父母一方登记、另一方受托")
# Lawful patterns of single lists, see ``defects/oddities.py`` and ``defects/blanks.py``.
ODDITIES = (
    "学籍单亲留守、民政不列",
    "宿舍名单中的非留守住校生",
    "儿童主任一人帮扶多人",
    "花名册已注明事实无人抚养",
    "单亲家庭，母亲各栏空白",
)

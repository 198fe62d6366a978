"""An invented county: households, siblings, twins, cousins under one grandfather, namesakes.

Names are drawn from surname and character frequencies written down by hand; nothing here is taken from
the matcher's tables. ID numbers use the unallocated area 529901.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.benchmarks.matching.confusions import words

SURNAMES = words(
    "王72 李70 张66 刘52 陈47 杨40 黄24 赵21 吴25 周22 徐15 孙13 马13 朱12 胡13 "
    "郭12 何14 林11 高10 罗18 郑9 梁9 谢9 宋8 唐10 许7 邓10 冯6 韩5 曹6 曾9 彭9 萧4 "
    "肖6 田7 董5 潘8 袁6 蔡6 蒋8 余8 于3 杜5 叶6 程4 魏6 苏5 吕4 丁4 任5 卢5 姚4 沈3 钟5 "
    "姜3 崔3 谭5 陆4 范4 汪4 廖5 石8 金3 韦14 贾3 夏4 付5 方4 邹4 熊5 白3 孟3 秦4 邱3 "
    "侯3 江4 尹3 薛2 阎2 雷3 龙9 段3 史2 陶3 贺3 毛3 郝2 顾2 龚4 邵2 覃9 莫5 文4 安3 吉2 "
    "单1 仇1 解1 乐1 查1 盘2 欧阳2 司马1 令狐2 冉3 穆1 古2 申2 饶2 宁1 祝2 向3 岑2 蒙3 农3 "
    "班2 赖2 聂2 "
)
BOYS = (
    "伟强磊军勇杰涛超明刚平辉鹏飞鑫波斌宇浩凯健俊帆旭宁龙林阳建华文亮金海成龙志国兵雷浩然子轩宇航博睿泽晨佳豪家乐天佑梓豪俊熙"
    "嘉懿煜城思源明哲文博昊天皓轩承宇瑞霖正豪德福贵财富根生春发荣光新民胜利世杰永康少华仁义"
)
GIRLS = (
    "芳娜敏静秀娟英华慧巧美娥玲珍贞莉桂娣叶璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琴蕊薇菁梦岚苑婕"
    "馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希欣飘育滢馥筠柔竹霭凝晓欢霄枫芸菲寒伊亚宜可姬舒影荔枝思丽雨涵欣怡梓涵诗涵紫萱佳"
    "怡金莲春梅艳红翠兰小燕雪梅玉兰彩云冬梅月娥"
)
SHARED = "文武国正光明德世家永大小春秋金玉成万天志忠孝仁义子梓雨思佳欣"
MINORITY_FIRST = words(
    "阿依古丽 艾力 买买提 吐尔逊 热依汗 古丽娜尔 努尔兰 阿布都热合曼 帕提古丽 木合塔尔 迪丽努尔 阿曼古丽 吉克阿呷 "
    "阿说伍果 曲比拉作 沙马尔洛 丁真 扎西顿珠 卓玛央金 格桑曲珍 "
)
MINORITY_LAST = words("买买提 吐尔逊 艾合买提 肉孜 依明 托合提 沙迪克 阿不力孜 玉素甫 哈斯木 热合曼 库尔班 ")
TOWNS = words(
    "白石镇 清水乡 石板镇 大坪乡 松林镇 新桥镇 河口乡 云岭镇 青山乡 马场镇 长冲乡 三岔镇 龙井乡 平川镇 高坡乡 "
    "沙坝镇 "
)
PLACE = "大小上下新老东西南北中高长平石水"
PLACE2 = "寨坪坝山河沟岩井塘湾冲岭田桥坡关口林"


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
    """Makes children household by household."""

    def __init__(self, seed: int, first_key: int = 0, tag: str = "") -> None:
        self.rng = random.Random(seed)
        self.surnames = [s.rstrip("0123456789") for s in SURNAMES]
        self.weights = [int(s[len(n) :]) for s, n in zip(SURNAMES, self.surnames, strict=True)]
        self.key = first_key
        self.household = first_key
        self.used_ids: set[str] = set()
        self.tag = tag
        self.pending: list[Child] = []

    def surname(self) -> str:
        return self.rng.choices(self.surnames, self.weights)[0]

    def _char(self, sex: int) -> str:
        pool = BOYS if sex == 1 else GIRLS
        r = self.rng.random()
        # A long tail: some characters far commoner than others.
        return pool[int(len(pool) * r * r)] if r < 0.7 else self.rng.choice(pool)

    def given(self, sex: int, shared: str | None, length: int | None = None) -> str:
        if length is None:
            length = 1 if shared is None and self.rng.random() < 0.14 else 2
        if length == 1:
            return self._char(sex)
        if shared:
            return shared + self._char(sex)
        if self.rng.random() < 0.06:
            c = self._char(sex)
            return c + c
        return self._char(sex) + self._char(sex)

    def citizen(self, born: date, sex: int) -> str:
        while True:
            sequence = self.rng.randrange(0, 500) * 2 + (1 if sex == 1 else 0)
            number = id_number(born, sequence)
            if number not in self.used_ids:
                self.used_ids.add(number)
                return number

    def adult(self, surname: str | None, sex: int) -> str:
        return (surname or self.surname()) + self.given(sex, None)

    def family(
        self, village: tuple[str, str], surname: str, grandfather: str, shared: str | None
    ) -> list[Child]:
        rng = self.rng
        self.household += 1
        minority = rng.random() < 0.03
        father = self.adult(surname, 1)
        mother = self.adult(None, 2)
        if minority:
            father, mother = (rng.choice(MINORITY_FIRST) + "·" + rng.choice(MINORITY_LAST) for _ in range(2))
        adult_birth = date(1978, 1, 1) + timedelta(days=rng.randrange(5500))
        father_id, mother_id = (
            self.citizen(adult_birth, 1),
            self.citizen(adult_birth + timedelta(days=rng.randrange(900)), 2),
        )
        phone = f"1{rng.choice('3578')}{rng.randrange(10**9):09d}"
        phone2 = f"1{rng.choice('3578')}{rng.randrange(10**9):09d}"
        guardian = rng.choice([grandfather, grandfather, self.adult(None, 2), mother])
        children: list[Child] = []
        born = date(2011, 1, 1) + timedelta(days=rng.randrange(4700))
        count = rng.choices([1, 2, 3, 4], [40, 42, 14, 4])[0]
        taken: set[str] = set()
        while len(children) < count:
            twins = rng.random() < 0.012
            for number in range(2 if twins else 1):
                sex = (
                    rng.choice([1, 2]) if not (twins and number and rng.random() < 0.7) else children[-1].sex
                )
                common = shared if rng.random() < 0.8 else None
                if twins and common is None and rng.random() < 0.7:
                    common = (
                        children[-1].name[len(surname)]
                        if number and len(children[-1].name) > len(surname) + 1
                        else rng.choice(SHARED)
                    )
                while True:
                    name = surname + self.given(sex, common)
                    if minority:
                        name = rng.choice(MINORITY_FIRST) + "·" + father.split("·")[0]
                    if name not in taken:
                        break
                taken.add(name)
                grade = min(max(2026 - born.year - 6 - (born.month > 8), 0), 9)
                self.key += 1
                children.append(
                    Child(
                        self.key,
                        self.household,
                        name,
                        sex,
                        born,
                        self.citizen(born, sex),
                        father,
                        father_id,
                        mother,
                        mother_id,
                        guardian,
                        phone,
                        phone2,
                        village[0],
                        village[1],
                        f"{village[0][:2]}{'中心小学' if grade <= 6 else '中学'}"
                        if rng.random() < 0.8
                        else f"{village[1][:2]}小学",
                        f"{grade}",
                        f"{rng.randrange(1, 5)}班",
                        "",
                        twins,
                    )
                )
                if rng.random() < 0.01:
                    children[-1] = replace(children[-1], former=surname + self.given(sex, None))
            born = born + timedelta(days=rng.randrange(330, 1900))
            if born > date(2024, 6, 1):
                break
        return children

    def children(self, n: int) -> list[Child]:
        """At least ``n`` children in villages of about 150."""
        rng = self.rng
        found: list[Child] = []
        seen: set[str] = set()
        while len(found) < n:
            town = rng.choice(TOWNS) if not self.tag else self.tag + rng.choice(TOWNS)
            village = rng.choice(PLACE) + rng.choice(PLACE2) + "村"
            while town + village in seen and len(seen) < 280 * 16:
                town = rng.choice(TOWNS) if not self.tag else self.tag + rng.choice(TOWNS)
                village = rng.choice(PLACE) + rng.choice(PLACE2) + "村"
            seen.add(town + village)
            size = 0
            local = [self.surname() for _ in range(6)]  # few clans to a village
            while size < 150:
                surname = rng.choice(local) if rng.random() < 0.75 else self.surname()
                grandfather = self.adult(surname, 1)
                shared = rng.choice(SHARED) if rng.random() < 0.35 else None
                for _ in range(rng.choices([1, 2, 3], [70, 22, 8])[0]):  # brothers' households: cousins
                    family = self.family((town, village), surname, grandfather, shared)
                    found += family
                    size += len(family)
        return found

"""Names of invented people."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

SURNAMES = "杨李王张陈罗吴刘黄周赵彭朱何马韦龙覃唐蒋邓谢冯田石安陆熊高胡徐孙郭林宋韩许曾萧潘袁蔡余叶杜程魏苏吕卢丁任姚范方金夏"
COMPOUND = ("欧阳", "司马", "上官")
_GIRL = "莲梅芳燕雪婷怡欣萱琪瑶倩颖蓉佳玥彤雯月思语诗雨梦可心妍静敏秋岚霞"
_BOY = "宇轩浩然杰鑫涛鹏飞俊豪强志文博睿航晨阳旭凯瑞天龙泽林森明辉磊川毅恒"
_MIDDLE = "晓小子家国嘉永光春正雨雪金玉文思梓一宏德兴启世忠佳欣"
_MAN = "国强建军志明文忠学发贵勇光荣大平开云祥正友德林海波华"
_WOMAN = "秀英桂芳素珍明丽春兰翠萍凤琴玉梅小燕红霞艳群菊香莲"
_OLD_MAN = "德兴正富朝贵天明开发仕成永福世忠国才万顺"
_OLD_WOMAN = "大秀幺妹桂珍朝芬素英发珍光芬兴莲仕芬正香永"


@dataclass
class Names:
    """Draws names; nobody gets the name of someone else unless asked to."""

    rng: Random
    taken: set[str] = field(default_factory=set)

    def surname(self) -> str:
        # The first surnames of the list are the common ones.
        return SURNAMES[min(int(self.rng.expovariate(1 / 14)), len(SURNAMES) - 1)]

    def _draw(self, surname: str, first: str, second: str, single: float = 0.0) -> str:
        for _ in range(400):
            given = (
                self.rng.choice(second)
                if self.rng.random() < single
                else (self.rng.choice(first) + self.rng.choice(second))
            )
            name = surname + given
            if name not in self.taken and given[0] != given[-1:] * 2 and len(set(name)) == len(name):
                self.taken.add(name)
                return name
        return self._draw(self.surname(), first, second, single)

    def child(self, surname: str, sex: str) -> str:
        return self._draw(surname, _MIDDLE, _BOY if sex == "男" else _GIRL, single=0.08)

    def adult(self, sex: str, surname: str | None = None) -> str:
        pool = _MAN if sex == "男" else _WOMAN
        return self._draw(surname or self.surname(), pool, pool, single=0.06)

    def elder(self, sex: str, surname: str | None = None) -> str:
        pool = _OLD_MAN if sex == "男" else _OLD_WOMAN
        return self._draw(surname or self.surname(), pool, pool)

    def reserve(self, *names: str) -> None:
        self.taken.update(names)

"""What statistics tables count: the columns of each form, and whom each counts."""

from __future__ import annotations

from dataclasses import dataclass

from sample_data.generate.tally import Counted, Test, band, is_stage, sexes

_NOBODY = "无委托照料人"
_ILL = ("患病", "重病")
BANDS = (("0-5岁", 0, 5), ("6-13岁", 6, 13), ("14-16岁", 14, 15))
_COMPULSORY = ("小学", "初中")
_GRADES = tuple(f"{n}年级" for n in "一二三四五六七八九")


@dataclass(frozen=True)
class Figure:
    """A column: its headers and whom it counts."""

    group: str
    header: str
    test: Test


def everybody(_: Counted) -> bool:
    return True


def annex() -> list[Figure]:
    found = [Figure("", "合计", everybody)]
    for name, first, last in BANDS:
        found += [
            Figure(name, h, t) for h, t in zip(("小计", "男", "女"), sexes(band(first, last)), strict=True)
        ]
    found += [Figure("就学情况", name, is_stage(name)) for name in
              ("幼儿园", "未入园", "小学", "初中", "高中", "中职", "辍学", "不在学")]  # fmt: skip
    found += [
        Figure("户口登记", "是", lambda c: c.registered), Figure("户口登记", "否", lambda c: not c.registered),
        Figure("身体情况", "健康", lambda c: c.health not in ("残疾", *_ILL)),
        Figure("身体情况", "残疾", lambda c: c.health == "残疾"), Figure("身体情况", "患病", lambda c: c.health in _ILL),
        Figure("义务教育阶段寄宿", "是", lambda c: c.stage in _COMPULSORY and c.boards),
        Figure("义务教育阶段寄宿", "否", lambda c: c.stage in _COMPULSORY and not c.boards),
        Figure("实际监护情况", "祖父母、外祖父母", lambda c: c.guard not in ("亲戚朋友", _NOBODY)),
        Figure("实际监护情况", "亲戚、朋友", lambda c: c.guard == "亲戚朋友"),
        Figure("实际监护情况", "无人监护", lambda c: c.guard == _NOBODY),
        Figure("实际监护情况", "一方无监护能力", lambda _: False),
        Figure("监护情况", "较好", lambda c: c.care == "较好"), Figure("监护情况", "一般", lambda c: c.care == "一般"),
        Figure("监护情况", "差", lambda c: c.care == "差"),
    ]  # fmt: skip
    return found


def simple() -> list[Figure]:
    both = sexes(everybody)
    return [
        Figure("", "合计", everybody), Figure("", "男", both[1]), Figure("", "女", both[2]),
        *(Figure("", name, band(first, last)) for name, first, last in BANDS),
    ]  # fmt: skip


def grades() -> list[Figure]:
    def grade(number: int) -> Test:
        return lambda c: c.grade == number

    both = sexes(everybody)
    return [
        Figure("", "合计", everybody), Figure("", "男", both[1]), Figure("", "女", both[2]),
        *(Figure("", name, grade(n)) for n, name in enumerate(_GRADES, 1)),
    ]  # fmt: skip


def shared() -> list[Figure]:
    return simple()[:3]

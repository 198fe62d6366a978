"""Small rosters with chosen defects, written as townships write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl

HEADERS = (
    "序号", "村(居)", "姓名", "性别", "出生日期", "公民身份证号码", "父亲姓名", "父亲务工地点", "父亲联系电话",
    "母亲姓名", "监护人姓名", "监护人与儿童关系",
)  # fmt: skip
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Child:
    """A child as the household register has it; ``wrong_sex`` and ``blank`` are the defects."""

    name: str
    number: int
    girl: bool = False
    wrong_sex: bool = False  # C08
    blank: bool = False  # C10: a blank inside the name
    typo: bool = False  # C02: a wrong check digit

    @property
    def id_no(self) -> str:
        body = f"529901{self.birth.replace('-', '')}{self.number * 2 + (not self.girl):03d}"
        total = sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) + self.typo
        return body + "10X98765432"[total % 11]

    @property
    def birth(self) -> str:
        return f"2014-{1 + self.number % 12:02d}-{1 + self.number % 28:02d}"

    def right(self) -> Child:
        return replace(self, wrong_sex=False, blank=False, typo=False)

    def row(self, at: int, village: str) -> list[str]:
        name = f"{self.name[0]} {self.name[1:]}" if self.blank else self.name
        sex = "男女"[self.girl ^ self.wrong_sex]
        father = f"{self.name[0]}建国"
        phone = f"138570{self.number:05d}"
        return [str(at), village, name, sex, self.birth, self.id_no, father, "浙江省宁波市", phone, "陈秀英",
                f"{self.name[0]}大贵", "祖父"]  # fmt: skip


def write_roster(
    path: Path, township: str, village: str, children: Sequence[Child], filled: str = "2026年10月25日"
) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append([f"{township}农村留守儿童花名册"])
    sheet.append([f"填报单位(盖章)：{township}人民政府        填报日期：{filled}"])
    sheet.append(HEADERS)
    for at, child in enumerate(children, 1):
        sheet.append(child.row(at, village))
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)

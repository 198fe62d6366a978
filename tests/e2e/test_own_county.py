"""A clerk's roster without any county file: what is elsewhere follows from what the files show to be own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from tests.e2e.desk import Desk, book, check, register, report_of

HEADERS = ["序号", "姓名", "性别", "出生日期", "公民身份证号码", "户籍所在地", "现居住地", "父亲姓名", "父亲务工地点",
           "母亲姓名", "母亲务工地点", "监护人姓名", "与被监护人关系"]  # fmt: skip
NAMES = [
    "杨晓峰",
    "罗成安",
    "吴雨桐",
    "马思远",
    "韦佳怡",
    "覃金莲",
    "石浩然",
    "王梓涵",
    "李文博",
    "张雪婷",
    "陈子墨",
    "刘思雨",
]
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number(index: int) -> str:
    body = f"529901201503{index + 10:02d}{2 * index + 101:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def roster(path: Path, addresses: list[tuple[str, str]], title: str = "农村留守儿童花名册") -> None:
    book = Workbook()
    sheet = book.active
    sheet.append([title])
    sheet.append(HEADERS)
    for i, (hukou, live) in enumerate(addresses):
        name, day = NAMES[i], f"2015-03-{i + 10:02d}"
        father, mother = (f"{name[0]}大山", "广东省东莞市"), (f"李秀{name[-1]}", "浙江省宁波市")
        guardian = (f"{name[0]}老汉{name[-1]}", "祖父")
        sheet.append([i + 1, name, "男", day, number(i), hukou, live, *father, *mother, *guardian])
    book.save(path)


def run(folder: Path, *more: Any) -> Desk:
    return check(folder, "--as-of", "2026-10-31", "--format", "json", "--no-documents", "--fail-on", "never",
                 "--mask", "none", "--yes", *more).civil()  # fmt: skip


def told(desk: Desk, rule: str) -> list[int]:
    return [i["locations"][0]["row"] for i in desk.report["issues"] if i["rule"] == rule]


@pytest.mark.parametrize("county", ["四川省凉山彝族自治州昭觉县", "贵州省毕节市七星关区", "青禾县"])
def test_nobody_lives_outside_a_county_the_files_name(tmp_path: Path, county: str) -> None:
    homes = [f"{county}沙坝乡石桥村{i + 1}组" for i in range(11)]
    moved = (homes[0], "广东省东莞市长安镇新民村12号")  # lives where the father works
    roster(tmp_path / "roster.xlsx", [*((h, h) for h in homes), moved])
    desk = run(tmp_path)
    assert told(desk, "G09") == [14]
    assert not {"C18", "D19", "A12"} & {i["rule"] for i in desk.report["issues"]}


def test_nothing_is_elsewhere_where_nothing_says_what_is_own(tmp_path: Path) -> None:
    towns = ["浙江省宁波市鄞州区东吴镇", "广东省东莞市长安镇", "福建省泉州市晋江市安海镇"]
    roster(tmp_path / "roster.xlsx", [("", f"{towns[i % 3]}新民村{i}号") for i in range(12)])
    desk = run(tmp_path)
    assert not told(desk, "G09")
    rule = next(r for r in desk.report["rules"] if r["rule"] == "G09")
    assert rule["unverifiable"] == 12


def test_the_county_found_is_said_first_and_can_be_named(tmp_path: Path) -> None:
    roster(tmp_path / "roster.xlsx", [("四川省凉山彝族自治州昭觉县沙坝乡石桥村", "广东省东莞市长安镇")] * 12)
    common = ("--as-of", "2026-10-31", "--no-documents", "--fail-on", "never")
    seen = check(tmp_path, *common).civil().out
    assert "推断为昭觉县" in seen and seen.index("推断为昭觉县") < seen.index("roster.xlsx")
    assert "taken to be 昭觉县" in check(tmp_path, *common, lang="en").civil().out
    assert run(tmp_path).report["run"]["county"] == "昭觉县"
    assert run(tmp_path).report["run"]["county_source"] == "files"
    named = run(tmp_path, "--county", "东莞市")
    assert named.report["run"]["county"] == "东莞市" and named.report["run"]["county_source"] == "option"
    assert told(named, "G09") == []
    assert "推断" not in check(tmp_path, *common, "--county", "昭觉县").civil().out


def test_an_empty_register_is_answered_for_by_whoever_handed_it_in(tmp_path: Path) -> None:
    """By 填报单位: nothing else names the unit, its file least of all."""
    empty = ["填报单位(盖章)：黑水乡人民政府  填报日期：2026年10月25日"]
    book(tmp_path / "空表.xlsx", {"Sheet1": [["农村留守儿童花名册"], empty, list(HEADERS)]})
    register(tmp_path / "花名册.csv")
    (told,) = [i for i in report_of(tmp_path).report["issues"] if i["rule"] == "A05"]
    assert told["responsible"] == {"level": "township", "unit": "黑水乡"}

"""Large invented township rosters of 45 columns, clean or with ten findings in every row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter

SURNAMES = list("杨罗吴马韦覃石王李张陈刘黄周徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕")
GIVEN = list("晓峰金莲莎明秀英翠芬大贵建国志强丽华春梅文武思雨佳怡浩然宇轩子涵梦瑶俊杰雪婷海燕玉兰桂芳小龙")
PLACES = ["浙江省宁波市", "浙江省温州市", "广东省东莞市", "广东省深圳市", "福建省泉州市", "江苏省苏州市"]
WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
CHECK = np.array(list("10X98765432"))

GROUPS: list[tuple[str, list[str]]] = [
    (
        "儿童基本情况",
        ["姓名", "性别", "民族", "出生日期", "公民身份证号码", "是否登记户口", "户籍性质", "户籍所在地", "现居住地",
         "所属村", "村民组", "身体情况", "就学情况", "就读学校", "年级", "班级", "班主任", "学籍号", "是否学校寄宿",
         "留守类型", "父母健在情况", "父母双方同时外出", "父母外出有无委托其他监护人", "监护类型"],
    ),
    ("父亲情况", ["姓名", "出生日期", "公民身份证号码", "务工地点", "外出时间", "联系电话"]),
    ("母亲情况", ["姓名", "出生日期", "公民身份证号码", "务工地点", "外出时间", "联系电话"]),
    ("监护人情况", ["姓名", "公民身份证号码", "与被监护人关系", "联系电话", "居住地地址"]),
    ("其他情况", ["家庭经济来源", "救助帮扶情况", "备注"]),
]  # fmt: skip


def citizen_ids(birth: np.ndarray, sequence: np.ndarray, area: int = 529901) -> np.ndarray:
    """18-digit IDs, by default in the unallocated area 529901; ``birth`` datetime64[D], ``sequence`` 0–999."""
    year = birth.astype("datetime64[Y]").astype(int) + 1970
    month = birth.astype("datetime64[M]").astype(int) % 12 + 1
    day = (birth - birth.astype("datetime64[M]")).astype(int) + 1
    body = area * 10**11 + (year * 10000 + month * 100 + day).astype(np.int64) * 1000 + sequence
    digits = body[:, None] // 10 ** np.arange(16, -1, -1, dtype=np.int64) % 10
    check = CHECK[(digits * WEIGHTS).sum(axis=1) % 11]
    return np.char.add(body.astype(str), check)


def distinct_ids(birth: np.ndarray, sex: np.ndarray, shift: int = 0) -> np.ndarray:
    """IDs no two of which are equal: people born on one day are numbered, odd for males (``sex`` 1)."""
    _, day, count = np.unique(birth, return_inverse=True, return_counts=True)
    order = np.argsort(day, kind="stable")
    rank = np.empty(len(birth), np.int64)
    rank[order] = np.arange(len(birth)) - np.repeat(np.cumsum(count) - count, count)
    sequence = (rank + shift) * 2 + sex
    assert sequence.max() < 1000, "more people a day than sequence numbers"
    return citizen_ids(birth, sequence)


def names(
    rng: np.random.Generator, n: int, surname: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """``n`` names and their surnames."""
    first = rng.choice(SURNAMES, n) if surname is None else surname
    given = np.char.add(rng.choice(GIVEN, n), rng.choice(GIVEN, n))
    return np.char.add(first, given), first


def _days(rng: np.random.Generator, low: str, high: str, n: int) -> np.ndarray:
    a, b = (np.datetime64(x, "D").astype(int) for x in (low, high))
    return rng.integers(a, b, n).astype("datetime64[D]")


def _text(days: np.ndarray) -> np.ndarray:
    return days.astype(str)


def columns(n: int, seed: int = 7, broken: bool = False) -> dict[tuple[str, str], Any]:
    """Columns of a roster by (group, leaf)."""
    rng = np.random.default_rng(seed)
    order = np.arange(n)
    birth = _days(rng, "2014-09-01", "2018-08-01", n)
    sex = rng.integers(0, 2, n)
    child, surname = names(rng, n)
    father, _ = names(rng, n, surname)
    mother, _ = names(rng, n)
    guardian, _ = names(rng, n, surname)
    f_birth = _days(rng, "1984-01-01", "1990-12-28", n)
    m_birth = _days(rng, "1984-01-01", "1990-12-28", n)
    g_birth = _days(rng, "1955-01-01", "1962-12-28", n)
    ids = distinct_ids(birth, sex, 1)
    village = np.char.add(rng.choice(["珠岩", "大坪"], n), "村")
    school = np.where(rng.integers(0, 2, n) == 0, "白石镇中心小学", "清水乡中心小学")
    age = 2026 - birth.astype("datetime64[Y]").astype(int) - 1970
    enrolled_late = birth.astype("datetime64[M]").astype(int) % 12 >= 8
    grade = np.clip(age - 5 - enrolled_late, 1, 6)
    numerals = np.array(list("零一二三四五六"))
    place = rng.choice(PLACES, n)
    # Multiplication by a unit modulo 10^8 gives distinct numbers without a pattern.
    phone, m_phone, g_phone = (
        np.char.add(prefix, np.char.zfill(((order + 7919) * 48271137 % 10**8).astype(str), 8))
        for prefix in ("139", "137", "158")
    )
    sexes = np.where(sex == 1, "男", "女")
    data: dict[tuple[str, str], Any] = {
        ("儿童基本情况", k): v
        for k, v in {
            "姓名": child, "性别": sexes, "民族": "苗族", "出生日期": _text(birth), "公民身份证号码": ids,
            "是否登记户口": "是", "户籍性质": "农村居民户口",
            "户籍所在地": np.char.add(np.char.add("青禾县白石镇", village), "一组"),
            "现居住地": np.char.add(np.char.add("青禾县白石镇", village), "一组"), "所属村": village, "村民组": "一组",
            "身体情况": "健康", "就学情况": "小学", "就读学校": school,
            "年级": np.char.add(numerals[grade], "年级"), "班级": "1班", "班主任": names(rng, n)[0],
            "学籍号": np.char.add("G", ids), "是否学校寄宿": "是", "留守类型": "父母双方外出",
            "父母健在情况": "父母双全", "父母双方同时外出": "是", "父母外出有无委托其他监护人": "有",
            "监护类型": "监护情况较好",
        }.items()
    }  # fmt: skip
    for who, name, born, number, at in (
        ("父亲情况", father, f_birth, 1, phone),
        ("母亲情况", mother, m_birth, 0, m_phone),
    ):
        data |= {
            (who, "姓名"): name, (who, "出生日期"): _text(born),
            (who, "公民身份证号码"): distinct_ids(born, np.full(n, number), 1),
            (who, "务工地点"): place, (who, "外出时间"): "2025年3月", (who, "联系电话"): at,
        }  # fmt: skip
    data |= {
        ("监护人情况", "姓名"): guardian,
        ("监护人情况", "公民身份证号码"): distinct_ids(g_birth, np.ones(n, np.int64), 100),
        ("监护人情况", "与被监护人关系"): "祖父", ("监护人情况", "联系电话"): g_phone,
        ("监护人情况", "居住地地址"): np.char.add(np.char.add("青禾县白石镇", village), "一组"),
        ("其他情况", "家庭经济来源"): "打工收入", ("其他情况", "救助帮扶情况"): "无", ("其他情况", "备注"): "",
    }  # fmt: skip
    return _break(data, n) if broken else data


def _break(data: dict[tuple[str, str], Any], n: int) -> dict[tuple[str, str], Any]:
    """Ten findings or more in every row."""
    child = "儿童基本情况"
    ids = data[(child, "公民身份证号码")]
    wrong = np.where(np.char.endswith(ids, "1"), "2", "1")
    data[(child, "公民身份证号码")] = np.char.add(np.array([i[:17] for i in ids.tolist()]), wrong)
    data[(child, "性别")] = np.where(np.asarray(data[(child, "性别")]) == "男", "女", "男")
    data[(child, "民族")] = "火星族"
    data[(child, "出生日期")] = "2009-01-05"
    data[(child, "父母双方同时外出")] = "大概"
    data[("父亲情况", "务工地点")] = "外省"
    data[("父亲情况", "外出时间")] = "2026-10-01"
    data[("母亲情况", "联系电话")] = "12345"
    data[("监护人情况", "公民身份证号码")] = "52990119"
    data[("监护人情况", "与被监护人关系")] = "邻里乡亲"
    data[(child, "姓名")] = np.char.add(data[(child, "姓名")], "3")
    return data


def write_roster(path: Path, n: int, seed: int = 7, broken: bool = False, slips: bool = False) -> None:
    """An .xlsx roster of ``n`` rows and 45 columns with title, unit row and two header rows. ``slips``: one in every
    row, a digit in the name of the child's father."""
    data = columns(n, seed, broken)
    if slips:
        data[("父亲情况", "姓名")] = np.char.add(data[("父亲情况", "姓名")], "3")
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("花名册")
    width = 1 + len(data)
    sheet.write_row(0, 0, ["青禾县白石镇农村留守儿童花名册"])
    sheet.write_row(1, 0, ["填报单位（盖章）：白石镇人民政府", "", "", "", "", "填报日期：2026年10月25日"])
    group_row, leaf_row = ["序号"], [""]
    for group, leaves in GROUPS:
        group_row += [group] + [""] * (len(leaves) - 1)
        leaf_row += leaves
    sheet.write_row(2, 0, group_row)
    sheet.write_row(3, 0, leaf_row)
    lists = [np.broadcast_to(v, n).tolist() for v in data.values()]
    for i, record in enumerate(zip(*lists, strict=True)):
        sheet.write_row(4 + i, 0, [i + 1, *record])
    assert width == 45
    book.close()

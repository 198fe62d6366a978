"""Twenty checks of single columns any such tool can say; imports nothing."""

from __future__ import annotations

from collections.abc import Sequence

ID, PHONE, YES_NO = "^[0-9]{17}[0-9X]$", "^1[0-9]{10}$", ("是", "否")
GRADES = tuple(f"{n}年级" for n in "一二三四五六七八九")

PRESENT: Sequence[str] = ("儿童_姓名", "儿童_公民身份证号码")
UNIQUE: Sequence[str] = ("儿童_公民身份证号码",)
FORMS: dict[str, str] = {
    "儿童_公民身份证号码": ID,
    "父亲_公民身份证号码": ID,
    "母亲_公民身份证号码": ID,
    "监护人_公民身份证号码": ID,
    "父亲_联系电话": PHONE,
    "母亲_联系电话": PHONE,
    "监护人_联系电话": PHONE,
    "儿童_出生日期": "^20[0-9]{2}-[01][0-9]-[0-3][0-9]$",
    "儿童_学籍号": "^[GLJ][0-9]{17}[0-9X]$",
}
OPTIONS: dict[str, Sequence[str]] = {
    "儿童_性别": ("男", "女"),
    "儿童_民族": ("汉族", "苗族", "侗族", "布依族", "土家族"),
    "儿童_是否登记户口": YES_NO,
    "儿童_是否学校寄宿": YES_NO,
    "儿童_父母双方同时外出": YES_NO,
    "儿童_年级": GRADES,
    "儿童_留守类型": ("父母双方外出", "父亲外出", "母亲外出"),
    "监护人_与被监护人关系": ("祖父", "祖母", "外祖父", "外祖母", "其他"),
}
COUNT = len(PRESENT) + len(UNIQUE) + len(FORMS) + len(OPTIONS)
assert COUNT == 20

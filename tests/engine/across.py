"""Small submitted files of two units that list the same two children."""

from __future__ import annotations

import csv
from pathlib import Path

HEADER = [
    "序号",
    "姓名",
    "性别",
    "出生日期",
    "公民身份证号码",
    "父亲姓名",
    "母亲姓名",
    "就读学校",
    "班级",
    "监护人姓名",
]


def submit(path: Path, unit: str, title: str, girl: str) -> None:
    """A register of ``unit`` in which the girl is spelt ``girl``; her row is the fourth of the sheet."""
    rows = [
        [
            "1",
            girl,
            "女",
            "2013-07-04",
            "529901201307040127",
            "覃大山",
            "李秀英",
            "白石镇中心小学",
            "六(1)班",
            "覃老奶",
        ],
        [
            "2",
            "杨晓峰",
            "男",
            "2015-03-12",
            "52990120150312001X",
            "杨大贵",
            "王桂花",
            "白石镇中心小学",
            "四(1)班",
            "杨老奶",
        ],
    ]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([title])
        writer.writerow([f"填报单位：{unit}"])
        writer.writerow(HEADER)
        writer.writerows(rows)

"""Attendance sheets with a column per day."""

from __future__ import annotations

from pathlib import Path

import pytest

import lbt_audit


def read(folder: Path, lines: list[str], name: str = "七1班考勤表.csv") -> list[str]:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("\n".join(lines), "utf-8")
    frames = lbt_audit.read(folder, as_of="2026-10-31", jobs=1)
    assert list(frames) == ["attendance"]
    return [text if isinstance(text, str) else "" for text in frames["attendance"]["absence_marks"].tolist()]


HEAD = [
    "某校学生考勤表 2026年10月",
    "学校：珠岩小学",
    "序号,姓名," + ",".join(f"{d}日" for d in range(12, 20)) + ",备注",
]


def test_one_character_a_day(tmp_path: Path) -> None:
    found = read(tmp_path, [*HEAD, "1,覃金莲,√,×,○,△,√,,,√,", "2,杨晓峰,√,√,√,√,√,,,√,"])
    assert found == ["2026-10-12 到旷假假到休休到", "2026-10-12 到到到到到休休到"]


def test_where_only_absence_is_marked_a_blank_is_no_holiday(tmp_path: Path) -> None:
    assert read(tmp_path, [*HEAD, "1,覃金莲,,×,×,,,,,,", "2,杨晓峰,,,,旷,,,,,"]) == [
        "2026-10-12 空旷旷空空空空空",
        "2026-10-12 空空空旷空空空空",
    ]


@pytest.mark.parametrize("legend", ["说明：√出勤 ●旷课 △事假", "注：旷课●，事假△，出勤√"])
def test_signs_by_the_legend(tmp_path: Path, legend: str) -> None:
    assert read(tmp_path, [*HEAD, "1,覃金莲,√,●,●,△,√,,,√,", legend]) == ["2026-10-12 到旷旷假到休休到"]


def test_days_in_a_row_of_their_own_under_a_group(tmp_path: Path) -> None:
    days = ["序号,姓名,日期,,,,,", ",,10.12,10.13,10.14,10.15,10.16,"]
    assert read(tmp_path, ["考勤表（2026年）", *days, "1,覃金莲,×,×,×,×,×,"]) == ["2026-10-12 旷旷旷旷旷"]


def test_numbered_columns_of_other_sheets_are_left_alone(tmp_path: Path) -> None:
    lines = ["留守儿童花名册", "姓名,身份证号,父亲姓名,1,2,3,4,5,6", "覃金莲,529901201307040127,覃大山,,,,,,"]
    (tmp_path / "花名册.csv").write_text("\n".join(lines), "utf-8")
    (frame,) = lbt_audit.read(tmp_path, as_of="2026-10-31", jobs=1).values()
    assert "absence_marks" not in frame.columns

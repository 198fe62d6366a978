"""``--previous``: last period's files are read, compared and listed, and judged by nobody."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
from tests.e2e.desk import HEADERS, TITLE, check

import lbt_audit
from lbt_audit.reports.formats.json import schema

AREA = 'county = "青禾县"\nextra_areas = ["529901"]\n'
ROWS = [
    ["1", "白石镇", "珠岩村", "杨晓峰", "男", "苗族", "2015-03-12", "52990120150312001X"],
    ["2", "白石镇", "珠岩村", "覃金莲", "女", "汉族", "2013-07-04", "529901201307040127"],
    ["3", "白石镇", "珠岩村", "罗小燕", "女", "汉族", "2014-02-09", "529901201402090126"],
]


def write(folder: Path, rows: list[list[str]], month: int, unit: str = "白石镇") -> Path:
    """A roster with 备注 behind its usual columns, filled in on the 25th."""
    folder.mkdir(parents=True, exist_ok=True)
    width = len(HEADERS)
    head = f"填报单位：{unit}人民政府  填报日期：2026年{month}月25日"
    lines = [[TITLE.replace("白石镇", unit)], [head], [*HEADERS, "备注"]]
    lines += [[*row, *[""] * (width - len(row)), ""] if len(row) <= width else row for row in rows]
    path = folder / f"{unit}农村留守儿童花名册({month}月).csv"
    path.write_text("\n".join(",".join(line) for line in lines) + "\n", "utf-8-sig")
    return path


def noted(row: list[str], remark: str) -> list[str]:
    return [*row, *[""] * (len(HEADERS) - len(row)), remark]


@pytest.fixture
def months(tmp_path: Path) -> tuple[Path, Path]:
    """(this month, last month): two children went, one came."""
    before, now = tmp_path / "9月", tmp_path / "10月"
    write(before, ROWS, 9)
    write(
        now,
        [ROWS[0], ["2", "白石镇", "珠岩村", "陈小雨", "女", "汉族", "2014-05-06", "529901201405060122"]],
        10,
    )
    (tmp_path / "lbt-audit.toml").write_text(AREA, "utf-8")
    return now, before


def test_compared_and_listed_but_not_judged(months: tuple[Path, Path]) -> None:
    now, before = months
    desk = check(
        now, "--previous", before, "--as-of", "2026-10-31", "--format", "json", "--no-documents"
    ).civil()
    report = desk.report
    jsonschema.validate(report, schema())
    assert [i["path"] for i in report["inputs"]] == ["白石镇农村留守儿童花名册(10月).csv"]
    assert report["previous"]["folder"] == "../9月" and report["previous"]["as_of"] == "2026-09-25"
    (file,) = report["previous"]["inputs"]
    assert (file["path"], file["verdict"]) == ("../9月/白石镇农村留守儿童花名册(9月).csv", None)
    of_last_month = {
        i["rule"] for i in report["issues"] if any(p["path"].startswith("..") for p in i["locations"])
    }
    assert of_last_month == {"F13"}
    found = [
        (i["subject"]["child"], i["locations"][0]["row"]) for i in report["issues"] if i["rule"] == "F13"
    ]
    assert sorted(found) == [("罗*燕", 6), ("覃*莲", 5), ("陈*雨", 5)]


def test_without_it_the_rule_says_what_it_needs(months: tuple[Path, Path]) -> None:
    report = check(months[0], "--select", "F13", "--format", "json", "--no-documents").report
    assert "previous" not in report
    (rule,) = report["rules"]
    assert rule["status"] == "skipped" and "上期" in rule["reason"] and "花名册" in rule["reason"]


def test_named_in_the_county_file(months: tuple[Path, Path]) -> None:
    now, before = months
    county = now.parent / "lbt-audit.toml"
    county.write_text(f'previous = "9月"\n{AREA}', "utf-8")
    desk = check(now, "--select", "F13", "--no-documents").civil()
    assert "上期材料 ../9月（1 个文件，截至 2026-09-25）" in desk.out
    found = lbt_audit.audit(now, select=["F13"], as_of="2026-10-31")
    assert len(found.issues) == 3 and len(lbt_audit.audit(now, select=["F13"], previous=before).issues) == 3
    assert set(lbt_audit.read(now)) == {"roster"}
    county.write_text(f'previous = "8月"\n{AREA}', "utf-8")
    assert "lbt-audit.toml:1" in check(now, "--no-documents").err


def test_a_folder_inside_what_is_audited(months: tuple[Path, Path]) -> None:
    now, before = months
    inside = now / "上月"
    shutil.copytree(before, inside)
    desk = check(now, "--previous", inside, "--select", "F13", "--format", "json", "--no-documents")
    assert len(desk.report["inputs"]) == 1 and desk.report["previous"]["folder"] == "上月"
    assert desk.report["previous"]["inputs"][0]["path"].startswith("上月/")


def test_a_township_without_a_file_in_either_month_is_passed_over(months: tuple[Path, Path]) -> None:
    now, before = months
    write(before, [[*ROWS[1][:1], "清水乡", "河边村", "韦小海", *ROWS[1][4:]]], 9, "清水乡")
    write(
        now, [[*ROWS[1][:1], "响石乡", "石板村", "马小川", *ROWS[1][4:7], "529901201307040143"]], 10, "响石乡"
    )
    report = check(now, "--previous", before, "--select", "F13", "--format", "json", "--no-documents").report
    assert {i["subject"]["unit"] for i in report["issues"]} == {"白石镇"}


def test_a_change_is_answered_against_the_same_month_only(months: tuple[Path, Path], tmp_path: Path) -> None:
    now, before = months
    ledger = tmp_path / "台账.db"
    arguments = ("--ledger", ledger, "--select", "F13", "--no-documents", "--format", "json")
    check(now, "--previous", before, "--as-of", "2026-10-31", *arguments)
    november = tmp_path / "11月"
    write(
        november,
        [ROWS[0], ["2", "白石镇", "珠岩村", "陈小雨", *["女", "汉族", "2014-05-06", "529901201405060122"]]],
        11,
    )
    still = _recheck(november, now, ledger, "2026-11-30")
    assert still == {"open": 3}
    explained = [
        ROWS[0],
        noted(
            ["2", "白石镇", "珠岩村", "陈小雨", *["女", "汉族", "2014-05-06", "529901201405060122"]],
            "本月新增",
        ),
    ]
    write(now, [*explained, ROWS[1], ROWS[2]], 10)
    assert _recheck(now, before, tmp_path / "新.db", "2026-10-31", first=True) == {}


def _recheck(folder: Path, before: Path, ledger: Path, day: str, *, first: bool = False) -> dict[str, int]:
    from lbt_audit.ledger.database.store import open_ledger

    check(
        folder, "--previous", before, "--as-of", day, "--ledger", ledger, "--select", "F13", "--no-documents"
    )
    with open_ledger(ledger, create=first) as connection:
        return dict(connection.execute("SELECT status, count(*) FROM issue GROUP BY status").fetchall())


def test_the_wrong_folder_is_said(months: tuple[Path, Path]) -> None:
    now, before = months
    desk = check(before, "--previous", now, "--as-of", "2026-09-30", "--no-documents")
    assert "不早于统计截止日" in desk.out + desk.err
    assert check(now, "--previous", now / "没有", "--no-documents").code == 2
    same = check(now, "--previous", now, "--no-documents")
    assert same.code == 2 and json.dumps(str(now), ensure_ascii=False)[1:-1] in same.err

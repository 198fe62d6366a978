"""Lists of issues that units hand in, answered (B9): through the real command, in the layouts they come in."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from tests.e2e.desk import HEADERS, TITLE, UNIT, check, report_of

COUNTY = """\
county = "青禾县"
extra_areas = ["529901"]
as_of = 2026-10-31
[units.townships]
"白石镇" = ["珠岩村"]
"""
ROWS = [  # a sound number, one of 17 characters, a day there is not, and another sound one
    ["1", "白石镇", "珠岩村", "杨晓峰", "男", "苗族", "2015-03-12", "52990120150312001X"],
    ["2", "白石镇", "珠岩村", "覃金莲", "女", "汉族", "2013-07-04", "52990120130704012"],
    ["3", "白石镇", "珠岩村", "罗小燕", "女", "汉族", "2014-13-09", ""],
    ["4", "白石镇", "珠岩村", "韦小满", "女", "汉族", "2013-07-04", "529901201307040127"],
]
Found = set[tuple[str, tuple[int, ...]]]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The roster of 白石镇 in a folder of its own beside the county file."""
    (tmp_path / "lbt-audit.toml").write_text(COUNTY, "utf-8")
    folder = tmp_path / "10月" / "白石镇"
    folder.mkdir(parents=True)
    lines = [[TITLE], [UNIT], [*HEADERS], *ROWS]
    text = "\n".join(",".join(line) for line in lines)
    (folder / "白石镇农村留守儿童花名册.csv").write_text(text + "\n", "utf-8-sig")
    return tmp_path / "10月"


def told(report: dict[str, Any], *rules: str) -> Found:
    """(rule, rows) of what is said of lists."""
    return {
        (issue["rule"], tuple(sorted(place["row"] for place in issue["locations"])))
        for issue in report["issues"]
        if issue["rule"] in (rules or ("L02", "L03")) and "花名册" not in issue["locations"][0]["path"]
    }


def number_of(report: dict[str, Any], child: str, rule: str) -> str:
    """The issue's number."""
    (issue,) = (i for i in report["issues"] if (i["subject"]["child"], i["rule"]) == (child, rule))
    return str(issue["fingerprint"])


def reply_book(files: Path, out: Path) -> Path:
    """The reply workbook the county sends to 白石镇."""
    assert check(files, "--out", out, "--fail-on", "never").code == 0
    (book,) = (p for p in out.rglob("*整改回复表.xlsx") if "白石镇" in p.parts[-2] and "珠岩" not in str(p))
    return book


def answered(book: Path, target: Path, answers: dict[tuple[str, str], tuple[str, str]]) -> dict[int, str]:
    """The workbook with (rule, beginning of the child's name) → (answer, deadline); gives row → rule."""
    workbook = openpyxl.load_workbook(book)
    sheet = workbook.worksheets[0]
    rows = {}
    heads = {str(cell.value): cell.column for cell in sheet[4]}
    for row in range(5, sheet.max_row + 1):
        rule = str(sheet.cell(row, heads["规则"]).value)
        child = str(sheet.cell(row, heads["儿童"]).value)
        if (rule, child[:1]) in answers:
            answer, due = answers[rule, child[:1]]
            sheet.cell(row, heads["整改情况"]).value = answer
            sheet.cell(row, heads["整改时限（含当日）"]).value = due
            rows[row] = rule
    workbook.save(target)
    return rows


def test_ours_comes_back_with_answers(files: Path, tmp_path: Path) -> None:
    """By the numbers: one claimed and still there, one overdue, one put right."""
    book = reply_book(files, tmp_path / "out")
    answers = {("C01", "覃"): ("已整改", "2026-10-20"), ("C06", "罗"): ("未整改", "2026-10-20")}
    rows = answered(book, files / "白石镇" / "回复.xlsx", answers)
    assert sorted(rows.values()) == ["C01", "C06"]
    report = report_of(files).report
    at = {rule: row for row, rule in rows.items()}
    overdue = next(found for found in told(report) if found[0] == "L02")
    assert ("L03", (at["C01"],)) in told(report) and at["C06"] in overdue[1] and at["C01"] not in overdue[1]
    assert "A03" not in {rule for rule, _ in told(report, "A03")}


def test_ours_without_answers_is_no_submission(files: Path, tmp_path: Path) -> None:
    before = report_of(files).report
    shutil.copy(reply_book(files, tmp_path / "out"), files / "白石镇" / "回复.xlsx")
    after = report_of(files).report
    assert told(after) == set() and len(after["issues"]) == len(before["issues"])
    (book,) = (i for i in after["inputs"] if i["path"].endswith("回复.xlsx"))
    assert book["status"] == "ignored"


def own_list(target: Path) -> Path:
    """A unit's own: two sheets, a title over everything, merged cells, remarks below."""
    workbook = openpyxl.Workbook()
    head = ["序号", "存在的问题", "责任单位", "整改措施", "整改时限", "整改落实情况"]
    first, second = workbook.active, workbook.create_sheet("第二批")
    assert first is not None
    first.title = "第一批"
    rows = [
        ["1", "覃金莲身份证号位数不对", "珠岩村", "核对户口簿", "10月20日前", "已更正"],
        ["2", "罗小燕出生日期有误", None, None, "2026年10月20日", "正在与家长联系"],
        ["3", "韦小满身份证号有误", None, None, "2026年10月20日", None],  # put right
        ["4", "2名儿童信息不全", None, None, "2026年11月20日", None],
    ]
    for sheet, body in (
        (first, rows),
        (second, [["1", "罗*燕：出生日期不是日期", "珠岩村", "", "10.20", "已改"]]),
    ):
        sheet.append(["白石镇农村留守儿童督查反馈问题整改台账"])
        sheet.append(["填报单位：白石镇人民政府", None, None, None, "填报时间：2026年11月3日"])
        for row in (head, *body, ["注：整改情况由责任单位填写"]):
            sheet.append(row)
        sheet.merge_cells("A1:F1")
    first.merge_cells("C4:C7")
    workbook.create_sheet("说明").append(["请于月底前报送"])
    workbook.save(target)
    return target


def test_a_units_own_list_is_matched_by_child_and_problem(files: Path) -> None:
    own_list(files / "白石镇" / "整改台账.xlsx")
    desk = report_of(files, "--as-of", "2026-10-31")
    assert told(desk.report) == {("L03", (4, 4)), ("L02", (5,))}
    assert told(desk.report, "A03") == {("A03", (7,))}
    assert not [
        i for i in desk.report["issues"] if i["rule"][0] in "BC" and "整改" in i["locations"][0]["path"]
    ]
    for name in ("覃金莲", "罗小燕", "韦小满"):
        assert name not in desk.out


def test_the_day_of_the_data_is_not_that_of_the_list(files: Path, tmp_path: Path) -> None:
    (tmp_path / "lbt-audit.toml").write_text(COUNTY.replace("as_of = 2026-10-31\n", ""), "utf-8")
    own_list(files / "白石镇" / "整改台账.xlsx")
    assert report_of(files).report["run"]["as_of"] == "2026-10-25"


def test_last_periods_folder(files: Path, tmp_path: Path) -> None:
    last = tmp_path / "9月" / "白石镇"
    last.mkdir(parents=True)
    own_list(last / "整改台账.xlsx")
    report = report_of(files, "--previous", tmp_path / "9月").report
    assert told(report) == {("L03", (4, 4)), ("L02", (5,))}
    places = [p["path"] for i in report["issues"] if i["rule"] == "L02" for p in i["locations"]]
    assert places == ["../9月/白石镇/整改台账.xlsx"]


def test_in_english_as_xls_and_csv(files: Path) -> None:
    lines = [
        ["Issues to be corrected, 白石镇"],
        ["No.", "Problem", "Child", "Corrective action", "Deadline", "Status"],
        ["1", "ID number is wrong", "覃金莲", "asked the family", "2026-10-20", "done"],
        ["2", "date of birth is wrong", "罗小燕", "", "2026-10-20", "in progress"],
        ["3", "ID number is wrong", "韦小满", "", "2026-10-20", "corrected"],
        ["4", "ID number is wrong", "覃金莲", "", "2026-11-20", "not yet"],
    ]
    with (files / "白石镇" / "list.csv").open("w", encoding="gb18030", newline="") as out:
        csv.writer(out).writerows(lines)
    assert told(report_of(files, lang="en").report) == {("L03", (3,)), ("L02", (4,))}
    (files / "白石镇" / "list.csv").unlink()
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("Rectification")
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write(row + 2, column, text)
    workbook.save(str(files / "白石镇" / "list.xls"))
    assert told(report_of(files, lang="en").report) == {("L03", (5,)), ("L02", (6,))}


def test_what_the_ledger_tells_is_not_told_again(files: Path, tmp_path: Path) -> None:
    ledger = ("--ledger", tmp_path / "ledger.db", "--issued-on", "2026-09-30", "--as-of")
    first = report_of(files, *ledger, "2026-09-30").report
    number = number_of(first, "覃*莲", "C01")
    with (files / "白石镇" / "整改台账.csv").open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(
            [
                ["整改台账"],
                ["问题编号", "问题描述", "整改时限", "整改情况"],
                [number, "覃*莲证号", "2026-10-20", "未整改"],
                ["", "罗小燕出生日期有误", "2026-10-20", "已整改"],
            ]
        )
    second = report_of(files, *ledger, "2026-10-31").report
    # Past the ledger's own deadline as well: L02 of the ledger speaks of it. What was claimed it does not know.
    assert told(second) == {("L03", (4,))}
    assert "L02" in {i["rule"] for i in second["issues"]}


def test_the_number_people_say(files: Path, tmp_path: Path) -> None:
    """白石镇-2609-001, as the ledger gives it: the row needs neither child nor problem."""
    ledger = ("--ledger", tmp_path / "ledger.db", "--issued-on", "2026-10-31", "--as-of")
    first = report_of(files, *ledger, "2026-09-30").report
    (number,) = (
        i["number"] for i in first["issues"] if (i["subject"]["child"], i["rule"]) == ("覃*莲", "C01")
    )
    with (files / "白石镇" / "整改台账.csv").open("w", encoding="utf-8-sig", newline="") as out:
        rows = [
            ["整改台账"],
            ["台账编号", "整改时限", "整改情况"],
            [number, "2026-10-20", "已整改"],
            ["白石镇-2609-999", "2026-10-20", ""],
        ]
        csv.writer(out).writerows(rows)
    assert told(report_of(files, *ledger, "2026-10-31").report) == {("L03", (3,))}


def test_nothing_of_a_list_leaves_in_clear(files: Path, tmp_path: Path) -> None:
    own_list(files / "白石镇" / "整改台账.xlsx")
    for mask in ("partial", "full"):
        out = tmp_path / mask
        desk = check(files, "--mask", mask, "--out", out, "--fail-on", "never")
        assert desk.code == 0
        for path in [
            p for p in out.rglob("*") if p.is_file() and p.suffix in (".json", ".md", ".csv", ".txt")
        ]:
            text = path.read_text("utf-8", "replace")
            assert not any(name in text for name in ("覃金莲", "罗小燕", "韦小满")), path

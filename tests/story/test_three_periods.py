"""Three periods through the commands: every status is reached, every count is right.

October: seven issues. Replies come in. November: 白石镇 hands in again, 清水乡 does not. December: both.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from tests.story.registers import Child, write_roster

from lbt_audit.cli.main import run

SELECT = ["--select", "C08,C10,L02,L03"]
COUNTY = """
county = "青禾县"
extra_areas = ["529901"]
salt = "story"
[units.townships]
"白石镇" = ["珠岩村"]
"清水乡" = ["河边村"]
[notices]
issuer = "青禾县民政局"
"""
CORRECTED = Child("赵晓峰", 1, wrong_sex=True)  # corrected in November, back in December
FALSE = Child("钱小梅", 2, girl=True, wrong_sex=True)  # claimed, never corrected
CLAIMED = Child("孙家宝", 3, wrong_sex=True)  # claimed and corrected
IDLE = Child("李金莲", 4, girl=True, blank=True)  # nothing done
WAIVED = Child("周大伟", 5, wrong_sex=True)
ABSENT = Child("吴思雨", 6, girl=True, wrong_sex=True)  # not handed in in November, corrected in December
LAGGARD = Child("郑小虎", 7, blank=True)
LATE = Child("冯春燕", 8, girl=True, blank=True)  # first seen in November
FINE = [Child("陈一鸣", 20), Child("褚明月", 21, girl=True), Child("卫东升", 22)]


@dataclass
class Run:
    code: int
    out: str
    err: str


Call = Callable[..., Run]


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LBT_AUDIT_LANG", "zh")
    monkeypatch.setenv("COLUMNS", "100")
    for month in ("10", "11", "12"):
        (tmp_path / month).mkdir()
        (tmp_path / month / "lbt-audit.toml").write_text(COUNTY, encoding="utf-8")
    white = [CORRECTED, FALSE, CLAIMED, IDLE, WAIVED]
    write_roster(tmp_path / "10/白石镇/花名册.xlsx", "白石镇", "珠岩村", [*white, *FINE])
    write_roster(tmp_path / "10/清水乡/花名册.xlsx", "清水乡", "河边村", [ABSENT, LAGGARD])
    # November: 白石镇's file has another name, another order and more children
    november = [FINE[2], LATE, WAIVED, IDLE, FALSE, CLAIMED.right(), FINE[0], CORRECTED.right()]
    write_roster(tmp_path / "11/白石镇/白石镇上报(改)11月.xlsx", "白石镇", "珠岩村", november)
    december = [CORRECTED, FALSE, CLAIMED.right(), IDLE, WAIVED, LATE, *FINE]
    write_roster(tmp_path / "12/白石镇/12月.xlsx", "白石镇", "珠岩村", december)
    write_roster(tmp_path / "12/清水乡/12月.xlsx", "清水乡", "河边村", [LAGGARD, ABSENT.right()])
    return tmp_path


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Call:
    def _call(*arguments: str | Path) -> Run:
        capfd.readouterr()
        code = run([str(a) for a in arguments])
        captured = capfd.readouterr()
        return Run(code, captured.out, captured.err)

    return _call


def exported(call: Call, day: str | None = None) -> dict[str, Any]:
    extra = ["--as-of", day] if day else []
    got = call("ledger", "export", "--ledger", "台账.db", "--format", "json", *extra)
    assert got.code == 0, got.err
    report: dict[str, Any] = json.loads(got.out)
    return report


def statuses(report: dict[str, Any]) -> dict[str, str]:
    """Surname → status."""
    return {issue["child"][0]: issue["status"] for issue in report["issues"]}


def counts(report: dict[str, Any]) -> dict[str, int]:
    return {status: n for status, n in report["counts"].items() if n}


def answer(book: Path, answers: dict[str, dict[str, Any]], to: Path) -> None:
    """Fill in the reply workbook: surname → column title → value."""
    workbook = openpyxl.load_workbook(book)
    sheet = workbook.active
    header = next(r for r in range(1, 10) if sheet.cell(r, 2).value == "问题编号")
    titles = {cell.value: cell.column for cell in sheet[header]}
    for row in range(header + 1, sheet.max_row + 1):
        for title, value in answers.get(str(sheet.cell(row, titles["儿童"]).value)[:1], {}).items():
            sheet.cell(row, titles[title]).value = value
    workbook.save(to)


DONE = {
    "整改情况": "已整改",
    "整改措施": "已按户口簿更正",
    "整改人": "王某",
    "完成日期": "2026.11.5",
    "佐证材料": "附件1",
}


def october(call: Call) -> Run:
    return call(
        "check",
        "10",
        "--as-of",
        "2026-10-31",
        "--issued-on",
        "2026-10-31",
        "--ledger",
        "台账.db",
        "--out",
        "out10",
        *SELECT,
    )


def replies(call: Call, county: Path) -> Run:
    book = county / "out10/责任单位/白石镇/白石镇-整改回复表.xlsx"
    answer(
        book, {"钱": DONE, "孙": DONE, "李": {"整改情况": "整改中", "整改人": "张某"}}, county / "回复.xlsx"
    )
    return call("ledger", "reply", "回复.xlsx", "--ledger", "台账.db", "--on", "2026-11-10")


def waive(call: Call) -> Run:
    issue = next(i["issue"] for i in exported(call)["issues"] if i["child"][0] == "周")
    return call(
        "ledger", "waive", issue[:8], "--ledger", "台账.db", "--reason", "户口正在办理", "--approved-by", "县民政局",
        "--until", "2026-11-30", "--on", "2026-11-12",
    )  # fmt: skip


def november(call: Call) -> Run:
    return call(
        "recheck",
        "11",
        "--as-of",
        "2026-11-30",
        "--issued-on",
        "2026-11-30",
        "--ledger",
        "台账.db",
        "--out",
        "out11",
        *SELECT,
    )


def december(call: Call) -> Run:
    return call(
        "recheck", "12", "--as-of", "2026-12-31", "--issued-on", "2026-12-31", "--ledger", "台账.db", "--out", "out12",
        "--sample", "3", *SELECT
    )  # fmt: skip


def test_three_periods(call: Call, county: Path) -> None:
    # -- October
    assert october(call).code == 1
    assert statuses(exported(call)) == dict.fromkeys("赵钱孙李周吴郑", "new")

    # -- replies and a waiver
    got = replies(call, county)
    assert (got.code, "收下答复 3 条（其中报称已整改 2 条）" in got.out) == (0, True), got.out
    assert "清水乡  2 条，最早时限" in got.out
    assert waive(call).code == 0
    assert statuses(exported(call)) == {
        "赵": "new", "钱": "claimed", "孙": "claimed", "李": "new", "周": "waived", "吴": "new", "郑": "new",
    }  # fmt: skip

    # -- November: only 白石镇 hands in
    assert november(call).code == 1
    report = exported(call)
    assert statuses(report) == {
        "赵": "closed", "钱": "false_closing", "孙": "closed", "李": "open", "周": "waived", "吴": "open", "郑": "open",
        "冯": "new",
    }  # fmt: skip
    # overdue: 钱, 李, 吴, 郑 (周 is waived, 冯 was found today)
    assert counts(report) == {"new": 1, "open": 3, "false_closing": 1, "closed": 2, "waived": 1, "overdue": 4}
    audit = json.loads((county / "out11/report.json").read_text(encoding="utf-8"))
    shown = {i["subject"]["child"][0]: i["status"] for i in audit["issues"] if i["subject"]["child"]}
    assert shown == {"钱": "claimed", "李": "overdue", "周": "waived", "冯": "new"}
    assert Counter(i["rule"] for i in audit["issues"]) == {"C08": 2, "C10": 2, "L02": 1}
    report_11 = docx.Document(str(county / "out11/整改复查报告.docx"))
    said = "\n".join(p.text for p in report_11.paragraphs)
    assert "本次核查：原有 7 条，销号 2 条，查出虚报整改 1 条，新增 1 条。" in said
    assert "未销号的 5 条中，新增 1 条，未整改 1 条，未再复核 2 条，虚报整改 1 条；其中逾期 4 条。" in said
    reminders = (county / "out11/责任单位").glob("*/督办通知.docx")
    assert sorted(p.parent.name for p in reminders) == ["清水乡", "白石镇"]

    # -- December: the waiver has run out, one issue is back
    got = december(call)
    assert got.code == 1
    report = exported(call)
    assert statuses(report) == {
        "赵": "relapsed", "钱": "false_closing", "孙": "closed", "李": "open", "周": "open", "吴": "closed",
        "郑": "open", "冯": "open",
    }  # fmt: skip
    assert counts(report)["overdue"] == sum(i["overdue"] for i in report["issues"])
    audit = json.loads((county / "out12/report.json").read_text(encoding="utf-8"))
    assert Counter(i["rule"] for i in audit["issues"] if i["rule"] in ("L02", "L03")) == {"L02": 2, "L03": 1}
    assert "豁免已到期、重新计入的 1 条" in got.out
    assert got.out.splitlines()[-1].startswith("共 8 条问题：已销号 2，未销号 6（逾期 ")
    assert [(t["unit"], t["unclosed"], t["closed"]) for t in report["trend"]] == [
        ("清水乡", 2, 0), ("白石镇", 5, 0),
        ("清水乡", 2, 0), ("白石镇", 4, 2),
        ("清水乡", 1, 1), ("白石镇", 5, 1),
    ]  # fmt: skip


def test_history_of_a_relapse(call: Call, county: Path) -> None:
    october(call), november(call), december(call)
    issue = next(i["issue"] for i in exported(call)["issues"] if i["child"][0] == "赵")
    got = call("ledger", "history", issue[:10], "--ledger", "台账.db")
    events = [line for line in got.out.splitlines() if re.match(r"\d{4}-", line)]
    assert events == [
        "2026-10-31  发现",
        "2026-11-30  复查无此问题，销号",
        "2026-12-31  销号后再次出现",
    ]


def test_an_issue_waived_is_no_reason_to_fail(call: Call, county: Path) -> None:
    write_roster(county / "10/白石镇/花名册.xlsx", "白石镇", "珠岩村", [WAIVED])
    (county / "10/清水乡/花名册.xlsx").unlink()
    assert october(call).code == 1
    waive(call)
    assert october(call).code == 0


def test_the_ledger_names_nobody(call: Call, county: Path) -> None:
    october(call), replies(call, county), november(call)
    held = (county / "台账.db").read_bytes()
    for child in (CORRECTED, FALSE, CLAIMED, IDLE, WAIVED, ABSENT, LAGGARD, LATE):
        assert child.name.encode() not in held
        assert child.id_no.encode() not in held


def test_the_same_month_again_changes_nothing(call: Call, county: Path) -> None:
    october(call)
    before = exported(call)
    assert october(call).code == 1
    after = exported(call)
    assert before["issues"] == after["issues"]


def test_an_earlier_month_is_refused(call: Call, county: Path) -> None:
    november(call) if (county / "台账.db").exists() else call(
        "check",
        "11",
        "--as-of",
        "2026-11-30",
        "--issued-on",
        "2026-11-30",
        "--ledger",
        "台账.db",
        "--no-documents",
        *SELECT,
    )
    got = october(call)
    assert got.code == 2
    assert "2026-11-30" in got.err


def test_recheck_without_a_ledger_says_how_to_make_one(call: Call, county: Path) -> None:
    got = november(call)
    assert got.code == 2
    assert "check --ledger" in got.err


def test_a_filled_in_workbook_is_not_overwritten(call: Call, county: Path) -> None:
    october(call)
    book = county / "out10/责任单位/白石镇/白石镇-整改回复表.xlsx"
    answer(book, {"钱": DONE}, book)
    got = october(call)
    assert "已被改动或填写过" in got.err
    kept = openpyxl.load_workbook(book.with_name("白石镇-整改回复表.1.xlsx"))
    assert "已整改" in [c.value for row in kept.active.iter_rows() for c in row]
    assert "已整改" not in [c.value for row in openpyxl.load_workbook(book).active.iter_rows() for c in row]


def test_a_unit_gets_its_own_rows_only(call: Call, county: Path) -> None:
    october(call)
    for unit, own, others in (("白石镇", "赵钱孙李周", "吴郑"), ("清水乡", "吴郑", "赵钱孙李周")):
        folder = county / "out10/责任单位" / unit
        (book,) = folder.glob("*.xlsx")
        cells = [str(c.value) for row in openpyxl.load_workbook(book).active.iter_rows() for c in row]
        children = {c[0] for c in cells if re.fullmatch(r"..?\*.", c) or re.fullmatch(r".\*.?", c)}
        assert children == set(own)
        assert not children & set(others)


def test_the_countys_own_template(call: Call, county: Path) -> None:
    own = docx.Document()
    own.add_paragraph("{{issuer}}致{{unit}}：{{count}}条，{{deadline}}前")
    (county / "10/模板").mkdir()
    own.save(str(county / "10/模板/整改通知书.docx"))
    file = county / "10/lbt-audit.toml"
    file.write_text(file.read_text(encoding="utf-8") + 'templates = "模板"\n', encoding="utf-8")
    october(call)
    got = docx.Document(str(county / "out10/责任单位/清水乡/整改通知书.docx"))
    assert re.fullmatch(r"青禾县民政局致清水乡：2条，2026年\d+月\d+日前", got.paragraphs[0].text)


def test_status_and_exports(call: Call, county: Path) -> None:
    october(call)
    replies(call, county)
    status = call("ledger", "status", "--ledger", "台账.db", "--as-of", "2026-11-20")
    assert (status.code, status.err) == (0, "")
    assert "尚未回复" in status.out
    assert call("ledger", "export", "--ledger", "台账.db").code == 0
    book = openpyxl.load_workbook("整改台账.xlsx")
    assert book.sheetnames == ["整改台账", "单位情况", "历次趋势"]
    assert book.active.max_row == 2 + 7
    listed = call("ledger", "export", "--ledger", "台账.db", "--format", "csv")
    assert len(listed.out.strip().splitlines()) == 8


def test_a_broken_template_leaves_no_trace_in_the_ledger(call: Call, county: Path) -> None:
    own = docx.Document()
    own.add_paragraph("{{unitt}}")
    (county / "10/模板").mkdir()
    own.save(str(county / "10/模板/整改通知书.docx"))
    file = county / "10/lbt-audit.toml"
    file.write_text(file.read_text(encoding="utf-8") + 'templates = "模板"\n', encoding="utf-8")
    got = october(call)
    assert got.code == 2
    assert "{{unitt}}（是否为 unit？）" in got.err
    assert not (county / "台账.db").exists()
    assert not (county / "out10").exists()


def test_waivers_stand_in_the_summary_of_an_audit(call: Call, county: Path) -> None:
    october(call)
    waive(call)
    got = october(call)
    assert "豁免期内 1 条。" in got.out
    assert got.out.splitlines()[-1].endswith("（含豁免期内 1 条）")


def test_outdated_reminders_go_from_the_folder(call: Call, county: Path) -> None:
    """The same --out every month, as the README has it."""
    common = ["--ledger", "台账.db", *SELECT]
    call("check", "10", "--as-of", "2026-10-31", "--issued-on", "2026-10-31", *common)
    call("recheck", "11", "--as-of", "2026-11-30", "--issued-on", "2026-11-30", *common)
    units = county / "lbt-report/责任单位"
    assert {p.parent.name for p in units.glob("*/督办通知.docx")} == {"白石镇", "清水乡"}
    (units / "白石镇/督办通知.docx").write_bytes(b"worked on")
    write_roster(county / "12/清水乡/12月.xlsx", "清水乡", "河边村", [LAGGARD.right(), ABSENT.right()])
    write_roster(county / "12/白石镇/12月.xlsx", "白石镇", "珠岩村", FINE)
    got = call("recheck", "12", "--as-of", "2026-12-31", "--issued-on", "2026-12-31", *common)
    assert {p.parent.name for p in units.glob("*/督办通知.docx")} == {"白石镇"}
    assert not (units / "清水乡").exists()
    assert "已移除以前生成、本次不再需要的" in got.err


def test_no_document_reads_oddly(call: Call, county: Path) -> None:
    """No counts of nothing, doubled marks, hidden figures in sentences; every deadline says 含当日."""
    october(call), replies(call, county), november(call), december(call)
    paths = [p for month in ("out10", "out11", "out12") for p in (county / month).rglob("*.docx")]
    assert len(paths) > 12
    for path in paths:
        for paragraph in docx.Document(str(path)).paragraphs:
            text = paragraph.text.replace(
                "已销号 0 条，", ""
            )  # the answer to the question of a re-inspection
            assert not re.search(r"[。，；：、]{2}|(?<!\d) ?\b0 条|※ 条|None|\{|\.\.", text), (
                path.name,
                text,
            )
            for deadline in re.findall(r"日前(?!来)(.{5})", text):
                assert deadline == "（含当日）", (path.name, text)


def test_what_nobody_handed_in_again_is_still_there(call: Call, county: Path) -> None:
    october(call)
    (county / "无").mkdir()
    (county / "无/lbt-audit.toml").write_text(COUNTY, encoding="utf-8")
    again = (
        "recheck",
        "无",
        "--as-of",
        "2026-11-30",
        "--issued-on",
        "2026-11-30",
        "--ledger",
        "台账.db",
        "--no-documents",
        *SELECT,
    )
    assert call(*again).code == 1
    assert call(*again, "--fail-on", "never").code == 0
    assert set(statuses(exported(call)).values()) == {"open"}

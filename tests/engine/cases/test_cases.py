"""From files to cases: what is one child, what follows from what, what is one line."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lbt_audit.engine.audit import Audit
from lbt_audit.engine.request import Request
from lbt_audit.engine.run import audit
from lbt_audit.reports.tables.lines import lines
from lbt_audit.reports.tables.places import subset
from lbt_audit.reports.tables.summary import Summary

HEADS = (
    "姓名", "性别", "出生日期", "公民身份证号码", "父亲姓名", "母亲姓名", "就读学校", "班级", "监护人姓名",
    "父母双方外出", "一方外出务工另一方无监护能力", "学籍号",
)  # fmt: skip
YANG = (
    "杨晓峰",
    "男",
    "2015-03-12",
    "52990120150312001X",
    "杨大贵",
    "王桂花",
    "白石镇中心小学",
    "四(1)班",
    "杨老奶",
)
QIN = (
    "覃晶莲",
    "女",
    "2013-07-04",
    "529901201307040127",
    "覃大山",
    "李秀英",
    "白石镇中心小学",
    "六(1)班",
    "覃老奶",
)
TOWN, SCHOOL = "白石镇人民政府", "白石镇中心小学"
ROSTER, LEDGER = "农村留守儿童花名册", "留守儿童情况登记表"


def submit(folder: Path, unit: str, title: str, rows: Sequence[Sequence[str]]) -> None:
    with (folder / f"{unit}{title}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([title])
        writer.writerow([f"填报单位：{unit}"])
        writer.writerow(HEADS[: max(map(len, rows))])
        writer.writerows(rows)


def changed(child: Sequence[str], **cells: str) -> tuple[str, ...]:
    places = {"name": 0, "sex": 1, "birth": 2, "number": 3, "guardian": 8}
    row = list(child)
    for what, text in cells.items():
        row[places[what]] = text
    return tuple(row)


def found(folder: Path, *select: str) -> Audit:
    return audit(Request((folder,), select=select))


def by_rule(result: Audit) -> dict[str, list[dict[str, Any]]]:
    rules: dict[str, list[dict[str, Any]]] = {}
    for issue in result.issues.to_pylist():
        rules.setdefault(issue["rule"], []).append(issue)
    return rules


def test_two_numbers_follow_from_the_wrong_one(tmp_path: Path) -> None:
    submit(tmp_path, TOWN, ROSTER, [YANG, QIN])
    submit(tmp_path, SCHOOL, LEDGER, [changed(YANG, number="529901201503120011"), QIN])
    told = by_rule(found(tmp_path, "C02", "F03", "F04"))
    (wrong,), (two,) = told["C02"], told["F03"]
    assert two["follows"] == wrong["fingerprint"] and wrong["follows"] is None
    assert two["case"] == wrong["case"]  # though each record by itself has another key


def test_a_difference_of_another_field_is_a_cause_of_its_own(tmp_path: Path) -> None:
    submit(tmp_path, TOWN, ROSTER, [YANG])
    submit(tmp_path, SCHOOL, LEDGER, [changed(YANG, number="529901201503120011", guardian="陈老奶")])
    told = by_rule(found(tmp_path, "C02", "F03", "F04"))
    (differs,) = told["F04"]
    assert differs["follows"] is None and differs["case"] == told["C02"][0]["case"]


def test_one_rule_in_two_registers_is_one_line_and_two_issues(tmp_path: Path) -> None:
    submit(tmp_path, TOWN, ROSTER, [changed(YANG, sex="女"), changed(QIN, sex="男")])
    submit(tmp_path, SCHOOL, LEDGER, [changed(YANG, sex="女"), QIN])
    result = found(tmp_path, "C08", "F04")
    told = by_rule(result)
    (girl,) = told["F04"]
    units = {i["unit"]: i for i in told["C08"] if i["child"][0] == "杨"}
    assert len(units) == 2 and len({i["line"] for i in units.values()}) == 1
    assert girl["follows"] in {i["fingerprint"] for i in told["C08"] if i["child"][0] == "覃"}
    summary = Summary(result)
    assert (summary.issues, summary.children, summary.causes, summary.lines) == (4, 2, 2, 3)


def test_one_number_of_two_children_is_no_one_child(tmp_path: Path) -> None:
    submit(tmp_path, TOWN, ROSTER, [changed(YANG, sex="女"), changed(QIN, number=YANG[3], sex="女")])
    told = by_rule(found(tmp_path, "C08"))
    assert len({i["child_key"] for i in told["C08"]}) == 1
    assert len({i["case"] for i in told["C08"]}) == 2


def test_what_is_missing_is_said_once(tmp_path: Path) -> None:
    blank = ("杨晓峰", "", "", "", "杨大贵", "", "", "", "", "是")
    submit(tmp_path, TOWN, ROSTER, [blank, (*QIN, "是")])
    told = by_rule(found(tmp_path, "B"))
    (many,) = told["B02"]
    assert {"B06", "B08", "B12"} & told.keys()
    for rule in ("B06", "B08"):
        for issue in told.get(rule, ()):
            assert issue["follows"] == many["fingerprint"] and issue["repeats"]
    assert not many["repeats"]


def test_every_issue_stands_in_one_line(tmp_path: Path) -> None:
    submit(
        tmp_path,
        TOWN,
        ROSTER,
        [changed(YANG, sex="女", number="529901201503120011"), changed(QIN, birth="2013-07-05")],
    )
    submit(tmp_path, SCHOOL, LEDGER, [changed(YANG, sex="女"), changed(QIN, name="覃金莲")])
    result = found(tmp_path)
    told = [position for line in lines(result) for position in line.all()]
    assert sorted(told) == list(range(result.issues.num_rows))
    half = subset(result, np.arange(0, result.issues.num_rows, 2))
    assert sorted(p for line in lines(half) for p in line.all()) == list(range(half.issues.num_rows))


def test_cases_hold_every_issue_about_a_child_once(tmp_path: Path) -> None:
    submit(tmp_path, TOWN, ROSTER, [changed(YANG, sex="女", number="529901201503120011"), QIN])
    submit(tmp_path, SCHOOL, LEDGER, [changed(YANG, sex="女"), changed(QIN, name="覃金莲")])
    result = found(tmp_path)
    cases = result.cases.to_pylist()
    issues = {i["fingerprint"]: i for i in result.issues.to_pylist()}
    about = {f for f, i in issues.items() if i["case"]}
    assert sorted(f for c in cases for f in c["issues"]) == sorted(about)
    for case in cases:
        assert all(issues[f]["case"] == case["case"] for f in case["issues"])
        assert all(issues[f]["follows"] is None for f in case["roots"])
        comes_to = {issues[f]["follows"] or f for f in case["issues"]}
        assert {issues[f]["line"] for f in comes_to} == set(case["roots"])


def test_the_childs_safety_comes_first_and_a_notice_is_none(tmp_path: Path) -> None:
    submit(tmp_path, TOWN, ROSTER, [changed(YANG, sex="女"), (*changed(QIN, guardian="无"), "是", "", "")])
    result = found(tmp_path)
    weight = [
        (
            not (i["safety"] and i["severity"] > 1),
            -i["severity"],
            i["deadline"],
            i["follows"] is not None,
        )
        for i in result.issues.to_pylist()
    ]
    assert weight == sorted(weight)


def test_part_of_a_rule_may_be_about_safety(tmp_path: Path) -> None:
    """J07 and J08 are urgent for priority children only: an overdue visit to one comes before a child never visited."""
    rows = [
        ["村(居)", "姓名", "公民身份证号码", "监护情况"],
        ["珠岩村", YANG[0], YANG[3], "较好"],
        ["珠岩村", QIN[0], QIN[3], "差"],
    ]
    visits = [["姓名", "公民身份证号码", "走访时间", "走访人员"], [QIN[0], QIN[3], "2026-08-20", "王建国"]]
    for title, table in ((ROSTER, rows), ("走访记录", visits)):
        with (tmp_path / f"{TOWN}{title}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([[title], [f"填报单位：{TOWN}"], *table])
    result = audit(Request((tmp_path,), select=("J07", "J08"), as_of=date(2026, 10, 31)))
    told = [(i["rule"], i["safety"], i["severity"]) for i in result.issues.to_pylist()]
    assert told == [("J08", True, 2), ("J07", False, 3)]


@pytest.mark.parametrize("rows", [4000])
def test_rows_that_all_are_one_child_cost_no_more(tmp_path: Path, rows: int) -> None:
    """Each of them could follow from each other one: only the first counts, or this would not end."""
    wrong = changed(YANG, sex="女", birth="2014-03-12", number="529901201503120031")
    submit(tmp_path, TOWN, ROSTER, [wrong] * rows)
    result = found(tmp_path, "C02", "C07", "C08")
    assert result.issues.num_rows >= 2 * rows and Summary(result).children == 1
    roots = {i["fingerprint"] for i in result.issues.to_pylist() if i["rule"] == "C02"}
    assert all(i["follows"] in roots for i in result.issues.to_pylist() if i["rule"] != "C02")

"""Statistics tables through the real command: files as offices make them, a county's own form, last period."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from tests.e2e.desk import check

AREA = 'extra_areas = ["529901"]\n'
CHILDREN = (
    ("杨晓峰", "男", "529901201503120013", "2015-03-12", "珠岩村", "小学"),
    ("覃金莲", "女", "529901201307040127", "2013-07-04", "珠岩村", "初中"),
    ("罗小兵", "男", "529901201205060012", "2012-05-06", "大坪村", "初中"),
    ("石莎莎", "女", "529901202103120026", "2021-03-12", "大坪村", "幼儿园"),
)
LIST = ("序号", "村(居)", "儿童姓名", "性别", "身份证号码", "出生日期", "就学情况")


def book(path: Path, lines: Sequence[Sequence[Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".xls":
        old = xlwt.Workbook()
        sheet = old.add_sheet("统计表")
        for r, line in enumerate(lines):
            for c, value in enumerate(line):
                if value is not None:
                    sheet.write(r, c, value)
        old.save(str(path))
    elif path.suffix == ".csv":
        text = "\n".join(",".join("" if v is None else str(v) for v in line) for line in lines)
        path.write_bytes(text.encode("gb18030"))
    else:
        new = openpyxl.Workbook()
        for line in lines:
            new.active.append(list(line))  # type: ignore[union-attr]
        new.save(path)


def roster(folder: Path, children: Sequence[Sequence[str]] = CHILDREN) -> None:
    lines: list[Sequence[Any]] = [
        ["白石镇农村留守儿童花名册"],
        ["填报单位：白石镇人民政府", "填报日期：2026年10月31日"],
        LIST,
    ]
    lines += [(n, c[4], c[0], c[1], c[2], c[3], c[5]) for n, c in enumerate(children, 1)]
    book(folder / "白石镇花名册.xlsx", lines)
    (folder / "lbt-audit.toml").write_text(
        f'county = "青禾县"\n{AREA}[units.townships]\n"白石镇" = ["珠岩村", "大坪村"]\n', "utf-8"
    )


TOP = [["白石镇农村留守儿童统计表"], ["填报单位：白石镇人民政府", None, None, "填报日期：2026年10月31日"]]
HEAD = ["村", "合计", "男", "女", "0-5岁", "6-13岁", "14-16岁"]
RIGHT = [["珠岩村", 2, 1, 1, 0, 2, 0], ["大坪村", 2, 1, 1, 1, 0, 1], ["合计", 4, 2, 2, 1, 2, 1]]


def issues(folder: Path, *more: Any) -> dict[str, list[dict[str, Any]]]:
    arguments = ("--as-of", "2026-10-31", "--format", "json", "--no-documents", "--mask", "none", "--yes")
    report = check(folder, *arguments, *more).report
    found: dict[str, list[dict[str, Any]]] = {}
    for issue in report["issues"]:
        if issue["rule"].startswith("K"):
            found.setdefault(issue["rule"], []).append(issue)
    return found


@pytest.mark.parametrize("form", ["xlsx", "xls", "csv"])
def test_a_right_table_is_silent_and_a_wrong_figure_is_told(tmp_path: Path, form: str) -> None:
    roster(tmp_path)
    book(tmp_path / f"统计表.{form}", [*TOP, HEAD, *RIGHT])
    assert issues(tmp_path) == {}
    wrong = [["珠岩村", 2, 2, 0, 0, 2, 0], RIGHT[1], ["合计", 4, 3, 1, 1, 2, 1]]
    book(tmp_path / f"统计表.{form}", [*TOP, HEAD, *wrong])
    ((issue,),) = issues(tmp_path).values()
    assert issue["rule"] == "K03" and "“女”填0、数得1，少1" in issue["message"]
    cells = {(where["path"], where["row"], where["column"]) for where in issue["locations"]}
    assert {(f"统计表.{form}", 4, "C"), (f"统计表.{form}", 4, "D"), ("白石镇花名册.xlsx", 5, "C")} <= cells


def test_the_child_between_is_named_and_masked(tmp_path: Path) -> None:
    roster(tmp_path, [*CHILDREN, ("杨晓峰", "男", "529901201503120013", "2015-03-12", "珠岩村", "小学")])
    more = [["珠岩村", 3, 2, 1, 0, 3, 0], RIGHT[1], ["合计", 5, 3, 2, 1, 3, 1]]
    book(tmp_path / "统计表.xlsx", [*TOP, HEAD, *more])
    ((issue,),) = issues(tmp_path, "--select", "K").values()
    assert "重复登记（花名册）杨晓峰（第8行）" in issue["message"]
    masked = issues(tmp_path, "--select", "K", "--mask", "partial")["K03"][0]
    assert "杨晓峰" not in str(masked) and "杨*峰" in masked["message"]


def test_sums_saved_without_values_are_worked_out(tmp_path: Path) -> None:
    roster(tmp_path)
    lines = [["珠岩村", "=C4+D4", 1, 1, 0, 2, 0], ["大坪村", "=C5+D5", 1, 1, 1, 0, 1]]
    totals = ["合计", *(f"=SUM({c}4:{c}5)" for c in "BCDEFG")]
    book(tmp_path / "统计表.xlsx", [*TOP, HEAD, *lines, totals])
    assert issues(tmp_path) == {}
    totals[2] = "=SUM(C4:C4)"
    book(tmp_path / "统计表.xlsx", [*TOP, HEAD, *lines, totals])
    ((issue,),) = issues(tmp_path).values()
    assert issue["rule"] == "K02" and [(w["row"], w["column"]) for w in issue["locations"]] == [(6, "C")]


def test_a_county_has_a_form_of_its_own(tmp_path: Path) -> None:
    roster(tmp_path)
    county = tmp_path / "lbt-audit.toml"
    county.write_text('schemas = ["yuebao.yaml"]\n' + county.read_text("utf-8"), "utf-8")
    form = tmp_path / "yuebao.yaml"
    form.write_text(
        "kind: statistics\n"
        "title: {zh: 县月报表, en: monthly report}\n"
        "titles: [月报表]\n"
        "printed: {zh: 县月报表填表说明, en: notes of the monthly report}\n"
        "groups:\n"
        "  size:\n"
        "    title: {zh: 学段, en: stage}\n"
        "    items:\n"
        "      small: {zh: 幼小阶段, en: small, headers: [幼小阶段], when: {school.stage: {is: [kindergarten, primary]}}}\n"
        "      large: {zh: 初中阶段生, en: large, headers: [初中阶段生], when: {school.stage: {is: junior}}}\n"
        "formulas: [all=small+large]\n",
        "utf-8",
    )
    table = [
        ["白石镇农村留守儿童月报表"],
        TOP[1],
        ["村", "合计", "幼小阶段", "初中阶段生", "男"],
        ["珠岩村", 2, 1, 1, 1],
        ["大坪村", 2, 2, 1, 1],
    ]
    book(tmp_path / "月报表.xlsx", table)
    found = issues(tmp_path)
    assert "县月报表填表说明" in found["K01"][0]["message"]
    assert "“幼小阶段”填2、数得1" in found["K03"][0]["message"]
    form.write_text(form.read_text("utf-8").replace("all=small+large", "all=small+lage"), "utf-8")
    bad = check(tmp_path, "--no-documents")
    assert bad.code == 2 and "yuebao.yaml:11" in bad.err and "large" in bad.err


def test_a_table_of_some_children_is_not_recounted(tmp_path: Path) -> None:
    roster(tmp_path)
    some = [
        ["白石镇寄宿农村留守儿童统计表"],
        TOP[1],
        HEAD,
        ["珠岩村", 1, 0, 1, 0, 1, 0],
        ["大坪村", 1, 1, 0, 0, 0, 1],
    ]
    book(tmp_path / "统计表.xlsx", some)
    assert issues(tmp_path) == {}


def test_another_month_is_another_matter(tmp_path: Path) -> None:
    roster(tmp_path)
    old = [
        TOP[0],
        ["填报单位：白石镇人民政府", None, None, "填报日期：2026年6月30日"],
        HEAD,
        ["珠岩村", 9, 5, 4, 3, 3, 3],
        ["大坪村", 8, 4, 4, 2, 3, 3],
    ]
    book(tmp_path / "统计表.xlsx", old)
    assert issues(tmp_path) == {}


def test_last_period(tmp_path: Path) -> None:
    now, before = tmp_path / "10月", tmp_path / "9月"
    for folder, figures in ((now, [60, 30, 30]), (before, [40, 20, 20])):
        folder.mkdir()
        (folder / "lbt-audit.toml").write_text(AREA, "utf-8")
        book(folder / "统计表.xlsx", [*TOP, ["村", "合计", "男", "女"], ["珠岩村", *figures]])
    found = issues(now, "--previous", before)
    assert "“合计”由40变为60（+20，+50%）" in found["K07"][0]["message"]
    assert [w["path"].startswith("9月") or "9月" in w["path"] for w in found["K07"][0]["locations"]].count(
        True
    ) == 3

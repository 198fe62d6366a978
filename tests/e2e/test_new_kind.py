"""A kind of register that nobody foresaw, with its form, what it requires and a rule: in YAML alone."""

from __future__ import annotations

import shutil
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from tests.command import run
from tests.e2e.desk import report_of

import lbt_audit

ROOT = Path(__file__).parents[2]
KIND = """\
title: {zh: 心理辅导台账, en: counselling register}
level: school
child: many
include: [child, school]
columns:
  counsel_date: {zh: 辅导日期, en: Date of counselling, checks: calendar_date, privacy: public,
    titles: [辅导日期], aliases: [辅导时间]}
  counsel_teacher: {zh: 辅导教师, en: Counsellor, checks: person_name, privacy: name, titles: [辅导教师]}
  counsel_kind: {zh: 辅导方式, en: Way of counselling, checks: {code: counsel_kind}, privacy: public,
    titles: [辅导方式]}
  counsel_minutes: {zh: 辅导时长, en: Minutes, privacy: public, titles: [辅导时长（分钟）],
    checks: {whole_number: ~, in_range: {min_value: 5, max_value: 240}}}
  counsel_room: {zh: 辅导室, en: Room, privacy: public, titles: [辅导室], checks: {text: ~, str_matches: "[0-9]{3}室"}}
codes:
  counsel_kind:
    title: {zh: 辅导方式, en: way of counselling}
    items:
      single: {label: {zh: 个别辅导, en: single}, aliases: [个别, 一对一]}
      group: {label: {zh: 团体辅导, en: group}, aliases: [团体, 小组]}
recognise:
  threshold: 3
  needs: [[child_name], [counsel_date, counsel_kind]]
  fields: {child_name: 0.5, counsel_date: 2, counsel_teacher: 1, counsel_kind: 1.5}
  titles: {心理辅导: 2}
required: [child_name, birth_date, counsel_date, counsel_teacher]
template: [seq, class_name, child_name, birth_date, id_no, counsel_date, counsel_teacher, counsel_kind, counsel_minutes]
"""
RULE = """\
- code: X01
  title: {zh: 团体辅导时间过短, en: Group counselling too short}
  severity: warning
  tables: [counselling]
  check: rows
  when: {counsel_kind: {is: group}, counsel_minutes: {lt: 30}}
  points_at: [counsel_minutes]
  message:
    zh: "{child}：{list}中团体辅导只有{counsel_minutes}分钟。"
    en: "{child}: group counselling of only {counsel_minutes} minutes in the {list}."
  fix: {zh: 核对辅导时长。, en: Check the minutes.}
  basis: [UNITS]
  responsible: school
  deadline: D5
  examples:
    found: [{child_name: 杨晓峰, counsel_kind: 小组, counsel_minutes: "10"}]
    silent: [{child_name: 杨晓峰, counsel_kind: 个别, counsel_minutes: "10"}]
"""
COUNTY = """\
county = "青禾县"
as_of = 2026-10-31
extra_areas = ["529901"]
[units.townships]
"白石镇" = ["珠岩村"]
[[units.schools]]
name = "白石镇中心小学"
township = "白石镇"
"""
REGISTER = """\
白石镇中心小学心理辅导台账,,,,,,
序号,班级,姓名,出生日期,公民身份证号码,辅导时间,辅导方式,辅导时长（分钟）,辅导室
1,三（2）班,杨晓峰,2015-03-12,52990120150312001X,2026-09-10,个别,40,203室
2,三（2）班,李小梅,,529901201708150028,2026-09-12,电话,900,操场
3,四（1）班,王小虎,2016-05-06,529901201605050016,2026年9月31日,小组,10,203室
"""


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    folder = tmp_path / "学校"
    folder.mkdir()
    (folder / "登记.csv").write_text(REGISTER, encoding="utf-8")
    return folder


def told(report: dict[str, Any]) -> dict[str, tuple[str, list[str | None]]]:
    """Rule → (message, cells) of its one issue."""
    issues = [i for i in report["issues"] if i["rule"] != "A06"]
    assert len({i["rule"] for i in issues}) == len(issues)
    places = {i["rule"]: [f"{p['column']}{p['row']}" for p in i["locations"]] for i in issues}
    return {i["rule"]: (i["message"], places[i["rule"]]) for i in issues}


def expect(zh: dict[str, Any], en: dict[str, Any]) -> None:
    sheets = [s for i in zh["inputs"] for s in i["sheets"]]
    assert [(s["kind"], s["unit"], s["rows"]) for s in sheets] == [("counselling", "白石镇中心小学", 3)]
    assert {c["field"] for c in sheets[0]["columns"]} >= {"counsel_date", "counsel_kind", "counsel_minutes"}
    found, words = told(zh), told(en)
    assert "辅导教师" in found["A01"][0] and "Counsellor" in words["A01"][0]
    assert found["B01"][1] == ["D4"] and "出生日期" in found["B01"][0]
    assert found["C07"][1] == ["D5", "E5"]
    assert found["C06"][1] == ["F5"] and "没有这一天" in found["C06"][0]
    assert (
        found["C16"][1] == ["G4", "H4", "I4"]
        and "辅导方式“电话”、辅导时长“900”、辅导室“操场”" in found["C16"][0]
    )
    assert "不合规定格式[0-9]{3}室" in found["C16"][0] and "the form asked is [0-9]{3}室" in words["C16"][0]
    assert found["X01"] == ("王小虎：心理辅导台账中团体辅导只有10分钟。", ["H5"])
    assert words["X01"][0] == "王小虎: group counselling of only 10 minutes in the counselling register."
    assert set(found) == {"A01", "B01", "C06", "C07", "C16", "X01"}


def test_in_a_county_s_own_files(tmp_path: Path, handed_in: Path) -> None:
    (tmp_path / "counselling.yaml").write_text(KIND, encoding="utf-8")
    (tmp_path / "own.yaml").write_text(RULE, encoding="utf-8")
    config = tmp_path / "lbt-audit.toml"
    config.write_text('schemas = ["counselling.yaml"]\nrules = ["own.yaml"]\n' + COUNTY, encoding="utf-8")
    reports = [
        report_of(handed_in, "--config", config, "--mask", "none", "--yes", lang=lang).report
        for lang in ("zh", "en")
    ]
    expect(*reports)
    for arguments in (("lint",), ("test", "X01"), ("show", "X01")):
        done = command("rules", *arguments, "--config", str(config))
        assert done.returncode == 0, done.stdout + done.stderr
    assert "心理辅导台账" in done.stdout
    frame = lbt_audit.read(handed_in, config=config)["counselling"]
    assert frame["counsel_kind"].tolist() == ["single", "电话", "group"]
    assert frame["counsel_minutes"].tolist() == [40, 900, 10]


def test_as_a_shipped_file(tmp_path: Path, handed_in: Path) -> None:
    tree = tmp_path / "tree"
    for part in ("src", "schemas", "rules"):
        shutil.copytree(ROOT / part, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
    (tree / "schemas" / "counselling.yaml").write_text(KIND, encoding="utf-8")
    (tree / "rules" / "X.yaml").write_text(RULE, encoding="utf-8")
    config = tmp_path / "lbt-audit.toml"
    config.write_text(COUNTY, encoding="utf-8")
    at = {"PYTHONPATH": str(tree / "src")}
    expect(*(
        report_of(handed_in, "--config", config, "--mask", "none", "--yes", lang=lang, env=at).report
        for lang in ("zh", "en")
    ))  # fmt: skip
    assert command("rules", "lint", env=at).returncode == 0
    shown = command("rules", "show", "X01", env={**at, "LBT_AUDIT_LANG": "en"})
    assert "counselling register" in shown.stdout


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("include: [child, school]", "include: [child, scool]", "counselling.yaml:4: 没有这组栏目“scool”，是否为“school”？"),
        ("checks: {code: counsel_kind}", "checks: {code: counsel_kin}",
         "counselling.yaml:9: 没有代码表“counsel_kin”，是否为“counsel_kind”？"),
        ("checks: calendar_date", "checks: calender_date",
         "counselling.yaml:6: 没有这种检查“calender_date”，是否为“calendar_date”？"),
        ("counsel_teacher]\n", "counsel_techer]\n", "required：“counsel_techer”不是本表的栏目，是否为“counsel_teacher”？"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_it_is_told_by_lint_and_by_check(
    tmp_path: Path, handed_in: Path, old: str, new: str, message: str
) -> None:
    assert old in KIND
    (tmp_path / "counselling.yaml").write_text(KIND.replace(old, new), encoding="utf-8")
    config = tmp_path / "lbt-audit.toml"
    config.write_text('schemas = ["counselling.yaml"]\n' + COUNTY, encoding="utf-8")
    for arguments in (("rules", "lint", "--config"), ("check", str(handed_in), "--no-documents", "--config")):
        done = command(*arguments, str(config))
        assert done.returncode == 2 and message in done.stdout + done.stderr


def command(*arguments: str, env: dict[str, str] | None = None) -> CompletedProcess[str]:
    return run(*arguments, env={"LBT_AUDIT_LANG": "zh", **(env or {})})

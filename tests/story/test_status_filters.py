"""``ledger status`` picks issues by unit, status, rule and deadline."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import run
from tests.story.registers import Child, write_roster

COUNTY = """
county = "青禾县"
extra_areas = ["529901"]
salt = "story"
as_of = 2026-10-31
issued_on = 2026-11-05
[units.townships]
"白石镇" = ["珠岩村"]
"清水乡" = ["河边村"]
[deadlines]
D3 = {date = 2026-11-09}
DM = {date = 2026-12-20}
"""
CHOICES = ("C08", "C10")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("县")
    (folder / "lbt-audit.toml").write_text(COUNTY, encoding="utf-8")
    white = [Child("赵晓峰", 1, wrong_sex=True), Child("李金莲", 4, girl=True, blank=True)]
    write_roster(folder / "白石镇/花名册.xlsx", "白石镇", "珠岩村", white)
    write_roster(
        folder / "清水乡/花名册.xlsx", "清水乡", "河边村", [Child("吴思雨", 6, girl=True, wrong_sex=True)]
    )
    path = folder.parent / f"{folder.name}.db"
    done = run(
        "check",
        folder,
        "--ledger",
        path,
        "--no-documents",
        "--select",
        ",".join(CHOICES),
        "--fail-on",
        "never",
    )
    assert done.returncode == 0, done.stderr
    return path


def status(ledger: Path, *options: str, lang: str = "zh") -> tuple[int, str]:
    done = run(
        "ledger", "status", "--ledger", ledger, *options, env={"LBT_AUDIT_LANG": lang, "COLUMNS": "160"}
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("options", "surnames"),
    [
        (("--unit", "白石镇"), "赵李"),
        (("--unit", "白石镇", "--unit", "清水乡"), "赵李吴"),
        (("--rule", "C10"), "李"),
        (("--rule", "c08,C10"), "赵李吴"),
        (("--unit", "白石镇", "--rule", "C08"), "赵"),
        (("--due-by", "2026-11-09"), "赵吴"),
        (("--due-by", "2026.11.8"), ""),
        (("--status", "新增"), "赵李吴"),
        (("--status", "new"), "赵李吴"),
        (("--status", "逾期", "--as-of", "2026-11-10"), "赵吴"),
        (("--status", "closed"), ""),
    ],
)
def test_only_what_is_asked_for(ledger: Path, options: tuple[str, ...], surnames: str) -> None:
    code, said = status(ledger, *options)
    assert code == 0 and f"符合条件的问题 {len(surnames)} 条" in said, said
    for surname in "赵李吴":
        assert (f" {surname}*" in said) == (surname in surnames), said
    code, said = status(ledger, *options, lang="en")
    assert code == 0 and f"issues asked for: {len(surnames)}" in said


def test_a_deadline_that_is_past_says_so(ledger: Path) -> None:
    assert "2026-11-09（已过期）" in status(ledger, "--rule", "C08", "--as-of", "2026-11-10")[1]
    assert "已过期" not in status(ledger, "--rule", "C08", "--as-of", "2026-11-09")[1]


@pytest.mark.parametrize(
    ("options", "zh", "en"),
    [
        (
            ("--unit", "白石"),
            "台账中没有单位“白石”的问题，是否为“白石镇”？",
            "no issue of '白石'; did you mean '白石镇'?",
        ),
        (("--rule", "Z9"), "台账中没有代码以“Z9”开头的问题", "no issue of a rule that begins with 'Z9'"),
        (
            ("--status", "完成"),
            "没有状态“完成”，可用：新增、未整改、",
            "no status '完成'; there are new, open, ",
        ),
        (("--due-by", "下周"), "--due-by 不是日期：下周", "--due-by is no date: 下周"),
    ],
)
def test_what_is_not_known_is_told(ledger: Path, options: tuple[str, ...], zh: str, en: str) -> None:
    for lang, wanted in (("zh", zh), ("en", en)):
        code, said = status(ledger, *options, lang=lang)
        assert code == 2 and wanted in said, said


@pytest.mark.parametrize("wording", ["白石镇-2610-002", "白石镇 2610 2", "白石镇\u20112610\u2011002"])
def test_one_number_shows_the_issue_and_its_history(ledger: Path, wording: str) -> None:
    code, said = status(ledger, wording, "--as-of", "2026-11-10")
    assert code == 0 and "C10" in said and "李*莲" in said and "赵*" not in said
    assert "新增（截至 2026年11月10日）" in said and said.rstrip().endswith("2026-10-31  发现")
    code, late = status(ledger, "白石镇-2610-001", "--as-of", "2026-11-10")
    assert code == 0 and "（已过期）" in late


def test_one_number_is_no_filter(ledger: Path) -> None:
    code, said = status(ledger, "白石镇-2610-001", "--rule", "C08")
    assert code == 2 and "不再写其他条件" in said
    code, said = status(ledger, "白石镇-2610-077")
    assert code == 2 and "台账中没有问题“白石镇-2610-077”" in said

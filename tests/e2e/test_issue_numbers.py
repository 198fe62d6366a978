"""Issue numbers from run to run: the same on one machine, told where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.e2e.desk import check, report_of

ROSTER = """\
序号,儿童姓名,性别,民族,出生日期,身份证号码,父亲姓名,父亲务工地点,母亲姓名,监护人姓名
1,覃金莲,男,汉族,2015-03-12,529901201503120010,覃大强,浙江宁波,蒙桂,韦大贵
2,韦小满,无,汉族,2015-13-12,52990120150312001,韦大贵,广东,蒋氏玉,韦大贵
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "花名册.csv").write_text(ROSTER, "utf-8")
    return tmp_path / "in"


def _numbers(files: Path, keys: str, *more: object) -> tuple[str, list[str]]:
    report = report_of(files, *more, env={"LBT_AUDIT_KEYS": keys}).report
    return report["run"]["key"], [issue["fingerprint"] for issue in report["issues"]]


def test_numbers_stay_where_the_key_is_kept(files: Path, tmp_path: Path) -> None:
    keys, ledger = str(tmp_path / "keys"), ("--ledger", tmp_path / "ledger.db")
    first = _numbers(files, keys)
    assert first[0] == "kept" and first[1] and _numbers(files, keys) == first
    assert _numbers(files, keys, *ledger) == first == _numbers(files, "none", *ledger)
    assert not [p for p in files.iterdir() if p.name != "花名册.csv"]


def test_numbers_nobody_will_see_again_are_told(files: Path, tmp_path: Path) -> None:
    first, again = _numbers(files, "none"), _numbers(files, "none")
    assert first[0] == again[0] == "throw_away" and not set(first[1]) & set(again[1])
    told = check(files, "--out", tmp_path / "out", env={"LBT_AUDIT_KEYS": "none"})
    assert "问题编号仅本次有效" in told.out
    refused = check(files, "--ledger", files / "ledger.db", env={"LBT_AUDIT_KEYS": "none"})
    assert refused.code == 2 and "LBT_AUDIT_KEYS" in refused.err and not (files / "ledger.db").exists()


def test_a_ledger_refuses_another_key(files: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.db"
    _numbers(files, "none", "--ledger", ledger)
    ledger.with_name("ledger.db.key").write_text("another key altogether\n")
    refused = check(files, "--ledger", ledger)
    assert refused.code == 2 and "密钥" in refused.err

"""The county file: what it gives, and what is said about a wrong one."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from lbt_audit.config.load import find_county, load_county
from lbt_audit.config.sounds import flaws, presets, unknown_dialect
from lbt_audit.model.deadline import DeadlineClass
from lbt_audit.model.errors import ConfigError

GOOD = """\
county = "青禾县"
as_of = 2026-10-31
profile = "three_month_county"
extra_areas = ["529901"]
extra_ethnic = ["穿青人"]
known_phones = ["0999-123 4567"]
mask = "partial"

[params]
min_away_months = 6

[units.townships]
"白石镇" = ["大坝村", "青杠村"]
"清水乡" = {villages = ["大坝村"], aliases = ["清水"]}

[[units.schools]]
name = "清水中心小学"
township = "清水乡"
aliases = ["清水小学"]

[[units.schools]]
name = "青禾县第一中学"

[units.aliases]
"大坝" = "大坝村"

[aliases]
"孩子大名" = "child_name"

[deadlines]
D3 = {working_days = 2}
DF = {date = 2026-11-20}
DM = {month_end = true}

[notices]
issuer = "青禾县民政局"

[[waivers]]
issue = "00ff"
reason = "户口正在办理"
approved_by = "王某"
until = 2026-12-31
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "lbt-audit.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str, lang: str = "en") -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load_county(write(folder, text))
    return caught.value.text[lang].splitlines()  # type: ignore[arg-type]


def test_everything_is_read(tmp_path: Path) -> None:
    county = load_county(write(tmp_path, GOOD))
    assert (county.name, county.as_of, county.profile) == (
        "青禾县",
        date(2026, 10, 31),
        "three_month_county",
    )
    assert county.params == {"min_away_months": 6}
    assert county.known_phones == {"09991234567"}
    assert county.units.townships == {"白石镇": ("大坝村", "青杠村"), "清水乡": ("大坝村",)}
    assert county.units.schools == {"清水中心小学": "清水乡", "青禾县第一中学": None}
    assert county.units.aliases == {"清水": "清水乡", "清水小学": "清水中心小学", "大坝": "大坝村"}
    assert county.deadlines["D3"] == DeadlineClass("working_days", 2)
    assert county.deadlines["DF"] == DeadlineClass("date", day=date(2026, 11, 20))
    assert county.deadlines["DM"] == DeadlineClass("month_end", 0)
    assert county.deadlines["D10"] == DeadlineClass("working_days", 10), (
        "classes not given keep their default"
    )
    assert county.waivers[0].until == date(2026, 12, 31)
    assert county.notices.issuer == "青禾县民政局"
    assert county.where("params", "min_away_months") == "lbt-audit.toml:10"
    assert county.where("aliases", "孩子大名") == "lbt-audit.toml:28"


def test_empty_file_is_a_county_with_defaults(tmp_path: Path) -> None:
    county = load_county(write(tmp_path, ""))
    assert county.as_of is None and county.name is None and not county.units.listed


def test_bom_and_crlf_from_windows_notepad(tmp_path: Path) -> None:
    path = tmp_path / "lbt-audit.toml"
    path.write_bytes(b"\xef\xbb\xbf" + 'county = "青禾县"\r\nas_off = 1\r\n'.encode())
    with pytest.raises(ConfigError, match=r"lbt-audit\.toml:2: unknown key as_off; nearest is as_of"):
        load_county(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("as_off = 2026-10-31", "lbt-audit.toml:1: unknown key as_off; nearest is as_of"),
        ('\nmask = "some"', "lbt-audit.toml:2: mask: must be one of 'partial', 'full', 'none'"),
        ('as_of = "2026.10.31"', "lbt-audit.toml:1: as_of: must be a date such as 2026-10-31"),
        ('extra_areas = [\n "529901",\n # x\n "12"]', "lbt-audit.toml:4: extra_areas.1: must be six digits"),
        ("[notices]\ncontact = 1", "lbt-audit.toml:2: notices.contact: must be text in quotes"),
        ("[[units.schools]]\ntownship='x'", "lbt-audit.toml:1: units.schools.0.name: is missing"),
        (
            '[units.townships]\n\n"a" = {vilages = ["b"]}',
            "lbt-audit.toml:3: unknown key units.townships.a.vilages; nearest is villages",
        ),
        (
            "[deadlines]\nD3 = {working_days = 1, days = 2}",
            "lbt-audit.toml:2: deadlines.D3: a deadline is exactly one of working_days, days, date, month_end "
            "(months goes with month_end)",
        ),
        ("[deadlines]\nD3 = {working_days = -1}", "lbt-audit.toml:2: deadlines.D3.working_days: must be ≥ 0"),
        (
            "[deadlines]\nfast = {days = 1}",
            "lbt-audit.toml:2: deadlines.fast: deadline classes are named like D3",
        ),
        ("county = ", "lbt-audit.toml:1: not valid TOML: Invalid value"),
        ("county = 'a'\n白石镇 = 1", "a key that is not ASCII needs quotes"),
        ("rules = ['none.yaml']", "lbt-audit.toml:1: no such file: none.yaml"),
    ],
)
def test_wrong_files_are_explained_with_their_line(tmp_path: Path, text: str, expected: str) -> None:
    found = problems(tmp_path, text)
    assert len(found) == 1 and expected in found[0]


def test_all_problems_are_told_at_once_and_in_chinese(tmp_path: Path) -> None:
    found = problems(tmp_path, "zzz = 1\nmask = 3\n[notices]\nphone = 1\n", "zh")
    assert [line.split(":")[1] for line in found] == ["1", "2", "4"]
    assert "未知的键 zzz" in found[0] and "as_of" in found[0]


def test_units_that_contradict_each_other(tmp_path: Path) -> None:
    text = """
[units.townships]
"白石镇" = ["大坝村", "大坝村"]
[[units.schools]]
name = "甲小学"
township = "白石"
[[units.schools]]
name = "甲小学"
[units.aliases]
"x" = "大坝"
"""
    found = problems(tmp_path, text)
    assert [line.split(": ", 1) for line in found] == [
        ["lbt-audit.toml:8", "school listed twice: 甲小学"],
        ["lbt-audit.toml:3", "白石镇: village listed twice: 大坝村"],
        ["lbt-audit.toml:6", "甲小学: no such township: 白石 (did you mean 白石镇?)"],
        ["lbt-audit.toml:10", "not in the list of units: 大坝 (did you mean 大坝村?)"],
    ]


def test_not_utf8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "lbt-audit.toml"
    path.write_bytes("mask = 'partial'\ncounty = '青禾县'\n".encode("gbk"))
    with pytest.raises(ConfigError, match=r"lbt-audit\.toml:2: not UTF-8"):
        load_county(path)


def test_units_from_a_workbook_with_merged_townships(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [
        ["青禾县单位名单"],
        ["序号", "乡镇", "村（居）", "学校", "别名"],
        [1, "白石镇", "大坝村", None, "大坝、坝上"],
        [2, None, "青杠村", "白石小学", None],
    ]:
        sheet.append(row)
    book.save(tmp_path / "units.xlsx")
    units = load_county(write(tmp_path, 'units_file = "units.xlsx"')).units
    assert units.townships == {"白石镇": ("大坝村", "青杠村")}
    assert units.schools == {"白石小学": "白石镇"}
    assert units.aliases == {"大坝": "大坝村", "坝上": "大坝村"}


def test_units_workbook_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "units.xlsx").write_bytes(b"not a workbook")
    assert (
        "units.xlsx: the list of units cannot be read: the file is damaged"
        in problems(tmp_path, 'units_file = "units.xlsx"')[0]
    )
    (tmp_path / "units.csv").write_bytes("甲,乙\n1,2\n".encode("gbk"))
    assert "units.csv: no sheet has a column 乡镇" in problems(tmp_path, 'units_file = "units.csv"')[0]


def test_nearest_county_file_at_or_above(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    outer, inner = write(tmp_path, ""), write(tmp_path / "a", "")
    assert find_county(deep / "file.xlsx") == inner
    assert find_county(tmp_path) == outer


def test_sounds_of_a_dialect_and_of_the_county(tmp_path: Path) -> None:
    text = '[matching]\ndialect = "西南官话"\nsounds = [["ü", "i"], ["He", "huo"], ["sun", "sen"]]\n'
    sounds = load_county(write(tmp_path, text)).sounds
    assert {("sun", "sen"), ("v", "i"), ("he", "huo")} <= set(sounds)
    assert len(set(sounds)) == len(sounds)
    assert load_county(write(tmp_path, "")).sounds == ()


def test_every_dialect_holds_sounds() -> None:
    for name, (title, pairs) in presets().items():
        assert unknown_dialect(name) is None
        assert title.zh and title.en
        assert not list(flaws(pairs)), name


def test_wrong_sounds_are_told_with_their_line(tmp_path: Path) -> None:
    text = '[matching]\ndialect = "西南官活"\nsounds = [\n  ["he", "huo"],\n  ["h", "ang"],\n  ["an"],\n]\n'
    assert problems(tmp_path, text) == [
        "lbt-audit.toml:2: no dialect called '西南官活'; did you mean '西南官话'?",
        "lbt-audit.toml:5: 'h' and 'ang' are not two different initials, finals or syllables without tones",
        'lbt-audit.toml:6: a pair is two sounds, such as ["he", "huo"]',
    ]
    assert "没有名为“西南官活”的方言，是否为“西南官话”？" in problems(tmp_path, text, "zh")[0]

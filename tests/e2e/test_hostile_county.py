"""A county's files as nobody should write them, through the real command: exit 2 with file and line, at once, and
nothing that looks like a fault of the program."""

from __future__ import annotations

import os
import random
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path

import pytest
from tests.command import run
from tests.e2e.desk import book, register

NOISE = random.Random(11).randbytes(20_000)
RULE = """\
- code: Z01
  title: {zh: 试, en: try}
  severity: warning
  tables: [roster]
  check: rows
  when: WHEN
  points_at: [child_name]
  message: {zh: 试。, en: Try.}
  fix: {zh: 改, en: mend}
  basis: [UNITS]
  responsible: submitter
  deadline: D3
  examples:
    found: [{child_name: 杨晓峰}]
    silent: [{child_name: ""}]
"""


def county(text: str | bytes) -> Callable[[Path], None]:
    data = text if isinstance(text, bytes) else text.encode()
    return lambda folder: (folder / "lbt-audit.toml").write_bytes(data) and None


def beside(key: str, name: str, text: str | bytes) -> Callable[[Path], None]:
    """A county file that names another: ``key`` is a list of files or one."""

    def make(folder: Path) -> None:
        value = f'["{name}"]' if key in ("rules", "schemas") else f'"{name}"'
        (folder / "lbt-audit.toml").write_text(f"{key} = {value}\n", encoding="utf-8")
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())

    return make


def rule(when: str) -> Callable[[Path], None]:
    return beside("rules", "own.yaml", RULE.replace("WHEN", when))


def multiplied(levels: int) -> str:
    """A condition whose aliases stand for ten to the power of ``levels`` tests."""
    steps = (f"&b{n} {{any: [{', '.join([f'*b{n - 1}'] * 10)}]}}" for n in range(1, levels))
    return f"{{any: [&b0 {{child_name: {{filled: true}}}}, {', '.join(steps)}]}}"


def nested(depth: int) -> str:
    return "{not: " * depth + "{child_name: {filled: true}}" + "}" * depth


COUNTY = {
    "brackets": ("a = " + "[" * 20_000, 1),
    "closed brackets": ("\n[params]\nx = " + "[" * 20_000 + "]" * 20_000, 3),
    "braces": ("params = {" + "a = {" * 20_000, 1),
    "a key of many parts": ("a." * 50_000 + "a = 1", 1),
    "a table of many parts": ("\n[" + "a." * 20_000 + "a]", 2),
    "a number beyond all": ("[params]\nmin_away_months = 99999999999999999999", 2),
    "a number in parts": ("[params]\nmin_away_months = " + "9_" * 5_000 + "9", 2),
    "a number of 18 digits": ("[params]\nmin_away_months = 999999999999999999", 2),
    "less than nothing": ("[params]\nmin_away_months = -1", 2),
    "a part of a month": ("[params]\nmin_away_months = 2.5", 2),
    "infinity": ("[params]\nage_limit = inf", 2),
    "no number": ("[params]\nhollow_share = nan", 2),
    "more than all": ("[params]\nhollow_share = 1e400", 2),
    "another word": ("[params]\naway_scope = 'everywhere'", 2),
    "no day of any year": ("[params]\nterm_autumn = '13-45'", 2),
    "no day": ("as_of = 9999-99-99", 1),
    "a day after the calendar": ("as_of = 9999-12-31", 1),
    "a day before it": ("as_of = 0001-01-01", 1),
    "service in 8,000 years": ("as_of = 2026-10-31\nissued_on = 9999-12-31", 2),
    "a deadline in 8,000 years": ("[deadlines]\nD3 = {date = 9999-12-31}", 2),
    "days without end": ("[deadlines]\nD3 = {working_days = 99999999999999999999}", 2),
    "UTF-16": ("county = '青禾县'".encode("utf-16"), 1),
    "GBK": ("\ncounty = '青禾县'".encode("gbk"), 2),
    "two marks": ("\ufeff\ufeffcounty = '青禾县'", 1),
    "a NUL": ("\ncounty = 'a\0b'", 2),
    "an escape": ('\ncounty = "a\\u001b[2J"', 2),
    "noise": (NOISE, 1),
    "an open text": ("county = '''" + "a\n" * 100_000, 100_001),
    "a text too long": (f"county = '{'a' * 5_000}'", 1),
    "100 MB": (b"# " + b"x" * 100_000_000, None),
}  # fmt: skip
FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "aliases that multiply": (rule(multiplied(12)), "own.yaml:6"),
    "aliases that multiply at the top": (
        beside("schemas", "roster.yaml", "a0: &a0 [x, x]\n" + "".join(
            f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))), "roster.yaml:"),
    "what holds itself": (rule("&r {any: [*r]}"), "own.yaml:6"),
    "a list that holds itself": (beside("rules", "own.yaml", "- &a [*a]\n"), "own.yaml:1"),
    "a deep condition": (rule(nested(500)), "own.yaml:6"),
    "a condition deeper than the parser goes": (rule(nested(20_000)), "own.yaml:6"),
    "20,000 brackets": (beside("rules", "own.yaml", "[" * 20_000), "own.yaml:1"),
    "20,000 items of items": (beside("rules", "own.yaml", "- " * 20_000), "own.yaml:1"),
    "a number of 5,000 digits": (rule("{age: {gt: " + "9" * 5_000 + "}}"), "own.yaml:6"),
    "a number of 400 digits and a point": (rule("{age: {gt: " + "9" * 400 + ".0}}"), "own.yaml:6"),
    "not a day": (rule('{birth_date: {gt: "9999-99-99"}}'), "own.yaml:6"),
    "a look ahead": (rule('{child_name: {matches: "(?=a)b"}}'), "own.yaml:6"),
    "a pattern of a thousand millions": (rule('{child_name: {matches: "((a{1000}){1000}){1000}"}}'), "own.yaml:6"),
    "code to run": (beside("rules", "own.yaml", '\n!!python/object/apply:os.system ["id"]\n'), "own.yaml:2"),
    "a rule file of UTF-16": (beside("rules", "own.yaml", RULE.encode("utf-16")), "own.yaml:1"),
    "a rule file of GBK": (beside("rules", "own.yaml", RULE.encode("gbk")), "own.yaml:2"),
    "a rule file with a NUL": (beside("rules", "own.yaml", "#\n- code: Z\x0001\n"), "own.yaml:2"),
    "a rule file that colours the screen": (beside("rules", "own.yaml", '- code: "Z\x1b[2J01"\n'), "own.yaml:1"),
    "noise for rules": (beside("rules", "own.yaml", NOISE), "own.yaml:1"),
    "100 MB of rules": (beside("rules", "own.yaml", b"- {a: b}\n" * 11_000_000), "own.yaml"),
    "no weight": (beside("schemas", "roster.yaml", "recognise: {threshold: .nan}\n"), "roster.yaml:1"),
    "a pattern that is none": (beside("schemas", "roster.yaml",
        "columns: {child_name: {checks: {person_name: ~, str_matches: '(('}}}\n"), "roster.yaml:1"),
    "a pattern that looks back": (beside("schemas", "roster.yaml",
        "columns: {child_name: {checks: {person_name: ~, str_matches: '(a)\\1'}}}\n"), "roster.yaml:1"),
    "a range of days that are none": (beside("schemas", "roster.yaml",
        "columns: {birth_date: {checks: {calendar_date: ~, in_range: {min_value: '9999-99-99', max_value: 5}}}}\n"),
        "roster.yaml:1"),
    "a range of words": (beside("schemas", "roster.yaml",
        "columns: {age: {checks: {whole_number: ~, in_range: {min_value: many, max_value: 1}}}}\n"), "roster.yaml:1"),
    "noise for units": (beside("units_file", "u.xlsx", NOISE), "u.xlsx: "),
    "noise for holidays": (beside("holidays_file", "h.csv", NOISE), "h.csv:"),
    "a holiday of 200,000 characters": (beside("holidays_file", "h.csv", "\nx1" + "x1" * 100_000 + ",班\n"), "h.csv:2"),
    "a NUL among holidays": (beside("holidays_file", "h.csv", "\n2026-01-01\0,班\n"), "h.csv:2"),
}  # fmt: skip
OTHERS = ("/dev/zero", "fifo", "loop", "folder", "socket", "missing")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "报送").mkdir()
    register(tmp_path / "报送" / "名册.csv")
    return tmp_path


def refused(desk: Path, place: str, *options: object) -> str:
    """What the command says, which is at once, civil, and names ``place``; in one language or the other by turns."""
    lang = next(LANGUAGES)
    start = time.perf_counter()
    done = run("check", desk / "报送", "--no-documents", *options, cwd=desk, env={"LBT_AUDIT_LANG": lang})
    spent = time.perf_counter() - start
    assert done.returncode == 2, (done.returncode, done.stdout[:500], done.stderr[:500])
    assert place in done.stderr and done.stderr.startswith("错误：" if lang == "zh" else "error: "), (
        done.stderr[:500]
    )
    assert not re.search("内部错误|internal error|Traceback|系统错误|system error", done.stderr)
    assert "\x1b" not in done.stderr and len(done.stderr) < 60_000 and not done.stdout
    assert spent < 20, "a second or two, unless the machine is busy"
    return done.stderr


def _turns() -> Iterator[str]:
    while True:
        yield from ("zh", "en")


LANGUAGES = _turns()


@pytest.mark.parametrize("case", COUNTY)
def test_a_county_file_is_refused_with_its_line(desk: Path, case: str) -> None:
    text, line = COUNTY[case]
    county(text)(desk)
    refused(desk, f"lbt-audit.toml:{line}: " if line else "lbt-audit.toml: ")


@pytest.mark.parametrize("case", FILES)
def test_files_it_names_are_refused_with_their_line(desk: Path, case: str) -> None:
    make, place = FILES[case]
    make(desk)
    refused(desk, place)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system with pipes and devices")
@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("key", ["rules", "schemas", "units_file", "holidays_file"])
def test_what_is_no_file_is_refused(desk: Path, key: str, name: str) -> None:
    make_odd(desk, name)
    (desk / "lbt-audit.toml").write_text(
        f"\n{key} = {[name] if key in ('rules', 'schemas') else repr(name)}\n", "utf-8"
    )
    refused(desk, "lbt-audit.toml:2: ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system with pipes and devices")
@pytest.mark.parametrize("name", [name for name in OTHERS if name != "missing"])
@pytest.mark.parametrize("named", [False, True])
def test_a_county_file_that_is_no_file_is_refused(desk: Path, name: str, named: bool) -> None:
    """Neither waited for nor passed over, where it lies beside the registers and where it is named."""
    make_odd(desk, name, at=desk / "lbt-audit.toml")
    refused(desk, "lbt-audit.toml: ", *(["--config", "lbt-audit.toml"] if named else []))


def make_odd(folder: Path, name: str, at: Path | None = None) -> None:
    """Something under ``name`` that is no file, or a link to it at ``at``."""
    at = at or folder / name
    if name == "fifo":
        os.mkfifo(at)
    elif name == "loop":
        at.symlink_to(at.name)
    elif name == "folder":
        at.mkdir()
    elif name == "socket":
        import socket

        with chdir(at.parent), socket.socket(socket.AF_UNIX) as listening:
            listening.bind(at.name)
    elif name.startswith("/") and at != Path(name):
        at.symlink_to(name)


def test_many_mistakes_do_not_flood(desk: Path) -> None:
    county("".join(f"[a{n}]\n" for n in range(2_000)))(desk)
    assert len(refused(desk, "lbt-audit.toml:1: ").splitlines()) == 201


def test_a_workbook_of_units_that_unpacks_without_end(desk: Path) -> None:
    row = b"<row><c t='inlineStr'><is><t>" + b"A" * 1_000 + b"</t></is></c></row>"
    good = book(desk / "good.xlsx", {"单位": [["乡镇", "村"]]})
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(desk / "u.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        for name in source.namelist():
            if "sheet1" not in name:
                bomb.writestr(name, source.read(name))
        with bomb.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(
                b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
            )
            for _ in range(100):
                part.write(row * 1_000)
            part.write(b"</sheetData></worksheet>")
    county('units_file = "u.xlsx"')(desk)
    refused(desk, "u.xlsx: ")


def test_a_workbook_of_units_with_a_cell_in_its_last_corner_is_read(desk: Path) -> None:
    """What another reader asks 549 GB for."""
    rows: list[list[object]] = [["乡镇", "村"], ["白石镇", "石桥村"]]
    import xlsxwriter

    with xlsxwriter.Workbook(str(desk / "u.xlsx")) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.write(1_048_575, 16_383, "x")
    county('units_file = "u.xlsx"')(desk)
    assert run("check", desk / "报送", "--no-documents", "-q").returncode == 1


def test_patterns_of_a_county_take_no_longer_than_the_text(desk: Path) -> None:
    """RE2 throughout: what explodes elsewhere is found at once."""
    names = [["1", "白石镇", "石桥村", "a" * 1_900 + "!", "男", "汉族"]]
    register(desk / "报送" / "名册.csv", names * 50)
    (desk / "own.yaml").write_text(
        RULE.replace("WHEN", '{child_name: {matches: "(a+)+$"}}'), encoding="utf-8"
    )
    (desk / "roster.yaml").write_text(
        "columns: {child_name: {checks: {person_name: ~, str_matches: '(a+)+$'}}}\n", encoding="utf-8"
    )
    county('rules = ["own.yaml"]\nschemas = ["roster.yaml"]')(desk)
    start = time.perf_counter()
    assert run("check", desk / "报送", "--no-documents", "-q").returncode == 1
    assert time.perf_counter() - start < 30

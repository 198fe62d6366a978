"""Nothing in intake takes longer than in proportion to the text it is given, whatever the text.

Times of one run are compared with each other: ten times the text may take some thirty times as long (noise and
caches included), a hundred times would be quadratic.
"""

from __future__ import annotations

import contextlib
import itertools
import random
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import pytest
from tests.cost import out_of_proportion
from tests.intake import grids
from tests.intake.packages import package, read_one, strings, worksheet
from tests.intake.readers import test_ods as ods

from lbt_audit.intake.files import container, documents, encoding
from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.forms.cells import Words
from lbt_audit.intake.readers import delimited, html, number_formats, spreadsheetml
from lbt_audit.intake.reasons import RefusedError
from lbt_audit.intake.sheets import facts, ticks, units
from lbt_audit.intake.sheets.headers import mapping
from lbt_audit.intake.sheets.sheet import Sheet

SMALL, LARGE = 1_000, 10_000
MOST = 30.0  # times as long for ten times the text
NOISE = 0.004  # seconds that mean nothing

UNITS = [
    "a", "年", "村", "白石", "1", "529901", " ", "\u3000", "\t", "\n", "(", "（", ")", "()", "( )", "[", "【", "：", ":", ",",
    "，", "、", "。", "/", "-", "_", '"', '""', "'", "<", ">", "&", "&amp;", "_x", "_x0041_", "√", "□", "√ ", "健康 ", "健康()",
    "填 表 人 ", "填报单位", "父", "父亲：", "2015年", "2015-3", "12.", "m", "h:", "\\", "[$", "x\n", "小学",
    "街道", "农村", "必填", "*", "１", "\u200b", "姓名：",
]  # fmt: skip
"""Repeated to make a text that begins with something known, and ends in something that fits no pattern."""
BEGINNINGS = ["", "√", "健康( √ )", "□", "(", "2015", "填报单位：", "父:", '"']


def hostile(beginning: str, unit: str, size: int) -> str:
    return beginning + (unit * (size // len(unit) + 1))[:size] + "\u3007!"


def grows(work: Callable[[str], object], thorough: bool = False) -> dict[str, str]:
    """Units of text with which ``work`` takes more than its share, and how long it takes."""
    texts = [("", unit) for unit in UNITS]
    if thorough:
        pairs = list(itertools.product(BEGINNINGS[1:], UNITS))
        texts += random.Random(7).sample(pairs, 60)
    found = {}
    for beginning, unit in texts:
        small, large = hostile(beginning, unit, SMALL), hostile(beginning, unit, LARGE)
        if wrong := out_of_proportion(unless_refused(work), small, large, most=MOST, floor=NOISE):
            found[beginning + unit] = wrong
    return found


def unless_refused(work: Callable[[str], object]) -> Callable[[str], None]:
    def tried(text: str) -> None:
        with contextlib.suppress(RefusedError):
            work(text)

    return tried


DICTIONARY = grids.dictionary()
WORDS = Words(DICTIONARY, DICTIONARY.kinds["child_form"])
PARSERS: dict[str, Callable[[str], object]] = {
    "labels": lambda t: facts.labels_in(t, DICTIONARY),
    "facts": lambda t: facts.read_facts(Sheet(grids.grid([[t, t]])), [0], DICTIONARY),
    "loose date": lambda t: facts.loose_date(Sheet(grids.grid([[t]])), [0]),
    "ticks": lambda t: ticks.chosen(t, True),
    "options": ticks.options,
    "mark": ticks.is_mark,
    "unit": units.guess_unit,
    "path unit": lambda t: units.path_unit(t, grids.UNITS),
    "clean unit": units.clean_unit,
    "header": lambda t: mapping.find_field((t, t), DICTIONARY),
    "suggestion": lambda t: mapping.suggest((t,), DICTIONARY),
    "form words": WORDS.inside,
    "format": number_formats.date_parts.__wrapped__,
    "formats": lambda t: number_formats.NumberFormats.of([164], {164: t}),
    "documents": lambda t: documents.Companions(["a/b.xlsx"]).reason(t.replace("/", "-"), "word"),
    "encoding": lambda t: encoding.decode(t.encode("gb18030")),
    "encoding head": lambda t: encoding.decode_head(t.encode("utf-16-le")),
    "list in a text": lambda t: container.refuse_list(t, "text_list"),
    "delimited": lambda t: delimited.read_delimited(t.encode(), Limits()),
    "delimited cell": lambda t: delimited.read_delimited(f'a,b\n1,"{t}"\n2,3\n'.encode(), Limits()),
    "html": lambda t: html.read_html(f"<table><tr><td>{escape(t)}</td></tr></table>".encode(), Limits()),
    "html raw": lambda t: html.read_html(f"<table><tr><td>{t}".encode(), Limits()),
    "spreadsheetml": lambda t: spreadsheetml.read_spreadsheetml(t.encode(), Limits()),
}  # fmt: skip


@pytest.mark.parametrize("name", PARSERS)
def test_parsers(name: str) -> None:
    assert grows(PARSERS[name], thorough=True) == {}


def _xlsx(path: Path, text: str) -> None:
    cell = f'<c r="A1" t="inlineStr"><is><t>{escape(text)}</t></is></c><c r="B1" t="s"><v>0</v></c>'
    package(path, worksheet(f'<row r="1">{cell}</row>'), shared=strings(f"<t>{escape(text)}</t>"))


def _ods(path: Path, text: str) -> None:
    ods.ods(path, ods.content(ods.table(ods.row(ods.cell(escape(text))))))


def _raw_xlsx(path: Path, text: str) -> None:
    package(path, worksheet(f'<row r="1"><c r="A1"><v>{text}</v></c></row>', head=text, tail=text))


@pytest.mark.parametrize("write", [_xlsx, _ods, _raw_xlsx])
def test_packages(tmp_path: Path, write: Callable[[Path, str], None]) -> None:
    path = tmp_path / f"a.{'ods' if write is _ods else 'xlsx'}"

    found = {}
    for unit in UNITS:
        files = []
        for size in (SMALL, LARGE):
            files.append(path.with_stem(str(size)))
            write(files[-1], "".join(c for c in hostile("", unit, size) if c >= " " or c in "\t\n"))
        if wrong := out_of_proportion(read_one, *files, most=MOST, floor=NOISE):
            found[unit] = wrong
    assert found == {}


HEADERS = [
    "序号",
    "姓名",
    "性别",
    "身份证号码",
    "出生日期",
    "父亲姓名",
    "父亲务工地点",
    "母亲姓名",
    "监护人姓名",
    "健康状况",
    "现居住地",
]
CHILD = [
    "1",
    "杨晓峰",
    "男",
    "529901201503120019",
    "2015-03-12",
    "杨大",
    "浙江",
    "李花",
    "杨根",
    "健康",
    "白石镇",
]


@pytest.mark.parametrize(
    "place", ["title", "group", "header", "cell", "name", "foot", "sheet", "beside", "parents"]
)
def test_sheets(place: str) -> None:
    def work(text: str) -> Any:
        lines = [["花名册"], ["儿童情况"], HEADERS, CHILD, CHILD, ["填表人：李"]]
        where = {
            "title": (0, 0),
            "group": (1, 0),
            "header": (2, 10),
            "cell": (3, 10),
            "name": (3, 1),
            "foot": (5, 0),
        }
        if place in where:
            row, column = where[place]
            lines[row] = [*lines[row][:column], text, *lines[row][column + 1 :]]
        if place == "beside":
            lines[3] = [*CHILD, "", text]
        if place == "parents":
            lines[2] = ["父母姓名" if h == "父亲姓名" else h for h in HEADERS if h != "母亲姓名"]
            lines[3] = [text if i == 5 else v for i, v in enumerate(CHILD)]
        return grids.submit(grids.grid(lines, sheet=text if place == "sheet" else "Sheet1"))

    assert grows(work) == {}


def test_forms() -> None:
    def work(text: str) -> Any:
        lines = [["登记表"], ["姓名", text, "性别", "男"], ["民族", text, "出生日期", "9"], ["身份证号", "5", "健康状况", text],
                 [text, text, "就读学校", "小学"], ["父亲姓名", "甲", "母亲姓名", "乙"], ["监护人姓名", "丙", "现居住地", text],
                 ["就学情况", "小学( √ )中学( )", "年级", "三"]]  # fmt: skip
        return grids.submit(grids.grid(lines))

    assert grows(work) == {}


def test_wide_and_long_sheets() -> None:
    """Ten times the columns or rows: ten times the work."""

    def sheet(rows: int, columns: int) -> Any:
        extra = [f"附加{i}" for i in range(columns)]
        return grids.grid([["花名册"], HEADERS + extra, *([CHILD + ["x"] * columns] * rows)])

    for small, large in (((20, 100), (20, 1000)), ((300, 5), (3000, 5))):
        assert not out_of_proportion(grids.submit, sheet(*small), sheet(*large), most=MOST, floor=NOISE)

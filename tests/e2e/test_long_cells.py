"""Cells as long as Excel lets them be: told, and not worth a look at the clock."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from tests.cost import out_of_proportion
from tests.e2e.desk import HEADERS, TITLE, UNIT, book, children, report_of

from lbt_audit import audit
from lbt_audit.model.cell import LONGEST

EXCEL = 32_767
TEXTS = [
    "家里情况说明一二三四五",
    "5299012015",
    "（√）健康( ",
    "父亲务工，母亲在家；",
    "2015年3月",
    "、",
    "(",
    "1 ",
    "杨·",
]
OPTIONS = "EFIJS"  # columns with a list of options: sex, ethnicity, health, schooling, relation


def roster(path: Path, *more: list[str], title: str = TITLE) -> Path:
    return book(path, {"花名册": [[title], [UNIT], HEADERS, *children(300), *more]})


def long(text: str, size: int = EXCEL) -> str:
    return (text * (size // len(text) + 1))[:size]


@pytest.mark.parametrize("text", TEXTS)
def test_a_cell_of_32767_characters_in_each_column_costs_next_to_nothing(tmp_path: Path, text: str) -> None:
    plain = roster(tmp_path / "a.xlsx")
    hostile = roster(tmp_path / "b.xlsx", [long(text)] * len(HEADERS))
    wrong = out_of_proportion(audit, plain, hostile, most=1.5, floor=0, clock=_processors)
    assert wrong is None, wrong


def _processors() -> float:
    """Time of this process and of the readers it has ended."""
    resource = pytest.importorskip("resource")
    readers = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + readers.ru_utime + readers.ru_stime


def test_they_are_one_issue_of_their_sheet_and_nothing_is_said_of_what_they_hold(tmp_path: Path) -> None:
    plain = report_of(roster(tmp_path / "a.xlsx")).report["issues"]
    rows = [long(text, size) for text in TEXTS for size in (LONGEST + 1, EXCEL)]
    found = report_of(roster(tmp_path / "a.xlsx", *([text] * len(HEADERS) for text in rows))).report["issues"]
    new = [i for i in found if i["rule"] not in {p["rule"] for p in plain}]
    assert {i["rule"] for i in new} == {"A06", "C13", "C16"}
    (told,) = [i for i in new if i["rule"] == "A06"]
    columns = [chr(65 + c) for c in range(len(HEADERS)) if chr(65 + c) not in OPTIONS]
    assert told["severity"] == "warning"
    assert f"{len(rows) * len(columns)}个单元格的文字超过2000字" in told["message"]
    assert _cells([told]) == {(304 + n, c) for n in range(len(rows)) for c in columns}
    # No such text is one of the options a column gives, which is told of the child; once, and with its beginning.
    of_options = [i for i in new if i["rule"] != "A06"]
    assert _cells(of_options) == {(304 + n, c) for n in range(len(rows)) for c in OPTIONS}
    assert max(len(i["message"]) for i in of_options) < 1_000


def _cells(issues: list[dict[str, Any]]) -> set[tuple[int, str]]:
    return {(place["row"], place["column"]) for i in issues for place in i["locations"]}


def test_text_up_to_the_limit_is_read(tmp_path: Path) -> None:
    row = children(301)[-1]
    row[HEADERS.index("就读学校")] = long("小学", LONGEST)
    found = report_of(roster(tmp_path / "a.xlsx", row)).report["issues"]
    assert not [i for i in found if i["rule"] == "A06"]


def test_long_titles_headers_sheets_and_notes_do_no_harm(tmp_path: Path) -> None:
    lines = [[long("白石镇农村留守儿童花名册")], [long("填报单位：")], [*HEADERS[:-1], long("备注"), long("附加")],
             *children(20), [long("说明（")]]  # fmt: skip
    book(tmp_path / "a.xlsx", {"花名册": lines})
    (tmp_path / "b.csv").write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
    said = report_of(tmp_path)
    assert {i["path"]: i["status"] for i in said.report["inputs"]} == dict.fromkeys(
        ["a.xlsx", "b.csv"], "audited"
    )
    assert len(said.out) < 300_000


def test_fifteen_hundred_rows_of_them_end_with_issues(tmp_path: Path) -> None:
    rows = [[f"{n:05}{long(TEXTS[n % len(TEXTS)], EXCEL - 5)}"] * len(HEADERS) for n in range(1_500)]
    book(tmp_path / "a.xlsx", {"花名册": [[TITLE], [UNIT], HEADERS, *rows]})
    said = report_of(tmp_path)
    assert said.code == 1 and f"{1_500 * (len(HEADERS) - len(OPTIONS))}个单元格" in said.out

"""What came to light when files and sheets were read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.checks.registers import WORDS, book, catalogued, outcomes, places_of, rule, table, zh

from lbt_audit import intake
from lbt_audit.checks.files.sheets import NOTED
from lbt_audit.intake.table import Note, Submission
from lbt_audit.model.cell import CellKind
from lbt_audit.model.severity import Severity

CHILD = {"child_name": "杨晓峰", "sex": "男"}
HIDDEN = (
    Note("hidden_rows", 7, None, None, {"rows": "7–9"}),
    Note("hidden_columns", None, 4, None, {"columns": "E"}),
    Note("something_else", 1),
)


def test_notes_of_a_sheet_are_one_issue() -> None:
    (hit,) = places_of(catalogued("A04"), book(table([CHILD], notes=HIDDEN))).hits
    assert zh(hit.details["what"]) == "隐藏的第7–9行、隐藏的第E列"
    assert hit.details["count"] == "2"
    assert [(p.row, p.column) for p in hit.places] == [(7, None), (None, 4)]


def test_each_note_may_be_an_issue() -> None:
    topics = {"hidden_rows": {"zh": "第{rows}行{nothing}", "en": ""}, "hidden_columns": WORDS}
    hits = places_of(rule("sheets", topics=topics, per="note"), book(table([CHILD], notes=HIDDEN))).hits
    assert [zh(h.details["what"]) for h in hits] == ["第7–9行", "词"]


def test_notes_of_a_file_name_their_sheet() -> None:
    submission = Submission("b.xlsx", "", "audited", notes=(Note("hidden_sheet", detail={"sheet": "底表"}),))
    hits = places_of(catalogued("A04"), book(table([CHILD]), submissions=[submission])).hits
    assert [(h.places[0].path, h.places[0].sheet) for h in hits] == [("b.xlsx", "底表")]


def test_an_empty_register_beside_full_ones_is_worth_less() -> None:
    empty = table([], columns=["child_name"], template_rows=[5])
    (alone,) = places_of(catalogued("A05"), book(empty)).hits
    assert (alone.severity, zh(alone.details["what"])) == (
        0,
        "工作表“Sheet1”只有表头，没有儿童记录（示例行1行不计）",
    )
    (beside,) = places_of(catalogued("A05"), book(table([CHILD], sheet="一班"), empty)).hits
    assert beside.severity == Severity.NOTICE
    assert places_of(catalogued("A05"), book(table([CHILD]))).hits == ()


def test_forms_nobody_filled_in_are_one_issue_of_their_unit() -> None:
    forms = [table([], "child_form", f"{i}.xlsx", columns=["child_name"]) for i in range(2)]
    (hit,) = places_of(catalogued("A05"), book(*forms)).hits
    assert zh(hit.details["what"]) == "登记表“0.xlsx:Sheet1”、“1.xlsx:Sheet1”没有填写"


def test_rows_left_out_of_a_register_are_told() -> None:
    note = Note("sparse_rows", 9, detail={"rows": "9-10", "count": "2"})
    (hit,) = places_of(catalogued("A05"), book(table([CHILD], notes=[note]))).hits
    assert zh(hit.details["what"]).startswith("第9-10行没有姓名") and hit.severity == Severity.NOTICE
    assert [p.row for p in hit.places] == [9]


def test_the_gravest_of_a_sheets_notes_decides() -> None:
    notes = [
        Note("child_in_several_rows", 5, detail={"rows": "5-6"}),
        Note("child_rows_disagree", 6, 3, "guardian_name", {"row": "6", "rows": "6", "header": "监护人"}),
    ]
    (hit,) = places_of(catalogued("A10"), book(table([CHILD], notes=notes))).hits
    assert zh(hit.details["what"]).startswith("第5-6行合起来登记一名儿童、第6行“监护人”")
    assert hit.severity == Severity.WARNING
    (alone,) = places_of(catalogued("A10"), book(table([CHILD], notes=notes[:1]))).hits
    assert alone.severity == 0


def test_repeated_cells_are_counted_per_sheet() -> None:
    rows = [{"child_name": "甲", "village": "珠岩村", "father_name": "杨大山"}] * 3
    filled = {"father_name": [False, True, True], "village": [False, True, True]}
    (hit,) = places_of(catalogued("A10"), book(table(rows, filled=filled))).hits
    assert (hit.details["count"], hit.details["rows"]) == ("2", "2")
    assert [p.row for p in hit.places] == [6, 7]
    only_layout = table(rows, filled={"village": [False, True, True]})
    assert places_of(catalogued("A10"), book(only_layout)).hits == ()


def test_error_cells_are_grouped_by_error() -> None:
    rows = [
        {"age": ("#REF!", CellKind.ERROR), "sex": ("", CellKind.UNCOMPUTED)},
        {"age": ("#REF!", CellKind.ERROR), "sex": "男"},
    ]
    (hit,) = places_of(catalogued("A11"), book(table(rows))).hits
    assert zh(hit.details["what"]) == "有3个单元格是公式错误：#REF!×2、未计算的公式×1"
    assert [p.value for p in hit.places] == ["#REF!", None, "#REF!"]


def test_unreadable_files_and_files_read_all_the_same() -> None:
    locked = Submission("白石镇/a.xls", "", "unreadable", "encrypted")
    renamed = Submission(
        "b.xls",
        "",
        "audited",
        notes=(Note("extension_mismatch", detail={"extension": ".xls", "format": "html"}),),
    )
    hits = places_of(
        catalogued("A06"), book(table([CHILD], path="c.xlsx"), submissions=[locked, renamed])
    ).hits
    assert [(h.places[0].path, h.severity) for h in hits] == [
        ("白石镇/a.xls", 0),
        ("b.xls", Severity.WARNING),
    ]
    assert hits[0].details["file"] == "a.xls"
    assert "密码" in zh(hits[0].details["what"])
    assert "HTML" in zh(hits[1].details["what"])


def test_without_registers_of_these_kinds_nothing_is_shown() -> None:
    assert outcomes(catalogued("A10"), book(table([CHILD], "visits"))) == []


@pytest.mark.parametrize("params", [{}, {"topics": {}}, {"topics": {"empty": {"severity": "grave"}}}])
def test_what_makes_no_sense_is_refused(params: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        rule("sheets", **params)


def test_every_note_of_the_reading_may_be_a_topic() -> None:
    """A note with a topic of another name could be told by no rule."""
    source = Path(intake.__file__).parent.rglob("*.py")
    made = {topic for path in source for topic in re.findall(r'Note\(\s*"(\w+)"', path.read_text("utf-8"))}
    assert made - set(NOTED) == set()

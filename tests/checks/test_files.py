"""Checks about files and sheets: header, layout, empty registers, ditto and error cells."""

from __future__ import annotations

import pytest
from tests.checks.registers import TOWNSHIP, WORDS, book, outcomes, places_of, rule, table

from lbt_audit.intake.table import Note, Submission, Unmapped
from lbt_audit.model.cell import CellKind
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text
from lbt_audit.model.unit import Unit
from lbt_audit.model.units import Units

CHILD = {"child_name": "杨晓峰", "sex": "男"}


def zh(text: str | Text) -> str:
    return text.zh if isinstance(text, Text) else text


def test_missing_columns_are_one_issue_per_file() -> None:
    sheets = [table([CHILD], sheet="一组"), table([{"child_name": "李小梅"}], sheet="二组")]
    other = table([CHILD], path="b.xlsx")
    hits = places_of(rule("missing_column"), book(*sheets, other)).hits
    assert len(hits) == 2
    assert {p.field for p in hits[0].places if p.sheet == "二组"} - {
        p.field for p in hits[0].places if p.sheet == "一组"
    } == {"sex"}
    assert {p.row for p in hits[0].places} == {4}


def test_a_common_parents_column_is_the_column_of_each() -> None:
    lacking = places_of(rule("missing_column"), book(table([CHILD | {"parents_phone": ""}]))).hits[0]
    fields = {p.field for p in lacking.places}
    assert not fields & {"father_phone", "mother_phone", "parents_phone"}
    assert {"father_work_place", "mother_work_place"} <= fields
    assert "parents_work_place" not in fields


def test_renamed_and_added_columns() -> None:
    unmapped = (
        Unmapped(7, "爱好", None, 3),
        Unmapped(8, "空栏", None, 0),
        Unmapped(9, "", None, 5),
        Unmapped(10, "", None, 1),
    )
    a_table = table([CHILD], match={"sex": "alias", "child_name": "leaf"}, unmapped=unmapped)
    (hit,) = places_of(rule("renamed_column", message="{renamed} {extra}"), book(a_table)).hits
    assert zh(hit.details["renamed"]) == "“sex”"
    assert zh(hit.details["extra"]) == "“爱好”、J列（无栏名）"
    assert places_of(rule("renamed_column"), book(table([CHILD]))).hits == ()


def test_notes_of_a_sheet_are_one_issue() -> None:
    notes = (
        Note("hidden_rows", 7, None, None, {"rows": "7–9"}),
        Note("hidden_columns", None, 4, None, {"columns": "E"}),
        Note("something_else", 1),
    )
    topics = {
        "hidden_rows": {"zh": "第{rows}行{nothing}", "en": "rows {rows}"},
        "hidden_columns": {"zh": "第{columns}列", "en": "columns"},
    }
    a_rule = rule("layout", topics=topics, message="{what} {count}")
    (hit,) = places_of(a_rule, book(table([CHILD], notes=notes))).hits
    assert zh(hit.details["what"]) == "第7–9行、第E列"
    assert hit.details["count"] == "2"
    assert [(p.row, p.column) for p in hit.places] == [(7, None), (None, 4)]


def test_notes_of_a_file_name_their_sheet() -> None:
    submission = Submission("b.xlsx", "", "audited", notes=(Note("hidden_sheet", detail={"sheet": "底表"}),))
    a_rule = rule("layout", topics={"hidden_sheet": WORDS})
    hits = places_of(a_rule, book(table([CHILD]), submissions=[submission])).hits
    assert [(h.places[0].path, h.places[0].sheet) for h in hits] == [("b.xlsx", "底表")]


def test_an_empty_register_beside_full_ones_is_worth_less() -> None:
    empty = {"zh": "{sheets}{samples}", "en": "{sheets}{samples}"}
    a_rule = rule("empty_table", empty=empty, beside_severity="notice", message="{what}")
    alone = places_of(a_rule, book(table([], columns=["child_name"], template_rows=[5]))).hits
    assert [h.severity for h in alone] == [0]
    assert zh(alone[0].details["what"]) == "“Sheet1”（示例行1行不计）"
    beside = places_of(a_rule, book(table([CHILD]), table([], sheet="二班", columns=["child_name"]))).hits
    assert [h.severity for h in beside] == [Severity.NOTICE]
    assert places_of(a_rule, book(table([CHILD]))).hits == ()


def test_rows_left_out_of_a_register_are_told() -> None:
    note = Note("sparse_rows", 9, detail={"rows": "9-10", "count": "2"})
    topics = {"sparse_rows": {"severity": "notice", "zh": "第{rows}行", "en": "rows {rows}"}}
    a_rule = rule("empty_table", empty=WORDS, topics=topics, message="{what}")
    (hit,) = places_of(a_rule, book(table([CHILD], notes=[note]))).hits
    assert (zh(hit.details["what"]), hit.severity) == ("第9-10行", Severity.NOTICE)
    assert [p.row for p in hit.places] == [9]


def test_two_rows_of_a_child_that_disagree_are_worth_more() -> None:
    notes = [
        Note("child_in_several_rows", 5, detail={"rows": "5-6"}),
        Note("child_rows_disagree", 6, 3, "guardian_name", {"row": "6", "rows": "6", "header": "监护人"}),
    ]
    topics = {
        "child_in_several_rows": {"zh": "第{rows}行一名", "en": ""},
        "child_rows_disagree": {"severity": "warning", "zh": "第{rows}行{header}", "en": ""},
    }
    a_rule = rule("ditto", cells=WORDS, topics=topics, message="{sheet}{what}")
    (hit,) = places_of(a_rule, book(table([CHILD], notes=notes))).hits
    assert (zh(hit.details["what"]), hit.severity) == ("第5-6行一名、第6行监护人", Severity.WARNING)
    (alone,) = places_of(a_rule, book(table([CHILD], notes=notes[:1]))).hits
    assert alone.severity == 0


def test_ditto_cells_are_counted_per_sheet() -> None:
    rows = [{"child_name": "甲", "village": "珠岩村", "father_name": "杨大山"}] * 3
    filled = {"father_name": [False, True, True], "village": [False, True, True]}
    a_rule = rule("ditto", cells=WORDS, **{"except": ["village"]}, message="{count} {rows}")
    (hit,) = places_of(a_rule, book(table(rows, filled=filled))).hits
    assert (hit.details["count"], hit.details["rows"]) == ("2", "2")
    assert [p.row for p in hit.places] == [6, 7]
    assert places_of(a_rule, book(table(rows, filled={"village": [False, True, True]}))).hits == ()


def test_error_cells_are_grouped_by_error() -> None:
    rows = [
        {"age": ("#REF!", CellKind.ERROR), "sex": ("", CellKind.UNCOMPUTED)},
        {"age": ("#REF!", CellKind.ERROR), "sex": "男"},
    ]
    (hit,) = places_of(rule("error_cells", message="{errors} {count}"), book(table(rows))).hits
    assert zh(hit.details["errors"]) == "#REF!×2、未计算的公式×1"
    assert len(hit.places) == 3


def test_hollow_columns_are_one_issue_per_file() -> None:
    rows = [CHILD | {"live_addr": "", "ethnicity": ""}] * 12
    (hit,) = places_of(rule("empty_column", message="{count} {rows}"), book(table(rows))).hits
    assert {p.field for p in hit.places} == {"live_addr", "ethnicity"}
    assert (hit.details["count"], hit.details["rows"]) == ("2", "12")


WANTED = {"roster": ["unit_name", "filler|class_teacher"]}
FACTS = {k: {"zh": k, "en": k} for k in ("unit_name", "filler", "class_teacher")}


def test_facts_of_any_sheet_count_for_the_file() -> None:
    a_rule = rule("facts", wanted=WANTED, facts=FACTS, message="{missing}")
    one = table([CHILD], facts={"unit_name": ("白石镇", 2, 0)})
    two = table([CHILD], sheet="二", facts={"class_teacher": ("龙老师", 9, 3)})
    assert places_of(a_rule, book(one, two)).hits == ()
    (hit,) = places_of(a_rule, book(one)).hits
    assert zh(hit.details["missing"]) == "filler"


def test_a_label_without_text_is_pointed_at() -> None:
    blank = table([CHILD], facts={"unit_name": ("：＿  ", 2, 0), "filler": (" ", 30, 4)})
    (hit,) = places_of(rule("facts", wanted=WANTED, facts=FACTS), book(blank)).hits
    assert (hit.places[-1].row, hit.places[-1].column) == (30, 4)


@pytest.mark.parametrize(
    ("dates", "why"),
    [
        (["2026年10月25日"], None),
        (["2026年10月"], None),
        (["  年  月  日"], None),
        (["2026年2月30日"], "不是有效日期"),
        (["2025-10-25"], "早于统计截止日过久"),
        (["2027.1.5"], "晚于统计截止日过久"),
        (["2026-10-25", "2026-10-26"], "同一文件各表不一致"),
        (["2026年10月", "2026-10-26"], None),
    ],
)
def test_fill_dates(dates: list[str], why: str | None) -> None:
    tables = [table([CHILD], sheet=str(i), facts={"fill_date": (d, 2, 3)}) for i, d in enumerate(dates)]
    a_rule = rule("fill_date", margin_days={"param": "fill_date_margin_days"}, message="{why} {dates}")
    hits = [h for outcome in outcomes(a_rule, book(*tables)) for h in outcome.hits]  # type: ignore[union-attr]
    assert [zh(h.details["why"]) for h in hits] == ([why] if why else [])


MEMBERS = {"fields": {"village": "village", "school_name": "school"}, "elsewhere_severity": "notice"}


@pytest.mark.parametrize(
    ("field", "name", "severity"),
    [
        ("village", "珠岩村", None),
        ("village", "珠岩", None),
        ("village", "白石镇珠岩村三组", None),
        ("village", "", None),
        ("village", "/", None),
        ("village", "朱岩村", 0),
        ("school_name", "白石小学", None),
        ("school_name", "白石镇中心小学三年级", None),
        ("school_name", "温州市实验小学", Severity.NOTICE),
    ],
)
def test_membership(field: str, name: str, severity: int | None) -> None:
    hits = places_of(rule("membership", **MEMBERS), book(table([CHILD | {field: name}] * 2))).hits
    assert [(h.severity, len(h.places)) for h in hits] == ([] if severity is None else [(severity, 2)])


def test_membership_needs_a_list() -> None:
    assert outcomes(rule("membership", **MEMBERS), book(table([CHILD]), units=Units())) == []


def test_an_unknown_unit_is_named_with_the_nearest() -> None:
    unknown = table(
        [CHILD], unit=Unit("township", "百石镇", known=False), facts={"unit_name": ("百石镇政府", 2, 0)}
    )
    (hit,) = places_of(rule("membership", **MEMBERS, message="{suggestion}"), book(unknown)).hits
    assert "白石镇" in zh(hit.details["suggestion"])
    assert hit.places[0].row == 2
    assert places_of(rule("membership", **MEMBERS), book(table([CHILD], unit=TOWNSHIP))).hits == ()


def test_unreadable_files_and_files_read_all_the_same() -> None:
    locked = Submission("白石镇/a.xls", "", "unreadable", "encrypted")
    renamed = Submission(
        "b.xls",
        "",
        "audited",
        notes=(Note("extension_mismatch", detail={"extension": ".xls", "format": "html"}),),
    )
    a_rule = rule("unreadable", topics=["extension_mismatch"], read_severity="notice", message="{file} {why}")
    hits = places_of(a_rule, book(table([CHILD], path="c.xlsx"), submissions=[locked, renamed])).hits
    assert [(h.places[0].path, h.severity) for h in hits] == [("白石镇/a.xls", 0), ("b.xls", Severity.NOTICE)]
    assert hits[0].details["file"] == "a.xls"
    assert "密码" in zh(hits[0].details["why"])
    assert "HTML" in zh(hits[1].details["why"])

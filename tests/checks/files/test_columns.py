"""Columns of a file held against the unified form."""

from __future__ import annotations

from tests.checks.registers import book, catalogued, outcomes, places_of, rule, table, zh

from lbt_audit.intake.table import Note, Unmapped
from lbt_audit.model.unit import Unit

CHILD = {"child_name": "杨晓峰", "sex": "男"}


def test_missing_columns_are_one_issue_per_file() -> None:
    sheets = [table([CHILD], sheet="一组"), table([{"child_name": "李小梅"}], sheet="二组")]
    other = table([CHILD], path="b.xlsx")
    hits = places_of(catalogued("A01"), book(*sheets, other)).hits
    assert len(hits) == 2
    assert {p.field for p in hits[0].places if p.sheet == "二组"} - {
        p.field for p in hits[0].places if p.sheet == "一组"
    } == {"sex"}
    assert {p.row for p in hits[0].places} == {4}


def test_forms_of_one_unit_are_one_issue() -> None:
    towns = [Unit("township", name, name) for name in ("白石镇", "白石镇", "清水乡")]
    forms = [table([CHILD], "child_form", f"{i}.xlsx", unit=unit) for i, unit in enumerate(towns)]
    assert [len({p.path for p in h.places}) for h in places_of(catalogued("A01"), book(*forms)).hits] == [
        2,
        1,
    ]


def test_a_common_parents_column_is_the_column_of_each() -> None:
    lacking = places_of(catalogued("A01"), book(table([CHILD | {"parents_phone": ""}]))).hits[0]
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
        Unmapped(11, "性别", None, 3),
    )
    second = [Note("duplicate_field", 4, 11)]
    match = {"sex": "alias", "child_name": "leaf"}
    a_table = table([CHILD], match=match, unmapped=unmapped, notes=second)
    (hit,) = places_of(catalogued("A02"), book(a_table)).hits
    assert zh(hit.details["renamed"]) == "“sex”"
    assert zh(hit.details["added"]) == "“爱好”、J列（无栏名）"
    assert (
        zh(hit.details["what"])
        == "与统一表样名称不同的栏目：“sex”；表样以外自增的栏目：“爱好”、J列（无栏名）"
    )
    assert hit.details["count"] == "3"
    plain = places_of(catalogued("A02"), book(table([CHILD], unmapped=unmapped[:1]))).hits[0].details
    assert zh(plain["what"]) == "表样以外自增的栏目：“爱好”"
    assert places_of(catalogued("A02"), book(table([CHILD]))).hits == ()
    only_added = rule(
        "columns", finds=["added"], nameless_cells=1, words={"nameless": {"zh": "{column}", "en": "{column}"}}
    )
    assert zh(places_of(only_added, book(a_table)).hits[0].details["added"]) == "“爱好”、J、K"


def test_hollow_columns_are_one_issue_per_file() -> None:
    hollow = [CHILD | {"live_addr": "", "ethnicity": ""}] * 12
    (hit,) = places_of(catalogued("B11"), book(table(hollow), table([CHILD], sheet="二"))).hits
    assert {p.field for p in hit.places} == {"live_addr", "ethnicity"}
    assert (hit.details["count"], hit.details["rows"]) == ("2", "12")
    assert places_of(catalogued("B11"), book(table(hollow[:9]))).hits == ()


def test_without_registers_of_these_kinds_nothing_is_shown() -> None:
    assert outcomes(rule("columns", ("roster",), finds=["missing"]), book(table([CHILD], "visits"))) == []

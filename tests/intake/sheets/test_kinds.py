"""Kinds of register by their fields."""

from __future__ import annotations

from tests.intake.grids import dictionary

from lbt_audit.intake.sheets.kinds import chosen_kind, recognise

FAMILY = {"child_name", "sex", "id_no", "father_name", "mother_name", "guardian_name"}


def kind(fields: set[str], title: str = "", level: str | None = None, file: str = "") -> str | None:
    return recognise(fields, title, file, level, dictionary().kinds).kind


def test_level_and_title_part_similar_registers() -> None:
    assert kind(FAMILY, "白石镇农村留守儿童花名册", "township") == "roster"
    assert kind(FAMILY, "珠岩村留守儿童台账", "village") == "village_book"
    assert kind({*FAMILY, "class_name", "head_teacher"}, "留守儿童情况登记表", "school") == "school_ledger"


def test_file_names_alone_make_no_register() -> None:
    assert kind({"child_name", "sex"}, "", None, "白石镇留守儿童花名册.xlsx") is None
    assert kind(set(), "白石镇农村留守儿童花名册") is None


def test_a_roster_with_helper_columns_is_a_roster() -> None:
    fields = {*FAMILY, "father_work_place", "mother_work_place", "helper_name", "helper_phone", "guard_eval"}
    assert kind(fields, "白石镇留守儿童花名册", "township") == "roster"


def test_alternatives_are_kept_where_the_choice_is_close() -> None:
    verdict = recognise(FAMILY, "留守儿童", "", None, dictionary().kinds)
    assert verdict.kind is not None
    assert verdict.alternatives


def test_what_the_user_says_wins_last() -> None:
    rules = [("*.xls", "roster"), ("村/*", "village_book")]
    assert chosen_kind("村/a.xls", rules) == "village_book"
    assert chosen_kind("镇/a.xls", rules) == "roster"
    assert chosen_kind("镇/a.csv", rules) is None

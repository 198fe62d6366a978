"""How choices are marked, numbered and separated in one cell, and what programs write for none."""

from __future__ import annotations

from pathlib import Path

import pytest

from lbt_audit.values.codes import load_codes
from lbt_audit.values.registry import KINDS
from lbt_audit.values.text import NULLS

CODES = Path(__file__).parents[2] / "schemas" / "codes.yaml"


@pytest.mark.parametrize(
    "text",
    [
        "是√", "☑是", "√是", "[√]是 [ ]否", "(√)是 ( )否", "●是 ○否", "√是 ×否", "是√否×", "A.是", "1、是",
        "①是", "①", "(1)是", "1.0",
        "是(已办)", "是：两年", "是;", "是┋", "是〖已满三年〗",
    ],
)  # fmt: skip
def test_ways_of_saying_yes(read, text):
    assert read("yes_no", text)[::2] == ("OK", {"code": "yes"})


@pytest.mark.parametrize("text", ["否√", "□是 ☑否", "[ ]是 [√]否", "B、否", "2、否", "②否", "②", "2.0", "没"])
def test_ways_of_saying_no(read, text):
    assert read("yes_no", text)[::2] == ("OK", {"code": "no"})


@pytest.mark.parametrize("text", ["□是", "是( )否( )", "□是 □否", "是( )"])
def test_nothing_ticked_is_blank(read, text):
    assert read("yes_no", text)[0] == "BLANK"


@pytest.mark.parametrize(
    "text",
    [
        "打工收入┋种养殖业", "①打工收入②种养殖业", "①打工收入 ②种养殖业", "❶打工收入❷种养殖业",
        "1.打工收入2.种养殖业",
        "A.打工收入 B.种养殖业", "(1)打工收入(2)种养殖业", "①②", "1┋2", "打工收入→种养殖业",
        "打工收入和种养殖业", "[√]打工收入 [√]种养殖业 [ ]其他",
        "打工收入√种养殖业√其他□",
    ],
)  # fmt: skip
def test_several_choices_of_a_questionnaire(read, text):
    assert read("codes", text, codes="income_source") == ("OK", (), {"code": "farming,work"})


@pytest.mark.parametrize("text", ["其他〖摆摊〗", "其他：摆摊", "其他（请注明）：养蜂", "E.其他"])
def test_other_with_words_of_ones_own(read, text):
    assert read("codes", text, codes="income_source")[2]["code"] == "other"


@pytest.mark.parametrize(
    ("text", "codes", "want"),
    [
        ("健康状况：良好", "health", "healthy"), ("残疾：肢体二级", "health", "disabled"),
        ("二级肢体残疾", "disability_type", "physical"),
        ("肢体残疾二级", "disability_type", "physical"), ("10-健康", "health", "healthy"),
        ("小学二年级", "school_status", "primary"),
        ("初三", "school_status", "junior"), ("在读七年级（2）班", "school_status", "junior"),
        ("高一", "stage", "senior"),
        ("幼儿园大班", "school_status", "kindergarten"), ("未满入园年龄", "school_status", "preschool_age"),
        ("农村居⺠⼾口", "hukou_type", "rural"),
        ("Ⅱ级", "disability_level", "level_2"), ("none", "aid", "none"),
    ],
)  # fmt: skip
def test_words_around_a_code(read, text, codes, want):
    assert read("code", text, codes=codes) == ("OK", (), {"code": want})


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("残疾：无", "health"),
        ("残疾(无)", "health"),
        ("3岁未入园", "school_status"),
        ("小学毕业后外出", "school_status"),
        ("5", "stage"),
    ],
)
def test_words_that_say_something_else(read, text, codes):
    assert read("code", text, codes=codes)[1] == ("unlisted",)


def test_every_text_of_a_code_list_means_its_item(read):
    for name, items in load_codes(CODES).items():
        for text, code in items.items():
            if text not in NULLS:
                assert read("code", text, codes=name) == ("OK", (), {"code": code}), (name, text)


@pytest.mark.parametrize(
    "text",
    [
        "\\N",
        "NULL",
        "(NULL)",
        "<null>",
        "NaT",
        "<NA>",
        "None",
        "nan",
        "NaN",
        "N/A",
        "undefined",
        "[]",
        "'NULL'",
    ],
)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_nulls_of_programs_are_blank_in_every_kind(read, kind, text):
    assert read(kind, text, codes={"code": "disability_type", "codes": "aid"}.get(kind))[0] == "BLANK"

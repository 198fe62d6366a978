"""Names compared: what kind of difference, and how it is told."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lbt_audit.matching import Level, classify_pairs, compare_names, normalise_name

CASES = [
    ("覃金莲", "覃金莲", Level.EQUAL),
    ("石　莎莎", "石莎莎", Level.BLANK_DOT),
    ("李明（大）", "李明", Level.BLANK_DOT),
    ("阿依古丽·买买提", "阿依古丽•买买提", Level.BLANK_DOT),
    ("阿依古丽·买买提", "阿依古丽买买提", Level.BLANK_DOT),
    ("李⺠", "李民", Level.EQUAL),
    ("Anna", "ANNA", Level.CASE),
    ("陳麗", "陈丽", Level.TRADITIONAL),
    ("陈峯", "陈峰", Level.VARIANT),
    ("王喆", "王哲", Level.VARIANT),
    ("李堃", "李坤", Level.VARIANT),
    ("张静", "张婧", Level.SAME_SOUND),
    ("曾敏", "增敏", Level.SAME_SOUND),
    ("单雪", "善雪", Level.SAME_SOUND),
    ("仇英", "邱英", Level.SAME_SOUND),
    ("解红", "谢红", Level.SAME_SOUND),
    ("查丽", "扎丽", Level.SAME_SOUND),
    ("覃金莲", "秦金莲", Level.SAME_SOUND),
    ("覃晶莲", "覃金莲", Level.NEAR_SOUND),
    ("张兰兰", "张南兰", Level.NEAR_SOUND),
    ("刘福", "刘湖", Level.NEAR_SOUND),
    ("杨志文", "杨自文", Level.NEAR_SOUND),
    ("陈雪梅", "陈雪海", Level.LOOK_ALIKE),
    ("陈小明", "陆小明", Level.LOOK_ALIKE),
    ("王佳佳", "王住佳", Level.LOOK_ALIKE),
    ("张*兰", "张佳兰", Level.PLACEHOLDER),
    ("王yan", "王艳", Level.PLACEHOLDER),
    ("杨shi涵", "杨诗涵", Level.PLACEHOLDER),
    ("杨SHI涵", "杨诗涵", Level.PLACEHOLDER),
    ("杨shī涵", "杨诗涵", Level.PLACEHOLDER),
    ("杨shi1涵", "杨诗涵", Level.PLACEHOLDER),
    ("杨shihan", "杨诗涵", Level.PLACEHOLDER),
    ("杨si涵", "杨诗涵", Level.PLACEHOLDER),
    ("杨zi涵", "杨诗涵", Level.UNRELATED),
    ("李吴兆feng", "李吴兆丰", Level.PLACEHOLDER),
    ("李徳", "李德", Level.VARIANT),
    ("李淸", "李清", Level.VARIANT),
    ("李靑", "李青", Level.VARIANT),
    ("髙明", "高明", Level.VARIANT),
    ("叡智", "睿智", Level.VARIANT),
    ("囯强", "国强", Level.VARIANT),
    ("呂明", "吕明", Level.TRADITIONAL),
    ("黃明", "黄明", Level.TRADITIONAL),
    ("李红英", "李英红", Level.SWAPPED),
    ("买买提·阿依古丽", "阿依古丽·买买提", Level.SWAPPED),
    ("张明", "张明明", Level.DOUBLED),
    ("张明明", "张明", Level.UNDOUBLED),
    ("张明", "张小明", Level.EXTRA),
    ("张小明", "张明", Level.MISSING),
    ("阿依古丽·买买提", "阿依古丽", Level.MISSING),
    ("张佳怡", "李佳怡", Level.SURNAME),
    ("张佳怡", "张佳欣", Level.UNRELATED),
    ("张佳怡", "王伟", Level.DIFFERENT),
    ("张佳怡", "", Level.UNKNOWN),
    ("张佳怡", "不详", Level.UNKNOWN),
    ("\ue863鹏", "䶮鹏", Level.EQUAL),
    ("\ue7c7鹏", "龙鹏", Level.PLACEHOLDER),
]


@pytest.mark.parametrize(("a", "b", "level"), CASES)
def test_level(a: str, b: str, level: Level) -> None:
    found = compare_names(a, b).level
    assert found == level or (level == Level.EQUAL and found <= Level.BLANK_DOT)


def test_bulk_agrees_with_single() -> None:
    bulk = classify_pairs([a for a, _, _ in CASES], [b for _, b, _ in CASES])
    assert [Level(x) for x in bulk] == [compare_names(a, b).level for a, b, _ in CASES]


def test_explanations_in_both_languages() -> None:
    found = compare_names("覃晶莲", "覃金莲")
    assert found.positions == (1,)
    assert found.explain("zh") == "「覃晶莲」与「覃金莲」：第2字音近（晶/金，jīng/jīn，前后鼻音 in–ing）"
    assert "2nd character sounds near" in found.explain("en")
    two = compare_names("覃晶莲", "谭金莲")
    assert two.positions == (0, 1)
    assert "第1字同音且形近" in two.explain() and "第2字音近" in two.explain()


def test_former_name_explains_a_difference() -> None:
    assert compare_names("杨雪", "杨招弟", ("杨招弟", "")).level == Level.FORMER
    assert "曾用名" in compare_names("杨雪", "杨招弟", ("杨招弟", "")).explain()


def test_unrelated_character_separates_sisters_from_look_alikes() -> None:
    for a, b in ("怡欣", "浩然", "娜丽", "涵萱", "瑶琪", "蓉萍", "俊杰", "梓轩"):
        assert compare_names(f"王佳{a}", f"王佳{b}").level == Level.UNRELATED, a + b


@pytest.mark.parametrize(
    ("a", "b", "zh", "en"),
    [
        ("张小明", "张明", "后者少「小」一字", "the second has “小” missing"),
        ("张明", "张小明", "后者多「小」一字", "the second has “小” in addition"),
        ("张明明", "张明", "前者「明」字重复", "doubled in the first"),
        ("张明", "张明明", "后者「明」字重复", "doubled in the second"),
        ("杨shi涵", "杨诗涵", "第2字以拼音代字（shi/诗）", "typed as its syllable (shi/诗)"),
        ("王语", "王诗", "第2字仅部分相像（语/诗）", "alike in part only"),
        ("阿布都热", "阿布都热合曼", "前者只有开头，少「合曼」", "the first is cut off"),
        ("阿布都热合曼", "阿布都热", "后者只有开头，少「合曼」", "the second is cut off"),
        ("多杰平措", "多吉平措", "第2字译音相近（杰/吉，jié/jí）", "in transcription"),
    ],
)
def test_words_say_which_name_has_what(a: str, b: str, zh: str, en: str) -> None:
    found = compare_names(a, b)
    assert zh in found.detail.zh or found.level == Level.DIFFERENT
    assert en in found.detail.en or found.level == Level.DIFFERENT


def test_level_in_words_says_which_name_has_what() -> None:
    for level in (Level.DOUBLED, Level.UNDOUBLED, Level.EXTRA, Level.MISSING):
        assert level.text.zh[:2] in ("前者", "后者")
        assert level.text != level.mirrored.text


NAME = st.text("张王李覃陳陈晶金莲怡欣梅海小明*？ ·a阿依古丽买提龍诗语shiī杰吉徳德", max_size=9)


@given(NAME, NAME)
@settings(max_examples=150, deadline=None)
def test_comparison_is_symmetric(a: str, b: str) -> None:
    assert compare_names(a, b).level == compare_names(b, a).level.mirrored
    for lang in ("zh", "en"):
        assert compare_names(a, b).explain(lang)  # type: ignore[arg-type]


@given(st.lists(st.tuples(NAME, NAME), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_level_does_not_depend_on_the_company(pairs: list[tuple[str, str]]) -> None:
    bulk = classify_pairs([a for a, _ in pairs], [b for _, b in pairs])
    assert [int(x) for x in bulk] == [int(compare_names(a, b).level) for a, b in pairs]


@given(NAME)
@settings(max_examples=100, deadline=None)
def test_normal_form_is_stable(name: str) -> None:
    plain = normalise_name(name)
    assert normalise_name(name + " ") == plain
    assert compare_names(name, name).level in (Level.EQUAL, Level.UNKNOWN)


def test_import_is_cheap() -> None:
    code = "import sys, lbt_audit.matching; print([m for m in ('numpy', 'pyarrow', 'pypinyin', 'opencc') if m in sys.modules])"
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == "[]"
    )


def test_millions_are_classified_as_arrays() -> None:
    a = ["张佳怡", "覃晶莲"] * 50_000
    b = ["张佳欣", "覃金莲"] * 50_000
    assert np.unique(classify_pairs(a, b)).tolist() == [Level.NEAR_SOUND, Level.UNRELATED]


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("欧阳娜", "张娜", Level.SURNAME),
        ("张小娜", "欧阳小娜", Level.SURNAME),
        ("欧阳娜", "上官娜", Level.SURNAME),
        ("欧阳娜", "欧娜", Level.MISSING),
        ("欧阳娜", "张小娜", Level.DIFFERENT),
        ("王单娜", "张娜", Level.DIFFERENT),
    ],
)
def test_compound_surnames(a: str, b: str, level: Level) -> None:
    assert compare_names(a, b).level == level


def test_compound_surname_in_words() -> None:
    assert "欧阳/张" in compare_names("欧阳娜", "张娜").detail.zh
    assert "张/欧阳" in compare_names("张小娜", "欧阳小娜").detail.en

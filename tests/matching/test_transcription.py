"""Names of other peoples in Chinese characters: heard differently, cut off, in parts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lbt_audit.matching import Level, compare_names
from lbt_audit.matching.characters.codes import WILDCARD
from lbt_audit.matching.characters.readings import syllable_set
from lbt_audit.matching.characters.transcription import heard, heard_as, sound_class

CASES = [
    ("多杰平措", "多吉平措", Level.NEAR_SOUND),
    ("海来墨色", "海来莫色", Level.SAME_SOUND),
    ("阿卜杜热合曼", "阿布都热合曼", Level.SAME_SOUND),
    ("阿布都热合曼", "阿不都热合曼", Level.SAME_SOUND),
    ("买买提江·艾力", "麦麦提江·艾力", Level.SAME_SOUND),
    ("帕提古丽", "帕迪古丽", Level.NEAR_SOUND),
    ("木合塔尔艾", "木合塔尔·艾合买提", Level.EXTRA),
    ("木合塔尔·艾合买提", "木合塔尔艾", Level.MISSING),
    ("阿布都热", "阿布都热合曼", Level.EXTRA),
    ("吐尔逊·艾力", "吐尔逊", Level.MISSING),
    ("扎西平措", "扎西旺堆", Level.DIFFERENT),
    ("古丽米热·艾力", "古丽巴哈·艾力", Level.DIFFERENT),
    ("欧阳子杰", "欧阳子吉", Level.UNRELATED),
    ("李子杰", "李子吉", Level.UNRELATED),
    ("张杨子涵", "张杨子豪", Level.UNRELATED),
    ("欧阳娜娜", "欧阳", Level.DIFFERENT),
]


@pytest.mark.parametrize(("a", "b", "level"), CASES)
def test_level(a: str, b: str, level: Level) -> None:
    assert compare_names(a, b).level == level
    assert compare_names(b, a).level == level.mirrored


def test_sounds_of_one_class() -> None:
    for pair in ("杰吉", "提迪", "布普", "都杜", "买麦"):
        assert heard_as(pair[0]) == heard_as(pair[1]), pair
    for pair in ("涵豪", "娜楠", "古丽", "提布"):
        assert heard_as(pair[0]) != heard_as(pair[1]), pair
    assert sound_class("") == ""
    assert heard(f"{WILDCARD}A杰") == f"{WILDCARD}A{heard_as('吉')}"


@given(st.text("阿布卜都杜热日合曼木塔尔艾买麦提江·", min_size=4, max_size=12))
@settings(max_examples=100, deadline=None)
def test_what_sounds_the_same_is_heard_the_same(name: str) -> None:
    assert len(heard(name)) == len(name)
    for one in name:
        for other in name:
            if syllable_set(one)[:1] == syllable_set(other)[:1] and syllable_set(one):
                assert heard_as(one) == heard_as(other)

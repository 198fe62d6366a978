"""``rules/words.yaml``: what a list finds, and what is wrong with a file of lists."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from lbt_audit.config.words import FILE, WordList, unknown_list, word_lists, words
from lbt_audit.model.errors import ConfigError


def found(name: str, *texts: str) -> list[bool]:
    return [bool(f) for f in words(name).found(pa.array(list(texts), pa.string()))]


def test_a_word_counts_unless_it_stands_inside_another() -> None:
    assert found("home", "在家", "在家具厂", "在家具厂，后在家务农", "", "浙江") == [
        True,
        False,
        True,
        False,
        False,
    ]
    assert found("institution", "县福利院", "学校老师王某", "白石镇人民政府", "谢福利", "村委会主任") == [
        True, False, True, False, False,
    ]  # fmt: skip


def test_a_room_for_the_afternoon_is_no_guardian() -> None:
    assert found("institution", "珠岩村儿童之家", "县托养中心", "县救助管理站") == [False, True, True]


def test_what_is_cut_out_does_not_close_up() -> None:
    held = WordList("x", ("甲乙",), not_in=("丙",))
    assert not held.found(pa.array(["甲丙乙"]))[0]


def test_no_text_at_all() -> None:
    assert not len(words("dead").found(pa.array([], pa.string())))


@pytest.mark.parametrize(
    ("text", "line", "zh", "en"),
    [
        ("dead:\n  wrods: [去世]\n", 1, "“dead”缺少 words", "'dead' has no words"),
        (
            "dead:\n  words: [去世]\n  ovr: [释放]\n",
            3,
            "未知的键“ovr”，是否为“over”？",
            "did you mean 'over'?",
        ),
        ("dead:\n  words: [去世]\n  over: 释放\n", 3, "over 应为词语列表", "over must be a list of words"),
        (
            "dead:\n  words:\n    - 去世\n    - '(已故'\n",
            2,
            "“(已故”不是有效的 RE2 表达式",
            "is no RE2 pattern",
        ),
        ("dead:\n  words: [去世, '故?']\n", 2, "“故?”会匹配空文本", "fits the empty text"),
        ("dead:\n  words: [去世, 已故, 去世]\n", 2, "“去世”重复", "'去世' twice"),
        ("dead: [去世]\n", 1, "“dead”缺少 words", "has no words"),
        ("- dead\n", 1, "应为键值结构", "a mapping is expected"),
    ],
)
def test_problems_are_told_with_file_and_line(tmp_path: Path, text: str, line: int, zh: str, en: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        word_lists(tmp_path)
    (problem,) = raised.value.problems
    assert (problem.file, problem.line) == (str(tmp_path / FILE), line)
    assert zh in problem.text.zh and en in problem.text.en


def test_all_problems_at_once(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("a:\n  words: ['(']\nb:\n  words: ['[']\n", encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        word_lists(tmp_path)
    assert [p.line for p in raised.value.problems] == [2, 4]


def test_a_misspelt_name_is_told_with_the_nearest() -> None:
    assert unknown_list("dead") is None
    near = unknown_list("deda")
    assert near is not None
    assert near.zh == "words.yaml 中没有词表“deda”，是否为“dead”？"
    assert near.en == "no list 'deda' in words.yaml; did you mean 'dead'?"


def test_no_plain_word_hides_behind_a_shorter_one() -> None:
    told_whole = {
        "father",
        "mother",
        "parents",
        "someone_else",
        "denied",
        "doubted",
    }  # cut out, longest first
    for held in (w for w in word_lists().values() if w.name not in told_whole):
        plain = [w for w in held.words if w.isalnum()]
        assert [(a, b) for a in plain for b in plain if a != b and a in b] == [], held.name

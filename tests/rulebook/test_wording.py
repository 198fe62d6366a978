"""What clerks read is written for clerks: no names of options or keys, no colloquial words, no advice that another
rule would find fault with; bases are documents an order can cite."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from tests.checks.registers import loaded

from lbt_audit.model.rule import Rule

RULES: list[Rule] = sorted(loaded()[0].rules.values(), key=lambda rule: rule.code)
_COLLOQUIAL = re.compile("克隆|走过场|有此无彼|套话")
_KEYS = re.compile(r"--[a-z]|\b[a-z]+_[a-z_]+\b|\[[a-z.]+\]")
_PLACEHOLDERS = re.compile(r"\{[^}]*\}")
# A “无” of its own in a required cell is B03's; what may be so filled is a choice of its column.
_ADVISES_NOTHING = re.compile("(填|写|填写)“(无|不详|/)”")


def texts(rule: Rule, lang: str) -> Iterator[str]:
    for text in (
        rule.title,
        rule.message,
        rule.fix,
        *([rule.decision] if rule.decision else []),
        *rule.words.values(),
    ):
        yield _PLACEHOLDERS.sub("", text.zh if lang == "zh" else text.en)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_key_and_no_option_is_named(rule: Rule) -> None:
    for text in (*texts(rule, "zh"), *texts(rule, "en")):
        assert not _KEYS.search(text), text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_words_of_an_office(rule: Rule) -> None:
    for text in texts(rule, "zh"):
        assert not _COLLOQUIAL.search(text), text
    assert not _ADVISES_NOTHING.search(rule.fix.zh), rule.fix.zh


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_bases_can_be_cited(rule: Rule) -> None:
    for basis in rule.basis:
        cited = basis.cite("zh")
        assert basis.key == "UNITS" or re.search("《.+》", cited), cited
        assert (
            " " not in cited.replace("GB ", "").replace("GB/T ", "").replace("部分：", "") or "第1" in cited
        ), cited

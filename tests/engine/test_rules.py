"""The shipped rules: well-formed, and every example behaves."""

from __future__ import annotations

import pytest

from lbt_audit.engine.examples import check_examples
from lbt_audit.engine.rules.load import lint_rules, load_all
from lbt_audit.resources import data_dir
from lbt_audit.rulebook.profile import DEFAULT_PROFILE, load_profile, profile_names

RULES = data_dir("rules")
CATALOGUE, DICTIONARY = load_all()


@pytest.mark.parametrize("rule", CATALOGUE.rules.values(), ids=lambda r: r.code)
def test_examples(rule) -> None:
    failures = [str(f) for f in check_examples(CATALOGUE, rule.code, DICTIONARY)]
    assert not failures


def test_lint_finds_nothing() -> None:
    assert [p.message("en") for p in lint_rules()] == []


def test_every_profile_loads() -> None:
    names = profile_names(RULES)
    assert DEFAULT_PROFILE in names
    for name in names:
        profile = load_profile(RULES, name)
        assert profile.params.keys() == CATALOGUE.params.keys()
        assert set(profile.changes) <= set(CATALOGUE.rules)

"""The shipped rules: well-formed, and every example behaves."""

from __future__ import annotations

import pytest

from lbt_audit.engine.catalogue import load_catalogue
from lbt_audit.engine.examples import check_examples
from lbt_audit.engine.lint import Linter
from lbt_audit.engine.profile import DEFAULT_PROFILE, load_profile, profile_names
from lbt_audit.resources import data_dir
from lbt_audit.schemas.load import load_dictionary

RULES = data_dir("rules")
CATALOGUE = load_catalogue(RULES)
PARAMS = load_profile(RULES, DEFAULT_PROFILE).params
DICTIONARY = load_dictionary(data_dir("schemas"))


@pytest.mark.parametrize("rule", CATALOGUE.rules.values(), ids=lambda r: r.code)
def test_examples(rule) -> None:
    failures = [str(f) for f in check_examples(rule, PARAMS, DICTIONARY)]
    assert not failures


def test_lint_finds_nothing() -> None:
    assert [p.message("en") for p in Linter(RULES, DICTIONARY, PARAMS).lint()] == []


def test_every_profile_loads() -> None:
    names = profile_names(RULES)
    assert DEFAULT_PROFILE in names
    for name in names:
        profile = load_profile(RULES, name)
        assert set(profile.params) >= set(PARAMS)
        assert set(profile.overrides) <= set(CATALOGUE.rules)

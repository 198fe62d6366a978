"""The shipped rules: well-formed, and every example behaves."""

from __future__ import annotations

import pytest

from lbt_audit.engine.catalogue import load_catalogue
from lbt_audit.engine.examples import check_examples
from lbt_audit.engine.lint import Linter
from lbt_audit.engine.profile import DEFAULT_PROFILE, load_profile, profile_names
from lbt_audit.resources import data_dir
from lbt_audit.schemas.fields import load_fields
from lbt_audit.schemas.tables import load_tables

RULES = data_dir("rules")
CATALOGUE = load_catalogue(RULES)
PARAMS = load_profile(RULES, DEFAULT_PROFILE).params


@pytest.mark.parametrize("rule", CATALOGUE.rules.values(), ids=lambda r: r.code)
def test_examples(rule) -> None:
    failures = [str(f) for f in check_examples(rule, PARAMS)]
    assert not failures


def test_lint_finds_nothing() -> None:
    schemas = data_dir("schemas")
    linter = Linter(RULES, load_fields(schemas / "fields.yaml"), load_tables(schemas), PARAMS)
    assert [p.message("en") for p in linter.lint()] == []


def test_every_profile_loads() -> None:
    names = profile_names(RULES)
    assert DEFAULT_PROFILE in names
    for name in names:
        profile = load_profile(RULES, name)
        assert set(profile.params) >= set(PARAMS)
        assert set(profile.overrides) <= set(CATALOGUE.rules)

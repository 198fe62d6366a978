"""The kinds of check a rule file may name."""

from __future__ import annotations

import importlib
from functools import cache

from lbt_audit.checks.base import Check

NAMES = (
    "rows",
    "clone",
    "duplicate",
    "identity",
    "lookup",
    "same_child",
    "shared_parent",
    "shared_phone",
)


@cache
def checks() -> dict[str, Check]:
    """Every kind of check by name."""
    modules = (importlib.import_module(f"lbt_audit.checks.{name}") for name in NAMES)
    return {check.name: check for check in (module.CHECK for module in modules)}

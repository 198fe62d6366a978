"""The kinds of check a rule file may name."""

from __future__ import annotations

import importlib
from functools import cache

from lbt_audit.checks.base import Check

NAMES = (
    "rows",
    "birth_of_id",
    "clone",
    "ditto",
    "duplicate",
    "embedded_id",
    "empty_column",
    "empty_table",
    "error_cells",
    "facts",
    "faults",
    "fill_date",
    "identity",
    "layout",
    "ledger",
    "lookup",
    "membership",
    "missing_column",
    "renamed_column",
    "required",
    "same_child",
    "sequence",
    "shared_parent",
    "shared_phone",
    "suspicious_phone",
    "unreadable",
)


@cache
def checks() -> dict[str, Check]:
    """Every kind of check by name."""
    modules = (importlib.import_module(f"lbt_audit.checks.{name}") for name in NAMES)
    return {check.name: check for check in (module.CHECK for module in modules)}

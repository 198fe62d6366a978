"""The kinds of check a rule file may name."""

from __future__ import annotations

import importlib
from functools import cache

from lbt_audit.checks.base import Check

NAMES = (
    "rows",
    "alike_texts",
    "birth_gap",
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
    "guardian_load",
    "identity",
    "layout",
    "ledger",
    "linked_dormitory",
    "linked_enrolment",
    "linked_flag",
    "linked_ids",
    "linked_missing",
    "linked_names",
    "linked_orphans",
    "linked_rate",
    "linked_values",
    "lookup",
    "made_up_ids",
    "membership",
    "missing_column",
    "renamed_column",
    "required",
    "same_child",
    "sequence",
    "several_units",
    "shared_parent",
    "shared_phone",
    "siblings",
    "suspicious_phone",
    "unreadable",
)


@cache
def checks() -> dict[str, Check]:
    """Every kind of check by name."""
    modules = (importlib.import_module(f"lbt_audit.checks.{name}") for name in NAMES)
    return {check.name: check for check in (module.CHECK for module in modules)}

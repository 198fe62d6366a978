"""The kinds of check a rule file may name: every module of this package that declares a ``CHECK``."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any

from lbt_audit import checks as package
from lbt_audit.checks.base import Check


@cache
def checks() -> dict[str, Check[Any]]:
    """Every kind of check by name."""
    modules = pkgutil.walk_packages(package.__path__, package.__name__ + ".")
    found = (getattr(importlib.import_module(m.name), "CHECK", None) for m in modules)
    return {check.name: check for check in found if isinstance(check, Check)}

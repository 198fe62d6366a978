"""Audit registration spreadsheets of rural left-behind children (农村留守儿童).

``audit``, ``read`` and ``schema`` are the Python API (docs/api.md); importing this package imports nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lbt_audit.api import Audit, audit, read, schema

__version__ = "0.1.0"
__all__ = ["Audit", "audit", "read", "schema"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from lbt_audit import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

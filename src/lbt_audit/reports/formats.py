"""The output formats by name. Nothing heavy is imported before a format is used."""

from __future__ import annotations

from importlib import import_module
from typing import BinaryIO

from lbt_audit.engine.audit import Audit

# name → module and function; ``text`` is the terminal summary and is printed, not rendered
_FORMATS = {
    "concise": ("concise", "write_concise"),
    "json": ("json_report", "write_json"),
    "jsonl": ("json_report", "write_jsonl"),
    "junit": ("junit", "write_junit"),
    "sarif": ("sarif", "write_sarif"),
    "github": ("github", "write_github"),
    "markdown": ("markdown", "write_markdown"),
}


def render(name: str, audit: Audit, out: BinaryIO) -> None:
    """Write ``audit`` in the format ``name``, as UTF-8."""
    module, function = _FORMATS[name]
    getattr(import_module(f"lbt_audit.reports.{module}"), function)(audit, out)

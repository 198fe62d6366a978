"""The output formats by name. Nothing heavy is imported before a format is used."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from lbt_audit.engine.audit import Audit


class Format(StrEnum):
    text = "text"  # the summary for people, which is printed, not rendered
    concise = "concise"
    json = "json"
    jsonl = "jsonl"
    junit = "junit"
    sarif = "sarif"
    github = "github"
    markdown = "markdown"


# name → module and function
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

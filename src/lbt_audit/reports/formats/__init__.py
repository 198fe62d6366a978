"""The output formats: a module each. Nothing heavy is imported before a format is used."""

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
    parquet = "parquet"
    junit = "junit"
    sarif = "sarif"
    github = "github"
    markdown = "markdown"


def render(name: str, audit: Audit, out: BinaryIO) -> None:
    """Write ``audit`` in the format ``name``, texts as UTF-8: what the module of that name has as ``write``."""
    import_module(f"{__name__}.{name}").write(audit, out)

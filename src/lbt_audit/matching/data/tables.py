"""Reads the tables of this package."""

from __future__ import annotations

from importlib.resources import files


def lines(name: str) -> list[str]:
    """The rows of a table, comments left out."""
    text = (files("lbt_audit.matching.data") / name).read_text("utf-8")
    return [line for line in text.split("\n") if line and line[0] != "#"]

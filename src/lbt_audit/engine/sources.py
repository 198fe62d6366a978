"""``rules/sources.yaml``: the documents rules rest on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lbt_audit.model.rule import Basis
from lbt_audit.model.text import Text


def read_sources(data: Mapping[str, Any]) -> dict[str, Basis]:
    """Sources by key."""
    return {
        key: Basis(
            key=key,
            document=Text.of(entry["document"]),
            article=entry.get("article"),
            date=str(entry["date"]) if entry.get("date") else None,
            number=entry.get("number"),
        )
        for key, entry in data.items()
    }


def cite(basis: Basis, lang: str) -> str:
    """One line a reader can look up: document, number, article."""
    title = basis.document.zh if lang == "zh" else basis.document.en
    number = (
        f"（{basis.number}）"
        if basis.number and lang == "zh"
        else f" ({basis.number})"
        if basis.number
        else ""
    )
    article = f" {basis.article}" if basis.article else ""
    return f"{title}{number}{article}"

"""A page taken apart: its elements, and the data its script reads."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from lxml import etree, html

from lbt_audit.engine.audit import Audit
from lbt_audit.reports.page.page import write_page


class Page:
    """The page of ``audit`` as a browser without script reads it."""

    def __init__(self, audit: Audit, base: str | None = None, standings: Iterable[Any] = ()) -> None:
        out = io.BytesIO()
        write_page(audit, out, base, standings)
        self.text = out.getvalue().decode("utf-8")

    @cached_property
    def tree(self) -> Any:
        return html.fromstring(self.text, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))

    def elements(self) -> list[tuple[str, str]]:
        """Name and class of every element, in order: what texts must not change."""
        return [(e.tag, e.get("class", "")) for e in self.tree.iter(etree.Element)]

    def data(self, name: str = "data") -> Any:
        return json.loads(self.tree.get_element_by_id(name).text)

    def issues(self) -> list[dict[str, Any]]:
        """The issues the script reads, with their words and places."""
        data = self.data()
        words, columns, places = data["words"], data["issues"], data["places"]

        def value(name: str, given: Any) -> Any:
            return (words[name][given] if given >= 0 else None) if name in words else given

        def row(columns: dict[str, list[Any]], at: int) -> dict[str, Any]:
            return {name: value(name, column[at]) for name, column in columns.items()}

        cells = [row({k: v for k, v in places.items() if k != "of"}, at) for at in range(len(places["row"]))]
        taken: Iterator[dict[str, Any]] = iter(cells)
        made = []
        for at, count in enumerate(places["of"]):
            made.append({**row(columns, at), "places": [next(taken) for _ in range(count)]})
        assert next(taken, None) is None
        return made

    def outline(self) -> str:
        """The page to be read: one line for each heading, row and paragraph."""
        lines = []
        for element in self.tree.iter("h1", "h2", "h3", "dt", "dd", "summary", "caption", "tr", "li", "p"):
            cells = element if element.tag == "tr" else (element,)
            text = " | ".join(" ".join(" ".join(cell.itertext()).split()) for cell in cells)
            if text:
                lines.append(f"{element.tag} {text}")
        return "\n".join(lines) + "\n"

"""Registers with a header and no records, and rows that hold too little to be a record."""

from __future__ import annotations

from collections.abc import Mapping

from lbt_audit.checks.base import Check, Outcome, Parameter
from lbt_audit.checks.hits import PlaceHit, PlaceHits
from lbt_audit.checks.layout import note_hits
from lbt_audit.checks.places import FORM, by_file, complete, quoted, sheet_place, worded_text
from lbt_audit.frames.book import Book
from lbt_audit.model.rule import Rule
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text


def run(rule: Rule, book: Book) -> Mapping[str, Outcome] | None:
    """One issue per file and kind of register whose sheets are all empty; where other sheets of the
    same kind hold records, an empty one is worth no more than ``beside_severity``. ``empty`` words it,
    ``form`` where it is a form for one child; notes of ``topics`` (rows left out, headers of no known form)
    make an issue per sheet besides."""
    beside = Severity.of(rule.params.get("beside_severity", rule.severity.key))
    hits, checked = [], 0
    for (_, kind), tables in by_file(rule, book).items():
        checked += len(tables)
        empty = [t for t in tables if not len(t)]
        if not empty:
            continue
        samples = sum(len(t.template_rows) for t in empty)
        words = Text(f"（示例行{samples}行不计）", f" ({samples} sample rows left out)") if samples else ""
        sheets = quoted(dict.fromkeys(f"{t.path}:{t.sheet}" if kind == FORM else t.sheet for t in empty))
        template = Text.of(rule.params["form" if kind == FORM and "form" in rule.params else "empty"])
        told = worded_text(template, {"sheets": sheets, "samples": words})
        details = complete(rule, {"what": told})
        severity = 0 if len(empty) == len(tables) else int(beside)
        hits.append(PlaceHit(tuple(sheet_place(t) for t in empty), kind, details, severity))
    hits += note_hits(rule, book, rule.params.get("topics", {}))
    return {"": PlaceHits(tuple(hits), checked=max(checked, len(hits)))} if checked or hits else None


CHECK = Check(
    name="empty_table",
    parameters={
        "empty": Parameter(dict, required=True),
        "form": Parameter(dict),
        "beside_severity": Parameter(str),
        "topics": Parameter(dict),
    },
    on_book=run,
)

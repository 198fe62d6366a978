"""Registers written as mappings, made into the book a check sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from lbt_audit.checks.base import Outcome, Skipped
from lbt_audit.checks.hits import PlaceHits, RowHits
from lbt_audit.checks.registry import checks
from lbt_audit.config.located import Located
from lbt_audit.engine.reading.framing import make_book, make_context, make_frames
from lbt_audit.engine.rules.load import load_all, vocabulary
from lbt_audit.frames.book import Book
from lbt_audit.intake.table import Column, Note, Submission, Table, Unmapped
from lbt_audit.model.cell import CellKind
from lbt_audit.model.home import HomeArea
from lbt_audit.model.rule import Basis, Rule
from lbt_audit.model.text import Text
from lbt_audit.model.unit import Unit
from lbt_audit.model.units import Units
from lbt_audit.resources import data_dir
from lbt_audit.rulebook.build import Entry, build_rule
from lbt_audit.rulebook.profile import DEFAULT_PROFILE, load_profile

AS_OF = date(2026, 10, 31)
PARAMS: dict[str, Any] = {
    "hollow_share": 0.9,
    "hollow_min_rows": 10,
    "blank_severe": 5,
    "away_scope": "any",
    "min_away_months": 3,
    "fill_date_margin_days": 31,
}
UNITS = Units.of("青禾县", {"白石镇": ("珠岩村", "大坪村")}, {"白石镇中心小学": "白石镇"})
TOWNSHIP = Unit("township", "白石镇", "白石镇")
WORDS = {"zh": "词", "en": "word"}


def table(
    rows: Sequence[Mapping[str, Any]],
    kind: str = "roster",
    path: str = "a.xlsx",
    sheet: str = "Sheet1",
    *,
    unit: Unit = TOWNSHIP,
    match: Mapping[str, str] | None = None,
    filled: Mapping[str, Sequence[bool]] | None = None,
    notes: Sequence[Note] = (),
    unmapped: Sequence[Unmapped] = (),
    facts: Mapping[str, tuple[str, int, int]] | None = None,
    template_rows: Sequence[int] = (),
    columns: Sequence[str] = (),
) -> Table:
    """A table whose first record stands in row 5; cells are texts, or (text, cell kind)."""
    keys = list(dict.fromkeys([*columns, *(k for row in rows for k in row)]))
    made = {}
    for index, key in enumerate(keys):
        cells = [_cell(row.get(key, "")) for row in rows]
        made[key] = Column(
            field=key,
            index=index,
            header=key,
            match=(match or {}).get(key, "standard"),
            text=pa.array([text for text, _ in cells], pa.string()),
            kinds=np.array([cell for _, cell in cells], np.uint8),
            filled=np.array(filled[key], np.bool_) if filled and key in filled else None,
        )
    numbers = np.arange(5, 5 + len(rows), dtype=np.int32)
    return Table(
        path,
        sheet,
        kind,
        unit,
        numbers,
        made,
        (4,),
        tuple(unmapped),
        tuple(notes),
        facts or {},
        tuple(template_rows),
        form=kind == "child_form",
    )


def _cell(value: Any) -> tuple[str, CellKind]:
    if isinstance(value, tuple):
        return value
    return (value, CellKind.TEXT) if value else ("", CellKind.BLANK)


loaded = cache(load_all)


def book(
    *tables: Table,
    units: Units = UNITS,
    submissions: Sequence[Submission] = (),
    sounds: Any = (),
    **params: Any,
) -> Book:
    catalogue, dictionary = loaded()
    merged = {**PARAMS, **params}
    context = make_context(AS_OF, HomeArea(units), ["529901"], (), ["0857-8221234"])
    frames = make_frames(list(tables), dictionary, context, merged)
    files = [
        Submission(path, "", "audited", tables=tuple(t for t in tables if t.path == path))
        for path in dict.fromkeys(t.path for t in tables)
    ]
    return make_book(frames, [*files, *submissions], units, merged, dictionary, catalogue, sounds=sounds)


def rule(check: str, tables: Sequence[str] = ("roster",), message: str = "", **params: Any) -> Rule:
    """A rule of this kind of check as the rule book would read it; ``params`` as YAML holds them."""
    text = {"zh": message or check, "en": message or check}
    entry = Located(
        code="X01", title=WORDS, severity="warning", tables=list(tables), check=check, points_at=[], message=text,
        fix=WORDS, basis=["X"], responsible="submitter", deadline="D3",
        examples={"found": [{"child_name": "甲"}], "silent": [{"child_name": "乙"}]}, **params,
    )  # fmt: skip
    entry.lines = dict.fromkeys(entry, 1)
    known = replace(
        vocabulary(loaded()[1]),
        sources={"X": Basis("X", Text("甲", "X"))},
        params={**load_profile(data_dir("rules"), DEFAULT_PROFILE).params, **PARAMS},
    )
    return build_rule(Entry(entry, "test.yaml"), known)


def catalogued(code: str) -> Rule:
    """A rule of the catalogue."""
    return loaded()[0].rules[code]


def outcomes(a_rule: Rule, a_book: Book) -> list[Outcome]:
    check = checks()[a_rule.check]
    if check.on_book is not None:
        found = check.on_book(a_rule, a_book) or {}
        return [] if isinstance(found, Skipped) else list(dict(found).values())
    assert check.on_frame is not None
    frames = [a_book.frames[k] for k in a_rule.tables if k in a_book.frames]
    found = [check.on_frame(a_rule, f, a_book) for f in frames]
    return [
        one
        for outcome in found
        if outcome is not None
        for one in ([outcome] if isinstance(outcome, RowHits | PlaceHits) else outcome)
    ]


def rows_of(a_rule: Rule, a_book: Book) -> RowHits:
    (outcome,) = outcomes(a_rule, a_book)
    assert isinstance(outcome, RowHits)
    return outcome


def places_of(a_rule: Rule, a_book: Book) -> PlaceHits:
    (outcome,) = outcomes(a_rule, a_book)
    assert isinstance(outcome, PlaceHits)
    return outcome


def pointed(hits: RowHits) -> list[set[str]]:
    """Fields pointed at, per entry."""
    return [{f for f, mask in hits.points.items() if mask[i]} for i in range(len(hits.row))]


def zh(text: str | Text) -> str:
    return text.zh if isinstance(text, Text) else text

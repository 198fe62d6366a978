"""Tables → frames: what parsing depends on, and which columns are blank throughout."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from lbt_audit.facts import FACTS
from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import evaluate
from lbt_audit.frames.days import day_number
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.intake.table import Submission, Table
from lbt_audit.links.linked import derivations
from lbt_audit.model.cell import State
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.home import HomeArea
from lbt_audit.model.units import Units
from lbt_audit.resources import data_dir
from lbt_audit.rulebook.catalogue import Catalogue
from lbt_audit.values.codes import load_codes
from lbt_audit.values.kind import NO_DATE, Context
from lbt_audit.values.registry import KINDS


def make_context(
    as_of: date,
    home: HomeArea,
    extra_areas: Iterable[str] = (),
    extra_ethnic: Iterable[str] = (),
    known_phones: Iterable[str] = (),
    codes: Mapping[str, Mapping[str, str]] | None = None,
    period: tuple[date | None, date] | None = None,
) -> Context:
    """What the parsers need to know about the county and the day. ``codes``: the code lists, if not the built-in;
    ``period``: the day of last period's registers, if there are any, and that of the audit, by default ``as_of``."""
    before, now = period or (None, as_of)
    return Context(
        as_of=day_number(as_of),
        period=(NO_DATE if before is None else day_number(before), day_number(now)),
        extra_areas=frozenset(extra_areas),
        extra_ethnic=frozenset(extra_ethnic),
        known_phones=frozenset("".join(c for c in p if c.isdigit()) for p in known_phones),
        home=tuple(home.units.home_names()),
        home_code=home.code,
        villages=frozenset(home.units.village_names()),
        codes=codes if codes is not None else load_codes(data_dir("schemas") / "codes.yaml"),
    )


def make_frames(
    tables: Sequence[Table],
    dictionary: Dictionary,
    context: Context,
    params: Mapping[str, Any],
) -> dict[str, Frame]:
    """One frame per kind of table, its fields in the order of the kind."""
    by_kind: dict[str, list[Table]] = defaultdict(list)
    for table in tables:
        by_kind[table.kind].append(table)
    frames = {}
    for kind, members in sorted(by_kind.items()):
        schema = dictionary.kinds[kind]
        fields = {f: dictionary.fields[f] for f in schema.columns} | dict(dictionary.fields)
        frames[kind] = Frame(schema, members, fields, KINDS, context, params, FACTS, _hollow)
    return frames


def make_book(
    frames: Mapping[str, Frame],
    submissions: Sequence[Submission],
    units: Units,
    params: Mapping[str, Any],
    dictionary: Dictionary,
    catalogue: Catalogue,
    previous: Book | None = None,
    sounds: tuple[tuple[str, str], ...] = (),
    elsewhere: Book | None = None,
    counties: Mapping[str, str] | None = None,
) -> Book:
    """The frames of an audit, each knowing what the others tell of its children."""
    book = Book.of(
        frames,
        tuple(submissions),
        units,
        params,
        dictionary.kinds,
        previous,
        dictionary.statistics,
        catalogue.problems,
        sounds,
        elsewhere,
        counties,
    )
    facts = derivations(catalogue.linked, book)
    for frame in frames.values():
        frame.learn(facts)
    return book


def _hollow(frame: Frame, field: str) -> Mask:
    """Tables (bool) in which a required column is blank in more than ``hollow_share`` of the rows that need it."""
    share, least = float(frame.params["hollow_share"]), int(frame.params["hollow_min_rows"])
    state = frame[field].state
    needed = state != State.ABSENT
    condition = frame.schema.required[field]
    if condition is not None:
        needed = needed & evaluate(condition, frame).true
    tables = len(frame.tables)
    asked = np.bincount(frame.table[needed], minlength=tables)
    empty = np.bincount(frame.table[needed & (state == State.BLANK)], minlength=tables)
    return np.asarray((asked >= least) & (empty > share * asked))

"""What a kind of check is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import Generic, Literal

import pyarrow as pa

from lbt_audit.checks.hits import PlaceHits, RowHits
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import P, Rule
from lbt_audit.rulebook.example import WrittenExample
from lbt_audit.rulebook.params import Params, Word

__all__ = ["Check", "Nothing", "Outcome", "Skipped", "Word"]

Outcome = RowHits | PlaceHits
ByKind = Mapping[str, Outcome] | Sequence[tuple[str, Outcome]]
"""Kind of table ("" = files) → outcome; as a list where one kind has several."""


Keys = Mapping[str, list[pa.Array]]
"""What may stand in two counties, by what it is (numbers of phones …): columns of texts, one per record, null where it is
not known."""
Crosses = Literal["record", "county"]


@dataclass(frozen=True)
class Skipped:
    """The input cannot show a rule. ``reason``: a key of the reasons in words (``reports.words.SKIPPED``); ``kinds``:
    the kinds of register it lacks."""

    reason: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Check(Generic[P]):
    """A kind of check. Exactly one of ``on_frame`` (once per kind of table of the rule that was
    read, giving one outcome or several) and ``on_book`` (once per audit) is given. Either returns None where the
    input cannot show the rule (skipped, with the reason in ``needs``); ``on_book`` may say why itself. ``on_example``
    counts the issues of an example that no register can show.

    ``params`` is the model of what a rule gives it, every field described. ``details`` are the placeholders its
    findings fill in messages, with what each says; ``words`` the texts it takes from the rule. ``about`` rows, the
    message may also hold fields of the record; about places it may not. ``crosses``: how far it looks, when an audit is cut
    into parts: "record" (single records, cells, files and sheets), "county" (registers of one county held against each
    other), or a function: it also puts records of several counties together, by these keys. ``for_each``: a rule may be written
    once for several persons. ``lists_cells``: its findings say no more than which cells, so that one whose cells all
    stand in the finding it follows from is told by that one.
    """

    name: str
    params: type[P]
    crosses: Crosses | Callable[[Rule[P], Frame, Book], Keys]
    details: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Word] = field(default_factory=dict)
    about: Literal["rows", "places"] = "rows"
    for_each: bool = False
    lists_cells: bool = False
    on_frame: Callable[[Rule[P], Frame, Book], Outcome | Sequence[Outcome] | None] | None = None
    on_book: Callable[[Rule[P], Book], ByKind | Skipped | None] | None = None
    needs: str = "not_shown"  # key of the reason a rule is skipped for
    on_example: Callable[[Rule[P], WrittenExample], int] | None = None


class Nothing(Params):
    """Of kinds of check that take no parameters."""

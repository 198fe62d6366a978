"""Which children live in one household, and what follows for those who help or visit them.

Two children are of one household who have, in any list, the same father and mother in one township, the same guardian in one
village or with one telephone, or one household number in one village: a grandmother with four grandchildren of two sons is one
household. A child no list has is known by the guardian its own record names, and else stands for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.frames.book import Book
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import combine, text_codes
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.texts import some
from lbt_audit.links.links import Links
from lbt_audit.matching.components import components
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text
from lbt_audit.rulebook.vocabulary import NUMBER, ValueType


@dataclass(frozen=True)
class BookFact:
    """A fact about a record for which other registers of the book are asked."""

    name: str
    meaning: Text
    derive: Callable[[Book, Frame], Facet]
    type: ValueType = NUMBER


class Households:
    """``number``: kind → the household (int64) of every record; ``known``: kind → a list has the child, or the record
    itself names its guardian."""

    def __init__(self, book: Book) -> None:
        links = Links.of(book)
        persons = links.persons
        size = max((int(p.max(initial=-1)) for p in persons.values()), default=-1) + 1
        edges, told = [], np.zeros(size, np.bool_)
        for keys, child in _keys(book, links, persons):
            told[child] = True
            _, first, back = np.unique(text_codes(keys), return_index=True, return_inverse=True)
            edges.append((child[first][back], child))
        label = components(size, edges)
        self.number = {kind: label[person] for kind, person in persons.items()}
        self.known = {kind: told[person] for kind, person in persons.items()}

    @classmethod
    def of(cls, book: Book) -> Households:
        return book.derived(cls)


def _keys(book: Book, links: Links, persons: dict[str, np.ndarray]) -> Iterator[tuple[pa.Array, np.ndarray]]:
    """(what children of one household have in common, the child) of every record where it is known."""
    for kind, person in persons.items():
        frame = book.frames[kind]
        home = links.home(kind)
        village, township = (
            pa.array(where.astype(str).tolist(), pa.string()) for where in (home.village, home.township)
        )
        guardian = _text(frame, "guardian_name")
        institution = frame.facet("guardian.institution").as_logic().true
        parts = (
            ("父母", _text(frame, "father_name"), _text(frame, "mother_name"), township),
            ("监护人", _without(guardian, institution), village),
            ("监护人", _without(guardian, institution), _text(frame, "guardian_phone.number")),
            ("户", _text(frame, "household_no"), village),
        )
        for tag, *texts in parts:
            known = np.logical_and.reduce([_there(text) for text in texts])
            rows = np.flatnonzero(known)
            if len(rows):
                joined = pc.binary_join_element_wise(tag, *(t.take(pa.array(rows)) for t in texts), "|")
                yield joined, person[rows]


def _text(frame: Frame, operand: str) -> pa.Array:
    """Texts, "" where not known."""
    if not some(frame, operand.partition(".")[0]):
        return pa.array([""] * len(frame), pa.string())
    facet = frame.facet(operand)
    return pc.if_else(pa.array(facet.known), facet.values, "")


def _there(texts: pa.Array) -> Mask:
    return np.asarray(pc.not_equal(texts, "").to_numpy(zero_copy_only=False), np.bool_)


def _without(texts: pa.Array, out: Mask) -> pa.Array:
    return pc.if_else(pa.array(out), "", texts)


def _distinct(group: np.ndarray, values: np.ndarray, counted: Mask) -> np.ndarray:
    """How many of ``values`` each entry's group holds among those counted."""
    pairs = np.unique(combine(group, values)[counted], return_index=True)[1]
    rows = np.flatnonzero(counted)[pairs]
    per_group = np.bincount(group[rows], minlength=int(group.max(initial=-1)) + 1)
    return np.asarray(per_group[group])


def _helped(book: Book, frame: Frame, ordinary: bool = False) -> Facet:
    person = frame.facet("helper.person")
    households = Households.of(book)
    if not len(frame) or frame.kind not in households.number:
        return Facet(np.zeros(len(frame), np.int64), np.zeros(len(frame), np.bool_))
    counted = person.known & households.known[frame.kind]
    if ordinary:
        counted &= ~frame.facet("child.priority").as_logic().true
    return Facet(_distinct(person.values, households.number[frame.kind], counted), person.known)


def _visited(book: Book, frame: Frame) -> Facet:
    """By what the cell of the visitor says, on one day, by one unit."""
    visitor, day = frame.facet("visit_visitor.text"), frame.facet("visit_date.lo")
    exact = day.known & (frame.facet("visit_date.hi").values == day.values)
    households = Households.of(book)
    if not len(frame) or frame.kind not in households.number:
        return Facet(np.zeros(len(frame), np.int64), np.zeros(len(frame), np.bool_))
    unit = frame.by_unit()
    group = combine(visitor.codes(), np.where(exact, day.values - day.values.min(), 0), unit)
    known = visitor.known & exact & frame.facet("visit.in_person").as_logic().true
    return Facet(_distinct(group, households.number[frame.kind], known), known)


FACTS: tuple[BookFact, ...] = (
    BookFact("helper.households", Text("该帮扶人结对的户数", "households the helper helps"), _helped),
    BookFact(
        "helper.ordinary_households",
        Text("该帮扶人结对的普通儿童户数", "households of ordinary children the helper helps"),
        partial(_helped, ordinary=True),
    ),
    BookFact(
        "visit.households",
        Text("该走访人当日走访的户数", "households the visitor visited that day"),
        _visited,
    ),
)

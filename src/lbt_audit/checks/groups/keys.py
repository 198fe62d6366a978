"""What records are grouped by: operands, the first known of several (``a|b``), and the keys named here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks.groups import elsewhere, units
from lbt_audit.checks.groups.coding import Coded, coded
from lbt_audit.checks.groups.coding import codes as operand_codes
from lbt_audit.checks.groups.labels import Labels
from lbt_audit.checks.groups.people import families, same_parent
from lbt_audit.frames.book import Book
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.texts import some
from lbt_audit.intake.table import Table
from lbt_audit.model.record import dataclass


@dataclass(frozen=True)
class Named:
    """A key that is no operand: what it means, how it follows, the fields without which nothing is known. ``crosses``: the
    operands by which it names one wherever he stands; none where it is about one county."""

    meaning: str
    read: Callable[[Frame, Book], Facet]
    needs: tuple[str, ...] = ()
    crosses: tuple[tuple[str, ...], ...] = ()


def _labels(labels: Labels) -> Facet:
    return Facet(labels, labels >= 0)


def _person(frame: Frame, book: Book, parent: str) -> Facet:
    """Who stands in one record only is a person too, if named."""
    labels = same_parent(frame, book, parent)
    own = len(labels) + np.arange(len(labels))
    return Facet(np.where(labels < 0, own, labels), (labels >= 0) | frame.facet(f"{parent}_name").known)


def _tables(name: Callable[[Table], str]) -> Callable[[Frame, Book], Facet]:
    """Of every record's sheet."""

    def read(frame: Frame, book: Book) -> Facet:
        numbers: dict[str, int] = {}
        of_table = [numbers.setdefault(name(table), len(numbers)) for table in frame.tables]
        return _labels(frame.per_table(of_table, np.int64))

    return read


def _child(frame: Frame, book: Book) -> Facet:
    """The ID number, else the record itself."""
    number = frame.facet("id_no.norm")
    codes = number.codes()
    own = codes.max(initial=0) + 1 + np.arange(len(frame))
    return Facet(np.where(number.known, codes, own), np.ones(len(frame), np.bool_))


NAMED: Mapping[str, Named] = {
    "record": Named("the record itself", lambda frame, book: _labels(np.arange(len(frame)))),
    "sheet": Named("the sheet", lambda frame, book: _labels(frame.table.astype(np.int64))),
    "file": Named("the file", _tables(lambda t: t.path)),
    "unit": Named("the unit that handed in", _tables(lambda t: t.unit.name or t.path)),
    "township": Named(
        "the township that handed in",
        _tables(lambda t: t.unit.township or t.unit.name),
    ),
    "place": Named(
        "whose list the record stands in: a township's roster, a village's book, a school's ledger or export",
        lambda frame, book: _labels(units.place_codes(frame, book)),
    ),
    "place.listed": Named("the same, where the county's list of units has it", units.listed_places),
    "village.known": Named("the village, by its column, the sheet or the address", units.villages),
    "parents.elsewhere": Named(
        "father and mother as another list of the same child names them", elsewhere.parents
    ),
    "child": Named("the child: its ID number, else the record", _child, crosses=(("id_no.number",),)),
    "family": Named(
        "father and mother: both by sound ID numbers, or by name in one village with one phone or household number",
        lambda frame, book: _labels(families(frame, book)),
        ("father_name", "mother_name"),
    ),
    **{
        f"{p}.person": Named(
            f"the {p}: by ID number, or by name and two more of birth, place of work, time away and phone",
            lambda frame, book, p=p: _person(frame, book, p),  # type: ignore[misc]
            (f"{p}_name",),
            (
                (f"{p}_id.sound",),
                (f"{p}_name", f"{p}.birth_lo", f"{p}.birth_hi"),
                (f"{p}_name", f"{p}_phone.stem"),
            ),
        )
        for p in ("father", "mother")
    },
}


def read(frame: Frame, book: Book, key: str) -> Facet:
    """One value per record. Raises KeyError for what is neither operand nor named key."""
    first, *others = key.split("|")
    facet = NAMED[first].read(frame, book) if first in NAMED else frame.facet(first)
    for other in others:
        facet = _filled_up(facet, read(frame, book, other))
    return facet


def _filled_up(first: Facet, second: Facet) -> Facet:
    known = first.known | second.known
    if first.is_text:
        return Facet(pc.if_else(pa.array(first.known), first.values, second.values), known)
    return Facet(np.where(first.known, first.values, second.values), known, first.is_day)


def codes(frame: Frame, book: Book, key: str) -> Coded:
    """Codes of a key, kept as long as the frame."""
    if key in NAMED or "|" in key:
        return coded(frame, key, lambda: read(frame, book, key))
    return operand_codes(frame, key)


def fields_of(frame: Frame, key: str) -> list[tuple[str, ...]]:
    """For each alternative of a key the fields it needs."""
    return [
        NAMED[k].needs if k in NAMED else tuple(f for f in (k.partition(".")[0],) if f in frame.fields)
        for k in key.split("|")
    ]


def can_tell(frame: Frame, key: str) -> bool:
    """Whether some file has what this key is read from."""
    return any(all(some(frame, field) for field in fields) for fields in fields_of(frame, key))

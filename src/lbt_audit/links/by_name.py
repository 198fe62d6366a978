"""Entries of helpers, visits … that say no more than a name: whose they are within their own village, school or township.

Matching asks more of a pair than a name and a place give, for it looks at a whole county. What a village writes of its own
children names them as everybody there does, and where only one child of the place bears the name, it is that child.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.links.homes import Home, Homes

SCOPES = ("village", "school", "township", "anywhere")


def by_name(
    kind: str, open_: Mask, numbers: Mapping[str, np.ndarray], book: Book, homes: Homes
) -> np.ndarray:
    """For every record of ``kind`` the number (int64, -1 = none) of the one child of its village, else school, else
    township who bears its name, among the lists' ``numbers``; a record of nobody knows where is of the one township there
    are lists of, if it is one. Only for ``open_`` records without identity number and
    date of birth, which would be matching's to weigh; a child of the township whose own village or school is known
    to be another is none."""
    frame, home = book.frames[kind], homes[kind]
    result = np.full(len(frame), -1, np.int64)
    rows = np.flatnonzero(open_ & frame.facet("child_name").known & ~_told(frame))
    if not len(rows) or not numbers:
        return result
    lists = _Lists(numbers, book, homes)
    places_of = {scope: getattr(home, scope) for scope in SCOPES[:-1]}
    nowhere = np.logical_and.reduce([where == "" for where in places_of.values()])
    places_of["anywhere"] = np.where(nowhere & lists.one_township(home), "anywhere", "").astype(object)
    names = _names(frame, rows)
    for scope in SCOPES:
        left = result[rows] < 0
        at, mine = rows[left], names[left]
        places = places_of[scope][at]
        found = lists.bearers(scope, places, mine)
        for other in ("village", "school") if scope == "township" else ():
            own, theirs = getattr(home, other)[at], getattr(lists, other)[np.maximum(found, 0)]
            found = np.where((own == "") | (theirs == "") | (own == theirs), found, -1)
        result[at] = np.where(found >= 0, lists.number[np.maximum(found, 0)], -1)
    return result


def namesakes(kind: str, target: str, settled: Mask, book: Book, homes: Homes) -> Mask:
    """Records of ``kind`` whose name an entry of ``target`` bears in the same school or township that says no more than
    the name: whose it is cannot be told. Of ``settled`` entries it can: they are another child's, and not that of
    a record known to belong to another village or school."""
    entries = ~_told(book.frames[target])
    return _borne(kind, target, book, homes, entries & ~settled) | _borne(
        kind, target, book, homes, entries & settled, unlike=False
    )


def borne(kind: str, target: str, book: Book, homes: Homes) -> Mask:
    """Records of ``kind`` that say no more than a name, which somebody bears in ``target`` who may be the one: of the
    same school or township, and not known to belong to another village or school."""
    anybody = np.ones(len(book.frames[target]), np.bool_)
    return ~_told(book.frames[kind]) & _borne(kind, target, book, homes, anybody, unlike=False)


def _borne(kind: str, target: str, book: Book, homes: Homes, which: Mask, *, unlike: bool = True) -> Mask:
    """Records of ``kind`` of the school or township of a record of ``target`` (of those ``which``) so named; ``unlike``: be
    their villages or schools another."""
    known = book.frames[target].facet("child_name").known & which
    others: dict[str, set[_Place]] = {}
    for name, place in _placed(target, np.flatnonzero(known), book, homes):
        others.setdefault(name, set()).add(place)
    mine = _placed(kind, np.arange(len(book.frames[kind])), book, homes)
    fits = {
        (name, place): any(
            _near(place, other) and (unlike or not _apart(place, other)) for other in others[name]
        )
        for name, place in set(mine)
        if name in others
    }
    return np.fromiter((fits.get(one, False) for one in mine), np.bool_, len(mine))


_Place = tuple[str, str, str]  # village, school, township


def _placed(kind: str, rows: np.ndarray, book: Book, homes: Homes) -> list[tuple[str, _Place]]:
    home = homes[kind]
    places = zip(*(where[rows].tolist() for where in (home.village, home.school, home.township)), strict=True)
    return list(zip(_names(book.frames[kind], rows).tolist(), places, strict=True))


def _near(one: _Place, other: _Place) -> bool:
    return any(a and a == b for a, b in zip(one[1:], other[1:], strict=True))


def _apart(one: _Place, other: _Place) -> bool:
    """Known to be of two villages, or two schools; 珠岩 and 珠岩村一组 may be one."""
    names = ((a.rpartition("/")[2], b.rpartition("/")[2]) for a, b in zip(one[:2], other[:2], strict=True))
    return any(a and b and a not in b and b not in a for a, b in names)


def doubles(frame: Frame, home: Home, held: Mask) -> Mask:
    """Records not ``held`` that are named as one that is, with its parents, in one township: a child entered twice."""
    keys = list(
        zip(
            *(_column(frame, field) for field in ("child_name", "father_name", "mother_name")),
            home.township,
            strict=True,
        )
    )
    known = {key for key, here in zip(keys, held.tolist(), strict=True) if here and key[0] and key[1]}
    return np.asarray(~held & np.fromiter((key in known for key in keys), np.bool_, len(keys)))


def _column(frame: Frame, field: str) -> list[str]:
    facet = frame.facet(field)
    return list(pc.if_else(pa.array(facet.known), facet.values, "").to_pylist())


class _Lists:
    """The records of all lists, end to end."""

    def __init__(self, numbers: Mapping[str, np.ndarray], book: Book, homes: Homes) -> None:
        self.number = np.concatenate(list(numbers.values()))
        self.name = np.concatenate([_names(book.frames[k], np.arange(len(n))) for k, n in numbers.items()])
        parts: list[Home] = [homes[kind] for kind in numbers]
        self.village = np.concatenate([home.village for home in parts])
        self.school = np.concatenate([home.school for home in parts])
        self.township = np.concatenate([home.township for home in parts])
        self.anywhere = np.full(len(self.number), "anywhere", object)
        self._listed = book.units.listed

    def one_township(self, home: Home) -> bool:
        """Whether the lists, and those of ``home``, are of one township, as far as anybody says."""
        return not self._listed and len({*self.township.tolist(), *home.township.tolist()} - {""}) <= 1

    def bearers(self, scope: str, places: np.ndarray, names: np.ndarray) -> np.ndarray:
        """The record (-1 = none) of the only child with each name in each place."""
        where = getattr(self, scope)
        known = np.flatnonzero((where != "") & (self.name != ""))
        told: dict[tuple[str, str], int] = {}
        for row, place, name in zip(known.tolist(), where[known], self.name[known], strict=True):
            first = told.setdefault((place, name), row)
            if first >= 0 and self.number[first] != self.number[row]:
                told[place, name] = -1
        found = (told.get(key, -1) for key in zip(places.tolist(), names.tolist(), strict=True))
        return np.fromiter(found, np.int64, len(names))


def _names(frame: Frame, rows: np.ndarray) -> np.ndarray:
    facet = frame.facet("child_name")
    texts = pc.if_else(pa.array(facet.known), facet.values, "").take(pa.array(rows))
    return np.array(texts.to_pylist(), object)


def _told(frame: Frame) -> Mask:
    return np.asarray(frame.facet("id_no.norm").known | frame.facet("birth_date.lo").known)

"""What the records of one child say differently: name, ID number, and the key items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.parts import BLANKS
from lbt_audit.frames.texts import some
from lbt_audit.links.children import Children, Pairs
from lbt_audit.links.homes import Homes
from lbt_audit.links.renamings import Renamings
from lbt_audit.matching.evidence.evidence import Evidence
from lbt_audit.matching.evidence.identity import Identity
from lbt_audit.matching.levels import Level
from lbt_audit.matching.names.comparison import compare
from lbt_audit.model.cell import State

OTHER_NUMBER: Final = (
    Identity.SLIP, Identity.SLIP_INVALID, Identity.TWO_SLIPS, Identity.DIFFERS, Identity.TWIN,
    Identity.BOTH_VALID,
)  # fmt: skip
ADULTS: Final = {"father_name": "father", "mother_name": "mother", "guardian_name": "guardian"}
_CARE = {"good": 1, "fair": 2, "poor": 3, "unattended": 4}  # what two vocabularies mean alike
_KIND_OF_CHILD = {"both_away": 1, "one_away": 2}


@dataclass(frozen=True)
class Difference:
    """One item over all pairs: where it differs, and the two texts. ``left_field``/``right_field`` name the
    column each side says it in (the dictionary key shown to the reader is the left one)."""

    found: Mask
    left: pa.Array
    right: pa.Array
    left_field: str
    right_field: str


@dataclass(frozen=True)
class Compared:
    """One pairing of lists: evidence, and the differences by field key."""

    pairs: Pairs
    evidence: Evidence
    name: Mask  # the names differ by more than blanks, dots and case
    number: Mask  # both have an ID number and they are not the same
    items: dict[str, Difference]

    @property
    def any(self) -> Mask:
        """Pairs with a difference of any kind that somebody has to settle."""
        result: Mask = (self.name & (self.evidence.codes["name"] != Level.FORMER)) | self.number
        for item in self.items.values():
            result = result | item.found
        return result


class Comparisons:
    """The records of children held against each other, every pairing of lists once."""

    def __init__(self, children: Children, homes: Homes) -> None:
        self.children = children
        self.homes = homes
        self.book = children.book
        self.renamings = Renamings(children)
        self._with: dict[str, list[Compared]] = {}

    @cached_property
    def of_lists(self) -> list[Compared]:
        """Every pairing of the lists handed in."""
        return [c for c in map(self._compare, self.children.pairs) if c is not None]

    def with_register(self, register: str) -> list[Compared]:
        """Every record of a register that is no list (forms) with its child's first record in a list."""
        if register not in self._with:
            pairs = self.children.pairs_with(register) if register in self.book.frames else []
            self._with[register] = [c for c in map(self._compare, pairs) if c is not None]
        return self._with[register]

    def among(self, lists: Sequence[str], registers: Sequence[str]) -> list[Compared]:
        """The pairings of ``lists`` with each other and with ``registers``."""
        found = [c for c in self.of_lists if {c.pairs.left_kind, c.pairs.right_kind} <= set(lists)]
        return found + [c for r in registers for c in self.with_register(r) if c.pairs.left_kind in lists]

    def _compare(self, p: Pairs) -> Compared | None:
        found = self.children.linkages.between(p.left_kind, p.right_kind)
        if found is None:
            return None
        book = self.book
        v = found.evidence(p.left, p.right)
        level = self.renamings.explain(p, v.codes["name"])
        v = replace(v, codes={**v.codes, "name": level})
        name = (level > Level.CASE) & (level != Level.UNKNOWN)
        number = np.isin(v.codes["id_no"], OTHER_NUMBER)
        a, b = book.frames[p.left_kind], book.frames[p.right_kind]
        items: dict[str, Difference] = {}
        adults = _adults(found.found.scorer.e, found.entry, p)
        own = _own_parent(a, p.left) | _own_parent(b, p.right)
        for field, differs in adults.items():
            if some(a, field) and some(b, field):
                here, there = _text(a, field, p.left), _text(b, field, p.right)
                if field == "guardian_name":
                    # 周老奶 may be 陈秀英, but one of the lists does not name her.
                    bare = [pc.replace_substring_regex(text, BLANKS, "") for text in (here, there)]
                    unlike = pc.not_equal(*bare).to_numpy(zero_copy_only=False)
                    unnamed = unlike & _unnamed(found.found.scorer.e, found.entry, p)
                    items[field] = Difference((differs | unnamed) & ~own, here, there, field, field)
                else:
                    items[field] = Difference(differs, here, there, field, field)
        for field, rule in _ITEMS.items():
            made = rule(self, a, b, p)
            if made is not None:
                items[field] = made
        if "guardian_rel" in items:  # another guardian stands in another relation
            rel = items["guardian_rel"]
            another = items["guardian_name"].found | own if "guardian_name" in items else own
            items["guardian_rel"] = replace(rel, found=rel.found & ~another)
        return Compared(p, v, name, number, items)


def _adults(e: Any, entry: tuple[np.ndarray, np.ndarray], p: Pairs) -> dict[str, Mask]:
    """Parents and guardian whose names are two names, not two spellings of blanks, dots or script."""
    result = {}
    i, j = entry[0][p.left], entry[1][p.right]
    for field, who in ADULTS.items():
        level = compare(e.adults, getattr(e.left, who)[i], getattr(e.right, who)[j]).level
        result[field] = (level > Level.TRADITIONAL) & (level != Level.UNKNOWN)
    return result


def _unnamed(e: Any, entry: tuple[np.ndarray, np.ndarray], p: Pairs) -> Mask:
    """Pairs with a guardian in both rows, called by kin rather than by name in one at least."""
    i, j = entry[0][p.left], entry[1][p.right]
    x, y = e.left.guardian_called[i], e.right.guardian_called[j]
    given = ((x != 0) | (e.left.guardian[i] >= 0)) & ((y != 0) | (e.right.guardian[j] >= 0))
    result: Mask = given & ((x != 0) | (y != 0))
    return result


def _own_parent(frame: Frame, rows: np.ndarray) -> Mask:
    """The guardian named is the child's own parent: who cares is then a matter of what the column means."""
    result: Mask = frame.facet("guardian.is_parent").as_logic().true[rows]
    return result


def _text(frame: Frame, field: str, rows: np.ndarray) -> pa.Array:
    return frame[field].text.take(pa.array(rows.astype(np.int64)))


def _usable(frame: Frame, field: str, rows: np.ndarray) -> Mask:
    return np.asarray(frame[field].state[rows] == State.OK)


def _codes(field: str, groups: dict[str, int] | None = None) -> Callable[..., Difference | None]:
    """Items held as codes; with ``groups`` only codes named there are compared, by their group."""

    def run(c: Comparisons, a: Frame, b: Frame, p: Pairs) -> Difference | None:
        if not (some(a, field) and some(b, field)):
            return None
        take_a, take_b = (pa.array(r.astype(np.int64)) for r in (p.left, p.right))
        x, y = (f.facet(field) for f in (a, b))
        one, other = x.values.take(take_a), y.values.take(take_b)
        known = x.known[p.left] & y.known[p.right]
        if groups is not None:
            one, other = (_grouped(v, groups) for v in (one, other))
            found = known & (one > 0) & (other > 0) & (one != other)
        else:
            found = known & pc.not_equal(one, other).to_numpy(zero_copy_only=False)
        return Difference(found, _text(a, field, p.left), _text(b, field, p.right), field, field)

    return run


def _grouped(values: pa.Array, groups: dict[str, int]) -> np.ndarray:
    index = pc.index_in(values, value_set=pa.array(list(groups), pa.string()))
    position = pc.fill_null(index, -1).to_numpy(zero_copy_only=False)
    numbers: np.ndarray = np.array([*groups.values(), 0], np.int64)
    return np.asarray(numbers[position])


def _birth(c: Comparisons, a: Frame, b: Frame, p: Pairs) -> Difference | None:
    """The two dates cannot be one: 2015.3 and 2015-03-12 can."""
    field = "birth_date"
    if not (some(a, field) and some(b, field)):
        return None
    lo, hi = ([f.facet(f"{field}.{edge}") for f in (a, b)] for edge in ("lo", "hi"))
    known = lo[0].known[p.left] & hi[0].known[p.left] & lo[1].known[p.right] & hi[1].known[p.right]
    apart = (lo[0].values[p.left] > hi[1].values[p.right]) | (lo[1].values[p.right] > hi[0].values[p.left])
    found = known & apart & _usable(a, field, p.left) & _usable(b, field, p.right)
    return Difference(found, _text(a, field, p.left), _text(b, field, p.right), field, field)


def _school(c: Comparisons, a: Frame, b: Frame, p: Pairs) -> Difference | None:
    """Two schools: both listed in the county file, or neither name part of the other."""
    one, other = c.homes[a.kind].school[p.left], c.homes[b.kind].school[p.right]
    left, right = (pa.array(v.tolist(), pa.string()) for v in (one, other))
    return Difference(different_schools(one, other, c.book), left, right, "school_name", "school_name")


def different_schools(one: np.ndarray, other: np.ndarray, book: Book) -> Mask:
    """Entries (object arrays of names as ``link_units`` gives them, "" unknown) that are two schools."""
    listed = set(book.units.schools)
    found = np.zeros(len(one), np.bool_)
    judged: dict[tuple[str, str], bool] = {}
    for k in np.flatnonzero((one != other) & (one != "") & (other != "")).tolist():
        x, y = one[k], other[k]
        if (x, y) not in judged:
            judged[x, y] = (x in listed and y in listed) or not (x in y or y in x or _subsequence(x, y))
        found[k] = judged[x, y]
    return found


def _subsequence(x: str, y: str) -> bool:
    """The shorter name is the longer one abbreviated: 清水中学 of 清水乡初级中学."""
    short, long = sorted((x, y), key=len)
    rest = iter(long)
    return len(short) >= 3 and all(c in rest for c in short)


def _grade(c: Comparisons, a: Frame, b: Frame, p: Pairs) -> Difference | None:
    x, y = a.facet("school.grade"), b.facet("school.grade")
    found = x.known[p.left] & y.known[p.right] & (x.values[p.left] != y.values[p.right])
    fields = ["grade" if some(f, "grade") else "class_name" for f in (a, b)]
    if not all(some(f, field) for f, field in zip((a, b), fields, strict=True)):
        return None
    return Difference(found, _text(a, fields[0], p.left), _text(b, fields[1], p.right), *fields)


def _boarding(c: Comparisons, a: Frame, b: Frame, p: Pairs) -> Difference | None:
    mine, theirs = _boards(a, p.left), _boards(b, p.right)
    if mine is None or theirs is None:
        return None
    (x, one, left), (y, other, right) = mine, theirs
    return Difference((x > 0) & (y > 0) & (x != y), one, other, left, right)


def _boards(frame: Frame, rows: np.ndarray) -> tuple[np.ndarray, pa.Array, str] | None:
    """(0 not known, 1 day pupil, 2 boarder; the cells; the field)."""
    for field, codes in (("boarding", {"no": 1, "yes": 2}), ("study_mode", {"day": 1, "boarding": 2})):
        if some(frame, field):
            facet = frame.facet(field)
            value = _grouped(facet.values.take(pa.array(rows.astype(np.int64))), codes)
            return np.where(facet.known[rows], value, 0), _text(frame, field, rows), field
    return None


_ITEMS: Final[dict[str, Callable[..., Difference | None]]] = {
    "birth_date": _birth,
    "sex": _codes("sex"),
    "guardian_rel": _codes("guardian_rel"),
    "guard_eval": _codes("guard_eval", _CARE),
    "school_name": _school,
    "grade": _grade,
    "boarding": _boarding,
    "left_type": _codes("left_type", _KIND_OF_CHILD),
}

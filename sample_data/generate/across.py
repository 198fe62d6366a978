"""What the lists say of one child, held against each other: the issues of defects in one list.

The generator knows which rows are one child (``row.child``); nothing here matches names. Rows that say so
little alike that an inspector could not tell they are one child are treated as two children (``likeness``).
The issues are kept apart in ``World.across``: they come and go with the defects they follow from. Those a
defect was planted for (``World.aim``) are told as planted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sample_data.generate.items import (
    differences,
    flag,
    is_over_age,
    likeness,
    name,
    no_pupil,
    over_number,
    same_name,
    text,
)
from sample_data.generate.people import Child
from sample_data.generate.places import SCHOOLS
from sample_data.generate.sheet import Book, Row
from sample_data.generate.world import World

LISTS = ("roster", "village_book", "school_ledger", "enrolment")
_NUMBERED = {s.code: s.name for s in SCHOOLS if s.code}
_CALLED = {name: s.name for s in SCHOOLS for name in (s.name, *s.aliases)}


@dataclass
class Entry:
    """A row as one list's entry of a child; ``group``: the entries that can be told to be one child."""

    row: Row
    kind: str
    group: int = 0


def follow_across(world: World) -> None:
    """Record the issues of rules F01–F07 and G10."""
    lists = {
        kind: {school_of(r) for b in world.of(kind) for r in b.rows} - {""}
        for kind in ("school_ledger", "enrolment")
    }
    lists["village_book"] = {home_of(r) for b in world.of("village_book") for r in b.rows if not r.again}
    rates: set[tuple[str, str]] = set()
    for entries in _children(world):
        _group(entries)
        _between(world, entries, rates)
        _missing(world, entries, lists, rates)
    for school, township in sorted(rates):
        books = [_of_unit(world, "school_ledger", school), _of_unit(world, "roster", township)]
        world.cross("F05", f"{school}与{township}不完全一致", books=books)


def school_of(row: Row) -> str:
    """The school a row stands for: its file's, or the one it names; "" unknown or outside the county."""
    if row.book.kind == "school_ledger":
        return row.book.unit
    if row.book.kind == "enrolment":
        return _NUMBERED.get(str(row.values.get("school_code", "")), "")
    return _CALLED.get(str(row.values.get("school_name", "")), "")


def home_of(row: Row) -> str:
    """Township and village of the row's child."""
    return f"{row.child.family.township}/{row.child.family.village}" if row.child is not None else ""


def _of_unit(world: World, kind: str, unit: str) -> Book:
    return next(b for b in world.of(kind) if b.unit == unit)


def _children(world: World) -> list[list[Entry]]:
    """The entries of every child, list by list. A double entry of one list is that list's own affair, but one
    in the list of another unit (``Row.again``) is held against the others too."""
    found: dict[int, list[Entry]] = defaultdict(list)
    seen: set[tuple[int, str]] = set()
    for kind in LISTS:
        for book in world.of(kind):
            for row in book.rows:
                if row.child is not None and (row.again or (id(row.child), kind) not in seen):
                    seen |= set() if row.again else {(id(row.child), kind)}
                    found[id(row.child)].append(Entry(row, kind))
    for entries in found.values():
        entries.sort(key=lambda e: (LISTS.index(e.kind), e.row.again))
    return list(found.values())


def _group(entries: list[Entry]) -> None:
    """Entries that are recognisably one child share a number, if need be by way of a third."""
    for at, entry in enumerate(entries):
        entry.group = at
    for at, entry in enumerate(entries):
        for other in entries[:at]:
            if entry.group != other.group and likeness(entry.row, other.row) == "same":
                gone, kept = entry.group, other.group
                for e in entries:
                    e.group = kept if e.group == gone else e.group


def _between(world: World, entries: list[Entry], rates: set[tuple[str, str]]) -> None:
    """F02, F03, F04: every entry beside the child's first one."""
    for group in dict.fromkeys(e.group for e in entries):
        first, *others = [e for e in entries if e.group == group]
        rest = [e for e in others if e.kind != first.kind]
        for rule, differing in (
            ("F02", [e.row for e in rest if not same_name(first.row, e.row)]),
            ("F03", [e.row for e in rest if over_number(first.row, e.row)]),
            ("F04", [e.row for e in rest if differences(first.row, e.row)]),
        ):
            if differing:
                items = sorted({f for r in differing for f in differences(first.row, r)})
                fields = {"F02": ("child_name",), "F03": ("id_no",)}.get(rule, tuple(items))
                world.cross(rule, _note(first.row, differing), rows=[first.row, *differing], fields=fields)
                for row in differing:
                    settled = rule == "F02" and _renamed(entries, first.row, row)
                    if first.kind == "roster" and row.book.kind == "school_ledger" and not settled:
                        rates.add((row.book.unit, first.row.book.unit))


def _renamed(entries: list[Entry], one: Row, other: Row) -> bool:
    """The names are the child's present and its former one, by whichever list says so."""
    pair = {name(r.values.get("child_name")) for r in (one, other)}
    told = [e.row.values for e in entries if e.row.book.has("former_name")]
    return any(pair == {name(v.get("child_name")), name(v.get("former_name"))} for v in told)


def _note(first: Row, others: list[Row]) -> str:
    causes = sorted({r.note for r in (first, *others) if r.note})
    return f"随 {'、'.join(causes)} 出现：各处写法不一"


def _missing(
    world: World, entries: list[Entry], lists: dict[str, set[str]], rates: set[tuple[str, str]]
) -> None:
    """F01, F05's missing children, F06, F07 and G10."""
    told: set[int] = set()
    for kind, targets in (
        ("village_book", ("roster",)),
        ("roster", ("village_book", "school_ledger")),
        ("school_ledger", ("roster",)),
    ):
        for entry in [e for e in entries if e.kind == kind and not e.row.again]:
            lacking = [t for t in targets if _expected(entry.row, t, lists) and not _found(entries, entry, t)]
            if not lacking or is_over_age(entry.row):
                continue
            if kind == "school_ledger":
                rates.add((entry.row.book.unit, entry.row.child.family.township))  # type: ignore[union-attr]
            elif "school_ledger" in lacking:
                rates.add((school_of(entry.row), entry.row.book.unit))
            if entry.group in told:
                continue
            told.add(entry.group)
            perhaps = [p for t in lacking for p in _perhaps(entries, entry, t)]
            world.cross(
                "F01",
                f"{entry.row.note or '他处改动'}：{'、'.join(lacking)}中没有",
                rows=[entry.row, *perhaps],
                severity="warning" if perhaps else None,
            )
    _left_out(world, entries)
    _enrolled(world, entries, lists)


def _left_out(world: World, entries: list[Entry]) -> None:
    """G10: both parents away by a school's file, and on no list."""
    told: set[int] = set()
    for entry in entries:
        registered = any(_found(entries, entry, t) or entry.kind == t for t in ("roster", "village_book"))
        if _belongs(entry) and not registered and entry.group not in told:
            told.add(entry.group)
            perhaps = [p for t in ("roster", "village_book") for p in _perhaps(entries, entry, t)]
            world.cross("G10", "父母双方外出，花名册和村级台账都没有", rows=[entry.row, *perhaps],
                        severity="warning" if perhaps else None)  # fmt: skip


def _belongs(entry: Entry) -> bool:
    """A child of a school's file that must be on the lists, by what the file says."""
    if is_over_age(entry.row):
        return False
    if entry.kind == "enrolment":
        return flag(entry.row) == "both"
    return entry.kind == "school_ledger" and _both_away(entry.row.child)


def _enrolled(world: World, entries: list[Entry], lists: dict[str, set[str]]) -> None:
    """F06 and F07: the enrolment export beside the other lists."""
    for entry in entries:
        if entry.kind == "school_ledger":
            there = [e.row for e in entries if e.kind == "enrolment" and e.group == entry.group]
            if entry.row.book.unit in lists["enrolment"] and _nowhere(entries, entry, "enrolment"):
                world.cross("F06", "学籍信息中没有", rows=[entry.row])
            elif there and school_of(there[0]) != entry.row.book.unit:
                world.cross("F06", "学籍在另一所学校", rows=[entry.row, *there])
            elif there and text(there[0].values.get("enrolment_status")) != "在校":
                world.cross("F06", "学籍状态不是在校", rows=[entry.row, *there])
        elif entry.kind == "enrolment":
            lists = [
                e.row for e in entries if e.kind in ("roster", "school_ledger") and e.group == entry.group
            ]
            if _belongs(entry) and _nowhere(entries, entry, "roster"):
                world.cross("F07", "标识双亲留守，花名册中没有", rows=[entry.row], fields=("left_type",))
            elif flag(entry.row) == "none" and lists:
                world.cross("F07", "标识非留守，名单中有", rows=[entry.row, *lists], fields=("left_type",))


def _expected(row: Row, target: str, lists: dict[str, set[str]]) -> bool:
    """Whether a child of this row belongs on the list ``target``, by what the row says."""
    if target == "school_ledger":
        return school_of(row) in lists[target] and not no_pupil(row)
    if target == "village_book" and home_of(row) not in lists[target]:
        return False
    return row.book.kind != "school_ledger" or _both_away(row.child)


def _found(entries: list[Entry], entry: Entry, target: str) -> bool:
    return any(e.kind == target and e.group == entry.group for e in entries)


def _nowhere(entries: list[Entry], entry: Entry, target: str) -> bool:
    return not _found(entries, entry, target) and not _perhaps(entries, entry, target)


def _perhaps(entries: list[Entry], entry: Entry, target: str) -> list[Row]:
    return [e.row for e in entries if e.kind == target and e.group != entry.group
            and likeness(entry.row, e.row) == "perhaps"]  # fmt: skip


def _both_away(child: Child | None) -> bool:
    return child is not None and child.family.kind == "both"

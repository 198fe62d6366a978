"""Books beside the lists: what dormitory lists (F09) and books of help, visits and agreements (F12) contradict."""

from __future__ import annotations

from collections import defaultdict

from sample_data.generate.across import LISTS
from sample_data.generate.items import same_name
from sample_data.generate.sheet import Book, Row
from sample_data.generate.world import World

_EVENTS = ("helpers", "visits", "agreements")


def follow_beside(world: World) -> None:
    """Record the issues of rules F09 and F12."""
    lists: dict[int, dict[str, Row]] = defaultdict(dict)
    for kind in LISTS:
        for book in world.of(kind):
            for row in book.rows:
                if row.child is not None and not row.again:
                    lists[id(row.child)].setdefault(kind, row)
    for book in world.of("dormitory"):
        for row in book.rows:
            _boarder(world, row, lists[id(row.child)] if row.child is not None else {})
    for kind in _EVENTS:
        for book in world.of(kind):
            _strangers(world, book, lists)


def _boarder(world: World, row: Row, listed: dict[str, Row]) -> None:
    """The name on the door is the ledger's; who is in no ledger is a pupil all the same."""
    ledger = listed.get("school_ledger")
    if ledger is not None and not same_name(row, ledger):
        world.cross("F09", "宿舍名单与台账姓名写法不同", rows=[row, ledger], fields=("child_name",))
    elif ledger is None and "enrolment" not in listed:
        world.cross("F09", "台账和学籍中都没有", rows=[row])


def _strangers(world: World, book: Book, lists: dict[int, dict[str, Row]]) -> None:
    """A child on no list is one issue, however often it was visited."""
    unknown: dict[object, list[Row]] = defaultdict(list)
    for row in book.rows:
        if row.child is None or not lists[id(row.child)].keys() & {"roster", "village_book", "school_ledger"}:
            unknown[row.values.get("child_name")].append(row)
    for rows in unknown.values():
        world.cross("F12", "花名册、台账中都没有", rows=rows)

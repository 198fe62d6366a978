"""Small steps the defects share."""

from __future__ import annotations

from datetime import date

from sample_data.generate.people import Child
from sample_data.generate.sheet import Row, Value
from sample_data.generate.world import World


def child_of(row: Row) -> Child:
    assert row.child is not None
    return row.child


def put(row: Row, **values: Value) -> Row:
    row.values |= values
    return row


def clear(row: Row, *fields: str) -> Row:
    return put(row, **dict.fromkeys(fields, ""))


def new_number(row: Row, id_no: str) -> Row:
    """Another ID number, and the 学籍号 made from it."""
    row.values["id_no"] = id_no
    if row.book.kind in ("school_ledger", "enrolment"):
        row.values["xueji_no"] = "G" + id_no
    return row


def rows_of(world: World, child: Child) -> list[Row]:
    """Every row of every file that is this child."""
    return [row for book in world.books for row in book.rows if row.child is child]


def row_in(world: World, kind: str, child: Child) -> Row:
    """The child's row in its list of this kind."""
    return next(row for row in rows_of(world, child) if row.book.kind == kind)


def everywhere(world: World, child: Child, **values: Value) -> None:
    """Write the same into all rows of the child."""
    for row in rows_of(world, child):
        put(row, **values)


def leave_out(world: World, kind: str, child: Child) -> None:
    """Take the child off its list of this kind."""
    row = row_in(world, kind, child)
    row.sheet.rows.remove(row)


def pupil(row: Row) -> bool:
    """A child in the first to ninth grade: it stands in all four lists."""
    return 1 <= child_of(row).grade <= 9 and child_of(row).status in ("小学", "初中")


def aged(low: int, high: int):
    """Rows whose child is between ``low`` and ``high`` years old."""
    return lambda row: low <= child_of(row).age <= high


def at_school(row: Row) -> bool:
    return child_of(row).status in ("小学", "初中")


def spreadsheet(row: Row) -> bool:
    return row.book.format != "csv"


def same_place(row: Row) -> bool:
    family = child_of(row).family
    return family.father.place == family.mother.place


def years_before(day: date, count: int) -> date:
    return date(day.year - count, day.month, min(day.day, 28))

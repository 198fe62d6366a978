"""Small steps the defects share."""

from __future__ import annotations

from datetime import date

from sample_data.generate.people import Child
from sample_data.generate.sheet import Row, Value


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

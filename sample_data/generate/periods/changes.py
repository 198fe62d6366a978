"""What a month changes in the registers besides corrections (F13), and which of them are last month's again (L01).

=======  ===============================================================================================
2026-11  清水乡: a child gone without a word, one with another birth and number; 白石镇: one new without a word;
         the ledgers of 沙坝小学 and 白石镇初级中学 are last month's but for the date
2026-12  清水乡: a child gone, registered as an exit (silent), one new with a word in the remark (silent); 白石镇: one
         new without; the ledger of 清水乡中心小学 and the book of 珠岩村 are last month's
=======  ===============================================================================================

Every other register shows that somebody looked at it: a visit more, a remark. What must be told is worked out by
holding the two months' rows against each other, without the audit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sample_data.generate import ids
from sample_data.generate.defects.tools import child_of
from sample_data.generate.items import name, number
from sample_data.generate.sheet import Book, Row
from sample_data.generate.views.timely import exit_row
from sample_data.generate.world import World

COPIED = {1: ("沙坝小学", "白石镇初级中学"), 2: ("清水乡中心小学", "珠岩村")}
OLD = ("珠岩小学",)  # its ledger has been September's all along
_OWN = ("child_name", "id_no", "birth_date", "father_name", "mother_name", "father_phone", "mother_phone")
_CHOSEN = {"白石镇": 2, "清水乡": 4}
_REGISTERS = ("roster", "village_book", "school_ledger")


def choose(world: World) -> dict[str, list[Row]]:
    """Rows of each township's roster that nothing else speaks of, the same in every period; nobody else may take
    them."""
    chosen = {}
    for township in _CHOSEN:
        (book,) = [b for b in world.of("roster") if b.unit == township]
        free = [r for r in reversed(book.rows) if world.is_free(r) and child_of(r).age < 12]
        free.sort(key=lambda r: child_of(r).grade > 0)  # not those few whom the schools' ledgers need
        chosen[township] = free[: _CHOSEN[township]]
        world.used |= {child_of(r).family.key for r in chosen[township]}
    return chosen


def live_on(world: World, period: int, chosen: dict[str, list[Row]]) -> None:
    """Let the months up to ``period`` pass over the registers."""
    for month in range(1, period + 1):
        for book in [b for b in world.books if b.kind in _REGISTERS and b.unit not in COPIED[month]]:
            _looked_at(book, month)
        (_november if month == 1 else _december)(world, chosen)


def _looked_at(book: Book, month: int) -> None:
    if book.has("visits_count"):
        for row in [r for r in book.rows if isinstance(r.values.get("visits_count"), int)]:
            row.values["visits_count"] += 1  # type: ignore[operator]
    elif book.has("remark"):
        row = [r for r in book.rows if not r.values.get("remark") and not r.note][month]
        row.values["remark"] = f"{10 + month}月已走访核实"


def _november(world: World, chosen: dict[str, list[Row]]) -> None:
    gone, other, *_ = chosen["清水乡"]
    gone.sheet.rows.remove(gone)
    born = child_of(other).birth
    birth = date(born.year, born.month, born.day % 27 + 1)
    other.values |= {"birth_date": birth, "id_no": ids.number(birth, 730 + (child_of(other).sex == "男"))}
    _arrive(world, chosen["白石镇"][0], "冉小雨", 740, "")


def _december(world: World, chosen: dict[str, list[Row]]) -> None:
    gone = chosen["清水乡"][2]
    gone.sheet.rows.remove(gone)
    (exits,) = [b for b in world.of("exits") if b.unit == "清水乡"]
    exits.sheets[0].rows.append(exit_row(exits.sheets[0], child_of(gone), date(2026, 12, 8), "父母返乡"))
    _arrive(world, chosen["清水乡"][3], "文思雨", 742, "12月新增，家长上月到务工地")
    _arrive(world, chosen["白石镇"][1], "邓小云", 744, "")


def _arrive(world: World, beside: Row, called: str, sequence: int, remark: str) -> None:
    """A girl of a family that was not on the register: a neighbour's row, agreement and file, with names and
    numbers of her own."""
    neighbour = child_of(beside)
    birth = neighbour.birth.replace(day=6 + sequence % 20)
    row = Row(None, dict(beside.values), beside.sheet)
    row.values |= {
        "child_name": called, "sex": "女", "birth_date": birth, "id_no": ids.number(birth, sequence), "remark": remark,
        "father_name": called[0] + "大江", "father_id": ids.number(date(1988, 2, 11), sequence + 1),
        "father_birth": date(1988, 2, 11), "mother_name": "田" + called[2:] + "芬",
        "mother_id": ids.number(date(1990, 5, 9), sequence), "mother_birth": date(1990, 5, 9),
        "father_phone": f"13985{sequence}216", "mother_phone": f"15085{sequence}318",
    }  # fmt: skip
    beside.sheet.rows.append(row)
    own = {str(beside.values[f]): row.values[f] for f in _OWN if beside.values.get(f)}
    for book in (*world.of("agreements"), *world.of("file_list")):
        for kept in [r for r in book.rows if r.child is neighbour]:
            values = {f: own.get(str(v), v) for f, v in kept.values.items()}
            if "sex" in values:
                values["sex"] = row.values["sex"]
            if "file_name" in values:
                values["file_name"] = str(values["file_name"]).replace(neighbour.name, called)
            kept.sheet.rows.append(Row(None, values, kept.sheet))


@dataclass(frozen=True)
class Change:
    """What an audit with ``--previous`` must tell; ``before``: the row stands in last month's file."""

    rule: str
    note: str
    path: str
    row: int | None = None
    before: bool = False


def changes(before: World, now: World, period: int, day: date) -> list[Change]:
    """Both worlds laid out, so that rows are numbered."""
    found = [
        Change("L01", "除填报日期外与上期完全相同", book.path)
        for book in now.books
        if book.kind in _REGISTERS and book.unit in COPIED[period]
    ]
    found += [
        Change("L01", "填报日期不在本月", book.path)
        for book in now.books
        if book.kind == "school_ledger" and book.unit in OLD
    ]
    for book in now.of("roster"):
        (last,) = [b for b in before.of("roster") if b.unit == book.unit]
        left = {number(r) for b in now.of("exits") for r in b.rows}
        for row in _lacking(last, book):
            if number(row) not in left and not _sixteen(row, day):
                found.append(Change("F13", "不见了，没有退出登记", last.path, row.number, before=True))
        found += [
            Change("F13", "新增，没有说明", book.path, row.number)
            for row in _lacking(book, last)
            if "新增" not in str(row.values.get("remark"))
        ]
        by_name = {name(r.values.get("child_name")): r for r in last.rows if r.values.get("father_id")}
        for row in book.rows:
            was = by_name.get(name(row.values.get("child_name")))
            if was is not None and _another(was, row):
                found.append(Change("F13", "证号、出生日期变了", book.path, row.number))
    return sorted(found, key=lambda c: (c.rule, c.path, c.row or 0))


def _lacking(book: Book, other: Book) -> list[Row]:
    """Rows of ``book`` whose child ``other`` has neither by number nor by name and father."""
    numbers, names = {number(r) for r in other.rows} - {""}, {_called(r) for r in other.rows}
    return [r for r in book.rows if number(r) not in numbers and _called(r) not in names]


def _called(row: Row) -> tuple[str, str]:
    return name(row.values.get("child_name")), name(row.values.get("father_name"))


def _another(was: Row, row: Row) -> bool:
    """One child by names and father's number, with another birth and number."""
    same: Any = was.values.get("father_id") == row.values.get("father_id")
    return bool(same and was.values.get("birth_date") != row.values.get("birth_date")
                and number(was) and number(row) and number(was) != number(row))  # fmt: skip


def _sixteen(row: Row, day: date) -> bool:
    born = row.values.get("birth_date")
    return isinstance(born, date) and date(born.year + 16, born.month, min(born.day, 28)) <= day

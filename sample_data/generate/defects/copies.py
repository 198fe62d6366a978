"""Group E: the same child, parent, number or block in places where it cannot be.

=====  =========================================================================================
E01    a row pasted twice (roster, ledger)
E02    a row pasted with a near number (roster), without a number (ledger)
E04    see ``examples`` (row 3) and ``notices`` (remarried mother)
E05    one father, three mothers in three households
E06    a guardian's ID number under two names; one guardian with two ID numbers
E07    one phone in three and in four households
E09    three children of 落水洞小学 with copied parents
=====  =========================================================================================
"""

from __future__ import annotations

from datetime import date

from sample_data.generate import ids
from sample_data.generate.defects.tools import aged, child_of, put
from sample_data.generate.people import Month
from sample_data.generate.sheet import Row
from sample_data.generate.world import World


def _paste(row: Row, below: int) -> Row:
    """The row again, further down in its sheet."""
    rows = row.sheet.rows
    copy = Row(row.child, dict(row.values), row.sheet)
    rows.insert(min(rows.index(row) + below, len(rows)), copy)
    return copy


def e01(world: World) -> None:
    for kind in ("roster", "school_ledger"):
        (row,) = world.take(kind, 1, where=lambda r: "seq" not in r.values and len(r.sheet.rows) > 8)
        world.expect("E01", "同一名儿童登记两次", rows=[row, _paste(row, 4)], fields=("id_no",))


def e02(world: World) -> None:
    (row,) = world.take("roster", 1, where=lambda r: "seq" not in r.values)
    copy = _paste(row, 5)
    number = child_of(row).id_no
    copy.values["id_no"] = ids.complete(f"{number[:14]}9{number[15:17]}")
    world.expect(
        "E02",
        "姓名、生日、父母相同，证号差一两位",
        rows=[row, copy],
        fields=("child_name", "birth_date", "id_no"),
    )
    (row,) = world.take("school_ledger", 1, where=lambda r: len(r.sheet.rows) > 8)
    copy = put(_paste(row, 3), id_no="", xueji_no="")
    cause = world.expect(
        "E02",
        "姓名、生日、父母相同，一行没有证号",
        rows=[row, copy],
        fields=("child_name", "birth_date", "id_no"),
    )
    world.follow(cause, "B12", rows=[copy], note="没有证号，未说明", fields=("id_no",))


def e05(world: World) -> None:
    rows = world.take("roster", 3, where=aged(4, 13))
    birth = date(1986, 9, 11)
    for row in rows:
        put(row, father_name="周国富", father_id=ids.number(birth, 531), father_birth=birth,
            father_work_place="广东省东莞市", father_away_since=Month(2024, 3))  # fmt: skip
    world.expect("E05", "三户不同母亲，父亲同一人", rows=rows, fields=("father_name", "father_id"))


def e06(world: World) -> None:
    rows = world.take(
        "roster", 2, where=lambda r: r.values["guardian_rel"] == "祖母" and 4 < child_of(r).age < 13
    )
    put(rows[1], guardian_id=rows[0].values["guardian_id"])
    world.expect("E06", "一个监护人证号两个姓名", rows=rows, fields=("guardian_name", "guardian_id"))
    rows = world.take("village_book", 2, "guardian_phone", where=lambda r: r.values["guardian_rel"] == "奶奶")
    put(
        rows[1],
        guardian_name=rows[0].values["guardian_name"],
        guardian_phone=rows[0].values["guardian_phone"],
    )
    world.expect(
        "E06",
        "同名同电话的监护人两个证号",
        rows=rows,
        fields=("guardian_name", "guardian_id", "guardian_phone"),
    )


def e07(world: World) -> None:
    for kind, key, count, phone in (
        ("village_book", "father_phone", 3, "13985274618"), ("roster", "mother_phone", 4, "15885736149"),
    ):  # fmt: skip
        rows = world.take(kind, count, key)
        for row in rows:
            put(row, **{key: phone})
        world.expect("E07", f"{count}户共用一个电话", rows=rows, fields=(key,))


def e09(world: World) -> None:
    rows = world.take("school_ledger", 3, "father_work_place", where=lambda r: "落水洞小学" in r.book.path)
    for at, row in enumerate(rows, 1):
        put(row, father_work_place="福建省泉州市", mother_work_place="福建省泉州市", guardian_rel="祖母",
            father_away_since=Month(2023, 2), mother_away_since=Month(2023, 2), father_phone=f"1398461720{at}",
            mother_phone=f"1838574931{at}",
            guardian_id=ids.number(date(1958, 3, 6 + at), 550 + 2 * at))  # fmt: skip
    world.expect("E09", "三名学生父母去向、时间、关系照抄，电话只差末位", rows=rows)


ALL = (e01, e02, e05, e06, e07, e09)

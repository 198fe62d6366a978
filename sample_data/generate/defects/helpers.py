"""Group J, helpers: nobody, too many, one who cannot be called, measures that say nothing, a helper from the family.

=====  =========================================================================================
J01    on no list of helpers (响石乡, 梨园镇); 无 in the roster's column (望溪乡)
J02    children in poor care whose helper has other households: by the lists of 白石镇 and 响石乡, and by a roster
J03    eleven and more households: a list, two rosters
J04    a telephone, a unit, a post that no row of the helper gives; a list without units and posts; in a roster a telephone
J05    blank, a stock phrase, three characters, one sentence for six children
J06    the grandmother, by her own name; the father's telephone; the mother
=====  =========================================================================================

Lawful, and silent: two helpers of whom one has nobody else; an officer for children with a whole village; five grandchildren
of one grandmother with one helper; two helpers of one name with two telephones; in a roster a helper whose telephone one row
gives, and the other calls her 村主任 so-and-so.
"""

from __future__ import annotations

from sample_data.generate.care import look_after_child, new_helper
from sample_data.generate.defects.tools import child_of, everywhere, put, row_in, rows_of
from sample_data.generate.people import Child
from sample_data.generate.sheet import Row, Value
from sample_data.generate.world import World

NOBODY: dict[str, Value] = {"helper_name": "", "helper_phone": "", "helper_measure": ""}


def _of(world: World, kind: str, unit: str, count: int = 1, small: bool = False) -> list[Row]:
    """Rows of children in ordinary care, of villages in which no officer helps all; ``small``: not yet at school."""
    return world.take(
        kind, count, "helper_name",
        where=lambda r: (
            r.book.unit == unit
            and "儿童主任" not in str(r.values.get("helper_post", ""))
            and not (small and child_of(r).grade > 0)
        ),
        siblings=True,
    )  # fmt: skip


def j01(world: World) -> None:
    for unit in ("响石乡", "梨园镇"):
        (row,) = _of(world, "helpers", unit)
        row.sheet.rows.remove(row)
        row.note = ""
        _without_helper(world, child_of(row), "帮扶表、花名册都没有帮扶人", NOBODY)
    (row,) = _of(world, "roster", "望溪乡")
    _without_helper(world, child_of(row), "花名册帮扶人填“无”", NOBODY | {"helper_name": "无"})


def _without_helper(world: World, child: Child, note: str, values: dict[str, Value]) -> None:
    for row in rows_of(world, child):
        if row.book.has("helper_name"):
            put(row, **values)
    world.expect("J01", note, rows=[row_in(world, "roster", child)], fields=("helper_name",))


def poor_care(world: World, child: Child) -> None:
    """In every list, in its own words."""
    everywhere(world, child, guard_eval="差", care_level="高")
    put(row_in(world, "roster", child), guard_eval="监护情况差")


def j02(world: World) -> None:
    for kind, unit in (("helpers", "白石镇"), ("helpers", "响石乡"), ("roster", "望溪乡")):
        (row,) = _of(world, kind, unit)
        child = child_of(row)
        poor_care(world, child)
        look_after_child(world, child, rows_of(world, child), helper=False)
        world.expect("J02", "监护差的儿童，帮扶人另有他户", rows=[row], fields=("helper_name",))
    # A second helper who has nobody else.
    (row,) = world.take("helpers", 1, where=lambda r: r.book.unit == "梨园镇" and child_of(r).grade < 1)
    child = child_of(row)
    poor_care(world, child)
    name, phone = new_helper(world, "second")
    second = Row(child, row.values | {"helper_name": name, "helper_phone": phone}, row.sheet)
    row.sheet.rows.insert(row.sheet.rows.index(row) + 1, second)
    row.note = second.note = "J02-lawful"
    child.trap = "两名帮扶人，其中一名专帮一户"


def j03(world: World) -> None:
    for kind, unit, count in (("helpers", "梨园镇", 12), ("roster", "望溪乡", 11), ("roster", "云台镇", 11)):
        rows = _of(world, kind, unit, count)
        name, phone = new_helper(world, f"J03/{unit}")
        for row in rows:
            put(row, helper_name=name, helper_phone=phone)
        world.expect("J03", f"一人结对{count}户", rows=rows, fields=("helper_name",))


def j04(world: World) -> None:
    for unit, field in (("白石镇", "helper_phone"), ("响石乡", "helper_unit"), ("响石乡", "helper_post")):
        rows = _of(world, "helpers", unit, 2)
        name, phone = new_helper(world, f"J04/{unit}/{field}")
        for row in rows:
            put(row, **{"helper_name": name, "helper_phone": phone, field: ""})
        first = min(rows, key=lambda r: r.sheet.rows.index(r))
        world.expect("J04", f"{field}空白", rows=[first], fields=(field,))
        for row in rows:
            row.note = row.note or f"J04-{field}"
    (book,) = [b for b in world.of("helpers") if b.unit == "梨园镇"]
    book.columns = [c for c in book.columns if c.field not in ("helper_unit", "helper_post")]
    world.expect("J04", "没有单位、职务栏", book=book, fields=("helper_unit", "helper_post"))
    for unit in ("望溪乡", "云台镇"):
        (row,) = _of(world, "roster", unit, small=True)
        name, _ = new_helper(world, f"J04/{unit}/roster")
        put(row, helper_name=name, helper_phone="")
        world.expect("J04", "花名册帮扶人电话空白", rows=[row], fields=("helper_phone",))
    rows = _of(world, "roster", "望溪乡", 2, small=True)
    name, phone = new_helper(world, "J04/lawful")
    for row, called, number in zip(rows, (name, f"村主任{name}"), (phone, ""), strict=True):
        put(row, helper_name=called, helper_phone=number)
        row.note = "J04-lawful"


def j05(world: World) -> None:
    for unit, count, text, note in (
        ("响石乡", 3, "", "措施空白"),
        ("响石乡", 2, "经常关心", "套话"),
        ("白石镇", 4, "定期走访慰问，关心学习和生活。", "套话"),
        ("梨园镇", 1, "送书", "过短"),
        ("梨园镇", 6, "每周到家辅导一次功课", "六名儿童同一句话"),
    ):
        rows = _of(world, "helpers", unit, count)
        for row in rows:
            put(row, helper_measure=text)
        for together in [rows] if count > 4 else [[row] for row in rows]:
            world.expect("J05", note, rows=together, fields=("helper_measure",))


def j06(world: World) -> None:
    (row,) = _of(world, "helpers", "白石镇")
    put(row, helper_name=row.values["guardian_name"], helper_phone=row.values["guardian_phone"])
    world.expect("J06", "帮扶人是祖辈监护人", rows=[row], fields=("helper_name", "helper_phone"))
    (row,) = _of(world, "helpers", "响石乡")
    put(row, helper_phone=row.values["father_phone"])
    world.expect("J06", "帮扶人电话是父亲的", rows=[row], fields=("helper_name", "helper_phone"))
    (row,) = _of(world, "roster", "望溪乡")
    put(row, helper_name=row.values["mother_name"], helper_phone="")
    cause = world.expect("J06", "帮扶人是母亲", rows=[row], fields=("helper_name",))
    world.follow(cause, "J04", fields=("helper_phone",))


def lawful(world: World) -> None:
    """Two helpers of one name, each with a telephone and six households."""
    rows = _of(world, "roster", "云台镇", 12)
    (name, one), (_, other) = new_helper(world, "one"), new_helper(world, "other")
    for at, row in enumerate(rows):
        put(row, helper_name=name, helper_phone=one if at % 2 else other)
        if child_of(row).grade < 1:
            child_of(row).trap = "同名不同电话的两名帮扶人"
        row.note = "J03-lawful"


ALL = (j01, j02, j03, j04, j05, j06, lawful)

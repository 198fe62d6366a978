"""Group J, visits: none, long ago, by the wrong people, on days that cannot be, half entered, and not followed up.

=====  =========================================================================================
J07    in no register (珠岩村, 双龙井村); counselled and called, but never visited (云台镇中心小学)
J08    a village's visits of August (two), of sixteen days ago to a child in poor care, a school's of the last term
J09    a school's register that ends in May, one that ends in June, a village's that ends in September
J10    a father in prison, and no leader came; poor care seen by a teacher only; a pupil visited by a cadre
J11    days to come; 32 households in a day by one; a father who is away, met in person
J12    no visitor, no text, no signature; a register without signatures
J13    three pupils in poor care without counselling
J14    problems of September without outcome, with one still being settled, told twice; what two families asked for
=====  =========================================================================================

Lawful, and silent: a team that visits a village in two days; the newest visit in the leaders' register; a telephone call
beside a visit; a problem settled at the next visit.
"""

from __future__ import annotations

from datetime import date

from sample_data.generate.care import one_to_one
from sample_data.generate.defects.gaps import ending_in_school, ending_in_village
from sample_data.generate.defects.helpers import poor_care
from sample_data.generate.defects.tools import child_of, everywhere, put, row_in, rows_of
from sample_data.generate.people import Child
from sample_data.generate.sheet import Row, Sheet
from sample_data.generate.views.plain import book
from sample_data.generate.views.visits import VILLAGE_VISITS, counselling
from sample_data.generate.views.wording import found
from sample_data.generate.world import World

DAY = ("visit_date",)


def _of(world: World, unit: str, count: int = 1, small: bool = False) -> list[Row]:
    """Rows of the unit's register whose child stands in the roster; ``small``: not yet at school."""
    return world.take(
        "visits",
        count,
        where=lambda r: r.book.unit == unit and not (small and child_of(r).grade > 0),
        siblings=True,
    )


def _of_a_class(world: World, grade: int) -> Row:
    """A home visit to a pupil above ``grade``, of the school whose pupils no village visits."""
    (row,) = world.take(
        "visits",
        1,
        where=lambda r: (
            r.book.unit == "云台镇中心小学" and r.values["visit_kind"] == "家访" and child_of(r).grade > grade
        ),
        siblings=True,
    )
    return row


def _of_september(world: World) -> Row:
    """A home visit of September, by a school."""
    (row,) = world.take(
        "visits",
        1,
        where=lambda r: (
            r.values.get("visit_kind") == "家访"
            and r.values["visit_date"].month == 9
            and child_of(r).family.village != "双龙井村"
        ),
        siblings=True,
    )
    return row


def _visits(world: World, child: Child) -> list[Row]:
    return [row for row in rows_of(world, child) if row.book.kind == "visits"]


def _only(world: World, row: Row) -> Row:
    """The row alone of all visits to its child in its register."""
    for other in _visits(world, child_of(row)):
        if other is not row and other.book is row.book:
            other.sheet.rows.remove(other)
    return row


def _counselled(world: World, child: Child) -> None:
    for row in _visits(world, child):
        if row.values.get("visit_kind") == "家访":
            row.sheet.rows.append(
                Row(child, row.values | counselling(child) | {"visit_content": found(child, 6)}, row.sheet)
            )


def j07(world: World) -> None:
    for unit in ("珠岩村", "双龙井村"):
        (row,) = _of(world, unit)
        for each in _visits(world, child_of(row)):
            each.sheet.rows.remove(each)
        world.expect(
            "J07", "台账中没有", rows=[row_in(world, "roster", child_of(row))], fields=("child_name",)
        )
    row = _of_a_class(world, 2)
    child = child_of(row)
    for each in _visits(world, child):
        put(each, visit_kind="亲情通话", visit_sign="")
    world.expect("J07", "只有亲情通话", rows=[row_in(world, "roster", child)], fields=("child_name",))


def j08(world: World) -> None:
    for at, row in enumerate(_of(world, "珠岩村", 2)):
        put(_only(world, row), visit_date=date(2026, 8, 11 + at))
        world.expect(
            "J08", "村级走访停在8月", rows=[row_in(world, "roster", child_of(row))], fields=("child_name",)
        )
    (row,) = _of(world, "双龙井村")
    child = child_of(row)
    put(_only(world, row), visit_date=date(2026, 10, 14))
    poor_care(world, child)
    one_to_one(world, rows_of(world, child))
    _counselled(world, child)
    world.expect("J08", "监护差，17天未走访", rows=[row_in(world, "roster", child)], fields=("child_name",))
    for unit in ("清水初级中学", "梨园镇中心小学"):
        (row,) = _of(world, unit)
        put(_only(world, row), visit_date=date(2026, 5, 20), visit_method="入户家访")
        ledger = row_in(world, "school_ledger", child_of(row))
        world.expect("J08", "学校家访停在上学期", rows=[ledger], fields=("child_name",))


def j09(world: World) -> None:
    for school, last, severity in (
        ("落水洞小学", date(2026, 5, 8), "error"),
        ("响石乡中心小学", date(2026, 6, 24), "error"),
    ):
        register = ending_in_school(world, school, last)
        newest = [r for r in register.rows if r.values["visit_date"] == last]
        world.expect("J09", f"{last.month}月后没有家访记录", rows=newest, fields=DAY, severity=severity)
    register = ending_in_village(world, "响石乡", "核桃树村")
    newest = [r for r in register.rows if r.values["visit_date"] == date(2026, 9, 18)]
    world.expect("J09", "9月18日后没有走访记录", rows=newest, fields=DAY, severity="warning")


def j10(world: World) -> None:
    (row,) = _of(world, "珠岩村")
    child = child_of(row)
    everywhere(world, child, remark="父亲服刑")
    for each in _visits(world, child):
        put(each, remark="")
    one_to_one(world, rows_of(world, child))
    world.expect(
        "J10", "父亲服刑，乡镇领导未走访", rows=[row_in(world, "roster", child)], fields=("child_name",)
    )
    (row,) = _of(world, "双龙井村")
    child = child_of(row)
    poor_care(world, child)
    one_to_one(world, rows_of(world, child))
    _counselled(world, child)
    for each in _visits(world, child):
        put(each, visit_visitor="田志平", visit_role="小学教师")
    world.expect("J10", "监护差，只有教师走访", rows=[row_in(world, "roster", child)], fields=("child_name",))
    row = _of_a_class(world, 3)
    child = child_of(row)
    for each in _visits(world, child):
        put(each, visit_visitor="安德友", visit_role="村干部")
    ledger = row_in(world, "school_ledger", child)
    world.expect("J10", "学校家访由村干部代替", rows=[ledger], fields=("child_name",))


def j11(world: World) -> None:
    for unit, day in (("珠岩村", date(2026, 12, 20)), ("梨园镇中心小学", date(2027, 10, 9))):
        (row,) = _of(world, unit)
        other = Row(
            child_of(row),
            row.values | {"visit_date": day, "visit_content": found(child_of(row), 9)},
            row.sheet,
        )
        row.sheet.rows.append(other)
        world.expect("J11", f"走访时间{day}", rows=[other], fields=DAY)
    rows = world.take(
        "visits",
        32,
        where=lambda r: r.book.unit == "清水乡" and r.values["visit_role"] == "包村干部",
        siblings=True,
    )
    for row in rows:
        put(row, visit_date=date(2026, 10, 24), visit_visitor="石正华")
    world.expect("J11", "一人一天走访32户", rows=rows, fields=("visit_date", "visit_visitor"))
    (row,) = _of(world, "清水初级中学")
    put(row, visit_target="父亲", visit_method="入户面谈")
    if row.values["visit_date"].month == 10 and row.values["visit_date"].day < 9:
        put(row, visit_date=date(2026, 10, 12))
    fields = ("visit_date", "visit_method", "visit_target")
    world.expect("J11", "与在外的父亲面谈", rows=[row], fields=fields, severity="notice")


def j12(world: World) -> None:
    for unit, field in (
        ("珠岩村", "visit_visitor"),
        ("云台镇中心小学", "visit_content"),
        ("清水乡", "visit_sign"),
    ):
        (row,) = world.take(
            "visits",
            1,
            where=lambda r, u=unit: r.book.unit == u and r.values.get("visit_kind", "家访") == "家访",
            siblings=True,
        )
        put(row, **{field: ""})
        world.expect("J12", f"{field}空白", rows=[row], fields=(field,))
    (register,) = [b for b in world.of("visits") if b.unit == "双龙井村"]
    register.columns = [c for c in register.columns if c.field != "visit_sign"]
    world.expect("J12", "没有监护人签字栏", book=register, fields=("visit_sign",))


def j13(world: World) -> None:
    for row in world.take(
        "visits",
        3,
        where=lambda r: r.values.get("visit_kind") == "家访" and child_of(r).grade > 0,
        siblings=True,
    ):
        child = child_of(row)
        for each in _visits(world, child):
            if each.values.get("visit_kind") == "心理健康辅导":
                each.sheet.rows.remove(each)
        poor_care(world, child)
        one_to_one(world, rows_of(world, child))
        world.expect(
            "J13", "监护差，本学期没有心理辅导", rows=[row_in(world, "roster", child)], fields=("child_name",)
        )


def j14(world: World) -> None:
    for at, (problem, result) in enumerate(
        (("厌学，常迟到", ""), ("房屋漏雨", "正在协调民政所"), ("与同学打架", ""))
    ):
        row = _of_september(world)
        put(_only(world, row), visit_problem=problem, visit_result=result, visit_date=date(2026, 9, 8 + at))
        rows = [row]
        if at == 2:  # told again, and nothing done
            again = row.values | {
                "visit_date": date(2026, 9, 25),
                "visit_problem": "仍与同学打架",
                "visit_content": found(child_of(row), 9),
            }
            rows.append(Row(child_of(row), again, row.sheet))
            row.sheet.rows.append(rows[-1])
        for one in rows:
            fields = (
                ("visit_date", "visit_problem", "visit_result") if result else ("visit_date", "visit_problem")
            )
            world.expect("J14", problem, rows=[one], fields=fields)
    _asked(world)
    row = _of_september(world)
    put(row, visit_problem="夜里怕黑", visit_result="")
    settled = row.values | {
        "visit_date": date(2026, 10, 20),
        "visit_problem": "无",
        "visit_result": "已换新灯，情绪好转",
    }
    row.sheet.rows.append(Row(child_of(row), settled | {"visit_content": found(child_of(row), 9)}, row.sheet))
    row.note = "J14-lawful"


def _asked(world: World) -> None:
    """What two families asked for in September, and nobody speaks of in October."""
    for row, wish in zip(
        _of(world, "清水乡", 2, small=True), ("希望申请临时救助", "请求修缮住房"), strict=True
    ):
        later = row.values | {"visit_content": found(child_of(row), 9)}
        put(_only(world, row), visit_date=date(2026, 9, 14), visit_problem="无", visit_request=wish)
        put(row, visit_result="待乡民政办核实")
        row.sheet.rows.append(
            Row(child_of(row), later | {"visit_problem": "无", "visit_result": "—"}, row.sheet)
        )
        fields = ("visit_date", "visit_request", "visit_result")
        world.expect("J14", wish, rows=[row], fields=fields)


def newest_elsewhere(world: World) -> None:
    """The village came in August, the leaders of the township in October: their register is another."""
    rows = _of(world, "珠岩村", 3)
    made = book("visits", "白石镇/白石镇领导走访记录.xlsx", "白石镇", "白石镇主要领导走访留守儿童记录", VILLAGE_VISITS,
                填报单位="白石镇人民政府", 填报日期="2026年10月28日")  # fmt: skip
    sheet = Sheet("走访记录", made)
    for at, row in enumerate(rows):
        child = child_of(row)
        put(_only(world, row), visit_date=date(2026, 8, 4 + at))
        by = {"visit_date": date(2026, 10, 21), "visit_visitor": "王建国", "visit_role": "镇党委书记"}
        sheet.rows.append(Row(child, row.values | by | {"visit_content": found(child, 4)}, sheet))
        if child.grade < 1:
            child.trap = "最近一次走访在另一台账"
        row.note = "J08-lawful"
    made.sheets.append(sheet)
    world.books.append(made)


ALL = (j07, j08, j09, j10, j11, j12, j13, j14, newest_elsewhere)

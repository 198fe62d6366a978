"""What is owed to children to be looked after first: a helper of their own, visits by the leaders, counselling.

Defects of other rules make children such (无人监护, 服刑 …). So that the rules on help and visits stay silent on them, every
family that a defect has touched gets all of it; but not where the defect is one of these rules' own.
"""

from __future__ import annotations

from random import Random

from sample_data.generate.alike import ODDITIES
from sample_data.generate.names import Names
from sample_data.generate.people import Child
from sample_data.generate.sheet import Row
from sample_data.generate.views.visits import counselling
from sample_data.generate.views.wording import found
from sample_data.generate.world import World

_LEADERS = {
    "白石镇": "王建国", "清水乡": "罗文彬", "云台镇": "龙在田", "响石乡": "陆朝阳", "梨园镇": "高志远", "望溪乡": "田景明",
}  # fmt: skip

_HELPED = ODDITIES[2]  # helped by the officer for children, and that is lawful


def look_after(world: World) -> None:
    rows: dict[int, list[Row]] = {}
    for book in world.books:
        for row in book.rows:
            if row.child is not None:
                rows.setdefault(id(row.child.family), []).append(row)
    for own in rows.values():
        notes = {row.note for row in own if row.note}
        marked = any("事实无人抚养" in str(row.values.get("special", "")) for row in own)
        if (notes or marked) and not any(note.startswith(("J", "H06")) for note in notes):
            for child in dict.fromkeys(row.child for row in own if row.child is not None):
                look_after_child(world, child, [row for row in own if row.child is child])


def look_after_child(world: World, child: Child, rows: list[Row], helper: bool = True) -> None:
    """``helper``: with a helper of the household's own."""
    if helper and child.trap != _HELPED:
        one_to_one(world, rows)
    visited = {id(row.sheet): row for row in rows if row.book.kind == "visits"}
    for row in visited.values():
        if "visit_kind" in row.values and row.book.has("visit_kind"):
            row.sheet.rows.append(Row(child, row.values | _counselled(child, row), row.sheet))
        elif row.book.has("visit_role"):
            town = child.family.township
            by_leader = {
                "visit_visitor": _LEADERS[town], "visit_content": found(child, 5),
                "visit_role": "镇党委书记" if town.endswith("镇") else "乡党委书记",
                "visit_problem": "无", "visit_result": "—" if row.book.has("visit_problem") else "已反馈家长",
            }  # fmt: skip
            row.sheet.rows.append(Row(child, row.values | by_leader, row.sheet))


def _counselled(child: Child, row: Row) -> dict[str, object]:
    own = ("visit_kind", "visit_sign", "visit_result", "visit_problem", "visit_date")
    return {key: counselling(child)[key] for key in own} | {"visit_content": found(child, 6)}


def one_to_one(world: World, rows: list[Row]) -> None:
    """A helper nobody else has, the same for all children of the household."""
    child = next(row.child for row in rows if row.child is not None)
    name, phone = new_helper(world, f"{child.family.township}{child.family.key}")
    for row in rows:
        if row.book.kind in ("roster", "village_book", "helpers"):
            row.values |= {"helper_name": name, "helper_phone": phone}
            if row.book.kind == "helpers":
                row.values |= {"helper_unit": f"{child.family.township}人民政府", "helper_post": "包村干部"}


def new_helper(world: World, seed: str) -> tuple[str, str]:
    """A name and a telephone nobody else has."""
    rng = Random(f"helper/{seed}")
    names = world.taken_names()
    name = Names(rng, names).adult(rng.choice("男女"))
    while True:
        phone = f"137{rng.randrange(10**7, 10**8)}"
        if phone[:9] not in names and phone[3:5] != "00" and len(set(phone[3:9])) > 3:
            names.add(phone[:9])
            return name, phone

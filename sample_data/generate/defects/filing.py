"""Boxes to tick and files kept.

=====  =========================================================================================
B09    two boxes ticked in a roster, none in another, two in a village book
B10    no counselling; neither visits nor help; no agreement; two children without a file
=====  =========================================================================================
"""

from __future__ import annotations

from sample_data.generate.defects.tools import child_of, put
from sample_data.generate.sheet import Raw, Row
from sample_data.generate.views.filing import PAPERS
from sample_data.generate.world import World


def b09(world: World) -> None:
    for kind, field, text, what in (
        ("roster", "health", "健康( √ )残疾( √ )患病( )", "身体情况勾了两项"),
        ("roster", "hukou_registered", "是( )否( )", "是否登记户口没有勾选"),
        ("village_book", "health", "☑健康 ☑患病 □残疾", "身体情况勾了两项"),
    ):
        (row,) = world.take(kind, 1, field)
        world.expect("B09", what, rows=[put(row, **{field: Raw(text)})], fields=(field,))


def _free(world: World, part: str, count: int) -> list[list[Row]]:
    """Rows of ``count`` children of a directory that no defect speaks of."""
    (book,) = (b for b in world.of("file_list") if part in b.path)
    found: dict[str, list[Row]] = {}
    for row in book.rows:
        child = child_of(row)
        if not child.trap and child.family.kind == "both" and child.family.key not in world.used:
            found.setdefault(child.id_no, []).append(row)
    taken = list(found.values())[:count]
    assert len(taken) == count, part
    world.used |= {child_of(rows[0]).family.key for rows in taken}
    return taken


def b10(world: World) -> None:
    blank = (("file_counselling",), ("file_visits", "file_help"))
    for (row,), fields in zip(_free(world, "马鞍山村", 2), blank, strict=True):
        put(row, **dict.fromkeys(fields, ""))
        world.expect("B10", "目录中没有打勾", rows=[row], fields=tuple(PAPERS))
    lacking, *gone = _free(world, "高原村", 3)
    (agreement,) = (r for r in lacking if "协议" in str(r.values["file_name"]))
    agreement.sheet.rows.remove(agreement)
    lacking.remove(agreement)
    world.expect("B10", "没有委托监护协议书", rows=lacking[:1], fields=("file_name",))
    children = [child_of(rows[0]) for rows in gone]
    for rows in gone:
        for row in rows:
            row.sheet.rows.remove(row)
    listed = [r for b in world.of("village_book") for r in b.rows if r.child in children]
    world.expect("B10", "两名儿童没有建档", rows=listed, fields=("child_name",))


ALL = (b09, b10)

"""Statistics tables: K01–K06, K08, K09.

=====  =========================================================================================
K01    boys and girls, or the grades, are not the total
K02    合计 is not the sum of the townships
K03    children counted twice, over sixteen, missing from the roster, in the wrong band, left out
K04    the county's line is not the township's; a village's table is not its line in the township's
K05    12人, −3, full-width digits
K06    bounds of the age bands a year off; nominal ages
K08    percentages of another number, or rounded wrongly
K09    fewer rural minors than left-behind children
=====  =========================================================================================

The tables are made last, from rosters with all their defects. Their issues come and go with them (``World.across``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from sample_data.generate.people import AS_OF, years
from sample_data.generate.sheet import Num, Raw, Row
from sample_data.generate.tally import Counted, counted
from sample_data.generate.views.statistics import Table
from sample_data.generate.world import Expected, World

Tables = dict[str, Table]


def _expect(
    world: World, rule: str, note: str, rows: Sequence[Row], *, side: bool = False, says: str = ""
) -> None:
    number = world.counts[f"statistics {rule}"] = world.counts.get(f"statistics {rule}", 0) + 1
    world.across.append(Expected(rule, f"{rule}-{number}", note, list(rows), side=side, says=says))


def _child(row: Row) -> Counted:
    assert row.child is not None
    written = row.values.get("birth_date")
    found = counted(row, row.child, written if isinstance(written, date) else row.child.birth)
    return replace(
        found, age=min(found.age, 15)
    )  # a clerk who counts who is sixteen puts him into the last band


def k03(world: World, tables: Tables) -> None:
    for town, village, what in (
        ("梨园镇", "梨花村", "again"), ("云台镇", "落水洞村", "old"), ("白石镇", "石桥村", "old"),
    ):  # fmt: skip
        table = tables[f"town/{town}"]
        rows = getattr(table, what)[village]
        table.count(village, [*table.counted[village], *map(_child, rows)])
        note = "重复登记的也数了" if what == "again" else "已满16周岁的也数了"
        _expect(
            world,
            "K03",
            note,
            [table.line(village), *rows],
            says="重复登记" if what == "again" else "已满16周岁",
        )
    _missing(world, tables)
    _wrong_band(world, tables["town/白石镇"], "大坪子村")


def _missing(world: World, tables: Tables) -> None:
    """A child of the village's book whom the roster lacks."""
    listed = {id(r.child) for b in world.of("roster") for r in b.rows}
    book_of = [
        r
        for b in world.of("village_book")
        for r in b.rows
        if r.child is not None and id(r.child) not in listed
    ]
    row = next(
        r for r in book_of if not r.again and years(r.child.birth, AS_OF) < 16 and r.note.startswith("F01")
    )  # type: ignore[union-attr]
    family = row.child.family  # type: ignore[union-attr]
    table = tables[f"town/{family.township}"]
    table.count(family.village, [*table.counted[family.village], _child(row)])
    _expect(world, "K03", "花名册漏登的也数了", [table.line(family.village), row], says="仅登记在")


def _wrong_band(world: World, table: Table, village: str) -> None:
    """Whoever turned 14 last is still counted with the younger."""
    people = table.counted[village]
    found = max((c for c in people if c.age == 14), key=lambda c: c.row.child.birth)  # type: ignore[union-attr]
    table.count(village, [replace(c, age=13) if c is found else c for c in people])
    _expect(world, "K03", "刚满14周岁的仍算在6-13岁", [table.line(village), found.row], says="年龄在界线上")


def k06(world: World, tables: Tables) -> None:
    moves: tuple[tuple[str, str, str, Callable[[int], int]], ...] = (
        ("云台镇", "茶园村", "13/14", lambda age: 13 if age == 14 else age),
        ("响石乡", "斗篷山村", "5/6", lambda age: 5 if age == 6 else age),
        ("望溪乡", "麻窝村", "虚岁", lambda age: min(age + 1, 15)),
    )
    for town, village, says, move in moves:
        table = tables[f"town/{town}"]
        people = table.counted[village]
        table.count(village, [replace(c, age=move(c.age)) for c in people])
        crossing = [c.row for c in people if _band(c.age) != _band(move(c.age))]
        _expect(world, "K06", f"年龄段界线错位（{says}）", [table.line(village), *crossing], says=says)


def _band(age: int) -> int:
    return (age > 5) + (age > 13)


def k04(world: World, tables: Tables) -> None:
    county = tables["county"]
    towns = {t.book.unit: t for name, t in tables.items() if name.startswith("town/")}
    for name, town in towns.items():  # what the townships handed in, right or wrong
        for at in range(len(county.figures)):
            lines = [r for r in town.sheet.rows if r.values["unit"] != "合计"]
            county.line(name).values[f"f{at}"] = sum(int(str(r.values[f"f{at}"])) for r in lines)
    county.add_up()
    _minors_follow(tables)
    for name, more in (("响石乡", 2), ("望溪乡", 1), ("清水乡", 3)):
        line, people = county.line(name), towns[name].counted
        one = next(c for line_ in people.values() for c in line_ if c.stage == "小学" and c.health == "健康")
        for at, figure in enumerate(county.figures):
            if figure.test(one):
                line.values[f"f{at}"] = int(str(line.values[f"f{at}"])) + more
        rows = [line, towns[name].line("合计"), tables["minors"].line(name)]
        if name == "清水乡":  # two of its children stand in no village, which the summary counts all the same
            rows += _otherwise(
                tables["survey"], [(county, line), (towns[name], rows[1]), (tables["minors"], rows[2])]
            )
        _expect(world, "K04", "县表与乡镇表不一致", rows)
    county.add_up()
    rows = [tables["town/清水乡"].line("清塘村"), tables["village/清塘村"].line("清塘村")]
    _expect(world, "K04", "村级台账与花名册相差两人", rows, side=True)


def _otherwise(survey: Table, others: Sequence[tuple[Table, Row]]) -> list[Row]:
    """Lines of the summary of which another table says something else."""
    found = []
    for row in survey.sheet.rows:
        header = {"数量": "合计", "较好": "监护情况/较好", "一般": "监护情况/一般", "差": "监护情况/差"}.get(
            str(row.values["b"] or row.values["a"]), f"{row.values['b']}"
        )
        for table, line in others:
            fields = {f"{f.group}/{f.header}".strip("/"): f"f{at}" for at, f in enumerate(table.figures)}
            field = fields.get(header) or fields.get(f"{header}/小计")
            value = table.book.unit != "清水乡" and field and line.values[field]
            if table.book.unit == "清水乡" and field:
                lines = [r for r in table.sheet.rows if r.values["unit"] != "合计"]
                value = sum(int(str(r.values[field])) for r in lines)
            if field and value != row.values["n"] and row not in found:
                found.append(row)
    return found


def _minors_follow(tables: Tables) -> None:
    """Total, boys and girls as the townships have them."""
    minors, county = tables["minors"], tables["county"]
    for row in minors.sheet.rows:
        name = str(row.values["unit"])
        source = county.line(name)
        bands = ("0-5岁", "6-13岁", "14-16岁")
        row.values["f0"] = source.values[county.at("合计")]
        for field, leaf in (("f1", "男"), ("f2", "女")):
            row.values[field] = sum(int(str(source.values[county.at(f"{b}/{leaf}")])) for b in bands)


def k01(world: World, tables: Tables) -> None:
    table = tables["bureau/0"]
    for town, header, more in (("响石乡", "男", 2), ("梨园镇", "三年级", -1), ("望溪乡", "八年级", 1)):
        line, field = table.line(town), table.at(header)
        line.values[field] = int(str(line.values[field])) + more
        _expect(world, "K01", f"“{header}”多（少）了", [line])
    table.add_up()
    rows = [table.line("合计"), tables["schools"].line("合计")]
    _expect(world, "K04", "分乡镇表与分校表不一致", rows, side=True)


def bureau(world: World, tables: Tables) -> None:
    """K02, K05 and K08, one of each in every table of the bureau with percentages."""
    for at, (bad, town) in enumerate((("12人", "白石镇"), (Num(-3), "云台镇"), (Raw("１５"), "清水乡")), 1):
        table = tables[f"bureau/{at}"]
        total = table.line("合计")
        for field, more in (("f0", 10), ("f1", 5), ("f2", 5)):
            total.values[field] = int(str(total.values[field])) + more
        for field in ("male_share", "female_share"):
            of = int(str(total.values["f1" if field == "male_share" else "f2"]))
            total.values[field] = Num(round(100 * of / int(str(total.values["f0"])), at - 1))
        _expect(world, "K02", "合计多加了10", [total])
        line = table.line(town)
        line.values["f2"] = bad if isinstance(bad, (Num, Raw)) else Raw(bad)
        line.values["female_share"] = ""
        if at == 3:  # full-width digits are read: the line must balance all the same
            line.values["f2"] = Raw(
                str(int(str(line.values["f0"])) - int(str(line.values["f1"]))).translate(_WIDE)
            )
        _expect(world, "K05", "不是人数", [line])
        wrong = table.line("响石乡")
        share = wrong.values["male_share"]
        assert isinstance(share, Num)
        wrong.values["male_share"] = Num(round(share.value + 3, at - 1))
        _expect(world, "K08", "占比算错", [wrong])


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def k09(world: World, tables: Tables) -> None:
    table = tables["minors"]
    for town in ("云台镇", "响石乡", "梨园镇"):
        line = table.line(town)
        line.values["minors"] = int(str(line.values["f0"])) - 7
        _expect(world, "K09", "比农村户籍未成年人还多", [line])
    total = table.line("合计")
    total.values["minors"] = sum(int(str(r.values["minors"])) for r in table.sheet.rows[:-1])


def plant_statistics(world: World, tables: Tables) -> None:
    """Every defect of the tables, and what follows of the registers' own."""
    for step in (k03, k06, k04, k01, bureau, k09):
        step(world, tables)

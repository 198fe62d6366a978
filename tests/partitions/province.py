"""A small invented province: three counties of two townships each, made by the generator of the sample county.

Children, parents and telephones stand in several counties, in several townships of one and twice in one list; values are
blank or wrong here and there; every county has statistics tables, the third no county file. Their townships bear the
same names.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from sample_data.generate.county_file import county_file
from sample_data.generate.places import COUNTY, TOWNSHIPS
from sample_data.generate.register import build, schools_with_ledger
from sample_data.generate.sheet import Row
from sample_data.generate.views.registers import orphan_list, rosters, village_books
from sample_data.generate.views.schools import exports, ledgers
from sample_data.generate.views.statistics import statistics
from sample_data.generate.world import World

COUNTIES = ("丙山县", "乙水县", "甲林县")
TOWNS = ("白石镇", "清水乡")
CHILD = ("child_name", "sex", "birth_date", "id_no", "father_name", "mother_name")
MOTHER = ("mother_name", "mother_id", "mother_birth", "mother_phone")
FATHER = ("father_name", "father_id", "father_phone")


def make_province(root: Path, per_village: int = 4) -> None:
    """Write the province below ``root``."""
    worlds = {name: _county(number, per_village) for number, name in enumerate(COUNTIES)}
    _shared(list(worlds.values()))
    for number, (name, world) in enumerate(worlds.items()):
        _spoil(world, Random(number))
        _rename(world, name)
        world.save(root / name)
        if number != 2:
            text = county_file([*TOWNS]).replace(COUNTY, name).replace("qinghe-sample", f"salt of {name}")
            (root / name / "lbt-audit.toml").write_text(text, encoding="utf-8")
    (root / "说明.txt").write_text("各县十月材料", encoding="utf-8")


def _county(seed: int, per_village: int) -> World:
    townships = {town: TOWNSHIPS[town] for town in TOWNS}
    register = build(31 + seed, townships, per_village, False)
    schools = schools_with_ledger(townships)
    world = World(register, [
        *rosters(register, [*TOWNS]),
        *village_books(register, [*TOWNS]),
        *ledgers(register, schools),
        *exports(register, schools),
        orphan_list(register),
    ])  # fmt: skip
    statistics(world)
    return world


def _rows(world: World, kind: str) -> list[Row]:
    return [row for book in world.of(kind) for row in book.rows if row.child is not None]


def _copy(source: Row, target: Row, fields: tuple[str, ...]) -> None:
    for field in fields:
        if source.book.has(field) and target.book.has(field):
            target.values[field] = source.values.get(field)


def _shared(worlds: list[World]) -> None:
    """What stands in two or three counties; the same again between the townships of one."""
    rosters = [_rows(world, "roster") for world in worlds]
    pupils = [_rows(world, "enrolment") for world in worlds]
    for at, (one, other) in enumerate([(0, 1), (1, 2), (0, 2), (0, 0), (1, 1), (2, 2)]):
        left, right = rosters[one], rosters[other]
        _copy(left[3 + at], right[-4 - at], CHILD)
        _copy(left[10 + at], right[-12 - at], MOTHER)
        _copy(left[17 + at], right[-20 - at], FATHER)
        _copy(pupils[one][5 + at], pupils[other][-6 - at], ("child_name", "id_no", "birth_date"))
    for rows in rosters:  # one person, one telephone everywhere
        _copy(rosters[0][0], rows[-1], MOTHER)
        for row in rows[24:27]:
            row.values["guardian_phone"] = "13885721201"


def _spoil(world: World, random: Random) -> None:
    """Blank, wrong and doubled entries."""
    for kind in ("roster", "village_book", "school_ledger", "enrolment"):
        rows = _rows(world, kind)
        for row in random.sample(rows, len(rows) // 8):
            field = random.choice([f for f in row.values if row.values[f] not in (None, "")])
            row.values[field] = random.choice(["", "不详", "2026-13-45", f"{row.values[field]}1"])
    for book in world.of("roster"):
        again = random.choice(book.rows)
        book.sheets[0].rows.append(Row(again.child, dict(again.values), book.sheets[0]))


def _rename(world: World, county: str) -> None:
    for book in world.books:
        book.facts = {label: text.replace(COUNTY, county) for label, text in book.facts.items()}
        book.title, book.path = book.title.replace(COUNTY, county), book.path.replace(COUNTY, county)
        for row in book.rows:
            for field, value in row.values.items():
                if isinstance(value, str):
                    row.values[field] = value.replace(COUNTY, county)

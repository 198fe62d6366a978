"""The two sample counties: 青禾 with known defects, and a small one in which nothing is wrong."""

from __future__ import annotations

import pickle
from collections import Counter
from functools import cache
from pathlib import Path

from sample_data.generate.across import follow_across
from sample_data.generate.beside import follow_beside
from sample_data.generate.care import look_after
from sample_data.generate.county_file import county_file
from sample_data.generate.defects import plant_all
from sample_data.generate.defects.pupils_forms import plant_forms
from sample_data.generate.defects.statistics import plant_statistics
from sample_data.generate.places import TOWNSHIPS
from sample_data.generate.previous import explain, write_previous
from sample_data.generate.register import build, schools_with_ledger
from sample_data.generate.truth import to_json
from sample_data.generate.views.agreements import agreements
from sample_data.generate.views.filing import directories
from sample_data.generate.views.records import records
from sample_data.generate.views.registers import orphan_list, rosters, village_books
from sample_data.generate.views.schools import exports, ledgers
from sample_data.generate.views.statistics import statistics
from sample_data.generate.views.timely import timely
from sample_data.generate.world import World

ROOT = Path(__file__).parents[1]
CLEAN = ("白石镇", "清水乡")


def make(name: str, defects: bool = True) -> World:
    """``qinghe`` (with defects, unless ``defects`` is false) or ``clean``, ready to be saved, and the caller's to change."""
    world: World = pickle.loads(_made(name, defects))
    return world


@cache
def _made(name: str, defects: bool) -> bytes:
    """Kept as bytes: the story of the periods begins with the same county again and again."""
    everything = name == "qinghe"
    townships = {t: v for t, v in TOWNSHIPS.items() if everything or t in CLEAN}
    register = build(20261031 if everything else 20261030, townships, 28 if everything else 9, everything)
    schools = schools_with_ledger(townships)
    world = World(register, [
        *rosters(register, [*townships]),
        *village_books(register, [*townships]),
        *ledgers(register, schools),
        *exports(register, schools),
        orphan_list(register),
        *records(register, [*townships]),
        *agreements(register, [*townships]),
        *directories(register, [*townships]),
        *timely(register, [*townships]),
    ])  # fmt: skip
    if everything and defects:
        plant_all(world)
        look_after(world)
        follow_across(world)
        follow_beside(world)
        world.every_aim_is_reached()
        plant_forms(world)
    tables = statistics(world)
    if everything and defects:
        plant_statistics(world, tables)
        explain(world)
    world.extras["lbt-audit.toml"] = county_file([*townships]).encode()
    return pickle.dumps(world)


def generate(root: Path = ROOT) -> dict[str, World]:
    """Write both counties, September's statistics of the first, and their truth under ``root``."""
    worlds = {}
    for name in ("qinghe", "clean"):
        world = worlds[name] = make(name)
        world.save(root / name)
        (root / ("truth.json" if name == "qinghe" else "truth_clean.json")).write_text(
            to_json(world), "utf-8"
        )
    write_previous(worlds["qinghe"], root)
    return worlds


def summary(worlds: dict[str, World]) -> str:
    """What was made, for people."""
    lines = []
    for name, world in worlds.items():
        register = world.register
        lines.append(
            f"{name}: {len(world.books)} books, {len(world.extras)} other files, {len(register.families)} families, "
            f"{len(register.children)} children, {len(register.pupils)} other pupils, {len(register.orphans)} orphans"
        )
        for kind in dict.fromkeys(b.kind for b in world.books):
            books = world.of(kind)
            lines.append(f"  {kind}: {len(books)} books, {sum(len(b.rows) for b in books)} rows")
        rules = Counter(e.rule for e in [*world.expected, *world.across])
        planted = Counter(e.rule for e in [*world.expected, *world.across] if not e.side)
        lines.append(f"  {len(world.expected) + len(world.across)} expected issues of {len(rules)} rules:")
        lines.append("  " + " ".join(f"{r}:{planted[r]}+{n - planted[r]}" for r, n in sorted(rules.items())))
    return "\n".join(lines)

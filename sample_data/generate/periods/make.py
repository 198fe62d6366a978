"""Writing the later periods, the replies and their truth."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

from sample_data.generate.county_file import county_file
from sample_data.generate.layout import lay_out
from sample_data.generate.periods.changes import changes
from sample_data.generate.periods.keys import fingerprints
from sample_data.generate.periods.reckon import Course, courses, run, waived
from sample_data.generate.periods.replies import returned
from sample_data.generate.periods.story import DAYS, SECOND, THIRD
from sample_data.generate.periods.truth import to_json, truth
from sample_data.generate.periods.worlds import first, later
from sample_data.generate.places import TOWNSHIPS

NAMES = ("periods", "replies", "truth_periods.json")
_FORM_DAYS = {SECOND: date(2026, 12, 20), THIRD: date(2027, 1, 20)}


def generate(root: Path) -> list[Course]:
    """Write ``periods/``, ``replies/`` and ``truth_periods.json`` under ``root``, anew."""
    for name in NAMES[:2]:
        shutil.rmtree(root / name, ignore_errors=True)
    world, _ = first()
    with tempfile.TemporaryDirectory() as folder:
        world.save(Path(folder))
        keys = fingerprints(world, Path(folder))
    worlds = [later(period)[0] for period in (1, 2)]
    told = courses()
    used, unused = waived(told)
    for world, day in zip(worlds, DAYS[1:], strict=True):
        text = county_file([*TOWNSHIPS], day, _FORM_DAYS[day])
        text += _waiver(keys[used.at], used, "父母在外暂联系不上，返乡后核实") + _waiver(
            keys[unused.at], unused, "资料待补"
        )
        world.extras["lbt-audit.toml"] = text.encode()
        world.save(root / "periods" / f"{day:%Y-%m}")
    before = run(told)  # deadlines, for the workbooks
    files = returned(before, keys)
    for file in files:
        target = root / "replies" / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    run(told)
    months = [first()[0], *worlds]
    for sheet in [s for b in months[0].books for s in b.sheets]:
        lay_out(sheet)  # numbers the rows
    moved = {f"{DAYS[at]:%Y-%m}": changes(months[at - 1], months[at], at, DAYS[at]) for at in (1, 2)}
    text = to_json(truth(told, files, dict(enumerate(keys)), moved))
    (root / "truth_periods.json").write_text(text, "utf-8")
    return told


def _waiver(key: str, course: Course, reason: str) -> str:
    if not key:
        raise LookupError(f"no issue for {course.defect}")
    return (
        f'\n[[waivers]]\nissue = "{key}"\nreason = "{reason}"\napproved_by = "县民政局"\n'
        f"until = {course.waived_until}\n"
    )

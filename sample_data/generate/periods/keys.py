"""The numbers of the planted issues: what the engine calls them, which the units' replies must repeat."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from lbt_audit.config.load import load_county
from lbt_audit.engine.audit import Audit
from lbt_audit.engine.request import Request
from lbt_audit.engine.run import audit
from sample_data.generate.world import Expected, World

Place = tuple[str, int | None]


def places(expected: Expected) -> tuple[Place, ...]:
    """File and row of every record; row None for sheets and files."""
    found: set[Place] = {(row.book.path, row.number) for row in expected.rows}
    if not found:
        book = expected.book or (expected.sheet.book if expected.sheet is not None else None)
        found = {(book.path if book is not None else expected.path, None)}
    return tuple(sorted(found, key=str))


def fingerprints(world: World, folder: Path) -> list[str]:
    """One per issue of ``world.expected``, whose files stand in ``folder``; "" where nothing is found."""
    result = audit(Request((folder,), county=load_county(folder / "lbt-audit.toml"), jobs=1))
    by_place = _by_place(result)
    found = []
    for expected in world.expected:
        key = (expected.rule, places(expected))
        waiting = by_place.get(key) or by_place.get((expected.rule, tuple((p, None) for p, _ in key[1])), [])
        found.append(waiting.pop(0) if waiting else "")
    return found


def _by_place(result: Audit) -> dict[tuple[str, tuple[Place, ...]], list[str]]:
    where: dict[int, set[Place]] = defaultdict(set)
    columns = result.locations.select(["issue", "path", "row"]).to_pydict()
    for issue, path, row in zip(columns["issue"], columns["path"], columns["row"], strict=True):
        where[issue].add((path, row))
    found: dict[tuple[str, tuple[Place, ...]], list[str]] = defaultdict(list)
    issues = result.issues.select(["rule", "fingerprint"]).to_pydict()
    for at, (rule, fingerprint) in enumerate(zip(issues["rule"], issues["fingerprint"], strict=True)):
        cells = where[at]
        found[rule, tuple(sorted(cells, key=str))].append(fingerprint)
        if rule.startswith(("A", "B11")):  # of the whole file or sheet, though a cell is shown
            found[rule, tuple(sorted({(p, None) for p, _ in cells}, key=str))].append(fingerprint)
    return found

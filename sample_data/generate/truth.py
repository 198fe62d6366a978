"""``truth.json``: every issue an audit of the county must find, and the traps on which it must be silent.

``issues``: one entry per rule and record, group of records, sheet or file: ``rule``, ``path``,
``sheet`` (null: the file), ``rows`` (as the spreadsheet shows them; [] for sheets and files; those of
several sheets are told apart under ``locations``; ``unit``: what it is about where no file is pointed at),
``fields``, ``defect`` (id of the planted defect),
``kind`` (planted | side_effect), ``severity`` where it is not the rule's own, ``says`` (words the issue
must use: the kind of difference between two names), ``note``.
``traps``: ``name`` and the rows, none of which may have an issue that is not under ``issues``.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any

from sample_data.generate.sheet import Row
from sample_data.generate.world import Expected, World


def _place(row: Row) -> tuple[str, str]:
    return row.book.path, row.sheet.name


def locations(rows: list[Row]) -> list[dict[str, Any]]:
    ordered = sorted(rows, key=lambda r: (*_place(r), r.number))
    return [
        {"path": path, "sheet": sheet, "rows": sorted({r.number for r in members})}
        for (path, sheet), members in ((k, [*g]) for k, g in groupby(ordered, key=_place))
    ]


def entry(expected: Expected, world: World) -> dict[str, Any]:
    """One issue as JSON."""
    found: dict[str, Any] = {"rule": expected.rule, "path": expected.path or None, "sheet": None, "rows": []}
    if expected.rows:
        places = locations(expected.rows)
        found |= places[0]
        if len(places) > 1:
            found["locations"] = places
    elif expected.books:
        found["path"] = expected.books[0].path
        found["locations"] = [{"path": b.path, "sheet": None, "rows": []} for b in expected.books]
    elif expected.sheet is not None:
        found |= {"path": expected.sheet.book.path, "sheet": expected.sheet.name}
    elif expected.book is not None:
        found["path"] = expected.book.path
    elif expected.unit:
        found["unit"] = expected.unit
    found |= {
        "fields": list(expected.fields),
        "defect": expected.defect,
        "kind": "side_effect" if expected.side else "planted",
        "note": expected.note,
    }
    if expected.severity:
        found["severity"] = expected.severity
    if expected.says:
        found["says"] = expected.says
    if not expected.side:
        effects = sorted(
            {e.rule for e in [*world.expected, *world.across] if e.side and e.defect == expected.defect}
        )
        if effects:
            found["side_effects"] = effects
    return found


def truth(world: World) -> dict[str, Any]:
    issues = [entry(e, world) for e in [*world.expected, *world.across]]
    issues.sort(key=lambda e: (e["rule"], e["path"] or "", e["sheet"] or "", e["rows"], e["defect"]))
    traps: dict[str, list[Row]] = {}
    for book in world.books:
        for row in book.rows:
            if row.child is not None and row.child.trap:
                traps.setdefault(row.child.trap, []).append(row)
    return {
        "as_of": "2026-10-31",
        "issues": issues,
        "traps": [{"name": name, "locations": locations(rows)} for name, rows in sorted(traps.items())],
    }


def to_json(world: World) -> str:
    """Indented, but every issue and every place on a line of its own."""
    data = truth(world)
    lines = ["{", f' "as_of": "{data["as_of"]}",']
    for key in ("issues", "traps"):
        body = ",\n".join("  " + json.dumps(e, ensure_ascii=False) for e in data[key])
        lines.append(f' "{key}": [\n{body}\n ]' + ("," if key == "issues" else ""))
    return "\n".join([*lines, "}", ""])

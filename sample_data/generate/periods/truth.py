"""``truth_periods.json``: how the planted issues must stand after every step of the story.

``rules``: the codes it speaks of (the planted ones; rules that compare lists find further differences
that follow from the same defects). ``steps``: per step the counts of every status, ``expired`` (issues
not closed whose waiver has run out), and the same by responsible unit. ``replies``: what the reply
workbooks come to. ``waivers``: per period. ``issues``: those of the two townships that hand in
again, with their fate (``story.FATES``) and the status after each step; ``overdue`` and ``expired``
are told beside the status. ``changes``: what comparing a month with the one before (``--previous``) must tell, and
nothing else (``changes.Change``).
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from sample_data.generate.periods.changes import Change
from sample_data.generate.periods.reckon import Course, counts
from sample_data.generate.periods.replies import Returned
from sample_data.generate.periods.story import DAYS, REPLIED, of_township
from sample_data.generate.periods.worlds import books_of
from sample_data.generate.truth import locations

STEPS = (("check", DAYS[0]), ("reply", REPLIED), ("recheck", DAYS[1]), ("recheck", DAYS[2]))
# comparisons of lists, what is owed to children, statistics not handed in again, rules on the ledger itself
NOT_TOLD = ("F", "J", "K", "L")


def told(course: Course) -> bool:
    return not course.expected.rule.startswith(NOT_TOLD)


def truth(
    courses: list[Course], files: list[Returned], keys: dict[int, str], moved: dict[str, list[Change]]
) -> dict[str, Any]:
    mine = [c for c in courses if told(c)]
    units = sorted({c.responsible for c in mine})
    answered = [c for c in courses if c.reply and not c.refused]
    return {
        "rules": sorted({c.expected.rule for c in mine}),
        "steps": [
            {
                "step": step,
                "day": day.isoformat(),
                "counts": dict(sorted(counts(mine, at).items())),
                "units": {
                    u: dict(sorted(counts([c for c in mine if c.responsible == u], at).items()))
                    for u in units
                },
            }
            for at, (step, day) in enumerate(STEPS)
        ],
        "replies": {
            "files": [f.path for f in files],
            "entered": len(answered),
            "claims": sum(c.reply == "done" for c in answered),
            "refused": [f.refused for f in files if f.refused],
        },
        "waivers": [
            {"issue": keys[c.at], "until": c.waived_until.isoformat(), "used": c.present[1]}
            for c in courses
            if c.waived_until is not None
        ],
        "changes": [
            {"period": period, **asdict(change)} for period, found in moved.items() for change in found
        ],
        "issues": [
            _issue(c, keys[c.at] if c.present[0] else "")
            for c in mine
            if any(map(of_township, books_of(c.expected)))
        ],
    }


def _issue(course: Course, key: str) -> dict[str, Any]:
    expected = course.expected
    place: dict[str, Any] = {"path": None, "rows": []}
    if expected.rows:
        place = locations(expected.rows)[0]
    elif books_of(expected):
        place = {"path": books_of(expected)[0].path}
    return {
        "issue": key, "rule": expected.rule, "unit": course.responsible, **place, "defect": course.defect,
        "note": expected.note, "fate": course.fate, "reply": "refused" if course.refused else course.reply,
        "status": course.stood,
    }  # fmt: skip


def to_json(data: dict[str, Any]) -> str:
    """Indented, every issue on a line of its own."""
    lines = []
    for key, value in data.items():
        if key in ("issues", "changes"):
            body = ",\n".join("  " + json.dumps(e, ensure_ascii=False) for e in value)
            lines.append(f' "{key}": [\n{body}\n ]')
        else:
            lines.append(f' "{key}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(lines) + "\n}\n"

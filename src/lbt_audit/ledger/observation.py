"""What one audit says to the ledger: which issues it saw and which files it could see them in.

Nothing enters the ledger that names a child in clear: an audit run without masks is masked here, and
the names in the paths of one-child forms are too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lbt_audit.engine.audit import Audit
from lbt_audit.values.mask import mask_array, mask_text, mask_value

COLUMNS = (
    "fingerprint", "rule", "severity", "title", "message", "fix", "child", "child_key", "unit", "township",
    "responsible_level", "responsible_unit", "deadline",
)  # fmt: skip
_FORM = "child_form"  # files of this kind are named after the child

Key = tuple[str, str]  # unit and kind of file


@dataclass(frozen=True)
class Observation:
    """``rows``: one tuple per issue (COLUMNS, then place); ``standing``: (fingerprint, unit, kind);
    ``readings``: (unit, kind) → records read; ``ran``: codes of the rules that ran to their end.

    A kind ``#2`` stands for "a second file of that unit", whatever it holds: only a file that can be
    read says what kind it is. Where even the unit is unknown, the file's path takes its place (``@…``).
    """

    rows: list[tuple[Any, ...]]
    standing: set[tuple[str, str, str]]
    readings: dict[Key, int]
    ran: frozenset[str]


@dataclass
class _Files:
    """Whose file each path and sheet is, and what it counts as read for."""

    readings: dict[Key, int] = field(default_factory=dict)
    owner: dict[tuple[str, str | None], Key] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)  # path → child names it may be called after
    unreadable: set[str] = field(default_factory=set)
    handed_in: Counter[str] = field(default_factory=Counter)  # unit → files read

    @classmethod
    def of(cls, audit: Audit) -> _Files:
        files = cls()
        for submission in audit.submissions:
            if submission.status == "unreadable":
                files.unreadable.add(submission.path)
            units: set[str] = set()
            for table in submission.tables:
                key = (table.unit.name, table.kind)
                files.readings[key] = files.readings.get(key, 0) + len(table)
                files.owner[submission.path, table.sheet] = key
                files.owner.setdefault((submission.path, None), key)
                units.add(table.unit.name)
                if table.kind == _FORM and "child_name" in table.columns:
                    listed = {n.strip() for n in table.columns["child_name"].text.to_pylist()}
                    files.names.setdefault(submission.path, []).extend(n for n in listed if len(n) > 1)
            if submission.tables:
                files.readings["@" + submission.path, ""] = 0
            files.handed_in.update(units)
        for unit, count in files.handed_in.items():
            files.readings |= {(unit, f"#{n}"): 0 for n in range(1, count + 1)}
        return files

    def standing(self, path: str, sheet: str | None, unit: str, broken: Counter[str]) -> Key:
        """The reading without which an issue at this place cannot be called gone."""
        found = self.owner.get((path, sheet)) or self.owner.get((path, None))
        if found is not None:
            return found
        if path not in self.unreadable or unit not in self.handed_in:
            return "@" + path, ""
        return unit, f"#{self.handed_in[unit] + broken[unit]}"


def observe(audit: Audit) -> Observation:
    """Turn an audit's columns into the rows the ledger keeps."""
    files = _Files.of(audit)
    issues = audit.issues
    lists = {name: issues[name].to_pylist() for name in COLUMNS}
    lists["unit"] = [u or "" for u in lists["unit"]]
    lists["responsible_unit"] = [u or "" for u in lists["responsible_unit"]]
    lists["deadline"] = [d.isoformat() for d in lists["deadline"]]
    if audit.run.mask == "none":
        lists["child"] = mask_array(issues["child"], "name", "partial").to_pylist()
        lists["message"] = lists["title"]
    places, standing = _places(audit, lists["fingerprint"], lists["unit"], files)
    return Observation(
        rows=list(zip(*(lists[name] for name in COLUMNS), places, strict=True)),
        standing=standing,
        readings=files.readings,
        ran=frozenset(r.rule.code for r in audit.rules if r.status == "ran"),
    )


def _places(
    audit: Audit, fingerprints: Sequence[str], units: Sequence[str], files: _Files
) -> tuple[list[str], set[tuple[str, str, str]]]:
    """The first place of each issue in words, and every unit and kind it stands in."""
    locations = audit.locations
    at = locations["issue"].to_numpy()
    place = [""] * len(fingerprints)
    standing: set[tuple[str, str, str]] = set()
    paths, sheets = locations["path"].to_pylist(), locations["sheet"].to_pylist()
    first = np.ones(len(at), np.bool_)
    first[1:] = at[1:] != at[:-1]
    rows, letters = locations["row"].to_pylist(), locations["column"].to_pylist()
    broken: Counter[str] = Counter()
    counted: set[str] = set()
    for i, issue in enumerate(at.tolist()):
        path, sheet, unit = paths[i], sheets[i], units[issue]
        if path in files.unreadable and path not in counted:
            counted.add(path)
            broken[unit] += 1
        standing.add((fingerprints[issue], *files.standing(path, sheet, unit, broken)))
        if first[i]:
            cell = f"{letters[i] or ''}{rows[i] or ''}"
            source = _without_names(":".join(p for p in (path, sheet) if p), files.names.get(path, ()))
            place[issue] = source + (f"!{cell}" if cell else "")
    return place, standing


def _without_names(source: str, names: Sequence[str]) -> str:
    """A path without the names of the children its file is about, nor identity numbers."""
    for name in names:
        if name in source:
            source = source.replace(name, mask_value(name, "name"))
    return mask_text(source)

"""Whose file each submitted path and sheet is, and what it counts as read for."""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from typing import NamedTuple

from lbt_audit.engine.audit import Audit
from lbt_audit.model.kind import PREVIOUS
from lbt_audit.model.record import dataclass
from lbt_audit.model.unit import LOCAL, Level, Unit

Key = tuple[str, str]  # a unit's path and a kind of file


class Home(NamedTuple):
    """Where the child of an issue belongs, as far as its record says."""

    township: str | None
    village: str | None
    school: str | None


@dataclass
class Files:
    """What an audit read. ``readings``: (unit, kind) → records; ``columns``: (unit, kind, column), columns that
    all files of it have.

    A kind ``#2`` stands for "a second file of that unit", whatever it holds: only a file that can be
    read says what kind it is. Where even the unit is unknown, the file's path takes its place (``@…``). What rests on
    last period's registers is gone only where it is not found against those of the same day: a month later nobody
    looks at that change any more.
    """

    readings: dict[Key, int] = field(default_factory=dict)
    columns: set[tuple[str, str, str]] = field(default_factory=set)
    names: dict[str, list[str]] = field(default_factory=dict)  # path → child names it may be called after
    _owner: dict[tuple[str, str | None], Key] = field(default_factory=dict)
    _units: dict[str, set[Unit]] = field(default_factory=dict)  # kind → whose files of it were read
    before: Key = ("", "")  # last period's registers, known by their day
    _of_before: frozenset[str] = frozenset()  # their paths
    _unreadable: set[str] = field(default_factory=set)
    _handed_in: Counter[str] = field(default_factory=Counter)  # unit → files read
    _of_unit: dict[str, str] = field(default_factory=dict)  # unreadable path → its unit

    @classmethod
    def of(cls, audit: Audit) -> Files:
        files = cls()
        if (before := audit.run.previous) is not None:
            files.before = (f"@previous {before.as_of}", "")
            files._of_before = frozenset(s.path for s in audit.previous)
            files.readings[files.before] = max(before.files, 1)
        shared: dict[Key, set[str]] = {}
        for submission in audit.submissions:
            if submission.status == "unreadable":
                files._unreadable.add(submission.path)
            units: set[str] = set()
            for table in submission.tables:
                key = (table.unit.path, table.kind)
                files.readings[key] = files.readings.get(key, 0) + len(table)
                if len(table):
                    shared[key] = shared.get(key, set(table.columns)) & set(table.columns)
                files._owner[submission.path, table.sheet] = key
                files._owner.setdefault((submission.path, None), key)
                files._units.setdefault(table.kind, set()).add(table.unit)
                units.add(table.unit.path)
                if table.form and "child_name" in table.columns:
                    listed = {n.strip() for n in table.columns["child_name"].text.to_pylist()}
                    files.names.setdefault(submission.path, []).extend(n for n in listed if len(n) > 1)
            if submission.tables:
                files.readings["@" + submission.path, ""] = 1
            files._handed_in.update(units)
        files.columns = {(*key, column) for key, columns in shared.items() for column in columns}
        for unit, count in files._handed_in.items():
            files.readings |= {(unit, f"#{n}"): 1 for n in range(1, count + 1)}
        return files

    def reading(self, path: str, sheet: str | None, unit: str, home: Home) -> Key:
        """The reading without which an issue at this place cannot be called gone."""
        if path in self._of_before:
            return self.before
        found = self._owner.get((path, sheet)) or self._owner.get((path, None))
        if found is not None:
            return found
        level: Level = "village" if unit == home.village else "school" if unit == home.school else "township"
        where = Unit(level, unit, home.township if level in LOCAL else None).path
        if path not in self._unreadable or where not in self._handed_in:
            return "@" + path, ""
        self._of_unit[path] = where
        unread = [p for p, of in self._of_unit.items() if of == where]
        return where, f"#{self._handed_in[where] + unread.index(path) + 1}"

    @property
    def doubtful(self) -> set[str]:
        """Units of which a file could not be read: nobody knows what stood in it."""
        return set(self._of_unit.values())

    def lists_of(self, kind: str, home: Home) -> set[Key]:
        """The readings of the lists of ``kind`` that a child of these units would stand in."""
        if kind.startswith(PREVIOUS):
            return {self.before}
        units = self._units.get(kind, set())
        own = {"village": home.village, "school": home.school}
        near = {u for u in units if not home.township or home.township in (u.name, u.township)}
        named = {u for u in units if u.name == own.get(u.level)}
        wide = {u for u in units if u.level == "county" or not (u.township or u.level == "township")}
        return {(u.path, kind) for u in (named & near or named or near) | wide}

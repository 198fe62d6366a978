"""The same child under another key: issues go on when an ID number, a name or a birth date was corrected.

A fingerprint holds its child's key, and the key its ID number. Were nothing done, correcting the number would
close all other issues of the child and find them again as new, with a new deadline.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from lbt_audit.engine.identity.children import SURE, ChildIndex
from lbt_audit.ledger.recording.observation import COLUMNS, Observation

GONE = "gone"
"""Detail of a closing: the child stands in none of the files the issue stood in."""
_AT = {name: i for i, name in enumerate(COLUMNS)}


def load_readings(connection: sqlite3.Connection, observation: Observation) -> None:
    """What this audit read, as the table an issue's standing is held against."""
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS reading_now (unit, kind, field, PRIMARY KEY (unit, kind, field))"
    )
    connection.execute("DELETE FROM temp.reading_now")
    read = {key for key, records in observation.readings.items() if records}
    rows = {(*key, "") for key in read} | {c for c in observation.columns if c[:2] in read}
    connection.executemany("INSERT INTO temp.reading_now VALUES (?, ?, ?)", sorted(rows))


def carry_over(
    connection: sqlite3.Connection, observation: Observation, number: int, day: str
) -> Observation:
    """The observation with the numbers the ledger knows its issues by."""
    seen = {row[0] for row in observation.rows}
    known = dict(connection.execute("SELECT fingerprint, issue FROM renumbered").fetchall())
    numbers = {f: known[f] for f in seen & known.keys() if known[f] not in seen}
    if observation.children is not None:
        found = _same_issues(connection, observation, seen | set(numbers.values()), observation.children)
        connection.executemany("INSERT INTO renumbered VALUES (?, ?)", sorted(found.items()))
        connection.executemany(
            "INSERT INTO event (fingerprint, audit, day, kind) VALUES (?, ?, ?, 'child_corrected')",
            [(issue, number, day) for issue in sorted(found.values())],
        )
        numbers |= found
    if not numbers:
        return observation
    return replace(
        observation,
        rows=[_named(row, numbers) for row in observation.rows],
        standing={(numbers.get(s[0], s[0]), *s[1:]) for s in observation.standing},
    )


def _named(row: tuple[Any, ...], numbers: Mapping[str, str]) -> tuple[Any, ...]:
    """A row of the observation with its own number and its cause's as the ledger has them."""
    at = _AT["follows"]
    return (numbers.get(row[0], row[0]), *row[1:at], numbers.get(row[at], row[at]), *row[at + 1 :])


def _same_issues(
    connection: sqlite3.Connection, observation: Observation, seen: set[str], children: ChildIndex
) -> dict[str, str]:
    """New fingerprint → the issue it goes on with: one of the same rule, of a child that is no longer known by
    its old key and can only be this one."""
    held = {f for (f,) in connection.execute("SELECT fingerprint FROM issue")}
    fresh = [row for row in observation.rows if row[0] not in held and row[_AT["child"]] is not None]
    if not fresh or not held:
        return {}
    old = [
        row
        for row in connection.execute(
            "SELECT fingerprint, rule, child_key, unit, status FROM issue WHERE child IS NOT NULL"
        )
        if row["fingerprint"] not in seen and int(row["child_key"], 16) not in children.keys
    ]
    became = _became(connection, {row["child_key"] for row in old}, fresh, children)
    mine: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in old:
        mine[row["child_key"], row["rule"]].append(row)
    found: dict[str, str] = {}
    for row in sorted(fresh, key=lambda r: str(r[0])):
        key, rule, unit = (row[_AT[name]] for name in ("child_key", "rule", "unit"))
        candidates = mine.get((became.get(key, ""), rule), [])
        candidates.sort(key=lambda r: (r["unit"] != unit, r["status"] == "closed", r["fingerprint"]))
        if candidates and candidates[0]["unit"] == unit:
            found[row[0]] = candidates.pop(0)["fingerprint"]
    return found


def _became(
    connection: sqlite3.Connection, gone: set[str], fresh: Iterable[tuple[Any, ...]], children: ChildIndex
) -> Mapping[str, str]:
    """New child key → the old one, where both can only be each other's."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for key, alias in connection.execute("SELECT child_key, alias FROM known_as"):
        if key in gone:
            bearers[alias].add(key)
    new = {row[_AT["child_key"]] for row in fresh}
    aliases = children.known_as(np.array([int(key, 16) for key in new], np.uint64))
    found: dict[str, str] = {}
    for sure in (True, False):  # what names a child goes before what its brothers and sisters share
        claims: dict[str, set[str]] = defaultdict(set)
        for key in new - found.keys():
            names = aliases.get(int(key, 16), ())
            names = names[:SURE] if sure else names[SURE:]
            for old in {o for n in names if n for o in bearers.get(f"{n:016x}", ())} - set(found.values()):
                claims[key].add(old)
        claimed = [old for olds in claims.values() for old in olds]
        found |= {
            key: next(iter(olds))
            for key, olds in claims.items()
            if len(olds) == 1 and claimed.count(next(iter(olds))) == 1
        }
    return found


def remember(connection: sqlite3.Connection, observation: Observation) -> None:
    """Keep what the children of this audit's issues are known by."""
    if observation.children is None:
        return
    keys = {row[_AT["child_key"]] for row in observation.rows if row[_AT["child"]] is not None}
    aliases = observation.children.known_as(np.array([int(key, 16) for key in keys], np.uint64))
    connection.executemany(
        "INSERT OR IGNORE INTO known_as VALUES (?, ?)",
        sorted((f"{key:016x}", f"{name:016x}") for key, names in aliases.items() for name in names if name),
    )


def is_gone(connection: sqlite3.Connection, row: sqlite3.Row, children: ChildIndex | None) -> bool:
    """Whether the child of an issue stands in none of the files the issue stood in."""
    if children is None or row["child"] is None:
        return False
    places = connection.execute(
        "SELECT DISTINCT unit, kind FROM standing WHERE fingerprint = ?", (row["fingerprint"],)
    )
    names = connection.execute("SELECT alias FROM known_as WHERE child_key = ?", (row["child_key"],))
    known = frozenset({int(row["child_key"], 16), *(int(name, 16) for (name,) in names)})
    return not children.stands(known, frozenset((unit, kind) for unit, kind in places))

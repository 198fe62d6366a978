"""What one audit says to the ledger: which issues it saw and which files it could see them in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from lbt_audit.engine.audit import Audit

COLUMNS = (
    "fingerprint", "rule", "severity", "title", "message", "fix", "child", "child_key", "unit", "township",
    "responsible_level", "responsible_unit", "deadline",
)  # fmt: skip


@dataclass(frozen=True)
class Observation:
    """``rows``: one tuple per issue (COLUMNS, then place); ``standing``: (fingerprint, unit, kind);
    ``readings``: (unit, kind) → records read; ``ran``: codes of the rules that ran to their end."""

    rows: list[tuple[Any, ...]]
    standing: set[tuple[str, str, str]]
    readings: dict[tuple[str, str], int]
    ran: frozenset[str]


def observe(audit: Audit) -> Observation:
    """Turn an audit's columns into the rows the ledger keeps."""
    readings, owner = _readings(audit)
    issues = audit.issues
    lists = {name: issues[name].to_pylist() for name in COLUMNS}
    lists["unit"] = [u or "" for u in lists["unit"]]
    lists["responsible_unit"] = [u or "" for u in lists["responsible_unit"]]
    lists["deadline"] = [d.isoformat() for d in lists["deadline"]]
    places, standing = _places(audit, lists["fingerprint"], lists["unit"], owner)
    return Observation(
        rows=list(zip(*(lists[name] for name in COLUMNS), places, strict=True)),
        standing=standing,
        readings=readings,
        ran=frozenset(r.rule.code for r in audit.rules if r.status == "ran"),
    )


def _readings(
    audit: Audit,
) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str | None], tuple[str, str]]]:
    readings: dict[tuple[str, str], int] = {}
    owner: dict[tuple[str, str | None], tuple[str, str]] = {}
    for submission in audit.submissions:
        for table in submission.tables:
            key = (table.unit.name, table.kind)
            readings[key] = readings.get(key, 0) + len(table)
            readings.setdefault((table.unit.name, ""), 0)
            owner[submission.path, table.sheet] = key
            owner.setdefault((submission.path, None), (table.unit.name, ""))
    return readings, owner


def _places(
    audit: Audit,
    fingerprints: list[str],
    units: list[str],
    owner: dict[tuple[str, str | None], tuple[str, str]],
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
    for i, issue in enumerate(at.tolist()):
        unit, kind = owner.get((paths[i], sheets[i]), (units[issue], ""))
        standing.add((fingerprints[issue], unit, kind))
        if first[i]:
            cell = f"{letters[i] or ''}{rows[i] or ''}"
            place[issue] = ":".join(p for p in (paths[i], sheets[i]) if p) + (f"!{cell}" if cell else "")
    return place, standing


def batches(rows: list[tuple[Any, ...]], size: int = 20_000) -> Iterator[list[tuple[Any, ...]]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]

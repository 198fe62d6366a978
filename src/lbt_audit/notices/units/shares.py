"""An audit dealt out to the units that must answer for its issues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks.history.ledger import CHECK
from lbt_audit.engine.audit import Audit
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule
from lbt_audit.model.unit import LOCAL, Unit
from lbt_audit.reports.files.names import safe_names
from lbt_audit.reports.tables.places import due_first, location_offsets
from lbt_audit.reports.text.columns import one, plain


@dataclass(frozen=True)
class Share:
    """What one unit has to correct. ``positions`` are its issues in the audit (waived ones and those
    about the ledger itself left out); ``waived`` how many were left out as waived; ``folder`` a name
    safe on every system."""

    audit: Audit
    level: str
    unit: str
    township: str | None
    folder: str
    positions: np.ndarray
    waived: int
    offsets: np.ndarray  # of the audit's locations, see ``location_offsets``

    @cached_property
    def part(self) -> Audit:
        """The audit with this share's issues only: what is to be done today, then by weight."""
        at = due_first(self.audit, self.positions)
        first, counts = self.offsets[at], self.offsets[at + 1] - self.offsets[at]
        before = np.cumsum(counts) - counts
        take = np.arange(counts.sum()) + np.repeat(first - before, counts)
        numbers = pa.array(np.repeat(np.arange(len(at), dtype=np.int32), counts))
        locations = self.audit.locations.take(pa.array(take)).set_column(0, "issue", numbers)
        return replace(self.audit, issues=self.audit.issues.take(pa.array(at)), locations=locations)

    def is_of(self, unit: Unit) -> bool:
        """Whether ``unit`` is the one that answers."""
        same = (unit.level, unit.name) == (self.level, self.unit)
        return same and (unit.level not in LOCAL or unit.township == self.township)

    @property
    def files(self) -> int:
        """How many submitted files the issues stand in."""
        return len(pc.drop_null(one(self.part.locations["path"])).unique())

    @cached_property
    def issues(self) -> Any:
        return self.audit.issues.take(self.positions)

    @property
    def count(self) -> int:
        return len(self.positions)

    @cached_property
    def severities(self) -> np.ndarray:
        values: np.ndarray = one(self.issues["severity"]).to_numpy()
        return values

    @cached_property
    def children(self) -> int:
        """How many children the issues are about."""
        named = pc.drop_null(pc.if_else(pc.is_valid(self.issues["child"]), self.issues["child_key"], None))
        return len(named.unique())

    @cached_property
    def by_rule(self) -> Mapping[str, int]:
        """Rule code → issues, in the order of the catalogue."""
        counted = {e["values"]: e["counts"] for e in plain(self.issues["rule"]).value_counts().to_pylist()}
        return {r.rule.code: counted[r.rule.code] for r in self.audit.rules if r.rule.code in counted}

    @cached_property
    def numbers(self) -> Mapping[str, Sequence[str]]:
        """Rule code → the numbers its issues have in the ledger; empty without one."""
        found: dict[str, list[str]] = {}
        for code, number in zip(
            *(plain(self.issues[c]).to_pylist() for c in ("rule", "number")), strict=True
        ):
            if number:
                found.setdefault(code, []).append(number)
        return found

    @cached_property
    def by_deadline(self) -> Mapping[Any, int]:
        """Last day → issues, in the order of the days."""
        days = pc.drop_null(one(self.issues["deadline"]))
        counted = {e["values"]: e["counts"] for e in days.value_counts().to_pylist()}
        return dict(sorted(counted.items()))

    def rules(self) -> Mapping[str, Rule]:
        return {r.rule.code: r.rule for r in self.audit.rules}


def shares(audit: Audit) -> list[Share]:
    """One share per responsible unit that has issues to correct, in the order of level and name."""
    issues = audit.issues
    if len(issues) == 0:
        return []
    level, unit = plain(issues["responsible_level"]), plain(issues["responsible_unit"])
    # Villages of one name lie in different townships.
    township = pc.fill_null(plain(issues["responsible_township"]), "")
    group = pc.binary_join_element_wise(level, unit, township, "\x1f").dictionary_encode()
    waived = pc.equal(plain(issues["status"]), "waived").to_numpy(zero_copy_only=False)
    own = {r.rule.code for r in audit.rules if r.rule.check == CHECK.name}
    about_ledger = (
        np.isin(np.array(plain(issues["rule"]).to_pylist(), object), list(own))
        if own
        else np.zeros(len(issues), np.bool_)
    )
    codes = group.indices.to_numpy()
    keys = [tuple(key.split("\x1f")) for key in group.dictionary.to_pylist()]
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=len(keys)))
    found = []
    for number, (level_, unit_, township_) in enumerate(keys):
        at = order[ends[number - 1] if number else 0 : ends[number]]
        active = at[~waived[at] & ~about_ledger[at]]
        if len(active):
            found.append((level_, unit_, township_ or None, active, int(waived[at].sum())))
    found.sort(key=lambda s: (_ORDER.get(s[0], 9), s[1], s[2] or ""))
    folders = safe_names(_folder_names([(s[1], s[2]) for s in found]), audit.run.lang)
    offsets = location_offsets(audit)
    return [
        Share(audit, level_, unit_, township_, folder, active, left, offsets)
        for (level_, unit_, township_, active, left), folder in zip(found, folders, strict=True)
    ]


_ORDER = {"county": 0, "township": 1, "school": 2, "village": 3}


def _folder_names(units: Sequence[tuple[str, str | None]]) -> list[str]:
    """The unit's name, with its township where two units share it."""
    names = [unit for unit, _ in units]
    return [f"{township}-{unit}" if names.count(unit) > 1 and township else unit for unit, township in units]

"""Lists of issues that units hand in, held against what this audit found: what was claimed and is not done, and what is
overdue (L02, L03)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa

from lbt_audit.checks.history import ledger as check
from lbt_audit.engine.audit import LOCATION_SCHEMA, Audit
from lbt_audit.engine.identity.fingerprint import child_keys, hexadecimal
from lbt_audit.engine.issues.builder import IssueBuilder
from lbt_audit.engine.reorder import reordered
from lbt_audit.links.issue_lists import Entry, IssueLists, keys_of
from lbt_audit.links.links import Links
from lbt_audit.model.record import dataclass
from lbt_audit.rulebook.problems import plain_text


@dataclass(frozen=True)
class Lists:
    """The lists of one audit; ``builder`` words what they show."""

    builder: IssueBuilder

    def told(self, audit: Audit, known: Mapping[str, Collection[str]] | None = None) -> Audit:
        """``audit`` with the issues of L02 and L03 that the lists show. ``known``: what each of them has told of
        already, as numbers of issues."""
        entries = IssueLists.of(self.builder.book).entries
        if not entries:
            return audit
        found = _Found(audit, self.builder, entries)
        numbers = audit.issues["fingerprint"].to_pylist()
        runs = list(audit.rules)
        builder = self.builder.anew()
        for at, run in enumerate(runs):
            if run.rule.check != check.CHECK.name:
                continue
            told = (known or {}).get(run.rule.params.finds, ())
            hits = []
            for entry in entries:
                which = found.issues(entry)
                if which is not None:
                    which = [i for i in which if numbers[i] not in told]
                if check.speaks_of(run.rule, entry, which):
                    hits.append(entry)
            count = builder.add_places(run.rule, check.listed(run.rule, hits, len(entries)))
            checked = run.rows_checked + len(entries)
            runs[at] = replace(
                run, status="ran", reason=None, rows_checked=checked, issues=run.issues + count
            )
        issues, locations, _ = builder.build()
        shifted = pa.array(locations["issue"].to_numpy() + np.int32(len(audit.issues)))
        locations = locations.set_column(0, LOCATION_SCHEMA.field("issue"), shifted)
        return reordered(
            replace(
                audit,
                rules=tuple(runs),
                issues=pa.concat_tables([audit.issues, issues]).unify_dictionaries().combine_chunks(),
                locations=pa.concat_tables([audit.locations, locations])
                .unify_dictionaries()
                .combine_chunks(),
            )
        )


class _Found:
    """The issues of an audit by what rows of lists call them."""

    def __init__(self, audit: Audit, builder: IssueBuilder, entries: Collection[Entry]) -> None:
        issues = audit.issues
        said = (plain_text(number or "") for number in issues["number"].to_pylist())
        self._by_number = {number: i for i, number in enumerate(said) if number}
        self._by_number |= {number: i for i, number in enumerate(issues["fingerprint"].to_pylist())}
        self._ran = {run.rule.code for run in audit.rules if run.status == "ran"}
        waived = issues["status"].to_pylist()
        self._rule = issues["rule"].to_pylist()
        self._units = [issues[c].to_pylist() for c in ("unit", "township", "responsible_unit")]
        self._of_child: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._of_units: dict[str, list[int]] = defaultdict(list)
        children, keys = issues["child"].is_valid().to_pylist(), issues["child_key"].to_pylist()
        for i, (code, of_child, key) in enumerate(zip(self._rule, children, keys, strict=True)):
            if waived[i] != "waived":
                self._of_child[code, key].append(i)
                if not of_child:
                    self._of_units[code].append(i)
        self._fields: dict[int, set[str]] = defaultdict(set)
        places = audit.locations
        for i, field in zip(places["issue"].to_pylist(), places["field"].to_pylist(), strict=True):
            if field:
                self._fields[i].add(field)
        numbers = [entry.child for entry in entries if entry.child is not None]
        kinds = Links.of(builder.book).persons if numbers else ()
        hashed = {kind: child_keys(builder.book.frames[kind], builder.salt) for kind in kinds}
        self._keys = {
            child: hexadecimal(np.array(sorted(own), np.uint64))
            for child, own in (keys_of(numbers, builder.book, hashed) if numbers else {}).items()
        }

    def issues(self, entry: Entry) -> list[int] | None:
        """Positions of the issues a row is about, none where they are no longer found; None where it cannot be said."""
        if entry.number in self._by_number:
            return [self._by_number[entry.number]]
        if not entry.known:
            return None
        rules = entry.rules & self._ran
        if entry.child is not None:
            here = (i for code in rules for key in self._keys[entry.child] for i in self._of_child[code, key])
            return sorted({i for i in here if self._points(i, entry)})
        if not rules or entry.named:
            return [] if entry.number else None
        unit = entry.table.unit.name
        return [
            i
            for code in sorted(rules)
            for i in self._of_units[code]
            if any(u[i] == unit for u in self._units)
        ]

    def _points(self, issue: int, entry: Entry) -> bool:
        """Whether an issue can be about the columns a row names; one of both parents is either's."""
        pointed = self._fields.get(issue)
        if not pointed or not entry.fields:
            return True
        return any(
            one == other
            or ("parents_" in (one[:8], other[:8]) and one.partition("_")[2] == other.partition("_")[2])
            for one in pointed
            for other in entry.fields
        )

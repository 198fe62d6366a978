"""The rules that found something, each with what it rests on, what is to be done and an example."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule, RuleRun
from lbt_audit.model.run import Run
from lbt_audit.reports.page.figures.counts import Counts
from lbt_audit.reports.page.figures.matrix import Line
from lbt_audit.reports.text.columns import codes, one
from lbt_audit.reports.words import rule_reason

if TYPE_CHECKING:
    from lbt_audit.rulebook.example import WrittenExample

_FIXES = 3  # remedies of one rule that differ
_ROWS = 3


@dataclass(frozen=True)
class Example:
    """A small register: ``kind`` it is of, "" where that goes without saying; titles, and the cells of its records."""

    kind: str
    titles: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class RuleEntry:
    line: Line
    children: int
    basis: Sequence[str]
    fixes: Sequence[str]
    decision: str
    found: Sequence[Example]
    silent: Sequence[Example]


def rules(counts: Counts, lines: Sequence[Line]) -> list[RuleEntry]:
    """In the order of ``lines``."""
    if not lines:
        return []
    run = counts.audit.run
    by_code = {r.rule.code: r.rule for r in counts.audit.rules}
    rule, names = counts.coded("rule")
    fix = one(counts.audit.issues["fix"])
    texts, fix_codes = fix.dictionary.to_pylist(), codes(fix)
    entries = []
    for line in lines:
        which = rule == names.index(line.code)
        used = [texts[c] for c in np.unique(fix_codes[which]).tolist() if c >= 0]
        known = by_code.get(line.code)
        entries.append(
            RuleEntry(
                line,
                counts.children(which),
                [b.cite(run.lang) for b in known.basis] if known else [],
                used[:_FIXES],
                known.decision[run.lang] if known and known.decision else "",
                _examples(known, "found", run),
                _examples(known, "silent", run),
            )
        )
    return entries


def skipped(runs: Iterable[RuleRun], run: Run) -> list[tuple[str, str, str]]:
    """(code, title, why) of the rules that did not run, or not to their end."""
    return [
        (r.rule.code, r.rule.title[run.lang], rule_reason(r, run.lang) or "")
        for r in runs
        if r.status != "ran"
    ]


def _examples(rule: Rule | None, which: str, run: Run) -> list[Example]:
    """The first example of a rule that shows records."""
    written: Iterable[WrittenExample] = rule.examples.get(which, ()) if rule else ()
    for example in written:
        tables: dict[str, Sequence[Mapping[str, Any]]] = dict(example.tables or {})
        if example.rows:
            tables = {"": example.rows, **tables}
        if tables:
            return [_example(kind, rows, run) for kind, rows in tables.items()]
    return []


def _example(kind: str, rows: Sequence[Mapping[str, Any]], run: Run) -> Example:
    fields = list(dict.fromkeys(field for row in rows[:_ROWS] for field in row))
    cells = [[_cell(row.get(field)) for field in fields] for row in rows[:_ROWS]]
    return Example(run.kind_title(kind) if kind else "", [run.field_title(f) for f in fields], cells)


def _cell(value: Any) -> str:
    if isinstance(value, Mapping):
        return _cell(next(iter(value.values())))
    return "" if value is None else str(value)

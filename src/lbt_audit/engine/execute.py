"""Run rules over a book; a rule that crashes is a visible result and stops nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from time import perf_counter

from lbt_audit.checks.base import Check, Outcome, Skipped
from lbt_audit.checks.hits import PlaceHits, RowHits
from lbt_audit.checks.registry import checks
from lbt_audit.engine.issues.builder import IssueBuilder
from lbt_audit.engine.patience import OutOfTimeError, Patience
from lbt_audit.frames.book import Book
from lbt_audit.frames.texts import some
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule, RuleRun

log = logging.getLogger(__name__)

NO_TABLE = "no_table"  # no file of the kinds the rule is about
OUT_OF_TIME = "out_of_time"
NEEDS_KIND = "needs_kind"  # nor of those it holds them against


@dataclass(frozen=True)
class Found:
    """What one rule found on one kind of table ("" = files)."""

    kind: str
    outcome: Outcome


Amend = Callable[[Rule, list[Found], Book], list[Found]]
"""What a rule found in one part of an audit, with what it finds across parts."""


def run_rule(rule: Rule, check: Check, book: Book) -> list[Found] | Skipped:
    """Outcomes of ``rule``, or why it was skipped. Whatever the check raises goes up."""
    if rule.needs and not any(_handed_in(name, rule, book) for name in rule.needs):
        return Skipped(NEEDS_KIND, rule.needs)
    if check.on_book is not None:
        by_kind = check.on_book(rule, book)
        if by_kind is None or isinstance(by_kind, Skipped):
            return by_kind or Skipped(check.needs)
        pairs = by_kind.items() if isinstance(by_kind, Mapping) else by_kind
        return [Found(kind, outcome) for kind, outcome in pairs]
    frames = [book.frames[kind] for kind in rule.tables if kind in book.frames]
    if not frames:
        return Skipped(NO_TABLE, rule.tables)
    assert check.on_frame is not None
    outcomes = [(f.kind, check.on_frame(rule, f, book)) for f in frames]
    found = [
        Found(kind, one)
        for kind, outcome in outcomes
        if outcome is not None
        for one in ([outcome] if isinstance(outcome, RowHits | PlaceHits) else outcome)
    ]
    return found or Skipped(check.needs)


def _handed_in(name: str, rule: Rule, book: Book) -> bool:
    """A kind of register, or a column in one of the rule's own."""
    own = (book.frames[kind] for kind in rule.tables if kind in book.frames)
    return name in book.frames or any(some(frame, name) for frame in own)


def run_rules(
    rules: Sequence[Rule],
    book: Book,
    builder: IssueBuilder,
    progress: Callable[[str], None] | None = None,
    amend: Amend | None = None,
) -> list[RuleRun]:
    """Run every rule, adding what it finds to ``builder``."""
    runs = []
    rows = sum(len(frame) for frame in book.registers.values())
    patience = Patience()
    for rule in rules:
        if progress is not None:
            progress(rule.code)
        start = perf_counter()
        run = _run_one(rule, checks()[rule.check], book, builder, patience, rows, amend)
        runs.append(replace(run, seconds=perf_counter() - start))
    return runs


def _run_one(
    rule: Rule,
    check: Check,
    book: Book,
    builder: IssueBuilder,
    patience: Patience,
    rows: int,
    amend: Amend | None,
) -> RuleRun:
    run = RuleRun(rule, "ran")
    try:
        with patience.for_rows(rows):
            found = run_rule(rule, check, book)
        if isinstance(found, Skipped):
            lacks = tuple(book.kinds[kind].title for kind in found.kinds if kind in book.kinds)
            return replace(run, status="skipped", reason=found.reason, lacks=lacks)
        for part in found if amend is None else amend(rule, found, book):
            with patience.for_rows(rows):
                count = _added(rule, part, book, builder)
            run = replace(
                run,
                rows_checked=run.rows_checked + part.outcome.checked,
                unverifiable=run.unverifiable + part.outcome.unverifiable,
                issues=run.issues + count,
            )
    except OutOfTimeError as error:
        log.debug("rule %s ran out of time in %s", rule.code, _place(error))
        return replace(run, status="crashed", reason=OUT_OF_TIME)
    except Exception as error:
        where = _place(error)
        log.debug("rule %s crashed: %s in %s", rule.code, type(error).__name__, where)
        return replace(run, status="crashed", reason=f"{type(error).__name__} ({where})")
    return run


def _added(rule: Rule, found: Found, book: Book, builder: IssueBuilder) -> int:
    """The number of issues ``found`` became: worded, located, assigned; all of them or, where it raises, none."""
    if isinstance(found.outcome, RowHits):
        return builder.add_rows(rule, book.registers[found.kind], found.outcome)
    return builder.add_places(rule, found.outcome)


def _place(error: Exception) -> str:
    """Function and line that raised. Never the exception's text: it may hold a child's data."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else "?"

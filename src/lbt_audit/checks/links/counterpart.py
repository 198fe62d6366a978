"""Records beside their counterpart in another list: it is missing, or what it says does not go with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
from pydantic import Field

from lbt_audit.checks.base import ByKind, Check, Skipped, Word
from lbt_audit.checks.hits import Others, RowHits
from lbt_audit.checks.links.findings import notes_of, percent, side_by_side
from lbt_audit.checks.links.reasons import Counterparts, Met, Reason
from lbt_audit.checks.links.records import identifiable, satisfied
from lbt_audit.checks.reasons import Reasons
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.texts import some
from lbt_audit.links.comparison.names import NAME_KINDS
from lbt_audit.links.coverage import PERHAPS
from lbt_audit.links.periods import links_between
from lbt_audit.matching.levels import Level
from lbt_audit.model.kind import PREVIOUS
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text, filled
from lbt_audit.rulebook.params import AnyFieldName, Condition, Params, RegisterName

_NOTHING = Text("", "")


class CounterpartParams(Params):
    records: tuple[RegisterName, ...] = Field(
        default=(), description="registers looked through, if not all of `tables`"
    )
    where: Condition | None = Field(default=None, description="only records for which this is true")
    unless: Condition | None = Field(default=None, description="not the records for which this is true")
    reasons: Mapping[str, Reason] = Field(
        min_length=1, description="what makes an issue; of a record with several the gravest grades it"
    )
    quotes: AnyFieldName | None = Field(
        default=None, description="field of the counterpart quoted beside its place"
    )


def run(rule: Rule[CounterpartParams], book: Book) -> ByKind | Skipped | None:
    """One issue per record for which any of ``reasons`` holds. Lists are only expected to hold children whose unit
    handed them in. Counterparts a reason speaks of are pointed at."""
    p = rule.params
    targets = dict.fromkeys(t for r in p.reasons.values() for t in r.targets)
    result = []
    for kind in p.records or rule.tables:
        held = {t: links_between(book, kind, t).coverage(kind, t) for t in targets if t != kind}
        coverages = {t: c for t, c in held.items() if c is not None}
        if coverages:
            frame = book.registers[kind]
            wanted, _ = satisfied(frame, identifiable(frame), p.where, p.unless)
            result.append((kind, _hits(rule, Counterparts(book, frame, wanted, coverages))))
    if not result and any(t.startswith(PREVIOUS) for t in targets):
        return Skipped("needs_previous", rule.tables)
    return result or None


def _hits(rule: Rule[CounterpartParams], x: Counterparts) -> RowHits:
    n = len(x.frame)
    found = {key: x.holds(reason) for key, reason in rule.params.reasons.items()}
    why = Reasons(n, [r.says for r in rule.params.reasons.values()])
    severity = np.full(n, 127, np.int64)
    for number, h in enumerate(found.values()):
        why.add(number, h.found)
        grade = 0 if h.reason.severity is None else 10 - int(h.reason.severity)
        severity[h.found] = np.minimum(severity[h.found], grade)
    row = np.flatnonzero(why.found)
    met = [m for h in found.values() for m in h.met if len(m.rows)]
    likely = np.full(n, np.nan)
    for m in met:
        c = x.coverages[m.target]
        doubtful = m.rows[c.state[m.rows] == PERHAPS]
        likely[doubtful] = np.fmax(likely[doubtful], c.probability[doubtful])
    rests = {
        target: np.logical_or.reduce([h.lost for h in found.values() if target in h.reason.missing_from])
        for target in dict.fromkeys(t for h in found.values() for t in h.reason.missing_from)
    }
    return RowHits(
        row.astype(np.int32),
        np.arange(len(row), dtype=np.int32),
        {f: np.ones(len(row), np.bool_) for f in rule.points_at if some(x.frame, f)},
        details={"why": why.words(row)},
        severity=np.where(severity == 0, 0, 10 - severity)[row].astype(np.int8),
        checked=int(np.logical_or.reduce([h.checked for h in found.values()]).sum()),
        unverifiable=int((np.logical_or.reduce([h.unknown for h in found.values()]) & ~why.found).sum()),
        others=tuple(_others(rule, x, row, met)),
        rests_on={target: mask[row] for target, mask in rests.items() if mask.any()},
        probability=likely[row],
    )


def _others(
    rule: Rule[CounterpartParams], x: Counterparts, row: np.ndarray, met: Sequence[Met]
) -> Iterator[Others]:
    """The counterparts, by register, of the records ``row`` issues are about."""
    for target in dict.fromkeys(m.target for m in met):
        here = [m for m in met if m.target == target]
        rows = np.unique(np.concatenate([m.rows for m in here]))
        c, other = x.coverages[target], x.book.registers[target]
        there = c.counterpart[rows]
        points: dict[str, np.ndarray] = {}
        pairs: dict[str, tuple[pa.Array, pa.Array]] = {}
        notes = _quoted(rule, other, there)
        for m in here:
            position = np.searchsorted(rows, m.rows)
            for f in m.reason.shows:
                if some(other, f):
                    points.setdefault(f, np.zeros(len(rows), np.bool_))[position] = True
            for f, d in m.differences.items():
                both = side_by_side(d, np.arange(len(position)))
                pairs[f] = _merged(pairs.get(f), len(rows), position, both)
            if m.differences:
                phrases = notes_of(list(m.differences.values()), _words(rule))
                for k, note in zip(position.tolist(), phrases, strict=True):
                    notes[k] = note
        for k in np.flatnonzero(c.state[rows] == PERHAPS).tolist():
            notes[k] = _candidate(rule, notes[k], c.probability[rows[k]])
        issue = np.searchsorted(row, rows).astype(np.int32)
        yield Others(target, issue, there.astype(np.int32), points, pairs, notes)


def _candidate(rule: Rule[CounterpartParams], note: Text, probability: float) -> Text:
    """``note`` and how likely the counterpart is the record's."""
    if (word := rule.words.get("candidate")) is None:
        return note
    word = filled(word, {"probability": percent(probability)})
    return Text(f"{note.zh}，{word.zh}", f"{note.en}; {word.en}") if note != _NOTHING else word


def _quoted(rule: Rule[CounterpartParams], other: Frame, there: np.ndarray) -> list[Text]:
    """The counterparts' cells of ``quotes``."""
    name = rule.params.quotes
    if name is None:
        return [_NOTHING] * len(there)
    blank = rule.words.get("blank", _NOTHING)
    cells = other.text(name).take(pa.array(there.astype(np.int64))).to_pylist()
    return [Text(cell, cell) if cell else blank for cell in cells]


def _merged(
    known: tuple[pa.Array, pa.Array] | None, n: int, position: np.ndarray, pair: tuple[pa.Array, pa.Array]
) -> tuple[pa.Array, pa.Array]:
    """``pair`` put into columns of ``n`` texts at these places."""
    columns = known or (pa.nulls(n, pa.string()), pa.nulls(n, pa.string()))
    lists = [column.to_pylist() for column in columns]
    for texts, new in zip(lists, pair, strict=True):
        for k, text in zip(position.tolist(), new.to_pylist(), strict=True):
            texts[k] = text
    return pa.array(lists[0], pa.string()), pa.array(lists[1], pa.string())


def _words(rule: Rule[CounterpartParams]) -> Mapping[str, Text]:
    """The rule's words for kinds of difference; where it has none, what matching calls them."""
    return {key: rule.words.get(key, Level(level).text) for key, level in NAME_KINDS.items()}


CHECK = Check(
    name="counterpart",
    params=CounterpartParams,
    crosses="county",
    details={"why": "what the reasons that hold say"},
    words={
        "blank": Word("quoted where the counterpart's cell is blank", required=False),
        "candidate": Word(
            "put beside a counterpart that is only perhaps the record's", ("probability",), required=False
        ),
        **{key: Word("names differ in this way", ("place",), required=False) for key in NAME_KINDS},
    },
    on_book=run,
    needs="needs_lists",
)

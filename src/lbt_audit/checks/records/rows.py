"""Records for which a condition is true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from lbt_audit.checks.base import Check
from lbt_audit.checks.hits import FromRecord, PlaceHits, RowHits
from lbt_audit.checks.lacking import WORD, WORDS, AskedColumns, files_lacking, lacking
from lbt_audit.checks.pointing import present, written
from lbt_audit.checks.reasons import Reasons, Shown
from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import evaluate
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.links.links import Links
from lbt_audit.model.nearest import nearest
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text
from lbt_audit.rulebook.flaw import Flaw, Flaws, unknown
from lbt_audit.rulebook.params import (
    AnyCondition,
    Condition,
    FieldName,
    OperandName,
    Params,
    SeverityName,
    TableKind,
    Word,
)
from lbt_audit.rulebook.vocabulary import Vocabulary

_SLIP = 0.66  # a name so like a reason's is that reason, misspelt: another letter of three


class Reason(Params):
    """One of several ways in which a record may be wrong."""

    when: Condition = Field(description="a record is found where this is true")
    points_at: tuple[FieldName, ...] = Field((), description="fields pointed at for this reason alone")
    shows: tuple[str, ...] = Field(
        (), description="facets of these fields that the words of the reason hold (`lo` for `{lo}`)"
    )

    @model_validator(mode="after")
    def _facets_exist(self, info: ValidationInfo) -> Reason:
        if isinstance(info.context, Vocabulary):
            for field in self.points_at:
                for name in self.shows:
                    info.context.operand(f"{field}.{name}")
        return self


def _is_number(name: str, info: ValidationInfo) -> str:
    if isinstance(info.context, Vocabulary):
        info.context.operand(f"{name}.number")
    return name


NumberName = Annotated[str, AfterValidator(_is_number)]
"""A field of ID numbers."""


class Listed(Params):
    """A place in another register."""

    table: TableKind = Field(description="kind of the other register")
    by: NumberName = Field(description="an ID number both registers hold")
    where: AnyCondition | None = Field(None, description="records of the other register that count")


class Rows(AskedColumns):
    when: Condition | None = Field(None, description="a record is found where this is true")
    reasons: Mapping[str, Reason] = Field(
        {},
        description="reason → when it holds; a record is found where any does. `words` say each, `{why}` all of them",
    )
    listed_in: Listed | None = Field(None, description="a record whose number stands there is found too")
    unless: Condition | None = Field(None, description="records that are not found whatever else holds")
    severity_when: Mapping[SeverityName, Condition] = Field(
        {}, description="grades single records: the first that is true decides, else the rule's own stands"
    )
    once: tuple[TableKind, ...] = Field(
        (), description="a child that stands in several of these registers is judged in the first that has it"
    )
    only_filled: bool = Field(False, description="point only at cells in which something is written")
    shows: Mapping[str, OperandName] = Field(
        {}, description="placeholder → operand: of several persons that of the first who is found"
    )

    @model_validator(mode="after")
    def _asks_something(self) -> Rows:
        if self.when is None and not self.reasons and self.listed_in is None:
            raise Flaw("须写 when、reasons、listed_in 之一", "one of when, reasons and listed_in is needed")
        strangers = [name for name in self.columns if name not in self.reasons]
        if slips := [name for name in strangers if nearest(name, self.reasons, _SLIP)]:
            raise Flaws(
                unknown("这一原因（reasons 中没有）", "reason under reasons", name, self.reasons).below(
                    "columns", name
                )
                for name in slips
            )
        return self

    def own_details(self) -> Mapping[str, str]:
        return {name: f"{operand} of the record" for name, operand in self.shows.items()}

    def own_words(self) -> Mapping[str, Word]:
        reasons = {n: Word(f"the reason {n}", holds=r.shows) for n, r in self.reasons.items()}
        if self.listed_in is not None and self.reasons:
            reasons[LISTED] = Word("the record stands in the other register", holds=("place",))
        return reasons | (dict(WORDS) if self.columns else {})


LISTED = "listed"
"""The reason that a record stands in the other register."""


@dataclass(frozen=True)
class _Person:
    """What holds of the records as far as one person goes."""

    rule: Rule[Rows]
    truth: Logic
    reasons: Mapping[str, Logic]


def run(rule: Rule[Rows], frame: Frame, book: Book) -> RowHits | list[RowHits | PlaceHits] | None:
    """Records for which a condition is true, or one of several reasons holds; where a rule is written for several
    persons, of any of them. One issue per record, pointing at the fields of the rule and of the reasons that hold.
    What a whole file has no column for is one issue of the file."""
    if rule.params.when is None and not rule.params.reasons and _register(rule, book) is None:
        return None
    asked = rule.params.columns
    given = {n: evaluate(r.when, frame).false for n, r in rule.params.reasons.items() if n in asked}
    lacks = lacking(frame, rule.params, book, given)
    hits = _records(rule, frame, book, lacks)
    if not lacks:
        return hits
    return [hits, files_lacking(frame, rule.params.columns, lacks, rule.words[WORD])]


def _records(rule: Rule[Rows], frame: Frame, book: Book, lacks: Mapping[str, Mask]) -> RowHits:
    people = [_judge(one, frame, lacks) for one in rule.each.values()]
    listed = _positions(rule, frame, book)
    truths = [p.truth for p in people]
    truth = _settled(truths) if rule.params.reasons else Logic.any(truths, len(frame))
    truth = Logic(truth.true | (listed >= 0), truth.false & (listed < 0))
    if rule.params.unless is not None:
        spared = evaluate(rule.params.unless, frame)
        truth = Logic(truth.true & ~spared.true, truth.false | spared.true)
    if (before := rule.params.once[: _position(frame.kind, rule.params.once)]) and len(frame):
        told = Links.of(book).stands_in(frame.kind, before)
        truth = Logic(truth.true & ~told, truth.false | told)
    rows = np.flatnonzero(truth.true)
    return RowHits(
        row=rows.astype(np.int32),
        issue=np.arange(len(rows), dtype=np.int32),
        points=_points(rule, frame, people, listed >= 0, rows),
        details=_details(rule, frame, book, people, listed, rows),
        severity=_severity(rule, frame, rows),
        checked=len(frame),
        unverifiable=int(truth.unknown.sum()),
        across=frame.kind in rule.params.once,
        rests_on={rule.params.listed_in.table: listed[rows] >= 0} if rule.params.listed_in else {},
    )


def _position(kind: str, kinds: Sequence[str]) -> int:
    return kinds.index(kind) if kind in kinds else 0


def _judge(rule: Rule[Rows], frame: Frame, lacks: Mapping[str, Mask]) -> _Person:
    n, params = len(frame), rule.params
    always = Logic.constant(params.when is not None or bool(params.reasons), n)
    truth = evaluate(params.when, frame) if params.when is not None else always
    reasons = {name: truth & evaluate(reason.when, frame) for name, reason in params.reasons.items()}
    for name in reasons.keys() & lacks.keys():
        reasons[name] &= ~_spread(frame, lacks[name])
    return _Person(rule, _settled(list(reasons.values())) if reasons else truth, reasons)


def _spread(frame: Frame, tables: Mask) -> Logic:
    """One truth per table, for its records."""
    rows = tables[frame.table]
    return Logic(rows, ~rows)


def _settled(reasons: Sequence[Logic]) -> Logic:
    """Whether any holds; one that is known settles it, though others be unknown."""
    true = np.logical_or.reduce([r.true for r in reasons])
    known = np.logical_or.reduce([r.true | r.false for r in reasons])
    return Logic(true, known & ~true)


def _points(
    rule: Rule[Rows], frame: Frame, people: Sequence[_Person], listed: Mask, rows: np.ndarray
) -> dict[str, Mask]:
    points: dict[str, Mask] = {}
    for person in people:
        pointed = dict.fromkeys(person.rule.points_at, person.truth.true | listed)
        for name, truth in person.reasons.items():
            for field in person.rule.params.reasons[name].points_at:
                pointed[field] = pointed.get(field, False) | truth.true
        for field in present(frame, pointed):
            points[field] = points.get(field, False) | pointed[field][rows]
    if (listed_in := rule.params.listed_in) is not None:
        by = listed_in.by
        points[by] = points.get(by, False) | listed[rows]
    if rule.params.only_filled:
        filled = written(frame, points, rows)
        points = {field: points[field] & mask for field, mask in filled.items()}
    return {field: mask for field, mask in points.items() if mask.any()}


def _details(
    rule: Rule[Rows],
    frame: Frame,
    book: Book,
    people: Sequence[_Person],
    listed: np.ndarray,
    rows: np.ndarray,
) -> dict[str, Sequence[str | Text] | FromRecord]:
    details: dict[str, Sequence[str | Text] | FromRecord] = {}
    if rule.variants:
        details["p"] = _who(dict(zip(rule.variants, people, strict=True)), rows)
    places = [_place(_register(rule, book), at) for at in listed[rows].tolist()]
    if rule.params.reasons:
        names = [*rule.params.reasons, *([LISTED] if rule.params.listed_in else [])]
        reasons, shown = Reasons(len(frame), [rule.words[name] for name in names]), Shown()
        reasons.add(len(rule.params.reasons), listed >= 0)
        for number, name in enumerate(rule.params.reasons):
            reasons.add(number, np.logical_or.reduce([p.reasons[name].true for p in people]))
            for p in people:
                for field in p.rule.params.reasons[name].points_at:
                    shown.add(rule.words[name], frame, field, p.reasons[name].true)
        whys = shown.fill(reasons.words(rows), rows)
        if rule.params.listed_in is not None:
            whys = [
                Text(why.zh.replace("{place}", place.zh), why.en.replace("{place}", place.en))
                for why, place in zip(whys, places, strict=True)
            ]
        details["why"] = whys
    if rule.params.listed_in is not None:
        details["listed"] = places
    first = np.argmax([p.truth.true[rows] for p in people], axis=0)
    for name in rule.params.shows:
        details[name] = FromRecord(tuple(p.rule.params.shows[name] for p in people), first)
    return details


def _severity(rule: Rule[Rows], frame: Frame, rows: np.ndarray) -> np.ndarray | None:
    """Severity of each record found, 0 = the rule's own; None where the rule grades nothing."""
    grades = rule.params.severity_when
    if not grades or not len(rows):
        return None
    result = np.zeros(len(rows), np.int8)
    for severity in grades:
        holds = np.zeros(len(rows), np.bool_)
        for one in rule.each.values():
            holds |= evaluate(one.params.severity_when[severity], frame).true[rows]
        result[holds & (result == 0)] = severity
    return result


def _who(people: Mapping[str, _Person], rows: np.ndarray) -> list[str]:
    """For each record the persons for whom it is found, joined by "+"; the engine words them."""
    bits = np.zeros(len(rows), np.int64)
    for i, person in enumerate(people.values()):
        bits |= person.truth.true[rows].astype(np.int64) << i
    words = ["+".join(n for i, n in enumerate(people) if b >> i & 1) for b in range(1 << len(people))]
    return [words[b] for b in bits.tolist()]


def _register(rule: Rule[Rows], book: Book) -> Frame | None:
    return book.frames.get(rule.params.listed_in.table) if rule.params.listed_in else None


def _positions(rule: Rule[Rows], frame: Frame, book: Book) -> np.ndarray:
    """Row of the other register with the same number for every record, -1 where there is none."""
    other, listed_in = _register(rule, book), rule.params.listed_in
    nowhere = np.full(len(frame), -1, np.int64)
    if other is None or listed_in is None:
        return nowhere
    theirs, mine = (f.facet(f"{listed_in.by}.number") for f in (other, frame))
    wanted = theirs.known
    if listed_in.where is not None:
        wanted = wanted & evaluate(listed_in.where, other).true
    rows = np.flatnonzero(wanted)
    if not len(rows):
        return nowhere
    index = pc.index_in(mine.values, value_set=theirs.values.take(pa.array(rows)))
    position = pc.fill_null(index, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return np.where((position >= 0) & mine.known, rows[np.maximum(position, 0)], -1)


def _place(frame: Frame | None, row: int) -> Text:
    if frame is None or row < 0:
        return Text("—", "—")
    table, at = frame.tables[frame.table[row]], frame.row[row]
    return Text(f"{table.path}“{table.sheet}”第{at}行", f"{table.path} “{table.sheet}” row {at}")


CHECK = Check(
    name="rows",
    params=Rows,
    crosses="record",
    details={
        "why": "the reasons that hold",
        "listed": "place of the record in the other register, “—” where none",
    },
    for_each=True,
    on_frame=run,
)

"""Fields that must be filled, and are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import numpy as np
from pydantic import Field

from lbt_audit.checks.base import Check
from lbt_audit.checks.hits import RowHits, one_per_row
from lbt_audit.checks.records.schema_pass import failing
from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import evaluate
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.frames.texts import some
from lbt_audit.model.cell import State
from lbt_audit.model.rule import Rule
from lbt_audit.rulebook.params import Condition, FaultName, FieldName, Params, StateName

_LIMITS = {"lt": np.less, "le": np.less_equal, "eq": np.equal, "ge": np.greater_equal, "gt": np.greater}


class Required(Params):
    fields: tuple[FieldName, ...] = Field(
        (),
        description="fields asked for; without any, those the table's schema requires, each under its condition",
    )
    except_: tuple[FieldName, ...] = Field(
        (), alias="except", description="fields of the schema that are left out"
    )
    when: Condition | None = Field(None, description="records in which the fields are asked for")
    where: Mapping[FieldName, Condition] = Field(
        {}, description="field → condition under which it is asked for"
    )
    instead: Mapping[FieldName, FieldName] = Field(
        {},
        description="field → field that does as well (父母电话 for 父亲电话), and lacks where a file has only it",
    )
    states: tuple[StateName, ...] = Field(
        (State.BLANK,), description="what counts as lacking; dashes that mark the deceased never do"
    )
    unless: tuple[FaultName, ...] = Field(
        (),
        description="a cell with one of these faults is reported by another rule: counted, but no issue here",
    )
    elsewhere: Mapping[FieldName, Condition] = Field(
        {}, description="field → condition under which another rule reports it: counted, but no issue here"
    )
    count: Mapping[Literal["lt", "le", "eq", "ge", "gt"], int] = Field(
        {}, description="how many fields lack, those reported elsewhere included"
    )


def run(rule: Rule[Required], frame: Frame, book: Book) -> RowHits | None:
    """Fields that must be filled, and are not: those the table's schema requires, or those the rule names. One issue
    per record, pointing at every field that lacks. A column the file lacks, or that is blank throughout, is a finding
    about the file and asks for nothing here."""
    n = len(frame)
    lacking: dict[str, Mask] = {}
    unknown = np.zeros(n, np.bool_)
    for params, field, needed in _demands(rule, frame):
        for column, open_ in _columns(frame, field, params.instead.get(field)):
            at = open_ & _in_states(frame, column, params.states)
            unknown |= needed.unknown & at
            missing = needed.true & at
            if missing.any():
                lacking[column] = lacking.get(column, np.zeros(n, np.bool_)) | missing
    own = {field: mask & ~_elsewhere(rule, frame, field) for field, mask in lacking.items()}
    total = np.sum([*lacking.values(), np.zeros(n, np.int64)], axis=0)
    found = np.logical_or.reduce([*own.values(), np.zeros(n, np.bool_)])
    for op, limit in rule.params.count.items():
        found &= _LIMITS[op](total, limit)
    hits = one_per_row(found, own, Logic(found, ~found & ~unknown))
    details = {"count": total[hits.row].astype(str).tolist()}
    if rule.variants:
        details["p"] = _who(list(rule.variants), lacking, hits.row)
    return RowHits(hits.row, hits.issue, hits.points, details, None, hits.checked, hits.unverifiable)


def _demands(rule: Rule[Required], frame: Frame) -> Iterator[tuple[Required, str, Logic]]:
    """(parameters as they stand for a person, field, where it is required)."""
    always = Logic.constant(True, len(frame))
    if not rule.params.fields:
        for field, condition in frame.schema.required.items():
            if field not in rule.params.except_:
                yield rule.params, field, evaluate(condition, frame) if condition else always
        return
    for one in rule.each.values():
        p = one.params
        general = evaluate(p.when, frame) if p.when is not None else always
        for field in p.fields:
            special = evaluate(p.where[field], frame) if field in p.where else always
            yield p, field, general & special


def _columns(frame: Frame, field: str, other: str | None) -> Iterator[tuple[str, Mask]]:
    """The columns to look at for ``field``, each with the rows it is asked in: the field itself unless the one that
    may stand instead of it is filled, that one where a file has only it."""
    if other is None or not some(frame, other):
        if some(frame, field):
            yield field, np.ones(len(frame), np.bool_)
        return
    if some(frame, field):
        yield field, frame[other].state < State.FAULTY
    yield other, ~frame.has(field)


def _in_states(frame: Frame, field: str, states: tuple[State, ...]) -> Mask:
    at = np.isin(frame[field].state, np.array(states, np.uint8))
    if State.DASH in states:
        at = at & ~_lawful_dash(frame, field)
    return np.asarray(at)


def _lawful_dash(frame: Frame, field: str) -> Mask:
    """Dashes that stand for a deceased parent or grandparent (form note 4)."""
    person, _, rest = field.partition("_")
    if person in ("father", "mother"):
        return frame.facet(f"{person}.dead").as_logic().true
    name = "_".join((*field.split("_")[:-1], "name")) if rest else field
    if name in frame.fields and "grand" in name:
        return np.asarray(frame[name].state == State.DASH)
    return np.zeros(len(frame), np.bool_)


def _elsewhere(rule: Rule[Required], frame: Frame, field: str) -> Mask:
    condition = rule.params.elsewhere.get(field)
    other = np.zeros(len(frame), np.bool_) if condition is None else evaluate(condition, frame).true
    return other | failing(frame, field, rule.params.unless) if rule.params.unless else other


def _who(people: list[str], lacking: Mapping[str, Mask], rows: np.ndarray) -> list[str]:
    """For each row the persons whose fields lack, joined by "+"; the engine words them."""
    bits = np.zeros(len(rows), np.int64)
    for i, who in enumerate(people):
        for field, mask in lacking.items():
            if field.startswith(f"{who}_"):
                bits |= mask[rows].astype(np.int64) << i
    words = ["+".join(p for i, p in enumerate(people) if b >> i & 1) for b in range(1 << len(people))]
    words[0] = "+".join(people)  # a column common to all of them
    return [words[b] for b in bits.tolist()]


CHECK = Check(
    name="required",
    params=Required,
    crosses="record",
    details={"count": "fields that lack"},
    for_each=True,
    lists_cells=True,
    on_frame=run,
)

"""Fields that must be filled, and are not.

Which fields: those the table's schema requires (each under its condition), or those named under
``fields``. A column the file lacks, or that is blank throughout, is another rule's finding (A01, B11)
and asks for nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from lbt_audit.checks.base import Check, Parameter
from lbt_audit.checks.hits import RowHits, one_per_row
from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import compile_condition, resolve, substitute
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.model.cell import State
from lbt_audit.model.rule import Rule

_OPERATORS = {"ge": np.greater_equal, "lt": np.less, "eq": np.equal}
_STATES = {s.name.lower(): s for s in State}


def run(rule: Rule, frame: Frame, book: Book) -> RowHits | None:
    """One issue per record lacking any of the fields, pointing at those that lack.

    ``states`` says what counts as lacking (blank). ``elsewhere``: field → condition under which
    another rule reports it, so that it is counted but starts no issue here. ``count`` limits the
    number of lacking fields, those reported elsewhere included. ``dash``: with dashes among
    ``states``, those that mark the deceased are lawful.
    """
    n = len(frame)
    lacking: dict[str, Mask] = {}
    unknown = np.zeros(n, np.bool_)
    states = [_STATES[s] for s in rule.params.get("states", ["blank"])]
    for who, field, needed in _demands(rule, frame, book):
        for column, open_ in _columns(rule, frame, field, who):
            at = open_ & _in_states(frame, column, states)
            unknown |= needed.unknown & at
            missing = needed.true & at
            if missing.any():
                lacking[column] = lacking.get(column, np.zeros(n, np.bool_)) | missing
    if not lacking:
        return RowHits(
            np.zeros(0, np.int32), np.zeros(0, np.int32), {}, checked=n, unverifiable=int(unknown.sum())
        )
    total = np.sum(list(lacking.values()), axis=0)
    own = _own(rule, frame, lacking)
    found = np.logical_or.reduce(list(own.values()))
    for op, limit in rule.params.get("count", {}).items():
        found &= _OPERATORS[op](total, int(resolve(limit, frame.params)))
    hits = one_per_row(found, own, Logic(found, ~found & ~unknown))
    details = {"count": [str(c) for c in total[hits.row].tolist()]}
    if "for_each" in rule.params:
        details["p"] = _who(rule, lacking, hits.row)
    return RowHits(hits.row, hits.issue, hits.points, details, None, hits.checked, hits.unverifiable)


def _demands(rule: Rule, frame: Frame, book: Book) -> Iterator[tuple[str, str, Logic]]:
    """(person or "", field, where it is required)."""
    n = len(frame)
    always = Logic.constant(True, n)
    if "fields" not in rule.params:
        left_out = rule.params.get("except", ())
        for field, condition in frame.schema.required.items():
            if field in left_out:
                continue
            yield "", field, compile_condition(condition)(frame) if condition else always
        return
    for who in rule.params.get("for_each", [""]):
        names: list[str] = substitute(list(rule.params["fields"]), {"p": who})
        where: Mapping[str, Any] = substitute(dict(rule.params.get("where", {})), {"p": who})
        when = rule.params.get("when")
        general = compile_condition(substitute(when, {"p": who}))(frame) if when else always
        for field in names:
            special = compile_condition(where[field])(frame) if field in where else always
            yield who, field, general & special


def _columns(rule: Rule, frame: Frame, field: str, who: str) -> Iterator[tuple[str, Mask]]:
    """The columns to look at for ``field``, each with the rows it is asked in: the field itself unless
    the one that may stand instead of it (父母电话 for 父亲电话) is filled, that one where a file has
    only it."""
    present = {f for table in frame.tables for f in table.columns}
    other = substitute(dict(rule.params.get("instead", {})), {"p": who}).get(field)
    everywhere = np.ones(len(frame), np.bool_)
    if other not in present:
        if field in present:
            yield field, everywhere
        return
    if field in present:
        yield field, frame[other].state < State.FAULTY
    yield other, ~frame.has(field)


def _in_states(frame: Frame, field: str, states: list[State]) -> Mask:
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


def _own(rule: Rule, frame: Frame, lacking: Mapping[str, Mask]) -> dict[str, Mask]:
    elsewhere: Mapping[str, Any] = rule.params.get("elsewhere", {})
    return {
        field: mask & ~compile_condition(elsewhere[field])(frame).true if field in elsewhere else mask
        for field, mask in lacking.items()
    }


def _who(rule: Rule, lacking: Mapping[str, Mask], rows: np.ndarray) -> list[str]:
    """For each row the persons whose fields lack, joined by "+"; the engine words them."""
    people = list(rule.params["for_each"])
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
    parameters={
        "states": Parameter(list),
        "count": Parameter(dict),
        "elsewhere": Parameter(dict, holds="conditions"),
        "except": Parameter(list, holds="fields"),
        "fields": Parameter(list, holds="fields"),
        "for_each": Parameter(list),
        "when": Parameter(dict, holds="condition"),
        "where": Parameter(dict, holds="conditions"),
        "instead": Parameter(dict),
    },
    on_frame=run,
)

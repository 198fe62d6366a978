"""An agreement on care, and whom it entrusts with the child (records of the register of agreements).

``agreement.letter``: a bare 委托书, by its type, or by a title that speaks of nothing else. ``agreement.unsigned``: the
record says that none was signed. ``agreement.start_lo``/``_hi``, ``agreement.end_lo``/``_hi`` (days): the term, by its two
columns, else by 委托期限 (2026.3.1-2027.2.28; 一年, from its start or else from the day of signing; 长期, 至满16周岁: the
child's sixteenth birthday). ``agreement.term``: one is written. ``agreement.superseded``: a later one for the same child
stands in the register.
``trustee.age_lo``/``_hi``: years on the closing day, by ID number, date of birth, or within two years of the age written.
``trustee.children``: children whose agreements that hold entrust the same person. ``trustee.is_principal``: one of those
who entrust; ``trustee.is_parent``: the father or mother; ``trustee.is_away_parent``: who is away.
The trustee's columns are those of 受托人, or of 监护人 where the file calls the trustee so.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.facts.fact import PARENTS, Fact
from lbt_audit.frames import days
from lbt_audit.frames.citizen import sound, span
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.keys import combine, dense
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.frames.texts import code_is, filled, in_state, search
from lbt_audit.model.cell import State
from lbt_audit.model.text import Text
from lbt_audit.values.kind import NO_DATE
from lbt_audit.values.term import Term, parse_term

_AGE = 16  # what is agreed until the child is grown up ends on this birthday
_WRITTEN_AGE = 2  # 虚岁, or last year's
_LETTER, _AGREEMENT = "委托书", "协议|确认书|责任书|承诺书"
_UNSIGNED = "未签|没签|没有签|待签|尚未签|无协议|未办"


def _letter(frame: Frame) -> Facet:
    typed = code_is(frame, "ag_type", "letter")
    titles = pa.array([f"{t.path.rsplit('/', 1)[-1]} {t.sheet}" for t in frame.tables], pa.string())
    speaks = _fits(titles, _LETTER) & ~_fits(titles, _AGREEMENT)
    titled = frame.per_table(speaks.tolist(), np.bool_)
    untold = in_state(frame, "ag_type", State.ABSENT, State.BLANK)
    return Facet.truth(Logic(typed.true | (untold & titled), typed.false | (untold & ~titled)))


def _fits(texts: pa.Array, pattern: str) -> Mask:
    return np.asarray(pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False), np.bool_)


def _unsigned(frame: Frame) -> Facet:
    found = code_is(frame, "ag_type", "none").true | search(frame, "ag_sign_date", _UNSIGNED)
    return Facet.truth(Logic(found, ~found))


def _terms(frame: Frame, field: str) -> dict[str, np.ndarray]:
    """What the cells of ``field`` say of a term, every distinct text read once: part of ``Term`` → value per record."""
    column = frame.squeezed_encoded(field)
    index = column.indices.to_numpy(zero_copy_only=False)
    terms = [parse_term(text, frame.context) for text in column.dictionary.to_pylist()]
    names = ("start_lo", "start_hi", "end_lo", "end_hi", "months", "until")
    return {
        name: np.array([getattr(t, name) for t in terms] or [getattr(Term(), name)])[index] for name in names
    }


def _term(frame: Frame) -> Facet:
    written = filled(frame, "ag_end") | filled(frame, "ag_term")
    columns = frame.has("ag_end") | frame.has("ag_term")
    return Facet.truth(Logic(written, ~written & columns))


def _first_known(*options: np.ndarray) -> np.ndarray:
    result = options[0].copy()
    for other in options[1:]:
        result = np.where(result == NO_DATE, other, result)
    return result.astype(np.int32)


def _day(frame: Frame, field: str, edge: str) -> np.ndarray:
    facet = frame.facet(f"{field}.{edge}")
    return np.where(facet.known & (frame[field].state == State.OK), facet.values, NO_DATE)


def _start(edge: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        own = _day(frame, "ag_start", edge)
        return Facet.day(
            _first_known(own, _terms(frame, "ag_term")[f"start_{edge}"], _day(frame, "ag_sign_date", edge))
        )

    return run


def _end(edge: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        term, last = _terms(frame, "ag_term"), _terms(frame, "ag_end")
        grown = days.birthday(frame.facet(f"child.birth_{edge}").values, _AGE)
        until = np.where((term["until"] == "age") | (last["until"] == "age"), grown, NO_DATE)
        start = frame.facet(f"agreement.start_{edge}").values
        months = np.where(term["months"] > 0, term["months"], last["months"])
        lasting = np.where((months > 0) & (start != NO_DATE), days.add_months(start, months) - 1, NO_DATE)
        own = _day(frame, "ag_end", edge)
        return Facet.day(_first_known(own, last[f"end_{edge}"], term[f"end_{edge}"], lasting, until))

    return run


def _child_key(frame: Frame) -> np.ndarray:
    """One number per child: by its ID number, else by name and unit; -1 where it has neither."""
    by_id, name = sound(frame, "id_no"), frame.facet("child_name")
    unit = frame.per_table(_numbered([t.unit.path for t in frame.tables]), np.int64)
    called = combine(name.codes(), unit)
    key = dense(np.where(by_id, frame.facet("id_no.norm").codes() * 2, called * 2 + 1))
    return np.where(by_id | name.known, key, -1)


def _numbered(names: list[str]) -> list[int]:
    numbers: dict[str, int] = {}
    return [numbers.setdefault(name, len(numbers)) for name in names]


def _superseded(frame: Frame) -> Facet:
    """By the day of signing, or else the term; of two signed on one day the one that ends later counts."""
    child, end = _child_key(frame), frame.facet("agreement.end_hi").values.astype(np.int64)
    signed = _first_known(_day(frame, "ag_sign_date", "lo"), frame.facet("agreement.start_lo").values, end)
    order = (signed.astype(np.int64) << 32) + end
    at = np.flatnonzero(~frame.facet("agreement.unsigned").as_logic().true & (child >= 0))
    newest = np.full(int(child.max(initial=-1)) + 2, np.iinfo(np.int64).min)
    np.maximum.at(newest, child[at], order[at])
    later = (child >= 0) & (order < newest[child])
    return Facet.truth(Logic(later, ~later))


def _here(frame: Frame) -> bool:
    """Of other registers nothing is said: their guardian need not be entrusted."""
    return frame.schema.about == "agreement"


def _name(frame: Frame) -> Facet:
    own, other = frame.facet("ag_trustee"), frame.facet("guardian_name")
    named = frame.has("ag_trustee")
    values = pc.if_else(pa.array(named), own.values, other.values)
    return Facet(values, np.where(named, own.known, other.known) & _here(frame))


def _birth(frame: Frame, edge: int) -> np.ndarray:
    own = span(frame, "ag_trustee_id", "ag_trustee_birth")[edge]
    return _first_known(own, span(frame, "guardian_id", "guardian_birth")[edge])


def _age(edge: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        birth = _birth(frame, 1 if edge == "lo" else 0)
        known = birth != NO_DATE
        years = np.where(known, days.completed_years(birth, frame.context.as_of), -1)
        for field in ("ag_trustee_age", "guardian_age"):
            written = frame.facet(field)
            stated = np.maximum(written.values + (1 if edge == "hi" else -_WRITTEN_AGE), 0)
            years = np.where(~known & written.known, stated, years)
            known = known | written.known
        return Facet(years.astype(np.int32), np.asarray(known & _here(frame)))

    return run


def _children(frame: Frame) -> Facet:
    n = len(frame)
    name = _name(frame)
    numbered = sound(frame, "ag_trustee_id")
    own = frame.facet("ag_trustee_id.norm").codes()
    unit = frame.per_table(_numbered([t.unit.path for t in frame.tables]), np.int64)
    called = combine(name.codes(), unit)
    trustee = dense(np.where(numbered, own * 2, called * 2 + 1))
    known = (numbered & _here(frame)) | name.known
    child = _child_key(frame)
    counts = known & (child >= 0) & ~frame.facet("agreement.superseded").as_logic().true
    pairs = (
        np.unique(np.stack([trustee[counts], child[counts]]), axis=1)
        if counts.any()
        else np.zeros((2, 0), np.int64)
    )
    of_each = np.bincount(pairs[0].astype(np.int64), minlength=n + 1)
    return Facet(np.where(known, of_each[trustee], 0).astype(np.int32), known)


def _is_principal(frame: Frame) -> Facet:
    """The name stands among those who entrust."""
    name = _name(frame)
    principals = frame.squeezed("ag_principal")
    pairs = pc.binary_join_element_wise(name.values, principals, "|").dictionary_encode()
    inside = [_among(*pair.split("|", 1)) for pair in pairs.dictionary.to_pylist()]
    found = (
        np.array(inside, np.bool_)[pairs.indices.to_numpy(zero_copy_only=False)]
        if inside
        else np.zeros(0, np.bool_)
    )
    return Facet.truth(Logic.of(found, name.known & filled(frame, "ag_principal")))


def _among(name: str, names: str) -> bool:
    """杨大山 stands in 杨大山、李秀英 as a name of its own."""
    if not name:
        return False
    before, found, after = names.partition(name)
    return bool(found) and not _letters(before[-1:]) and not _letters(after[:1])


def _letters(text: str) -> bool:
    return "\u3400" <= text <= "\u9fff" and text not in "和与及兼"


def _is_parent(frame: Frame, away: bool) -> Facet:
    name = _name(frame)
    parts = []
    for parent in PARENTS:
        other = frame.facet(f"{parent}_name")
        equal = np.asarray(pc.equal(name.values, other.values).to_numpy(zero_copy_only=False), np.bool_)
        same = Logic.of(equal, name.known & other.known)
        parts.append(same & frame.facet(f"{parent}.away").as_logic() if away else same)
    return Facet.truth(parts[0] | parts[1])


FACTS: tuple[Fact, ...] = (
    Fact("agreement.letter", "truth", _letter, Text("只是委托书", "a bare letter of entrustment")),
    Fact("agreement.unsigned", "truth", _unsigned, Text("注明未签订", "said not to be signed")),
    Fact("agreement.term", "truth", _term, Text("写有委托期限", "a term is written")),
    Fact("agreement.start_lo", "day", _start("lo"), Text("最早可能起始日", "first possible day of the term")),
    Fact("agreement.start_hi", "day", _start("hi"), Text("最晚可能起始日", "last possible day it begins")),
    Fact("agreement.end_lo", "day", _end("lo"), Text("最早可能到期日", "first possible day it ends")),
    Fact("agreement.end_hi", "day", _end("hi"), Text("最晚可能到期日", "last possible day of the term")),
    Fact(
        "agreement.superseded",
        "truth",
        _superseded,
        Text("已续签", "a later agreement for the child is there"),
    ),
    Fact("trustee.name", "text", _name, Text("受托人姓名", "the trustee's name")),
    Fact(
        "trustee.age_lo", "number", _age("lo"), Text("受托人最小可能周岁", "the trustee's least possible age")
    ),
    Fact(
        "trustee.age_hi",
        "number",
        _age("hi"),
        Text("受托人最大可能周岁", "the trustee's greatest possible age"),
    ),
    Fact(
        "trustee.children",
        "number",
        _children,
        Text("同一受托人受托的儿童数", "children entrusted to the same person"),
    ),
    Fact(
        "trustee.is_principal",
        "truth",
        _is_principal,
        Text("受托人就是委托人", "the trustee is who entrusts"),
    ),
    Fact(
        "trustee.is_parent",
        "truth",
        lambda frame: _is_parent(frame, away=False),
        Text("受托人是父或母", "the trustee is a parent"),
    ),
    Fact(
        "trustee.is_away_parent",
        "truth",
        lambda frame: _is_parent(frame, away=True),
        Text("受托人是外出的父或母", "the trustee is a parent who is away"),
    ),
)

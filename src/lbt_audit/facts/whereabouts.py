"""Where each parent is: the heart of who counts as a left-behind child.

``{p}`` is ``father`` or ``mother``. Facts, all three-valued: what the record does not say is not known.

``{p}.whereabouts`` (text) — the first line that applies:

=============  =========================================================================================
dead           ``{p}.dead`` (see ``death``)
custody        health/status 服刑, 强制隔离戒毒, 限制人身自由; or 服刑, 戒毒所 … in the parent's place cell
missing        status 失踪, 失联; or 失踪, 下落不明, 联系不上 … in the place cell
home           the place cell says 在家, 本村, 未外出, 带孩子 …; or 务农 without another place
local          the place cell names the own county or township: neither away nor at home is certain
away           the place cell names any other place, or says 务工, 外出
separated      the place cell says only 离异, 改嫁, 出走: where that parent is remains open
(not known)    blank, 无, 不详, —, an error cell, 去向不明, or no such column
=============  =========================================================================================

The parent's own cell comes first; of a common cell (父母去向) the clause that names the parent; an
undivided common cell speaks of both where the record says both are away (父母双方外出=是, 留守类型=双亲)
or the text does (均, 都), and of the living parent where the other is dead. Remarks are read only for
what no place cell says (服刑, 失联, 改嫁).

``{p}.away`` — away for work, and ``{p}.at_home``:

==========================================================================  ========  ========
what the record says                                                        away      at_home
==========================================================================  ========  ========
whereabouts away                                                            true      false
whereabouts home                                                            false     true
whereabouts dead, custody, missing                                          false     false
whereabouts local, ``away_scope`` any                                       unknown   unknown
whereabouts local, ``away_scope`` cross_county                              false     unknown
separated, or not known; and 父母双方外出=是 or 留守类型=双亲                  true      false
… 外出时间 of this parent filled                                             true      false
… 一方外出另一方无监护能力=是, the other parent lacks capacity or is at home   true      false
… 一方外出另一方无监护能力=是, this parent lacks capacity, the other doesn't  false     true
… 留守类型=父亲外出; or 一方外出 and the other parent is at home              true      false
… nothing of this                                                           unknown   unknown
==========================================================================  ========  ========

So a place always outweighs a ticked box; the contradiction itself is D03's. ``{p}.away_stated`` and
``{p}.home_stated`` are the same without the boxes: true only by the parent's own place or time.
``{p}.placed``: a place to be at is given, whatever else is known (a dead parent may be "placed": D02).
``{p}.away_lo``/``{p}.away_hi`` (day): since when, the parent's own 外出时间 or else the common one.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.facts import parent_words as said
from lbt_audit.facts.fact import Fact, of_each_parent
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.frames.texts import code_is, encoded, filled, search, search_any, some, words
from lbt_audit.model.cell import State
from lbt_audit.values.kind import NO_DATE

PARENTS = ("father", "mother")
REMARKS = ("remark", "special")
CLASSES = ("", "dead", "custody", "missing", "home", "local", "away", "separated")
_DEAD, _CUSTODY, _MISSING, _HOME, _LOCAL, _AWAY, _SEPARATED = range(1, 8)


def other(parent: str) -> str:
    return "mother" if parent == "father" else "father"


def classify(texts: pa.Array, elsewhere: Mask, own_area: Mask, at_home: Mask) -> np.ndarray:
    """Class (int8, index into ``CLASSES``) of each distinct text of a place cell.

    What the place parser found, bool per text: ``elsewhere`` a place outside the own county,
    ``own_area`` one in it, ``at_home`` words like 在家.
    """

    def has(pattern: str) -> Mask:
        return np.asarray(pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False), np.bool_)

    away = elsewhere | has(said.AWAY)
    conditions = [
        has(said.DEAD),
        has(said.CUSTODY),
        has(said.MISSING),
        has(said.HOME) | (at_home & ~has(said.NOT_AT_HOME)),
        has(said.FARMING) & ~elsewhere,
        away & ~own_area,
        own_area,
        has(said.SEPARATED),
        has(r"\p{Han}") & ~has("去向不明|去向不知|不知去向|不明|不详|不清|不知"),
    ]
    classes = [_DEAD, _CUSTODY, _MISSING, _HOME, _HOME, _AWAY, _LOCAL, _SEPARATED, _AWAY]
    return np.select(conditions, classes, 0).astype(np.int8)


def place_class(frame: Frame, field: str) -> np.ndarray:
    """Class of each row's cell in the place column ``field``; 0 where it says nothing."""
    if not some(frame, field):
        return np.zeros(len(frame), np.int8)
    column = encoded(frame, field)
    index = column.indices.to_numpy(zero_copy_only=False)
    size = len(column.dictionary)
    if not size:
        return np.zeros(len(frame), np.int8)
    facets = frame[field].facets
    own = np.asarray(facets["own_area"], np.bool_)
    elsewhere = ((facets["level"] > 0) | facets["abroad"]) & ~own
    found = []
    for rows in (elsewhere, own, np.asarray(facets["at_home"], np.bool_)):
        at = np.zeros(size, np.bool_)
        at[index[rows]] = True
        found.append(at)
    classes = classify(column.dictionary, *found)[index]
    says = filled(frame, field) & ~frame.is_error_cell(field)
    return np.where(says, classes, 0).astype(np.int8)


def _common(frame: Frame, parent: str) -> np.ndarray:
    """Class of what the cell common to both parents says of ``parent``."""
    field = "parents_work_place"
    whole = place_class(frame, field)
    if not some(frame, field):
        return whole
    column = encoded(frame, field)
    index = column.indices.to_numpy(zero_copy_only=False)
    texts = column.dictionary
    parts = pc.fill_null(pc.struct_field(pc.extract_regex(texts, said.part_of(parent)), "part"), "")
    nowhere = np.zeros(len(texts), np.bool_)
    part_class = classify(parts, nowhere, nowhere, nowhere)[index] if len(texts) else whole
    mentions = search(frame, field, said.SPEAKS_OF_ONE)
    of_both = search(frame, field, said.SPEAKS_OF_BOTH) | claims_both(frame).true
    alone = frame.facet(f"{other(parent)}.dead").as_logic().true
    undivided = np.where(of_both | alone, whole, 0)
    says = filled(frame, field) & ~frame.is_error_cell(field)
    return np.where(mentions, np.where(says, part_class, 0), undivided).astype(np.int8)


def claims_both(frame: Frame) -> Logic:
    """The record ticks that both parents are away; false where it denies it."""
    return code_is(frame, "both_away", "yes") | code_is(frame, "left_type", "both_away")


def _whereabouts(parent: str) -> Derivation:
    status = f"{parent}_status"

    def run(frame: Frame) -> Facet:
        dead = frame.facet(f"{parent}.dead").as_logic()
        own = place_class(frame, f"{parent}_work_place")
        common = _common(frame, parent)
        custody = code_is(frame, status, "imprisoned", "compulsory_rehab", "liberty_restricted").true
        missing = code_is(frame, status, "missing", "lost_contact").true
        remark = _remarked(frame, parent)
        place = np.where(own != 0, own, common)
        place = np.where((place == 0) | ((place == _SEPARATED) & (remark != 0)), remark, place)
        place = np.where(place == _DEAD, 0, place)  # what "dead" means is decided in one place
        codes = np.select([dead.true, custody, missing], [_DEAD, _CUSTODY, _MISSING], place)
        return Facet.text(words(codes, CLASSES))

    return run


def _remarked(frame: Frame, parent: str) -> np.ndarray:
    """Class from the remarks: only what keeps a parent from being a migrant worker or at home."""
    found = np.zeros(len(frame), np.int8)
    for words_, code in ((said.SEPARATED, _SEPARATED), (said.MISSING, _MISSING), (said.CUSTODY, _CUSTODY)):
        for field in REMARKS:
            if some(frame, field):
                pattern = said.about(parent, words_)
                if code == _SEPARATED:
                    pattern += "|" + said.SHORT_LEFT[parent]
                found[search(frame, field, pattern)] = code
    return found


def is_at(frame: Frame, parent: str, *classes: str) -> Logic:
    return frame.facet(f"{parent}.whereabouts").isin(list(classes))


def _states(frame: Frame, parent: str) -> tuple[Logic, Logic]:
    """(away, at home) by the table above."""
    n, them = len(frame), other(parent)
    where = frame.facet(f"{parent}.whereabouts")
    away, home = where.isin(["away"]).true, where.isin(["home"]).true
    gone = where.isin(["dead", "custody", "missing"]).true
    local = where.isin(["local"]).true
    open_ = ~(away | home | gone | local)
    since = open_ & _since_filled(frame, parent)
    both = open_ & claims_both(frame).true
    one = code_is(frame, "one_away_incap", "yes").true
    unfit, they_unfit = (named_incapable(frame, p) for p in (parent, them))
    they_home = is_at(frame, them, "home").true
    by_box = open_ & one & ((they_unfit & ~unfit) | (they_home & ~unfit))
    at_home_by_box = open_ & one & unfit & ~they_unfit & ~since & ~both
    alone = open_ & code_is(frame, "left_type", "one_away").true & (they_home | _typed(frame, parent))
    claimed = (since | both | by_box | alone) & ~at_home_by_box
    scope_false = local if frame.params.get("away_scope") == "cross_county" else np.zeros(n, np.bool_)
    is_away = Logic(away | claimed, home | gone | at_home_by_box | scope_false)
    return is_away, Logic(home | at_home_by_box, away | gone | claimed)


def named_incapable(frame: Frame, parent: str) -> Mask:
    """The form's own box says this parent lacks capacity."""
    who = {"father": "父|爸|双方|均|都", "mother": "母|妈|双方|均|都"}[parent]
    box = code_is(frame, f"{parent}_incapable", "yes").true
    return np.asarray(box | (filled(frame, "incap_who") & search_any(frame, ("incap_who",), who)))


def _typed(frame: Frame, parent: str) -> Mask:
    """留守类型 itself names the parent who is away (父亲外出)."""
    if not some(frame, "left_type"):
        return np.zeros(len(frame), np.bool_)
    return search(frame, "left_type", {"father": "父亲?(一方)?外出", "mother": "母亲?(一方)?外出"}[parent])


def _since_filled(frame: Frame, parent: str) -> Mask:
    return filled(frame, f"{parent}_away_since") & ~frame.is_error_cell(f"{parent}_away_since")


def _away(parent: str) -> Derivation:
    return lambda frame: Facet.truth(_states(frame, parent)[0])


def _at_home(parent: str) -> Derivation:
    return lambda frame: Facet.truth(_states(frame, parent)[1])


def _away_stated(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        where = frame.facet(f"{parent}.whereabouts")
        silent = ~where.known
        away = where.isin(["away"]).true | (silent & _since_filled(frame, parent))
        return Facet.truth(Logic(away, where.isin(["home", "dead", "custody", "missing"]).true))

    return run


def _home_stated(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        return Facet.truth(is_at(frame, parent, "home"))

    return run


def _placed(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        own = place_class(frame, f"{parent}_work_place")
        state = frame[f"{parent}_work_place"].state
        return Facet.truth(Logic.of(np.isin(own, (_AWAY, _LOCAL, _HOME)), state != State.ABSENT))

    return run


def _since(parent: str, edge: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        own = frame.facet(f"{parent}_away_since.{edge}")
        common = frame.facet(f"parents_away_since.{edge}")
        said_ = filled(frame, f"{parent}_away_since")
        values = np.where(own.known, own.values, NO_DATE)
        fallback = np.where(common.known & ~said_, common.values, NO_DATE)
        return Facet.day(np.where(said_, values, fallback).astype(np.int32))

    return run


FACTS: tuple[Fact, ...] = (
    *of_each_parent("{p}.whereabouts", "code", _whereabouts, "{p}去向", "where {p} is", CLASSES[1:]),
    *of_each_parent("{p}.away", "truth", _away, "{p}外出务工", "{p} is away for work"),
    *of_each_parent("{p}.at_home", "truth", _at_home, "{p}在家", "{p} is at home"),
    *of_each_parent(
        "{p}.away_stated",
        "truth",
        _away_stated,
        "按地点或时间{p}外出",
        "{p} is away by place or time, boxes left out",
    ),
    *of_each_parent(
        "{p}.home_stated",
        "truth",
        _home_stated,
        "按地点{p}在家",
        "{p} is at home by the place, boxes left out",
    ),
    *of_each_parent("{p}.placed", "truth", _placed, "填有{p}的去处", "a place is given for {p}"),
    *of_each_parent(
        "{p}.away_lo", "day", lambda p: _since(p, "lo"), "{p}外出的最早可能日", "first possible day {p} left"
    ),
    *of_each_parent(
        "{p}.away_hi", "day", lambda p: _since(p, "hi"), "{p}外出的最晚可能日", "last possible day {p} left"
    ),
)

"""Where each parent is, by what the record says of it.

``{p}`` is ``father`` or ``mother``. ``{p}.whereabouts`` (code) — the first line that applies:

=============  =========================================================================================
dead           ``{p}.dead`` (see ``death``)
custody        status 服刑, 强制隔离戒毒, 限制人身自由; or a cell of the parent, 父母去向 or a remark says 服刑 …
missing        status 失踪, 失联; or one of them says 失踪, 联系不上, 下落不明 …
home           the place says 在家, 本村, 未外出, 带孩子 …; or 务农 without another place
local          the place names the own county or township: neither away nor at home is certain
away           the place names any other place, or says 务工, 外出
separated      only 离异, 改嫁, 出走 is said: where that parent is remains open
(not known)    blank, 无, 不详, —, an error cell, 去向不明, or no such column
=============  =========================================================================================

The parent's own place cell comes first; of a common cell (父母去向) the clauses that speak of the parent; a
common cell that names nobody speaks of both where the record says both are away (父母双方外出=是,
留守类型=双亲) or the text does (均, 都), and of the living parent where the other is dead. A remark that
somebody is lost or in custody outweighs a place written earlier; of a separation it tells only where no
place does.

``{p}.missing``, ``{p}.in_custody`` (truth): this line applies; false where another does; else not known.
``{p}.gone``: dead, missing or in custody: nobody who could owe a place of work or a phone.
``parents.gone``: both are. ``{p}.placed``: a place to be at is given in the own cell, whatever else is known
(a dead parent may be "placed": D02); ``{p}.place``, ``parents.place`` (code): what that cell alone says.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from lbt_audit.config.words import cut, matches, words
from lbt_audit.facts.fact import PARENTS, Fact, of_each_parent, other
from lbt_audit.facts.parents.statements import (
    COMMON,
    either_of_both,
    own_cells_say,
    remarks_say,
    statements,
)
from lbt_audit.frames.clauses import claimed
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.frames.texts import code_is, coded, filled, some
from lbt_audit.model.cell import State
from lbt_audit.model.text import Text

CLASSES = ("", "dead", "custody", "missing", "home", "local", "away", "separated", "unclear")
_DEAD, _CUSTODY, _MISSING, _HOME, _LOCAL, _AWAY, _SEPARATED, _UNCLEAR = range(1, 9)
_PLACED = (_AWAY, _LOCAL, _HOME)


def classify(said: pa.Array, elsewhere: Mask, own_area: Mask) -> np.ndarray:
    """Class (int8, index into ``CLASSES``) of distinct texts about one parent.

    What the place parser found, bool per text: ``elsewhere`` a place outside the own county, ``own_area`` one in it.
    """

    def has(name: str) -> Mask:
        return claimed(said, words(name))

    classes = {
        _DEAD: has("dead"),
        _CUSTODY: has("custody"),
        _MISSING: has("missing"),
        _HOME: has("home") | (has("home_unless_elsewhere") & ~elsewhere),
        _AWAY: (elsewhere | has("away")) & ~own_area,
        _LOCAL: own_area,
        _SEPARATED: has("separated"),
        _UNCLEAR: words("unclear").found(said),
    }
    # Anything else in Chinese is a place the gazetteer does not know.
    somewhere = matches(said, r"\p{Han}") & ~words("no_place").found(said)
    return np.select([*classes.values(), somewhere], [*classes, _AWAY], 0).astype(np.int8)


def _written(frame: Frame, field: str) -> Mask:
    return filled(frame, field) & ~frame.is_error_cell(field)


def _parsed(frame: Frame, field: str, index: np.ndarray, size: int) -> tuple[Mask, Mask]:
    """(names a place outside the own county, names one in it), per distinct text."""
    facets = frame[field].facets
    own = np.asarray(facets["own_area"], np.bool_)
    found = []
    for rows in (((facets["level"] > 0) | facets["abroad"]) & ~own, own):
        per_text = np.zeros(size, np.bool_)
        per_text[index[rows]] = True
        found.append(per_text)
    return found[0], found[1]


def _own(frame: Frame, parent: str) -> np.ndarray:
    """Class of the parent's own place cell; 0 where it says nothing."""
    field = f"{parent}_work_place"
    if not some(frame, field):
        return np.zeros(len(frame), np.int8)
    cells = statements(frame, field, speaker=parent)
    said = cells.by_person.of(parent)
    classes = classify(said, *_parsed(frame, field, cells.index, len(said)))
    return np.where(_written(frame, field), cells.spread(classes), 0).astype(np.int8)


def _undivided(frame: Frame) -> np.ndarray:
    """Class of a common cell that names neither parent; 0 elsewhere."""
    if not some(frame, COMMON):
        return np.zeros(len(frame), np.int8)
    cells = statements(frame, COMMON)
    said = cells.by_person.nobody
    classes = classify(said, *_parsed(frame, COMMON, cells.index, len(said)))
    here = _written(frame, COMMON) & ~cells.spread(cells.by_person.named)
    return np.where(here, cells.spread(classes), 0).astype(np.int8)


def _named_part(frame: Frame, parent: str) -> np.ndarray:
    """Class of the clauses of a common cell that speak of ``parent``; 0 where it names nobody."""
    if not some(frame, COMMON):
        return np.zeros(len(frame), np.int8)
    cells = statements(frame, COMMON)
    said = cells.by_person.of(parent)
    nowhere = np.zeros(len(said), np.bool_)
    # 父母离异，父浙江: what is said beside the separation comes first.
    beside = classify(cut(said, f"[^，]*{words('separated').pattern}[^，]*"), nowhere, nowhere)
    classes = np.where(beside != 0, beside, classify(said, nowhere, nowhere))
    return np.where(_written(frame, COMMON), cells.spread(classes), 0).astype(np.int8)


def _common(frame: Frame, parent: str) -> np.ndarray:
    """Class of what the cell common to both parents says of ``parent``."""
    if not some(frame, COMMON):
        return np.zeros(len(frame), np.int8)
    cells = statements(frame, COMMON)
    meant = cells.spread(either_of_both(cells.by_person.nobody)) | claims_both(frame).true
    meant |= frame.facet(f"{other(parent)}.dead").as_logic().true
    undivided = np.where(meant, _undivided(frame), 0)
    return np.where(cells.spread(cells.by_person.named), _named_part(frame, parent), undivided)


def claims_both(frame: Frame) -> Logic:
    """The record ticks that both parents are away; false where it denies it."""
    return code_is(frame, "both_away", "yes") | code_is(frame, "left_type", "both_away")


def _whereabouts(parent: str) -> Derivation:
    status = f"{parent}_status"

    def run(frame: Frame) -> Facet:
        own, common = _own(frame, parent), _common(frame, parent)
        place = np.where(own != 0, own, common)
        kept = code_is(frame, status, "imprisoned", "compulsory_rehab", "liberty_restricted").true
        kept = kept | own_cells_say(frame, parent, "custody") | remarks_say(frame, parent, "custody")
        lost = code_is(frame, status, "missing", "lost_contact").true
        lost = lost | own_cells_say(frame, parent, "missing") | remarks_say(frame, parent, "missing")
        left = np.isin(place, (0, _DEAD, _UNCLEAR)) & remarks_say(frame, parent, "separated")
        conditions = [
            frame.facet(f"{parent}.dead").as_logic().true,
            kept | (place == _CUSTODY),
            lost | (place == _MISSING),
            left,
            ~np.isin(place, (_DEAD, _UNCLEAR)),  # what "dead" means is decided in one place
        ]
        codes = np.select(conditions, [_DEAD, _CUSTODY, _MISSING, _SEPARATED, place], 0)
        return Facet.text(coded(codes, CLASSES))

    return run


def is_at(frame: Frame, parent: str, *classes: str) -> Logic:
    return frame.facet(f"{parent}.whereabouts").isin(list(classes))


def _is(cls: str) -> Callable[[str], Derivation]:
    return lambda parent: lambda frame: Facet.truth(is_at(frame, parent, cls))


def _gone(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        dead = frame.facet(f"{parent}.dead").as_logic()
        return Facet.truth(dead | is_at(frame, parent, "custody", "missing"))

    return run


def _both_gone(frame: Frame) -> Facet:
    father, mother = (frame.facet(f"{p}.gone").as_logic() for p in PARENTS)
    return Facet.truth(father & mother)


def _placed(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        there = np.isin(_own(frame, parent), _PLACED)
        return Facet.truth(Logic.of(there, frame[f"{parent}_work_place"].state != State.ABSENT))

    return run


def _place(parent: str) -> Derivation:
    return lambda frame: Facet.text(coded(_own(frame, parent), CLASSES))


def _common_place(frame: Frame) -> Facet:
    """Of a cell that says two things, the one that is a place, the father's first."""
    parts = [_undivided(frame), *(_named_part(frame, p) for p in PARENTS)]
    placed = [np.where(np.isin(part, _PLACED), part, 0) for part in parts]
    codes = np.select([part != 0 for part in (*placed, *parts)], [*placed, *parts], 0)
    return Facet.text(coded(codes, CLASSES))


FACTS: tuple[Fact, ...] = (
    *of_each_parent("{p}.whereabouts", "code", _whereabouts, "{p}去向", "where {p} is", CLASSES[1:_UNCLEAR]),
    *of_each_parent(
        "{p}.missing", "truth", _is("missing"), "{p}失踪或失联", "{p} is missing or out of contact"
    ),
    *of_each_parent(
        "{p}.in_custody",
        "truth",
        _is("custody"),
        "{p}服刑、强制戒毒或被限制人身自由",
        "{p} is in prison, compulsory rehabilitation or otherwise held",
    ),
    *of_each_parent(
        "{p}.gone", "truth", _gone, "{p}已故、失联或被羁押", "{p} is dead, missing or in custody"
    ),
    Fact("parents.gone", "truth", _both_gone, Text("父母均已故、失联或被羁押", "so are both parents")),
    *of_each_parent(
        "{p}.placed",
        "truth",
        _placed,
        "{p}务工地点栏填有去处",
        "the place cell of {p} gives a place to be at",
    ),
    *of_each_parent(
        "{p}.place", "code", _place, "{p}务工地点栏所写", "what the place cell of {p} says", CLASSES[1:]
    ),
    Fact(
        "parents.place",
        "code",
        _common_place,
        Text("父母去向栏所写", "what the cell common to both says; of two things the one that is a place"),
        CLASSES[1:],
    ),
)

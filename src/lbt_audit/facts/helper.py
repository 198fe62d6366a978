"""Helpers (帮扶人): who they are, and whether what they do is said.

``helper.person`` (number): one helper, in whatever rows: the same name and telephone, or the same name in the lists of one unit;
two telephones of one name are two people. ``helper.first``: the helper's first record.
``helper.unit_given``, ``helper.post_given``, ``helper.phone_given``: some record of the helper says it: a list that gives it in
the first row only gives it. A post or telephone beside the name (张三（村支书）, 张三13985720001) is given.
``helper.of_many``: an officer for children, a social worker or an institution, who lawfully help many.
``helper.list_kept``: the sheet's column of helpers is filled for at least a tenth of its records: a form's column that nobody
uses says nothing.
``helper.measure``: the measures without stops, digits and blanks. ``helper.measure_fault``: ``blank``, ``short`` (under
``measure_min_length``), ``stock`` (a phrase of ``rules/words.yaml`` and nothing else), ``common``
(a short text, or a phrase, that stands for ``same_text_min`` children of the unit; longer ones are E10's), ``all_blank`` (so many
are blank), or none.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.config.words import words
from lbt_audit.facts.fact import Fact
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.keys import combine
from lbt_audit.frames.logic import Logic
from lbt_audit.frames.texts import filled, holds, some
from lbt_audit.model.cell import State
from lbt_audit.model.text import Text

USED = 0.1
FAULTS = ("blank", "short", "stock", "common", "all_blank")
LONG = 15  # characters from which on texts are compared by E10
_TELEPHONE = r"(?P<number>1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8})"
_STOPS = r"[\p{P}\p{S}\p{Z}\p{N}]+"


def _person(frame: Frame) -> Facet:
    name, phone = frame.facet("helper_name.norm"), frame.facet("helper_phone.number")
    beside = _telephone(frame)
    phone = Facet(pc.if_else(pa.array(phone.known), phone.values, beside.values), phone.known | beside.known)
    names, phones = name.codes(), phone.codes()
    units = frame.by_unit()
    if not len(frame):
        return Facet(np.zeros(0, np.int64), np.zeros(0, np.bool_))
    called = combine(names, units)
    # Without a telephone it is the one telephone of that name in the unit, if there is one.
    least, most = np.full(int(called.max()) + 1, np.iinfo(np.int64).max), np.full(int(called.max()) + 1, -1)
    np.minimum.at(least, called[phone.known], phones[phone.known])
    np.maximum.at(most, called[phone.known], phones[phone.known])
    only = (least == most)[called]
    given = np.where(phone.known, phones, np.where(only, most[called], -1))
    person = combine(names, np.where(given >= 0, given * 2, called * 2 + 1))
    return Facet(person, name.known)


def _telephone(frame: Frame) -> Facet:
    """The telephone that stands in the cell of the name."""
    if not some(frame, "helper_name"):
        return Facet(pa.array([""] * len(frame), pa.string()), np.zeros(len(frame), np.bool_))
    column = frame.squeezed_encoded("helper_name")
    found = pc.fill_null(pc.struct_field(pc.extract_regex(column.dictionary, _TELEPHONE), "number"), "")
    numbers = found.take(column.indices)
    there = pc.not_equal(numbers, "").to_numpy(zero_copy_only=False)
    return Facet(numbers, np.asarray(there & filled(frame, "helper_name")))


def _first(frame: Frame) -> Facet:
    person = frame.facet("helper.person")
    first = np.zeros(len(frame), np.bool_)
    rows = np.flatnonzero(person.known)
    first[rows[np.unique(person.values[rows], return_index=True)[1]]] = True
    return Facet.truth(Logic(first, ~first))


def _given(field: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        person, there = frame.facet("helper.person"), filled(frame, field)
        if field == "helper_phone":
            there = there | _telephone(frame).known
        elif field == "helper_post":
            there = there | holds(frame, ("helper_name",), "post_said")
        said = np.zeros(int(person.values.max(initial=-1)) + 1, np.bool_)
        said[person.values[there & person.known]] = True
        gives = said[person.values] if len(said) else there
        return Facet.truth(Logic.of(gives, person.known & (frame.has(field) | gives)))

    return run


def _of_many(frame: Frame) -> Facet:
    fields = ("helper_name", "helper_post", "helper_unit")
    found = holds(frame, fields, "helper_of_many") | holds(frame, ("helper_name",), "institution")
    return Facet.truth(Logic(found, ~found))


def _list_kept(frame: Frame) -> Facet:
    named, n = filled(frame, "helper_name") | filled(frame, "cadre_name"), len(frame.tables)
    share = np.bincount(frame.table[named], minlength=n) >= USED * np.maximum(frame.lengths, 1)
    kept = (frame.has("helper_name") | frame.has("cadre_name")) & frame.per_table(share.tolist(), np.bool_)
    return Facet.truth(Logic(kept, ~kept))


def _measures(frame: Frame) -> pa.DictionaryArray:
    column = frame.squeezed_encoded("helper_measure")
    bare = pc.replace_substring_regex(column.dictionary, _STOPS, "")
    return pa.DictionaryArray.from_arrays(column.indices, bare)


def _measure(frame: Frame) -> Facet:
    if not some(frame, "helper_measure"):
        return Facet.text(pa.array([""] * len(frame), pa.string()))
    return Facet.text(_measures(frame).dictionary_decode())


def _children_of_one_text(frame: Frame, text: np.ndarray) -> np.ndarray:
    """How many children of the unit have each record's text."""
    if not len(frame):
        return np.zeros(0, np.int64)
    group = combine(text, frame.by_unit())
    child = frame.facet("child_name.norm").codes()
    first = np.unique(combine(group, child), return_index=True)[1]
    return np.asarray(np.bincount(group[first])[group])


def _measure_fault(frame: Frame) -> Facet:
    """Only where a helper is named; not known without the column."""
    n = len(frame)
    state = frame["helper_measure"].state
    code = np.zeros(n, np.int32)
    if some(frame, "helper_measure"):
        column = _measures(frame)
        at = column.indices.to_numpy(zero_copy_only=False)
        length = pc.utf8_length(column.dictionary).to_numpy(zero_copy_only=False)
        common = _children_of_one_text(frame, at) >= int(frame.params["same_text_min"])
        code[(length < int(frame.params["measure_min_length"]))[at]] = 2
        code[words("stock_measure").found(column.dictionary)[at]] = 3
        code[common & (length < LONG)[at]] = 4
    blank = np.isin(state, (State.BLANK, State.PLACEHOLDER, State.DASH))
    code[blank] = np.where(code[blank] == 4, 5, 1)
    known = filled(frame, "helper_name") & (state != State.ABSENT)
    return Facet(pa.array(["", *FAULTS]).take(pa.array(code)), known)


FACTS: tuple[Fact, ...] = (
    Fact("helper.person", "number", _person, Text("同一帮扶人", "one helper")),
    Fact("helper.first", "truth", _first, Text("该帮扶人的首条记录", "the helper's first record")),
    *(
        Fact(
            f"helper.{what}_given",
            "truth",
            _given(f"helper_{what}"),
            Text(f"填有帮扶人{zh}", f"the helper's {en} is given"),
        )
        for what, zh, en in (
            ("unit", "单位", "unit"),
            ("post", "职务", "post"),
            ("phone", "电话", "telephone"),
        )
    ),
    Fact(
        "helper.of_many", "truth", _of_many, Text("可帮扶多人（儿童主任、单位等）", "one who may help many")
    ),
    Fact("helper.list_kept", "truth", _list_kept, Text("表中登记了帮扶人", "the sheet names helpers")),
    Fact("helper.measure", "text", _measure, Text("帮扶措施（去标点）", "the measures without stops")),
    Fact(
        "helper.measure_fault",
        "code",
        _measure_fault,
        Text("帮扶措施空泛", "the measures say nothing"),
        FAULTS,
    ),
)

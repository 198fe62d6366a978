"""Faults to plant into a lawful form: what may be wrong about any value of its kind, each with the rule that must find it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from lbt_audit.templates.form import Form, FormColumn


class Fault(NamedTuple):
    """``row``: among the records, from 0; ``value``: what stands there instead."""

    row: int
    field: str
    value: Any
    rule: str


Wrong = Callable[[str], Any]


def _last(number: str) -> str:
    """Another check character."""
    return number[:-1] + ("1" if number[-1] != "1" else "2")


_OF: Mapping[str, tuple[tuple[Wrong, str], ...]] = {
    "citizen_id": (
        (lambda n: n[:-1], "C01"),
        (lambda n: n[:4] + "O" + n[5:], "C01"),
        (lambda n: n + "7", "C01"),
        (_last, "C02"),
    ),
    "name": ((lambda n: n[:1] + "3", "C10"), (lambda n: n[:1] + "□" + n[2:], "C11")),
    "date": ((lambda _: "2016.13.45", "C06"), (lambda _: "记不清哪天", "C06")),
    "phone": ((lambda p: p + "7", "C14"), (lambda p: p[:9], "C14"), (lambda _: "13800000000", "C15")),
    "code": ((lambda _: "还行吧", "C16"),),
    "yes_no": ((lambda _: "也许", "C16"),),
    "relation": ((lambda _: "邻里乡亲", "C16"),),
    "ethnicity": ((lambda _: "火星族", "C13"),),
    "integer": ((lambda _: "好几次", "C16"),),
    "grade": ((lambda _: "高高年级", "C19"),),
}
_ELSE: Mapping[str, str] = {"father_away_since": "G06", "mother_away_since": "G06"}
"""Days of which another rule speaks than C06."""
_FREE = ("ag_start", "ag_end")
"""Days in whose place words are lawful (至满16周岁)."""
_BLANK: Mapping[str, Mapping[str, str]] = {
    "agreements": {"child_name": "H02", "ag_sign_date": "H02"},
    "exits": {"exit_date": "L09", "exit_reason": "L09"},
}
"""Register → column whose blank another rule than B01 tells."""


def faults(form: Form, lawful: Mapping[str, list[Any]], count: int) -> list[Fault]:
    """``count`` faults, one a row: of every column in turn, with the next thing that can be wrong in it."""
    pools = [
        _pool(column, _BLANK.get(form.kind.key, {}))
        for column in form.columns
        if column.key in lawful and column.key != "seq"
    ]
    longest = max(map(len, pools))
    every = [pool[turn % len(pool)] for turn in range(longest * count) for pool in pools if pool]
    found = []
    for row, (field, wrong, rule) in enumerate(every[:count]):
        found.append(Fault(row, field, wrong(str(lawful[field][row])), rule))
    return found


def _pool(column: FormColumn, blank: Mapping[str, str]) -> list[tuple[str, Wrong, str]]:
    ways = [] if column.key in _FREE else [*_OF.get(column.field.kind, ())]
    if column.always:
        ways.append((lambda _: "", blank.get(column.key, "B01")))
    return [(column.key, wrong, _ELSE.get(column.key, rule)) for wrong, rule in ways]

"""Father and mother as persons.

``{p}.birth_lo``/``{p}.birth_hi`` (day): a sound ID's day, else the birth column's interval.
``{p}.sex`` (1 male, 2 female): by a sound ID. ``{p}.gap_lo``/``{p}.gap_hi`` (years): the parent's age
when the child was born, at least and at most.
"""

from __future__ import annotations

import numpy as np

from lbt_audit.facts.fact import Fact, of_each_parent
from lbt_audit.frames import days
from lbt_audit.frames.citizen import id_sex, span
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame


def _birth(parent: str, edge: int) -> Derivation:
    return lambda frame: Facet.day(span(frame, f"{parent}_id", f"{parent}_birth")[edge])


def _sex(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        sex = id_sex(frame, f"{parent}_id")
        return Facet(sex, sex > 0)

    return run


def years_between(frame: Frame, elder: str, younger: str) -> Facet:
    """Completed years from the day ``elder`` (operand) to the day ``younger``; negative if reversed."""
    first, second = frame.facet(elder), frame.facet(younger)
    known = first.known & second.known
    safe = np.where(known, second.values, 0)
    return Facet(days.completed_years(np.where(known, first.values, 0), safe), known)


def _gap(parent: str, edge: str) -> Derivation:
    elder, younger = (
        (f"{parent}.birth_hi", "child.birth_lo") if edge == "lo" else (f"{parent}.birth_lo", "child.birth_hi")
    )
    return lambda frame: years_between(frame, elder, younger)


FACTS: tuple[Fact, ...] = (
    *of_each_parent(
        "{p}.birth_lo",
        "day",
        lambda p: _birth(p, 0),
        "{p}可能的最早出生日",
        "first possible day of birth of {p}",
    ),
    *of_each_parent(
        "{p}.birth_hi",
        "day",
        lambda p: _birth(p, 1),
        "{p}可能的最晚出生日",
        "last possible day of birth of {p}",
    ),
    *of_each_parent(
        "{p}.sex",
        "number",
        _sex,
        "{p}证件所示性别（1 男 2 女）",
        "sex of {p} by the ID number (1 male, 2 female)",
    ),
    *of_each_parent(
        "{p}.gap_lo",
        "number",
        lambda p: _gap(p, "lo"),
        "{p}至少年长几岁",
        "age of {p} at the birth, at least",
    ),
    *of_each_parent(
        "{p}.gap_hi", "number", lambda p: _gap(p, "hi"), "{p}至多年长几岁", "age of {p} at the birth, at most"
    ),
)

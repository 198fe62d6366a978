"""What the records of one child say differently in several lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from pydantic import AfterValidator, Field, ValidationInfo

from lbt_audit.checks.base import ByKind, Check, Word
from lbt_audit.checks.links.findings import Finding, by_child, notes_of
from lbt_audit.frames.book import Book
from lbt_audit.frames.logic import Mask
from lbt_audit.links.children import Pairs
from lbt_audit.links.comparison.comparisons import difference
from lbt_audit.links.comparison.fields import Compared, Difference
from lbt_audit.links.comparison.names import CHECK_KINDS, ID_KINDS, NAME_KINDS
from lbt_audit.links.comparison.pairing import Pairing
from lbt_audit.links.links import Links
from lbt_audit.matching.evidence.identity import Identity
from lbt_audit.model.rule import Rule
from lbt_audit.rulebook.flaw import unknown
from lbt_audit.rulebook.params import Params, SeverityName, TableKind
from lbt_audit.rulebook.vocabulary import Vocabulary

_NUMBER_KINDS = {
    "same_number": "the records have one ID or enrolment number",
    "other_number": "the records have no number in common",
}


def _is_kind(name: str, info: ValidationInfo) -> str:
    if isinstance(info.context, Vocabulary):
        kinds = [*NAME_KINDS, "by_former", *_NUMBER_KINDS, *ID_KINDS, *CHECK_KINDS, *info.context.tables]
        if name not in kinds:
            raise unknown("这种差别", "kind of difference", name, kinds)
    return name


class Grade(Params):
    severity: SeverityName = Field(description="how grave such a difference is")
    kinds: tuple[Annotated[str, AfterValidator(_is_kind)], ...] = Field(
        min_length=1, description="kinds of difference, and kinds of list among the two; all must hold"
    )


class ComparedParams(Params):
    fields: Compared = Field(
        min_length=1, description="fields compared, and how; a field one of two lists lacks is passed over"
    )
    registers: tuple[TableKind, ...] = Field(
        default=(),
        alias="with",
        description="registers besides lists (forms), held against the child's first record",
    )
    grades: tuple[Grade, ...] = Field(
        default=(),
        description="grades single pairs: the first that holds decides, else the rule's own stands",
    )
    one_number: bool = Field(
        default=False,
        description="records with one valid ID number that are too unlike to be one child are compared as well",
    )


def run(rule: Rule[ComparedParams], book: Book) -> ByKind | None:
    """One issue per child whose records in the lists of ``tables`` (and the registers ``with``) say two things in
    any of ``fields``: filed under its record in the first list, every other list pointed at. Of several
    differences the gravest grades the issue."""
    p, links = rule.params, Links.of(book)
    pairings = links.comparisons.among(rule.tables, p.registers)
    if not pairings:
        return None
    findings = [_finding(rule, x, np.arange(len(x.pairs.left)), len(x.pairs.left)) for x in pairings]
    if p.one_number:
        findings += _one_number(rule, links, findings)
    return by_child([f for f in findings if len(f.pairing.pairs.left) or f.checked], book)


def _finding(rule: Rule[ComparedParams], x: Pairing, among: np.ndarray, checked: int) -> Finding:
    """The pairs of ``among`` (positions) that differ."""
    made = {f: difference(x, f, how) for f, how in rule.params.fields.items()}
    differences = {f: d for f, d in made.items() if d is not None}
    found = np.zeros(len(x.pairs.left), np.bool_)
    for d in differences.values():
        found |= d.found
    chosen = among[found[among]]
    differences = {f: d.take(chosen) for f, d in differences.items()}
    severity = np.zeros(len(chosen), np.int8)
    for grade in reversed(rule.params.grades):
        severity[_holds(grade, x, list(differences.values()), len(chosen))] = grade.severity
    notes = notes_of(list(differences.values()), rule.words) if rule.words else None
    return Finding(x.take(chosen), differences, notes, severity, checked)


def _holds(grade: Grade, x: Pairing, differences: Sequence[Difference], n: int) -> Mask:
    """Pairs of which all kinds of a grade are true."""
    result = np.ones(n, np.bool_)
    for kind in grade.kinds:
        if kind not in (x.left.kind, x.right.kind):
            held = [d.found & d.kinds[kind] for d in differences if kind in d.kinds]
            result &= np.logical_or.reduce(held) if held else False
    return result


def _one_number(rule: Rule[ComparedParams], links: Links, findings: Sequence[Finding]) -> list[Finding]:
    """Pairs with one valid ID number that are too different to be called one child; a record that is found to
    differ from a list already is not told twice."""
    kinds = (*rule.tables, *rule.params.registers)
    known: dict[str, set[int]] = {}
    for f in findings:
        known.setdefault(f.pairing.right.kind, set()).update(f.pairing.pairs.right.tolist())
    result = []
    lists = links.kinds.lists
    for i, left in enumerate(lists):
        for right in (*lists[i + 1 :], *rule.params.registers):
            found = links.between(left, right) if {left, right} <= {*kinds} else None
            if found is None:
                continue
            equal = (found.found.evidence.codes["id_no"] == Identity.EQUAL)[found.link] & ~found.certain
            equal &= ~np.isin(found.right, list(known.get(right, ())))
            one, other = (rows[equal].astype(np.int64) for rows in (found.left, found.right))
            pairing = links.comparisons.pairing(Pairs(left, right, one, other)) if len(one) else None
            if pairing is not None:
                result.append(_finding(rule, pairing, np.arange(len(one)), 0))
                known.setdefault(right, set()).update(result[-1].pairing.pairs.right.tolist())
    return result


CHECK = Check(
    name="compared",
    params=ComparedParams,
    crosses="county",
    words={
        **{key: Word("names differ in this way", ("place",), required=False) for key in NAME_KINDS},
        "by_former": Word("names agree through a former name, but for a slip", required=False),
        **{key: Word(says, required=False) for key, says in _NUMBER_KINDS.items()},
        **{key: Word("ID numbers differ in this way", required=False) for key in ID_KINDS},
        **{
            key: Word("which of the two numbers passes the check digit", required=False)
            for key in CHECK_KINDS
        },
    },
    on_book=run,
)

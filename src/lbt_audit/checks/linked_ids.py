"""One child with several ID numbers in different lists."""

from __future__ import annotations

import numpy as np

from lbt_audit.checks.base import ByKind, Check, Parameter
from lbt_audit.checks.linked import Finding, by_child, texts_of, worded
from lbt_audit.frames.book import Book
from lbt_audit.links.comparison import Compared
from lbt_audit.links.links import Links
from lbt_audit.matching.evidence.identity import Identity
from lbt_audit.model.rule import Rule
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text

_HOW = {
    Identity.SLIP: Text("只差一位或相邻两位颠倒", "one slip apart"),
    Identity.SLIP_INVALID: Text("只差一位或相邻两位颠倒", "one slip apart"),
    Identity.TWO_SLIPS: Text("相差两位", "two slips apart"),
    Identity.DIFFERS: Text("不同", "different"),
    Identity.TWIN: Text("顺序码不同", "different sequence number"),
    Identity.BOTH_VALID: Text("两号不同", "two different numbers"),
}
_CHECKED = (
    Text("两号校验码都不对", "neither passes the check digit"),
    Text("校验正确的是本行证号", "the number of this record passes the check digit"),
    Text("校验正确的是对方证号", "the other number passes the check digit"),
    Text("两号校验码都正确", "both pass the check digit"),
)


def run(rule: Rule, book: Book) -> ByKind | None:
    """One issue per child whose records in the lists of ``tables`` bear different ID numbers, saying which of
    them passes the check digit. Two right numbers of which one stands in the enrolment export alone are a
    notice: a number corrected by the police lives on there. ``with``: registers of another kind compared too."""
    pairings = Links.of(book).comparisons.among(rule.tables, rule.params.get("with", ()))
    return by_child([_finding(book, c) for c in pairings], book) if pairings else None


def _finding(book: Book, c: Compared) -> Finding:
    at = np.flatnonzero(c.number)
    left, right = c.pairs.left[at], c.pairs.right[at]
    a, b = book.frames[c.pairs.left_kind], book.frames[c.pairs.right_kind]
    valid = a["id_no"].facets["valid"][left] + 2 * b["id_no"].facets["valid"][right].astype(np.int64)
    codes = c.evidence.codes["id_no"][at].astype(np.int64) * 4 + valid
    lawful = (valid == 3) & ("enrolment" in (a.kind, b.kind))
    severity = np.where(lawful, Severity.NOTICE, 0).astype(np.int8)
    texts = (texts_of(a, "id_no", left), texts_of(b, "id_no", right))
    fields = {"id_no": ("id_no", np.ones(len(at), np.bool_), *texts)}
    notes = worded(codes, _note)
    return Finding(a.kind, b.kind, left, right, fields, notes, notes, severity, len(c.number))


def _note(code: int) -> Text:
    how, valid = _HOW[Identity(code // 4)], _CHECKED[code % 4]
    return Text(f"{how.zh}，{valid.zh}", f"{how.en}; {valid.en}")


CHECK = Check(name="linked_ids", parameters={"with": Parameter(list)}, on_book=run)

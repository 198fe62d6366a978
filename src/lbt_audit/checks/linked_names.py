"""One child under several names in different lists."""

from __future__ import annotations

import numpy as np

from lbt_audit.checks.base import ByKind, Check, Parameter
from lbt_audit.checks.linked import Finding, by_child, texts_of, worded
from lbt_audit.frames.book import Book
from lbt_audit.links.kinds import LISTS
from lbt_audit.links.linkage import Linkage
from lbt_audit.links.links import Links
from lbt_audit.matching.evidence.evidence import Evidence
from lbt_audit.matching.evidence.identity import Identity
from lbt_audit.matching.levels import Level
from lbt_audit.model.rule import Rule
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text

_PLACED = (
    Level.VARIANT, Level.SAME_SOUND, Level.NEAR_SOUND, Level.LOOK_ALIKE, Level.PLACEHOLDER,
    Level.PARTLY_ALIKE, Level.UNRELATED,
)  # fmt: skip
# The note stands beside the name in the other list and says what that name has.
_HERE = {
    Level.DOUBLED: Text("此处重复一字", "a character doubled here"),
    Level.UNDOUBLED: Text("此处重复的字只有一个", "a doubled character single here"),
    Level.EXTRA: Text("此处多一字", "a character more here"),
    Level.MISSING: Text("此处少一字", "a character less here"),
}
_LAWFUL = (Level.TRADITIONAL, Level.FORMER)


def run(rule: Rule, book: Book) -> ByKind | None:
    """One issue per child whose records in the lists of ``tables`` bear different names.

    The records are one child by matching; an equal ID number makes it the rule's own severity, other
    evidence a warning, a difference of script or a former name a notice. Blanks, dots and case are C10's and
    C12's. Two quite different names under one number are found too: either the name or the number is wrong.
    ``with``: registers of another kind compared too.
    """
    findings = []
    seen: dict[str, set[int]] = {}
    extras = [str(extra) for extra in rule.params.get("with", ())]
    links = Links.of(book)
    pairings = links.comparisons.among(rule.tables, extras)
    for c in pairings:
        at = np.flatnonzero(c.name)
        p, v = c.pairs, c.evidence.take(at)
        findings.append(_finding(book, p.left_kind, p.right_kind, p.left[at], p.right[at], v, len(c.name)))
        seen.setdefault(c.pairs.right_kind, set()).update(c.pairs.right[at].tolist())
    for i, a in enumerate(LISTS):
        for b in (*LISTS[i + 1 :], *extras):
            if {a, b} <= {*rule.tables, *extras} and (found := links.between(a, b)) is not None:
                findings += _one_number(book, found, seen)
    findings = [f for f in findings if len(f.left) or f.checked]
    return by_child(findings, book) if pairings else None


def _one_number(book: Book, found: Linkage, seen: dict[str, set[int]]) -> list[Finding]:
    """Pairs with one valid ID number that are too different to be called one child."""
    codes = found.found.evidence.codes
    equal = (codes["id_no"] == Identity.EQUAL)[found.link]
    at = np.flatnonzero(equal & ~found.certain)
    known = seen.setdefault(found.right_kind, set())
    at = np.array([k for k in at.tolist() if int(found.right[k]) not in known], np.int64)
    if not len(at):
        return []
    left, right = found.left[at].astype(np.int64), found.right[at].astype(np.int64)
    v = found.evidence(left, right)
    differ = np.flatnonzero((v.codes["name"] > Level.CASE) & (v.codes["name"] != Level.UNKNOWN))
    known.update(right[differ].tolist())
    return [_finding(book, found.left_kind, found.right_kind, left[differ], right[differ], v.take(differ), 0)]


def _finding(
    book: Book, a: str, b: str, left: np.ndarray, right: np.ndarray, v: Evidence, checked: int
) -> Finding:
    level = v.codes["name"]
    equal = np.isin(v.codes["id_no"], (Identity.EQUAL, Identity.EQUAL_INVALID)) | (v.codes["xueji_no"] == 1)
    lawful = np.isin(level, _LAWFUL) | v.former
    severity = np.where(lawful, Severity.NOTICE, np.where(equal, 0, Severity.WARNING)).astype(np.int8)
    placed = np.isin(level, _PLACED)
    codes = level.astype(np.int64) * 64 + np.where(placed, v.position.astype(np.int64) + 1, 0)
    codes = codes * 2 + equal
    notes = worded(codes, _note)
    names = (texts_of(book.frames[a], "child_name", left), texts_of(book.frames[b], "child_name", right))
    fields = {"child_name": ("child_name", np.ones(len(left), np.bool_), *names)}
    return Finding(a, b, left, right, fields, notes, notes, severity, checked)


def _note(code: int) -> Text:
    code, equal = divmod(code, 2)
    level, place = divmod(code, 64)
    told = _HERE.get(Level(level), Level(level).text)
    ordinals = ("", "first", "second", "third", "fourth", "fifth", "sixth")
    if place and level == Level.UNRELATED:
        told = Text(
            f"第{place}字不同音不同形", f"{_nth(place, ordinals)} character unlike in sound and shape"
        )
    elif place and level == Level.PARTLY_ALIKE:
        told = Text(f"第{place}字仅部分相像", f"{_nth(place, ordinals)} character alike in part only")
    elif place:
        told = Text(f"第{place}字{told.zh}", f"{_nth(place, ordinals)} character: {told.en}")
    return Text(f"{told.zh}，证号相同", f"{told.en}; same number") if equal else told


def _nth(place: int, words: tuple[str, ...]) -> str:
    return words[place] if place < len(words) else f"{place}th"


CHECK = Check(name="linked_names", parameters={"with": Parameter(list)}, on_book=run)

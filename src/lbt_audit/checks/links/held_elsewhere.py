"""Records another list should hold and does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
from pydantic import Field

from lbt_audit.checks.base import ByKind, Check, Word
from lbt_audit.checks.hits import Others, RowHits
from lbt_audit.checks.links.findings import percent
from lbt_audit.checks.links.records import identifiable, pointed, satisfied
from lbt_audit.frames.book import Book
from lbt_audit.frames.citizen import sound
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import text_codes
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.texts import some
from lbt_audit.links.coverage import FOUND, PERHAPS, Coverage
from lbt_audit.links.links import Links
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text, filled
from lbt_audit.rulebook.params import Condition, Params, TableKind

_NOTHING = Text("", "")


class Held(Params):
    lists: tuple[TableKind, ...] = Field(
        min_length=1, alias="in", description="the lists that must hold the record"
    )
    where: Condition | None = Field(default=None, description="only records for which this is true")
    unless: Condition | None = Field(default=None, description="not the records for which this is true")


class HeldElsewhereParams(Params):
    records: Mapping[TableKind, Held] = Field(
        min_length=1,
        description="kind of register → where its records must stand; a child of several is told under the first",
    )
    in_any: bool = Field(default=False, description="it is enough that one of the lists holds the record")


@dataclass(frozen=True)
class _Lacking:
    """Records of one register beside the lists that must hold them, one row of ``lacking`` per list."""

    frame: Frame
    lists: Sequence[Coverage]
    wanted: Mask
    unknown: Mask
    lacking: np.ndarray

    @property
    def expected(self) -> Mask:
        result: Mask = np.logical_or.reduce([c.expected for c in self.lists])
        return self.wanted & result


def run(rule: Rule[HeldElsewhereParams], book: Book) -> ByKind | None:
    """One issue per child that one of its lists does not hold.

    A list is only expected to hold a child whose unit handed that list in: its township's roster, its village's
    book, its school's ledger or export; preschoolers and children out of school are in no school's files. Of a list with
    a record that may be the child's it is not said that it lacks the child: the issue is a warning that points at the
    record and tells the probability. A township known only from the school makes it a warning, too. Equal entries of
    one list are one issue.
    """
    links = Links.of(book)
    result: list[tuple[str, RowHits]] = []
    held = False
    reported: set[int] = set()  # children already reported from an earlier list
    for kind, asked in rule.params.records.items():
        found = [c for c in (links.coverage(kind, t) for t in asked.lists) if c is not None]
        if not found:
            continue
        held = True
        hits = _missing(rule, links, _lacking(rule, links, book.frames[kind], asked, found), reported)
        if kind in links.kinds.lists:
            reported.update(links.children.numbers[kind][hits.row].tolist())
        result.append((kind, hits))
    return result if held else None


def _lacking(
    rule: Rule[HeldElsewhereParams], links: Links, frame: Frame, asked: Held, lists: Sequence[Coverage]
) -> _Lacking:
    wanted = identifiable(frame)
    if frame.schema.roll:
        wanted = wanted & ~links.homes.outside(frame.kind)
    wanted, unknown = satisfied(frame, wanted, asked.where, asked.unless)
    expected = np.array([c.expected for c in lists])
    absent = np.array([c.state < FOUND for c in lists])
    return _Lacking(
        frame, lists, wanted, unknown, expected & (absent.all(axis=0) if rule.params.in_any else absent)
    )


def _missing(rule: Rule[HeldElsewhereParams], links: Links, x: _Lacking, reported: set[int]) -> RowHits:
    frame, kind = x.frame, x.frame.kind
    found = x.wanted & x.lacking.any(axis=0)
    if reported and kind in links.kinds.lists:
        found = found & ~np.isin(links.children.numbers[kind], np.fromiter(reported, np.int64))
    row, issue, first = _once(frame, links, found)
    expected = x.lacking[:, first]
    # Where one list would have been enough, every list lacks the child.
    lacks = np.ones_like(expected) if rule.params.in_any else expected
    doubtful = lacks & np.array([c.state[first] == PERHAPS for c in x.lists])
    likely = np.where(doubtful, np.array([c.probability[first] for c in x.lists]), np.nan)
    surmised = np.array([c.assumed[first] for c in x.lists])
    assumed = (expected & surmised).any(axis=0) & ~(expected & ~surmised).any(axis=0)
    perhaps = doubtful.any(axis=0)
    gone = lacks & ~(perhaps if rule.params.in_any else doubtful)
    titles = [links.book.kinds[c.target].title for c in x.lists]
    words = _worded(rule, "assumed", assumed)
    unverifiable = np.logical_or.reduce([c.unknown for c in x.lists]) & x.wanted & ~found
    softer = min(int(Severity.WARNING), int(rule.severity))
    return RowHits(
        row,
        issue,
        pointed(frame, rule.points_at, row),
        details={
            "missing": _titles(lacks, titles),
            "lacks": _worded(rule, "lacks", gone.any(axis=0), missing=_titles(gone, titles), assumed=words),
            "perhaps": _worded(rule, "perhaps", perhaps, doubtful=_titles(doubtful, titles)),
            "assumed": words,
        },
        severity=np.where(perhaps | assumed, softer, 0).astype(np.int8),
        checked=int(x.expected.sum()),
        unverifiable=int((unverifiable | x.unknown).sum()),
        others=tuple(_candidates(rule, links.book, frame, first, doubtful, x.lists)),
        rests_on={c.target: lacks[i] for i, c in enumerate(x.lists)},
        across=kind in links.kinds.lists,
        probability=np.fmax.reduce(likely),
    )


def _once(frame: Frame, links: Links, found: Mask) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(rows, issue of each, first row of every issue): one issue per child, however often it is entered."""
    rows = np.flatnonzero(found)
    if frame.kind in links.kinds.events:
        entry = links.linkages.people(frame.kind)[1][rows]
    else:
        entry = rows.copy()
        numbered = np.flatnonzero(sound(frame, "id_no")[rows])
        if len(numbered):
            numbers = frame.facet("id_no.norm").values.take(pa.array(rows[numbered]))
            _, first, back = np.unique(text_codes(numbers), return_index=True, return_inverse=True)
            again = rows[numbered[first]][back] != rows[numbered]
            rows = np.delete(rows, numbered[again])
            entry = rows
    _, first, back = np.unique(entry, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))  # issues in the order of their first rows
    issue = rank[back]
    order = np.lexsort((rows, issue))
    return rows[order].astype(np.int32), issue[order].astype(np.int32), rows[np.sort(first)]


def _worded(
    rule: Rule[HeldElsewhereParams], key: str, holds: Mask, **values: Sequence[Text | str]
) -> list[Text]:
    """The rule's word for each issue of which it ``holds``, with its own ``values``."""
    word = rule.words.get(key, _NOTHING)
    return [
        filled(word, {name: texts[k] for name, texts in values.items()}) if h else _NOTHING
        for k, h in enumerate(holds.tolist())
    ]


def _titles(lacks: np.ndarray, titles: Sequence[Text]) -> list[Text]:
    """For each child the titles of the lists (rows) of which ``lacks`` is true."""
    distinct, back = np.unique(lacks, axis=1, return_inverse=True)
    made = []
    for column in distinct.T.tolist():
        named = [t for t, here in zip(titles, column, strict=True) if here]
        made.append(Text("、".join(t.zh for t in named), " or ".join(t.en for t in named)))
    return [made[k] for k in back.reshape(-1).tolist()]


def _candidates(
    rule: Rule[HeldElsewhereParams],
    book: Book,
    frame: Frame,
    first: np.ndarray,
    doubtful: np.ndarray,
    lists: Sequence[Coverage],
) -> list[Others]:
    """The records that may be the missing child's."""
    import pyarrow.compute as pc

    result = []
    for c, here in zip(lists, doubtful, strict=True):
        issue = np.flatnonzero(here)
        if not len(issue):
            continue
        other = book.frames[c.target]
        mine, theirs = first[issue].astype(np.int64), c.counterpart[first[issue]].astype(np.int64)
        one, two = (f.text("child_name").take(pa.array(rows)) for f, rows in ((frame, mine), (other, theirs)))
        same, gone = pc.equal(one, two), pa.scalar(None, pa.string())
        pair = (pc.if_else(same, gone, one), pc.if_else(same, gone, two))
        points = {"child_name": np.ones(len(issue), np.bool_)} if some(other, "child_name") else {}
        shares = [percent(p) for p in c.probability[first[issue]].tolist()]
        notes = _worded(rule, "candidate", np.ones(len(issue), np.bool_), probability=shares)
        entries = (issue.astype(np.int32), theirs.astype(np.int32))
        result.append(Others(c.target, *entries, points, {"child_name": pair}, notes))
    return result


CHECK = Check(
    name="held_elsewhere",
    params=HeldElsewhereParams,
    crosses="county",
    details={
        "missing": "the lists the child was not found in for certain",
        "lacks": "that lists without any record that may be the child's lack it",
        "perhaps": "that records of other lists may be the child's",
        "assumed": "that the child's township is only taken to be that of its school",
    },
    words={
        "lacks": Word("lists lack the child", ("missing", "assumed"), required=False),
        "perhaps": Word("put before the records that may be the child's", ("doubtful",)),
        "candidate": Word("put beside each of them", ("probability",)),
        "assumed": Word("the township is only taken to be that of the school", required=False),
    },
    on_book=run,
    needs="needs_lists",
)

"""Why records of two registers are, or are not, one child: in words, for one child or one pair."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow.compute as pc

from lbt_audit.frames.book import Book
from lbt_audit.intake.reasons import reason_text
from lbt_audit.links.linkage import Linkage
from lbt_audit.links.links import Links
from lbt_audit.matching.decision.verdict import Verdict
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.run import Mask
from lbt_audit.model.text import Lang, Text
from lbt_audit.values.contrast import contrast
from lbt_audit.values.mask import mask_value

NEAREST = 2  # so many records that are not linked are explained where a register has no counterpart
FILES = 5  # so many files that were not read are named where a child is not found
# The sheet may be left out: a text file has none, and a workbook is searched through.
_PLACE = regex(r"^(?P<path>.+?)(?::(?P<sheet>[^:!/\\]*))?!(?:[A-Z]{1,3})?(?P<row>\d+)$")
_SETTLED = Text(
    "单凭这两条只能待核；但两条都与另一名单中的同一儿童认定为同一人，故为同一人。",
    " These two alone would be left to be checked; but each is for certain the child of one record of another "
    "list, and so they are one.",
)
_QUOTED = regex("「([^」]*)」")


@dataclass(frozen=True)
class Record:
    """One record: its register's kind and its row in the frame."""

    kind: str
    row: int


@dataclass(frozen=True)
class Explained:
    """A pair of records and what is to be said of it. ``verdict`` is matching's."""

    left: Record
    right: Record
    verdict: Verdict
    text: str
    probability: float | None = None  # of a pair that is linked or doubtful


def find_records(book: Book, who: str) -> list[Record]:
    """Records a name, an ID number or a place (``FILE:SHEET!ROW`` or ``FILE!ROW``) means, in the order of the registers."""
    place = _PLACE.match(who.strip())
    found = []
    for kind in (k for k in Links.of(book).kinds.order if k in book.frames):
        frame = book.frames[kind]
        if place is not None:
            rows = _at_place(book, kind, place["path"], place["sheet"] or "", int(place["row"]))
        else:
            wanted = "".join(who.split())
            hit = pc.equal(frame["id_no"].facets["norm"], wanted.upper())
            for field in ("child_name", "former_name"):
                hit = pc.or_(hit, pc.equal(frame[field].facets["norm"], wanted))
            rows = np.flatnonzero(hit.to_numpy(zero_copy_only=False))
        found += [Record(kind, int(row)) for row in rows]
    return found


def why_not(book: Book, who: str) -> list[Text]:
    """Why nothing was found for a name, a number or a place: what was not read, and why not."""
    place = _PLACE.match(who.strip())
    if place is None:
        unread = [
            s for s in book.submissions if s.reason and s.reason not in ("not_a_spreadsheet", "own_document")
        ]
        told = [_not_read(s.path, s.reason or "", s.detail) for s in unread[:FILES]]
        rest = len(unread) - FILES
        return (
            [*told, Text(f"另有 {rest} 个文件未读取", f"{rest} more files were not read")]
            if rest > 0
            else told
        )
    files = [s for s in book.submissions if _is_path(s.path, place["path"])]
    if not files:
        return [Text(f"没有读到这个文件：{place['path']}", f"no such file was read: {place['path']}")]
    told = []
    for s in files:
        sheet = place["sheet"] or ""
        if s.reason:
            told.append(_not_read(s.path, s.reason, s.detail))
        elif sheet in s.ignored_sheets:
            told.append(_not_read(f"{s.path}:{sheet}", s.ignored_sheets[sheet], {}))
        elif sheet and sheet not in {t.sheet for t in s.tables}:
            told.append(Text(f"{s.path} 中没有工作表“{sheet}”", f"{s.path} has no sheet “{sheet}”"))
        else:
            row = place["row"]
            told.append(
                Text(
                    f"{s.path} 第 {row} 行不是儿童记录（标题、表头、空行或合计）",
                    f"row {row} of {s.path} is no child's record (a title, header, blank or total)",
                )
            )
    return told


def _not_read(what: str, reason: str, detail: Mapping[str, str]) -> Text:
    why = reason_text(reason, detail)
    return Text(f"{what} 未纳入：{why.zh}", f"{what} was left out: {why.en}")


def _is_path(path: str, said: str) -> bool:
    return path == said or path.endswith("/" + said)


def _at_place(book: Book, kind: str, path: str, sheet: str, row: int) -> np.ndarray:
    frame = book.frames[kind]
    fits = [_is_path(t.path, path) and (not sheet or t.sheet == sheet) for t in frame.tables]
    return np.flatnonzero(np.array([*fits, False])[frame.table] & (frame.row == row))


def place_of(book: Book, record: Record) -> str:
    """``白石镇/花名册.xlsx:Sheet1!7``, as it can be given back."""
    frame = book.frames[record.kind]
    table = frame.tables[frame.table[record.row]]
    return f"{table.path}:{table.sheet}!{frame.row[record.row]}"


def name_of(book: Book, record: Record, mask: Mask) -> str:
    return mask_value(str(book.frames[record.kind]["child_name"].text[record.row].as_py()), "name", mask)


def explain_pair(book: Book, one: Record, other: Record, lang: Lang, mask: Mask) -> Explained | None:
    """Two records of different registers; None where they are of one kind of register."""
    if one.kind == other.kind:
        return None
    links = Links.of(book)
    first = links.kinds.ordered(one.kind, other.kind)[0] == one.kind
    left, right = (one, other) if first else (other, one)
    found = links.between(left.kind, right.kind)
    assert found is not None
    at = np.flatnonzero((found.left == left.row) & (found.right == right.row))
    verdict = Verdict(int(links.children.verdicts(found)[at[0]])) if len(at) else Verdict.DIFFERENT
    text = _masked(found.explain(left.row, right.row, lang), book, left, right, mask)
    if len(at) and links.children.settled(found)[at[0]]:
        text += _SETTLED[lang]
    probability = float(links.children.probabilities(found)[at[0]]) if len(at) else None
    return Explained(left, right, verdict, text, probability)


def explain_record(
    book: Book, record: Record, lang: Lang, mask: Mask
) -> Iterator[tuple[str, list[Explained]]]:
    """For every other register handed in: (its kind, the links of the record, or the nearest that are none)."""
    known = Links.of(book).kinds
    kinds = known.lists if record.kind in known.lists else known.order
    for kind in (k for k in kinds if k in book.frames and k != record.kind):
        found = Links.of(book).between(record.kind, kind)
        if found is None:
            continue
        mine, theirs = (
            (found.left, found.right) if found.left_kind == record.kind else (found.right, found.left)
        )
        rows = theirs[mine == record.row].tolist()
        if not rows:
            rows = _nearest(found, record)
        pairs = (explain_pair(book, record, Record(kind, int(row)), lang, mask) for row in rows)
        yield kind, [p for p in pairs if p is not None]


def _nearest(found: Linkage, record: Record) -> list[int]:
    """The records that come nearest without being linked: by evidence, best first."""
    side = 0 if found.left_kind == record.kind else 1
    n = found.rows[1 - side]
    rows, mine = np.arange(n), np.full(n, record.row)
    v = found.evidence(mine, rows) if side == 0 else found.evidence(rows, mine)
    order = np.argsort(-v.score, kind="stable")[:NEAREST]
    return [int(rows[k]) for k in order if v.score[k] > -2 * found.found.scorer.prior]


def _masked(text: str, book: Book, left: Record, right: Record, mask: Mask) -> str:
    """The names matching quotes, as the mask allows: what differs stays to be seen."""
    if mask == "none":
        return text
    names = [str(book.frames[r.kind]["child_name"].text[r.row].as_py()) for r in (left, right)]
    both = contrast(names[0], names[1], "name", mask)
    shown = {names[0]: both.left, names[1]: both.right}
    text = _QUOTED.sub(
        lambda m: f"「{shown.get(m[1]) or (m[1] if len(m[1]) == 1 else mask_value(m[1], 'name', mask))}」",
        text,
    )
    for name, masked in shown.items():
        if len(name) > 1:
            text = text.replace(f"“{name}”", f"“{masked}”")
    return text if mask == "partial" else re.sub(r"[（(][^（）()]*/[^（）()]*[）)]", "", text)

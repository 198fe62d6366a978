"""A birth date beside the birth date inside the same person's ID number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow.compute as pc

from lbt_audit.checks.base import Check, Parameter
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.wording import Reasons
from lbt_audit.frames.book import Book
from lbt_audit.frames.days import iso, split
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text

SWAPPED = Text("月和日写反", "month and day swapped")
MONTH_ONLY = Text("年月不符", "another year or month")
YEAR = Text("仅年份不符", "only the year differs")
MONTH = Text("仅月份不符", "only the month differs")
DAY = Text("仅日不符", "only the day differs")
OTHER = Text("年月日不符", "another day altogether")
WORDS = (SWAPPED, MONTH_ONLY, YEAR, MONTH, DAY, OTHER)


def run(rule: Rule, frame: Frame, book: Book) -> RowHits | None:
    """One issue per record; ``pairs`` lists [birth date field, ID field] of each person. A partial date
    is compared as far as it goes: the month, or the year."""
    present = {field for table in frame.tables for field in table.columns}
    pairs: Sequence[Sequence[str]] = [p for p in rule.params["pairs"] if set(p) <= present]
    if not pairs:
        return None
    reasons = Reasons(len(frame), WORDS)
    points: dict[str, Mask] = {}
    checked = np.zeros(len(frame), np.bool_)
    stated = np.zeros(len(frame), np.int64)
    for number, (date_field, id_field) in enumerate(pairs):
        lo, hi = frame.facet(f"{date_field}.lo"), frame.facet(f"{date_field}.hi")
        birth = frame.facet(f"{id_field}.birth")
        known = frame.facet(date_field).known & lo.known & hi.known & birth.known
        known &= ~frame[id_field].has_fault("several")  # whose number would it be?
        checked |= known
        wrong = known & ((birth.values < lo.values) | (birth.values > hi.values))
        if not wrong.any():
            continue
        _name(reasons, wrong, lo.values, hi.values, birth.values)
        points[date_field] = points[id_field] = wrong
        stated[wrong & (stated == 0)] = number + 1
    row = np.flatnonzero(reasons.found).astype(np.int32)
    return RowHits(
        row=row,
        issue=np.arange(len(row), dtype=np.int32),
        points={field: mask[row] for field, mask in points.items()},
        details={
            "how": reasons.words(row),
            "stated": _first(frame, pairs, stated, row, 0),
            "in_id": _first(frame, pairs, stated, row, 1),
        },
        checked=int(checked.sum()),
    )


def _name(reasons: Reasons, wrong: Mask, lo: np.ndarray, hi: np.ndarray, birth: np.ndarray) -> None:
    at = np.flatnonzero(wrong)
    whole = lo[at] == hi[at]
    year, month, day = split(lo[at])
    id_year, id_month, id_day = split(birth[at])
    same = [year == id_year, month == id_month, day == id_day]
    swapped = whole & same[0] & (month == id_day) & (day == id_month)
    kinds = np.select(
        [
            ~whole,
            swapped,
            whole & same[1] & same[2],
            whole & same[0] & same[2],
            whole & same[0] & same[1],
        ],
        [WORDS.index(w) for w in (MONTH_ONLY, SWAPPED, YEAR, MONTH, DAY)],
        WORDS.index(OTHER),
    )
    for kind in np.unique(kinds).tolist():
        rows = np.zeros(len(wrong), np.bool_)
        rows[at[kinds == kind]] = True
        reasons.add(kind, rows)


def _first(
    frame: Frame, pairs: Sequence[Sequence[str]], which: np.ndarray, row: np.ndarray, side: int
) -> list[str]:
    """For each issue the date written (side 0) or the day in the ID (1) of the first pair that differs."""
    result = [""] * len(row)
    for number, pair in enumerate(pairs):
        at = np.flatnonzero(which[row] == number + 1)
        if not len(at):
            continue
        if side == 0:
            texts = pc.utf8_trim_whitespace(frame[pair[0]].text.take(row[at].astype(np.int64))).to_pylist()
        else:
            texts = iso(frame.facet(f"{pair[1]}.birth").values[row[at]]).to_pylist()
        for i, text in zip(at.tolist(), texts, strict=True):
            result[i] = text
    return result


CHECK = Check(
    name="birth_of_id",
    parameters={"pairs": Parameter(list, required=True)},
    on_frame=run,
)

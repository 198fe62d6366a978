"""Telephone numbers nobody is given, or that were cut out of an ID number."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks.base import Check, Parameter
from lbt_audit.checks.faults import fields_of
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.wording import Reasons
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text

_MOBILE = 11  # digits
_WINDOWS = 18 - _MOBILE + 1  # places a mobile number can have inside an ID number


def run(rule: Rule, frame: Frame, book: Book) -> RowHits | None:
    """One issue per record with a number that is made up (``implausible``) or stands inside an ID
    number of the same record. Unit phones of the county file are lawful wherever they stand."""
    fields = fields_of(rule, frame)
    if not fields:
        return None
    words: Mapping[str, Mapping[str, str]] = rule.params["faults"]
    reasons = Reasons(len(frame), [Text.of(words["implausible"]), Text.of(words["part_of_id"])])
    present = {f for table in frame.tables for f in table.columns}
    ids = [key for key, f in frame.fields.items() if key in present and f.kind == "citizen_id"]
    windows = [_windows(frame[i].facets["norm"]) for i in ids]
    points: dict[str, Mask] = {}
    checked = np.zeros(len(frame), np.bool_)
    for field in fields:
        typed = frame[field]
        checked |= frame.has(field)
        lawful = np.asarray(typed.facets["known"])
        made_up = typed.has_fault("implausible") & ~lawful
        number = _mobiles(typed.facets["number"])
        inside = np.zeros(len(frame), np.bool_)
        for window in windows:
            inside |= (window == number[:, None]).any(axis=1)
        inside &= (number > 0) & ~lawful
        for which, hit in enumerate((made_up, inside)):
            reasons.add(which, hit)
        if (made_up | inside).any():
            points[field] = made_up | inside
    row = np.flatnonzero(reasons.found).astype(np.int32)
    return RowHits(
        row=row,
        issue=np.arange(len(row), dtype=np.int32),
        points={field: mask[row] for field, mask in points.items()},
        details={"fault": reasons.words(row)},
        checked=int(checked.sum()),
    )


def _mobiles(numbers: pa.Array) -> np.ndarray:
    """Mobile numbers as int64, -1 for all else."""
    mobile = pc.match_substring_regex(numbers, "^1[3-9][0-9]{9}$")
    digits = pc.if_else(mobile, numbers, "-1")
    return np.asarray(pc.cast(digits, pa.int64()).to_numpy(zero_copy_only=False))


def _windows(norm: pa.Array) -> np.ndarray:
    """Every run of eleven digits inside each 18-character number, int64 of shape (n, 8); -2 elsewhere."""
    found = np.full((len(norm), _WINDOWS), -2, np.int64)
    at = np.flatnonzero(pc.match_substring_regex(norm, "^[0-9]{17}[0-9X]$").to_numpy(zero_copy_only=False))
    if not len(at):
        return found
    text = pc.replace_substring(norm.take(pa.array(at)), "X", "0")
    value = pc.cast(text, pa.int64()).to_numpy(zero_copy_only=False)
    for start in range(_WINDOWS):
        found[at, start] = value // 10 ** (_WINDOWS - 1 - start) % 10**_MOBILE
    ends_in_x = pc.ends_with(norm, "X").to_numpy(zero_copy_only=False)
    found[ends_in_x, _WINDOWS - 1] = -2
    return found


CHECK = Check(
    name="suspicious_phone",
    parameters={
        "faults": Parameter(dict, required=True),
        "kinds": Parameter(list),
        "fields": Parameter(list, holds="fields"),
        "except": Parameter(list, holds="fields"),
    },
    on_frame=run,
)

"""Values compared: codes and numbers by meaning, days by what they may be, grades, schools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.texts import some
from lbt_audit.links.comparison.fields import Difference, FieldComparison
from lbt_audit.links.comparison.pairing import Pairing
from lbt_audit.model.cell import State


def value(x: Pairing, name: str, how: FieldComparison) -> Difference | None:
    """Main facets: codes, normalised numbers, else texts without blanks."""
    fields = x.fields(name, how)
    if fields is None:
        return None
    (one, known), (other, also) = (
        _meaning(frame, field, rows, how) for (frame, rows), field in zip(x.sides, fields, strict=True)
    )
    both = known & also
    same = pc.equal(one, other).to_numpy(zero_copy_only=False)
    return Difference(both & ~same, both & same, *x.texts(*fields), *fields)


def _meaning(frame: Frame, field: str, rows: np.ndarray, how: FieldComparison) -> tuple[pa.Array, Mask]:
    """(what the cells mean, that is known) of these rows."""
    facet = frame.facet(field)
    values, known = facet.values, facet.known[rows]
    if isinstance(values, np.ndarray):
        return pa.array(values[rows]), known
    values = values.take(pa.array(rows.astype(np.int64)))
    if field == how.instead and how.means:
        values = _translated(values, how.means)
    if how.among:
        known = known & pc.is_in(values, value_set=pa.array(how.among)).to_numpy(zero_copy_only=False)
    return values, known


def _translated(codes: pa.Array, means: Mapping[str, str]) -> pa.Array:
    position = pc.index_in(codes, value_set=pa.array(list(means), pa.string()))
    return pc.fill_null(pa.array(list(means.values()), pa.string()).take(position), "")


def day(x: Pairing, name: str, how: FieldComparison) -> Difference | None:
    """The two dates cannot be one: 2015.3 and 2015-03-12 can."""
    fields = x.fields(name, how)
    if fields is None:
        return None
    (first, last, known), (start, end, also) = (
        _span(frame, field, rows) for (frame, rows), field in zip(x.sides, fields, strict=True)
    )
    both, apart = known & also, (first > end) | (start > last)
    return Difference(both & apart, both & ~apart, *x.texts(*fields), *fields)


def _span(frame: Frame, field: str, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, Mask]:
    """(first day, last day, both are known) of what the cells may mean."""
    lo, hi = frame.facet(f"{field}.lo"), frame.facet(f"{field}.hi")
    known = lo.known[rows] & hi.known[rows] & (frame[field].state[rows] == State.OK)
    return lo.values[rows], hi.values[rows], known


def grade(x: Pairing, name: str, how: FieldComparison) -> Difference | None:
    """Grades, from the grade or the class column."""
    fields = ["grade" if some(f, "grade") else "class_name" for f in (x.left, x.right)]
    if not all(some(f, c) for f, c in zip((x.left, x.right), fields, strict=True)):
        return None
    one, other = x.left.facet("school.grade"), x.right.facet("school.grade")
    known = one.known[x.pairs.left] & other.known[x.pairs.right]
    differs = one.values[x.pairs.left] != other.values[x.pairs.right]
    texts = x.texts(fields[0], fields[1])
    return Difference(known & differs, known & ~differs, *texts, fields[0], fields[1])


def school(x: Pairing, name: str, how: FieldComparison) -> Difference | None:
    """Two schools, as ``different_schools`` has it."""
    one, other = x.homes[x.left.kind].school[x.pairs.left], x.homes[x.right.kind].school[x.pairs.right]
    found = different_schools(one, other, x.homes.book.units.schools)
    left, right = (pa.array(v.tolist(), pa.string()) for v in (one, other))
    known = (one != "") & (other != "")
    return Difference(found, known & ~found, left, right, "school_name", "school_name")


def different_schools(one: np.ndarray, other: np.ndarray, county: Iterable[str]) -> Mask:
    """Entries (object arrays of names as ``Home`` gives them, "" unknown) that are two schools: both listed in the
    county file, or neither name part of the other."""
    listed = set(county)
    found = np.zeros(len(one), np.bool_)
    judged: dict[tuple[str, str], bool] = {}
    for k in np.flatnonzero((one != other) & (one != "") & (other != "")).tolist():
        a, b = one[k], other[k]
        if (a, b) not in judged:
            judged[a, b] = (a in listed and b in listed) or not (a in b or b in a or _subsequence(a, b))
        found[k] = judged[a, b]
    return found


def _subsequence(x: str, y: str) -> bool:
    """The shorter name is the longer one abbreviated: 清水中学 of 清水乡初级中学."""
    short, long = sorted((x, y), key=len)
    rest = iter(long)
    return len(short) >= 3 and all(c in rest for c in short)

"""One telephone number given in several unrelated households."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks import groups as g
from lbt_audit.checks.base import Check, Parameter
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.people import name_codes
from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import resolve
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import encode
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.texts import some
from lbt_audit.model.rule import Rule

PEOPLE = ("father", "mother", "guardian")


def run(rule: Rule, frame: Frame, book: Book) -> RowHits | None:
    """One issue per number that ``min`` or more households give for a parent or guardian.

    Among the records with one number, those that share a father, mother or guardian by name are one
    household: siblings, cousins with one grandmother, parents with one phone. Records that name nobody
    are no household. Telephones of units (committee, school) are left out.
    """
    fields = [f for f in rule.params["fields"] if some(frame, f)]
    if not fields:
        return None
    n, least = len(frame), int(resolve(rule.params["min"], frame.params))
    facets = [frame.facet(f"{f}.number") for f in fields]
    numbers, codes = encode([f.values for f in facets])
    dialled = {f: codes[i * n : (i + 1) * n] for i, f in enumerate(fields)}
    units = _of_units(numbers, frame)
    given = {f: facet.known & ~units[dialled[f]] for f, facet in zip(fields, facets, strict=True)}
    rows = np.concatenate([np.flatnonzero(given[f]) for f in fields])
    number = np.concatenate([dialled[f][given[f]] for f in fields])
    checked = int(np.logical_or.reduce([given[f] for f in fields]).sum())
    often = np.bincount(number, minlength=len(numbers))[number] >= least
    pairs = np.unique(number[often] * max(n, 1) + rows[often])  # by number, then row
    number, rows = pairs // max(n, 1), pairs % max(n, 1)
    same, someone = [], np.zeros(len(rows), np.bool_)
    for who in PEOPLE:
        names, named = name_codes(frame, f"{who}_name")
        same.append(g.label([number, names[rows]], named[rows]))
        someone |= named[rows]
    joined = g.components(same, len(rows))
    household = np.where(joined >= 0, joined, np.arange(len(rows)))
    count = g.distinct(number, household, someone)
    number, rows, count = number[count >= least], rows[count >= least], count[count >= least]
    starts = np.ones(len(rows), np.bool_)
    starts[1:] = number[1:] != number[:-1]
    points = {f: given[f][rows] & (dialled[f][rows] == number) for f in fields}
    return RowHits(
        rows.astype(np.int32),
        (np.cumsum(starts) - 1).astype(np.int32),
        {f: mask for f, mask in points.items() if mask.any()},
        details={"count": count[starts].astype(str).tolist()},
        checked=checked,
        keys=numbers.take(pa.array(number[starts])).to_pylist(),
    )


def _of_units(numbers: pa.Array, frame: Frame) -> Mask:
    """Which of the distinct ``numbers`` are telephones of units."""
    ours = pa.array(sorted(frame.context.known_phones), pa.string())
    digits = pc.replace_substring_regex(numbers, "[^0-9]", "")
    return np.asarray(pc.is_in(digits, value_set=ours).to_numpy(zero_copy_only=False), np.bool_)


CHECK = Check(
    name="shared_phone",
    parameters={
        "fields": Parameter(list, required=True, holds="fields"),
        "min": Parameter((int, dict), required=True),
    },
    on_frame=run,
)

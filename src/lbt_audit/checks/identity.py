"""One ID number under several names, or one person with several ID numbers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from lbt_audit.checks import groups as g
from lbt_audit.checks.base import Check, Parameter
from lbt_audit.checks.hits import RowHits
from lbt_audit.frames.book import Book
from lbt_audit.frames.citizen import sound
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import encode, text_codes
from lbt_audit.frames.texts import some
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text


def run(rule: Rule, frame: Frame, book: Book) -> RowHits | None:
    """One issue per sound ID number with two names or more, and per name and phone with two numbers.

    ``people`` are the prefixes of the persons compared (father, mother, guardian): a mother who is
    another child's guardian is one person. Names are compared normalised, without blanks and dots.
    """
    people = [p for p in rule.params["people"] if some(frame, f"{p}_id") and some(frame, f"{p}_name")]
    if not people:
        return None
    n = len(frame)
    ids, id_code = encode([frame.facet(f"{p}_id.norm").values for p in people])
    names, name_code = encode([frame.facet(f"{p}_name").values for p in people])
    named = np.concatenate([frame.facet(f"{p}_name").known for p in people])
    by_id = np.concatenate([sound(frame, f"{p}_id") for p in people])
    dialled = np.concatenate([frame.facet(f"{p}_phone.number").known for p in people])
    both = named & by_id
    one_number = g.label([id_code], both)
    one_number = np.where(g.distinct(one_number, name_code, both) > 1, one_number, -1)
    often = both & dialled & (np.bincount(name_code[both], minlength=len(names) + 1)[name_code] > 1)
    phones = pa.concat_arrays([frame.facet(f"{p}_phone.number").values for p in people])
    phone_code = np.zeros(len(often), np.int64)
    phone_code[often] = text_codes(phones.filter(pa.array(often)))
    one_person = g.label([name_code, phone_code], often)
    one_person = np.where(g.distinct(one_person, id_code, both) > 1, one_person, -1)
    offset = int(one_number.max(initial=-1)) + 1
    entry = np.concatenate([np.flatnonzero(one_number >= 0), np.flatnonzero(one_person >= 0)])
    group = np.concatenate([one_number[one_number >= 0], one_person[one_person >= 0] + offset])
    row, who = entry % n if n else entry, entry // n if n else entry
    order = np.lexsort((who, row, group))
    row, who, group, entry = row[order], who[order], group[order], entry[order]
    starts = np.ones(len(row), np.bool_)
    starts[1:] = group[1:] != group[:-1]
    first = entry[starts]
    by_number = group[starts] < offset
    points = {}
    for i, person in enumerate(people):
        points[f"{person}_id"] = points[f"{person}_name"] = who == i
        if some(frame, f"{person}_phone"):
            points[f"{person}_phone"] = (who == i) & (group >= offset)
    kinds = (
        g.distinct(one_number, name_code, both)[first],
        g.distinct(one_person, id_code, both)[first],
    )
    keys = pa.array(np.where(by_number, id_code[first], name_code[first]))
    texts = [
        (ids if b else names)[k].as_py() for b, k in zip(by_number.tolist(), keys.to_pylist(), strict=True)
    ]
    return RowHits(
        row.astype(np.int32),
        (np.cumsum(starts) - 1).astype(np.int32),
        {f: mask for f, mask in points.items() if mask.any()},
        details={
            "what": [
                _one_number(names) if b else _one_person(numbers)
                for b, names, numbers in zip(by_number.tolist(), *(k.tolist() for k in kinds), strict=True)
            ],
        },
        checked=int(both.reshape(len(people), n).any(axis=0).sum()),
        keys=texts,
    )


def _one_number(names: int) -> Text:
    return Text(f"同一证号写了{names}个姓名", f"{names} names for one ID number")


def _one_person(numbers: int) -> Text:
    return Text(f"姓名、电话相同而证号有{numbers}个", f"{numbers} ID numbers for one name and phone")


CHECK = Check(name="identity", parameters={"people": Parameter(list, required=True)}, on_frame=run)

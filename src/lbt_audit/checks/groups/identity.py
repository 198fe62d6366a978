"""What identifies a group from audit to audit, whichever of its records comes first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pyarrow as pa

from lbt_audit.checks.groups.entries import Entries
from lbt_audit.checks.groups.keys import read
from lbt_audit.checks.groups.patterns import Grouping
from lbt_audit.checks.pointing import present
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.model.record import dataclass


@dataclass(frozen=True)
class Issues:
    """The issues of one pattern: their numbers, and the first entry of each."""

    number: np.ndarray
    first: np.ndarray


def identities(
    entries: Entries,
    found: Sequence[Grouping],
    issues: Sequence[Issues],
    entry: np.ndarray,
    issue: np.ndarray,
) -> list[str] | None:
    """One text per issue; None where the rule names none, so that the first record's child identifies it.

    ``entry``, ``issue``: every entry found, and its issue.
    """
    if not any(g.pattern[0].known_as or g.pattern[0].known_by for g in found):
        return None
    texts = [""] * sum(len(its.number) for its in issues)
    for grouping, its in zip(found, issues, strict=True):
        at = np.isin(issue, its.number)
        if grouping.pattern[0].known_by:
            own = _least(entries, grouping.pattern[0].known_by, entry[at], issue[at])
        else:
            own = dict(zip(its.number.tolist(), _of_first(entries, grouping, its.first), strict=True))
        for number, text in own.items():
            texts[number] = text
    return texts


def _of_first(entries: Entries, grouping: Grouping, first: np.ndarray) -> list[str]:
    frame = entries.frame
    person, row = np.divmod(first, max(len(frame), 1))
    columns = []
    for names in zip(*(p.known_as for p in grouping.pattern), strict=True):
        of = [_units if name == "unit" else partial(_text, read(frame, entries.book, name)) for name in names]
        columns.append([of[p](frame, r) for p, r in zip(person.tolist(), row.tolist(), strict=True)])
    texts = ["|".join(parts) for parts in zip(*columns, strict=True)] or [""] * len(first)
    for i in np.flatnonzero(grouping.repeated[first]).tolist():
        texts[i] = f"list|{frame.tables[frame.table[row[i]]].sheet}"
    return texts


def _units(frame: Frame, row: int) -> str:
    """The unit by its name: as a key it is a number that depends on the order of the files."""
    return frame.tables[frame.table[row]].unit.name or ""


def _text(facet: Facet, frame: Frame, row: int) -> str:
    return str(facet.values[row].as_py() if facet.is_text else int(facet.values[row]))


def _least(entries: Entries, fields: Sequence[str], entry: np.ndarray, issue: np.ndarray) -> dict[int, str]:
    """The first of the spellings of every field, of all records of an issue."""
    texts = dict.fromkeys(issue.tolist(), "")
    rows = pa.array(entries.row[entry])
    for field in present(entries.frame, fields):
        least: dict[int, str] = {}
        values = entries.frame.squeezed(field).take(rows).to_pylist()
        for number, value in zip(issue.tolist(), values, strict=True):
            least[number] = min(least.get(number, value), value)
        texts = {number: f"{text}|{least[number]}" for number, text in texts.items()}
    return texts

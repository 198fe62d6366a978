"""Running numbers with gaps or repeats.

Of the readings "one run" and "a new run at every 1" the one with fewer faults counts.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import Field

from lbt_audit.checks.base import Check, Outcome, Word
from lbt_audit.checks.files.tables import tables_of
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.frames.book import Book
from lbt_audit.frames.keys import encode
from lbt_audit.intake.table import Table
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import NONE, Text, clauses, filled, listed
from lbt_audit.rulebook.params import FieldName, Params

LIMIT = 100_000  # a larger "running number" is no running number


@dataclass(frozen=True)
class Faults:
    """``missing``: (first, last, position of the record after the gap); ``repeated``: positions."""

    missing: tuple[tuple[int, int, int], ...]
    repeated: tuple[int, ...]

    @property
    def count(self) -> int:
        return len(self.missing) + len(self.repeated)


class Numbering(Params):
    field: FieldName = Field(description="the column of running numbers")


def run(rule: Rule[Numbering], book: Book) -> Mapping[str, Outcome] | None:
    """Running numbers (序号) of a sheet with gaps or repeats, which may show deleted or pasted rows. Lawful are numbers
    in any order, numbering that starts again at 1 per village or class or goes on from the sheet before, one number
    for a merged household, blank cells. One issue per sheet."""
    field = rule.params.field
    hits, checked = [], 0
    before: tuple[str, int] | None = None  # file and last number of the sheet before
    for table in tables_of(rule, book):
        if field not in table.columns:
            continue
        checked += 1
        numbers, at = read_numbers(table, field)
        if not len(numbers):
            continue
        first = before[1] + 1 if before and before[0] == table.path else 1
        found = find_faults(numbers, first)
        before = (table.path, int(numbers.max()))
        if not found.count:
            continue
        places = tuple(_places(table, field, found, numbers, at))
        told = {
            "missing": listed(_span(a, b) for a, b, _ in found.missing),
            "repeated": listed(dict.fromkeys(str(numbers[i]) for i in found.repeated)),
        }
        details: dict[str, str | Text] = {
            **told,
            "what": clauses(
                filled(rule.words[k], {"numbers": v})
                for k, v in told.items()
                if v != NONE and k in rule.words
            ),
            "sheet": table.sheet,
            "last": str(int(numbers.max())),
        }
        hits.append(PlaceHit(places, f"{table.kind}|{table.sheet}", details))
    return {"": PlaceHits(tuple(hits), checked=checked)} if checked else None


def read_numbers(table: Table, field: str) -> tuple[np.ndarray, np.ndarray]:
    """The whole positive numbers of a column and the records (positions) they stand in; cells filled
    down from a merge are one number, cells of any other kind are passed over."""
    column = table.columns[field]
    distinct, codes = encode([column.text])
    bare = pc.match_substring_regex(distinct, "^[1-9][0-9]{0,4}$")
    whole = pc.if_else(bare, distinct, "0").cast(pa.int64()).to_numpy().copy()
    odd = np.flatnonzero(whole == 0)
    whole[odd] = [_whole(text) for text in distinct.take(pa.array(odd)).to_pylist()]
    numbers = whole[codes]
    usable = numbers > 0
    if column.filled is not None:
        usable &= ~np.asarray(column.filled)
    at = np.flatnonzero(usable)
    return numbers[at], at


def _whole(text: str) -> int:
    """The number of a cell; 0 where there is none."""
    text = text.strip().removesuffix(".0").strip(".、)）(（ ")
    return int(text) if text.isdecimal() and 0 < int(text) < LIMIT else 0


def find_faults(numbers: np.ndarray, first: int = 1) -> Faults:
    """Gaps and repeats of ``numbers`` in sheet order; ``first``: where the sheet may start besides 1."""
    one_run = _faults(numbers, np.zeros(len(numbers), np.int64), first)
    restarts = np.cumsum((numbers == 1) & (np.arange(len(numbers)) > 0))
    many = _faults(numbers, restarts, first)
    return min(one_run, many, key=lambda f: f.count)


def _faults(numbers: np.ndarray, run_of: np.ndarray, first: int) -> Faults:
    missing: list[tuple[int, int, int]] = []
    repeated: list[int] = []
    for number in range(int(run_of[-1]) + 1):
        at = np.flatnonzero(run_of == number)
        order = at[np.argsort(numbers[at], kind="stable")]
        values = numbers[order]
        start = first if number == 0 and values[0] >= first else 1
        steps = np.diff(values, prepend=start - 1)
        repeated += order[steps == 0].tolist()
        gaps = np.flatnonzero(steps > 1).tolist()
        missing += [(int(values[i] - steps[i] + 1), int(values[i] - 1), int(order[i])) for i in gaps]
    return Faults(tuple(missing), tuple(sorted(repeated)))


def _places(table: Table, field: str, found: Faults, numbers: np.ndarray, at: np.ndarray) -> list[Place]:
    positions = sorted({p for *_, p in found.missing} | set(found.repeated))
    index = table.columns[field].index
    return [
        Place(table.path, table.sheet, int(table.rows_of(field)[at[p]]), index, field, str(numbers[p]))
        for p in positions
    ]


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


CHECK = Check(
    name="numbering",
    params=Numbering,
    crosses="record",
    details={
        "missing": "numbers that are missing",
        "repeated": "numbers that stand twice",
        "what": "numbers that are missing, and those that stand twice",
        "sheet": "the sheet",
        "last": "the highest number",
    },
    words={
        "missing": Word("numbers that are missing", holds=("numbers",), required=False),
        "repeated": Word("numbers that stand twice", holds=("numbers",), required=False),
    },
    about="places",
    on_book=run,
)

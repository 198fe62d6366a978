"""What a check found: rows and fields, or places in a sheet; never words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

import numpy as np
import pyarrow as pa

from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text
from lbt_audit.model.unit import Unit


@dataclass(frozen=True)
class Others:
    """Records of another register (or of the same one) that issues also point at.

    ``issue`` (int32, rising) and ``row`` (int32, of the frame of ``kind``), ``points`` as in ``RowHits``.
    ``pairs``: field → (text in the record the issue is filed under, text here), one per entry, null where
    that field is not what differs; they are shown side by side, what differs unmasked as far as the mask
    allows. ``notes``: per entry how they differ, in words that quote no name and no number.
    """

    kind: str
    issue: np.ndarray
    row: np.ndarray
    points: Mapping[str, Mask]
    pairs: Mapping[str, tuple[pa.Array, pa.Array]] = field(default_factory=dict)
    notes: Sequence[Text] | None = None


@dataclass(frozen=True)
class FromRecord:
    """A placeholder the engine fills from the record: ``operands``, and for each issue which of them."""

    operands: tuple[str, ...]
    which: np.ndarray


@dataclass(frozen=True)
class RowHits:
    """Issues about records of one frame.

    ``row`` (int32): frame rows involved; ``issue`` (int32, rising from 0): the issue each belongs
    to — one row per issue for most rules, several for pairs and groups, the first being the one the
    issue is filed under. ``points``: field → bool per entry of ``row``, which fields are pointed at.
    ``details``: placeholder → one text per issue (plain, or in both languages where it is words).
    ``severity``: int8 per issue, 0 = the rule's own. ``rests_on``: kind → bool per issue, the registers it
    would not be found without although it points at nothing there: lists that lack the child. ``across``:
    an issue is the child's, whichever of its lists it happens to be filed under. ``probability``: per issue (float64),
    how likely a record it points at is the child's; NaN where nothing is doubtful.
    """

    row: np.ndarray
    issue: np.ndarray
    points: Mapping[str, Mask]
    details: Mapping[str, Sequence[str | Text] | FromRecord] = field(default_factory=dict)
    severity: np.ndarray | None = None
    checked: int = 0
    unverifiable: int = 0
    keys: Sequence[str] | None = None  # per issue, what identifies a group: a shared ID, phone, parent
    others: tuple[Others, ...] = ()
    rests_on: Mapping[str, Mask] = field(default_factory=dict)
    across: bool = False
    probability: np.ndarray | None = None

    @property
    def count(self) -> int:
        return int(self.issue[-1]) + 1 if len(self.issue) else 0


@dataclass(frozen=True)
class Place:
    """A place outside the records: a file, sheet, row, column or cell."""

    path: str
    sheet: str | None = None
    row: int | None = None  # 1-based
    column: int | None = None  # 0-based
    field: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Named:
    """Records of the frame of ``kind`` an issue about a place names, and what is said of them."""

    word: Text
    kind: str
    row: np.ndarray


@dataclass(frozen=True)
class Told:
    """Part of what an issue tells (``{told}`` of its message): a text, and the children it is about."""

    text: Text
    people: tuple[Named, ...] = ()


@dataclass(frozen=True)
class PlaceHit:
    """One issue about a file, sheet or unit. ``key`` tells it from others of its rule and sheet; ``message`` in place
    of the rule's, where that speaks of a record; ``unit``: whose it is, where that is not who handed the sheet in or no
    place shows it; ``told``: children it names."""

    places: tuple[Place, ...]
    key: str
    details: Mapping[str, str | Text] = field(default_factory=dict)
    severity: int = 0  # Severity, 0 = the rule's own
    message: Text | None = None
    told: tuple[Told, ...] = ()
    unit: Unit | None = None


@dataclass(frozen=True)
class PlaceHits:
    hits: tuple[PlaceHit, ...]
    checked: int = 0
    unverifiable: int = 0


def one_per_row(found: Mask, points: Mapping[str, Mask], logic: Logic | None = None) -> RowHits:
    """One issue for every row where ``found``; ``points`` are bool arrays over the whole frame."""
    row = np.flatnonzero(found).astype(np.int32)
    return RowHits(
        row=row,
        issue=np.arange(len(row), dtype=np.int32),
        points={name: mask[row] for name, mask in points.items() if mask[row].any()},
        checked=len(found),
        unverifiable=0 if logic is None else int(logic.unknown.sum()),
    )


def in_groups(group: np.ndarray, row: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(order, issue): entries sorted so that each group's rows stand together, rising, and groups are numbered by
    their first rows. ``group`` is any integer label per entry of ``row``."""
    order = np.lexsort((row, group))
    starts = np.ones(len(order), np.bool_)
    starts[1:] = group[order[1:]] != group[order[:-1]]
    rank = np.empty(int(starts.sum()), np.int64)
    rank[np.argsort(row[order][starts], kind="stable")] = np.arange(len(rank))
    issue = rank[np.cumsum(starts) - 1]
    again = np.argsort(issue, kind="stable")
    return order[again], issue[again].astype(np.int32)

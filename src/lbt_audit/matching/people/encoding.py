"""Two tables of people as numbers: the same number for the same value on both sides."""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.matching.characters.readings import DEFAULT_CONFUSIONS, Confusion
from lbt_audit.matching.dates.digits import Dates
from lbt_audit.matching.dates.witness import Days, Witness, adults_until, born_by_number, witness
from lbt_audit.matching.names.nameset import NameSet, encode_columns, encode_names
from lbt_audit.matching.people.borrowed import borrowed
from lbt_audit.matching.people.guardians import called, surname_points
from lbt_audit.matching.people.people import People
from lbt_audit.matching.people.places import PLACES, number_places
from lbt_audit.matching.workers import workers
from lbt_audit.model.record import dataclass
from lbt_audit.values.check_digit import CHECK, WEIGHTS
from lbt_audit.values.kind import NO_DATE

_PART: Final = 1 << 16
_POWERS = np.zeros((17, 3))  # first nine digits, last eight, weighted sum
_POWERS[:9, 0], _POWERS[9:, 1], _POWERS[:, 2] = (
    10.0 ** np.arange(8, -1, -1),
    10.0 ** np.arange(7, -1, -1),
    WEIGHTS,
)
_CHECK_BYTES = np.frombuffer(CHECK.encode(), np.uint8)


@dataclass
class Side:
    """One table. Numbers are int32, −1 where blank or absent."""

    n: int
    name: np.ndarray
    former: np.ndarray
    father: np.ndarray
    mother: np.ndarray
    guardian: np.ndarray
    guardian_called: np.ndarray  # called by kin: code point of the surname (张老奶) or -1 (奶奶); else 0
    father_id: np.ndarray
    mother_id: np.ndarray
    phones: list[np.ndarray]
    places: dict[str, np.ndarray]
    id_text: np.ndarray  # number of the ID's text among both tables
    id_digits: np.ndarray  # int64: the first 17 digits; −1 unless 17 digits and a check character
    id_check: np.ndarray  # uint8: the check character
    id_valid: np.ndarray
    digits15: np.ndarray
    borrowed: np.ndarray  # whose number the other table gives another name
    witness: Witness

    @property
    def lo(self) -> np.ndarray:
        """First day of birth, ``NO_DATE`` where not known."""
        return self.witness.birth.lo

    @property
    def hi(self) -> np.ndarray:
        """Last day of birth."""
        return self.witness.birth.hi

    @property
    def exact(self) -> np.ndarray:
        """Rows whose birth date is known to the day."""
        return self.witness.birth.exact

    @cached_property
    def id_state(self) -> np.ndarray:
        """By row (uint8): 0 no ID number, 1 one that is damaged or not in order, 2 a valid one."""
        state: np.ndarray = (self.id_text >= 0).astype(np.uint8) + (self.id_valid & ~self.digits15)
        return state

    @property
    def dates(self) -> Dates:
        """The parts of ``lo``."""
        return self.witness.birth.dates


@dataclass
class Encoded:
    """Both sides and what their numbers mean."""

    left: Side
    right: Side
    names: NameSet
    adults: NameSet
    id_texts: pa.Array

    @cached_property
    def id_bearers(self) -> np.ndarray:
        """By number of an ID's text: rows that bear it, in the table where they are more."""
        size = len(self.id_texts)
        counts = (np.bincount(s.id_text[s.id_text >= 0], minlength=size) for s in (self.left, self.right))
        result: np.ndarray = np.maximum(*counts)
        return result


def encode(left: People, right: People, confusions: tuple[Confusion, ...] = DEFAULT_CONFUSIONS) -> Encoded:
    """Number the values of two tables together."""
    pair = (left, right)

    def columns(*names: str) -> list[pa.Array]:
        return [_or_null(getattr(p, c), p) for c in names for p in pair]

    width = max(len(left.phones), len(right.phones))
    with workers(len(left) + len(right)) as pool:
        adults_job = pool.submit(_encode_adults, columns("father", "mother"), columns("guardian"), confusions)
        ids_job = pool.submit(_encode_ids, columns("id_no"))
        parents_job = pool.submit(_numbers, columns("father_id", "mother_id"))
        phones_job = pool.submit(
            _numbers,
            [_or_null(p.phones[k] if k < len(p.phones) else None, p) for p in pair for k in range(width)],
        )
        # Last: by now the tables of characters are loaded, which two names jobs at once would both do.
        names_job = pool.submit(encode_names, columns("name", "former_name"), confusions)
        places = number_places({c: columns(c) for c in PLACES}, pool)
    names, numbers = names_job.result()
    adults, grown, called_by = adults_job.result()
    ids, id_numbers, (digits, checks, valid) = ids_job.result()
    parents, phones = parents_job.result(), phones_job.result()
    numbered = []
    for s, people in enumerate(pair):
        index = id_numbers[s]
        known = index >= 0
        id_digits = np.where(known, digits[index] if len(ids) else -1, -1)
        id_valid = (known & valid[index]) if len(ids) else np.zeros(len(people), bool)
        if people.id_valid is not None:
            id_valid = id_valid & people.id_valid
        id_check = np.where(known, checks[index] if len(ids) else 0, 0).astype(np.uint8)
        # By chance one damaged number in eleven passes the check.
        lost = (id_digits >= 0) & (id_digits % 100 == 0) & (id_check == ord("0"))
        if people.digits15 is not None:
            lost |= people.digits15 & (id_digits >= 0)
        numbered.append((index, id_digits, id_check, id_valid, lost))
    born = [_days(p.birth_lo, p) for p in pair]
    one, other = ((numbered[s][0], numbers[s], born[s]) for s in (0, 1))
    others = borrowed(names, one, other, len(ids))
    witnesses = _witnesses(
        pair,
        [
            (digits, valid & ~theirs, lost & ~theirs)
            for (_, digits, _, valid, lost), theirs in zip(numbered, others, strict=True)
        ],
    )
    sides = [
        Side(
            len(people), numbers[s], numbers[2 + s], grown[s], grown[2 + s], grown[4 + s],
            called_by[s], parents[s], parents[2 + s], phones[s * width : (s + 1) * width],
            {c: v[s] for c, v in places.items()}, *numbered[s], others[s], witnesses[s],
        )
        for s, people in enumerate(pair)
    ]  # fmt: skip
    return Encoded(sides[0], sides[1], names, adults, ids)


def _encode_adults(
    parents: list[pa.Array], guardians: list[pa.Array], confusions: tuple[Confusion, ...]
) -> tuple[NameSet, list[np.ndarray], list[np.ndarray]]:
    """Names of parents and guardians, and the surnames of guardians without a name."""
    named = [called(column) for column in guardians]
    adults, numbers = encode_names([*parents, *(names for names, _ in named)], confusions)
    return adults, numbers, [surname_points(surnames) for _, surnames in named]


def _witnesses(
    pair: tuple[People, People], numbers: list[tuple[np.ndarray, np.ndarray, np.ndarray]]
) -> list[Witness]:
    cells, ages, born, sexes, males = [], [], [], [], []
    for people, (digits, valid, lost) in zip(pair, numbers, strict=True):
        lo, hi = people.birth_lo, people.birth_hi
        cells.append(Days(_days(lo, people), _days(lo if hi is None else hi, people)))
        ages.append(Days(_days(people.age_lo, people), _days(people.age_hi, people)))
        sexes.append(np.zeros(len(people), np.int8) if people.sex is None else people.sex.astype(np.int8))
        # The digits a number cell leaves standing are those of the date, but not that of the sex.
        born.append(born_by_number(digits, valid | lost))
        males.append(np.where(valid & ~lost, 2 - digits % 2, 0).astype(np.int8))
    until = adults_until([c.lo for c in cells], born)
    columns = zip(cells, ages, sexes, born, males, strict=True)
    return [witness(*column, adult_until=until) for column in columns]


def _encode_ids(
    columns: list[pa.Array],
) -> tuple[pa.Array, list[np.ndarray], tuple[np.ndarray, np.ndarray, np.ndarray]]:
    ids, numbers = encode_columns([_blank(c) for c in columns])
    return ids, numbers, _parse_ids(ids)


def _or_null(column: pa.Array | None, people: People) -> pa.Array:
    if column is None:
        return pa.nulls(len(people), pa.string())
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    return column if column.type == pa.string() else column.cast(pa.string())


def _blank(column: pa.Array) -> pa.Array:
    """Empty texts as nulls."""
    if pc.min(pc.binary_length(column)).as_py() != 0:
        return column
    return pc.if_else(pc.equal(pc.fill_null(column, ""), ""), pa.scalar(None, pa.string()), column)


def _numbers(columns: list[pa.Array]) -> list[np.ndarray]:
    if all(c.null_count == len(c) for c in columns):
        return [np.full(len(c), -1, np.int32) for c in columns]
    return encode_columns([_blank(c) for c in columns])[1]


def _days(days: np.ndarray | None, people: People) -> np.ndarray:
    return np.full(len(people), NO_DATE, np.int32) if days is None else days.astype(np.int32)


def _parse_ids(ids: pa.Array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """17 digits as int64 (−1 if of another form), check character, and whether it fits."""
    n = len(ids)
    digits = np.full(n, -1, np.int64)
    checks = np.zeros(n, np.uint8)
    valid = np.zeros(n, bool)
    index = np.flatnonzero(pc.equal(pc.binary_length(ids), 18).to_numpy(zero_copy_only=False))
    if not len(index):
        return digits, checks, valid
    part = ids if len(index) == n else ids.take(pa.array(index))
    start = int(np.frombuffer(part.buffers()[1], np.int32)[part.offset])
    raw = np.frombuffer(part.buffers()[2], np.uint8, count=len(index) * 18, offset=start).reshape(-1, 18)
    last = np.where(raw[:, 17] == ord("x"), ord("X"), raw[:, 17]).astype(np.uint8)
    ones = raw[:, :17] - np.uint8(48)  # what is no digit is 10 and more
    formed = (ones < 10).all(axis=1) & ((last - np.uint8(48) < 10) | (last == ord("X")))
    if not formed.all():
        index, ones, last = index[formed], ones[formed], last[formed]
    # Exact in doubles: no part has more than nine digits.
    parts = [ones[k : k + _PART].astype(np.float64) @ _POWERS for k in range(0, len(ones), _PART)]
    high, low, total = np.concatenate([*parts, np.zeros((0, 3))]).astype(np.int64).T
    digits[index] = high * 10**8 + low
    checks[index] = last
    valid[index] = _CHECK_BYTES[total % 11] == last
    return digits, checks, valid

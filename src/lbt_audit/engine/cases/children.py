"""Which child each record is that an issue points at."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pyarrow.compute as pc

from lbt_audit.engine.identity.fingerprint import hash_texts, mix
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.links.links import Links
from lbt_audit.matching.components import components
from lbt_audit.model.record import dataclass

NOBODY = -1
Keys = Callable[[Frame, np.ndarray], np.ndarray]
"""Salted keys (uint64) of the children in some rows of a frame."""


@dataclass(frozen=True)
class Records:
    """Every record of every register of a book as one number (int64); NOBODY is none of them."""

    book: Book

    def of(self, kind: str, rows: np.ndarray) -> np.ndarray:
        result: np.ndarray = rows.astype(np.int64) + self._starts()[list(self.book.registers).index(kind)]
        return result

    def registers(self, records: np.ndarray) -> np.ndarray:
        """Position of each record's register among those of the book; NOBODY where there is none."""
        found: np.ndarray = np.searchsorted(self._starts(), records, side="right") - 1
        return found

    def split(self, records: np.ndarray) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
        """(kind, positions in ``records``, rows of its frame) for every register that has some."""
        of = self.registers(records)
        starts = self._starts()
        for number, kind in enumerate(self.book.registers):
            at = np.flatnonzero(of == number)
            if len(at):
                yield kind, at, records[at] - starts[number]

    def _starts(self) -> np.ndarray:
        sizes = [len(frame) for frame in self.book.registers.values()]
        return np.cumsum([0, *sizes[:-1]]).astype(np.int64)


def children(records: np.ndarray, all_: Records, keys: Keys, salt: str) -> tuple[np.ndarray, np.ndarray]:
    """For each of ``records`` the number of its child (int64, NOBODY where it names none), and the key (uint64) of
    each number.

    Two records are one child where lists were linked and they are for certain; else by one key and one name, as a
    number two children share makes no child of them.
    """
    distinct, back = np.unique(records, return_inverse=True)
    said = np.zeros(len(distinct), np.uint64)
    person = np.full(len(distinct), NOBODY, np.int64)
    known = Links.of(all_.book).known
    for kind, at, rows in all_.split(distinct):
        frame = all_.book.registers[kind]
        names = pc.fill_null(frame["child_name"].facets["norm"].take(rows), "").dictionary_encode()
        named = hash_texts(names.dictionary.to_pylist(), salt)[names.indices.to_numpy()]
        somebody = pc.not_equal(names, "").to_numpy(zero_copy_only=False)
        somebody |= np.asarray(frame["id_no"].facets["valid"])[rows]
        said[at] = np.where(somebody, mix(keys(frame, rows), named), 0)
        if kind in known:
            person[at] = known[kind][rows]
    key, code = np.unique(said, return_inverse=True)
    linked = np.flatnonzero((person >= 0) & (said != 0))
    people, node = np.unique(person[linked], return_inverse=True)
    label = components(len(key) + len(people), [(code[linked], len(key) + node)])
    number = np.where(said == 0, NOBODY, label[code])
    return number[back], key

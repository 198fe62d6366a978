"""Which children stand in which unit's registers, and what else they are known by.

A child's key changes when its ID number, name or birth date is corrected. The aliases tell that it is the same
child all the same; like the key they are salted hashes.
"""

from __future__ import annotations

from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.engine.identity.fingerprint import child_keys, hash_texts, mix
from lbt_audit.frames.book import Book
from lbt_audit.frames.days import iso
from lbt_audit.frames.frame import Frame
from lbt_audit.model.record import dataclass

ALIASES = ("id", "name+birth", "name+father", "name+mother", "birth+father", "birth+mother")
"""What two records of one child may have in common, the surest first."""
SURE = 4
"""So many of ALIASES name the child; brothers and sisters born on one day share the others."""


@dataclass(frozen=True)
class ChildIndex:
    """One row per record of every register of children.

    ``key`` (uint64): the child's key, as in ``issues.child_key``; ``aliases`` (uint64, n × ALIASES): 0 where
    the record does not say; ``place`` (int32): position in ``places``, pairs of unit and kind of register.
    """

    key: np.ndarray
    aliases: np.ndarray
    place: np.ndarray
    places: tuple[tuple[str, str], ...]

    @cached_property
    def keys(self) -> frozenset[int]:
        """Keys of all children."""
        return frozenset(self.key.tolist())

    def known_as(self, keys: np.ndarray) -> dict[int, tuple[int, ...]]:
        """Key → aliases (0 unknown) of its first record, for the ``keys`` that stand in a register."""
        wanted = np.flatnonzero(np.isin(self.key, keys))
        first = wanted[np.unique(self.key[wanted], return_index=True)[1]]
        return dict(zip(self.key[first].tolist(), map(tuple, self.aliases[first].tolist()), strict=True))

    @cached_property
    def _names(self) -> dict[tuple[str, str], set[int]]:
        """Register → keys and sure aliases of all who stand in it."""
        names = np.column_stack([self.key, self.aliases[:, :SURE]])
        order = np.argsort(self.place, kind="stable")
        ends = np.cumsum(np.bincount(self.place, minlength=len(self.places)))
        parts = np.split(names[order], ends[:-1]) if self.places else []
        return {
            place: set(part.ravel().tolist()) - {0} for place, part in zip(self.places, parts, strict=True)
        }

    def stands(self, names: frozenset[int], places: frozenset[tuple[str, str]]) -> bool:
        """Whether a child of any of these keys and sure aliases stands in one of the registers ``places``."""
        return any(not names.isdisjoint(self._names.get(place, ())) for place in places)


def child_index(book: Book, salt: str) -> ChildIndex:
    """The children of all registers of ``book``."""
    keys: list[np.ndarray] = [np.zeros(0, np.uint64)]
    aliases: list[np.ndarray] = [np.zeros((0, len(ALIASES)), np.uint64)]
    place: list[np.ndarray] = [np.zeros(0, np.int32)]
    places: dict[tuple[str, str], int] = {}
    for kind, frame in book.frames.items():
        if frame.schema.answers:
            continue
        if not any("child_name" in t.columns or "id_no" in t.columns for t in frame.tables):
            continue
        numbers = [places.setdefault((t.unit.path, kind), len(places)) for t in frame.tables]
        keys.append(child_keys(frame, salt))
        aliases.append(_aliases(frame, salt))
        place.append(np.array(numbers, np.int32)[frame.table])
    return ChildIndex(np.concatenate(keys), np.concatenate(aliases), np.concatenate(place), tuple(places))


def _aliases(frame: Frame, salt: str) -> np.ndarray:
    born = frame.facet("child.birth_lo")
    parts = {
        "id": _hashes("id", frame["id_no"].facets["norm"], salt),
        "birth": np.where(born.known, _hashes("birth", iso(born.values), salt), 0),
    }
    for part, field in (("name", "child_name"), ("father", "father_name"), ("mother", "mother_name")):
        parts[part] = _hashes(part, frame[field].facets["norm"], salt)
    pairs = [p for p in combinations(("name", "birth", "father", "mother"), 2) if p != ("father", "mother")]
    columns = [parts["id"]]
    for one, other in pairs:
        both = (parts[one] > 0) & (parts[other] > 0)
        columns.append(np.where(both, mix(parts[one], parts[other]), 0).astype(np.uint64))
    return np.column_stack(columns)


def _hashes(part: str, texts: Any, salt: str) -> np.ndarray:
    """Keyed hashes (uint64) of a column, each distinct text hashed once; 0 where it is blank."""
    encoded = pc.fill_null(pa.array(texts), "").dictionary_encode()
    distinct = encoded.dictionary.to_pylist()
    hashed = hash_texts([f"{part}|{text}" for text in distinct], salt)
    hashed[[not text for text in distinct]] = 0
    found: np.ndarray = hashed[encoded.indices.to_numpy()]
    return found

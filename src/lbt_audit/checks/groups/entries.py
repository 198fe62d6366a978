"""What takes part in a grouping: every record, once for each person a rule is written for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

import numpy as np

from lbt_audit.checks.groups.coding import Coded, encode
from lbt_audit.checks.groups.keys import codes, read
from lbt_audit.checks.groups.labels import Labels, components, distinct, label, size_of
from lbt_audit.checks.groups.params import AlikeText, Count, Key
from lbt_audit.checks.groups.texts import alike
from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import evaluate
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import combine
from lbt_audit.frames.logic import Mask
from lbt_audit.model.record import dataclass
from lbt_audit.rulebook.condition import Condition
from lbt_audit.values.kind import NO_DATE

Each = Sequence
"""One for each person, "" being the only one of a rule that names none."""


@dataclass(frozen=True)
class Entries:
    """The records of a frame, ``people`` times over; entry i is record i % n as person i // n."""

    frame: Frame
    book: Book
    people: int
    _coded: dict[tuple[str, ...], Coded] = field(default_factory=dict)
    _alike: dict[tuple[Each[str], ...], tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.frame) * self.people

    @property
    def row(self) -> np.ndarray:
        return self.spread(np.arange(len(self.frame)))

    def spread(self, values: np.ndarray) -> np.ndarray:
        """One value per record as one per entry."""
        return values if self.people == 1 else np.tile(values, self.people)

    def codes(self, keys: Each[str]) -> Coded:
        """Codes of a key, comparable over all entries."""
        if len(set(keys)) == 1:
            values, known = codes(self.frame, self.book, keys[0])
            return self.spread(values), self.spread(known)
        if tuple(keys) not in self._coded:
            self._coded[tuple(keys)] = encode([read(self.frame, self.book, key) for key in keys])
        return self._coded[tuple(keys)]

    def holds(self, conditions: Each[Condition | None]) -> Mask:
        """Entries for which the condition is true; all where there is none."""
        everywhere = np.ones(len(self.frame), np.bool_)
        return np.concatenate([evaluate(c, self.frame).true if c else everywhere for c in conditions])

    def label(self, key: Each[Key]) -> Labels:
        """Labels of entries that have the key in common; -1 where it is not known."""
        usable = self.holds([k.where for k in key])
        parts: list[np.ndarray] = []
        for names in zip(*(k.of for k in key), strict=True):
            values, known = self.codes(names)
            parts.append(values)
            usable &= known
        if key[0].alike:
            values, filled = self._block(tuple(zip(*(k.alike for k in key), strict=True)))
            parts.append(values)
            usable &= filled >= key[0].filled
        if any(k.text for k in key):
            values, known = self._texts([k.text for k in key])
            parts.append(values)
            usable &= known
        return label(parts, usable)

    def _block(self, alike: tuple[Each[str], ...]) -> tuple[np.ndarray, np.ndarray]:
        """(code of these keys taken together, how many of them are known)."""
        if alike not in self._alike:
            coded = [self.codes(names) for names in alike]
            self._alike[alike] = (
                combine(*(values for values, _ in coded)),
                np.sum([known for _, known in coded], axis=0),
            )
        return self._alike[alike]

    def _texts(self, specs: Each[AlikeText | None]) -> Coded:
        """Codes of alike texts; texts of different fields are never one."""
        coded = [alike(self.frame, spec) for spec in specs if spec is not None]
        base = np.cumsum([0, *(int(values.max(initial=0)) + 1 for values, _ in coded)])
        values = [values + b for (values, _), b in zip(coded, base, strict=False)]
        return np.concatenate(values), np.concatenate([known for _, known in coded])

    def count(self, groups: Labels, count: Each[Count]) -> np.ndarray:
        """What is counted in each entry's group; 0 for -1."""
        counted = self.holds([c.where for c in count]) & (groups >= 0)
        if count[0].newest:
            return self._newest(groups, [c.newest or "" for c in count], counted)
        keys = list(zip(*(c.of for c in count), strict=True))
        if count[0].share:
            whole = np.maximum(distinct(groups, self.row, groups >= 0), 1)
            return np.asarray(distinct(groups, self.row, counted) / whole)
        if not keys:
            return distinct(groups, self.row, counted)
        if len(keys) == 1:
            values = self.label(keys[0])
            return distinct(groups, np.maximum(values, 0), counted & (values >= 0))
        return distinct(groups, *self._joined(groups, [self.label(k) for k in keys], counted))

    def _newest(self, groups: Labels, operands: Each[str], counted: Mask) -> np.ndarray:
        """The newest day in each entry's group; NO_DATE where none is known."""
        days = [self.frame.facet(operand) for operand in operands]
        values = np.concatenate([np.where(d.known, d.values, NO_DATE) for d in days])
        newest = np.full(int(groups.max(initial=-1)) + 1, NO_DATE, np.int64)
        np.maximum.at(newest, groups[counted], values[counted])
        return np.where(groups >= 0, newest[np.maximum(groups, 0)] if len(newest) else NO_DATE, NO_DATE)

    def _joined(self, groups: Labels, labelings: list[Labels], counted: Mask) -> tuple[np.ndarray, Mask]:
        """(what each entry is within its group, something is known of it): equal in any of the keys is one."""
        told = counted & np.logical_or.reduce([lab >= 0 for lab in labelings])
        several = told & (size_of(groups) > 1)
        at = np.flatnonzero(several)
        inside = [label([groups[at], np.maximum(lab[at], 0)], lab[at] >= 0) for lab in labelings]
        joined = components(inside, len(at))
        result = np.arange(len(groups))
        result[at] = np.where(joined >= 0, at[np.maximum(joined, 0)], at)
        return result, told

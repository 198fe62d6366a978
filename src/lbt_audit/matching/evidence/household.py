"""Compares the household of two rows: parents, guardian, phones, and the places a child belongs to."""

from __future__ import annotations

from copy import copy

import numpy as np

from lbt_audit.matching.evidence.evidence import Agreement
from lbt_audit.matching.evidence.frequency import worth
from lbt_audit.matching.levels import Level
from lbt_audit.matching.names.comparison import compare
from lbt_audit.matching.names.nameset import NameSet
from lbt_audit.matching.people.encoding import Encoded
from lbt_audit.matching.weights import Weights


class Household:
    """Two encoded tables; how much agreement is worth is counted once."""

    def __init__(self, e: Encoded, weights: Weights) -> None:
        self.e, self.w = e, weights
        adults = len(e.adults)
        self._adults = {
            c: worth((getattr(e.left, c), getattr(e.right, c)), adults, cap)
            for c, cap in (
                ("father", weights.parent_cap),
                ("mother", weights.parent_cap),
                ("guardian", weights.guardian_cap),
            )
        }
        caps = {
            "village": weights.village_cap, "village_in": weights.village_cap,
            "township": weights.township_cap, "school": weights.school_cap,
            "grade": weights.class_cap, "class_name": weights.class_cap,
        }  # fmt: skip
        self._places = {
            c: worth((e.left.places[c], e.right.places[c]), _size(e, c), cap) for c, cap in caps.items()
        }
        self._phones = self._phone_worth()
        self._surnames = surnames(e.adults)

    def of(self, e: Encoded) -> Household:
        """The same for other pairs of the rows."""
        other = copy(self)
        other.e = e
        return other

    def compare(
        self, i: np.ndarray, j: np.ndarray, codes: dict[str, np.ndarray], bits: dict[str, np.ndarray]
    ) -> None:
        """Add codes and bits of the fields ``evidence.HOUSEHOLD``."""
        w, left, right = self.w, self.e.left, self.e.right
        for who in ("father", "mother"):
            codes[who], bits[who] = self._parent(who, i, j)
        codes["guardian"], bits["guardian"] = self._guardian(i, j)
        codes["phone"], bits["phone"] = self._phone(i, j)
        codes["village"], bits["village"] = self._village(i, j)
        for place, less in (
            ("township", w.township_differs), ("school", w.school_differs),
            ("grade", w.class_differs), ("class_name", w.class_differs),
        ):  # fmt: skip
            codes[place], bits[place] = _equal(
                left.places[place][i], right.places[place][j], self._places[place], less
            )
        # A class number means nothing but in the same school and grade.
        lost = (codes["school"] != Agreement.SAME) | (codes["grade"] == Agreement.DIFFERS)
        codes["class_name"][lost], bits["class_name"][lost] = Agreement.UNKNOWN, 0

    def kin_surname(self, i: np.ndarray, j: np.ndarray) -> np.ndarray:
        """Pairs (bool) where the surname of one child is that of a parent in the other child's row: it bears its
        father's name in one list and its mother's in the other."""
        left, right = self.e.left, self.e.right
        own = surnames(self.e.names)
        x, y = own[left.name[i]], own[right.name[j]]
        result = np.zeros(len(i), bool)
        for surname, parents in (
            (x, (right.father[j], right.mother[j])),
            (y, (left.father[i], left.mother[i])),
        ):
            for parent in parents:
                result |= (surname > 0) & (self._surnames[parent] == surname)
        return result

    def guardian_worth(self, adults: np.ndarray) -> np.ndarray:
        """Bits (float32) agreement on these guardians is worth."""
        return np.asarray(self._adults["guardian"][adults])

    def parents_agree(self, i: np.ndarray, j: np.ndarray) -> np.ndarray:
        """Pairs (bool) with both parents the same."""
        result = np.ones(len(i), bool)
        for who in ("father", "mother"):
            (a, b), (x, y) = (
                (getattr(self.e.left, c)[i], getattr(self.e.right, c)[j]) for c in (who, f"{who}_id")
            )
            plain = self.e.adults.plain
            result &= (x >= 0) & (x == y) | (a >= 0) & (b >= 0) & (plain[a] == plain[b])
        return result

    def someone(self, i: np.ndarray, j: np.ndarray) -> np.ndarray:
        """Pairs (bool) with the same father, mother, guardian or telephone."""
        plain, left, right = self.e.adults.plain, self.e.left, self.e.right
        result = np.zeros(len(i), bool)
        for who in ("father", "mother", "guardian"):
            a, b = getattr(left, who)[i], getattr(right, who)[j]
            result |= (a >= 0) & (b >= 0) & (plain[a] == plain[b])
        for one in left.phones:
            for other in right.phones:
                result |= (one[i] >= 0) & (one[i] == other[j])
        return result

    def _parent(self, who: str, i: np.ndarray, j: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        left, right, w = self.e.left, self.e.right, self.w
        a, b = getattr(left, who)[i], getattr(right, who)[j]
        found = compare(self.e.adults, a, b, w)
        table = self._adults[who]
        value = np.minimum(table[a], table[b]) if len(table) else np.zeros(len(i), np.float32)
        slip = (found.level > Level.TRADITIONAL) & (found.level < Level.SURNAME)
        same = found.level <= Level.TRADITIONAL
        near = (found.level == Level.PARTLY_ALIKE) | (found.level == Level.UNRELATED)
        code = np.select(
            [found.level == Level.UNKNOWN, same, slip, near],
            [Agreement.UNKNOWN, Agreement.SAME, Agreement.SLIP, Agreement.NEAR],
            Agreement.DIFFERS,
        ).astype(np.uint8)
        bits = np.select(
            [code == Agreement.UNKNOWN, same, slip, near],
            [np.zeros(len(i)), value, np.maximum(value - w.parent_slip - found.cost / 2, 0), w.parent_near],
            w.parent_differs,
        )
        x, y = getattr(left, f"{who}_id")[i], getattr(right, f"{who}_id")[j]
        equal = (x >= 0) & (x == y)
        code = np.where(equal & (code != Agreement.SAME), Agreement.SAME, code).astype(np.uint8)
        return code, np.where(equal, w.parent_cap, bits).astype(np.float32)

    def _guardian(self, i: np.ndarray, j: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Guardian against guardian, or against the parents where the other side lists no guardian."""
        left, right, w = self.e.left, self.e.right, self.w
        a, b = left.guardian[i], right.guardian[j]
        table = self._adults["guardian"]
        code = np.where((a < 0) | (b < 0), 0, 3).astype(np.uint8)
        # Of several ways to agree the one that is worth least counts, whichever row is asked first.
        value = np.minimum(table[a], table[b])
        for one, other in (
            (a, b),
            (a, right.father[j]),
            (a, right.mother[j]),
            (left.father[i], b),
            (left.mother[i], b),
        ):
            same = (one >= 0) & (one == other)
            value[same] = np.where(code == Agreement.SAME, np.minimum(value, table[one]), table[one])[same]
            code[same] = Agreement.SAME
        lone = np.flatnonzero(code == Agreement.DIFFERS)
        if len(lone):
            level = compare(self.e.adults, a[lone], b[lone], w).level
            code[lone[level < Level.SURNAME]] = Agreement.SLIP
        # 张老奶 is nobody's name: a guardian of that surname may be meant, any other is not contradicted.
        x, y = left.guardian_called[i], right.guardian_called[j]
        index = np.flatnonzero((code == Agreement.UNKNOWN) & ((x > 0) | (y > 0)))
        x, y = (np.where(p[index] != 0, p[index], self._surnames[n[index]]) for p, n in ((x, a), (y, b)))
        code[index[(x > 0) & (x == y)]] = Agreement.SURNAME
        bits = np.choose(code, [0.0, value, np.maximum(value - 2, 0), w.guardian_differs, w.guardian_surname])
        return code, bits.astype(np.float32)

    def _village(self, i: np.ndarray, j: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Villages by name, and by township where there are several of that name and both townships are known."""
        left, right, w = self.e.left.places, self.e.right.places, self.w
        named = _equal(left["village"][i], right["village"][j], self._places["village"], w.village_differs)
        exact = _equal(
            left["village_in"][i], right["village_in"][j], self._places["village_in"], w.village_differs
        )
        known = exact[0] != Agreement.UNKNOWN
        return np.where(known, exact[0], named[0]), np.where(known, exact[1], named[1])

    def _phone(self, i: np.ndarray, j: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        left, right = self.e.left, self.e.right
        best = np.zeros(len(i), np.float32)
        both = np.zeros((2, len(i)), bool)
        same = np.zeros(len(i), bool)
        for one in left.phones:
            for other in right.phones:
                a, b = one[i], other[j]
                both[0] |= a >= 0
                both[1] |= b >= 0
                equal = (a >= 0) & (a == b)
                same |= equal
                best = np.where(equal, np.maximum(best, self._phones[a] if len(self._phones) else 0), best)
        code = np.where(same, 1, np.where(both.all(axis=0), 3, 0)).astype(np.uint8)
        return code, np.where(code == Agreement.DIFFERS, self.w.phone_differs, best).astype(np.float32)

    def _phone_worth(self) -> np.ndarray:
        sides = [np.concatenate([*s.phones, np.zeros(0, np.int32)]) for s in (self.e.left, self.e.right)]
        size = int(max((s.max(initial=-1) for s in sides), default=-1)) + 1
        return worth((sides[0], sides[1]), size, self.w.phone_cap)


def surnames(names: NameSet) -> np.ndarray:
    """Code point (int32) of the first character of every name; 0 at the end, for rows without one."""
    points = np.array([ord(c) if c else 0 for c in names.alphabet.chars], np.int32)
    return np.append(points[names.codes[:, 0]], 0).astype(np.int32)


def _size(e: Encoded, column: str) -> int:
    return int(max(e.left.places[column].max(initial=-1), e.right.places[column].max(initial=-1))) + 1


def _equal(a: np.ndarray, b: np.ndarray, table: np.ndarray, less: float) -> tuple[np.ndarray, np.ndarray]:
    known = (a >= 0) & (b >= 0)
    code = np.where(known, np.where(a == b, 1, 3), 0).astype(np.uint8)
    value = table[a] if len(table) else np.zeros(len(a), np.float32)
    return code, np.select([code == 1, code == 3], [value, less], 0.0).astype(np.float32)

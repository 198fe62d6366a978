"""Scores pairs of rows: what speaks for and against two rows being one child, in bits per field."""

from __future__ import annotations

from copy import copy
from dataclasses import replace

import numpy as np

from lbt_audit.matching.dates.witness import Witness
from lbt_audit.matching.evidence.births import Birth, compare_births, one_number
from lbt_audit.matching.evidence.evidence import HOUSEHOLD, Agreement, Evidence
from lbt_audit.matching.evidence.exchanged import exchanged, guardians_met
from lbt_audit.matching.evidence.frequency import birth_worth, name_worth
from lbt_audit.matching.evidence.household import Household
from lbt_audit.matching.evidence.identity import Identity, compare_ids
from lbt_audit.matching.levels import Level
from lbt_audit.matching.names.comparison import compare
from lbt_audit.matching.people.encoding import Encoded
from lbt_audit.matching.weights import Weights


class Scorer:
    """Scores pairs of rows of two encoded tables; the frequencies are counted once."""

    def __init__(self, e: Encoded, weights: Weights) -> None:
        self.e, self.w = e, weights
        self.prior = float(np.log2(max(e.left.n, e.right.n, 2)))
        self._names = name_worth(e, weights)
        self.births = birth_worth(e, weights)
        self._household = Household(e, weights)
        # The most bits two different numbers can give, by ``Side.id_state``: two sound ones only speak against.
        self._id_most = np.zeros((3, 3), np.float32)
        self._id_most[1:, 1:] = max(weights.id_slip, weights.id_two_slips, weights.id_digits15)
        self._id_most[2, 2] = max(weights.id_both_valid_differ, weights.id_twin)

    def within(self, side: int) -> Scorer:
        """The same for pairs of rows of one of the tables (0 left, 1 right)."""
        own = (self.e.left, self.e.right)[side]
        inner = copy(self)
        inner.e = replace(self.e, left=own, right=own)
        inner._household = self._household.of(inner.e)
        return inner

    def plausible(self, i: np.ndarray, j: np.ndarray) -> Evidence:
        """Evidence on the pairs that can be one child: a slip in the name or an equal ID.

        The costly comparisons come last and see only what the cheap ones leave open.
        """
        index, by_id, birth = self._open(i, j)
        i, j, by_id, birth = i[index], j[index], by_id[index], (birth[0][index], birth[1][index])
        name = self._name(i, j, birth)
        close = (name[0] <= Level.PARTLY_ALIKE) | (name[0] == Level.UNKNOWN)
        close |= self._same_home(name[0], birth[0], i, j)
        named = (name[0] <= Level.TRADITIONAL) | name[3]
        hopeless = self._hopeless(name[1], birth, named, i, j) | ~close
        by_id[self._one_slip(i, j, np.flatnonzero(hopeless & ~by_id))] = True
        index = np.flatnonzero(~hopeless | by_id)
        return self._finish(
            i[index], j[index], tuple(part[index] for part in name), (birth[0][index], birth[1][index])
        )

    def _same_home(self, level: np.ndarray, birth: np.ndarray, i: np.ndarray, j: np.ndarray) -> np.ndarray:
        """Pairs (bool) with another name, born alike in one household: twins, or one child misspelt beyond
        likeness; two characters wrong ask for both parents."""
        result = np.zeros(len(i), bool)
        alike = (birth >= Birth.SAME_DAY) & (birth <= Birth.DIGIT) & (birth != Birth.AGE)
        index = np.flatnonzero(alike & (level == Level.UNRELATED))
        result[index] = self._household.someone(i[index], j[index])
        index = np.flatnonzero(alike & (level == Level.DIFFERENT))
        result[index] = self._household.parents_agree(i[index], j[index])
        return result

    def _one_slip(self, i: np.ndarray, j: np.ndarray, index: np.ndarray) -> np.ndarray:
        """Those of the positions where one number is the other with a slip in it, whatever the names."""
        index = index[self.e.left.id_state[i[index]] + self.e.right.id_state[j[index]] == 3]
        codes, _ = compare_ids(self.e, i[index], j[index], self.w)
        result: np.ndarray = index[codes == Identity.SLIP]
        return result

    def _open(
        self, i: np.ndarray, j: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, np.ndarray]]:
        """Positions of pairs their dates do not rule out; whether IDs are equal; birth codes and bits."""
        left, right, names = self.e.left, self.e.right, self.e.names
        by_id = (left.id_text[i] >= 0) & (left.id_text[i] == right.id_text[j])
        by_xueji = left.places["xueji_no"][i]
        by_id |= (by_xueji >= 0) & (by_xueji == right.places["xueji_no"][j])
        birth = compare_births(left, right, i, j, self.births, self.w)
        a, b = left.name[i], right.name[j]
        equal = (names.plain[a] == names.plain[b]) & (a >= 0) & (b >= 0)
        # A former name may turn a difference into agreement: these are compared whatever the date.
        ask = by_id | (left.former[i] >= 0) | (right.former[j] >= 0)
        most = np.minimum(self._names[a], self._names[b])
        return np.flatnonzero(ask | ~self._hopeless(most, birth, equal, i, j)), by_id, birth

    def _hopeless(
        self,
        name: np.ndarray,
        birth: tuple[np.ndarray, np.ndarray],
        named: np.ndarray,
        i: np.ndarray,
        j: np.ndarray,
    ) -> np.ndarray:
        """Pairs no household can make one child. ``name``: the most bits the names can give."""
        code, bits = birth
        ids = self._id_most[self.e.left.id_state[i], self.e.right.id_state[j]]
        best = name + bits + ids + self.w.household_cap + self.w.sex_same - self.prior
        result = best < self.w.floor
        # Equal parents make a wrong date of a contradiction.
        index = np.flatnonzero(result & named & (bits < 0))
        result[index[self._household.parents_agree(i[index], j[index])]] = False
        result |= ~named & (code >= Birth.AGE_APART)
        return np.asarray(result)

    def score(self, i: np.ndarray, j: np.ndarray) -> Evidence:
        """All evidence on all pairs."""
        birth = compare_births(self.e.left, self.e.right, i, j, self.births, self.w)
        return self._finish(i, j, self._name(i, j, birth), birth)

    def _name(
        self, i: np.ndarray, j: np.ndarray, birth: tuple[np.ndarray, np.ndarray]
    ) -> tuple[np.ndarray, ...]:
        left, right = self.e.left, self.e.right
        a, b = left.name[i], right.name[j]
        found = compare(self.e.names, a, b, self.w)
        level, cost, position = found.level, found.cost, found.position
        former = np.zeros(len(i), bool)
        used = [a, b]
        for one, other in ((left.former[i], b), (a, right.former[j]), (left.former[i], right.former[j])):
            index = np.flatnonzero((level > Level.TRADITIONAL) & (one >= 0) & (other >= 0))
            if not len(index):
                continue
            again = compare(self.e.names, one[index], other[index], self.w)
            better = again.cost + self.w.former_name < cost[index]
            rows = index[better]
            level[rows] = np.where(
                again.level[better] <= Level.TRADITIONAL, Level.FORMER, again.level[better]
            )
            cost[rows] = again.cost[better] + self.w.former_name
            position[rows] = again.position[better]
            former[rows] = True
            used = [
                np.where(np.isin(np.arange(len(i)), rows), new, old)
                for new, old in zip((one, other), used, strict=True)
            ]
        base = np.minimum(self._bits_of(used[0]), self._bits_of(used[1]))
        bits = np.where(level == Level.UNKNOWN, 0, base - cost).astype(np.float32)
        spelt = level.copy()
        index = np.flatnonzero((level >= Level.UNRELATED) & (level < Level.UNKNOWN))
        crossed = exchanged(self.e, i[index], j[index], (birth[0][index], birth[1][index]), self.w)
        index = index[crossed.index]
        level[index], position[index], bits[index], spelt[index] = Level.EXCHANGED, 0, np.inf, Level.EQUAL
        np.maximum.at(spelt, index, crossed.level)
        np.minimum.at(bits, index, self._bits_of(crossed.child) - crossed.cost)
        return level, bits, position, former, spelt

    def _bits_of(self, numbers: np.ndarray) -> np.ndarray:
        return self._names[numbers] if len(self._names) else np.zeros(len(numbers), np.float32)

    def _finish(
        self,
        i: np.ndarray,
        j: np.ndarray,
        name: tuple[np.ndarray, ...],
        birth: tuple[np.ndarray, np.ndarray],
    ) -> Evidence:
        w, left, right = self.w, self.e.left, self.e.right
        codes: dict[str, np.ndarray] = {"name": name[0], "spelt": name[4]}
        bits: dict[str, np.ndarray] = {"name": name[1]}
        codes["id_no"], bits["id_no"] = compare_ids(self.e, i, j, w)
        codes["birth"], bits["birth"] = birth
        same_number = one_number(left, right, i, j)
        heard = (left.witness.by_number[i] | right.witness.by_number[j]) & ~same_number
        codes["birth_by"] = (heard & (birth[0] != Birth.UNKNOWN)).astype(np.uint8)
        codes["sex"], bits["sex"] = _sex(left.witness, right.witness, i, j, same_number, w)
        told = (left.witness.cell_sex[i] > 0) & (right.witness.cell_sex[j] > 0)
        codes["sex_by"] = ((codes["sex"] != Agreement.UNKNOWN) & ~told).astype(np.uint8)
        codes["last"] = np.zeros(len(i), np.uint8)
        self._household.compare(i, j, codes, bits)
        self._guardian_met(codes, bits, i, j)
        a, b = left.places["xueji_no"][i], right.places["xueji_no"][j]
        codes["xueji_no"] = np.where((a < 0) | (b < 0), 0, np.where(a == b, 1, 3)).astype(np.uint8)
        bits["xueji_no"] = np.array([0, w.xueji_equal, 0, w.xueji_differs], np.float32)[codes["xueji_no"]]
        self._kin(codes, bits, i, j)
        self._settle(codes, bits)
        total = sum(
            (bits[f] for f in ("name", "id_no", "birth", "sex", "xueji_no", "household")),
            np.zeros(len(i), np.float32),
        )
        return Evidence(i, j, codes, bits, name[2], name[3], (total - self.prior).astype(np.float32))

    def _guardian_met(
        self, codes: dict[str, np.ndarray], bits: dict[str, np.ndarray], i: np.ndarray, j: np.ndarray
    ) -> None:
        """The guardian of one row stands in the child's column of the other."""
        index = np.flatnonzero(codes["name"] == Level.EXCHANGED)
        for guardian in guardians_met(self.e, i[index], j[index]):
            met = index[guardian >= 0]
            worth = self._household.guardian_worth(guardian[guardian >= 0])
            again = codes["guardian"][met] == Agreement.SAME
            bits["guardian"][met] = np.where(again, np.minimum(bits["guardian"][met], worth), worth)
            codes["guardian"][met] = Agreement.SAME

    def _kin(
        self, codes: dict[str, np.ndarray], bits: dict[str, np.ndarray], i: np.ndarray, j: np.ndarray
    ) -> None:
        """The other parent's surname is no slip: it stands in the row."""
        codes["kin"] = np.zeros(len(i), np.uint8)
        parents = (codes["father"] != Agreement.DIFFERS) & (codes["mother"] != Agreement.DIFFERS)
        index = np.flatnonzero((codes["name"] == Level.SURNAME) & parents)
        index = index[self._household.kin_surname(i[index], j[index])]
        codes["kin"][index] = 1
        bits["name"][index] += self.w.surname_of_parent

    def _settle(self, codes: dict[str, np.ndarray], bits: dict[str, np.ndarray]) -> None:
        """Evidence that is not independent: parents together, household as a whole, a birth date beside IDs."""
        w = self.w
        both = (codes["father"] == Agreement.DIFFERS) & (codes["mother"] == Agreement.DIFFERS)
        total = sum((bits[f] for f in HOUSEHOLD), np.zeros(len(both), np.float32)) + np.where(
            both, w.parents_both_differ, 0
        )
        bits["household"] = np.minimum(total, w.household_cap).astype(np.float32)
        # With an equal valid number a deviating birth column is a slip of its own.
        sure = (codes["id_no"] == Identity.EQUAL) & (bits["birth"] < 0)
        bits["birth"] = np.where(sure, np.maximum(bits["birth"], w.birth_close), bits["birth"]).astype(
            np.float32
        )
        # No parents give two children one name: then it is the date that is wrong.
        parents = (codes["father"] == Agreement.SAME) & (codes["mother"] == Agreement.SAME)
        named = parents & (codes["name"] <= Level.TRADITIONAL) & (bits["birth"] < 0)
        bits["birth"] = np.where(named, np.maximum(bits["birth"], w.birth_close), bits["birth"]).astype(
            np.float32
        )


def _sex(
    a: Witness, b: Witness, i: np.ndarray, j: np.ndarray, same_number: np.ndarray, w: Weights
) -> tuple[np.ndarray, np.ndarray]:
    """By number before column; of one number only the columns say anything, and a row that contradicts itself
    does not contradict another."""
    x = np.where(same_number, a.cell_sex[i], a.sex[i])
    y = np.where(same_number, b.cell_sex[j], b.sex[j])
    known = (x > 0) & (y > 0)
    code = np.where(known, np.where(x == y, 1, 3), 0).astype(np.uint8)
    torn = (a.sex_torn[i] | b.sex_torn[j]) & ~same_number
    code[torn & (code == Agreement.DIFFERS)] = Agreement.UNKNOWN
    return code, np.array([0, w.sex_same, 0, w.sex_differs], np.float32)[code]

"""The records of every child held against each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Final

import numpy as np

from lbt_audit.frames.logic import Mask
from lbt_audit.links.children import Children, Pairs
from lbt_audit.links.comparison import names, trustees, values
from lbt_audit.links.comparison.fields import Difference, FieldComparison, How
from lbt_audit.links.comparison.pairing import Pairing
from lbt_audit.links.homes import Homes
from lbt_audit.links.renamings import Renamings

_COMPARE: Final[Mapping[How, Callable[[Pairing, str, FieldComparison], Difference | None]]] = {
    "value": values.value,
    "day": values.day,
    "school": values.school,
    "grade": values.grade,
    "name": names.adult_name,
    "guardian": names.guardian,
    "guardian_relation": names.guardian_relation,
    "trustee": trustees.trustee,
    "child_name": names.child_name,
    "id_number": names.id_number,
}
_CHILD_NAME: Final = FieldComparison.model_validate({"as": "child_name"})
_ID_NUMBER: Final = FieldComparison.model_validate({"as": "id_number"})


def difference(x: Pairing, name: str, how: FieldComparison) -> Difference | None:
    """One field of all pairs, compared once whoever asks; None where a register lacks it."""
    for known, same, found in x.known:
        if known == name and same == how:
            return found
    found = _COMPARE[how.how](x, name, how)
    x.known.append((name, how, found))
    return found


def differing(x: Pairing, fields: Mapping[str, FieldComparison]) -> Mask:
    """Pairs with a difference somebody has to settle: of names (a former name is none), numbers or ``fields``."""
    name, number = difference(x, "child_name", _CHILD_NAME), difference(x, "id_no", _ID_NUMBER)
    assert name is not None and number is not None
    result = (name.found & ~name.kinds["former"]) | number.found
    for field, how in fields.items():
        made = difference(x, field, how)
        if made is not None:
            result = result | made.found
    return np.asarray(result)


class Comparisons:
    """Pairs of records to be compared, by the registers they stand in."""

    def __init__(self, children: Children, homes: Homes) -> None:
        self.children = children
        self.homes = homes
        self.book = children.book
        self.renamings = Renamings(children)
        self._with: dict[str, list[Pairing]] = {}

    @cached_property
    def of_lists(self) -> list[Pairing]:
        """Every pairing of the lists handed in."""
        return self._pairings(self.children.pairs)

    def with_register(self, register: str) -> list[Pairing]:
        """Every record of a register that is no list (forms) with its child's first record in a list."""
        if register not in self._with:
            pairs = self.children.pairs_with(register) if register in self.book.frames else []
            self._with[register] = self._pairings(pairs)
        return self._with[register]

    def among(self, lists: Sequence[str], registers: Sequence[str]) -> list[Pairing]:
        """The pairings of ``lists`` with each other and with ``registers``."""
        found = [x for x in self.of_lists if {x.left.kind, x.right.kind} <= set(lists)]
        return found + [x for r in registers for x in self.with_register(r) if x.left.kind in lists]

    def pairing(self, p: Pairs) -> Pairing | None:
        """Any records of two registers, held against each other; None where one was not handed in."""
        linkage = self.children.linkages.between(p.left_kind, p.right_kind)
        if linkage is None:
            return None
        frames = self.book.frames
        return Pairing(p, linkage, frames[p.left_kind], frames[p.right_kind], self.homes, self.renamings)

    def _pairings(self, pairs: Sequence[Pairs]) -> list[Pairing]:
        return [x for x in map(self.pairing, pairs) if x is not None]

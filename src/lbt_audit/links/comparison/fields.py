"""How what two records say in one field is compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Annotated, Final, Literal

import numpy as np
import pyarrow as pa
from pydantic import AfterValidator, Field, ValidationInfo

from lbt_audit.frames.logic import Mask
from lbt_audit.matching.levels import Level
from lbt_audit.model.record import dataclass
from lbt_audit.rulebook.flaw import Flaws, Path, unknown
from lbt_audit.rulebook.params import AnyFieldName, Params
from lbt_audit.rulebook.vocabulary import Vocabulary

How = Literal[
    "value",
    "day",
    "name",
    "guardian",
    "guardian_relation",
    "trustee",
    "school",
    "grade",
    "child_name",
    "id_number",
]


class FieldComparison(Params):
    """Both sides must hold a usable value, else nothing differs."""

    how: How = Field(
        alias="as",
        description=(
            "value: what the cell means (a code, a number, else its text); day: dates that cannot be one; name: names "
            "of adults, but for blanks, dots and script; guardian: the same, unless the guardian is a parent; "
            "guardian_relation: relations, where the guardian is the same; trustee: whom an agreement entrusts, and the guardian "
            "named, but for couples of grandparents; school: by the county's list, "
            "abbreviations agree; grade: grades whichever column says them; child_name, id_number: the child's own, "
            "as matching compared them"
        ),
    )
    other: AnyFieldName | None = Field(
        default=None, alias="with", description="the field of the later list, where it is another"
    )
    instead: AnyFieldName | None = Field(
        default=None, alias="or", description="value: the field read in a list without a column of the first"
    )
    means: Mapping[str, str] = Field(
        default={}, description="value: codes of `or`, and which code of the field each stands for"
    )
    among: tuple[str, ...] = Field(
        default=(), description="value: only these codes are compared; others are another vocabulary's"
    )


def _codes_exist(
    fields: Mapping[str, FieldComparison], info: ValidationInfo
) -> Mapping[str, FieldComparison]:
    vocabulary = info.context
    if isinstance(vocabulary, Vocabulary):
        wrong = []
        for name, how in fields.items():
            own = vocabulary.fields[name].type.options
            other = vocabulary.fields[how.instead].type.options if how.instead else own
            used: list[tuple[Path, str, tuple[str, ...]]]
            used = [(("among", i), code, own) for i, code in enumerate(how.among)]
            used += [(("means", key), key, other) for key in how.means]
            used += [(("means", key), code, own) for key, code in how.means.items()]
            wrong += [
                unknown("代码", "code", code, known).below(name, *at)
                for at, code, known in used
                if known and code not in known
            ]
        if wrong:
            raise Flaws(wrong)
    return fields


Compared = Annotated[Mapping[AnyFieldName, FieldComparison], AfterValidator(_codes_exist)]
"""Fields, and how each is compared."""


@dataclass(frozen=True)
class Difference:
    """One field over all pairs: where it differs (``found``), where it is known to agree (``equal``), and the two
    texts. ``left_field``/``right_field``: the column each side says it in.

    ``kinds``: kinds of difference by key, which rules word and grade, in the order in which they are told;
    ``place``: number of the character concerned from 1, 0 where there is none.
    """

    found: Mask
    equal: Mask
    left: pa.Array
    right: pa.Array
    left_field: str
    right_field: str
    kinds: Mapping[str, Mask] = field(default_factory=dict)
    place: np.ndarray | None = None

    def take(self, chosen: np.ndarray) -> Difference:
        """The same of some of the pairs (positions)."""
        rows = pa.array(chosen)
        return replace(
            self,
            found=self.found[chosen],
            equal=self.equal[chosen],
            left=self.left.take(rows),
            right=self.right.take(rows),
            kinds={key: mask[chosen] for key, mask in self.kinds.items()},
            place=None if self.place is None else self.place[chosen],
        )

    def mirrored(self) -> Difference:
        """The same seen from the other record."""
        return replace(
            self,
            left=self.right,
            right=self.left,
            left_field=self.right_field,
            right_field=self.left_field,
            kinds={_MIRRORED.get(key, key): mask for key, mask in self.kinds.items()},
        )


_MIRRORED: Final = {
    **{level.name.lower(): level.mirrored.name.lower() for level in Level},
    "this_right": "other_right",
    "other_right": "this_right",
}

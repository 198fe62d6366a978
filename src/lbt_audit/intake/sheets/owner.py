"""Whose a sheet is, where a line above the header says it: 儿童姓名 石立新 身份证号 … 村 大寨村."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pyarrow as pa

from lbt_audit.intake.sheets.headers.mapping import find_field
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.intake.table import Column
from lbt_audit.model.cell import CellKind
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.record import dataclass

_OWN = frozenset(
    {"child_name", "id_no", "xueji_no", "township", "village", "group", "school_name", "grade", "class_name"}
)
_SIGNS = ":： "


@dataclass(frozen=True)
class Own:
    """A value of the child a whole sheet is about."""

    field: str
    header: str
    text: str
    row: int  # number
    column: int

    def as_column(self, records: int) -> Column:
        """The same for each of so many records."""
        texts = pa.array([self.text] * records, pa.string())
        kinds = np.full(records, np.uint8(CellKind.TEXT))
        rows = np.full(records, self.row, np.int32)
        return Column(self.field, self.column, self.header, "standard", texts, kinds, rows=rows)


def owner(sheet: Sheet, rows: Sequence[int], columns: Collection[str], dictionary: Dictionary) -> list[Own]:
    """What is said of the child a whole sheet is about, its name standing in one of ``rows`` (positions above the
    header); nothing where the records name their children themselves in one of ``columns``."""
    if "child_name" in columns:
        return []
    found: dict[str, Own] = {}
    for row in rows:
        cells = list(sheet.cells(row))
        for at, (column, text) in enumerate(cells):
            label, _, value = text.replace("：", ":").partition(":")
            place = column
            if not value.strip() and at + 1 < len(cells):
                place, value = cells[at + 1]
            key = find_field((label.strip(_SIGNS),), dictionary) if label.strip() else None
            if key is not None and key[0] in _OWN and key[0] not in {*columns, *found} and value.strip():
                number = int(sheet.numbers[row])
                found[key[0]] = Own(key[0], label.strip(_SIGNS), value.strip(), number, place)
    return list(found.values()) if "child_name" in found else []

"""The cells of registers that are to be spelt otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.table import Column, Table
from lbt_audit.model.cell import CellKind
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.record import dataclass
from lbt_audit.repairs.spelling import Mended, Speller, is_number
from lbt_audit.values.registry import KINDS


@dataclass(frozen=True)
class Change:
    """One cell: ``row`` (1-based) and ``column`` (0-based) as the sheet has them; ``why`` a key of ``spelling.WHY``;
    ``number``: to be kept as text, because programs would take it for a number."""

    sheet: str
    row: int
    column: int
    field: str
    before: str
    after: str
    why: str
    number: bool = False


def changes(tables: Iterable[Table], dictionary: Dictionary, speller: Speller) -> list[Change]:
    """Every mechanical repair of ``tables``, in the order of their cells; a cell read twice is changed once."""
    found: dict[tuple[str, int, int], Change] = {}
    spoilt: set[tuple[str, int, int]] = set()
    for table in tables:
        if table.counts is not None:
            continue  # figures, not values
        for key, column in table.columns.items():
            if column.index < 0 or column.part is not None:
                continue
            for change in _of_column(table, key, column, dictionary, speller):
                place = (change.sheet, change.row, change.column)
                if found.setdefault(place, change).after != change.after:
                    spoilt.add(place)
    return [found[place] for place in sorted(found) if place not in spoilt]


def _of_column(
    table: Table, key: str, column: Column, dictionary: Dictionary, speller: Speller
) -> Iterator[Change]:
    declared = dictionary.fields[key]
    kind = KINDS[declared.kind]
    rows = table.rows_of(key)
    own = np.ones(len(rows), np.bool_) if column.filled is None else ~column.filled
    for cell in np.unique(column.kinds):
        at = np.flatnonzero((column.kinds == cell) & own)
        encoded = pc.dictionary_encode(_whole(column.text).take(pa.array(at)))
        mended: list[Mended | None] = [
            speller.mend(text, CellKind(int(cell)), kind, declared.codes)
            for text in encoded.dictionary.to_pylist()
        ]
        if not any(mended):
            continue
        texts = encoded.dictionary.to_pylist()
        for position, code in zip(at.tolist(), encoded.indices.to_pylist(), strict=True):
            new = mended[code]
            if new is not None:
                yield Change(
                    table.sheet, int(rows[position]), column.index, key, texts[code], new.text, new.why,
                    is_number(kind, new.text),
                )  # fmt: skip


def _whole(text: pa.Array | pa.ChunkedArray) -> pa.Array:
    return text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text

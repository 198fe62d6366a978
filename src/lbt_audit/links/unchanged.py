"""Whether registers say what last period's said: their content, not their bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.frames.parts import squeeze
from lbt_audit.intake.table import Table

_NO_CONTENT: Final = frozenset({"seq", "age", "update_date", "report_date", "fill_date"})
"""Columns that change, or are changed, though nothing was looked into. Title and 填报日期 are outside the records."""


def same_as_before(tables: Sequence[Table], before: Sequence[Table]) -> bool:
    """The same records in both, in whatever order, sheets and files."""
    if not before or sum(map(len, tables)) != sum(map(len, before)):
        return False
    fields = [_fields(its) for its in (tables, before)]
    return fields[0] == fields[1] and _records(tables, fields[0]).equals(_records(before, fields[0]))


def _fields(tables: Sequence[Table]) -> list[str]:
    return sorted({field for table in tables if len(table) for field in table.columns} - _NO_CONTENT)


def _records(tables: Sequence[Table], fields: Sequence[str]) -> pa.Array:
    """One text per record, sorted."""
    texts = [pa.array([], pa.string())]
    for table in tables:
        if len(table):
            blank = pa.array([""] * len(table), pa.string())
            cells = [squeeze(table.columns[f].text) if f in table.columns else blank for f in fields]
            texts.append(pc.binary_join_element_wise(*cells, "\t"))
    joined = pa.chunked_array(texts).combine_chunks()
    return joined.take(pc.sort_indices(joined))

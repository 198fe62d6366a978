"""A register with a row per helper, whose children stand in one cell (杨晓峰、罗小梅): a record for each of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.sheets.members import select
from lbt_audit.intake.table import Table
from lbt_audit.model.regex import regex

_BETWEEN = regex(r"\s*[、,，;；/]\s*|(?<=[\u3400-\u9fff]{3})\s+(?=[\u3400-\u9fff]{2})")
_NAME = regex(r"[\u3400-\u9fff·•]{2,12}(?:[(（][^()（）]*[)）])?")
_OF_ALL = frozenset({"helper_measure", "helper_mode", "helper_result", "remark", "seq"})
"""Said once of all children of the row: it stands with the first of them."""
_MOST = 60  # children of one helper; more are a text


def one_child_each(table: Table) -> list[Table]:
    """The table with the first child of every row, and one more for each further place among the children of a row."""
    column = table.columns.get("child_name")
    if column is None:
        return [table]
    each = [_names(text) for text in column.text.to_pylist()]
    most = max(map(len, each), default=0)
    if most < 2:
        return [table]
    tables = []
    for place in range(most):
        mask = np.array([len(names) > place for names in each], np.bool_)
        if not place:
            mask[:] = True
        columns = select(table.columns, mask)
        named = [
            names[place] if len(names) > 1 else None
            for names, there in zip(each, mask.tolist(), strict=True)
            if there
        ]
        names = columns["child_name"]
        text = pc.coalesce(pa.array(named, pa.string()), names.text)
        columns["child_name"] = replace(names, text=text, part="child_name")
        if place:
            columns = {key: c for key, c in columns.items() if key not in _OF_ALL}
        tables.append(
            replace(table, rows=table.rows[mask], columns=columns, notes=() if place else table.notes)
        )
    return tables


def _names(text: str) -> list[str]:
    """The names in a cell; none where it holds one, or something else."""
    parts = [p for p in _BETWEEN.split(text.strip().removesuffix("等")) if p]
    several = 1 < len(parts) <= _MOST and all(map(_NAME.fullmatch, parts))
    return parts if several else []

"""Father and mother out of the enrolment export's 成员1 and 成员2, by what 成员1关系 says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.table import Column, Table
from lbt_audit.model.cell import CellKind

_PARTS = {"name": "name", "phone": "phone", "id": "id", "live": "live"}
FATHER = r"^\s*(?:51\s*[-—:：.]?\s*)?(?:[生养继]?父亲?|爸爸|父子|父女)\s*$|^\s*51\s*$"
MOTHER = r"^\s*(?:52\s*[-—:：.]?\s*)?(?:[生养继]?母亲?|妈妈|母子|母女)\s*$|^\s*52\s*$"


def by_member(table: Table) -> list[Table]:
    """A table as it is, with its parents; or the tables of its records by which member is which parent."""
    masks = arrangements(table.columns)
    if not masks:
        return [table]
    tables = []
    for i, mask in enumerate(masks):
        columns = dict(table.columns) if len(masks) == 1 else select(table.columns, mask)
        columns.update(parents(columns))
        notes = table.notes if i == 0 else ()
        tables.append(replace(table, rows=table.rows[mask], columns=columns, notes=notes))
    return tables


def arrangements(columns: Mapping[str, Column]) -> list[np.ndarray]:
    """Records (bool masks) by which member is which parent; one mask where one order holds for all.

    Where 成员1 is the father of some and the mother of others, a field of the father stands in two
    columns; such records become two tables, so that every value keeps its column.
    """
    roles = _roles(columns)
    if roles is None:
        return []
    swapped = (roles[0] == 2) | (roles[1] == 1)
    regular = ~swapped
    return [m for m in (regular, swapped) if m.any()] if swapped.any() else [np.ones(len(swapped), np.bool_)]


def parents(columns: Mapping[str, Column]) -> dict[str, Column]:
    """father_… and mother_… columns of records of one arrangement; others' cells are left blank."""
    roles = _roles(columns)
    if roles is None:
        return {}
    found: dict[str, Column] = {}
    for role, parent in ((1, "father"), (2, "mother")):
        for member, has in zip(("member1", "member2"), roles, strict=True):
            mask = has == role
            if not mask.any():
                continue
            for theirs, ours in _PARTS.items():
                column = columns.get(f"{member}_{theirs}")
                key = f"{parent}_{ours}"
                if column is None or key in columns or key in found:
                    continue
                text = pc.if_else(pa.array(mask), column.text, "")
                kinds = np.where(mask, column.kinds, np.uint8(CellKind.BLANK))
                found[key] = replace(column, field=key, text=text, kinds=kinds, part=key)
    return found


def select(columns: Mapping[str, Column], mask: np.ndarray) -> dict[str, Column]:
    """The columns for some records only."""
    at = pa.array(np.flatnonzero(mask))
    return {
        key: replace(
            c,
            text=c.text.take(at),
            kinds=c.kinds[mask],
            filled=None if c.filled is None else c.filled[mask],
            rows=None if c.rows is None else c.rows[mask],
        )
        for key, c in columns.items()
    }


def _roles(columns: Mapping[str, Column]) -> tuple[np.ndarray, np.ndarray] | None:
    """1 father, 2 mother, 0 somebody else, for each of the two members."""
    first = columns.get("member1_relation")
    if first is None:
        return None
    second = columns.get("member2_relation")
    return _role(first), np.zeros(len(first.text), np.int8) if second is None else _role(second)


def _role(column: Column) -> np.ndarray:
    father = pc.match_substring_regex(column.text, FATHER).to_numpy(zero_copy_only=False)
    mother = pc.match_substring_regex(column.text, MOTHER).to_numpy(zero_copy_only=False)
    return np.asarray(np.where(father, 1, np.where(mother, 2, 0)), np.int8)

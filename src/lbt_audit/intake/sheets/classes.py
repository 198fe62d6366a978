"""The class a sheet is about, where its name says it: one sheet per class and no column for the class."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from lbt_audit.intake.table import Column
from lbt_audit.model.cell import CellKind
from lbt_audit.model.characters import normal
from lbt_audit.model.regex import regex

_N = "[一二三四五六七八九1-9]"
_CLASS = regex(
    rf"^(?:(?:小学|初中|初|小|高)?{_N}(?:年级)?[(.\\-—]?(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})[)]?班?"
    rf"|(?:小学|初中)?{_N}年级|(?:学前|大|中|小|托)班?(?:[(]?\d{{1,2}}[)]?)?班?)$"
)
_TOLD = ("class_name", "grade")


def sheet_class(columns: Mapping[str, Column], sheet: str, records: int) -> dict[str, Column]:
    """A column of the class, for sheets named after it that have neither class nor grade."""
    name = re.sub(r"\s+", "", normal(sheet))
    if any(field in columns for field in _TOLD) or _CLASS.match(name) is None:
        return {}
    text = pa.array([name] * records, pa.string())
    kinds = np.full(records, np.uint8(CellKind.TEXT))
    return {"class_name": Column("class_name", -1, sheet, "sheet", text, kinds)}

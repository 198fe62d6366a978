"""Full dates by the column: yyyy-mm-dd, yyyy.m.d, yyyy/m/d, yyyy年m月d日 and yyyymmdd."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.values.calendar import day_numbers, valid_days
from lbt_audit.values.kind import Context

_SEPARATED = r"^(?P<y>19[0-9]{2}|20[0-9]{2})[-./年](?P<m>[0-9]{1,2})[-./月](?P<d>[0-9]{1,2})日?$"
_TOGETHER = r"^(?P<y>19[0-9]{2}|20[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})$"


def bulk_dates(values: pa.Array, context: Context) -> tuple[np.ndarray, np.ndarray, Sequence[Any]] | None:
    """Values that name a day that exists; all others are left to the parser."""
    n = len(values)
    handled = np.zeros(n, np.bool_)
    days = np.zeros(n, np.int32)
    for pattern in (_SEPARATED, _TOGETHER):
        found = pc.extract_regex(values, pattern)
        at = np.flatnonzero(pc.is_valid(found).to_numpy(zero_copy_only=False))
        if not len(at):
            continue
        parts = found.take(pa.array(at)).flatten()
        year, month, day = (p.cast(pa.int64()).to_numpy(zero_copy_only=False) for p in parts)
        real = valid_days(year, month, day)
        handled[at[real]] = True
        days[at[real]] = day_numbers(year, month, day)[real]
    if not handled.any():
        return None
    return handled, np.zeros(n, np.uint32), (days, days, pa.repeat("day", n), pa.repeat("", n))

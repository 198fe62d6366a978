"""An audit by weight again, after deadlines were changed or issues added."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from lbt_audit.engine.audit import Audit
from lbt_audit.engine.cases import weight


def reordered(audit: Audit) -> Audit:
    """``audit`` in the order of its issues' weight; equals stay as they stand."""
    issues: Any = audit.issues.combine_chunks()
    n = issues.num_rows
    deadline = issues["deadline"].cast(pa.int32()).fill_null(2**31 - 1).to_numpy()
    found = weight.order(
        issues["safety"].to_numpy(zero_copy_only=False),
        issues["severity"].to_numpy(),
        deadline,
        issues["follows"].is_valid().to_numpy(),
        issues["probability"].to_numpy(zero_copy_only=False),
        np.arange(n),
    )
    rank = np.empty(n, np.int32)
    rank[found] = np.arange(n, dtype=np.int32)
    return replace(
        audit,
        issues=issues.take(pa.array(found)),
        locations=_renumbered(audit.locations, rank),
        rests=_renumbered(audit.rests, rank),
    )


def _renumbered(table: pa.Table, rank: np.ndarray) -> pa.Table:
    """Entries with the new positions of their issues, rising; those of one issue as they stood."""
    if not table.num_rows:
        return table
    number = rank[table["issue"].to_numpy()]
    by_issue = np.argsort(number, kind="stable")
    field = table.schema.field("issue")
    return table.take(pa.array(by_issue)).set_column(0, field, pa.array(number[by_issue], pa.int32()))

"""Audits in which something differs, or lacks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
from tests.reports.factory import make_audit

from lbt_audit.engine.audit import Audit
from lbt_audit.intake.table import Column, Table
from lbt_audit.model.cell import CellKind
from lbt_audit.reports.tables.places import subset


def differing() -> Audit:
    """One child whose mother is called differently in one of two registers."""
    audit = make_audit()
    audit = subset(audit, np.flatnonzero(np.array(audit.issues["rule"].to_pylist()) == "E04"))
    places = audit.locations.slice(1, 2)
    names = pa.array(["陈*秀", "陈*绣"])
    return replace(audit, locations=places.set_column(places.schema.get_field_index("value"), "value", names))


def with_gaps() -> Audit:
    """Half of one column of every register is blank."""
    audit = make_audit()

    def halved(column: Column) -> Column:
        return replace(column, kinds=np.where(np.arange(len(column.kinds)) % 2, column.kinds, CellKind.BLANK))

    def spoilt(table: Table) -> Table:
        return replace(table, columns={**table.columns, "mother_name": halved(table.columns["mother_name"])})

    files = (replace(s, tables=tuple(map(spoilt, s.tables))) for s in audit.submissions)
    return replace(audit, submissions=tuple(files))

"""Audits in which one child has several issues."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
from tests.reports.factory import make_audit

from lbt_audit.engine.audit import Audit
from lbt_audit.reports.tables.places import subset


def differing() -> Audit:
    """One child whose mother is called differently in one of two registers."""
    audit = make_audit()
    audit = subset(audit, np.flatnonzero(np.array(audit.issues["rule"].to_pylist()) == "E04"))
    places = audit.locations.slice(1, 2)
    names = pa.array(["陈*秀", "陈*绣"])
    return replace(audit, locations=places.set_column(places.schema.get_field_index("value"), "value", names))

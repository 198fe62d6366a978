"""The pandera pass over the columns of an audit: in which rows which column fails which of its checks.

Only columns and checks that can fail are handed over; a register without a fault does not even import pandera.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from lbt_audit.model.kind import Checks
from lbt_audit.schemas.checks import READINGS
from lbt_audit.schemas.typed import COMPANIONS, TEXT, typed_frame
from lbt_audit.values.column import Typed


@dataclass(frozen=True)
class Failure:
    """Rows (int32, rising) in which ``field`` has the fault, or fails the pandera check of that name."""

    field: str
    what: str
    rows: np.ndarray


def validate(kind: str, checks: Mapping[str, Checks], columns: Mapping[str, Typed]) -> list[Failure]:
    """Hold typed ``columns`` against the ``checks`` of each, in the order of the columns.

    Raises RuntimeError where the frame itself does not fit its schema: a mistake of ours, not in the data.
    """
    faults = {name: _present(typed) for name, typed in columns.items()}
    wanted = {n: t for n, t in columns.items() if faults[n] or any(c not in READINGS for c in checks[n])}
    if not wanted:
        return []
    from pandera.errors import SchemaErrors

    from lbt_audit.schemas.frames import DataFrameSchema, columns_of
    from lbt_audit.schemas.standards import parsed

    declared: dict[str, Any] = {}
    bits = {}
    for name, typed in wanted.items():
        # The Boolean result is all we use; listing every failing case would cost seconds.
        declared |= columns_of(
            name, typed.kind.name, checks[name], None, faults=faults[name], n_failure_cases=1
        )
        bits[name + TEXT if typed.kind.name in COMPANIONS else name] = typed.faults
    try:
        with parsed(bits):
            DataFrameSchema(declared, name=kind).validate(typed_frame(wanted), lazy=True)
    except SchemaErrors as errors:
        return list(_failures(errors))
    return []


def _present(typed: Typed) -> list[str]:
    """The faults that any value has."""
    bits = int(np.bitwise_or.reduce(typed.faults)) if len(typed) else 0
    return [fault for i, fault in enumerate(typed.kind.faults) if bits >> i & 1]


def _failures(errors: Any) -> Iterator[Failure]:
    for error in errors.schema_errors:
        name, passed = str(getattr(error.schema, "name", "")), getattr(error, "check_output", None)
        if passed is None:
            raise RuntimeError(f"{errors.schema.name}.{name}: {error}")
        what = error.check.statistics.get("fault") if error.check.name in READINGS else error.check.name
        # pandera leaves missing values out of the result of its own checks: the index says which rows remain.
        rows = passed.index.to_numpy()[~passed.to_numpy(np.bool_)].astype(np.int32)
        yield Failure(name.removesuffix(TEXT), what, rows)

"""The pandera pass over the columns of an audit: in which rows which column fails which of its checks.

Only columns and checks that can fail are handed over; a register without a fault does not even import pandera.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np

from lbt_audit.model.kind import Checks
from lbt_audit.model.record import dataclass
from lbt_audit.schemas.checks import READINGS
from lbt_audit.schemas.typed import COMPANIONS, TEXT, typed_frame
from lbt_audit.values.column import Typed

_FIRST: Final = 1  # label of the first row of the frame that pandera sees


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
        declared |= columns_of(
            name, typed.kind.name, checks[name], None, faults=faults[name], n_failure_cases=1
        )
        bits[name + TEXT if typed.kind.name in COMPANIONS else name] = typed.faults
    frame = typed_frame(wanted)
    frame.index += _FIRST  # no positions, so that results by position are not taken for labels
    try:
        with parsed(bits, by_position=True):
            DataFrameSchema(declared, name=kind).validate(frame, lazy=True)
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
        failed = ~passed.to_numpy(np.bool_)
        if error.check.name in READINGS:
            what, rows = error.check.statistics["fault"], np.flatnonzero(failed)
        else:  # of missing values pandera's own checks say nothing: the index tells which rows remain
            what, rows = error.check.name, passed.index.to_numpy()[failed] - _FIRST
        yield Failure(name.removesuffix(TEXT), what, rows.astype(np.int32))

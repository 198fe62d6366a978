"""Single-column checks by pandera: which values of a table are not well formed, or out of range.

The frame pandera sees holds, for each field, the fault bits its parser found (uint32) — small
integers, so that a check is one comparison — and, where the YAML declares ``field.facet``, that typed
facet as a number. pandera is imported here only, and only when a table is validated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lbt_audit.model.cell import State
from lbt_audit.model.kind import Checks
from lbt_audit.schemas.checks import READINGS
from lbt_audit.values.column import Typed
from lbt_audit.values.kind import NO_DATE

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Failure:
    """Rows (int32, rising) in which ``field`` has the fault, or fails the named pandera check."""

    field: str
    what: str
    rows: np.ndarray


def validate(kind: str, checks: Mapping[str, Checks], columns: Mapping[str, Typed]) -> list[Failure]:
    """Hold typed ``columns`` against the ``checks`` of each, in the order of the columns."""
    from pandera.errors import SchemaErrors

    frame = to_frame(checks, columns)
    if not len(frame.columns):
        return []
    try:
        _pandera(kind, checks, frame).validate(frame, lazy=True)
    except SchemaErrors as errors:
        return list(_failures(errors, frame, columns))
    return []


def to_frame(checks: Mapping[str, Checks], columns: Mapping[str, Typed]) -> pd.DataFrame:
    """What pandera is shown: fault bits under the field's name, facets under ``field.facet``."""
    import pandas as pd

    data: dict[str, Any] = {}
    for name, wanted in checks.items():
        typed = columns[name]
        data[name] = typed.faults
        if len(wanted) > 1:
            data[f"{name}.value"] = _facet(typed, "value")
    return pd.DataFrame(data, copy=False)


def _facet(typed: Typed, name: str) -> Any:
    """A facet of the values that are right; NaN (or null) where there is none."""
    values = typed.facets[name]
    known = typed.state == State.OK
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return np.where(known, values.to_numpy(zero_copy_only=False), None)
    default = typed.kind.facets[name]
    if default in (NO_DATE, -1):
        known = known & (values != default)
    return np.where(known, values.astype(np.float64), np.nan)


def _failures(errors: Any, frame: pd.DataFrame, columns: Mapping[str, Typed]) -> Iterator[Failure]:
    found: dict[str, list[Failure]] = {}
    for error in errors.schema_errors:
        name = str(getattr(error.schema, "name", ""))
        passed = getattr(error, "check_output", None)
        if passed is None or name not in frame.columns:
            raise RuntimeError(f"{errors.schema.name}.{name}: {error}")
        if error.check.name == "well_formed":
            found.setdefault(name, []).extend(_by_fault(name, columns[name]))
        else:
            # pandera leaves null values out of the result: its index says which rows remain.
            rows = passed.index.to_numpy()[~passed.to_numpy(np.bool_)].astype(np.int32)
            found.setdefault(name, []).append(Failure(name.partition(".")[0], error.check.name, rows))
    for name in frame.columns:
        yield from found.get(name, ())


def _by_fault(field: str, typed: Typed) -> Iterator[Failure]:
    for bit, fault in enumerate(typed.kind.faults):
        rows = np.flatnonzero(typed.faults & np.uint32(1 << bit)).astype(np.int32)
        if len(rows):
            yield Failure(field, fault, rows)


def _pandera(kind: str, checks: Mapping[str, Checks], frame: pd.DataFrame) -> Any:
    import pandera.pandas as pandera

    _register()
    declared = {}
    for name in frame.columns:
        field, _, facet = str(name).partition(".")
        made = (
            [getattr(pandera.Check, c)(**a) for c, a in checks[field].items() if c not in READINGS]
            if facet
            else [pandera.Check.well_formed()]
        )
        for check in made:
            # The Boolean result is all we use; listing every failing case would cost seconds.
            check.n_failure_cases = 1
        declared[name] = pandera.Column(checks=made, nullable=bool(facet))
    return pandera.DataFrameSchema(declared, name=kind)


@cache
def _register() -> None:
    """Teach pandera ``well_formed``: no parser found a fault in the value."""
    from pandera import extensions

    def well_formed(bits: pd.Series[Any], *, expected: bool = True) -> Any:
        return (bits == 0) == expected

    extensions.register_check_method(statistics=["expected"])(well_formed)

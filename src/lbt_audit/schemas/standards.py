"""The checks of ``schemas.checks.READINGS``, registered with pandera.

Each holds a column of a DataFrame against the parser of its kind of value: ``Check.citizen_id()`` fails where the
parser finds any fault, ``Check.citizen_id(fault="check_digit")`` where it finds this one. Distinct values are parsed
once; within one validation a column is parsed once, however many checks it has, and not at all where an audit has
parsed it already (``parsed``). pandera is imported here and in ``schemas.frames`` only.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa
from pandera import extensions

from lbt_audit.model.cell import CellKind
from lbt_audit.resources import data_dir
from lbt_audit.schemas.checks import LISTED, READINGS
from lbt_audit.schemas.load import load_dictionary
from lbt_audit.values.column import type_column
from lbt_audit.values.kind import Context
from lbt_audit.values.registry import KINDS

Bits = MutableMapping[str, np.ndarray]
"""Column → fault bits of its values (uint32, in the order of the kind's faults)."""

_parsed: ContextVar[Bits | None] = ContextVar("parsed", default=None)
_by_position: ContextVar[bool] = ContextVar("by_position", default=False)
_EPOCH: Final = date(1970, 1, 1).toordinal()


@contextmanager
def parsed(bits: Bits, *, by_position: bool = False) -> Iterator[None]:
    """Checks within take a column's faults from ``bits``, and leave there what they parse themselves.

    ``by_position``: their results count rows from 0 whatever the frame's index. pandera cannot match them with
    values then and lists no failing cases, which would take several times as long as the checks.
    """
    tokens = _parsed.set(bits), _by_position.set(by_position)
    try:
        yield
    finally:
        _parsed.reset(tokens[0])
        _by_position.reset(tokens[1])


def within_validation() -> bool:
    return _parsed.get() is not None


def check(name: str, fault: str, argument: dict[str, Any], context: Context | None, **options: Any) -> Any:
    """The pandera check ``name`` for one ``fault``; ``argument`` as ``schemas.checks`` reads it."""
    register()
    given = {"codes": argument["list"]} if name in LISTED else {}
    made = getattr(pandera.Check, name)
    return made(
        **given, fault=fault, context=context, ignore_na=False, error=_told(name, fault, **given), **options
    )


def _told(name: str, fault: str, codes: str | None = None) -> str:
    return f"{name}({codes}): {fault}" if codes else f"{name}: {fault}"


@cache
def register() -> None:
    """Teach pandera every reading; once per process."""
    for name, kind in READINGS.items():
        statistics = ["codes", "fault"] if name in LISTED else ["fault"]
        extensions.register_check_method(
            _standard(name, kind), statistics=statistics, supported_types=pd.Series
        )


def _standard(name: str, kind: str) -> Any:
    names = KINDS[kind].faults

    def holds(
        series: Any, *, fault: str | None = None, codes: str | None = None, context: Context | None = None
    ) -> Any:
        wanted = np.uint32(1 << names.index(fault) if fault is not None else 2 ** len(names) - 1)
        index = None if _by_position.get() else series.index
        return pd.Series(_faults(series, kind, codes, context) & wanted == 0, index=index)

    holds.__name__ = name
    holds.__doc__ = f"Whether values are right as {name} has it; faults: {', '.join(names)}."
    return holds


def _faults(series: Any, kind: str, codes: str | None, context: Context | None) -> np.ndarray:
    known = _parsed.get()
    bits = known.get(series.name) if known is not None else None
    if bits is None or len(bits) != len(series):
        position, distinct = pd.factorize(series)
        texts = pa.array([str(value) for value in distinct], pa.string())
        cells = np.full(len(texts), CellKind.TEXT, np.uint8)
        typed = type_column(texts, cells, KINDS[kind], context or default_context(), codes)
        bits = np.append(typed.faults, np.uint32(0))[position]  # -1, a missing value, is the last
        if known is not None:
            known[series.name] = bits
    return bits


@cache
def default_context() -> Context:
    """Today, the built-in code lists, and no county."""
    codes = load_dictionary(data_dir("schemas")).codes
    return Context(as_of=date.today().toordinal() - _EPOCH, codes=codes)

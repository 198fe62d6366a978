"""What a kind of value is: how its text is parsed and what can be known from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import Any

import numpy as np
import pyarrow as pa

from lbt_audit.model.cell import CellKind, State
from lbt_audit.model.record import dataclass

NO_DATE = -(2**31)  # "no day known" in int32 day facets (days since 1970-01-01)


@dataclass(frozen=True)
class Context:
    """What parsing depends on besides the text itself."""

    as_of: int  # day number since 1970-01-01
    period: tuple[int, int] = (NO_DATE, NO_DATE)  # days of last period's registers and of this audit
    extra_areas: frozenset[str] = frozenset()  # six-digit codes the county accepts beside GB/T 2260
    extra_ethnic: frozenset[str] = frozenset()
    known_phones: frozenset[str] = frozenset()  # unit phones, normalised
    home: tuple[
        str, ...
    ] = ()  # names of the own county, townships and villages; () = nothing is known to be own
    home_code: str = ""  # six digits of the own county, "" where no table knows it
    villages: frozenset[str] = frozenset()  # village names of the county
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # code list → text or alias → code
    multi_codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Parsed:
    """One cell understood, or why not. ``faults`` are names out of the kind's ``faults``."""

    state: State
    faults: tuple[str, ...] = ()
    facets: tuple[Any, ...] = ()  # one per ``ValueKind.facets``, in that order; () = all defaults


Parser = Callable[[str, CellKind, Context, str | None], Parsed]
"""(text, cell kind, context, code list name) → Parsed; total: never raises."""

Bulk = Callable[[pa.Array, Context], tuple[np.ndarray, np.ndarray, Sequence[Any]] | None]
"""Fast path over distinct TEXT values: (handled bool mask, fault bits uint32, facet arrays) or None.
Handled values are those that are OK or FAULTY; all others go through the parser one by one."""


@dataclass(frozen=True)
class ValueKind:
    """A kind of value.

    ``facets`` maps a name to its default: an int (int32), float (float64), bool or str. Day facets
    are int32 day numbers with ``NO_DATE`` where unknown; string facets default to "". ``choices`` says of a
    string facet with a fixed set of words which they are, ``called`` what the codes of ``code`` go by.
    """

    name: str
    faults: tuple[str, ...]
    facets: Mapping[str, int | float | bool | str]
    parse: Parser
    bulk: Bulk | None = None
    remarks: frozenset[str] = frozenset()  # faults that leave a value usable: its state stays OK
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    beside: frozenset[str] = frozenset()  # facets that are known of a placeholder as well

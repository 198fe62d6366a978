"""Frozen values as JSON and back. Only the types named here come back: a file makes no other object."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from lbt_audit.checks.hits import FromRecord
from lbt_audit.engine.identity.children import ChildIndex
from lbt_audit.engine.request import Request
from lbt_audit.intake.table import (
    Balance,
    Column,
    Counts,
    Heading,
    Line,
    Note,
    Submission,
    Table,
    Unmapped,
)
from lbt_audit.links.agreement import Agreement, Tally
from lbt_audit.matching.decision.parameters import Parameters, Share
from lbt_audit.model.run import Departure, PreviousRun, Run
from lbt_audit.model.secret import Secret
from lbt_audit.model.text import Text
from lbt_audit.model.unit import Unit
from lbt_audit.partitions.plan import Plan, World

_TYPES: Final[dict[str, type[Any]]] = {
    t.__name__: t
    for t in (
        Agreement, Balance, ChildIndex, Column, Counts, Departure, FromRecord, Heading, Line, Note, Parameters, Plan,
        PreviousRun, Request, Run, Secret, Share, Submission, Table, Tally, Text, Unit, Unmapped, World,
    )
}  # fmt: skip
"""What comes back out of a file; steps add types of their own (``known``)."""
Aside = Callable[[Any], Any]
"""Of a value that is not to be written into the tree what stands for it there; None of all others."""


def known(type_: type[Any]) -> type[Any]:
    """A frozen dataclass that may stand in files: a decorator."""
    _TYPES[type_.__name__] = type_
    return type_


def dumps(value: Any, aside: Aside = lambda value: None) -> str:
    """``value`` as JSON; ``aside`` takes out what is stored otherwise. Raises TypeError for a type not named above."""
    return json.dumps(_written(value, aside), ensure_ascii=True, separators=(",", ":"))


def loads(text: str, aside: Callable[[Any], Any] = lambda value: value) -> Any:
    """What ``dumps`` wrote; ``aside`` gives what was taken out for what stands there for it."""
    return _read(json.loads(text), aside)


def _written(value: Any, aside: Aside) -> Any:
    if value is None or isinstance(value, bool | str | float):
        return value
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, tuple | list):
        return [_written(v, aside) for v in value]
    instead = aside(value)
    if instead is not None:
        return {"aside": instead}
    if is_dataclass(value) and type(value).__name__ in _TYPES:
        return {
            type(value).__name__: [_written(getattr(value, f.name), aside) for f in fields(value) if f.init]
        }
    return _plain(value, aside)


def _plain(value: Any, aside: Aside) -> Any:
    if isinstance(value, Mapping):
        return {"map": [[_written(k, aside), _written(v, aside)] for k, v in value.items()]}
    if isinstance(value, frozenset):
        return {"set": sorted(map(str, value))}
    if isinstance(value, datetime):
        return {"time": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Path):
        return {"path": str(value)}
    if isinstance(value, np.ndarray):
        return {"array": [value.dtype.str, value.shape, value.ravel().tolist()]}
    if isinstance(value, pa.Array):
        return {"texts": value.to_pylist()}
    raise TypeError(type(value).__name__)


def _read(value: Any, aside: Callable[[Any], Any]) -> Any:
    if isinstance(value, list):
        return tuple(_read(v, aside) for v in value)
    if not isinstance(value, dict):
        return value
    ((kind, content),) = value.items()
    if kind in _TYPES:
        return _TYPES[kind](*(_read(v, aside) for v in content))
    if kind == "aside":
        return aside(content)
    if kind == "map":
        return {_read(k, aside): _read(v, aside) for k, v in content}
    return _READ[kind](content)


_READ: Final[Mapping[str, Callable[[Any], Any]]] = {
    "set": frozenset,
    "time": datetime.fromisoformat,
    "date": date.fromisoformat,
    "path": Path,
    "array": lambda c: np.array(c[2], np.dtype(c[0])).reshape(c[1]),
    "texts": lambda c: pa.array(c, pa.string()),
}

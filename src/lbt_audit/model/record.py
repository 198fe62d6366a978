"""Dataclasses a check can afford by the hundred.

The standard decorator writes and compiles six functions for every frozen class: a tenth of a second at each start. Here
one is compiled, ``__init__``; the others are the same for all. That nothing assigns to a frozen one is mypy's to see
(for it, this is the standard decorator), so that making one costs no more than making any other object.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, eq=True, kw_only=False, slots=False):
        """As ``dataclasses.dataclass``, with what of it is used here."""

        def made(cls):
            own = set(vars(cls))
            cls = dataclasses.dataclass(repr=False, eq=False, kw_only=kw_only, slots=slots)(cls)
            if "__repr__" not in own:
                cls.__repr__ = _repr
            if eq:
                key = _key(cls)
                if "__eq__" not in own:
                    cls.__eq__ = _equal(key)
                if "__hash__" not in own:
                    cls.__hash__ = (lambda self: hash(key(self))) if frozen else None
            return cls

        return made if cls is None else made(cls)


def _key(cls: Any) -> Callable[[Any], Any]:
    """What instances are compared by."""
    names = [f.name for f in dataclasses.fields(cls) if f.compare]
    return attrgetter(*names) if names else lambda self: ()


def _equal(key: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    def equal(self: Any, other: Any) -> Any:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    return equal


def _repr(self: Any) -> str:
    shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self) if f.repr)
    return f"{type(self).__qualname__}({shown})"

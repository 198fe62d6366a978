"""Issues as numbers, for the parts of the page that count them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np

from lbt_audit.engine.audit import Audit
from lbt_audit.model.record import dataclass
from lbt_audit.model.severity import Severity
from lbt_audit.reports.text.columns import codes, one

NEVER = np.iinfo(np.int32).max
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Tally:
    """Issues by severity; ``grave`` is the gravest there is, "" where there is none."""

    error: int = 0
    warning: int = 0
    notice: int = 0

    @property
    def all(self) -> int:
        return self.error + self.warning + self.notice

    @property
    def grave(self) -> str:
        return next((s for s in ("error", "warning", "notice") if getattr(self, s)), "")

    @classmethod
    def of(cls, by_severity: Sequence[int]) -> Tally:
        """Of counts by the number of the severity."""
        return cls(by_severity[Severity.ERROR], by_severity[Severity.WARNING], by_severity[Severity.NOTICE])


@dataclass(frozen=True)
class Counts:
    """The columns of an audit's issues that are counted, one entry per issue; days are days since 1970."""

    audit: Audit

    @cached_property
    def severity(self) -> np.ndarray:
        return np.asarray(one(self.audit.issues["severity"]).to_numpy())

    @cached_property
    def deadline(self) -> np.ndarray:
        days = one(self.audit.issues["deadline"]).cast("int32").fill_null(NEVER)
        return np.asarray(days.to_numpy())

    @cached_property
    def child(self) -> np.ndarray:
        """A number for each child; -1 where an issue is about none."""
        return codes(one(self.audit.issues["case"]).dictionary_encode())

    def coded(self, name: str) -> tuple[np.ndarray, list[str]]:
        """A column of words: the number of each issue's word, and the words; the last is "" for none."""
        column = one(self.audit.issues[name])
        words = column.dictionary.to_pylist()
        found = codes(column)
        return np.where(found < 0, len(words), found), [*words, ""]

    def children(self, which: np.ndarray | None = None) -> int:
        child = self.child if which is None else self.child[which]
        return len(np.unique(child[child >= 0]))


def by_severity(groups: np.ndarray, n: int, severity: np.ndarray) -> list[Tally]:
    """A tally for each of ``n`` groups."""
    table = np.bincount(groups.astype(np.int64) * 4 + severity, minlength=4 * n).reshape(-1, 4)
    return [Tally.of(row) for row in table.tolist()]


def day(number: int) -> date | None:
    return None if number == NEVER else _EPOCH + timedelta(int(number))


def number(day: date) -> int:
    return (day - _EPOCH).days


def nearest(groups: np.ndarray, n: int, values: np.ndarray) -> list[date | None]:
    """The earliest day of each of ``n`` groups."""
    first: Any = np.full(n, NEVER, np.int64)
    np.minimum.at(first, groups, values)
    return [day(v) for v in first.tolist()]

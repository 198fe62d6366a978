"""What has changed between two checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lbt_audit.desk.checks.outcome import IssueLine


@dataclass(frozen=True)
class Comparison:
    """``gone`` as the earlier check told them, ``still`` and ``new`` as the later one does."""

    gone: tuple[IssueLine, ...]
    still: tuple[IssueLine, ...]
    new: tuple[IssueLine, ...]


def compare(before: Sequence[IssueLine], now: Sequence[IssueLine]) -> Comparison:
    """Issues are the same by their fingerprint, and, where that has changed with a child's number or name, by rule and
    cells."""
    known = {issue.fingerprint for issue in before}
    there = {issue.fingerprint for issue in now}
    left = {issue.place: issue for issue in before if issue.fingerprint not in there}
    still, new = [], []
    for issue in now:
        if issue.fingerprint in known or left.pop(issue.place, None) is not None:
            still.append(issue)
        else:
            new.append(issue)
    gone = [i for i in before if i.fingerprint not in there and left.get(i.place) is i]
    return Comparison(tuple(gone), tuple(still), tuple(new))

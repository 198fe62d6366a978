"""合计 and 小计 of a statistics table against the lines they add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from lbt_audit.checks.statistics.tables import Sheet
from lbt_audit.intake.table import Figure, Line
from lbt_audit.model.statistics import Indicator

Wrong = tuple[int, float, float]
"""Heading, what stands there, the sum of the lines."""


def wrong_totals(sheet: Sheet) -> Iterator[tuple[int, list[Wrong]]]:
    """Every line that is a sum, with the headings in which it is not that of its lines."""
    lines = sheet.counts.lines
    parents = _parents(lines)
    for at, line in enumerate(lines):
        if line.role not in ("total", "subtotal") and at not in parents:
            continue
        choices = [parents[at]] if at in parents else list(_covered(lines, at, parents))
        found = [_compare(sheet, at, members) for members in choices if members]
        if not found:
            continue
        wrong = min(found, key=len)
        if wrong and not (line.role == "subtotal" and len(wrong) == _known(sheet, at)):
            yield at, wrong


def _known(sheet: Sheet, line: int) -> int:
    """Figures of a line. A 小计 that agrees with its lines in no column at all adds up something else."""
    return int((~np.isnan(sheet.value[line])).sum())


def _parents(lines: Sequence[Line]) -> dict[int, list[int]]:
    """A township's line with those of its villages right under it: the sum, though nobody calls it 小计."""
    found = {}
    for at, line in enumerate(lines):
        if line.role != "unit" or line.unit is None or line.unit.level != "township":
            continue
        members = []
        for below in range(at + 1, len(lines)):
            unit = lines[below].unit
            if (
                lines[below].role != "unit"
                or unit is None
                or unit.level != "village"
                or unit.township != line.unit.name
            ):
                break
            members.append(below)
        if members:
            found[at] = members
    return found


def _covered(lines: Sequence[Line], at: int, parents: dict[int, list[int]]) -> Iterator[list[int]]:
    """The lines a sum may cover: 小计 those before it or those after it, up to the next; 合计 all of them."""
    inside = {k for members in parents.values() for k in members}
    units = [k for k, line in enumerate(lines) if line.role == "unit" and k not in inside]
    if lines[at].role == "total":
        yield units
        if any(lines[k].role == "subtotal" for k in range(len(lines))):
            yield [k for k, line in enumerate(lines) if line.role == "subtotal"]
        return
    sums = [k for k, line in enumerate(lines) if line.role in ("total", "subtotal")]
    before = max((k for k in sums if k < at), default=-1)
    after = min((k for k in sums if k > at), default=len(lines))
    yield [k for k in units if before < k < at]
    yield [k for k in units if at < k < after]


def _compare(sheet: Sheet, at: int, members: Sequence[int]) -> list[Wrong]:
    counts = sheet.counts
    wrong = []
    for j, heading in enumerate(counts.headings):
        if heading.share or np.isnan(sheet.value[at, j]):
            continue
        part, state = sheet.value[list(members), j], counts.state[list(members), j]
        if (np.isnan(part) & (state != Figure.BLANK)).any() or (state == Figure.BLANK).all():
            continue
        total = float(np.nansum(part))
        if total != sheet.value[at, j] and not _average(heading.indicator, heading.header):
            wrong.append((j, float(sheet.value[at, j]), total))
    return wrong


def _average(indicator: Indicator | None, header: str) -> bool:
    """Columns whose lines are not added up: averages, ranks."""
    return indicator is None and any(word in header for word in ("平均", "均", "排名", "名次", "率"))

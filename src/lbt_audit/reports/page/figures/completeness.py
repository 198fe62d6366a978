"""How fully the columns of the registers are filled in, by unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from lbt_audit.engine.audit import Audit
from lbt_audit.intake.table import Table
from lbt_audit.model.cell import CellKind
from lbt_audit.model.record import dataclass

MOST_UNITS = 30  # columns that can be read at once; more are put together by township
_STEPS = 10


@dataclass(frozen=True)
class Share:
    """Cells filled in of those there are. ``percent`` is rounded down, so that 100 is all; ``step`` is its tenth."""

    filled: int
    of: int

    @property
    def percent(self) -> int:
        return 100 * self.filled // self.of

    @property
    def step(self) -> int:
        return _STEPS * self.filled // self.of


@dataclass(frozen=True)
class Heat:
    """The registers of a kind: ``rows`` are a field's title and its share for each unit, None where no register has
    the column."""

    kind: str
    records: int
    units: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Share | None]]]

    @property
    def whole(self) -> Sequence[str]:
        """Titles of the fields that are filled in everywhere."""
        return [title for title, shares in self.rows if _whole(shares)]

    @property
    def gaps(self) -> Sequence[tuple[str, Sequence[Share | None]]]:
        """The other rows."""
        return [row for row in self.rows if not _whole(row[1])]


def _whole(shares: Sequence[Share | None]) -> bool:
    return all(share is not None and share.filled == share.of for share in shares)


def completeness(audit: Audit) -> list[Heat]:
    """The kinds of registers with records, in their own order. A cell counts as filled in by whatever stands in it:
    whether that is right, or lawfully missing, is what issues say."""
    by_kind: dict[str, list[Table]] = defaultdict(list)
    for submission in audit.submissions:
        for table in submission.tables:
            if table.counts is None and len(table):
                by_kind[table.kind].append(table)
    order = {kind: at for at, kind in enumerate(audit.run.kinds)}
    return [_heat(audit, kind, by_kind[kind]) for kind in sorted(by_kind, key=lambda k: order.get(k, 0))]


def _heat(audit: Audit, kind: str, tables: Sequence[Table]) -> Heat:
    name = _names(tables)
    filled: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    order: dict[str, float] = {}
    for table in tables:
        for field, column in table.columns.items():
            known = column.kinds[column.kinds != CellKind.UNCOMPUTED]
            share = filled[field][name(table)]
            share[0] += int(np.count_nonzero(known))
            share[1] += len(known)
            order[field] = min(order.get(field, column.index), column.index)
    units = sorted({name(table) for table in tables})
    rows = []
    for field in sorted(filled, key=lambda f: order[f]):
        its = filled[field]
        shares = [Share(*its[u]) if u in its and its[u][1] else None for u in units]
        rows.append((audit.run.field_title(field), shares))
    return Heat(audit.run.kind_title(kind), sum(map(len, tables)), units, rows)


def _names(tables: Sequence[Table]) -> Callable[[Table], str]:
    """What a column of the heat map is called for a table: its unit, or the township of it where units are many."""
    own = {table.unit.name for table in tables}
    if len(own) <= MOST_UNITS:
        return lambda table: table.unit.name
    return lambda table: table.unit.township or table.unit.name

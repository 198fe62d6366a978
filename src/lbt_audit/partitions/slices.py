"""Some records of tables as tables of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pyarrow as pa

from lbt_audit.intake.table import Column, Submission, Table
from lbt_audit.model.record import dataclass
from lbt_audit.model.unit import Unit
from lbt_audit.partitions.stored.tree import known


@known
@dataclass(frozen=True)
class Shown:
    """How a table is called in what is shown (names of persons may be masked in it), and how many ``rows`` it has."""

    path: str
    sheet: str
    unit: Unit
    rows: int


def some_rows(table: Table, rows: np.ndarray) -> Table:
    """The records ``rows`` (rising positions) of a table, without what is said of its sheet as a whole."""
    at = pa.array(rows)

    def taken(column: Column) -> Column:
        filled, own = column.filled, column.rows
        return replace(
            column,
            text=column.text.take(at),
            kinds=column.kinds[rows],
            filled=None if filled is None else filled[rows],
            rows=None if own is None else own[rows],
        )

    return replace(
        table,
        rows=np.asarray(table.rows[rows], np.int32),
        columns={key: taken(column) for key, column in table.columns.items()},
        notes=(),
        unmapped=(),
        counts=None,
        form=False,
    )


def of_tables(tables: Iterable[Table]) -> list[Submission]:
    """``tables`` as files of their own, in the order given."""
    by_path: dict[str, list[Table]] = {}
    for table in tables:
        by_path.setdefault(table.path, []).append(table)
    return [Submission(path, "", "audited", tables=tuple(its)) for path, its in by_path.items()]

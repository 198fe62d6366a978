"""Submissions as one Parquet file: what was read and understood once need not be read again, and parts of it can be.

One row for each submission (``head``: JSON), followed by one for each column of its tables: ``text``, and raw bytes of
``kinds`` (uint8), ``filled`` (bool) and ``rows`` (int32), as ``intake.table.Column`` has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lbt_audit.intake.table import Column, Submission, Table
from lbt_audit.model.private import make_file
from lbt_audit.partitions.stored.tree import dumps, loads

_SCHEMA: Final = pa.schema(
    [
        ("head", pa.string()),
        ("text", pa.list_(pa.string())),
        ("kinds", pa.binary()),
        ("filled", pa.binary()),
        ("rows", pa.binary()),
    ]
)
_GROUP: Final = 1 << 25  # bytes of a row group
_NO_TEXT: Final = pa.array([], pa.string())
_NO_KINDS: Final = np.zeros(0, np.uint8)


def store(path: Path, submissions: Iterable[Submission], texts: bool = True) -> None:
    """Write ``submissions`` to ``path`` (0600), one after the other. Without ``texts`` only those of forms are kept, whose
    children documents name; kinds of cells always are."""
    for _ in storing(path, submissions, texts):
        pass


def storing(path: Path, submissions: Iterable[Submission], texts: bool = True) -> Iterator[Submission]:
    """The same, handing each on."""
    make_file(path)
    with pq.ParquetWriter(path, _SCHEMA, compression="zstd", compression_level=1) as writer:
        waiting: list[tuple[Any, ...]] = []
        size = 0
        for submission in submissions:
            columns: list[Column] = []
            stripped = replace(submission, tables=tuple(_apart(t, columns, texts) for t in submission.tables))
            waiting.append((dumps(stripped, _aside), _NO_TEXT, None, None, None))
            waiting += [_row(column) for column in columns]
            size += 1 << 12
            size += sum(c.text.nbytes + len(c.kinds) for c in columns)
            if size > _GROUP:
                _write(writer, waiting)
                waiting, size = [], 0
            yield submission
        if waiting:
            _write(writer, waiting)


def stored(path: Path) -> Iterator[Submission]:
    """The submissions of a file, one row group in memory at a time."""
    head: str | None = None
    columns: list[tuple[Any, ...]] = []
    file = pq.ParquetFile(path)
    for group in range(file.num_row_groups):
        for row in _rows(file.read_row_group(group, use_threads=False)):
            if row[0] is not None:
                if head is not None:
                    yield _together(head, columns)
                head, columns = row[0], []
            else:
                columns.append(row[1:])
    if head is not None:
        yield _together(head, columns)


def _apart(table: Table, columns: list[Column], texts: bool) -> Table:
    """``table`` with numbers of rows of the file in place of what its columns hold."""
    bare = {}
    for key, column in table.columns.items():
        kept = column if texts or table.form else replace(column, text=_NO_TEXT)
        bare[key] = replace(kept, text=len(columns), kinds=_NO_KINDS, filled=None, rows=None)
        columns.append(kept)
    return replace(table, columns=bare)


def _aside(value: Any) -> Any:
    if isinstance(value, np.ndarray) and value.dtype == np.int32 and value.ndim == 1 and len(value):
        steps = np.diff(value)
        if (steps == 1).all():  # row numbers, as a rule
            return [int(value[0]), len(value)]
    return None


def _row(column: Column) -> tuple[Any, ...]:
    text = column.text
    if isinstance(text, pa.ChunkedArray):
        text = text.combine_chunks()
    if pa.types.is_dictionary(text.type):
        text = text.dictionary_decode()
    return (
        None,
        text.cast(pa.string()),
        *(
            None if values is None else np.ascontiguousarray(values, kind).tobytes()
            for values, kind in ((column.kinds, np.uint8), (column.filled, np.bool_), (column.rows, np.int32))
        ),
    )


def _write(writer: pq.ParquetWriter, rows: list[tuple[Any, ...]]) -> None:
    head, texts, *raw = zip(*rows, strict=True)
    offsets = np.cumsum([0, *map(len, texts)]).astype(np.int32)
    arrays = [
        pa.array(head, pa.string()),
        pa.ListArray.from_arrays(pa.array(offsets), pa.concat_arrays(texts)),
        *(pa.array(values, pa.binary()) for values in raw),
    ]
    writer.write_batch(pa.record_batch(arrays, _SCHEMA), row_group_size=len(rows))


def _rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    for batch in table.to_batches():
        head, text, *raw = batch.columns
        for i in range(len(batch)):
            yield head[i].as_py(), text[i].values, *(values[i].as_buffer() for values in raw)


def _together(head: str, rows: list[tuple[Any, ...]]) -> Submission:
    submission: Submission = loads(head, lambda c: np.arange(c[0], c[0] + c[1], dtype=np.int32))

    def filled(column: Column) -> Column:
        text, kinds, marks, numbers = rows[int(column.text)]
        return replace(
            column,
            text=text,
            kinds=np.frombuffer(kinds, np.uint8),
            filled=None if marks is None else np.frombuffer(marks, np.bool_),
            rows=None if numbers is None else np.frombuffer(numbers, np.int32),
        )

    tables = (replace(t, columns={k: filled(c) for k, c in t.columns.items()}) for t in submission.tables)
    return replace(submission, tables=tuple(tables))

"""Results on their way from the reading process: JSON, raw arrays and Arrow streams, never pickles.

The reading process has parsed untrusted bytes, so what it sends is checked like any other input.
"""

from __future__ import annotations

import contextlib
import json
import struct
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa

from lbt_audit.intake.files.find import InputFile
from lbt_audit.intake.grid import Grid
from lbt_audit.intake.readers.result import ReadResult
from lbt_audit.intake.readers.texts import blank_column
from lbt_audit.intake.table import Note

_LENGTH = struct.Struct("<Q")
_MOST = 1 << 28  # bytes of JSON
_FEW = 10_000  # cells


def send(stream: BinaryIO, message: Mapping[str, Any]) -> None:
    """One JSON message."""
    _send_bytes(stream, json.dumps(message, ensure_ascii=True).encode("ascii"))


def receive(stream: BinaryIO) -> dict[str, Any]:
    """One JSON message; `EOFError` where the other side is gone."""
    return _message(_receive_bytes(stream))


def send_result(stream: BinaryIO, result: ReadResult) -> None:
    send(stream, {
        "sha256": result.sha256, "format": result.format, "reason": result.reason, "detail": dict(result.detail),
        "notes": [[n.topic, n.row, n.column, n.field, dict(n.detail)] for n in result.notes],
        "grids": len(result.grids),
    })  # fmt: skip
    for grid in result.grids:
        send(stream, _head(grid))
        stream.write(np.ascontiguousarray(grid.row_numbers, np.int32).data)
        stream.write(np.asarray(grid.merges, np.int32).reshape(-1, 4).tobytes())
        stream.write(np.asfortranarray(grid.kinds).ravel(order="K").data)
        (_send_few if _is_small(*grid.shape) else _send_columns)(stream, grid)
    stream.flush()


def _send_few(stream: BinaryIO, grid: Grid) -> None:
    """The columns laid end to end: where each text ends, and the texts."""
    if grid.kinds.size:
        laid = pa.concat_arrays(grid.text)
        offsets = np.frombuffer(laid.buffers()[1], np.int32)[laid.offset : laid.offset + len(laid) + 1]
        begin, end = int(offsets[0]), int(offsets[-1])
        stream.write(np.ascontiguousarray(offsets - begin).data)
        if end > begin:
            stream.write(memoryview(laid.buffers()[2])[begin:end])


def _send_columns(stream: BinaryIO, grid: Grid) -> None:
    """An Arrow stream of the columns with any text."""
    used = _used(grid)
    if used:
        batch = pa.RecordBatch.from_arrays([grid.text[c] for c in used], [str(c) for c in used])
        with pa.ipc.new_stream(pa.PythonFile(stream, "w"), batch.schema) as writer:
            writer.write_batch(batch)


def receive_result(stream: BinaryIO, file: InputFile) -> ReadResult:
    """The result for ``file``; `EOFError` or ``pa.ArrowException`` where the sender broke off."""
    m = receive(stream)
    notes = tuple(Note(t, r, c, f, dict(d)) for t, r, c, f, d in m["notes"])
    grids = tuple(_grid(stream) for _ in range(m["grids"]))
    return ReadResult(file, m["sha256"], m["format"], grids, m["reason"], m["detail"], notes)


def send_job(stream: BinaryIO, file: InputFile) -> None:
    send(stream, {"relative": file.relative, "path": str(file.path)})
    stream.flush()


def receive_job(stream: BinaryIO) -> InputFile:
    job = receive(stream)
    return InputFile(job["relative"], Path(job["path"]))


def _used(grid: Grid) -> list[int]:
    """Columns with any text; blank ones are not sent."""
    return [c for c, text in enumerate(grid.text) if grid.kinds[:, c].any()]


def _head(grid: Grid) -> dict[str, Any]:
    rows, columns = grid.shape
    return {
        "sheet": grid.sheet, "visibility": grid.visibility, "rows": rows, "columns": columns,
        "merges": len(grid.merges), "used": bool(grid.kinds.any()), "hidden_rows": sorted(grid.hidden_rows),
        "hidden_columns": sorted(grid.hidden_columns), "filtered": grid.filtered, "notes": list(grid.notes),
        "formulas": [[row, column, text] for (row, column), text in grid.formulas.items()],
    }  # fmt: skip


def _grid(stream: BinaryIO) -> Grid:
    data = bytes(_receive_bytes(stream))
    head = _message(data)
    rows, columns = int(head["rows"]), int(head["columns"])
    arrays = bytes(_exactly(stream, rows * 4 + int(head["merges"]) * 16 + rows * columns))
    if _is_small(rows, columns):
        return replace(_small_frame(data, arrays), text=_few(stream, rows, columns))
    return replace(_frame(head, arrays), text=_columns(stream, rows, columns, head["used"]))


def _frame(head: Mapping[str, Any], arrays: bytes) -> Grid:
    """A sheet without its texts."""
    rows, columns, merged = int(head["rows"]), int(head["columns"]), int(head["merges"])
    merges = np.frombuffer(arrays, np.int32, merged * 4, rows * 4).reshape(-1, 4)
    kinds = np.frombuffer(arrays, np.uint8, rows * columns, rows * 4 + merged * 16)
    return Grid(
        sheet=head["sheet"],
        visibility=head["visibility"],
        row_numbers=np.frombuffer(arrays, np.int32, rows),
        text=[],
        kinds=kinds.reshape((rows, columns), order="F"),
        merges=tuple((a, b, c, d) for a, b, c, d in merges.tolist()),
        hidden_rows=frozenset(head["hidden_rows"]),
        hidden_columns=frozenset(head["hidden_columns"]),
        filtered=head["filtered"],
        notes=tuple(head["notes"]),
        formulas={(int(row), int(column)): str(text) for row, column, text in head["formulas"]},
    )


@lru_cache(64)
def _small_frame(head: bytes, arrays: bytes) -> Grid:
    """Forms printed alike have all but their texts in common."""
    return _frame(_message(head), arrays)


def _few(stream: BinaryIO, rows: int, columns: int) -> list[pa.Array]:
    size = rows * columns
    if not size:
        return [blank_column(rows)] * columns
    offsets = _exactly(stream, (size + 1) * 4)
    texts = _exactly(stream, int.from_bytes(offsets[-4:], sys.byteorder))
    laid = pa.StringArray.from_buffers(size, pa.py_buffer(offsets), pa.py_buffer(texts))
    laid.validate(full=True)
    return [laid.slice(column * rows, rows) for column in range(columns)]


def _columns(stream: BinaryIO, rows: int, columns: int, used: bool) -> list[pa.Array]:
    text: list[pa.Array] = [blank_column(rows)] * columns
    if used:
        with pa.ipc.open_stream(pa.PythonFile(stream, "r")) as reader:
            batch = reader.read_next_batch()
            batch.validate(full=True)
            for name, column in zip(batch.schema.names, batch.columns, strict=True):
                if len(column) != rows or column.null_count or not pa.types.is_string(column.type):
                    raise EOFError
                text[int(name)] = column
            with contextlib.suppress(StopIteration):
                reader.read_next_batch()
    return text


def _is_small(rows: int, columns: int) -> bool:
    """Whether a sheet's texts come together; an Arrow stream costs as much as a whole form."""
    return rows * columns <= _FEW


def _send_bytes(stream: BinaryIO, data: bytes) -> None:
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)


def _receive_bytes(stream: BinaryIO) -> bytearray:
    (size,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if size > _MOST:
        raise EOFError
    return _exactly(stream, size)


def _message(data: bytes | bytearray) -> dict[str, Any]:
    message = json.loads(data)
    if not isinstance(message, dict):
        raise EOFError
    return message


def _exactly(stream: BinaryIO, size: int) -> bytearray:
    data = bytearray(size)
    view, at = memoryview(data), 0
    while at < size:
        got = stream.readinto(view[at:])  # type: ignore[attr-defined]
        if not got:
            raise EOFError
        at += got
    return data

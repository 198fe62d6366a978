"""Results on their way from the reading process: JSON, raw arrays and Arrow streams, never pickles.

The reading process has parsed untrusted bytes, so what it sends is checked like any other input.
"""

from __future__ import annotations

import contextlib
import json
import struct
from collections.abc import Mapping
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


def send(stream: BinaryIO, message: Mapping[str, Any]) -> None:
    """One JSON message."""
    data = json.dumps(message, ensure_ascii=True).encode("ascii")
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)


def receive(stream: BinaryIO) -> dict[str, Any]:
    """One JSON message; `EOFError` where the other side is gone."""
    (size,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if size > _MOST:
        raise EOFError
    message = json.loads(bytes(_exactly(stream, size)))
    if not isinstance(message, dict):
        raise EOFError
    return message


def send_result(stream: BinaryIO, result: ReadResult) -> None:
    send(stream, {
        "sha256": result.sha256, "format": result.format, "reason": result.reason, "detail": dict(result.detail),
        "notes": [[n.topic, n.row, n.column, n.field, dict(n.detail)] for n in result.notes],
        "grids": [_head(g) for g in result.grids],
    })  # fmt: skip
    for grid in result.grids:
        stream.write(np.ascontiguousarray(grid.row_numbers, np.int32).data)
        stream.write(np.asarray(grid.merges, np.int32).reshape(-1, 4).tobytes())
        stream.write(np.asfortranarray(grid.kinds).ravel(order="K").data)
        used = _used(grid)
        if used:
            batch = pa.RecordBatch.from_arrays([grid.text[c] for c in used], [str(c) for c in used])
            with pa.ipc.new_stream(pa.PythonFile(stream, "w"), batch.schema) as writer:
                writer.write_batch(batch)
    stream.flush()


def receive_result(stream: BinaryIO, file: InputFile) -> ReadResult:
    """The result for ``file``; `EOFError` or ``pa.ArrowException`` where the sender broke off."""
    m = receive(stream)
    notes = tuple(Note(t, r, c, f, dict(d)) for t, r, c, f, d in m["notes"])
    grids = tuple(_grid(stream, head) for head in m["grids"])
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
        "merges": len(grid.merges), "used": len(_used(grid)), "hidden_rows": sorted(grid.hidden_rows),
        "hidden_columns": sorted(grid.hidden_columns), "filtered": grid.filtered, "notes": list(grid.notes),
        "formulas": [[row, column, text] for (row, column), text in grid.formulas.items()],
    }  # fmt: skip


def _grid(stream: BinaryIO, head: Mapping[str, Any]) -> Grid:
    rows, columns = int(head["rows"]), int(head["columns"])
    numbers = np.frombuffer(_exactly(stream, rows * 4), np.int32)
    merges = np.frombuffer(_exactly(stream, int(head["merges"]) * 16), np.int32).reshape(-1, 4)
    kinds = np.frombuffer(_exactly(stream, rows * columns), np.uint8).reshape((rows, columns), order="F")
    blank = blank_column(rows)
    text: list[pa.Array] = [blank] * columns
    if head["used"]:
        with pa.ipc.open_stream(pa.PythonFile(stream, "r")) as reader:
            batch = reader.read_next_batch()
            batch.validate(full=True)
            for name, column in zip(batch.schema.names, batch.columns, strict=True):
                if len(column) != rows or column.null_count or not pa.types.is_string(column.type):
                    raise EOFError
                text[int(name)] = column
            with contextlib.suppress(StopIteration):
                reader.read_next_batch()
    return Grid(
        sheet=head["sheet"],
        visibility=head["visibility"],
        row_numbers=numbers,
        text=text,
        kinds=kinds,
        merges=tuple((a, b, c, d) for a, b, c, d in merges.tolist()),
        hidden_rows=frozenset(head["hidden_rows"]),
        hidden_columns=frozenset(head["hidden_columns"]),
        filtered=head["filtered"],
        notes=tuple(head["notes"]),
        formulas={(int(row), int(column)): str(text) for row, column, text in head["formulas"]},
    )


def _exactly(stream: BinaryIO, size: int) -> bytearray:
    data = bytearray(size)
    view, at = memoryview(data), 0
    while at < size:
        got = stream.readinto(view[at:])  # type: ignore[attr-defined]
        if not got:
            raise EOFError
        at += got
    return data

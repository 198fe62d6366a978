"""Workbooks of Excel 5 and 95, which no library writes any more: a bare stream of records."""

from __future__ import annotations

import struct
from collections.abc import Sequence


def book(
    rows: Sequence[Sequence[str | float]], encoding: str, codepage: int | None, name: str = "花名册"
) -> bytes:
    """One sheet; strings in ``encoding``, whatever ``codepage`` says (None: nothing)."""
    globals_ = [_record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0x096C, 0x07C9))]
    if codepage is not None:
        globals_.append(_record(0x42, struct.pack("<H", codepage)))
    globals_ += [
        _record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05Arial")
    ] * 4
    globals_ += [_record(0xE0, struct.pack("<HHHHHHHH", 0, 0, 1, 0x20, 0, 0, 0, 0))] * 16
    title = name.encode(encoding)
    before = sum(map(len, globals_)) + 4 + 7 + len(title) + 4
    globals_.append(_record(0x85, struct.pack("<IHB", before, 0, len(title)) + title))
    cells = [
        _cell(r, c, value, encoding)
        for r, row in enumerate(rows)
        for c, value in enumerate(row)
        if value != ""
    ]
    sheet = [
        _record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0x096C, 0x07C9)),
        *cells,
        _record(0x0A, b""),
    ]
    return b"".join([*globals_, _record(0x0A, b""), *sheet])


def _cell(row: int, column: int, value: str | float, encoding: str) -> bytes:
    head = struct.pack("<HHH", row, column, 15)
    if isinstance(value, str):
        raw = value.encode(encoding)[:255]
        return _record(0x0204, head + struct.pack("<H", len(raw)) + raw)
    return _record(0x0203, head + struct.pack("<d", value))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data

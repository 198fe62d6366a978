"""A look at a package's directory before anything in it is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Hashable
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeVar, cast

from lbt_audit.intake.files.limits import MB, Limits
from lbt_audit.intake.reasons import RefusedError

T = TypeVar("T")
_KEPT = 64  # what so many small parts say is remembered
_SMALL = 1 << 17  # bytes, packed and unpacked
_LOCAL = struct.Struct("<4s22xHH")  # signature of a part's own header, lengths of its name and extra field

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error, UnicodeDecodeError)
"""What `zipfile` raises for packages that are damaged or packed in ways no spreadsheet program uses."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Package:
    """The parts of a package by name; names are matched without regard to case and slashes."""

    def __init__(self, source: Path | BinaryIO, limits: Limits) -> None:
        self._memory = source.getvalue() if isinstance(source, io.BytesIO) else None
        try:
            self.zip = zipfile.ZipFile(source)
        except (*BROKEN, ValueError, OverflowError) as error:
            raise RefusedError("damaged", error=str(error)) from None
        self.limits = limits
        entries = self.zip.infolist()
        if len(entries) > limits.entries:
            raise RefusedError("too_many_parts", count=str(len(entries)))
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:  # of a name that comes twice the last entry is the current one
            self._parts[_plain(entry.filename)] = entry

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.zip.close()

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    def names(self) -> list[str]:
        """Plain names of all parts."""
        return list(self._parts)

    @property
    def encrypted(self) -> bool:
        """Whether parts are encrypted by the archive itself (not the way Office does)."""
        return any(entry.flag_bits & 1 for entry in self._parts.values())

    def guard(self, name: str) -> None:
        """Refuses a part that unpacks to something absurd."""
        entry = self._parts.get(_plain(name))
        if entry is None:
            return
        size, packed = entry.file_size, max(entry.compress_size, 1)
        limits = self.limits
        if size > limits.part_bytes or (size > limits.ratio_bytes and size > limits.ratio * packed):
            raise RefusedError("bomb", size=str(size // MB))

    def open(self, name: str) -> _Guarded:
        """A part as a stream; refused or damaged parts raise `RefusedError`."""
        self.guard(name)
        entry = self._parts.get(_plain(name))
        if entry is None:
            raise RefusedError("damaged", error=f"no {name}")
        try:
            return _Guarded(self.zip.open(entry), self.limits.part_bytes)
        except (*BROKEN, RuntimeError) as error:
            raise RefusedError("encrypted" if entry.flag_bits & 1 else "damaged", error=str(error)) from None

    def read(self, name: str, at_most: int = 256 * MB) -> bytes:
        """A whole part; larger ones are refused."""
        stream = self.open(name)
        data = stream.read(at_most + 1)
        if len(data) > at_most:
            raise RefusedError("bomb", size=str(len(data) // MB))
        return data

    def small(self, name: str) -> bytes | None:
        """A whole part of a file held in memory; None where it is not there, not small or not as it should be, which
        ``read`` tells."""
        packed = self._packed(name)
        return packed and packed.unpacked()

    def told(self, read: Callable[..., T], name: str, *more: Hashable) -> T:
        """What ``read``, a function of bytes, makes of a part. Files printed alike have most parts in common: of small
        ones it is remembered, and nobody may change it."""
        packed = self._packed(name)
        if packed is not None:
            try:
                return cast(T, _told(read, packed, *more))
            except _UnlikeError:
                pass
        return read(self.read(name), *more)

    def _packed(self, name: str) -> _Packed | None:
        """A small part as it lies in the file."""
        entry = self._parts.get(_plain(name))
        if (
            entry is None
            or self._memory is None
            or entry.flag_bits & 1
            or entry.compress_type not in _METHODS
        ):
            return None
        if max(entry.compress_size, entry.file_size) > _SMALL:
            return None
        at = entry.header_offset
        if not 0 <= at <= len(self._memory) - _LOCAL.size:
            return None
        signature, name_size, extra = _LOCAL.unpack_from(self._memory, at)
        begin = at + _LOCAL.size + name_size + extra
        own = self._memory[at + _LOCAL.size : at + _LOCAL.size + name_size]
        data = self._memory[begin : begin + entry.compress_size]
        if (
            signature != b"PK\3\4"
            or own not in _spelt(entry.orig_filename)
            or len(data) < entry.compress_size
        ):
            return None
        return _Packed(data, entry.compress_type, entry.file_size, entry.CRC)


class _UnlikeError(Exception):
    """A part is not what its package says."""


class _Packed(NamedTuple):
    data: bytes
    method: int
    size: int
    crc: int

    def unpacked(self) -> bytes | None:
        """None where it is damaged."""
        data = self.data
        if self.method == zipfile.ZIP_DEFLATED:
            inflate = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                data = inflate.decompress(data, self.size + 1)
            except zlib.error:
                return None
        return data if len(data) == self.size and zlib.crc32(data) == self.crc else None


@lru_cache(_KEPT)
def _told(read: Callable[..., object], packed: _Packed, *more: Hashable) -> object:
    data = packed.unpacked()
    if data is None:
        raise _UnlikeError
    return read(data, *more)


def _spelt(name: str) -> tuple[bytes, ...]:
    """How a name may stand in a part's own header."""
    return name.encode("utf-8", "replace"), name.encode("cp437", "replace")


class _Guarded:
    """A stream that raises `RefusedError` for damage, and for more bytes than were declared lawful."""

    def __init__(self, stream: object, limit: int) -> None:
        self._stream = stream
        self._left = self._limit = limit

    def read(self, size: int, /) -> bytes:
        try:
            data: bytes = self._stream.read(size)  # type: ignore[attr-defined]
        except BROKEN as error:
            raise RefusedError("damaged", error=str(error)) from None
        self._left -= len(data)
        if self._left < 0:
            raise RefusedError("bomb", size=f"> {self._limit // MB}")
        return data


@lru_cache(256)
def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()

"""A look at a package's directory before anything in it is unpacked."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from lbt_audit.intake.files.limits import MB, Limits
from lbt_audit.intake.reasons import RefusedError

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error, UnicodeDecodeError)
"""What `zipfile` raises for packages that are damaged or packed in ways no spreadsheet program uses."""


class Package:
    """The parts of a package by name; names are matched without regard to case and slashes."""

    def __init__(self, source: Path | BinaryIO, limits: Limits) -> None:
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


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()

"""A package that is edited: parts replaced and added, everything else as it came."""

from __future__ import annotations

import posixpath
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final, Protocol

from lbt_audit.copies.markup import OFFICE, RELATIONS, made, markup, name, parse
from lbt_audit.intake.files.package import BROKEN, Package
from lbt_audit.intake.reasons import RefusedError

Content = bytes | Callable[[], Iterable[bytes]]
CHUNK: Final = 1 << 18
_TYPES: Final = "[Content_Types].xml"
_LARGE = 1 << 30  # bytes of a part that may need zip64


class Source(Protocol):
    """An open part."""

    def read(self, size: int, /) -> bytes: ...


class Relations:
    """What one part refers to. ``find`` and ``target`` give names of parts."""

    def __init__(self, owner: str, content: bytes | None) -> None:
        self.changed = False
        self._folder = posixpath.dirname(owner)
        self.root: Any = parse(content or f'<Relationships xmlns="{RELATIONS}"/>'.encode())

    def find(self, kind: str) -> list[str]:
        """The parts of a kind (worksheet, styles, comments …)."""
        return [self._part(e) for e in self.root if self._kind(e) == kind and self._inside(e)]

    def target(self, identifier: str) -> tuple[str, str] | None:
        """(kind, part) of a relation; None where there is no such part."""
        for element in self.root:
            if element.get("Id") == identifier and self._inside(element):
                return self._kind(element), self._part(element)
        return None

    def add(self, kind: str, part: str) -> str:
        """A relation to ``part``; gives its identifier."""
        self.changed = True
        taken = {e.get("Id") for e in self.root}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        office = next((e.get("Type") for e in self.root if self._kind(e) == "worksheet"), None)
        family = office.rpartition("/")[0] if office else OFFICE
        made(
            self.root,
            "Relationship",
            {"Id": f"rId{number}", "Type": f"{family}/{kind}", "Target": f"/{part}"},
        )
        return f"rId{number}"

    def remove(self, part: str) -> None:
        """Relations to ``part``."""
        for element in [e for e in self.root if self._inside(e) and self._part(e).lower() == part.lower()]:
            self.root.remove(element)
            self.changed = True

    @staticmethod
    def _kind(element: Any) -> str:
        return (element.get("Type") or "").rstrip("/").rpartition("/")[2] if name(element) else ""

    @staticmethod
    def _inside(element: Any) -> bool:
        return bool(element.get("TargetMode") != "External")

    def _part(self, element: Any) -> str:
        target = (element.get("Target") or "").replace("\\", "/")
        whole = target if target.startswith("/") else posixpath.join(self._folder, target)
        return posixpath.normpath(whole).lstrip("/")


class EditedPackage:
    """``source`` with changes. Names of parts are matched without regard to case, as packages have it."""

    def __init__(self, source: Package) -> None:
        self.source = source
        entries = source.zip.infolist()  # of a name that comes twice the last entry is the current one
        self._entries = {e.filename.replace("\\", "/").lstrip("/").lower(): e for e in entries}
        self._changed: dict[str, tuple[str, Content]] = {}
        self._relations: dict[str, Relations] = {}
        self._types: Any = parse(self.read(_TYPES))
        self._types_as_read = markup(self._types)

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._entries or part.lower() in self._changed

    def read(self, part: str) -> bytes:
        """A whole part, as it is by now. Raises RefusedError."""
        _, content = self._changed.get(part.lower(), ("", None))
        if content is None:
            return self.source.read(part)
        return content if isinstance(content, bytes) else b"".join(content())

    def open(self, part: str) -> Source:
        """A part of the source as a stream. Raises RefusedError."""
        return self.source.open(part)

    def replace(self, part: str, content: Content) -> None:
        self._changed[part.lower()] = (part, content)

    def remove(self, part: str) -> None:
        """Leave out ``part``, and whatever refers to it from a part of which relations were asked."""
        self._entries.pop(part.lower(), None)
        self._entries.pop(_relations_of(part).lower(), None)
        for element in [e for e in self._types if (e.get("PartName") or "").lower() == f"/{part}".lower()]:
            self._types.remove(element)
        for relations in self._relations.values():
            relations.remove(part)

    def add(self, pattern: str, content: Content, kind: str) -> str:
        """A new part named after ``pattern`` (``xl/comments{}.xml``), of a content type; gives its name."""
        part = self.add_plain(pattern, content)
        made(self._types, "Override", {"PartName": f"/{part}", "ContentType": kind})
        return part

    def add_plain(self, pattern: str, content: Content) -> str:
        """A new part whose name's ending says what it is; gives its name."""
        number = next(n for n in range(1, 1 << 20) if pattern.format(n) not in self)
        self.replace(pattern.format(number), content)
        return pattern.format(number)

    def relations(self, part: str) -> Relations:
        """What ``part`` refers to ("" = the package); changes of it are kept."""
        if part not in self._relations:
            path = _relations_of(part)
            content = self.source.read(path) if path in self.source else None
            self._relations[part] = Relations(part, content)
        return self._relations[part]

    def extension(self, extension: str, kind: str) -> None:
        """Parts whose names end in ``extension`` are of a content type."""
        if not any((e.get("Extension") or "").lower() == extension for e in self._types):
            made(self._types, "Default", {"Extension": extension, "ContentType": kind}, 0)

    def save(self, out: BinaryIO, last: Mapping[str, Callable[[], bytes]]) -> None:
        """Write the package; ``last`` are parts that are known only when all others are written. Raises RefusedError
        for damaged parts."""
        if (types := markup(self._types)) != self._types_as_read:
            self.replace(_TYPES, types)
        for owner, relations in self._relations.items():
            if relations.changed:
                self.replace(_relations_of(owner), markup(relations.root))
        with zipfile.ZipFile(out, "w", allowZip64=True) as target:
            waiting = {part.lower() for part in last}
            for key, entry in self._entries.items():
                if key in waiting:
                    continue
                if key not in self._changed:
                    self._copy(entry, target)
                else:
                    _, content = self._changed[key]
                    _write(target, entry.filename, content, entry.file_size)
            for key, (part, content) in self._changed.items():
                if key not in self._entries and key not in waiting:
                    _write(target, part, content, 0)
            for part, make in last.items():
                old = self._entries.get(part.lower())
                _write(target, old.filename if old else part, make(), 0)

    def _copy(self, entry: zipfile.ZipInfo, target: zipfile.ZipFile) -> None:
        self.source.guard(entry.filename)
        info = zipfile.ZipInfo(entry.filename, entry.date_time)
        info.compress_type = entry.compress_type
        info.external_attr = entry.external_attr
        _fast(info)
        if entry.is_dir():
            target.writestr(info, b"")
            return
        try:
            with (
                self.source.zip.open(entry) as stream,
                target.open(info, "w", force_zip64=entry.file_size > _LARGE) as part,
            ):
                shutil.copyfileobj(stream, part, CHUNK)
        except (*BROKEN, RuntimeError) as error:
            raise RefusedError("damaged", error=type(error).__name__) from None


def _write(target: zipfile.ZipFile, part: str, content: Content, size: int) -> None:
    info = zipfile.ZipInfo(part)  # dated 1980-01-01: no clock in the bytes
    info.compress_type = zipfile.ZIP_DEFLATED
    _fast(info)
    pieces: Iterator[bytes] = iter([content] if isinstance(content, bytes) else content())
    with target.open(info, "w", force_zip64=size > _LARGE >> 1) as stream:
        for piece in pieces:
            stream.write(piece)


def _fast(info: zipfile.ZipInfo) -> None:
    setattr(info, "_compresslevel", 1)  # noqa: B010 -- no public name before Python 3.13


def _relations_of(part: str) -> str:
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")

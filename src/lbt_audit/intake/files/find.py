"""Which files were submitted: folders walked, everything that is no submission left out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from lbt_audit.model.errors import AuditError
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text

MANIFEST = ".lbt-written"
"""In a folder of documents: one line per file an audit wrote, as sha256sum has it."""
_DIGEST = 64  # characters


@dataclass(frozen=True)
class InputFile:
    """A submitted file. ``relative`` is its path below the audited folder, with "/", fit for showing.

    ``reason``: a key of ``reasons.REASONS`` where it is known beforehand that it is not to be read.
    """

    relative: str
    path: Path
    reason: str | None = None


class MissingInputError(AuditError, FileNotFoundError):
    """A path that was asked for does not exist."""

    exit_code = 2

    def __init__(self, path: Path) -> None:
        super().__init__(Text(f"没有这个文件或文件夹：{path}", f"no such file or folder: {path}"))
        self.path = path


def find_files(
    paths: Sequence[Path], *, leave_out: Sequence[Path] = (), own_documents: bool = False
) -> list[InputFile]:
    """All files below ``paths``, sorted by relative path, each once.

    What stands in a folder and is no file (a broken link, a pipe, a folder that does not open) is among
    them, so that reading it says so; so are folders linked from outside, which are not entered, and, unless
    ``own_documents`` are wanted, documents an audit has written. Left out: lock files of Excel and WPS
    (``~$``, ``.~``), dot files and folders, ``leave_out`` with everything below it.
    """
    for path in paths:
        if not path.exists():
            raise MissingInputError(path)
    walk = _Walk({_real(p) for p in leave_out}, [_real(p) for p in paths], own_documents)
    base = _base(paths)
    found: dict[str, InputFile] = {}
    for path in paths:
        for file, reason in walk.below(path) if path.is_dir() else [(path, None)]:
            real = _real(file)
            if real not in walk.skipped:
                found.setdefault(real, InputFile(_relative(file, base), file, reason))
    return sorted(found.values(), key=lambda f: f.relative)


@dataclass(frozen=True)
class _Walk:
    """``roots`` and ``skipped`` are real paths."""

    skipped: set[str]
    roots: Sequence[str]
    own_documents: bool

    def below(self, folder: Path) -> Iterator[tuple[Path, str | None]]:
        """Files with the reason not to read them, if any."""
        seen: set[str] = set()  # folders by real path: links may lead back up
        written: set[str] = set()
        waiting = [folder]
        while waiting:
            current = waiting.pop()
            real = _real(current)
            if real in seen or real in self.skipped:
                continue
            seen.add(real)
            if not any(real == root or real.startswith(root.rstrip(os.sep) + os.sep) for root in self.roots):
                yield current, "link_out"
                continue
            try:
                entries = sorted(os.scandir(current), key=lambda e: e.name)
            except OSError:
                yield current, None
                continue
            if not self.own_documents and any(entry.name == MANIFEST for entry in entries):
                written |= {_real(current / name) for name in _written(current / MANIFEST)}
            for entry in entries:
                if entry.name.startswith((".", "~$")):
                    continue
                path = current / entry.name
                if _is(entry.is_dir):
                    waiting.append(path)
                else:
                    yield path, "own_document" if written and _real(path) in written else None


def _written(manifest: Path) -> list[str]:
    """Paths of the files an audit wrote into the folder of its manifest."""
    try:
        lines = manifest.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    return [
        name for mark, _, name in (line.partition("  ") for line in lines) if len(mark) == _DIGEST and name
    ]


def _is(question: object) -> bool:
    try:
        return bool(question())  # type: ignore[operator]
    except OSError:
        return False


def _real(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))


def _base(paths: Sequence[Path]) -> str:
    """The folder relative paths start from: the one folder given, else what all paths share."""
    folders = [_plain(p if p.is_dir() else p.parent) for p in paths]
    if not folders:
        return ""
    try:
        return os.path.commonpath(folders)
    except ValueError:  # different drives
        return ""


def _plain(path: Path) -> str:
    """Absolute, ".." worked out; links stay as they are named."""
    return os.path.normpath(path.absolute())


def _relative(file: Path, base: str) -> str:
    whole = _plain(file)
    relative = os.path.relpath(whole, base) if base else whole
    return _shown(relative.replace(os.sep, "/"))


def _shown(name: str) -> str:
    """A file name in no valid UTF-8 (unpacked from an archive made on Chinese Windows) as text."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raw = name.encode("utf-8", "surrogateescape") if _escaped(name) else name.encode("utf-8", "replace")
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            return raw.decode("utf-8", "replace")
    return name


def _escaped(name: str) -> bool:
    return all(not "\ud800" <= c <= "\udfff" or "\udc80" <= c <= "\udcff" for c in name)

"""Documents on disk: whole or not at all, for their owner alone, and never over a submitted file."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import BinaryIO

from lbt_audit.model.errors import AuditError
from lbt_audit.model.private import make_folder, sweep, temporary_file
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text
from lbt_audit.model.trouble import os_trouble
from lbt_audit.reports.files.manifest import Cleared, Manifest

Render = Callable[[BinaryIO], None]
Document = tuple[str, Render]  # name below the output folder, and what writes it


class OutputError(AuditError):
    """An output that could not be written."""


@dataclass(frozen=True)
class Written:
    """``path`` is where the document went; ``note`` says so if that is not where it was meant to go."""

    path: Path
    note: Text | None = None


@contextlib.contextmanager
def replacing(
    path: Path, inputs: Collection[Path] = (), manifest: Manifest | None = None
) -> Iterator[tuple[BinaryIO, list[Written]]]:
    """A file that takes the place of ``path`` when the block ends well; the list then tells where it went.

    The new content stands beside the old one until it is complete and on disk. Where the old one is
    held open by a spreadsheet program, the new one stays beside it under the next free name. A device
    or pipe is written to, not replaced, and a link stays a link. Raises OutputError where ``path`` is
    one of ``inputs``, a folder, or cannot be written.
    """
    refuse_inputs(path, inputs)
    written: list[Written] = []
    temporary = None
    try:
        if _is_special(path):
            with path.open("wb") as stream:
                yield stream, written
            written.append(Written(path))
            return
        if manifest is not None:
            manifest.expect_folders(path)
        path = path.resolve() if path.is_symlink() else path
        make_folder(path.parent)
        handle, temporary = temporary_file(path.parent)
        with os.fdopen(handle, "w+b") as file:
            yield file, written
            file.flush()
            os.fsync(file.fileno())
        written.append(_place(temporary, path))
        temporary = None
    except OSError as error:
        why = os_trouble(error)
        raise OutputError(Text(f"无法写入 {path}：{why.zh}", f"cannot write {path}: {why.en}")) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()


def refuse_inputs(path: Path, inputs: Collection[Path]) -> None:
    """Raises OutputError where ``path`` is one of ``inputs``."""
    if path.exists() and any(_same(path, source) for source in inputs):
        raise OutputError(
            Text(
                f"输出 {path} 就是被核查的文件，已拒绝覆盖",
                f"output {path} is one of the audited files; refused",
            )
        )


def _is_special(path: Path) -> bool:
    """A device, pipe or socket: /dev/stdout, NUL."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _place(temporary: Path, path: Path) -> Written:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder")
    try:
        temporary.replace(path)
        return Written(path)
    except PermissionError:  # held open by a spreadsheet program
        for number in range(2, 100):
            other = path.with_name(f"{path.stem} ({number}){path.suffix}")
            with contextlib.suppress(PermissionError):
                temporary.replace(other)
                return Written(
                    other,
                    Text(
                        f"{path.name} 正被其他程序打开，已另存为 {other.name}",
                        f"{path.name} is open in another program; written beside it as {other.name}",
                    ),
                )
        raise


def _same(a: Path, b: Path) -> bool:
    try:
        return a.samefile(b)
    except OSError:
        return a.absolute() == b.absolute()


def write_document(
    path: Path, render: Render, inputs: Collection[Path] = (), manifest: Manifest | None = None
) -> Written:
    """One document; one that somebody has worked on is kept beside it. Raises OutputError."""
    refuse_inputs(path, inputs)
    special = _is_special(path)
    if manifest is None and not special:
        sweep([path.parent])
    note = None if special else _set_aside(path, manifest)
    with replacing(path, inputs, manifest) as (file, written):
        render(file)
        if manifest is not None and not special:
            manifest.expect(path, file)
    if manifest is not None and written[0].path.name != path.name:
        manifest.moved(path, path.with_name(written[0].path.name))
    return Written(written[0].path, written[0].note or note)


def write_all(
    out_dir: Path, documents: Iterable[Document], inputs: Collection[Path] = ()
) -> tuple[list[Written], list[OutputError], Cleared]:
    """All ``documents`` into ``out_dir``, two at a time: what was written, what could not be, and what of
    earlier audits was cleared away (nothing, where a document could not be written).

    Compression and Arrow leave the interpreter free, so two keep two cores busy. What several documents render alike is
    rendered once.
    """
    manifest = Manifest(out_dir)
    sweep(manifest.folders())
    written, failed = [], []
    first: dict[Render, Future[Written]] = {}
    with ThreadPoolExecutor(2) as pool:
        tasks = []
        for name, render in documents:
            again = first.get(render)  # begun before, so that waiting for it ends
            render_ = render if again is None else partial(_copied, again)
            tasks.append(pool.submit(write_document, out_dir / name, render_, inputs, manifest))
            first.setdefault(render, tasks[-1])
        for task in tasks:
            try:
                written.append(task.result())
            except OutputError as error:
                failed.append(error)
    cleared = Cleared() if failed else manifest.clear()
    with contextlib.suppress(OSError):  # every line stands in it already, only more than once
        manifest.close()
    return written, failed, cleared


def _copied(written: Future[Written], out: BinaryIO) -> None:
    """Raises OutputError where it could not be written."""
    with written.result().path.open("rb") as file:
        shutil.copyfileobj(file, out, 1 << 20)


def _set_aside(path: Path, manifest: Manifest | None) -> Text | None:
    """Keep a document that is not as this program wrote it, under the next free name."""
    unchanged = manifest.unchanged(path) if manifest is not None else None
    if unchanged or not path.is_file() or (unchanged is None and _looks_ours(path, manifest)):
        return None
    for number in range(1, 1000):
        backup = path.with_name(f"{path.stem}.{number}{path.suffix}")
        if not os.path.lexists(backup):
            break
    try:
        path.rename(backup)
    except OSError:  # held open: the new one is written beside it
        return None
    return Text(
        f"{path.name} 已被改动或填写过，原件另存为 {backup.name}",
        f"{path.name} had been worked on; it was kept as {backup.name}",
    )


def _looks_ours(path: Path, manifest: Manifest | None) -> bool:
    """Whether a document that no manifest names may be replaced: one that a version without manifests wrote,
    or one the user named on the command line.

    What this program writes has no ``docProps/app.xml``; every office program adds one when it saves.
    """
    try:
        with zipfile.ZipFile(path) as package:
            return "docProps/app.xml" not in package.namelist()
    except OSError:
        return True  # writing will say why
    except zipfile.BadZipFile:
        return manifest is None or _is_report(path)


def _is_report(path: Path) -> bool:
    with path.open("rb") as file:
        return b'"schema_version"' in file.read(200)

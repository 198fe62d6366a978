"""Documents on disk: whole or not at all, and never over a submitted file."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lbt_audit.engine.audit import Audit
from lbt_audit.model.text import Text

Render = Callable[[Audit, BinaryIO], None]


class OutputError(Exception):
    """An output that could not be written; ``text`` says which and why."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


@dataclass(frozen=True)
class Written:
    """``path`` is where the document went; ``note`` says so if that is not where it was meant to go."""

    path: Path
    note: Text | None = None


@contextlib.contextmanager
def replacing(path: Path, inputs: Collection[Path] = ()) -> Iterator[tuple[BinaryIO, list[Written]]]:
    """A file that takes the place of ``path`` when the block ends well; the list then tells where it went.

    The new content stands beside the old one until it is complete and on disk. Where the old one is
    held open by a spreadsheet program, the new one stays beside it under the next free name. Raises
    OutputError where ``path`` is one of ``inputs``, a folder, or cannot be written.
    """
    for source in inputs:
        if _same(path, source):
            raise OutputError(
                Text(
                    f"输出 {path} 就是被核查的文件，已拒绝覆盖",
                    f"output {path} is one of the audited files; refused",
                )
            )
    written: list[Written] = []
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".lbt-", suffix=".tmp", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            yield file, written
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        written.append(_place(temporary, path))
        temporary = None
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(Text(f"无法写入 {path}：{reason}", f"cannot write {path}: {reason}")) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()


def _place(temporary: Path, path: Path) -> Written:
    if path.is_dir():
        raise IsADirectoryError(21, "is a folder")
    try:
        temporary.replace(path)
        return Written(path)
    except PermissionError:  # held open by a spreadsheet program
        for number in range(2, 100):
            beside = path.with_name(f"{path.stem} ({number}){path.suffix}")
            with contextlib.suppress(PermissionError):
                temporary.replace(beside)
                return Written(
                    beside,
                    Text(
                        f"{path.name} 正被其他程序打开，已另存为 {beside.name}",
                        f"{path.name} is open in another program; written beside it as {beside.name}",
                    ),
                )
        raise


def _same(a: Path, b: Path) -> bool:
    try:
        return a.samefile(b)
    except OSError:
        return a.absolute() == b.absolute()


_UMASK: list[int] = []


def _umask() -> int:
    """The process's umask; asking changes it for a moment, so it is asked once."""
    if not _UMASK:
        mask = os.umask(0o077)
        os.umask(mask)
        _UMASK.append(mask)
    return _UMASK[0]


def write_document(audit: Audit, path: Path, render: Render, inputs: Collection[Path] = ()) -> Written:
    """One document. Raises OutputError."""
    with replacing(path, inputs) as (file, written):
        render(audit, file)
    return written[0]


def write_documents(
    audit: Audit, out_dir: Path, root: Path | None = None
) -> tuple[list[Written], list[OutputError]]:
    """All documents of an audit into ``out_dir``: what was written, and what could not be.

    ``root`` is the audited folder: places are linked to it, and none of its files is overwritten.
    """
    from lbt_audit.reports.json_report import write_json
    from lbt_audit.reports.workbook import file_name, write_workbook

    inputs = [root / s.path for s in audit.submissions] if root is not None else []
    base = link_base(root, out_dir)
    jobs: list[tuple[str, Render]] = [
        (file_name(audit.run.lang), lambda a, f: write_workbook(a, f, base)),
        ("report.json", write_json),
    ]
    _umask()
    written, failed = [], []
    with ThreadPoolExecutor(2) as pool:  # compression and Arrow leave the interpreter free
        tasks = [pool.submit(write_document, audit, out_dir / name, render, inputs) for name, render in jobs]
        for task in tasks:
            try:
                written.append(task.result())
            except OutputError as error:
                failed.append(error)
    return written, failed


def link_base(root: Path | None, out_dir: Path) -> str | None:
    """The way from ``out_dir`` to ``root`` as links need it (``../``); None where there is none."""
    if root is None:
        return None
    try:
        way = Path(os.path.relpath(root.absolute(), out_dir.absolute())).as_posix()
    except ValueError:  # another drive
        return None
    return "" if way == "." else f"{way}/"

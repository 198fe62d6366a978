"""The files handed in, opened again to be copied: checked to be what was audited, made workbooks where they are none."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import BinaryIO

from lbt_audit.intake.files.container import extension_of, recognise
from lbt_audit.intake.files.find import InputFile
from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.read import ReadResult, read_files
from lbt_audit.intake.reasons import FORMAT_NAMES, RefusedError
from lbt_audit.intake.table import Submission
from lbt_audit.model.cell import LONGEST, CellKind
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text
from lbt_audit.reports.files.write import Render

_EDITED = frozenset({"xlsx", "xlsm"})
"""Formats whose packages are edited; all others are converted."""


@dataclass(frozen=True)
class Converted:
    """A file made a workbook. ``sheets``: names of its sheets there, by those in the file; ``remark`` says what of the
    file is in it."""

    content: bytes
    sheets: Mapping[str, str]
    remark: Text


@dataclass
class Originals:
    """The files ``submissions`` below ``root``, the audited folder. Conversions are kept, and what writes each copy, so
    that several copies of a file cost one."""

    root: Path
    submissions: Sequence[Submission]
    _converted: dict[str, Converted | None] = field(default_factory=dict)
    _renders: dict[bytes, Render] = field(default_factory=dict)

    def once(self, key: bytes, render: Render) -> Render:
        """What writes the copy known by ``key``: ``render``, unless there was another before it."""
        return self._renders.setdefault(key, render)

    def path(self, submission: Submission) -> Path:
        return self.root / (submission.file or submission.path)

    def below(self, folder: Path) -> set[str]:
        """The files handed in that lie below ``folder``, by their paths there in lower case."""
        real = [os.path.realpath(self.path(s)) for s in self.submissions]
        top = os.path.realpath(folder) + os.sep
        return {p.removeprefix(top).replace(os.sep, "/").casefold() for p in real if p.startswith(top)}

    def format(self, submission: Submission) -> str | None:
        """What a file is ("" = it is encrypted); None where it is gone or not what was audited."""
        try:
            with self.open(submission) as file:
                if _digest(file) != submission.sha256:
                    return None
                container = recognise(file, self.path(submission).name, Limits())
                if container.package is not None:
                    container.package.close()
        except (RefusedError, OSError):
            return None
        return "" if container.encrypted else container.format

    def unchanged(self, submission: Submission) -> bool:
        try:
            with self.open(submission) as file:
                return _digest(file) == submission.sha256
        except OSError:
            return False

    def editable(self, submission: Submission) -> bool:
        return self.format(submission) in _EDITED

    def open(self, submission: Submission) -> BinaryIO:
        """Raises OSError."""
        return self.path(submission).open("rb")

    def convert(self, submissions: Iterable[Submission]) -> None:
        """Make workbooks of ``submissions``, which are read again at once."""
        wanted = [s for s in submissions if s.path not in self._converted]
        files = [InputFile(s.file or s.path, self.path(s)) for s in wanted]
        results = read_files(files, jobs=min(len(files), os.cpu_count() or 1))
        for submission, result in zip(wanted, results, strict=True):
            self._converted[submission.path] = _workbook(submission, result)

    def converted(self, submission: Submission) -> Converted | None:
        """The workbook made of a file; None where none can be."""
        self.convert([submission])
        return self._converted[submission.path]


def _digest(file: BinaryIO) -> str:
    found = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    return found


def _workbook(submission: Submission, result: ReadResult) -> Converted | None:
    if result.reason is not None or result.sha256 != submission.sha256:
        return None
    from lbt_audit.copies.markup import UneditableError
    from lbt_audit.copies.plain import workbook

    try:
        macros = extension_of(submission.path) in ("xlsm", "xltm")
        content, sheets = workbook(result.grids, macros=macros)
    except UneditableError:
        return None
    cut = any(bool((g.kinds == CellKind.LONG).any()) for g in result.grids)
    return Converted(content, sheets, _remark(result.format, cut))


def _remark(format_: str, cut: bool) -> Text:
    name = FORMAT_NAMES.get(format_, format_)
    long = Text(
        f"超过 {LONGEST} 字的单元格只有开头。" if cut else "",
        f" Of cells with more than {LONGEST} characters it holds the beginning." if cut else "",
    )
    return Text(
        f"原文件（{name}）不能直接加批注，本副本已转为 .xlsx：各单元格显示的内容、合并单元格和隐藏的行列照原样，"
        f"公式、格式、列宽、下拉列表、图片等不在其中，请以原文件为准。{long.zh}",
        f"The file handed in ({name}) cannot be annotated, so this copy was made an .xlsx: it holds what the cells show, merged "
        f"cells and hidden rows and columns, but no formulas, formats, widths, drop-downs or pictures.{long.en}",
    )

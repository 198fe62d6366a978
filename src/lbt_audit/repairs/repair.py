"""One file repaired: read, spelt, copied; the original is only read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lbt_audit.copies.markup import UneditableError
from lbt_audit.engine.reading.read import read
from lbt_audit.engine.request import Request
from lbt_audit.intake.files.find import InputFile
from lbt_audit.intake.read import read_files
from lbt_audit.intake.reasons import REASONS, RefusedError, reason_text
from lbt_audit.model.errors import AuditError
from lbt_audit.model.field import Field
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text
from lbt_audit.repairs.copy import RepairedCopy, repaired
from lbt_audit.repairs.find import Change, changes
from lbt_audit.repairs.spelling import Speller
from lbt_audit.resources import data_dir
from lbt_audit.values.codes import read_code_lists


class RepairError(AuditError):
    """A file that cannot be repaired; says why and what to do."""

    exit_code = 2


@dataclass(frozen=True)
class Repair:
    """What is to be done to a file. ``copy`` is None where nothing is."""

    changes: tuple[Change, ...]
    fields: dict[str, Field]
    copy: RepairedCopy | None = None


def repair(request: Request) -> Repair:
    """The mechanical repairs of the one file ``request`` names. Raises RepairError for what cannot be read or copied."""
    (path,) = request.paths
    reading = read(replace(request, mask="none"))
    submission = reading.book.submissions[0]
    if submission.status != "audited":
        raise RepairError(reason_text(submission.reason or "empty", submission.detail))
    frame = next(iter(reading.book.frames.values()))
    lists = read_code_lists(data_dir("schemas") / "codes.yaml")
    speller = Speller(
        frame.context,
        {name: {code: label.zh for code, label in one.labels.items()} for name, one in lists.items()},
        frozenset(name for name, one in lists.items() if one.exact),
    )
    found = changes(submission.tables, reading.dictionary, speller)
    fields = {change.field: reading.dictionary.fields[change.field] for change in found}
    if not found:
        return Repair((), fields)
    copy = _copy(path, submission.sha256, found)
    left = set(copy.left)
    return Repair(tuple(c for c in found if c not in left), fields, copy)


def _copy(path: Path, sha256: str, found: Sequence[Change]) -> RepairedCopy:
    (result,) = read_files([InputFile(path.name, path)])
    data = path.read_bytes()
    if result.reason is not None or hashlib.sha256(data).hexdigest() != sha256:
        raise RepairError(REASONS["missing"])
    try:
        return repaired(data, path.name, result.format, result.grids, found)
    except (UneditableError, RefusedError) as error:
        raise RepairError(_CANNOT) from error


_CANNOT = Text(
    "文件里有损坏的字符或没有配对的引号，不能照原样写回；请用 Excel 或 WPS 打开，另存为 .xlsx 后再修复",
    "the file holds damaged characters or quotation marks without a partner and cannot be written back as it was; open it in "
    "Excel or WPS, save it as .xlsx and repair that",
)

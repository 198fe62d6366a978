"""Mechanical repairs of the files on the desk, into copies."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from lbt_audit.desk.checks.check import request_for
from lbt_audit.desk.checks.job import RepairJob, Step, Tell
from lbt_audit.desk.checks.outcome import ChangedCell, Repaired, RepairedFile
from lbt_audit.desk.uploads.names import REPAIRED, copy_name
from lbt_audit.engine.request import Request
from lbt_audit.model.private import make_folder
from lbt_audit.model.run import Mask
from lbt_audit.model.text import Lang, Text
from lbt_audit.repairs.listing import write_list
from lbt_audit.repairs.repair import Repair, RepairError, repair
from lbt_audit.repairs.shown import masked, place
from lbt_audit.repairs.spelling import WHY
from lbt_audit.reports.text.safe import visible

_CHANGES = Text("修改清单", "changes")
_SHOWN = 100  # changes of a file that stand on the page; the list has all of them
_CONVERTED = Text(
    "原文件不是 .xlsx，副本已转为 .xlsx：内容照原样，公式、格式和图片不在其中",
    "the file is no .xlsx; the copy was made one and holds what the cells show, but no formulas, formats or pictures",
)


def repairs(job: RepairJob, tell: Tell) -> Repaired:
    """A copy and a list of changes for every file in which something is to be repaired."""
    lang = job.settings.lang
    files, documents = [], {}
    for number, name in enumerate(job.names):
        tell(Step(len(job.names), number, name))
        request = request_for((job.folder / name,), job.settings)
        try:
            found = repair(request)
        except RepairError as error:
            files.append(RepairedFile(name, remark=error.text[lang]))
            continue
        if found.copy is None:
            files.append(RepairedFile(name))
            continue
        files.append(_written(job.out, name, found, request, lang))
        ending = found.copy.ending
        documents[files[-1].copy] = copy_name(name, ending, REPAIRED, lang)
        documents[files[-1].list] = copy_name(name, ".xlsx", _CHANGES, lang)
    return Repaired(job.out, tuple(files), documents)


def _written(out: Path, name: str, found: Repair, request: Request, lang: Lang) -> RepairedFile:
    assert found.copy is not None
    stem = str(PurePosixPath(name).with_suffix(""))
    copy, listed = f"{stem}{found.copy.ending}", f"{stem}-{_CHANGES[lang]}.xlsx"
    make_folder((out / copy).parent)
    (out / copy).write_bytes(found.copy.content)
    with (out / listed).open("wb") as stream:
        write_list(stream, found.changes, found.fields, lang)
    remark = _CONVERTED[lang] if found.copy.converted else ""
    return RepairedFile(name, copy, listed, _cells(found, request.mask, lang), len(found.changes), remark)


def _cells(found: Repair, mask: Mask, lang: Lang) -> tuple[ChangedCell, ...]:
    cells = []
    for change in found.changes[:_SHOWN]:
        field = found.fields[change.field]
        before, after = map(visible, masked(change, field, mask))
        cells.append(ChangedCell(place(change), field.title[lang], before, after, WHY[change.why][lang]))
    return tuple(cells)

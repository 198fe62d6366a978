"""Copies of the files handed in, each with its issues marked."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.files.package import Package
from lbt_audit.intake.table import Submission
from lbt_audit.model.own_sheet import AUTHOR, NAME, SEPARATOR
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text
from lbt_audit.model.unit import Unit
from lbt_audit.reports.annotated.marks import COLOURS, FileIssues, issues_by_file, marks
from lbt_audit.reports.annotated.originals import Originals
from lbt_audit.reports.files.names import safe_name
from lbt_audit.reports.files.write import OutputError, Render
from lbt_audit.reports.words import as_of_line

if TYPE_CHECKING:
    from lbt_audit.engine.audit import Audit

log = logging.getLogger(__name__)

FOLDER = Text("批注", "annotated")
_ENDINGS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})
_NAMED = 5  # files without a copy that are named one by one


@dataclass(frozen=True)
class AnnotatedCopy:
    """``path`` is the submission's, ``name`` the copy's below the folder of copies; ``units`` whose
    lists stand in the file, in the order of its sheets."""

    path: str
    name: str
    units: tuple[Unit, ...]
    render: Render


@dataclass
class Annotated:
    """The copies, and what has to be told of files that have none."""

    copies: list[AnnotatedCopy] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)


def annotated_copies(
    audit: Audit,
    originals: Originals,
    submissions: Iterable[Submission] | None = None,
    folder: Path | None = None,
) -> Annotated:
    """A copy of every file of ``audit`` (of ``submissions``, where given) with issues that are not waived. Files are read
    again: one that has changed since or cannot be made a workbook gets no copy, which the notes say. A copy that was
    itself handed in out of ``folder`` keeps its name, and the new one gets another."""
    wanted = None if submissions is None else {s.path for s in submissions}
    files = [found for found in issues_by_file(audit) if wanted is None or found.submission.path in wanted]
    formats = {f.submission.path: originals.format(f.submission) for f in files}
    odd = {path for path, format_ in formats.items() if format_ is not None and not _is_edited(format_)}
    originals.convert(f.submission for f in files if f.submission.path in odd)
    found, without = Annotated(), []
    taken = originals.below(folder) if folder is not None else set()
    for issues in files:
        submission = issues.submission
        format_ = formats[submission.path]
        if format_ is None or not (_is_edited(format_) or originals.converted(submission)):
            without.append(submission.path)
            continue
        render = originals.once(issues.key, _Copy(issues, originals).render)
        units = tuple(dict.fromkeys(t.unit for t in submission.tables))
        found.copies.append(
            AnnotatedCopy(submission.path, _name(submission.path, format_, taken), units, render)
        )
    if without:
        found.notes.append(_without(without))
    return found


@dataclass(frozen=True)
class _Copy:
    issues: FileIssues
    originals: Originals

    @property
    def submission(self) -> Submission:
        return self.issues.submission

    def render(self, out: BinaryIO) -> None:
        """Raises OutputError where the file has changed by now."""
        if not self.originals.unchanged(self.submission):
            raise OutputError(_without([self.submission.path]))
        try:
            if self.originals.editable(self.submission):
                with self.originals.open(self.submission) as file, Package(file, Limits()) as package:
                    self._write(package, self.submission.sheets, [], out)
                return
        except Exception as error:  # whatever is odd about its package, its cells were read
            log.debug("%s: %s", self.submission.path, type(error).__name__)
            out.seek(0)
            out.truncate()
        made = self.originals.converted(self.submission)
        if made is None:
            raise OutputError(_without([self.submission.path]))
        real = {name: shown for shown, name in self.submission.sheets.items()}
        sheets = {real.get(name, name): used for name, used in made.sheets.items()}
        with Package(io.BytesIO(made.content), Limits()) as package:
            self._write(package, sheets, [made.remark], out)

    def _write(
        self, package: Package, sheets: Mapping[str, str], remarks: Sequence[Text], out: BinaryIO
    ) -> None:
        """``sheets``: names in the copy by those the report shows, where they differ."""
        from lbt_audit.copies.workbook import WorkbookCopy
        from lbt_audit.reports.annotated.list_sheet import ListSheet, remarks_on

        run, lang = self.issues.audit.run, self.issues.audit.run.lang
        said = [f"{self.submission.path}　{as_of_line(run, lang)}", *remarks_on(self.issues, lang)]
        said += [t[lang] for t in (*remarks, *(() if run.mask == "none" else (_IN_CLEAR,)))]
        listed = ListSheet(self.issues.listed, said, sheets, lang)
        book = WorkbookCopy(package)
        earlier = [s for s, why in self.submission.ignored_sheets.items() if why == "own_sheet"]
        if earlier:
            book.forget([sheets.get(s, s) for s in earlier], frozenset(COLOURS.values()), AUTHOR, SEPARATOR)
        there = set(book.sheets)
        for shown, found in marks(self.issues, listed.first, lang).items():
            sheet = sheets.get(shown, shown)
            if sheet in there:
                book.mark(sheet, found)
        book.put_first(NAME[lang], listed.markup)
        book.save(out, AUTHOR, SEPARATOR)


_IN_CLEAR = Text(
    "本表的说明已脱敏，其余各表是原表内容，没有脱敏，只供填报单位改错使用，不得外传。",
    "What this sheet says is masked; the other sheets are as handed in, for the unit that corrects them and nobody else.",
)


def _is_edited(format_: str | None) -> bool:
    return format_ in ("xlsx", "xlsm")


def _without(paths: Sequence[str]) -> Text:
    more = len(paths) > _NAMED
    zh, en = "、".join(paths[:_NAMED]), ", ".join(paths[:_NAMED])
    return Text(
        f"没有批注副本（核查后文件被改动、移走，或无法转成工作簿）：{zh}{f' 等 {len(paths)} 个' if more else ''}",
        f"no annotated copy (changed or moved since it was audited, or no workbook can be made of it): {en}"
        f"{f' and {len(paths) - _NAMED} more' if more else ''}",
    )


def _name(path: str, format_: str, taken: set[str]) -> str:
    """``path`` as the copy's, safe on every system: 花名册.xls → 花名册.xlsx."""
    *folders, file = [part for part in path.split("/") if part not in ("", ".", "..")]
    stem, ending = PurePosixPath(file).stem, PurePosixPath(file).suffix.lower()
    if not (_is_edited(format_) and ending in _ENDINGS):
        ending = ".xlsm" if format_ == "xlsm" else ".xlsx"
    parts, stem, number = [safe_name(f) for f in folders], safe_name(stem), 1
    name = "/".join([*parts, f"{stem}{ending}"])
    while name.casefold() in taken:
        number += 1
        name = "/".join([*parts, f"{stem} ({number}){ending}"])
    taken.add(name.casefold())
    return name

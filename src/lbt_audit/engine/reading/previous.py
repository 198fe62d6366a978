"""Last period's files (``--previous``): read as this period's are, laid in a book of their own, judged by nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from lbt_audit.config.county import County
from lbt_audit.engine.county.home import in_townships
from lbt_audit.engine.privacy.people import People
from lbt_audit.engine.privacy.veil import Veil
from lbt_audit.engine.reading.days import cut_off_day
from lbt_audit.engine.reading.files import submissions
from lbt_audit.engine.reading.form_names import without_names
from lbt_audit.engine.request import Request, Watcher
from lbt_audit.frames.book import Book
from lbt_audit.intake.table import Submission
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.record import dataclass
from lbt_audit.model.run import PreviousRun
from lbt_audit.model.text import Text
from lbt_audit.model.units import Units


@dataclass(frozen=True)
class Previous:
    """``run`` for the documents, ``submissions`` under their shown paths. ``warnings``: what makes them unfit."""

    run: PreviousRun
    submissions: Sequence[Submission]
    book: Book
    people: People  # named in them
    warnings: tuple[Text, ...] = ()


def read_previous(
    request: Request,
    dictionary: Dictionary,
    units: Units,
    as_of: date,
    make: Callable[[Sequence[Submission], date, date], Book],
    people: People,
    watcher: Watcher,
) -> Previous | None:
    """The book of last period, made by ``make`` of files, their day and the period's; None where no folder was named. ``as_of``:
    this period's day, ``people`` who is named in its files."""
    path = request.previous
    if path is None:
        return None
    month_before = as_of.replace(day=1) - timedelta(days=1)
    asked = replace(request, paths=(path,), as_of=None, exclude=request.paths)
    read = list(submissions(asked, dictionary, units, month_before.year, watcher))
    if units.inferred:
        read = in_townships(read, units)
    day, source = cut_off_day(asked, County(Path()), read)
    warnings = () if source != "files" or day < as_of else (_not_before(day, as_of),)
    day = min(day, month_before)  # filled in a few days late, they are still of that month
    own = People.of([t for s in read for t in s.tables], dictionary)
    veil = Veil(request.mask, people | own)
    read = without_names(read, veil)
    folder = "/".join(veil.text(part) for part in _shown(path, request.root).split("/"))
    shown = [_below(folder, s) for s in read]
    return Previous(PreviousRun(folder, day, len(shown)), shown, make(shown, day, day), own, warnings)


def _shown(path: Path, root: Path) -> str:
    """The folder as it stands before the paths of its files, relative to what is audited: no file of this period is
    called so."""
    folder = path.absolute() if path.is_dir() else path.absolute().parent
    folder = folder.resolve()
    if root.resolve() in folder.parents:
        return folder.relative_to(root.resolve()).as_posix()
    return f"../{folder.name}"


def _below(folder: str, submission: Submission) -> Submission:
    path = f"{folder}/{submission.path}"
    return replace(submission, path=path, tables=tuple(replace(t, path=path) for t in submission.tables))


def _not_before(day: date, as_of: date) -> Text:
    return Text(
        f"上期材料（--previous）的填报日期 {day} 不早于统计截止日 {as_of}，请核对是否选错文件夹",
        f"last period's files (--previous) are dated {day}, not before {as_of}: check the folder",
    )

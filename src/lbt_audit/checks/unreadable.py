"""Files that could not be read, or only in part, and files that are not what their name says."""

from __future__ import annotations

from collections.abc import Mapping

from lbt_audit.checks.base import Check, Outcome, Parameter
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.checks.places import complete
from lbt_audit.frames.book import Book
from lbt_audit.intake.reasons import FORMAT_NAMES, note_text, reason_text
from lbt_audit.intake.table import Note
from lbt_audit.model.rule import Rule
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text


def run(rule: Rule, book: Book) -> Mapping[str, Outcome] | None:
    """One issue per unreadable file; ``topics`` are the readers' notes that make an issue of a file
    which was read all the same, of ``read_severity``. ``{file}`` is its name, ``{why}`` the reason."""
    topics = frozenset(rule.params.get("topics", ()))
    read = Severity.of(rule.params.get("read_severity", rule.severity.key))
    hits = []
    for submission in book.submissions:
        name = submission.path.rpartition("/")[2]
        if submission.status == "unreadable":
            reason = submission.reason or ""
            details = complete(rule, {"file": name, "why": reason_text(reason, submission.detail)})
            hits.append(PlaceHit((Place(submission.path),), reason, details))
        for note in submission.notes:
            if note.topic in topics:
                place = Place(submission.path, note.detail.get("sheet"), note.row, note.column)
                details = complete(rule, {"file": name, "why": _words(note)})
                hits.append(PlaceHit((place,), note.topic, details, int(read)))
    return {"": PlaceHits(tuple(hits), checked=len(book.submissions))}


def _words(note: Note) -> Text:
    """The note in words, formats by their names."""
    detail = dict(note.detail)
    if "format" in detail:
        detail["format"] = FORMAT_NAMES.get(detail["format"], detail["format"])
    return note_text(note.topic, detail)


CHECK = Check(
    name="unreadable",
    parameters={"topics": Parameter(list), "read_severity": Parameter(str)},
    on_book=run,
)

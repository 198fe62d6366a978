"""What intake noticed about the layout of a sheet: hidden rows, headers of two meanings, …

``topics`` maps a topic of ``intake`` notes to the words the message uses for it, which may name values
of the note's own detail. Notes of one sheet make one issue; ``per: file`` gathers the sheets of a file.
"""

from __future__ import annotations

from collections.abc import Mapping

from lbt_audit.checks.base import Check, Outcome, Parameter
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.checks.places import complete, listed_texts, worded
from lbt_audit.frames.book import Book
from lbt_audit.intake.table import Note
from lbt_audit.model.rule import Rule
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text

_Source = tuple[str, str | None]


def run(rule: Rule, book: Book) -> Mapping[str, Outcome] | None:
    """One issue per sheet (or file) with notes of these topics; ``{what}`` says what, ``{count}`` how many."""
    topics: Mapping[str, Mapping[str, str]] = rule.params["topics"]
    hits = note_hits(rule, book, topics, whole_file=rule.params.get("per", "sheet") == "file")
    return {"": PlaceHits(tuple(hits), checked=len(book.sources))}


def note_hits(
    rule: Rule, book: Book, topics: Mapping[str, Mapping[str, str]], *, whole_file: bool = False
) -> list[PlaceHit]:
    """One issue per sheet (or file) with notes of ``topics``; a topic may carry a ``severity`` of its own,
    the gravest of an issue's counts."""
    found: dict[_Source, list[tuple[str | None, Note]]] = {}
    for path, sheet, note in _notes(rule, book):
        if note.topic in topics:
            found.setdefault((path, None if whole_file else sheet), []).append((sheet, note))
    hits = []
    for (path, sheet), notes in found.items():
        places = tuple(_place(path, own, note) for own, note in notes)
        words = dict.fromkeys(worded(Text.of(topics[note.topic]), note.detail) for _, note in notes)
        detail: dict[str, str | Text] = {
            "what": listed_texts(words),
            "count": str(len(notes)),
            "sheet": sheet or "",
        }
        told = {note.topic for _, note in notes}
        grades = [Severity.of(topics[t]["severity"]) for t in told if "severity" in topics[t]]
        key = "|".join((*sorted(told), sheet or ""))
        hits.append(PlaceHit(places, key, complete(rule, detail), max(grades, default=0)))
    return hits


def _notes(rule: Rule, book: Book) -> list[tuple[str, str | None, Note]]:
    """(path, sheet, note) of every note in a table of the rule's kinds, or about a file."""
    found: list[tuple[str, str | None, Note]] = []
    for submission in book.submissions:
        found += [(submission.path, note.detail.get("sheet"), note) for note in submission.notes]
        for table in submission.tables:
            if not rule.tables or table.kind in rule.tables:
                found += [(table.path, table.sheet, note) for note in table.notes]
    return found


def _place(path: str, sheet: str | None, note: Note) -> Place:
    return Place(path, sheet, note.row, note.column, note.field)


CHECK = Check(
    name="layout",
    parameters={
        "topics": Parameter(dict, required=True),
        "per": Parameter(str, default="sheet"),
    },
    on_book=run,
)

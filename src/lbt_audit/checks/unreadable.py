"""Files that could not be read, and files that are not what their name says."""

from __future__ import annotations

from collections.abc import Mapping

from lbt_audit.checks.base import Check, Outcome, Parameter
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.checks.places import complete, worded
from lbt_audit.frames.book import Book
from lbt_audit.model.rule import Rule
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text


def run(rule: Rule, book: Book) -> Mapping[str, Outcome] | None:
    from lbt_audit.intake.reasons import reason_text

    """One issue per unreadable file; a file read all the same (``topics``) is one of lesser severity."""
    topics: Mapping[str, Mapping[str, str]] = rule.params.get("topics", {})
    read = Severity.of(rule.params.get("read_severity", rule.severity.key))
    hits = []
    for submission in book.submissions:
        place = (Place(submission.path),)
        name = submission.path.rpartition("/")[2]
        if submission.status == "unreadable":
            why = reason_text(submission.reason or "", submission.detail)
            hits.append(PlaceHit(place, submission.reason or "", complete(rule, {"file": name, "why": why})))
        for note in submission.notes:
            if note.topic in topics:
                why = worded(Text.of(topics[note.topic]), note.detail)
                details = complete(rule, {"file": name, "why": why})
                hits.append(PlaceHit(place, note.topic, details, int(read)))
    return {"": PlaceHits(tuple(hits), checked=len(book.submissions))}


CHECK = Check(
    name="unreadable",
    parameters={"topics": Parameter(dict), "read_severity": Parameter(str)},
    on_book=run,
)

"""What came to light when a file or sheet was read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from lbt_audit.checks.base import Check, Outcome, Word
from lbt_audit.checks.files.cells import error_cells, long_cells, repeated_cells
from lbt_audit.checks.files.tables import by_file, is_about, sheet_place, tables_of
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.checks.issue_rows import place_of, rows_in_words
from lbt_audit.frames.book import Book
from lbt_audit.intake.reasons import FORMAT_NAMES, NOTES, note_text, reason_text
from lbt_audit.intake.table import Note
from lbt_audit.links.issue_lists import Entry, IssueLists
from lbt_audit.model.cell import LONGEST
from lbt_audit.model.kind import Kind
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text, filled, listed, quoted
from lbt_audit.rulebook.flaw import unknown
from lbt_audit.rulebook.params import AnyFieldName, Params, SeverityName
from lbt_audit.values.column import UNLISTED


class Topic(Params):
    """How a thing noticed is told: its text, which may hold what is known of it, and its severity."""

    zh: str = Field("", description="the Chinese text; without one the words of the reading are used")
    en: str = Field("", description="the English text")
    severity: SeverityName | None = Field(None, description="in place of the rule's")


NOTED = (
    *NOTES, "kind_not_audited", "several_dates", "missing_fact", "empty_register", "ambiguous_header", "duplicate_field",
    "headerless_column", "hidden_sheet", "hidden_rows", "hidden_columns", "sparse_rows", "unnamed_header",
    "unread_children", "unconfirmed_children", "plain_list", "plain_list_like", "others_left_out", "copied_characters",
    "child_in_several_rows", "child_rows_disagree", "side_by_side",
)  # fmt: skip
"""Topics of notes the reading makes."""


def _is_noticed(topic: str) -> str:
    if topic not in (*_OBSERVE, "empty_form", *NOTED):
        raise unknown("这种发现", "topic", topic, (*_OBSERVE, "empty_form", *NOTED))
    return topic


TopicName = Annotated[str, AfterValidator(_is_noticed)]


class Sheets(Params):
    topics: Mapping[TopicName, Topic] = Field(
        min_length=1,
        description="what is told: notes of the reading (intake/reasons.py, and those of layout and headers), and "
        "unreadable (a file that could not be read), empty (registers without records), empty_form (forms nobody "
        "filled in), repeated (cells that say “as above” or were merged over several records), errors (formulas that "
        "ended in an error), long_cells (cells with too much text to be looked at), without_issue (rows of a list of issues "
        "of which nobody can say which issue they mean)",
    )
    beside: SeverityName | None = Field(
        None, description="severity of an empty register where others of its kind in the file hold records"
    )
    per: Literal["note", "sheet"] = Field(
        "sheet", description="notes of one sheet make one issue, or each its own"
    )
    except_: tuple[AnyFieldName, ...] = Field(
        (), alias="except", description="columns that may repeat, as they only order the sheet"
    )


def run(rule: Rule[Sheets], book: Book) -> Mapping[str, Outcome] | None:
    """What reading a file brought to light: hidden rows, headers of two meanings, rows left out, damaged parts; and
    files that cannot be read, registers without records, cells that say “as above”, formulas that failed. The rule
    names the topics and words each."""
    topics = rule.params.topics
    hits = [hit for topic, observe in _OBSERVE.items() if topic in topics for hit in observe(rule, book)]
    hits += _notes(rule, book)
    checked = sum(1 for _ in tables_of(rule, book)) if rule.tables else len(book.sources)
    return {"": PlaceHits(tuple(hits), checked=checked)} if checked or hits else None


def _hit(
    rule: Rule[Sheets], topic: str, key: str, places: Sequence[Place], values: Mapping[str, str | Text]
) -> PlaceHit:
    """One issue of one topic."""
    details = {**_details(places), **values}
    words = rule.params.topics[topic]
    if words.zh:
        details["what"] = filled(Text(words.zh, words.en), details)
    return PlaceHit(tuple(places), key, details, int(words.severity or 0))


def _details(places: Sequence[Place]) -> dict[str, str | Text]:
    first = places[0]
    return {"count": str(len(places)), "sheet": first.sheet or "", "file": first.path.rpartition("/")[2]}


def _unreadable(rule: Rule[Sheets], book: Book) -> Iterator[PlaceHit]:
    for submission in book.submissions:
        if submission.status == "unreadable":
            reason = submission.reason or ""
            told = {"what": reason_text(reason, submission.detail)}
            yield _hit(rule, "unreadable", reason, [Place(submission.path)], told)


def _empty(rule: Rule[Sheets], book: Book) -> Iterator[PlaceHit]:
    for (_, kind), tables in by_file(rule, book).items():
        empty = [t for t in tables if not len(t) and not t.nameless]
        if not empty:
            continue
        form = any(t.form for t in tables)
        samples = sum(len(t.template_rows) for t in empty)
        values: dict[str, str | Text] = {
            "sheets": quoted(dict.fromkeys(f"{t.path}:{t.sheet}" if form else t.sheet for t in empty)),
            "samples": filled(rule.words["samples"], {"rows": str(samples)}) if samples else "",
        }
        topic = "empty_form" if form and "empty_form" in rule.params.topics else "empty"
        hit = _hit(rule, topic, kind, [sheet_place(t) for t in empty], values)
        beside = rule.params.beside if len(empty) < len(tables) else None
        yield replace(hit, severity=int(beside)) if beside else hit


def _repeated(rule: Rule[Sheets], book: Book) -> Iterator[PlaceHit]:
    for table in tables_of(rule, book):
        places = repeated_cells(table, rule.params.except_)
        if places:
            rows = {"rows": str(len({p.row for p in places}))}
            yield _hit(rule, "repeated", f"{table.kind}|{table.sheet}", places, rows)


def _errors(rule: Rule[Sheets], book: Book) -> Iterator[PlaceHit]:
    for table in tables_of(rule, book):
        places = error_cells(table)
        if places:
            counts = Counter(p.value or "" for p in places)
            names = {name: Text(name, name) if name else rule.words["uncomputed"] for name in counts}
            words = [
                Text(f"{names[name].zh}×{n}", f"{names[name].en} ×{n}")
                for name, n in sorted(counts.items(), reverse=True)
            ]
            yield _hit(rule, "errors", f"{table.kind}|{table.sheet}", places, {"errors": listed(words)})


def _long(rule: Rule[Sheets], book: Book) -> Iterator[PlaceHit]:
    for table in tables_of(rule, book):
        # Where a list of options is given, a long text is simply none of them (C16).
        frame = book.frames[table.kind]
        options = [f for f in table.columns if f in frame.fields and UNLISTED in frame.kind_of(f).faults]
        places = long_cells(table, options)
        if places:
            limit = {"limit": str(LONGEST)}
            yield _hit(rule, "long_cells", f"long_cells|{table.kind}|{table.sheet}", places, limit)


def _without_issue(rule: Rule[Sheets], book: Book) -> Iterator[PlaceHit]:
    """Rows of lists of issues of which nobody can say which issue they mean; what they owe by their own words is L02's,
    and whoever is on no list any more needs no number."""
    unknown_rows = defaultdict[tuple[str, str], list[Entry]](list)
    for entry in IssueLists.of(book).entries:
        gone = entry.answer == "done" and entry.named and entry.child is None and bool(entry.rules)
        if not entry.known and not entry.owed and not gone:
            unknown_rows[entry.table.path, entry.table.sheet].append(entry)
    for (_, sheet), entries in unknown_rows.items():
        said = {"rows": rows_in_words(entries)}
        hit = _hit(rule, "without_issue", f"without_issue|{sheet}", [place_of(e) for e in entries], said)
        yield replace(hit, unit=entries[0].table.unit)


_OBSERVE: Mapping[str, Callable[[Rule[Sheets], Book], Iterator[PlaceHit]]] = {
    "unreadable": _unreadable,
    "empty": _empty,
    "repeated": _repeated,
    "errors": _errors,
    "long_cells": _long,
    "without_issue": _without_issue,
}


def _notes(rule: Rule[Sheets], book: Book) -> list[PlaceHit]:
    """Notes of one sheet (or each note) as one issue; the gravest decides."""
    topics = rule.params.topics
    found: dict[tuple[object, ...], list[tuple[Place, Note]]] = {}
    for number, (path, sheet, note) in enumerate(_noted(rule, book)):
        if note.topic in topics:
            group: tuple[object, ...] = (path, sheet) if rule.params.per == "sheet" else (number,)
            group = (path, note.topic) if "sheets" in note.detail else group  # told once for the file
            found.setdefault(group, []).append((Place(path, sheet, note.row, note.column, note.field), note))
    hits = []
    for entries in found.values():
        places = tuple(place for place, _ in entries)
        told = sorted({note.topic for _, note in entries})
        words = dict.fromkeys(_told(topics[note.topic], note, book.kinds) for _, note in entries)
        key = "|".join((*told, places[0].sheet or "")) if rule.params.per == "sheet" else told[0]
        severity = max(int(topics[topic].severity or 0) for topic in told)
        hits.append(PlaceHit(places, key, {**_details(places), "what": listed(words)}, severity))
    return hits


def _noted(rule: Rule[Sheets], book: Book) -> Iterator[tuple[str, str | None, Note]]:
    """(path, sheet, note) of every note in a table of the rule's kinds, or about a file."""
    for submission in book.submissions:
        for note in submission.notes:
            yield submission.path, note.detail.get("sheet"), note
        for table in submission.tables:
            if is_about(rule, table, book):
                for note in table.notes:
                    yield table.path, table.sheet, note


def _told(topic: Topic, note: Note, kinds: Mapping[str, Kind]) -> Text:
    """The note in the rule's words, or in those of the reading; formats and kinds of register by their names."""
    if topic.zh:
        named = {key: kinds[value].title for key, value in note.detail.items() if key == "kind"}
        return filled(Text(topic.zh, topic.en), {**note.detail, **named})
    detail = dict(note.detail)
    if "format" in detail:
        detail["format"] = FORMAT_NAMES.get(detail["format"], detail["format"])
    return note_text(note.topic, detail)


CHECK = Check(
    name="sheets",
    params=Sheets,
    crosses="county",
    details={
        "what": "the text of the topic, or of all topics of the sheet",
        "count": "notes, cells or sheets",
        "sheet": "the sheet",
        "file": "the file, without its folders",
    },
    words={
        "samples": Word("sample rows left out of an empty register (`{samples}`)", ("rows",), required=False),
        "uncomputed": Word("a formula nobody computed (in `{errors}`)", required=False),
    },
    about="places",
    on_book=run,
)

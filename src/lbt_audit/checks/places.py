"""What checks about files and sheets share: which tables, which cells, how lists are worded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from string import Formatter

from lbt_audit.checks.hits import Place
from lbt_audit.frames.book import Book
from lbt_audit.intake.table import Submission, Table
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text

NONE = Text("无", "none")
FORM = "child_form"


def tables_of(rule: Rule, book: Book) -> Iterator[tuple[Submission, Table]]:
    """Every table of the kinds the rule is about (all kinds where it names none), in file order."""
    for submission in book.submissions:
        for table in submission.tables:
            if not rule.tables or table.kind in rule.tables:
                yield submission, table


def by_file(rule: Rule, book: Book) -> dict[tuple[str, str], list[Table]]:
    """Tables of the rule by (what was handed in together, kind)."""
    files: dict[tuple[str, str], list[Table]] = {}
    for _, table in tables_of(rule, book):
        files.setdefault((handed_in(table), table.kind), []).append(table)
    return files


def handed_in(table: Table) -> str:
    """The file; for forms their unit, as what they lack they mostly lack together, one to a child or file."""
    return f"@{table.unit.path}" if table.kind == FORM else table.path


def header_row(table: Table) -> int | None:
    """The last header row: the one the columns' own titles stand in."""
    return table.header_rows[-1] if table.header_rows else None


def sheet_place(table: Table, field: str | None = None) -> Place:
    """The sheet itself, or its header row where a field without a column is meant."""
    return Place(table.path, table.sheet, header_row(table) if field else None, None, field)


def header_place(table: Table, field: str) -> Place:
    """The header cell of ``field``, which the table must have."""
    column = table.columns[field]
    return Place(table.path, table.sheet, header_row(table), column.index, field, column.header)


def listed(words: Iterable[str]) -> Text:
    """Words one after the other; ``NONE`` if there are none."""
    items = list(words)
    return Text("、".join(items), ", ".join(items)) if items else NONE


def listed_texts(texts: Iterable[Text]) -> Text:
    items = list(texts)
    return Text("、".join(t.zh for t in items), ", ".join(t.en for t in items)) if items else NONE


def quoted(words: Iterable[str]) -> Text:
    """Raw texts of a file, each in quotation marks."""
    items = [f"“{' '.join(w.split())}”" for w in words]
    return listed(items)


def complete(rule: Rule, details: Mapping[str, str | Text]) -> dict[str, str | Text]:
    """``details`` with an empty text for every other placeholder of the rule's message, but for
    those the engine fills itself."""
    names = {name for _, name, _, _ in Formatter().parse(rule.message.zh) if name}
    own = {n for n in names if n not in ("fields", "as_of") and not n.startswith("param.")}
    return {**dict.fromkeys(sorted(own), ""), **details}


def worded(template: Text, detail: Mapping[str, str]) -> Text:
    """``template`` with the values of a note; placeholders without a value are left out."""
    known = _Blank({k: str(v) for k, v in detail.items()})
    return Text(template.zh.format_map(known), template.en.format_map(known))


def worded_text(template: Text, detail: Mapping[str, str | Text]) -> Text:
    """``template`` with values that are words in either language."""
    zh = {k: v.zh if isinstance(v, Text) else v for k, v in detail.items()}
    en = {k: v.en if isinstance(v, Text) else v for k, v in detail.items()}
    return Text(template.zh.format_map(_Blank(zh)), template.en.format_map(_Blank(en)))


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""

"""Headers that are not the unified form's: other names for its columns, and columns of one's own."""

from __future__ import annotations

from collections.abc import Mapping

from lbt_audit.checks.base import Check, Outcome
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.checks.places import by_file, complete, header_place, header_row, listed_texts, quoted
from lbt_audit.frames.book import Book
from lbt_audit.intake.table import Table, Unmapped
from lbt_audit.model.location import column_letter
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text

_SEVERAL = 3


def run(rule: Rule, book: Book) -> Mapping[str, Outcome] | None:
    """One issue per file and kind of register: ``{renamed}`` and ``{extra}`` list the raw headers."""
    hits, checked = [], 0
    for (_, kind), tables in by_file(rule, book).items():
        checked += len(tables)
        renamed = [(t, field) for t in tables for field, c in t.columns.items() if _is_alias(t, field)]
        extra = [(t, u) for t in tables for u in t.unmapped if _is_extra(u) and not _is_second(t, u)]
        if not renamed and not extra:
            continue
        places = [header_place(t, field) for t, field in renamed]
        places += [Place(t.path, t.sheet, header_row(t), u.index, None, u.header) for t, u in extra]
        details = complete(
            rule,
            {
                "renamed": quoted(dict.fromkeys(t.columns[field].header for t, field in renamed)),
                "extra": listed_texts(dict.fromkeys(_named(u) for _, u in extra)),
                "count": str(len(renamed) + len(extra)),
            },
        )
        hits.append(PlaceHit(tuple(places), kind, details))
    return {"": PlaceHits(tuple(hits), checked=checked)} if checked else None


def _is_extra(column: Unmapped) -> bool:
    """A column of one's own; without a header it takes several cells to be one, not a stray note."""
    return column.samples >= (1 if column.header.strip() else _SEVERAL)


def _is_second(table: Table, column: Unmapped) -> bool:
    """A second column of a field the table already has: A03 reports it."""
    return any(
        n.topic in ("duplicate_field", "ambiguous_header") and n.column == column.index for n in table.notes
    )


def _named(column: Unmapped) -> Text:
    header = " ".join(column.header.split())
    if header:
        return Text(f"“{header}”", f"“{header}”")
    letter = column_letter(column.index)
    return Text(f"{letter}列（无栏名）", f"column {letter} (no header)")


def _is_alias(table: Table, field: str) -> bool:
    return table.columns[field].match == "alias"


CHECK = Check(name="renamed_column", on_book=run)

"""Rows of lists of issues handed in, as places and in words."""

from __future__ import annotations

from collections.abc import Sequence

from lbt_audit.checks.hits import Place
from lbt_audit.links.issue_lists import Entry
from lbt_audit.model.text import Text, listed

_NAMED = 10


def place_of(entry: Entry) -> Place:
    """The cell of its answer, else of its deadline or problem."""
    table, field = entry.table, entry.field
    at = entry.position
    if field is None:
        return Place(table.path, table.sheet, int(table.rows[at]))
    column = table.columns[field]
    return Place(
        table.path, table.sheet, int(table.rows[at]), column.index, field, column.text[at].as_py() or None
    )


def rows_in_words(entries: Sequence[Entry]) -> Text:
    """第5、8行; of many the first ten, with their sheets where there are several."""
    sheets: dict[tuple[str, str], list[str]] = {}
    for entry in entries[:_NAMED]:
        row = int(entry.table.rows[entry.position])
        sheets.setdefault((entry.table.path, entry.table.sheet), []).append(str(row))
    several = len({(e.table.path, e.table.sheet) for e in entries}) > 1
    parts = [
        Text(
            f"{f'“{sheet}”' if several else ''}第{'、'.join(rows)}行",
            f"{f'“{sheet}” ' if several else ''}row{'s' if len(rows) > 1 else ''} {', '.join(rows)}",
        )
        for (_, sheet), rows in sheets.items()
    ]
    return listed([*parts, *(["…"] if len(entries) > _NAMED else [])])

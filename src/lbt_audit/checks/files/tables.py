"""What checks about files and sheets share: which tables, and where in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lbt_audit.checks.hits import Place
from lbt_audit.frames.book import Book
from lbt_audit.intake.table import Table
from lbt_audit.model.rule import Rule


def tables_of(rule: Rule[Any], book: Book) -> Iterator[Table]:
    """Every table of the kinds the rule is about, in file order."""
    for submission in book.submissions:
        for table in submission.tables:
            if is_about(rule, table, book):
                yield table


def is_about(rule: Rule[Any], table: Table, book: Book) -> bool:
    """Whether the rule is about the table: its kind is named, or none is and it answers no list of issues."""
    return table.kind in rule.tables if rule.tables else not book.kinds[table.kind].answers


def by_file(rule: Rule[Any], book: Book) -> dict[tuple[str, str], list[Table]]:
    """Tables of the rule by (what was handed in together, kind)."""
    files: dict[tuple[str, str], list[Table]] = {}
    for table in tables_of(rule, book):
        files.setdefault((handed_in(table), table.kind), []).append(table)
    return files


def handed_in(table: Table) -> str:
    """The file; for forms their unit, as what they lack they mostly lack together, one to a child or file."""
    return f"@{table.unit.path}" if table.form else table.path


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

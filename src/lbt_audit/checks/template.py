"""The unified form a kind of table is held against."""

from __future__ import annotations

from lbt_audit.frames.book import Book
from lbt_audit.resources import data_dir
from lbt_audit.schemas.tables import TableSchema, load_tables


def schema_of(kind: str, book: Book | None = None) -> TableSchema | None:
    """The schema of a kind of table: the one the book was read with, else the built-in one (read once per
    process); None where there is none."""
    if book is not None and book.schemas:
        return book.schemas.get(kind)
    return load_tables(data_dir("schemas")).get(kind)

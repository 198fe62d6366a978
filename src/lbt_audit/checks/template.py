"""The unified form a kind of table is held against."""

from __future__ import annotations

from lbt_audit.resources import data_dir
from lbt_audit.schemas.tables import TableSchema, load_tables


def schema_of(kind: str) -> TableSchema | None:
    """The schema of a kind of table (read once per process); None where there is none."""
    return load_tables(data_dir("schemas")).get(kind)

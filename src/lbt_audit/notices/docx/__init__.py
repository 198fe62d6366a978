"""A small writer of official documents (GB/T 9704 layout) as .docx: the same content, the same bytes."""

from lbt_audit.notices.docx.document import Document, Table

__all__ = ["Document", "Table"]

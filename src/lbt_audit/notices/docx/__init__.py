"""Official documents (GB/T 9704 layout) as .docx, by python-docx: the same content, the same bytes."""

from lbt_audit.notices.docx.table import NO_BREAK, Table

__all__ = ["NO_BREAK", "Table"]

"""A change as a screen or page may show it."""

from __future__ import annotations

from lbt_audit.model.field import Field
from lbt_audit.model.location import column_letter
from lbt_audit.model.run import Mask
from lbt_audit.repairs.find import Change
from lbt_audit.values.mask import mask_value


def masked(change: Change, field: Field, mask: Mask) -> tuple[str, str]:
    """What stood in the cell and what stands there now, masked."""
    # A day of birth may stand in the next line: beside it the end of a number would be the number.
    level: Mask = "full" if field.privacy == "id" and mask == "partial" else mask
    return mask_value(change.before, field.privacy, level), mask_value(change.after, field.privacy, level)


def place(change: Change) -> str:
    """``花名册!F7``"""
    return f"{change.sheet}!{column_letter(change.column)}{change.row}"

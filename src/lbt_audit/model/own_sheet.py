"""Sheets this program puts into workbooks, known again wherever they are handed in: the list of issues in annotated
copies, the notes and options of blank forms."""

from __future__ import annotations

from typing import Final

from lbt_audit.model.text import Text

TITLE: Final = Text(
    "核查批注（lbt-audit 生成，不属于报送内容）",
    "Audit notes (made by lbt-audit, no part of what is handed in)",
)
"""What its first cell begins with, whatever program has saved the workbook since and under whatever name."""
TEMPLATE: Final = Text(
    "填表说明（lbt-audit 生成，不属于报送内容）",
    "Notes on this form (made by lbt-audit, no part of what is handed in)",
)
"""Likewise of the sheets of a blank form that hold no records."""
NAME: Final = Text("核查批注", "Audit notes")
"""Of the sheet, and of the defined name that leads back to it; numbered where a workbook has such a one."""
AUTHOR: Final = "lbt-audit"
"""Of the notes in copies."""
SEPARATOR: Final = "──── lbt-audit ────"
"""Stands in a note between what was there and what was added."""


def is_own_sheet(first_cell: str) -> bool:
    """Whether a sheet with this first cell is one of ours."""
    return first_cell.strip().startswith((TITLE.zh, TITLE.en, TEMPLATE.zh, TEMPLATE.en))

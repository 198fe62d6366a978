"""A small, fast writer of styled workbooks: rows are made as text by Arrow, a column at a time.

Half a million rows of 18 columns take seconds, where cell-by-cell writers take minutes.
"""

from lbt_audit.reports.xlsx.book import Book
from lbt_audit.reports.xlsx.cells import Counts, Dates, Empty, Inline, Links, Numbers, Words
from lbt_audit.reports.xlsx.sheet import Cell, Sheet, Validation
from lbt_audit.reports.xlsx.style import Style
from lbt_audit.reports.xlsx.text import MAX_ROWS, sheet_names

__all__ = [
    "MAX_ROWS",
    "Book",
    "Cell",
    "Counts",
    "Dates",
    "Empty",
    "Inline",
    "Links",
    "Numbers",
    "Sheet",
    "Style",
    "Validation",
    "Words",
    "sheet_names",
]

"""Whether a sheet is a form of labels and values rather than a list under headers."""

from __future__ import annotations

from typing import Literal

from lbt_audit.intake.sheets.headers.rows import WEAK, HeaderFinder
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.model.characters import simplified
from lbt_audit.model.dictionary import Dictionary

FORM_ROWS = 80  # a form for one child is no longer,
FORM_COLUMNS = 60  # and no wider
_LONG, _SHORT = 6, 4  # rows with labels, no two alike, that make a form; that do under its title

Likeness = Literal["long", "short", ""]


def form_like(sheet: Sheet, dictionary: Dictionary) -> Likeness:
    """Whether a sheet looks like a form of one record, or many of them one below the other: labels and values side
    by side over many rows; over a few (``short``) where the title is that of such a form."""
    if sheet.rows < _SHORT or sheet.width > FORM_COLUMNS:
        return ""
    finder = HeaderFinder(sheet, dictionary)
    kinds: dict[int, tuple[str, ...]] = {}
    paired = 0  # rows in which a value, or room for one, follows a label
    headed = False  # labels side by side: the header of a list, whose values (家访, 班主任) may be labels elsewhere
    for row in range(min(sheet.rows, FORM_ROWS)):
        if row == 15 and len(set(kinds.values())) < _SHORT:
            return ""
        cells = [(c, finder.form_words(t)) for c, t in sheet.cells(row)]
        words = [word for _, found in cells for word in found if word not in WEAK]
        if words:
            kinds[row] = tuple(words)
            labels = {c for c, found in cells if found}
            beside = len(labels & {c - 1 for c in labels})
            paired += 2 * beside <= len(labels)
            headed |= beside >= _LONG - 1
    rows = sorted(kinds)
    if not rows or len(rows) * 2 < rows[-1] - rows[0] + 1 or _counted(sheet):
        return ""
    if len(set(kinds.values())) >= _LONG:
        return "long"
    return "short" if paired >= _SHORT and not headed and _titled(sheet, dictionary) else ""


def _counted(sheet: Sheet) -> bool:
    """Whether half of the rows begin with the numbers 1, 2, 3 …: records of a list, whatever words stand in them."""
    last, rows = 0, min(sheet.rows, FORM_ROWS)
    for row in range(rows):
        column, text = next(iter(sheet.cells(row)), (-1, ""))
        if column == 0 and text.strip() == str(last + 1):
            last += 1
    return last >= _SHORT and last * 2 >= rows


def _titled(sheet: Sheet, dictionary: Dictionary) -> bool:
    """Whether the title, or the sheet's name, has the words of a kind that comes as forms."""
    titles = [t for row in range(min(sheet.rows, 3)) if sheet.count[row] <= 2 for _, t in sheet.cells(row)]
    text = simplified("".join("".join(t.split()) for t in (*titles, sheet.grid.sheet)))
    return any(word in text for kind in dictionary.forms for word in kind.signature.titles)

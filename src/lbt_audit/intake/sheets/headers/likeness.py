"""Whether a sheet is a form of labels and values rather than a list under headers."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import Literal, NamedTuple

from lbt_audit.intake.sheets.headers.rows import WEAK, HeaderFinder
from lbt_audit.intake.sheets.sheet import Sheet, places
from lbt_audit.model.characters import simplified
from lbt_audit.model.dictionary import Dictionary

FORM_ROWS = 80  # a form for one child is no longer,
FORM_COLUMNS = 60  # and no wider
_BEGUN = 15  # rows that show whether it may be one
_LONG, _SHORT = 6, 4  # rows with labels, no two alike, that make a form; that do under its title

Likeness = Literal["long", "short", ""]


def form_like(sheet: Sheet, dictionary: Dictionary) -> Likeness:
    """Whether a sheet looks like a form of one record, or many of them one below the other: labels and values side
    by side over many rows; over a few (``short``) where the title is that of such a form."""
    if sheet.rows < _SHORT or sheet.width > FORM_COLUMNS:
        return ""
    finder = HeaderFinder(sheet, dictionary)
    looked = min(sheet.rows, FORM_ROWS)
    layout = (sheet.filled[:looked].tobytes("F"), looked, sheet.width)
    begun = _words(finder, 0, min(_BEGUN, looked))
    if looked > _BEGUN and _seen(layout, begun).kinds < _SHORT:
        return ""
    seen = _seen(layout, begun + _words(finder, _BEGUN, looked))
    if not seen.dense or _counted(sheet):
        return ""
    if seen.kinds >= _LONG:
        return "long"
    return "short" if seen.paired >= _SHORT and not seen.headed and _titled(sheet, dictionary) else ""


class _Seen(NamedTuple):
    """What a form shows by where its words stand."""

    kinds: int  # rows with labels, no two alike
    paired: int  # rows in which a value, or room for one, follows a label
    headed: (
        bool  # labels side by side: the header of a list, whose values (家访, 班主任) may be labels elsewhere
    )
    dense: bool  # labels in half of the rows


def _words(finder: HeaderFinder, begin: int, end: int) -> tuple[tuple[str, ...], ...]:
    """The labels of every cell of these rows."""
    return tuple(finder.form_words(text) for text in finder.sheet.texts_of(begin, end))


@lru_cache(1024)
def _seen(layout: tuple[bytes, int, int], words: tuple[tuple[str, ...], ...]) -> _Seen:
    """``layout``: which cells of the first rows are filled; ``words``: the labels of these cells, perhaps of the first
    ones only. Forms are printed alike."""
    kinds: dict[int, tuple[str, ...]] = {}
    paired, headed = 0, False
    for row, cells in groupby(zip(places(*layout), words, strict=False), key=lambda cell: cell[0][0]):
        line = [(column, found) for (_, column, _), found in cells if found]
        strong = tuple(word for _, found in line for word in found if word not in WEAK)
        if strong:
            kinds[row] = strong
            labels = {column for column, _ in line}
            beside = len(labels & {column - 1 for column in labels})
            paired += 2 * beside <= len(labels)
            headed |= beside >= _LONG - 1
    dense = bool(kinds) and len(kinds) * 2 >= max(kinds) - min(kinds) + 1
    return _Seen(len(set(kinds.values())), paired, headed, dense)


def _counted(sheet: Sheet) -> bool:
    """Whether half of the rows begin with the numbers 1, 2, 3 …: records of a list, whatever words stand in them."""
    last, rows = 0, min(sheet.rows, FORM_ROWS)
    if not any(text.strip() == "1" for text in sheet.texts_of(0, rows)):
        return False
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

"""What a form says in one field: a text, a ticked option, a number with a box for each digit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lbt_audit.intake.forms.cells import Cell
from lbt_audit.intake.sheets.ticks import chosen, is_mark
from lbt_audit.model.regex import regex

_UNFILLED = regex(r"[\s_＿年月日:：.．]*")  # what a blank form has printed where the value goes
_CHOICES = frozenset({"code", "codes", "yes_no"})


class Item(NamedTuple):
    """What a form says in one field; ``at`` is the value's position in the grid, None where it is blank."""

    text: str
    at: tuple[int, int] | None
    row: int
    column: int
    header: str
    match: str


def item_of(
    kind: str, region: Sequence[tuple[Cell, str]], blank: tuple[int, int], header: str, match: str
) -> Item:
    """The value of a field of this ``kind`` in the cells ``region``, each with its part of the text."""
    texts = [text for _, text in region]
    if len(texts) > 1 and kind in _CHOICES and any(map(is_mark, texts)):
        text = " ".join(texts)  # each option, and each tick, in a cell of its own
    elif len(texts) > 1 and all(len(t.strip()) <= 1 for t in texts):
        text = "".join(t.strip() for t in texts)  # a number with a box for each digit
    else:
        text = texts[0] if texts else ""
    if kind in _CHOICES:
        text = chosen(text, kind == "codes") or text
    if not region or _UNFILLED.fullmatch(text):
        row, column = (region[0][0].top, region[0][0].left) if region else blank
        return Item("", None, row, column, header, match)
    cell = region[0][0]
    return Item(text, (cell.at, cell.left), cell.top, cell.left, header, match)

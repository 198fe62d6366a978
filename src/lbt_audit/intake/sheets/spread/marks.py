"""A column per day of a month, with a mark for presence, leave or truancy: an attendance sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow.compute as pc

from lbt_audit.intake.sheets.headers.numbered import day_headers
from lbt_audit.intake.sheets.layout import Block
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.intake.sheets.spread.run import Path, Run, whole
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.regex import regex

TRUANT, LEAVE, PRESENT, BLANK, CLOSED = "旷假到空休"
"""What a day says: absent without leave, on leave, there, nothing, nothing of anybody."""

_FIELD = "absence_marks"
_LEAST = 5  # columns of days
_TOPIC = regex(r"考勤|出勤|到校|晨检|午检|点名|旷课|缺勤")
_MONTH = regex(r"(?:(20\d\d)\s*[年.\-/]\s*)?(1[0-2]|0?[1-9])\s*月")
_YEAR = regex(r"20\d\d")
_SIGNS = {
    **dict.fromkeys(["×", "x", "X", "✗", "✕", "✘", "旷", "旷课", "K", "k"], TRUANT),
    **dict.fromkeys(["√", "✓", "✔", "到", "v", "V", "1", "/", "｜", "|", "出勤", "正常"], PRESENT),
}
_LEGEND = regex(
    r"旷课?(?:记|为|用|[:：=])?(?P<after>[^\s\w，,、；;：:。（）()])|(?P<before>[^\s\w，,、；;：:。（）()])旷课?"
)


def marks(sheet: Sheet, block: Block, paths: Sequence[Path], dictionary: Dictionary) -> Iterator[Run]:
    """The days of an attendance sheet as one value: ``2026-10-01 休到到旷旷…``, one character a day; ``0000-00``
    where no month is given."""
    texts = [sheet.grid.sheet, *_outside(sheet, block)]
    if _FIELD not in dictionary.fields or not any(_TOPIC.search(text) for text in texts):
        return
    found = _days(sheet, block)
    columns = sorted(found)
    if len(columns) < _LEAST:
        return
    year, month = _month(texts, [found[c][0] for c in columns])
    truant = _truant(texts)
    said = [
        {
            entry["values"].strip(): entry["counts"]
            for entry in pc.value_counts(sheet.take(c, block.data)).to_pylist()
        }
        for c in columns
    ]
    there = any(_sign(text, truant) == PRESENT for texts_ in said for text in texts_)
    closed = [there and not any(texts_.keys() - {""}) for texts_ in said]
    days = [found[c][1] for c in columns]

    def join(cells: Sequence[str]) -> str:
        line = [CLOSED] * (days[-1] - days[0] + 1)
        for day, cell, shut in zip(days, cells, closed, strict=True):
            line[day - days[0]] = CLOSED if shut else _sign(cell, truant)
        return f"{year:04d}-{month:02d}-{days[0]:02d} {''.join(line)}"

    yield Run(columns, (dictionary.fields[_FIELD].titles[0],), join)


def _outside(sheet: Sheet, block: Block) -> list[str]:
    rows = (*block.titles, *block.outside)
    return [cell for row in rows for c in range(sheet.width) if (cell := sheet.cell(row, c))]


def _days(sheet: Sheet, block: Block) -> dict[int, tuple[int, int]]:
    """Column → (month or 0, day), by the row between title and records that numbers the most days; what says no
    more than numbers is no header to others."""
    rows = range(block.header[0], int(block.data[0]) if len(block.data) else block.header[-1] + 1)
    return max((day_headers(sheet.cells(row)) for row in rows), key=len, default={})


def _month(texts: Sequence[str], stated: Sequence[int]) -> tuple[int, int]:
    month = max(set(stated), key=stated.count)
    year = next((int(m[0]) for text in texts if (m := _YEAR.search(text))), 0)
    for text in texts:
        match = _MONTH.search(text)
        if match and not month:
            return int(match[1] or year), int(match[2])
    return (year, month) if year and month else (0, 0)


def _truant(texts: Sequence[str]) -> frozenset[str]:
    """The signs of truancy by the legend of the sheet; those usual where it has none."""
    signs = [m["before"] or m["after"] for text in texts for m in _LEGEND.finditer(text)]
    usual = {sign for sign in signs if _SIGNS.get(sign) == TRUANT}
    return frozenset(usual or signs[:1])


def _sign(cell: str, truant: frozenset[str]) -> str:
    text = whole(cell.strip())
    if not text:
        return BLANK
    if text in truant or "旷" in text:
        return TRUANT
    known = _SIGNS.get(text, LEAVE)
    return (
        LEAVE if known == TRUANT and truant and text not in truant and text not in ("x", "X", "×") else known
    )

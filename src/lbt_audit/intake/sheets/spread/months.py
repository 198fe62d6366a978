"""A column per month of visits, with a √, a day or a word in it: every month is a visit of its own (domain.md I.8).

Such a column becomes a numbered visit (第9次走访时间), its cells the days they mean; ``side_by_side`` then makes records of
them. Without a year the date stays without one: it is the newest that is not after the audit's day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from lbt_audit.intake.sheets import ticks
from lbt_audit.intake.sheets.headers.levels import Levels
from lbt_audit.intake.sheets.layout import Block
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.model.cell import CellKind
from lbt_audit.model.dictionary import normalise_header
from lbt_audit.model.regex import regex

_VISITED = r"(?:家访|走访|入户|回访|访视)"
_MONTH = regex(
    rf"(?:(?P<year>20\d\d)[年.\-/]?)?(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?(?P<what>{_VISITED}(?:时间|日期|情况|记录)?)?"
)
_NUMBERS = {
    n: i
    for i, n in enumerate(("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"), 1)
}
_YEAR = regex(r"(20\d\d)\s*(?:[-—~至]\s*(?P<to>20\d\d)\s*)?(?:年|学年|[.\-/])")
_DAY = regex(r"(\d{1,2})(?:\.0)?[日号]?")
_NONE = regex(r"[无未没否不×xX✗✘/\\—－-].*|0(?:\.0)?(?:次)?")
_COUNT = 4  # visits in a month; higher figures are days


def month_columns(sheet: Sheet, block: Block, titles: Sequence[str]) -> tuple[Sheet, Block]:
    """The sheet and block with such columns as numbered visits. ``titles``: what stands above the header, and the
    sheet's name."""
    months = _months(block.levels.paths, re.search(_VISITED, "".join(titles)) is not None)
    if len(months) < 2 or not len(block.data):
        return sheet, block
    kinds = np.array(sheet.grid.kinds, order="F")
    text, paths = list(sheet.text), list(block.levels.paths)
    cells = {c: sheet.take(c, block.data).to_pylist() for c in months}
    figures = [int(m[1]) for column in cells.values() for t in column if (m := _DAY.fullmatch(t.strip()))]
    days = max(figures, default=0) > _COUNT
    for number, (column, (said, month)) in enumerate(months.items(), 1):
        year = said or _year(month, titles)
        known = {
            t: _day(t.strip(), f"{year}年{month}月" if year else f"{month}月", days)
            for t in set(cells[column])
        }
        own = [known[t] for t in cells[column]]
        texts = text[column].to_pylist()
        for row, value in zip(block.data.tolist(), own, strict=True):
            texts[row] = value
        text[column] = pa.array(texts, pa.string())
        kinds[block.data, column] = np.where([bool(t) for t in own], CellKind.TEXT, CellKind.BLANK)
        paths[column] = (f"第{number}次走访时间",)
    return Sheet(replace(sheet.grid, text=text, kinds=kinds)), replace(block, levels=Levels(tuple(paths)))


def _months(paths: Sequence[tuple[str, ...]], titled: bool) -> Mapping[int, tuple[int, int]]:
    """Column → (year or 0, month) of the columns that are a month of visits."""
    found = {}
    for column, path in enumerate(paths):
        match = _MONTH.fullmatch(normalise_header(path[-1])) if path else None
        if match is None:
            continue
        about = titled or match["what"] or re.search(_VISITED, "".join(path[:-1]))
        above = next((m[1] for p in path[:-1] if (m := _YEAR.search(p))), "0")
        if about and (len(path) == 1 or re.search(rf"{_VISITED}|20\d\d|时间|情况|月份", path[-2])):
            month = match["month"]
            found[column] = (int(match["year"] or above), _NUMBERS.get(month) or int(month))
    return found


def _year(month: int, titles: Sequence[str]) -> int:
    """The year a title gives; of a school year (2026-2027学年) the one the month lies in; 0 where none does."""
    for title in titles:
        match = _YEAR.search(title)
        if match is not None:
            later = match["to"] is not None and month < 8
            return int(match["to"] if later else match[1])
    return 0


def _day(text: str, month: str, days: bool) -> str:
    """What a cell of a month says: the day of a visit, or the month alone; "" where there was none."""
    if not text or (ticks.is_mark(text) and not ticks.is_tick(text)) or _NONE.fullmatch(text):
        return ""
    match = _DAY.fullmatch(text)
    if match is not None:
        return f"{month}{match[1]}日" if days or not text[-1].isdigit() else month
    return text if re.search(r"\d{1,2}\s*[月.\-/]\s*\d{1,2}|20\d\d", text) else month

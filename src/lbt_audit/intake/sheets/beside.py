"""Small tables beside the register: counts per grade, lists of codes, with a blank column between."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from lbt_audit.intake.sheets.headers.mapping import find_field
from lbt_audit.intake.sheets.layout import Block, find_blocks
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.regex import regex

_PERSON = frozenset({"child_name", "id_no"})  # what such a table has no column for
_COUNTS = regex(
    r"\s*(?:(?:总|合|小|共)\s*计|(?:总|合计)?人\s*数|数量|占比|比例|百分比|代码|编码|选项|含义|填写说明)[:：]?\s*"
)
_FEW = 2  # fields of a register that such a table may name: 年级, 性别
_LOOKED_AT = 200  # rows; such tables are short
_ID = regex(r"\d{17}[\dXx]")


def without_tables_beside(sheet: Sheet, dictionary: Dictionary) -> tuple[Sheet, list[Block]]:
    """The sheet without such tables, and the registers in it from the top down."""
    blocks = find_blocks(sheet, dictionary)
    found = [(columns, block) for block in blocks if (columns := columns_beside(sheet, block, dictionary))]
    if not found:
        return sheet, blocks
    for columns, block in reversed(found):  # from the bottom up: rows that fall blank are gone
        sheet = sheet.without(columns, block.header[0], _end(block))
    return sheet, find_blocks(sheet, dictionary)


def columns_beside(sheet: Sheet, block: Block, dictionary: Dictionary) -> list[int]:
    """Columns that blank columns part from the register of ``block`` and that say nothing about its children.

    Such a part has no field the register lacks, or counts and codes are what it holds.
    """
    parts = _parts(sheet, block)
    if len(parts) < 2:
        return []
    fields = [_fields(part, block, dictionary) for part in parts]
    main = max(range(len(parts)), key=lambda i: len(fields[i]))
    beside: list[int] = []
    for i, part in enumerate(parts):
        if i == main or fields[i] & _PERSON:
            continue
        texts = [text for column in part for text in _texts(sheet, block, column)]
        if any(map(_ID.search, texts)):
            continue
        counts = len(fields[i]) <= _FEW and any(map(_COUNTS.fullmatch, texts))
        if counts or (fields[i] <= fields[main] and any(block.levels.paths[c] for c in part)):
            beside += part
    return beside


def _fields(part: list[int], block: Block, dictionary: Dictionary) -> set[str]:
    """Fields of a child's record that the headers name; figures of statistics are none."""
    found = [find_field(block.levels.paths[c], dictionary) for c in part if block.levels.paths[c]]
    return {f[0] for f in found if f is not None and not f[0].startswith("stat_")}


def _parts(sheet: Sheet, block: Block) -> list[list[int]]:
    """Runs of columns with anything in them, from the header to the last record."""
    filled = sheet.filled[block.header[0] : _end(block)].any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], filled, [False])).astype(np.int8)))
    return [list(range(a, b)) for a, b in list(pairwise(edges.tolist()))[::2]]


def _texts(sheet: Sheet, block: Block, column: int) -> list[str]:
    rows = range(block.header[0], min(_end(block), block.header[0] + _LOOKED_AT))
    return [text for r in rows if (text := sheet.cell(r, column))]


def _end(block: Block) -> int:
    return int(max([block.header[-1], *block.data[-1:].tolist()])) + 1

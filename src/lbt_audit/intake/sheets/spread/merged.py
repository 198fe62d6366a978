"""A header over several columns: a number with a box per digit, a value in pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import pyarrow.compute as pc

from lbt_audit.intake.sheets.layout import Block
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.intake.sheets.spread.dates import date_of
from lbt_audit.intake.sheets.spread.run import NUMBERED, PLACES, Join, Path, Run, field_of, whole
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.field import Field


def merged(sheet: Sheet, block: Block, paths: Sequence[Path], dictionary: Dictionary) -> Iterator[Run]:
    """A header merged over columns that have none of their own."""
    for path, columns in groupby(range(len(paths)), key=lambda c: paths[c]):
        run = list(columns)
        field = field_of(path, dictionary) if len(run) > 1 and _one_cell(sheet, block, run) else None
        if field is not None:
            yield Run(run, path, _join_of(field, len(run)))


def _one_cell(sheet: Sheet, block: Block, run: Sequence[int]) -> bool:
    """Whether a merged header cell reaches over all columns of the run."""
    numbers = {int(sheet.numbers[r]) for r in block.header}
    merges = sheet.merges
    over = merges[(merges[:, 1] <= run[0]) & (merges[:, 3] >= run[-1])]
    return any(
        n in numbers for top, _, bottom, _ in over.tolist() for n in range(top, min(bottom, top + 9) + 1)
    )


def boxes(sheet: Sheet, block: Block, paths: Sequence[Path], dictionary: Dictionary) -> Iterator[Run]:
    """A number whose digits go on in columns without a header, as where merges are lost (CSV)."""
    for column, path in enumerate(paths):
        end = column + 1
        while end < len(paths) and not paths[end] and end - column < 20 and _single(sheet, block, end):
            end += 1
        if end - column > 5 and _single(sheet, block, column):
            field = field_of(path, dictionary)
            if field is not None and field.kind in NUMBERED:
                yield Run(range(column, end), path, "".join)


def _single(sheet: Sheet, block: Block, column: int) -> bool:
    """Whether the cells of a column hold one character each."""
    lengths = pc.utf8_length(pc.utf8_trim_whitespace(sheet.take(column, block.data)))
    return bool(pc.max(lengths).as_py() == 1)


def _join_of(field: Field, columns: int) -> Join:
    if field.kind == "date":
        return date_of if columns in (2, 3) else "".join
    if field.kind in NUMBERED:
        return _number
    return "".join if field.kind in PLACES | {"name"} else lambda cells: " ".join(filter(None, cells))


def _number(cells: Sequence[str]) -> str:
    """Digits of one number, or several whole numbers."""
    return (
        "、".join(filter(None, cells)) if sum(len(c) >= 7 for c in cells) > 1 else "".join(map(whole, cells))
    )

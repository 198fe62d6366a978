"""Header rows → one path of header levels per column, through merged cells and lost merges."""

from __future__ import annotations

import numpy as np

from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.model.dictionary import Dictionary, bare_header, normalise_header
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex

# Parts of a date or an address: with options, all that may stand under a header over several columns.
_PARTS = frozenset(
    {
        "年", "月", "日", "年份", "月份", "省", "市", "县", "区", "市(州)", "县(区)", "县(市、区)", "县(市)", "乡镇", "乡(镇)",
        "镇", "村", "村(社区)", "村(居)", "组", "村民组", "村民小组", "详细地址", "门牌号", "其他", "其它",
    }
)  # fmt: skip
_MONTH = regex(r"(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?")
_NUMBER = regex(r"\s*\d{1,3}(?:\.0)?\s*")


def is_choice(text: str, dictionary: Dictionary) -> bool:
    """Whether a word is an option of some field, a month, or a part of a date or an address, and so may stand as a header
    under the field's own."""
    word = normalise_header(text)
    return word in _PARTS or _MONTH.fullmatch(word) is not None or word.lower() in dictionary.options


@dataclass(frozen=True)
class Levels:
    """``paths``: column → header levels from the top down; () where the column has no header."""

    paths: tuple[tuple[str, ...], ...]

    def leaf(self, column: int) -> str:
        path = self.paths[column]
        return path[-1] if path else ""


def build_levels(sheet: Sheet, rows: tuple[int, ...], dictionary: Dictionary) -> Levels:
    """Paths of all columns of the header ``rows`` (positions, top down)."""
    rows = tuple(r for r in rows if not _is_numbering(sheet, r))
    matrix = [["" for _ in range(sheet.width)] for _ in rows]
    for i, row in enumerate(rows):
        for column, text in sheet.cells(row):
            matrix[i][column] = text
    spans = _spread_merges(sheet, rows, matrix)
    _spread_lost_merges(matrix, spans, dictionary)
    paths: list[tuple[str, ...]] = []
    headed = [c for c in range(sheet.width) if any(line[c].strip() for line in matrix)]
    for column in range(sheet.width):
        path: list[str] = []
        for line in matrix:
            text = line[column]
            if text.strip() and (not path or normalise_header(path[-1]) != normalise_header(text)):
                path.append(text)
        paths.append(tuple(path))
    # A line over the whole table (a subtitle) is no group.
    while (
        len(headed) > 3
        and paths[headed[0]]
        and all(len(paths[c]) > 1 and paths[c][0] == paths[headed[0]][0] for c in headed)
    ):
        paths = [p[1:] for p in paths]
    return Levels(tuple(paths))


def _is_numbering(sheet: Sheet, row: int) -> bool:
    return all(_NUMBER.fullmatch(text) for _, text in sheet.cells(row))


def _spread_merges(sheet: Sheet, rows: tuple[int, ...], matrix: list[list[str]]) -> set[tuple[int, int]]:
    """Give every cell of a merged range its text; returns the (level, column) cells merged sideways."""
    spans: set[tuple[int, int]] = set()
    if not rows:
        return spans
    numbers = [int(sheet.numbers[r]) for r in rows]
    at = {n: i for i, n in enumerate(numbers)}
    merges = sheet.merges
    near = merges[(merges[:, 0] <= numbers[-1]) & (merges[:, 2] >= numbers[0])]
    for top, left, bottom, right in near.tolist():
        levels = [at[n] for n in range(top, bottom + 1) if n in at]
        if not levels or left >= sheet.width:
            continue
        text = matrix[levels[0]][left] if top in at else ""
        for level in levels:
            for column in range(left, min(right, sheet.width - 1) + 1):
                if text:
                    matrix[level][column] = text
                if right > left:
                    spans.add((level, column))
    return spans


def _spread_lost_merges(matrix: list[list[str]], spans: set[tuple[int, int]], dictionary: Dictionary) -> None:
    """In CSV files, and where clerks unmerge, a group header stands over its first column only: it goes
    on to the right as long as nothing stands above the leaf headers there."""
    for i in range(len(matrix) - 1):
        line = matrix[i]
        below = ["".join(cells) for cells in zip(*matrix[i + 1 :], strict=True)]
        for column, text in enumerate(list(line)):
            if not text.strip() or (i, column) in spans or not below[column].strip():
                continue
            name = normalise_header(text)
            known = name in dictionary.group_of or bare_header(text) in dictionary.group_of
            known |= name in dictionary.printed_groups
            known |= name in dictionary.full and is_choice(below[column], dictionary)
            if not known and not name.endswith(("情况", "信息")):
                continue
            right = column + 1
            while right < len(line) and not line[right].strip() and below[right].strip():
                if i and matrix[i - 1][right] != matrix[i - 1][column]:
                    break
                line[right] = text
                right += 1


def header_samples(sheet: Sheet, data: np.ndarray) -> list[int]:
    """Non-blank cells of each column in the records."""
    if not len(data):
        return [0] * sheet.width
    return [int(n) for n in sheet.filled[data].sum(axis=0)]

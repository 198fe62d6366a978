"""Where a statistics table lies in a sheet: its header, its lines and its figures.

Both ways round: units below each other under headers, or things counted below each other, with one unit or several
side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from lbt_audit.intake.sheets.facts import labels_in
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.intake.statistics.figures import looks_like_number
from lbt_audit.intake.statistics.words import Lexicon, plain
from lbt_audit.model.cell import CellKind
from lbt_audit.model.dictionary import Dictionary, normalise_header
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex

MOST_ROWS = 3000  # a county's villages and schools fit; a longer sheet is a list
_NOTE = regex(r"^(?:注|备注|说明|附注|填表说明|填报说明|勾稽关系|逻辑关系|指标解释)(?:\d*[:：.、．]|$)")
_ORDER = frozenset({"序号", "行次", "栏次", "列次", "编号", "代码", "NO", "行政区划代码", "区划代码", "序"})
_NUMBERING = regex(r"[(（\[]?(\d{1,3})(?:\.0)?[)）\]]?|(\d{1,3})\s*[=＝].*")
_MARKS = frozenset(
    {"甲", "乙", "丙", "丁", "栏次", "列次", "栏", "序号", "栏目", "行次", "—", "-", "/", "编号"}
)
_FIGURE = regex(r"\d|^[\s—–\-/／无]*$")
_ORDINAL = regex(r"[(（]?[\d一二三四五六七八九十.]+[)）、.]?")
_SENTENCE = 24  # characters; a label of a line is shorter


@dataclass(frozen=True)
class Block:
    """One table in a sheet. Rows and columns are positions in the grid.

    ``head``: header path of every figure column; ``labels``: what stands before the figures of every line, from left to
    right, merged cells filled down; ``numbers``: the number of a column or line where they are numbered; ``printed``:
    formulas that stand in the row of numbers.
    """

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    head: tuple[tuple[str, ...], ...]
    labels: tuple[tuple[str, ...], ...]
    column_numbers: tuple[int | None, ...]
    row_numbers: tuple[int | None, ...]
    printed: tuple[str, ...]
    header_rows: tuple[int, ...]
    outside: tuple[int, ...]
    end: int


class BlockFinder:
    """Finds the tables of a sheet from the top down."""

    def __init__(self, sheet: Sheet, dictionary: Dictionary, words: Lexicon) -> None:
        self.sheet = sheet
        self.dictionary = dictionary
        self.words = words
        self.cells = [dict(sheet.cells(row)) for row in range(sheet.rows)]
        kinds = sheet.grid.kinds
        self.numeric = [
            {c for c, text in cells.items() if looks_like_number(text, int(kinds[row, c]))}
            for row, cells in enumerate(self.cells)
        ]
        for row in range(sheet.rows):  # formulas nobody computed hold no text
            for c in np.flatnonzero(kinds[row] == CellKind.UNCOMPUTED).tolist():
                self.cells[row].setdefault(c, "")
                self.numeric[row].add(c)

    def blocks(self) -> Iterator[Block]:
        start = 0
        while start < self.sheet.rows:
            block = self._block(start)
            if block is None:
                return
            yield block
            start = block.end

    def _block(self, start: int) -> Block | None:
        first = next((r for r in range(start, self.sheet.rows) if self._is_data(r, start)), None)
        if first is None:
            return None
        head = self._head(first, start)
        numbering = next((r for r in range(start, first) if self._is_numbering(r)), None)
        rows, end = self._lines(first)
        ordering = {c for row in head for c, t in self.cells[row].items() if normalise_header(t) in _ORDER}
        columns = self._columns(rows, head, ordering)
        if not columns:
            return self._block(end) if end < self.sheet.rows else None
        paths = self._paths(head)
        numbers, printed = self._numbers(numbering, columns)
        titles = range(start, head[0] if head else first)
        return Block(
            rows=tuple(rows),
            columns=tuple(columns),
            head=tuple(paths.get(c, ()) for c in columns),
            labels=tuple(self._labels(rows, columns[0], ordering)),
            column_numbers=numbers,
            row_numbers=tuple(self._row_number(r, ordering) for r in rows),
            printed=printed,
            header_rows=head,
            outside=(*titles, *(r for r in range(first, end) if r not in set(rows)), *self._notes(end)),
            end=end,
        )

    def _is_data(self, row: int, start: int) -> bool:
        """A line of figures: numbers beside a label, under a header or beside a thing that is counted."""
        numeric = self.numeric[row]
        if not numeric or self._is_numbering(row):
            return False
        label = next((t for c, t in self.cells[row].items() if c not in numeric and t.strip()), "")
        if not label or labels_in(label, self.dictionary) or _NOTE.match("".join(label.split())):
            return False
        if self.words.knows(label):
            return True
        above = range(max(start, row - 8), row)
        return len(numeric) >= 2 and any(self._is_head(r) for r in above)

    def _is_head(self, row: int) -> bool:
        """Words of statistics headers side by side."""
        texts = [t for c, t in self.cells[row].items() if c not in self.numeric[row] and t.strip()]
        known = [t for t in texts if self.words.knows(t)]
        return len(texts) >= 2 and bool(known) and not any(labels_in(t, self.dictionary) for t in texts)

    def _is_numbering(self, row: int) -> bool:
        """The row that numbers the columns: 甲 1 2 3 …, or 1=2+5+8 in place of 1."""
        texts = [t.strip() for t in self.cells[row].values() if t.strip()]
        found = [_NUMBERING.fullmatch(t) for t in texts]
        numbers = [int(m[1] or m[2]) for m in found if m]
        marks = [t for t, m in zip(texts, found, strict=True) if not m]
        if len(numbers) < 3 or numbers[0] > 2 or not all(t in _MARKS for t in marks):
            return False
        steps = {b - a for a, b in pairwise(numbers)}
        return steps == {1} or (bool(marks) and min(steps) > 0)  # with 甲, columns may have been left out

    def _head(self, first: int, start: int) -> tuple[int, ...]:
        rows: list[int] = []
        for row in range(first - 1, start - 1, -1):
            if self._is_numbering(row):
                continue
            if not self._is_head(row):
                inside = rows and self._inside_header(row, rows[-1])
                if not inside:
                    break
            rows.append(row)
        return tuple(reversed(rows))

    def _inside_header(self, row: int, below: int) -> bool:
        """A level with words of its own kind (乡镇、民政口径 …) over a header row."""
        texts = [t for c, t in self.cells[row].items() if c not in self.numeric[row] and t.strip()]
        near = self.sheet.numbers[below] - self.sheet.numbers[row] <= 1
        short = all(len(t) <= _SENTENCE for t in texts)
        facts = any(labels_in(t, self.dictionary) for t in texts)
        return bool(near) and len(texts) >= 2 and short and not facts

    def _lines(self, first: int) -> tuple[list[int], int]:
        rows: list[int] = []
        row = first
        while row < self.sheet.rows:
            if self._ends(row):
                break
            if not self._is_numbering(row) and not self._is_again(row):
                rows.append(row)
            row += 1
        return rows, row

    def _ends(self, row: int) -> bool:
        texts = [t for c, t in self.cells[row].items() if c not in self.numeric[row] and t.strip()]
        if not texts:
            return False
        label = "".join(texts[0].split())
        if _NOTE.match(label) or labels_in(texts[0], self.dictionary):
            return True
        if self.numeric[row]:
            return False
        return len(label) > _SENTENCE or (len(texts) >= 2 and self._is_head(row) and not self._is_again(row)) or (
            len(texts) == 1 and "统计" in label
        )  # fmt: skip

    def _is_again(self, row: int) -> bool:
        """The page header once more."""
        mine = {normalise_header(t) for t in self.cells[row].values()}
        return not self.numeric[row] and any(
            len(mine & {normalise_header(t) for t in self.cells[r].values()}) * 2 > len(mine)
            for r in range(max(0, row - 400), row)
            if not self.numeric[r]
        )

    def _columns(self, rows: list[int], head: tuple[int, ...], ordering: set[int]) -> list[int]:
        """Columns of figures: mostly numbers; or under a known header, nothing that could be a name."""
        found: list[int] = []
        for c in range(self.sheet.width):
            if c in ordering:
                continue
            filled = [r for r in rows if self.cells[r].get(c, "").strip() or c in self.numeric[r]]
            numeric = sum(1 for r in filled if c in self.numeric[r])
            known = bool(found) and any(self.words.knows(self.cells[r].get(c, "")) for r in head)
            figures = all(_FIGURE.search(self.cells[r][c]) for r in filled if c not in self.numeric[r])
            if (numeric and numeric * 2 >= len(filled)) or (known and figures):
                found.append(c)
        return found

    def _paths(self, head: tuple[int, ...]) -> dict[int, tuple[str, ...]]:
        """Header levels of every column, through merged cells and lost merges."""
        levels = [dict(self.cells[row]) for row in head]
        numbers = {int(self.sheet.numbers[row]): i for i, row in enumerate(head)}
        merged: set[tuple[int, int]] = set()
        for top, left, bottom, right in self.sheet.merges.tolist():
            inside = [numbers[n] for n in range(top, bottom + 1) if n in numbers]
            if not inside:
                continue
            text = levels[inside[0]].get(left, "") if top in numbers else ""
            for i in inside:
                for c in range(left, right + 1):
                    merged.add((i, c))
                    if text:
                        levels[i][c] = text
        for i, level in enumerate(levels[:-1]):
            self._spread(level, levels[i + 1 :], {c for j, c in merged if j == i}, levels[:i])
        paths = {}
        for c in range(self.sheet.width):
            path: list[str] = []
            for level in levels:
                text = level.get(c, "").strip()
                if text and (not path or plain(path[-1]) != plain(text)):
                    path.append(text)
            paths[c] = tuple(path)
        return paths

    def _spread(
        self,
        level: dict[int, str],
        below: list[dict[int, str]],
        merged: set[int],
        above: list[dict[int, str]],
    ) -> None:
        """A group header whose merge was lost goes on to the right as long as nothing stands above the leaves there."""
        for c in range(1, self.sheet.width):
            if level.get(c, "").strip() or c in merged or not level.get(c - 1, "").strip():
                continue
            leaf, before = ("".join(low.get(k, "") for low in below).strip() for k in (c, c - 1))
            same = all(up.get(c, "") == up.get(c - 1, "") for up in above)
            if leaf and before and same:
                level[c] = level[c - 1]

    def _labels(self, rows: list[int], first: int, ordering: set[int]) -> Iterator[tuple[str, ...]]:
        """The texts before the figures; a cell merged downwards, or left blank under one, says what stands above."""
        before = list(range(first))
        last: dict[int, str] = {}
        for row in rows:
            texts = {c: self.cells[row].get(c, "").strip() for c in before}
            # Of a column of running numbers only the 合计 that stands in it is a label.
            texts = {c: t if c not in ordering or not _ORDINAL.fullmatch(t) else "" for c, t in texts.items()}
            filled = [c for c in before if texts[c]]
            for c in before:
                if texts[c]:
                    last = {k: t for k, t in last.items() if k < c} | {c: texts[c]}
                elif filled and c < filled[-1] and c in last:
                    texts[c] = last[c]
            yield tuple(t for t in texts.values() if t)

    def _numbers(self, row: int | None, columns: list[int]) -> tuple[tuple[int | None, ...], tuple[str, ...]]:
        if row is None:
            return tuple(None for _ in columns), ()
        found = {c: _NUMBERING.fullmatch(t.strip()) for c, t in self.cells[row].items()}
        numbers = tuple(int(m[1] or m[2]) if (m := found.get(c)) else None for c in columns)
        printed = tuple(t for c, t in self.cells[row].items() if (m := found.get(c)) and m[2])
        return numbers, printed

    def _row_number(self, row: int, ordering: set[int]) -> int | None:
        texts = (self.cells[row].get(c, "").strip().removesuffix(".0") for c in sorted(ordering))
        return next((int(t) for t in texts if t.isdigit() and len(t) < 4), None)

    def _notes(self, end: int) -> list[int]:
        """Rows under the table up to the next one, or the end of the sheet."""
        rows = []
        for row in range(end, self.sheet.rows):
            if self._is_data(row, end):
                break
            rows.append(row)
        return rows

"""Where the header, the records and everything else stand in a sheet.

Only rows near the top (and rows that look like a header further down) are looked at one by one; the
rest is classified column by column, so a sheet of a million rows costs no more than its columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.facts import has_label
from lbt_audit.intake.header_block import Levels, build_levels
from lbt_audit.intake.sheet import Sheet
from lbt_audit.model.dictionary import Dictionary, bare_header, normalise_header

HEAD = 40  # rows in which a header must begin
MAX_LEVELS = 5
FORM_ROWS = 80  # a form for one child is no longer

# Header words that are just as often values, and so say nothing about a row.
_WEAK = frozenset(
    {
        "男", "女", "父", "母", "父亲", "母亲", "父母", "爷爷", "奶奶", "外公", "外婆", "姥姥", "姥爷", "祖父", "祖母",
        "外祖父", "外祖母", "孤儿", "儿童", "学生", "留守儿童", "重病", "慢性病", "健康", "寄宿", "住校", "监护人",
        "家长", "帮扶人", "组", "村", "单位", "合计", "总计", "小计", "人数", "数量",
    }
)  # fmt: skip
_SUBTOTAL = r"^.{0,12}(?:小计|合计|总计|共计)(?:[:：（(\d共人名].{0,12})?$"
_NOTE = r"^(?:注|备注|说明|附注|注意|注意事项|填表说明|填写说明|填报说明)(?:\d*[:：.、．]|$)"
_SAMPLE = r"^[（(【]?(?:示例|样例|范例|填写示例|填表示例|例|举例|样表|填写要求)(?:[)）】:：\d]|$)|[（(](?:示例|样例|例)[)）]"
_LABELLED = r"^[^:：]{1,16}[:：]"
_BLANKS = r"[\s\x{3000}\x{00a0}\x{200b}-\x{200f}\x{feff}]+"


@dataclass(frozen=True)
class Block:
    """One table in a sheet; rows are positions in the grid.

    ``outside`` holds titles, unit and date lines, notes and signatures; ``subtotals`` and
    ``repeated`` (page headers within the data) are neither records nor facts.
    """

    levels: Levels
    header: tuple[int, ...]
    data: np.ndarray
    outside: tuple[int, ...]
    titles: tuple[int, ...]  # rows above the header
    samples: tuple[int, ...] = ()
    subtotals: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()


def find_blocks(sheet: Sheet, dictionary: Dictionary) -> list[Block]:
    """The tables of a sheet from the top down; none where no row looks like a header."""
    finder = _Finder(sheet, dictionary)
    blocks: list[Block] = []
    start, head = 0, finder.header(0, min(HEAD, sheet.rows))
    while head is not None:
        following = finder.next_header(head)
        end = sheet.rows if following is None else following[0]
        blocks.append(finder.block(start, head, end))
        if following is None:
            break
        start = end
        head = finder.header(start, min(end + HEAD, sheet.rows))
    return blocks


def is_form(sheet: Sheet, dictionary: Dictionary) -> bool:
    """Whether a sheet is a form for one child: labels and values side by side over many rows."""
    if sheet.rows > FORM_ROWS or sheet.rows < 6:
        return False
    finder = _Finder(sheet, dictionary)
    kinds: dict[int, tuple[str, ...]] = {}
    for row in range(sheet.rows):
        if row == 15 and len(set(kinds.values())) < 4:
            return False
        words = [normalise_header(t) for _, t in sheet.cells(row) if finder.is_word(t) or finder.is_choice(t)]
        words = [word for word in words if word not in _WEAK]
        if words:
            kinds[row] = tuple(words)
    if len(set(kinds.values())) < 6:
        return False
    rows = sorted(kinds)
    return len(rows) * 2 >= rows[-1] - rows[0] + 1


class _Finder:
    def __init__(self, sheet: Sheet, dictionary: Dictionary) -> None:
        self.sheet = sheet
        self.dictionary = dictionary
        self.words = dictionary.words
        self._hits: dict[int, tuple[int, int, int]] = {}

    def is_word(self, text: str) -> bool:
        if len(text) > 40 or text.rstrip().endswith((":", "：")):
            return False
        return normalise_header(text) in self.words or bare_header(text) in self.words

    def is_choice(self, text: str) -> bool:
        return "(" in text.replace("（", "(") and any(w in text for w in ("( )", "(√)", "（ ）", "□", "☑"))

    def hits(self, row: int) -> tuple[int, int, int]:
        """(header words that are no values, header words, non-blank cells) of a row."""
        found = self._hits.get(row)
        if found is None:
            strong = every = cells = 0
            for _, text in self.sheet.cells(row):
                cells += 1
                if self.is_word(text):
                    every += 1
                    strong += normalise_header(text) not in _WEAK
            found = self._hits[row] = (strong, every, cells)
        return found

    def leafish(self, row: int) -> bool:
        strong, every, cells = self.hits(row)
        return strong >= 2 and (every * 2 >= cells or (strong >= 4 and every * 4 >= cells))

    def header(self, start: int, stop: int) -> tuple[int, ...] | None:
        """Positions of the header rows of the first table from ``start`` on."""
        sheet = self.sheet
        first = next((r for r in range(start, stop) if self.leafish(r)), None)
        if first is None:
            return None
        rows = [first]
        while rows[0] > start and len(rows) < MAX_LEVELS and self._above(rows[0] - 1):
            rows.insert(0, rows[0] - 1)
        last = self._merged_down(rows)
        while rows[-1] + 1 < sheet.rows and len(rows) < MAX_LEVELS:
            row = rows[-1] + 1
            if sheet.numbers[row] <= last or self._below(row, rows):
                rows.append(row)
            else:
                break
        row = rows[-1] + 1
        if row < sheet.rows and self._numbered(row):
            rows.append(row)
        return tuple(rows)

    def _above(self, row: int) -> bool:
        """A row of group headers over the header row."""
        _, every, cells = self.hits(row)
        return (
            every >= 1 and every * 2 >= cells and self.sheet.numbers[row + 1] - self.sheet.numbers[row] <= 2
        )

    def _below(self, row: int, above: list[int]) -> bool:
        strong, every, cells = self.hits(row)
        if self.sheet.numbers[row] - self.sheet.numbers[row - 1] > 2 or every == 0:
            return False
        same = {normalise_header(t) for _, t in self.sheet.cells(row)}
        if same == {normalise_header(t) for _, t in self.sheet.cells(above[-1])}:
            return False  # the header twice: the second is a page header
        leaf = every * 2 >= cells and (strong >= 1 or every == cells)
        # A lower level leaves out the columns whose header stands above.
        upper = set(np.flatnonzero(self.sheet.filled[above[-1]]).tolist())
        missing = upper - set(np.flatnonzero(self.sheet.filled[row]).tolist())
        return leaf and (bool(missing) or strong >= 2)

    def _merged_down(self, rows: list[int]) -> int:
        """The last row number down to which header cells are merged."""
        numbers = {int(self.sheet.numbers[r]) for r in rows}
        last = int(self.sheet.numbers[rows[-1]])
        for top, _, bottom, _ in self.sheet.merges.tolist():
            if top in numbers and bottom - top < MAX_LEVELS:
                last = max(last, bottom)
        return last

    def _numbered(self, row: int) -> bool:
        """The row that numbers the columns: 1 2 3 …"""
        values = [text.strip() for _, text in self.sheet.cells(row)]
        digits = [int(float(v)) if v.replace(".", "", 1).isdigit() and len(v) < 6 else None for v in values]
        numbers = [d for d in digits if d is not None]
        if len(numbers) < 3 or len(numbers) + 2 < len(values):
            return False
        return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 2

    def next_header(self, head: tuple[int, ...]) -> tuple[int, ...] | None:
        """The header of another table further down: other words than this one's."""
        sheet = self.sheet
        begin = head[-1] + 1
        if begin >= sheet.rows:
            return None
        words = _strong_words(self.words)
        columns = [c for c in range(sheet.width) if sheet.filled[list(head), c].any()][:8]
        score = np.zeros(sheet.rows - begin, np.int32)
        for column in columns:
            score += pc.is_in(sheet.text[column].slice(begin), value_set=words).to_numpy(zero_copy_only=False)
        own = [self._signature(r) for r in head]
        for at in (np.flatnonzero(score >= 3) + begin).tolist():
            if self.leafish(at) and not any(_alike(self._signature(at), s) for s in own):
                found = self.header(at, at + 1)
                if found is None:
                    continue
                top = found[0]
                while top > begin and sheet.count[top - 1] <= 2 and self._is_title(top - 1):
                    top -= 1
                return (top, *found)
        return None

    def _is_title(self, row: int) -> bool:
        text = sheet_text = self.sheet.first_text(np.array([row]))[0]
        return len(sheet_text) >= 4 and not text.strip().isdigit()

    def _signature(self, row: int) -> frozenset[str]:
        return frozenset(normalise_header(t) for _, t in self.sheet.cells(row))

    def block(self, start: int, head: tuple[int, ...], end: int) -> Block:
        sheet = self.sheet
        rows = np.arange(head[-1] + 1, end)
        repeated = self._repeated(rows, head, start)
        text = pc.replace_substring_regex(_first_array(sheet, rows), _BLANKS, "")
        count = sheet.count[rows]
        special = ~repeated
        subtotal = special & _matches(text, _SUBTOTAL)
        for column in self._leading(head):
            squeezed = pc.replace_substring_regex(sheet.take(column, rows), _BLANKS, "")
            subtotal |= special & _matches(squeezed, r"^(?:小计|合计|总计|共计|本页合计|本页小计)$")
        sample = special & ~subtotal & _matches(text, _SAMPLE)
        note = special & ~subtotal & ~sample & (count <= 3) & _matches(text, _NOTE)
        labelled = special & (count <= 12) & _matches(text, _LABELLED)
        for i in np.flatnonzero(labelled & ~note).tolist():
            labelled[i] = any(has_label(t, self.dictionary) for _, t in sheet.cells(int(rows[i])))
        caption = special & (count == 1) & self._wide(rows)
        outside = note | labelled | caption
        # What follows a note in single cells goes on with it: "2.监护情况…".
        for i in np.flatnonzero(note).tolist():
            j = i + 1
            while j < len(rows) and count[j] <= 1 and not subtotal[j] and not sample[j]:
                outside[j] = True
                j += 1
        data = ~(repeated | subtotal | sample | outside)
        return Block(
            levels=build_levels(sheet, head, self.dictionary),
            header=head,
            data=rows[data],
            outside=(*range(start, head[0]), *rows[outside].tolist()),
            titles=tuple(range(start, head[0])),
            samples=tuple(rows[sample & ~outside].tolist()),
            subtotals=tuple(rows[subtotal & ~outside].tolist()),
            repeated=tuple(rows[repeated].tolist()),
        )

    def _leading(self, head: tuple[int, ...]) -> list[int]:
        """The first columns of the table, where 合计 may stand beside a number or a village."""
        return np.flatnonzero(self.sheet.filled[list(head)].any(axis=0))[:4].tolist()

    def _repeated(self, rows: np.ndarray, head: tuple[int, ...], start: int) -> np.ndarray:
        """Header, title and numbering rows printed again on every page."""
        sheet = self.sheet
        found = np.zeros(len(rows), np.bool_)
        if not len(rows):
            return found
        for row in head:
            cells = list(sheet.cells(row))[:6]
            need = max(2, int(len(cells) * 0.6 + 0.5)) if len(cells) > 1 else 1
            same = np.zeros(len(rows), np.int32)
            for column, text in cells:
                values = pa.array([text, normalise_header(text)], pa.string())
                same += pc.is_in(sheet.take(column, rows), value_set=values).to_numpy(zero_copy_only=False)
            found |= same >= need
        titles = [t for t in sheet.first_text(np.arange(start, head[0])) if len(t) >= 4]
        if titles:
            again = pc.is_in(_first_array(sheet, rows), value_set=pa.array(titles, pa.string()))
            found |= again.to_numpy(zero_copy_only=False) & (sheet.count[rows] <= 6)
        return found

    def _wide(self, rows: np.ndarray) -> np.ndarray:
        """Rows whose first cell is merged over three columns or more."""
        merges = self.sheet.merges
        wide = merges[(merges[:, 3] - merges[:, 1] >= 2) & (merges[:, 0] == merges[:, 2]), 0]
        return np.asarray(np.isin(self.sheet.numbers[rows], wide))


@lru_cache(maxsize=4)
def _strong_words(words: frozenset[str]) -> pa.Array:
    return pa.array(sorted(words - _WEAK), pa.string())


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) * 2 > min(len(one), len(other))


def _first_array(sheet: Sheet, rows: np.ndarray) -> pa.Array:
    """Text of the first non-blank cell of each row."""
    first = sheet.first[rows]
    columns = np.unique(first)
    if len(columns) == 1:
        return sheet.take(int(columns[0]), rows)
    common = int(np.bincount(first).argmax()) if len(first) else 0
    base = sheet.take(common, rows)
    for column in columns.tolist():
        if column != common:
            at = first == column
            base = pc.replace_with_mask(base, pa.array(at), sheet.text[column].take(pa.array(rows[at])))
    return base


def _matches(text: pa.Array, pattern: str) -> np.ndarray:
    return np.asarray(pc.match_substring_regex(text, pattern).to_numpy(zero_copy_only=False), np.bool_)

"""Which rows of a sheet are a header: rows of words that the dictionary knows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.sheets.facts import labels_in
from lbt_audit.intake.sheets.headers.levels import is_choice
from lbt_audit.intake.sheets.headers.mapping import ASKING, questions
from lbt_audit.intake.sheets.headers.numbered import day_headers, numbered
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.model.dictionary import Dictionary, bare_header, normalise_header
from lbt_audit.model.regex import regex

HEAD = 40  # rows in which a header must begin
MAX_LEVELS = 5
_COLUMNS = 60  # columns in which a header far down is looked for
_LEAST_DAYS = 5  # columns of days that make an attendance sheet
_REMEMBERED = 20_000  # texts of forms
_CELLS = 500  # cells of a row looked at; no register is wider

_WITHIN = regex(r"(?:^|[\s；;，,])([^\s:：；;，,。]{2,20})[:：]")
_NUMBER = regex(r"['’]?\d{17}[\dXx]")
_HEAD_FACTS = frozenset({"unit_name", "fill_date", "as_of_date"})  # the others are signed at the foot

# Header words that are just as often values, and so say nothing about a row.
WEAK = frozenset(
    {
        "男", "女", "父", "母", "父亲", "母亲", "父母", "爷爷", "奶奶", "外公", "外婆", "姥姥", "姥爷", "祖父", "祖母",
        "外祖父", "外祖母", "孤儿", "儿童", "学生", "留守儿童", "重病", "慢性病", "健康", "寄宿", "住校", "监护人",
        "家长", "帮扶人", "组", "村", "单位", "合计", "总计", "小计", "人数", "数量",
    }
)  # fmt: skip


class HeaderFinder:
    """Finds the header rows of one sheet, from the top down."""

    def __init__(self, sheet: Sheet, dictionary: Dictionary) -> None:
        self.sheet = sheet
        self.dictionary = dictionary
        self.words = dictionary.words
        self._hits: dict[int, tuple[int, int, int]] = {}
        self._labels = _labels_of(dictionary.words)  # forms are printed alike: each label is looked up once

    def is_word(self, text: str) -> bool:
        if len(text) > 40 or text.rstrip().endswith((":", "：")):
            return False
        return any(h in self.words for h in (normalise_header(text), bare_header(text))) or self._spoken(text)

    def _spoken(self, text: str) -> bool:
        """A header with the number of a record in it, or put as a question."""
        if len(text) < 4 or text.isascii():
            return False
        part = numbered(text)
        if part is not None:
            return not part[2] or part[2] in self.words
        plain = normalise_header(text)
        return ASKING.search(plain) is not None and any(q[-1] in self.words for q in questions((text,)))

    def form_words(self, text: str) -> tuple[str, ...]:
        """The labels of a form's cell: the cell as such, or those within it (姓名：张三  性别：男)."""
        found = self._labels.get(text)
        if found is None:
            found = self._form_words(text)
            if len(self._labels) < _REMEMBERED:
                self._labels[text] = found
        return found

    def _form_words(self, text: str) -> tuple[str, ...]:
        if self.is_word(text) or self.is_choice(text):
            return (normalise_header(text),)
        within = [normalise_header(label) for label in _WITHIN.findall(text)] if len(text) < 200 else []
        return tuple(label for label in within if label in self.words)

    def is_choice(self, text: str) -> bool:
        return "(" in text.replace("（", "(") and any(w in text for w in ("( )", "(√)", "（ ）", "□", "☑"))

    def hits(self, row: int) -> tuple[int, int, int]:
        """(header words that are no values, header words, non-blank cells) of a row."""
        found = self._hits.get(row)
        if found is None:
            strong = every = cells = 0
            for _, text in islice(self.sheet.cells(row), _CELLS):
                cells += 1
                if self.is_word(text):
                    every += 1
                    strong += normalise_header(text) not in WEAK
            found = self._hits[row] = (strong, every, cells)
        return found

    def leafish(self, row: int) -> bool:
        strong, every, cells = self.hits(row)
        return strong >= 5 or (strong >= 2 and every * 2 >= cells)

    def first_header(self) -> tuple[int, ...] | None:
        """The header of the sheet's first table, however far down: near the top rows are read one by one."""
        found = self.header(0, min(HEAD, self.sheet.rows))
        if found is not None or self.sheet.rows <= HEAD:
            return found
        score = self._score(HEAD, range(min(self.sheet.width, _COLUMNS)))
        at = next((at for at in (np.flatnonzero(score >= 3) + HEAD).tolist() if self.leafish(at)), None)
        return None if at is None else self.header(max(HEAD, at - MAX_LEVELS), at + 1)

    def _score(self, begin: int, columns: Iterable[int]) -> np.ndarray:
        """Header words per row from ``begin`` on, as far as ``columns`` show."""
        words = _strong_words(self.words)
        score = np.zeros(self.sheet.rows - begin, np.int32)
        for column in columns:
            found = pc.is_in(self.sheet.text[column].slice(begin), value_set=words)
            score += found.to_numpy(zero_copy_only=False)
        return score

    def header(self, start: int, stop: int) -> tuple[int, ...] | None:
        """Positions of the header rows of the first table from ``start`` on."""
        sheet = self.sheet
        first = next((r for r in range(start, stop) if self.leafish(r) and not self._of_owner(r)), None)
        if first is None:
            first = next((r for r in range(start, stop) if self._over_numbers(r) or self._of_days(r)), None)
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
        if row < sheet.rows and (self._numbered(row) or self._only_days(row)):
            rows.append(row)
        return tuple(rows)

    def _of_owner(self, row: int) -> bool:
        """A line over the header that says whose the sheet is: 儿童姓名 石立新 身份证号 …"""
        words = [self.is_word(text) for _, text in islice(self.sheet.cells(row), _CELLS)]
        paired = len(words) >= 2 and len(words) % 2 == 0 and words == [True, False] * (len(words) // 2)
        return paired and row + 1 < self.sheet.rows and self.leafish(row + 1)

    def _over_numbers(self, row: int) -> bool:
        """A row with two header words or more, straight above identity numbers."""
        if self.hits(row)[0] < 2 or row + 1 >= self.sheet.rows:
            return False
        return any(_NUMBER.fullmatch(text.strip()) for _, text in islice(self.sheet.cells(row + 1), _CELLS))

    def _of_days(self, row: int) -> bool:
        """A row with a header word before the days of an attendance sheet."""
        cells = list(islice(self.sheet.cells(row), _CELLS))
        return self.hits(row)[0] >= 1 and len(day_headers(cells)) * 2 > max(len(cells), 2 * _LEAST_DAYS - 1)

    def _only_days(self, row: int) -> bool:
        cells = list(islice(self.sheet.cells(row), _CELLS))
        return len(day_headers(cells)) == len(cells) >= _LEAST_DAYS

    def _above(self, row: int) -> bool:
        """A row of group headers over the header row."""
        _, every, cells = self.hits(row)
        near = self.sheet.numbers[row + 1] - self.sheet.numbers[row] <= 2
        return every >= 1 and every * 2 >= cells and bool(near) and not self._of_owner(row)

    def _below(self, row: int, above: list[int]) -> bool:
        strong, every, cells = self.hits(row)
        if self.sheet.numbers[row] - self.sheet.numbers[row - 1] > 2:
            return False
        same = {normalise_header(t) for _, t in self.sheet.cells(row)}
        if same == {normalise_header(t) for _, t in self.sheet.cells(above[-1])}:
            return False  # the header twice: the second is a page header
        if self._choices(row, above[-1]):
            return True
        leaf = every > 0 and every * 2 >= cells and (strong >= 1 or every == cells)
        # A lower level leaves out the columns whose header stands above.
        upper = set(np.flatnonzero(self.sheet.filled[above[-1]]).tolist())
        missing = upper - set(np.flatnonzero(self.sheet.filled[row]).tolist())
        return leaf and (bool(missing) or strong >= 2)

    def _choices(self, row: int, above: int) -> bool:
        """Options, or parts of a date or an address, each under a header that reaches over several columns:
        a record would have something under the others."""
        filled = self.sheet.filled
        cells = list(islice(self.sheet.cells(row), _CELLS))
        last = self.sheet.width - 1
        alone = [filled[above, c] and (c == last or filled[above, c + 1]) for c, _ in cells]
        return len(cells) > 1 and not any(alone) and all(is_choice(t, self.dictionary) for _, t in cells)

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
        score = self._score(begin, [c for c in range(sheet.width) if sheet.filled[list(head), c].any()][:8])
        own = [self._signature(r) for r in head]
        for at in (np.flatnonzero(score >= 3) + begin).tolist():
            if self.leafish(at) and not any(_alike(self._signature(at), s) for s in own):
                found = self.header(at, at + 1)
                if found is None:
                    continue
                top = found[0]
                while top > begin and sheet.count[top - 1] <= 2 and self._is_title(top - 1):
                    top -= 1  # the title and 填报单位 over the second table
                return (top, *found)
        return None

    def _is_title(self, row: int) -> bool:
        text = self.sheet.first_text(np.array([row]))[0].strip()
        labels = labels_in(text, self.dictionary)
        return len(text) >= 4 and not text.isdigit() and (not labels or bool(labels & _HEAD_FACTS))

    def _signature(self, row: int) -> frozenset[str]:
        return frozenset(normalise_header(t) for _, t in self.sheet.cells(row))


@lru_cache(maxsize=4)
def _labels_of(words: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Texts of forms and the labels in them, for one dictionary's words."""
    return {}


@lru_cache(maxsize=4)
def _strong_words(words: frozenset[str]) -> pa.Array:
    return pa.array(sorted(words - WEAK), pa.string())


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) * 2 > min(len(one), len(other))

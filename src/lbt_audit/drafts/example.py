"""An example of a county's own form → its columns as the sheet has them, header and cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from lbt_audit.intake.files.find import InputFile
from lbt_audit.intake.forms.tables import read_forms
from lbt_audit.intake.grid import Grid
from lbt_audit.intake.read import read_files
from lbt_audit.intake.readers.result import ReadResult
from lbt_audit.intake.reasons import reason_text
from lbt_audit.intake.sheets.facts import read_facts
from lbt_audit.intake.sheets.headers.likeness import form_like
from lbt_audit.intake.sheets.headers.mapping import written
from lbt_audit.intake.sheets.headers.own_form import numbered_headers
from lbt_audit.intake.sheets.layout import Block, find_blocks
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.intake.sheets.spread.months import month_columns
from lbt_audit.intake.sheets.spread.together import put_together
from lbt_audit.intake.statistics.read import read_statistics
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.errors import ConfigError
from lbt_audit.model.kind import Heading, Kind
from lbt_audit.model.own_sheet import is_own_sheet
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Text
from lbt_audit.model.units import Units

_HEAD = 30  # rows in which the header is looked for
_LEAST = 3  # columns of a form
_ALIKE = 0.6  # of the most words a row has: from there on it may be the header
_LONGEST = 30  # characters of a header
_LABEL = regex(r"^(?:[^（(:：]|[（(][^）)]*[）)])*[:：]")  # 填报单位（盖章）：, but not 是否寄宿（是：1）
_DRAFT = "draft"
_ROWS = 2_000  # records looked at


@dataclass(frozen=True)
class ExampleColumn:
    """``path``: the levels of its header; ``header``: as a schema writes it; ``cells``: of every record, "" = blank."""

    index: int
    path: tuple[str, ...]
    header: str
    cells: tuple[str, ...]

    @property
    def filled(self) -> tuple[str, ...]:
        return tuple(cell for cell in self.cells if cell.strip())


@dataclass(frozen=True)
class Example:
    """One table of the example file. ``header_rows``: their numbers in the sheet; ``texts``: title and name of the sheet;
    ``unit``: the reporting unit it names, "" = none."""

    file: Path
    sheet: str
    header_rows: tuple[int, ...]
    texts: tuple[str, ...]
    unit: str
    columns: tuple[ExampleColumn, ...]

    @property
    def rows(self) -> int:
        return len(self.columns[0].cells) if self.columns else 0


@dataclass(frozen=True)
class Passed:
    """A sheet of which no form can be made, and why."""

    sheet: str
    why: Text


_FORM = Text(
    "一人一表（登记表）：栏目在格子里，不是一列一栏，按统一表样识别",
    "a form of one record, not a list; it is read by its labels as it is",
)
_FIGURES = Text("统计表：按各栏文字识别，无须学习", "a table of figures; it is read by its words as it is")
_NOTHING = Text("没有像表头的行", "no row looks like a header")


def read_examples(path: Path, dictionary: Dictionary) -> tuple[list[Example], list[Passed]]:
    """The tables of the file ``path``. Raises ConfigError where it cannot be read."""
    (result,) = read_files([InputFile(path.name, path)])
    if result.reason is not None:
        why = reason_text(result.reason, result.detail)
        raise ConfigError.at(path.name, 0, f"无法读取：{why.zh}", f"cannot be read: {why.en}")
    examples: list[Example] = []
    passed: list[Passed] = []
    for grid in _sheets(result):
        sheet = Sheet(grid)
        if not sheet.rows or grid.visibility != "visible":
            continue
        found = [] if (other := _other(sheet, path, dictionary)) else list(_tables(sheet, path, dictionary))
        examples += found
        if not found:
            passed.append(Passed(grid.sheet, other or _NOTHING))
    return examples, passed


def _sheets(result: ReadResult) -> list[Grid]:
    return [
        g for g in result.grids if not (len(g.text) and len(g.text[0]) and is_own_sheet(g.text[0][0].as_py()))
    ]


def _other(sheet: Sheet, path: Path, dictionary: Dictionary) -> Text | None:
    """What the sheet is, where it is no list."""
    if form_like(sheet, dictionary) and read_forms(sheet, path.name, dictionary, Units(), None):
        return _FORM
    return _FIGURES if read_statistics(sheet, path.name, dictionary, Units(), False) else None


def _tables(sheet: Sheet, path: Path, dictionary: Dictionary) -> Iterator[Example]:
    """With the words of the row that looks most like a header known as words of headers."""
    known = _with_words(dictionary, list(_header_words(sheet)))
    for block in find_blocks(sheet, known):
        example = _example(sheet, block, path, dictionary)
        if len(example.columns) >= _LEAST:
            yield example


def _example(sheet: Sheet, block: Block, path: Path, dictionary: Dictionary) -> Example:
    titles = [text for row in block.titles for _, text in sheet.cells(row)]
    together, block = month_columns(sheet, block, [*titles, sheet.grid.sheet])
    together, block = put_together(together, block, dictionary)
    paths = [(index, levels) for index, levels in enumerate(block.levels.paths) if levels]
    rows = block.data[:_ROWS]
    headers = numbered_headers(written(levels) for _, levels in paths)
    return Example(
        path,
        sheet.grid.sheet,
        tuple(int(sheet.numbers[row]) for row in block.header),
        (*titles, sheet.grid.sheet),
        read_facts(sheet, block.outside, dictionary).get("unit_name", ("",))[0],
        tuple(
            ExampleColumn(index, levels, header, tuple(together.take(index, rows).to_pylist()))
            for (index, levels), header in zip(paths, headers, strict=True)
        ),
    )


def _header_words(sheet: Sheet) -> Iterator[str]:
    """What stands in the rows that look most like a header, in whatever words: the first of short, distinct texts that is
    nearly as full as any, the groups above it (group/leaf) and the leaves below."""
    counts = [len(set(_words(sheet, row).values())) for row in range(min(_HEAD, sheet.rows))]
    if not counts or max(counts) < _LEAST:
        return
    at = next(row for row, n in enumerate(counts) if n >= _ALIKE * max(counts))
    above = at - 1 if at and _LEAST - 1 <= counts[at - 1] < counts[at] and _adjoins(sheet, at - 1) else at
    below = at + 1 if at + 1 < len(counts) and _adjoins(sheet, at) and _leaves(sheet, at, counts) else at
    for row in range(above, below + 1):
        under = _words(sheet, row + 1) if row < below else {}
        for column, word in _words(sheet, row).items():
            yield f"{word}/{under[column]}" if column in under else word


def _leaves(sheet: Sheet, row: int, counts: Sequence[int]) -> bool:
    """Whether the row below is words alone, most of them where nothing stands in ``row``."""
    below, above = (set(np.flatnonzero(sheet.filled[n]).tolist()) for n in (row + 1, row))
    return counts[row + 1] * 2 >= len(below) and len(below - above) * 2 >= len(below)


def _adjoins(sheet: Sheet, row: int) -> bool:
    return bool(sheet.numbers[row + 1] - sheet.numbers[row] == 1)


def _words(sheet: Sheet, row: int) -> dict[int, str]:
    """Column → short text of a row that is no value."""
    cells = ((column, "".join(text.split())) for column, text in sheet.cells(row))
    return {
        column: text
        for column, text in cells
        if len(text) <= _LONGEST and not _LABEL.search(text) and _digits(text) * 2 < len(text)
    }


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)


def _with_words(dictionary: Dictionary, words: Sequence[str]) -> Dictionary:
    draft = Kind(_DRAFT, Text("", ""), headings=tuple(Heading(word, None) for word in words))
    return replace(dictionary, kinds={**dictionary.kinds, _DRAFT: draft})

"""A sheet of figures → statistics tables: who, what, how many, and where every number stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import nan

import numpy as np
import pyarrow as pa

from lbt_audit.intake.sheets.facts import loose_date, read_facts
from lbt_audit.intake.sheets.notes import facts_notes
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.intake.sheets.units import guess_unit, sheet_unit
from lbt_audit.intake.statistics.figures import figure
from lbt_audit.intake.statistics.forms import recognise
from lbt_audit.intake.statistics.formulas import evaluate
from lbt_audit.intake.statistics.headings import heading, joined, nested, settled, with_shares
from lbt_audit.intake.statistics.layout import MOST_ROWS, Block, BlockFinder
from lbt_audit.intake.statistics.lines import read_line
from lbt_audit.intake.statistics.words import Lexicon, Meaning, lexicon
from lbt_audit.intake.table import Column, Counts, Figure, Heading, Line, Note, Table
from lbt_audit.model.cell import CellKind
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.statistics import ALL, Indicator, Statistics
from lbt_audit.model.unit import Unit
from lbt_audit.model.units import Units

KIND = "statistics"
_HEAD = 40  # rows in which a list of people shows that it is one
_PEOPLE = frozenset(
    {
        "child_name",
        "id_no",
        "father_name",
        "mother_name",
        "guardian_name",
        "helper_name",
        "visit_date",
        "ag_trustee",
    }
)
_LEAST = 2  # things counted, for a table that calls itself statistics
_SURE = 4  # and for one that does not
_TITLES = ("统计", "汇总", "报表", "情况表", "一览", "月报", "季报", "年报")
_OURS = "留守"
_SCHOOLS = ("教育", "学校", "学生", "中小学", "义务教育", "小学", "中学")


def read_statistics(
    sheet: Sheet, path: str, dictionary: Dictionary, units: Units, chosen: bool = False
) -> list[Table]:
    """The statistics tables of a sheet; none where it is a list of people or counts nothing known. ``chosen``: the user
    said that this is one."""
    if sheet.rows > MOST_ROWS or (
        not chosen and _lists_people(sheet, dictionary, lexicon(dictionary.statistics))
    ):
        return []
    words = lexicon(dictionary.statistics)
    tables = []
    for block in BlockFinder(sheet, dictionary, words).blocks():
        tables += _tables(sheet, block, path, dictionary, units, words, chosen)
    return tables


def _lists_people(sheet: Sheet, dictionary: Dictionary, words: Lexicon) -> bool:
    from lbt_audit.intake.sheets.headers.mapping import find_field

    for row in range(min(sheet.rows, _HEAD)):
        cells = list(sheet.cells(row))
        found = (
            find_field((text,), dictionary)
            for _, text in cells
            if 2 <= len(text) <= 20 and not words.knows(text)
        )
        if len(cells) > 1 and any(f is not None and f[0] in _PEOPLE for f in found):
            return True
    return False


def _tables(
    sheet: Sheet,
    block: Block,
    path: str,
    dictionary: Dictionary,
    units: Units,
    words: Lexicon,
    chosen: bool,
) -> list[Table]:
    facts = read_facts(sheet, block.outside, dictionary)
    titles = [t for r in block.outside if r < block.rows[0] for _, t in sheet.cells(r)]
    if "fill_date" not in facts:
        date = loose_date(sheet, [r for r in block.outside if r < block.rows[0]])
        facts |= {"fill_date": date} if date else {}
    own = _unit(facts.get("unit_name", ("",))[0], titles, sheet.grid.sheet, path, units)
    made = _Figures(sheet, block, own, units, words)
    known = {h.indicator for h in made.headings if h.indicator}
    title = "".join("".join(t.split()) for t in (*titles, sheet.grid.sheet, path.rpartition("/")[2]))
    called = any(word in title for word in _TITLES)
    if not chosen and len(known) < (_LEAST if called else _SURE):
        return []
    texts = [*block.printed, *(t for r in block.outside for _, t in sheet.cells(r))]
    schools = own.level == "school" or "教育" in own.name or any(word in title for word in _SCHOOLS)
    found = recognise(made.headings, made.value, title, texts, dictionary.statistics, words, schools)
    form = found.form
    counts = Counts(
        lines=tuple(made.lines),
        headings=with_shares(found.headings),
        value=made.value,
        state=made.state,
        row=made.row,
        column=made.column,
        text=made.text,
        form=form.key if form else None,
        reading=found.reading,
        definition="school" if schools else form.definition if form else "civil",
        balances=found.balances,
        base=_base(title, block, dictionary.statistics),
        notes=tuple(t for r in block.outside if r > block.rows[0] for _, t in sheet.cells(r)),
    )
    notes: list[Note] = facts_notes(facts, dictionary.kinds[KIND].fact_keys)
    rows = counts.row[:, 0] if counts.row.size else np.zeros(0, np.int32)
    names = pa.array([line.name for line in counts.lines], pa.string())
    kinds = np.where(
        [bool(line.name) for line in counts.lines], np.uint8(CellKind.TEXT), np.uint8(CellKind.BLANK)
    )
    column = Column("stat_unit", max(block.columns[0] - 1, 0), "", "standard", names, kinds.astype(np.uint8))
    return [
        Table(
            path=path,
            sheet=sheet.grid.sheet,
            kind=KIND,
            unit=own,
            rows=rows.astype(np.int32),
            columns={"stat_unit": column},
            header_rows=tuple(int(sheet.numbers[r]) for r in block.header_rows),
            notes=tuple(notes),
            facts=facts,
            counts=counts,
        )
    ]


def _base(title: str, block: Block, statistics: Statistics) -> Indicator | None:
    """What holds of all children the table is about, None where that are not the left-behind ones or only some."""
    words = "".join(t for texts in (*block.head, *block.labels) for t in texts)
    narrower = [item for word, item in statistics.narrower.items() if word in title]
    if _OURS not in title + words or None in narrower:
        return None
    return frozenset(item for item in narrower if item)


def _unit(stated: str, titles: Sequence[str], sheet: str, path: str, units: Units) -> Unit:
    """Whose table it is. A county's workbook with a sheet per township: the sheet's name is nearer than 填报单位."""
    own = sheet_unit(stated, titles, sheet, path, "township", units, {})
    if own.level == "county":
        for text in (sheet, *titles):
            near = units.search(text) if units.listed else guess_unit(text)
            if near is not None and near.level != "county":
                return near
    return own


class _Figures:
    """Lines × headings of a block, whichever way round it is laid out."""

    def __init__(self, sheet: Sheet, block: Block, own: Unit, units: Units, words: Lexicon) -> None:
        self.sheet, self.block, self.own, self.units, self.words = sheet, block, own, units, words
        self.lines: list[Line] = []
        self.headings: list[Heading] = []
        heads = nested([words.read(head) for head in block.head], block.head)
        labels = nested([words.read(label) if label else None for label in block.labels], block.labels)
        counted = sum(1 for m in labels if m is not None and (m.indicator or m.share))
        named = sum(1 for m in labels if m is None)
        if counted >= _LEAST and counted > named:
            cells = self._things_below_each_other(heads, labels)
        else:
            cells = self._units_below_each_other(heads)
        self.headings = settled(self.headings, words.statistics)
        self._fill(cells)

    def _units_below_each_other(self, heads: list[Meaning | None]) -> list[list[tuple[int, int]]]:
        block = self.block
        for row, labels in zip(block.rows, block.labels, strict=True):
            behind = " ".join(t for c, t in self.sheet.cells(row) if c > block.columns[-1])
            line = read_line(labels, self.own, self.units, self.words)
            self.lines.append(replace(line, remark=behind) if behind else line)
        self.headings = [
            heading(head, meaning, number)
            for head, meaning, number in zip(block.head, heads, block.column_numbers, strict=True)
        ]
        return [[(row, c) for c in block.columns] for row in block.rows]

    def _things_below_each_other(
        self, heads: list[Meaning | None], labels: list[Meaning | None]
    ) -> list[list[tuple[int, int]]]:
        """One line for every unit side by side, or for the table's own unit; parts of what is counted may stand side by
        side as well (年级 × 男女)."""
        block = self.block
        sides = list(zip(block.columns, heads, block.head, strict=True))
        units = [side for side in sides if side[1] is None and side[2]]
        if units:  # with their 合计
            units = [side for side in sides if side[1] is None or not (side[1].indicator or side[1].share)]
        parts = [(Meaning(ALL), ())] if units else [(m, head) for _, m, head in sides]
        for label, meaning, number in zip(block.labels, labels, block.row_numbers, strict=True):
            for part, head in parts:
                path = (*label, *head) if len(parts) > 1 else label
                both = joined(meaning, part if head else Meaning(ALL))
                self.headings.append(heading(path, both, number if len(parts) == 1 else None))
        if not units:
            self.lines.append(Line(self.own.name, "unit", self.own))
            return [[(row, c) for row in block.rows for c in block.columns]]
        cells = []
        for c, _, head in units:
            self.lines.append(read_line(head[-1:], self.own, self.units, self.words))
            cells.append([(row, c) for row in block.rows])
        return cells

    def _fill(self, cells: list[list[tuple[int, int]]]) -> None:
        shape = (len(self.lines), len(self.headings))
        self.value = np.full(shape, nan)
        self.state = np.zeros(shape, np.uint8)
        self.row = np.zeros(shape, np.int32)
        self.column = np.zeros(shape, np.int32)
        text: list[tuple[str, ...]] = []
        kinds, formulas = self.sheet.grid.kinds, self.sheet.grid.formulas
        for i, line in enumerate(cells):
            texts = []
            for j, (row, column) in enumerate(line):
                written = self.sheet.cell(row, column)
                kind = int(kinds[row, column]) if column < self.sheet.width else int(CellKind.BLANK)
                number = int(self.sheet.numbers[row])
                self.value[i, j], self.state[i, j] = figure(written, kind)
                if (number, column) in formulas:
                    value = evaluate((number, column), formulas, self._number)
                    if value is not None:
                        self.value[i, j], self.state[i, j] = value, Figure.RIGHT
                self.row[i, j], self.column[i, j] = number, column
                texts.append(written)
            text.append(tuple(texts))
        self.text = tuple(text)

    def _number(self, cell: tuple[int, int]) -> float | None:
        """What a cell without formula holds: 0 where it is blank, None where it is no number."""
        row, column = self.sheet.position(cell[0]), cell[1]
        if row is None or column >= self.sheet.width:
            return 0.0
        value, state = figure(self.sheet.cell(row, column), int(self.sheet.grid.kinds[row, column]))
        if state == Figure.BLANK:
            return 0.0
        return None if state in (Figure.UNKNOWN, Figure.TEXT) else value

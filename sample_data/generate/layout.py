"""Books → grids: titles, headers, records, subtotals, notes and signatures in their places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from sample_data.generate.dress import Cell, dress
from sample_data.generate.sheet import Book, Row, Sheet

_TOP = ("填报单位(盖章)", "填报单位", "填报日期", "填报时间")


@dataclass
class Grid:
    """``cells``: (row, column), 0-based. ``merges``: (first row, first column, last row, last column)."""

    name: str
    width: int
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: str = ""
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    header_rows: list[int] = field(default_factory=list)
    title_rows: list[int] = field(default_factory=list)
    height: int = 0

    def line(self, text: str | None, title: bool = False) -> None:
        """A line over the whole width."""
        self.cells[self.height, 0] = text
        if self.width > 1:
            self.merges.append((self.height, 0, self.height, self.width - 1))
        if title:
            self.title_rows.append(self.height)
        self.height += 1


def lay_out(sheet: Sheet) -> Grid:
    """Also sets the number of every row."""
    book = sheet.book
    columns = book.columns
    grid = Grid(sheet.name, len(columns), hidden=sheet.hidden)
    grid.hidden_columns = [i for i, c in enumerate(columns) if c.field in sheet.hidden_fields]
    rng = Random(f"{book.style['seed']}/{sheet.name}")
    if not book.style.get("plain"):
        grid.line(sheet.subtitle or book.title, title=True)
        top = _facts(sheet, lambda label: label in _TOP)
        if top:
            grid.line("        ".join(top))
    _header(grid, book)
    _records(grid, sheet, rng)
    if not book.style.get("plain"):
        for note in book.notes:
            grid.line(note)
        bottom = _facts(sheet, lambda label: label not in _TOP)
        if bottom:
            grid.line("          ".join(bottom))
    return grid


def _facts(sheet: Sheet, wanted: Callable[[str], bool]) -> list[str]:
    facts = dict(sheet.book.facts)
    for label in facts:
        if label.startswith("填报单位") and sheet.unit:
            facts[label] = sheet.unit
        if label in ("填报日期", "填报时间") and sheet.fill_date is not None:
            facts[label] = sheet.fill_date
    return [f"{label}：{text}" for label, text in facts.items() if wanted(label)]


def _header(grid: Grid, book: Book) -> None:
    grouped = any(c.group for c in book.columns)
    top = grid.height
    if grouped:
        start = 0
        for at, column in enumerate(book.columns):
            if not column.group:
                grid.cells[top, at] = column.header
                grid.merges.append((top, at, top + 1, at))
                continue
            grid.cells[top + 1, at] = column.header
            if at == 0 or book.columns[at - 1].group != column.group:
                start = at
                grid.cells[top, at] = column.group
            if (at + 1 == len(book.columns) or book.columns[at + 1].group != column.group) and at > start:
                grid.merges.append((top, start, top, at))
    else:
        for at, column in enumerate(book.columns):
            grid.cells[top, at] = column.header
    grid.height += 2 if grouped else 1
    if book.style.get("numbers"):
        grid.cells |= {(grid.height, at): number for at, number in enumerate(book.style["numbers"])}
        grid.height += 1
    elif book.numbered:
        for at in range(len(book.columns)):
            grid.cells[grid.height, at] = at + 1
        grid.height += 1
    grid.header_rows += range(top, grid.height)


def _records(grid: Grid, sheet: Sheet, rng: Random) -> None:
    book, block = sheet.book, 0
    runs: dict[str, tuple[object, int]] = {}
    if sheet.sample_row:
        for at, column in enumerate(book.columns):
            if column.field in sheet.sample_row:
                grid.cells[grid.height, at] = sheet.sample_row[column.field]
        grid.height += 1
    for position, row in enumerate(sheet.rows):
        if position and sheet.repeat_header and position % sheet.repeat_header == 0:
            _close(grid, book, runs)
            grid.line(sheet.subtitle or book.title, title=True)
            _header(grid, book)
        if (
            position
            and sheet.subtotal_by
            and _key(sheet.rows[position - 1], sheet.subtotal_by) != _key(row, sheet.subtotal_by)
        ):
            _close(grid, book, runs)
            _total(grid, book, "小计", block)
            block = 0
        block += 1
        _merge(grid, sheet, runs, row)
        row.number = grid.height + 1
        if row.hidden:
            grid.hidden_rows.append(grid.height)
        for at, column in enumerate(book.columns):
            value = row.values.get(column.field)
            if column.field == "seq" and "seq" not in row.values:
                value = position + 1
            cell = dress(row, column.field, value, rng)
            if cell is not None:
                grid.cells[grid.height, at] = cell
        grid.height += 1
    _close(grid, book, runs)
    if sheet.subtotal_by:
        _total(grid, book, "小计", block)
        _total(grid, book, "合计", len(sheet.rows))


def _key(row: Row, by: str) -> object:
    return row.values.get(by)


def _total(grid: Grid, book: Book, label: str, count: int) -> None:
    at = next(i for i, c in enumerate(book.columns) if c.field == "child_name")
    grid.cells[grid.height, 0] = label
    grid.cells[grid.height, at] = f"{count}人"
    grid.height += 1


def _merge(grid: Grid, sheet: Sheet, runs: dict[str, tuple[object, int]], row: Row) -> None:
    """Keep track of runs of equal cells in the merged columns."""
    if sheet.book.format == "csv":
        return
    family = (row.child.family.key if row.child else None, row.values.get("village"))
    for name in (*sheet.merge_family, *sheet.merge_siblings):
        key: object = family
        if name == "village":
            key = row.values.get("village")
        elif name == "dorm_room":
            key = row.values.get("dorm_room")
        elif name == "group":
            key = (row.values.get("village"), row.values.get("group"))
        begun = runs.get(name)
        if begun is None or begun[0] != key or (name in sheet.merge_siblings and row.note):
            _end(grid, sheet.book, runs, name)
            runs[name] = (key, grid.height)


def _end(grid: Grid, book: Book, runs: dict[str, tuple[object, int]], name: str) -> None:
    begun = runs.pop(name, None)
    if begun is None or grid.height - begun[1] < 2:
        return
    at = next((i for i, c in enumerate(book.columns) if c.field == name), None)
    if at is None:
        return
    grid.merges.append((begun[1], at, grid.height - 1, at))
    for below in range(begun[1] + 1, grid.height):
        grid.cells.pop((below, at), None)


def _close(grid: Grid, book: Book, runs: dict[str, tuple[object, int]]) -> None:
    for name in [*runs]:
        _end(grid, book, runs, name)

"""One worksheet: single rows, blocks of columns, and how it is shown and printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from lbt_audit.model.location import column_letter
from lbt_audit.model.record import dataclass
from lbt_audit.reports.text.columns import join
from lbt_audit.reports.xlsx.cells import Cells, Strings, day_serial
from lbt_audit.reports.xlsx.style import Style, Styles
from lbt_audit.reports.xlsx.text import MAX_HEIGHT, acts, attribute, clean

CHUNK = 50_000  # rows; a chunk of row text stays far below 2 GiB
LINE = 13.5  # points a line of 10-point text takes

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
)

_ONE_PAGE = 'orientation="portrait" fitToWidth="1" fitToHeight="1"'
_AS_LONG_AS_IT_IS = 'orientation="landscape" fitToWidth="1" fitToHeight="0"'
_PROTECTION = (
    '<sheetProtection sheet="1" formatCells="0" formatColumns="0" formatRows="0" insertColumns="0" '
    'sort="0" autoFilter="0"/>'
)


@dataclass(frozen=True)
class Cell:
    """A single cell; ``link`` is an address inside the book (``'Sheet'!A1``)."""

    value: str | int | None
    style: Style = Style()
    link: str | None = None


@dataclass(frozen=True)
class Validation:
    """What rows ``first``–``last`` of a column (0-based index) may hold: one of ``choices``, or a day
    from the first to the second of ``days``. ``prompt`` is shown while the cell is filled in."""

    column: int
    first: int
    last: int
    choices: Sequence[str] = ()
    days: tuple[date, date] | None = None
    prompt: str = ""


@dataclass(frozen=True)
class _Row:
    number: int
    cells: Sequence[Cell | None]
    height: float | None


@dataclass(frozen=True)
class _Block:
    first: int
    count: int
    columns: Sequence[Cells]


@dataclass
class Sheet:
    """Rows are added from the top; ``widths`` are in characters."""

    name: str
    widths: Sequence[float]
    footer: str = ""
    tab: str | None = None
    freeze: tuple[int, int] | None = None  # rows, columns kept in view
    filter_row: int | None = None  # header row of the filter; it reaches to the last row
    title_rows: tuple[int, int] | None = None  # repeated on every printed page
    print_area: str | None = None  # A1:F2; None = everything
    one_page: bool = False  # on one upright page; else lying ones as wide as the sheet
    protected: bool = False  # without password: only unlocked cells are changed by mistake
    merges: list[str] = field(default_factory=list)
    validations: list[Validation] = field(default_factory=list)
    next_row: int = 1
    _content: list[_Row | _Block] = field(default_factory=list)
    _links: list[tuple[str, str]] = field(default_factory=list)

    def row(self, cells: Sequence[Cell | None], height: float | None = None) -> int:
        """Add one row; gives its number."""
        number = self.next_row
        self._content.append(_Row(number, cells, height))
        for index, cell in enumerate(cells):
            if cell is not None and cell.link:
                self._links.append((f"{column_letter(index)}{number}", cell.link))
        self.next_row += 1
        return number

    def title(self, text: str, style: Style, height: float | None = None) -> int:
        """A row whose one cell reaches over the whole width."""
        number = self.row([Cell(text, style)], height)
        self.merges.append(f"A{number}:{self._last}{number}")
        return number

    def skip(self, rows: int = 1) -> None:
        self.next_row += rows

    def block(self, columns: Sequence[Cells], count: int) -> int:
        """Add ``count`` rows at once; gives the number of the first."""
        first = self.next_row
        self._content.append(_Block(first, count, columns))
        self.next_row += count
        return first

    @property
    def _last(self) -> str:
        return column_letter(len(self.widths) - 1)

    def filter_range(self) -> str | None:
        """``A2:R100``, or None without a filter."""
        if self.filter_row is None:
            return None
        return f"A{self.filter_row}:{self._last}{max(self.next_row - 1, self.filter_row)}"

    def xml(self, strings: Strings, styles: Styles) -> Iterator[bytes | memoryview]:
        """The worksheet part, piece by piece."""
        yield (self._before() + "<sheetData>").encode()
        for part in self._content:
            if isinstance(part, _Row):
                yield self._row_xml(part, strings, styles).encode()
            else:
                yield from self._block_xml(part, strings, styles)
        yield ("</sheetData>" + self._after()).encode()

    def _row_xml(self, row: _Row, strings: Strings, styles: Styles) -> str:
        cells = []
        for index, cell in enumerate(row.cells):
            if cell is None:
                continue
            text = isinstance(cell.value, str) and acts(cell.value)
            start = f'<c r="{column_letter(index)}{row.number}" s="{styles.id(cell.style.quoted() if text else cell.style)}"'
            if cell.value is None or cell.value == "":
                cells.append(f"{start}/>")
            elif isinstance(cell.value, str):
                cells.append(f'{start} t="s"><v>{strings.id(cell.value)}</v></c>')
            else:
                cells.append(f"{start}><v>{cell.value}</v></c>")
        height = f' ht="{row.height:g}" customHeight="1"' if row.height else ""
        return f'<row r="{row.number}"{height}>{"".join(cells)}</row>'

    def _block_xml(self, block: _Block, strings: Strings, styles: Styles) -> Iterator[memoryview]:
        for start in range(0, block.count, CHUNK):
            rows = np.arange(start, min(start + CHUNK, block.count))
            columns = [c.take(rows) for c in block.columns] if block.count > CHUNK else block.columns
            number = pa.array(rows + block.first).cast(pa.string())
            parts: list[Any] = ['<row r="', number, '" ht="', self._heights(columns, len(rows)), '">']
            for index, column in enumerate(columns):
                parts += [f'<c r="{column_letter(index)}', number, *column.parts(strings, styles)]
            parts.append("</row>")
            lines = join(*_merged(parts))
            size = int(np.frombuffer(lines.buffers()[1], np.int32)[len(lines)])
            yield memoryview(lines.buffers()[2])[:size]

    def _heights(self, columns: Sequence[Cells], count: int) -> Any:
        lines = np.ones(count, np.int64)
        for column, width in zip(columns, self.widths, strict=False):
            lines = np.maximum(lines, column.lines(width))
        return pa.array(np.minimum(lines * LINE + 3, MAX_HEIGHT)).cast(pa.string())

    def _before(self) -> str:
        tab = f'<tabColor rgb="FF{self.tab}"/>' if self.tab else ""
        pane = ""
        if self.freeze:
            rows, columns = self.freeze
            cell = f"{column_letter(columns)}{rows + 1}"
            kind = "bottomRight" if columns else "bottomLeft"
            across = f' xSplit="{columns}"' if columns else ""
            pane = (
                f'<pane{across} ySplit="{rows}" topLeftCell="{cell}" activePane="{kind}" state="frozen"/>'
                f'<selection pane="{kind}" activeCell="{cell}" sqref="{cell}"/>'
            )
        columns_xml = "".join(
            f'<col min="{i}" max="{i}" width="{w:g}" customWidth="1"/>' for i, w in enumerate(self.widths, 1)
        )
        return (
            f"{_HEAD}<sheetPr>{tab}<pageSetUpPr fitToPage=\"1\"/></sheetPr>"
            f'<dimension ref="A1:{self._last}{max(self.next_row - 1, 1)}"/>'
            f'<sheetViews><sheetView workbookViewId="0" showGridLines="0">{pane}</sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="{LINE + 1.5:g}"/><cols>{columns_xml}</cols>'
        )  # fmt: skip

    def _after(self) -> str:
        parts = []
        if self.protected:
            parts.append(_PROTECTION)
        if self.filter_row is not None:
            parts.append(f'<autoFilter ref="{self.filter_range()}"/>')
        if self.merges:
            cells = "".join(f'<mergeCell ref="{m}"/>' for m in self.merges)
            parts.append(f'<mergeCells count="{len(self.merges)}">{cells}</mergeCells>')
        if self.validations:
            listed = "".join(_validation_xml(v) for v in self.validations)
            parts.append(f'<dataValidations count="{len(self.validations)}">{listed}</dataValidations>')
        if self._links:
            links = "".join(f'<hyperlink ref="{at}" location="{attribute(to)}"/>' for at, to in self._links)
            parts.append(f"<hyperlinks>{links}</hyperlinks>")
        parts.append(
            '<printOptions horizontalCentered="1"/>'
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.55" header="0.25" footer="0.25"/>'
            f'<pageSetup paperSize="9" {_ONE_PAGE if self.one_page else _AS_LONG_AS_IT_IS}/>'
            f"<headerFooter><oddFooter>{clean(self.footer)}</oddFooter></headerFooter></worksheet>"
        )
        return "".join(parts)


def _validation_xml(validation: Validation) -> str:
    letter = column_letter(validation.column)
    prompt = f' showInputMessage="1" prompt="{attribute(validation.prompt)}"' if validation.prompt else ""
    where = f'sqref="{letter}{validation.first}:{letter}{max(validation.last, validation.first)}"'
    if validation.days is not None:
        low, high = (day_serial(day) for day in validation.days)
        return (
            f'<dataValidation type="date" allowBlank="1" showErrorMessage="1"{prompt} {where}>'
            f"<formula1>{low}</formula1><formula2>{high}</formula2></dataValidation>"
        )
    listed = clean(",".join(validation.choices))
    return (
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="1"{prompt} {where}>'
        f'<formula1>"{listed}"</formula1></dataValidation>'
    )


def _merged(parts: Sequence[Any]) -> list[Any]:
    """Neighbouring constants as one."""
    result: list[Any] = []
    for part in parts:
        if isinstance(part, str) and result and isinstance(result[-1], str):
            result[-1] += part
        else:
            result.append(part)
    return result

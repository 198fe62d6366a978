"""Reading OpenDocument spreadsheets: .ods packages, and .fods, which is their content alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.parsers import expat

from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.files.package import Package
from lbt_audit.intake.grid import Grid, Visibility
from lbt_audit.intake.readers.cells import MAX_COLUMN, MAX_ROW, CellList, SheetInfo
from lbt_audit.intake.readers.numbers import number_text
from lbt_audit.intake.readers.xml import Feeder, is_true, local
from lbt_audit.intake.reasons import RefusedError
from lbt_audit.intake.table import Note
from lbt_audit.model.cell import CellKind
from lbt_audit.model.regex import regex

_CHUNK = 1 << 20
_SKIPPED = frozenset({"annotation", "tracked-changes", "dde-links", "shapes", "content-validations", "frame"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_SPACE = "\0"  # a blank that is meant, until those of the markup are gone
_MARKUP_SPACE = regex(r"[ \t\r\n]+")
_NUMBERS = frozenset({"float", "percentage", "currency"})
_ERROR = regex(r"#[A-Z/0]+[!?]?|#N/A|Err:\d+|错误:\d+")
_MONTH = regex(r"\d{4}(?:年\d{1,2}月|[./-]\d{1,2})")
_MONTH_DAY = regex(r"\d{1,2}月\d{1,2}日")
_YEAR = regex(r"\d{4}年?")


def read_ods(package: Package, limits: Limits) -> tuple[list[Grid], list[Note]]:
    """All sheets of a package."""
    manifest = "META-INF/manifest.xml"
    if manifest in package and b"encryption-data" in package.read(manifest):
        raise RefusedError("encrypted")
    stream = package.open("content.xml")
    return read_content(iter(lambda: stream.read(_CHUNK), b""), limits)


def read_content(pieces: Iterable[bytes], limits: Limits) -> tuple[list[Grid], list[Note]]:
    """All sheets of a content part, handed over in pieces."""
    content = _Content(limits)
    feeder = Feeder(content.start, content.end, content.characters)
    try:
        for piece in pieces:
            feeder.feed(piece)
        feeder.close()
    except expat.ExpatError as error:
        raise RefusedError("damaged", error=str(error)) from None
    if not content.grids:
        raise RefusedError("no_sheets")
    return content.grids, []


class _Content:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.grids: list[Grid] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._skipped = 0  # depth inside what is no cell
        self._info: SheetInfo | None = None
        self._cells = CellList()
        self._row = self._column = self._headed = 0
        self._repeat = 1
        self._in_row: list[tuple[int, int, CellKind, str]] = []
        self._cell: dict[str, str] | None = None
        self._lines: list[str] = []
        self._parts: list[str] | None = None

    def start(self, tag: str, raw: dict[str, str]) -> None:
        name = local(tag)
        if self._skipped or name in _SKIPPED:
            self._skipped += 1
            return
        attributes = {local(k): v for k, v in raw.items()}
        if self._parts is not None:
            self._inside(name, attributes)
        elif name == "p" and self._cell is not None:
            self._parts = []
        elif name in _CELLS:
            # The kind LibreOffice adds in a name space of its own tells errors from texts.
            error = any(k.startswith("calcext:") and v == "error" for k, v in raw.items())
            self._cell = {**attributes, "value-type": raw.get("office:value-type", ""), "error": "1" * error}
            self._lines = []
        elif name == "table-row":
            self._row += 1
            self._repeat = _count(attributes.get("number-rows-repeated"))
            self._column = 0
            self._visible(attributes, range(self._row, min(self._row + self._repeat, MAX_ROW + 1)), rows=True)
        elif name == "table-column":
            count = _count(attributes.get("number-columns-repeated"))
            self._visible(attributes, range(self._headed, min(self._headed + count, MAX_COLUMN)), rows=False)
            self._headed += count
        elif name == "table":
            state: Visibility = "hidden" if attributes.get("style-name") in self._hidden_styles else "visible"
            self._info, self._cells = SheetInfo(attributes.get("name", ""), state), CellList()
            self._row = self._headed = 0
        elif name == "style":
            self._style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self._hidden_styles.add(self._style)

    def _inside(self, name: str, attributes: dict[str, str]) -> None:
        """Blanks and breaks inside a paragraph."""
        assert self._parts is not None
        if name == "s":
            self._parts.append(_SPACE * min(_count(attributes.get("c")), 1000))
        elif name == "tab":
            self._parts.append(_SPACE)
        elif name == "line-break":
            self._close_line()
            self._parts = []

    def _visible(self, attributes: dict[str, str], which: range, *, rows: bool) -> None:
        if self._info is None or attributes.get("visibility") not in ("collapse", "filter"):
            return
        (self._info.hidden_rows if rows else self._info.hidden_columns).update(which)
        self._info.filtered |= attributes["visibility"] == "filter"

    def characters(self, data: str) -> None:
        if self._parts is not None and not self._skipped:
            self._parts.append(data)

    def end(self, tag: str) -> None:
        name = local(tag)
        if self._skipped:
            self._skipped -= 1
        elif name == "p" and self._parts is not None:
            self._close_line()
        elif name in _CELLS and self._cell is not None:
            self._end_cell(self._cell, "\n".join(self._lines))
            self._cell = None
        elif name == "table-row":
            self._end_row()
        elif name == "table" and self._info is not None:
            self.grids.append(self._cells.grid(self._info, self.limits))
            self._info = None

    def _close_line(self) -> None:
        text = _MARKUP_SPACE.sub(" ", "".join(self._parts or ()))
        self._lines.append(text.strip(" ").replace(_SPACE, " "))
        self._parts = None

    def _end_cell(self, cell: dict[str, str], shown: str) -> None:
        count = _count(cell.get("number-columns-repeated"))
        kind, text = _value(cell, shown)
        across = _count(cell.get("number-columns-spanned"))
        down = _count(cell.get("number-rows-spanned"))
        if self._info is not None and (across > 1 or down > 1):
            last = (min(self._row + down - 1, MAX_ROW), min(self._column + across, MAX_COLUMN) - 1)
            self._info.merges.append((self._row, self._column, *last))
        if kind != CellKind.BLANK:
            end = min(self._column + count, MAX_COLUMN)
            self._in_row += [(self._row, column, kind, text) for column in range(self._column, end)]
        self._column += count

    def _end_row(self) -> None:
        repeat = min(self._repeat, MAX_ROW - self._row + 1)
        if self._in_row and (len(self._cells.row) + len(self._in_row) * repeat) > self.limits.cells:
            name = self._info.name if self._info else ""
            size = {"rows": str(self._row + repeat), "columns": str(len(self._in_row))}
            raise RefusedError("too_many_cells", sheet=name, limit=str(self.limits.cells), **size)
        for row, column, kind, text in self._in_row:
            for again in range(repeat):
                self._cells.add(row + again, column, kind, text)
        self._in_row = []
        self._row += self._repeat - 1


def _count(value: str | None) -> int:
    return max(int(value), 1) if value is not None and value.isdigit() and len(value) < 9 else 1


def _value(cell: dict[str, str], shown: str) -> tuple[CellKind, str]:
    """A cell's kind and text: what the sheet shows of dates and numbers, as far as it is exact."""
    type_ = cell["value-type"]
    if cell["error"] or ("formula" in cell and _ERROR.fullmatch(shown)):
        return CellKind.ERROR, shown or "#VALUE!"
    if type_ in _NUMBERS and "value" in cell:
        return CellKind.NUMBER, _number(cell["value"], shown)
    if type_ == "date" and "date-value" in cell:
        return CellKind.DATE, _date(cell["date-value"], shown)
    if type_ == "boolean":
        return CellKind.BOOL, "TRUE" if is_true(cell.get("boolean-value")) else "FALSE"
    text = shown or cell.get("string-value", "")
    if text and not text.isspace():
        return CellKind.TEXT, text
    return (CellKind.UNCOMPUTED if "formula" in cell and not type_ else CellKind.BLANK), ""


def _number(value: str, shown: str) -> str:
    """007 and 2016.10 are what people see of 7 and 2016.1."""
    try:
        number = float(value)
        if re.fullmatch(r"0\d{1,14}|\d+\.\d+", shown) and float(shown) == number and not (
            "." in shown and number.is_integer()
        ):  # fmt: skip
            return shown
        return number_text(number)
    except (ValueError, OverflowError):
        return value


def _date(value: str, shown: str) -> str:
    day, _, time = value.partition("T")
    if _MONTH_DAY.fullmatch(shown):
        return shown
    if _YEAR.fullmatch(shown):
        return day[:4]
    if _MONTH.fullmatch(shown):
        return day[:7]
    time = time.split(".")[0]
    return day if time in ("", "00:00:00") else f"{day} {time}"

"""Which columns of a form must be filled: it says so (*, 必填, red letters), or the example leaves none of them blank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from lbt_audit.drafts.example import Example, ExampleColumn
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Text

Must = Literal["starred", "said", "red", "filled"]
WORDS: Final[Mapping[Must, Text]] = {
    "starred": Text("表头带*", "marked with *"),
    "said": Text("写明必填", "said to be required"),
    "red": Text("表头红字或红底", "red header"),
    "filled": Text("示例中从不空白", "never blank in the example"),
}
_STAR, _SAID, _FREE = regex("[*＊★☆※]"), regex("必填|必录|必须填"), regex("选填|可不填|非必填")
_ENOUGH = 5  # records that show something by having no blank
_RED = 0.6  # at least that of red, and at most half of it of green and blue
_SOME = 0.9  # share of the columns: marks that nearly all have tell none from another


def required(example: Example) -> dict[int, Must]:
    """Position of a column → why it must be filled, as far as the form tells."""
    red = _red(example)
    found: dict[int, Must] = {}
    for n, column in enumerate(example.columns):
        header = "/".join(column.path)
        if _FREE.search(header):
            continue
        if _SAID.search(header):
            found[n] = "said"
        elif _STAR.search(header):
            found[n] = "starred"
        elif column.index in red:
            found[n] = "red"
    if not found and example.rows >= _ENOUGH:
        found = {n: "filled" for n, column in enumerate(example.columns) if _all_filled(column)}
    return found


def _all_filled(column: ExampleColumn) -> bool:
    return len(column.filled) == len(column.cells)


def _red(example: Example) -> frozenset[int]:
    """Columns whose header is printed red; of .xlsx alone, and none where nearly all are."""
    if example.file.suffix.lower() not in (".xlsx", ".xlsm"):
        return frozenset()
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        book = load_workbook(example.file)
    except (OSError, ValueError, KeyError, BadZipFile):
        return frozenset()
    if example.sheet not in book.sheetnames:
        return frozenset()
    sheet = book[example.sheet]
    found = frozenset(
        column.index
        for column in example.columns
        if any(_is_red(sheet.cell(row, column.index + 1)) for row in example.header_rows)
    )
    return found if len(found) < _SOME * len(example.columns) else frozenset()


def _is_red(cell: Any) -> bool:
    if cell.value is None:
        return False
    fill = cell.fill.fgColor if cell.fill is not None and cell.fill.fill_type == "solid" else None
    return any(colour is not None and _reddish(colour.rgb) for colour in (cell.font.color, fill))


def _reddish(rgb: Any) -> bool:
    if not isinstance(rgb, str) or len(rgb) != 8:
        return False
    red, green, blue = (int(rgb[n : n + 2], 16) / 255 for n in (2, 4, 6))
    return red >= _RED and max(green, blue) <= red / 2

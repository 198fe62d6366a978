"""Sheets that were read from another format, as a workbook: what their cells show, merged and hidden as they were."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.copies.markup import CONTENT_TYPES, MAIN, OFFICE, RELATIONS, UneditableError, escaped
from lbt_audit.intake.grid import Grid
from lbt_audit.model.cell import CellKind
from lbt_audit.model.location import column_letter
from lbt_audit.model.regex import regex

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FAMILY: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MACROS: Final = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ROWS, _COLUMNS = 1_048_576, 16_384
_CHUNK = 5_000  # rows
_NUMBER = r"^-?\d{1,300}(\.\d{1,300})?([eE][+-]?\d{1,3})?$"
_FORBIDDEN = regex(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff]")
_MOST_NAME = 31
_NARROW, _WIDE = 9.0, 42.0  # characters
_STATES = {"hidden": "hidden", "very_hidden": "veryHidden"}


def workbook(grids: Sequence[Grid], *, macros: bool = False) -> tuple[bytes, Mapping[str, str]]:
    """A package with the sheets of ``grids``, and what each is called there (names Excel takes, by those they had).
    ``macros``: for a file whose name says that it may hold some. Raises UneditableError for what no sheet can hold."""
    names = _names([grid.sheet for grid in grids])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for part, text in _around(grids, names, macros).items():
            package.writestr(zipfile.ZipInfo(part), text)
        for number, grid in enumerate(grids, 1):
            info = zipfile.ZipInfo(f"xl/worksheets/sheet{number}.xml")
            info.compress_type = zipfile.ZIP_DEFLATED
            with package.open(info, "w", force_zip64=True) as part_:
                for piece in _sheet(grid):
                    part_.write(piece)
    return out.getvalue(), dict(zip([grid.sheet for grid in grids], names, strict=True))


def _sheet(grid: Grid) -> Iterator[bytes]:
    rows, columns = grid.shape
    if columns > _COLUMNS or (rows and int(grid.row_numbers[-1]) > _ROWS):
        raise UneditableError("larger than a sheet")
    hidden = ' hidden="1"'
    listed = "".join(
        f'<col min="{i}" max="{i}" width="{width:g}" customWidth="1"{hidden if i - 1 in grid.hidden_columns else ""}/>'
        for i, width in enumerate(_widths(grid), 1)
    )
    yield f'{_HEAD}<worksheet xmlns="{MAIN}">{f"<cols>{listed}</cols>" if listed else ""}<sheetData>'.encode()
    for start in range(0, rows if columns else 0, _CHUNK):
        stop = min(start + _CHUNK, rows)
        count = stop - start
        numbers = grid.row_numbers[start:stop]
        opened = [f'<row r="{n}"{hidden if n in grid.hidden_rows else ""}>' for n in numbers.tolist()]
        cells = _cells(
            pa.concat_arrays([text.slice(start, count) for text in grid.text]),
            grid.kinds[start:stop].ravel(order="F"),
            pa.array(np.tile(numbers, columns)).cast(pa.string()),
            pa.array([column_letter(c) for c in range(columns)]).take(
                pa.array(np.repeat(np.arange(columns), count))
            ),
        )
        parts = [cells.slice(c * count, count) for c in range(columns)]
        lines = pc.binary_join_element_wise(pa.array(opened, pa.string()), *parts, "</row>", "")
        yield "".join(lines.to_pylist()).encode()
    yield b"</sheetData>"
    merges = "".join(
        f'<mergeCell ref="{column_letter(left)}{top}:{column_letter(right)}{bottom}"/>'
        for top, left, bottom, right in grid.merges
    )
    if merges:
        yield f'<mergeCells count="{len(grid.merges)}">{merges}</mergeCells>'.encode()
    yield b"</worksheet>"


def _cells(text: Any, kinds: np.ndarray, rows: Any, columns: Any) -> Any:
    """``<c …>`` of every cell, "" where it is blank. Numbers stay numbers, whatever else there is stays the text it
    shows."""
    number = pc.and_(pa.array(kinds == CellKind.NUMBER), pc.match_substring_regex(text, _NUMBER))
    join = pc.binary_join_element_wise
    said = _escaped(text)
    as_text = join(
        '<c r="', columns, rows, '" t="inlineStr"><is><t xml:space="preserve">', said, "</t></is></c>", ""
    )
    as_number = join('<c r="', columns, rows, '"><v>', said, "</v></c>", "")
    return pc.if_else(pc.equal(text, ""), "", pc.if_else(number, as_number, as_text))


def _widths(grid: Grid) -> list[float]:
    """Of columns by their texts; wide characters count two."""
    rows, columns = grid.shape
    if not rows or not columns:
        return []
    text = pa.concat_arrays(grid.text)
    size = (pc.binary_length(text).to_numpy() + pc.utf8_length(text).to_numpy()) / 2
    usual = np.sort(size.reshape(columns, rows), axis=1)[:, int(0.95 * (rows - 1))]
    found: list[float] = np.clip(usual + 2, _NARROW, _WIDE).tolist()
    return found


def _escaped(text: Any) -> Any:
    odd = pc.match_substring_regex(text, r"[&<>\x00-\x08\x0b-\x1f\x{fffe}\x{ffff}]|_x[0-9A-Fa-f]{4}_")
    if not pc.any(odd).as_py():
        return text
    plain = pa.array([escaped(t) for t in text.filter(odd).to_pylist()], pa.string())
    return pc.replace_with_mask(text, odd, plain)


def _names(wanted: Sequence[str]) -> list[str]:
    taken: set[str] = set()
    found = []
    for want in wanted:
        name = _FORBIDDEN.sub("_", want).strip("' ")[:_MOST_NAME].strip("' ") or "Sheet"
        candidate, number = name, 1
        while (
            candidate.casefold() in taken or candidate.casefold() == "history"
        ):  # which Excel keeps for itself
            number += 1
            candidate = f"{name[: _MOST_NAME - 5]} ({number})"
        taken.add(candidate.casefold())
        found.append(candidate)
    return found


def _around(grids: Sequence[Grid], names: Sequence[str], macros: bool) -> dict[str, str]:
    tabs = "".join(
        f'<sheet name="{escaped(name)}" sheetId="{n}"'
        f'{f" state={chr(34)}{_STATES[g.visibility]}{chr(34)}" if g.visibility in _STATES else ""} r:id="rId{n}"/>'
        for n, (g, name) in enumerate(zip(grids, names, strict=True), 1)
    )
    sheets = range(1, len(grids) + 1)
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in sheets
    )
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_FAMILY}.worksheet+xml"/>'
        for n in sheets
    )
    main = _MACROS if macros else f"{_FAMILY}.sheet.main+xml"
    return {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{CONTENT_TYPES}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/>{types}</Types>'
        ),
        "_rels/.rels": (
            f'{_HEAD}<Relationships xmlns="{RELATIONS}">'
            f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><bookViews><workbookView/></bookViews>'
            f"<sheets>{tabs}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
    }

"""Invented worksheets, cells restyled at random: nothing but the listed cells differs, however the part is cut up."""

from __future__ import annotations

import io
from collections.abc import Mapping
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.copies.kept import cells_of
from tests.intake.packages import MAIN

from lbt_audit.copies import layout as module
from lbt_audit.copies.markup import UneditableError
from lbt_audit.copies.sheet import Cell, SheetPart
from lbt_audit.model.location import column_letter

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12) | st.sampled_from(
    ['<c r="B2" s="9">', 'r="A1"', "</row>", "]]>", "</sheetData>", "_x0041_"]
)


@st.composite
def cells(draw: st.DrawFn, row: int, prefix: str) -> str:
    columns = draw(st.lists(st.integers(0, 30), unique=True, max_size=6).map(sorted))
    made = []
    for column in columns:
        ref = f"{column_letter(column)}{row}"
        attributes = [draw(st.sampled_from([f'r="{ref}"', f"r='{ref}'"]))]
        attributes += [f's="{draw(st.integers(0, 40))}"'] if draw(st.booleans()) else []
        text = escape(draw(TEXTS))
        kind = draw(st.sampled_from(["empty", "inline", "formula", "number"]))
        inside = {
            "empty": "", "inline": f"<{prefix}is><{prefix}t>{text}</{prefix}t></{prefix}is>",
            "formula": f"<{prefix}f>{text}</{prefix}f><{prefix}v>1</{prefix}v>", "number": f"<{prefix}v>7</{prefix}v>",
        }[kind]  # fmt: skip
        if kind == "inline":
            attributes.append('t="inlineStr"')
        tag = f"{prefix}c {' '.join(draw(st.permutations(attributes)))}"
        made.append(f"<{tag}/>" if not inside else f"<{tag}>{inside}</{prefix}c>")
    return "".join(made)


@st.composite
def worksheets(draw: st.DrawFn) -> bytes:
    prefix = draw(st.sampled_from(["", "x:"]))
    space = f'xmlns:x="{MAIN}"' if prefix else f'xmlns="{MAIN}"'
    rows = []
    for row in draw(st.lists(st.integers(1, 30), unique=True, max_size=8).map(sorted)):
        more = draw(st.sampled_from(["", ' spans="1:9"', ' s="5" customFormat="1"', ' ht="20"']))
        inside = draw(cells(row, prefix))
        rows.append(
            f'<{prefix}row r="{row}"{more}>{inside}</{prefix}row>'
            if inside
            else f'<{prefix}row r="{row}"{more}/>'
        )
    data = f"<{prefix}sheetData>{''.join(rows)}</{prefix}sheetData>" if rows else f"<{prefix}sheetData/>"
    tail = draw(st.sampled_from(["", f'<{prefix}pageMargins left="1"/><{prefix}extLst/>']))
    return f"<{prefix}worksheet {space}>{data}{tail}</{prefix}worksheet>".encode()


@settings(max_examples=200, deadline=None)
@given(worksheets(), st.dictionaries(st.tuples(st.integers(1, 32), st.integers(0, 32)), st.integers(100, 300), max_size=12),
       st.sampled_from([7, 64, 1 << 20]))  # fmt: skip
def test_only_the_listed_cells_differ(content: bytes, wanted: Mapping[Cell, int], chunk: int) -> None:
    before, after = cells_of(content), cells_of(edited(content, wanted, chunk))
    assert set(after) == set(before) | set(wanted)
    for cell, element in after.items():
        if cell not in before:
            assert dict(element.attrib)["s"] == str(wanted[cell]) and not len(element)
            continue
        old = before[cell]
        assert [etree.tostring(e) for e in old] == [etree.tostring(e) for e in element]
        kept = {k: v for k, v in old.attrib.items() if k != "s"}
        assert kept == {k: v for k, v in element.attrib.items() if k != "s"}
        assert element.get("s") == (str(wanted[cell]) if cell in wanted else old.get("s"))
    assert list(after) == sorted(after), "cells and rows stand in their order"


@settings(max_examples=50, deadline=None)
@given(worksheets())
def test_without_changes_it_is_the_same_to_the_byte(content: bytes) -> None:
    same = content.replace(b"sheetData/>", b"sheetData></sheetData>").replace(
        b"<x:sheetData></sheet", b"<x:sheetData></x:sheet"
    )
    assert edited(content, {}, 1 << 20) == same


def test_new_cells_look_as_row_or_column_has_them() -> None:
    content = (
        f'<worksheet xmlns="{MAIN}"><cols><col min="2" max="3" style="8"/></cols><sheetData>'
        '<row r="1" s="4" customFormat="1"><c r="A1"/></row><row r="2"/></sheetData></worksheet>'
    ).encode()
    asked: list[int] = []
    part = SheetPart(lambda: io.BytesIO(content))
    styles = {cell: lambda old: asked.append(old) or 9 for cell in ((1, 1), (2, 1), (2, 6), (7, 2))}  # type: ignore[func-returns-value]
    b"".join(part.edited(styles, None, selected=True))
    assert asked == [4, 8, 0, 8]


def test_a_cell_in_a_merged_range_is_the_one_shown() -> None:
    content = (
        f'<worksheet xmlns="{MAIN}"><sheetData/><mergeCells><mergeCell ref="A1:F1"/><mergeCell ref="B5:B9"/>'
        '<mergeCell ref="B2:C3"/></mergeCells></worksheet>'
    ).encode()
    part = SheetPart(lambda: io.BytesIO(content))
    cells = [(1, 3), (7, 1), (3, 2), (4, 1), (10, 1), (5, 2)]
    assert [part.anchor(c) for c in cells] == [(1, 0), (5, 1), (2, 1), (4, 1), (10, 1), (5, 2)]


@pytest.mark.parametrize(
    ("tail", "before"),
    [
        ('<conditionalFormatting><cfRule><extLst/></cfRule></conditionalFormatting><pageMargins/><extLst/>', "<extLst/></"),
        ('<drawing r:id="rId1"/><legacyDrawingHF r:id="rId2"/><tableParts/>', "<legacyDrawingHF"),
        ('<pageSetup/><mc:AlternateContent><mc:Choice><controls/></mc:Choice></mc:AlternateContent>', "<mc:AlternateContent"),
        ("<pageSetup/>", "</worksheet"),
    ],
)  # fmt: skip
def test_the_drawing_of_notes_is_named_where_excel_wants_it(tail: str, before: str) -> None:
    spaces = (
        f'xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    content = f"<worksheet {spaces}><sheetData/>{tail}</worksheet>".encode()
    made = b"".join(SheetPart(lambda: io.BytesIO(content)).edited({}, "rId7", selected=True)).decode()
    assert f'<legacyDrawing r:id="rId7"/>{before}' in made


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<worksheet>", b"<html><sheetData></sheetData></html>",
        b"<worksheet><sheetData><row r='5'/><row r='2'/></sheetData></worksheet>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>',
        b"<worksheet><sheetData><row r='1'><c r='A1'></sheetData></worksheet>",
    ],
)  # fmt: skip
def test_what_is_no_worksheet_is_refused(content: bytes) -> None:
    with pytest.raises(UneditableError):
        edited(content, {(1, 0): 1, (3, 0): 1}, 1 << 20)


def edited(content: bytes, wanted: Mapping[Cell, int], chunk: int) -> bytes:
    module.CHUNK, before = chunk, module.CHUNK
    try:
        part = SheetPart(lambda: io.BytesIO(content))
        styles = {cell: (lambda _, new=new: new) for cell, new in wanted.items()}  # type: ignore[misc]
        return b"".join(part.edited(styles, None, selected=True))
    finally:
        module.CHUNK = before

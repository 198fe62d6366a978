"""Worksheets printed alike: each is read as if it were the first, whatever came before it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.intake.packages import cells, package, same, strings, styles, worksheet

from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.files.package import Package
from lbt_audit.intake.grid import Grid
from lbt_audit.intake.readers.xlsx import alike
from lbt_audit.intake.readers.xlsx.workbook import read_ooxml
from lbt_audit.intake.reasons import RefusedError
from lbt_audit.intake.table import Note
from lbt_audit.model.cell import CellKind

ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c><c r="C1" s="1"><v>42075</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row>'
)
TAIL = '<mergeCells><mergeCell ref="B2:C2"/></mergeCells>'
TEXTS = ("<t>姓名</t>", "<t>杨晓峰</t>", "<t>住址</t>", "<t>珠岩村1号</t>")


def read(path: Path, *, thorough: bool = False) -> tuple[list[Grid], list[Note]]:
    with Package(io.BytesIO(path.read_bytes()), Limits()) as opened:
        return read_ooxml(opened, Limits(), thorough=thorough)


def form(path: Path, rows: str = ROWS, texts: tuple[str, ...] = TEXTS, head: str = "", tail: str = TAIL,
         style: str = "14", **more: object) -> Path:  # fmt: skip
    return package(path, worksheet(rows, head, tail), shared=strings(*texts), style=styles(style), **more)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _known(tmp_path: Path) -> None:
    """The usual form is known."""
    alike._prints.clear()
    read(form(tmp_path / "usual.xlsx"))
    assert len(alike._prints) == 1


def test_of_another_child_only_the_texts_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(alike, "read_sheet", never)
    swapped = (
        ROWS.replace("<v>1</v>", "<v>9</v>").replace("<v>3</v>", "<v>1</v>").replace("<v>9</v>", "<v>3</v>")
    )
    found = cells(read(form(tmp_path / "other.xlsx", swapped, (*TEXTS[:3], "<t>石&amp;小雨</t>")))[0][0])
    assert found == {
        (1, 0): (CellKind.TEXT, "姓名"), (1, 1): (CellKind.TEXT, "石&小雨"), (1, 2): (CellKind.DATE, "2015-03-12"),
        (2, 0): (CellKind.TEXT, "住址"), (2, 1): (CellKind.TEXT, "杨晓峰"),
    }  # fmt: skip


ODD: dict[str, Callable[[Path], Path]] = {
    "blank": lambda p: form(p, texts=(TEXTS[0], "<t> </t>", *TEXTS[2:])),
    "no such text": lambda p: form(p, texts=TEXTS[:3]),
    "hidden row": lambda p: form(p, ROWS.replace('<row r="2"', '<row r="2" hidden="1"')),
    "hidden column": lambda p: form(p, head='<cols><col min="2" max="2" hidden="1"/></cols>'),
    "another merge": lambda p: form(p, tail=TAIL.replace("B2:C2", "A2:B2")),
    "another format": lambda p: form(p, style="17"),
    "another number": lambda p: form(p, ROWS.replace("42075", "42076")),
    "a formula": lambda p: form(p, ROWS.replace("<v>42075</v>", "<f>TODAY()</f>")),
    "a comment": lambda p: form(p, ROWS.replace("<row r=\"2\">", '<row r="2"><!-- t="s"><v>1</v> -->')),
    "twice": lambda p: form(p, ROWS.replace('r="B2"', 'r="A2"')),
    "rich text": lambda p: form(p, texts=(TEXTS[0], "<r><t>杨</t></r><r><t>晓峰</t></r>", *TEXTS[2:])),
    "long": lambda p: form(p, texts=(*TEXTS[:3], f"<t>{'珠' * 3000}</t>")),
    "hidden sheet": lambda p: package(p, {"登记表": worksheet(ROWS, "", TAIL), "二": worksheet(ROWS, "", TAIL)},
                                      shared=strings(*TEXTS), style=styles("14"), states={"登记表": "hidden"}),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_what_differs_is_seen(name: str, tmp_path: Path) -> None:
    path = ODD[name](tmp_path / "odd.xlsx")
    expected, notes = read(path, thorough=True)
    for _ in range(2):
        found, told = read(path)
        assert told == notes
        for one, other in zip(found, expected, strict=True):
            same(one, other)
            assert one.formulas == other.formulas


@pytest.mark.parametrize("at", ["crc", "data"])
def test_a_damaged_part_is_not_taken_for_the_one_it_was(at: str, tmp_path: Path) -> None:
    path = form(tmp_path / "damaged.xlsx")
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as opened:
        part = next(i for i in opened.infolist() if i.filename.endswith("sheet1.xml"))
    if at == "data":
        data[part.header_offset + 30 + len(part.filename) + 20] ^= 0xFF
    else:
        central = data.rindex(b"PK\1\2", 0, data.rindex(b"sheet1.xml"))
        data[central + 16] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(RefusedError) as refused:
        read(path)
    assert refused.value.key == "damaged"

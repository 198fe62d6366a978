"""Workbooks as unlike each other as offices hand them in. Each maker writes ``path``."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, DataBarRule
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from tests.intake.packages import MAIN, STRICT, package, strings, styles, worksheet

HEAD = ["姓名", "性别", "出生日期", "公民身份证号码", "联系电话", "备注"]
ROWS = [
    [f"韦小{n}", "男" if n % 2 else "女", f"2015-03-{n + 10}", f"52990120150300{n:03d}1", "", "&<>'\""]
    for n in range(12)
]
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def png() -> bytes:
    """A picture of one red point."""

    def block(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + block(b"IHDR", header)
        + block(b"IDAT", zlib.compress(b"\0\xff\0\0"))
        + block(b"IEND", b"")
    )


def dropdowns(path: Path) -> None:
    """Drop-downs, conditional formats, notes, protection, print settings, names of one sheet, hidden rows and columns."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "花名册"
    for row in [["某镇农村留守儿童花名册"], HEAD, *ROWS]:
        sheet.append(row)
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("F5:F7")
    choice = DataValidation("list", formula1='"男,女"')
    choice.add("B3:B60")
    sheet.add_data_validation(choice)
    sheet.conditional_formatting.add(
        "B3:B60", CellIsRule("equal", ['"女"'], fill=PatternFill(bgColor="FFFF00"))
    )
    sheet.conditional_formatting.add("E3:E60", DataBarRule("min", 0, "max", 9, color="638EC6"))
    sheet["A4"].comment = Comment("户口簿已核", "张三")
    sheet["A4"].font = Font(bold=True, color="FF0000")
    sheet["C4"].number_format = "yyyy-mm-dd"
    sheet["D4"].protection = Protection(locked=False)
    sheet["E4"] = "=LEN(D4)"
    sheet.protection.enable()
    sheet.freeze_panes = "B3"
    sheet.auto_filter.ref = "A2:F14"
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["E"].hidden = True
    sheet.column_dimensions["D"].width = 22.5
    sheet.print_title_rows = "1:2"
    sheet.print_area = "A1:F14"
    other = book.create_sheet("代码表")
    other["A1"] = "男"
    other.print_title_rows = "1:1"
    other.sheet_state = "hidden"
    book.defined_names["全部"] = DefinedName("全部", attr_text="代码表!$A$1:$A$9")
    book.active = 0
    book.save(path)


def pictures(path: Path) -> None:
    """Pictures, a chart, sparklines, a button, rich text, links, notes, a header picture, a table."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("台账")
        sheet.set_column("B:B", 30, book.add_format({"bg_color": "#DDFFDD"}))
        sheet.set_row(9, 40, book.add_format({"italic": True}))
        for r, row in enumerate([HEAD, *ROWS]):
            sheet.write_row(r, 0, [v for v in row[:5] if v])
        sheet.write_rich_string("F2", "已", book.add_format({"bold": True}), "核", "实")
        sheet.write_url("F3", "https://example.invalid/x", string="附件")
        sheet.write_url("F4", "internal:'说明'!A1", string="说明")
        sheet.insert_image("H2", "p.png", {"image_data": io.BytesIO(png())})
        sheet.set_header("&L&G", {"image_left": "h.png", "image_data_left": io.BytesIO(png())})
        sheet.insert_button("H12", {"macro": "x", "caption": "核对"})
        sheet.write_comment("A3", "两年未走访", {"author": "李四"})
        sheet.write_comment("C3", "日期待核")
        sheet.add_sparkline("G2", {"range": "台账!A2:E2"})
        sheet.add_table("J2:K6", {"columns": [{"header": "甲"}, {"header": "乙"}]})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=台账!$J$3:$J$6"})
        sheet.insert_chart("H20", chart)
        book.add_worksheet("说明").write("A1", "照表样填写")
        shown = book.add_chartsheet("图")
        more = book.add_chart({"type": "bar"})
        more.add_series({"values": "=台账!$J$3:$J$6"})
        shown.set_chart(more)


def macros(path: Path) -> None:
    """A workbook with a macro project (its bytes are not looked into)."""
    project = path.with_name("vbaProject.bin")
    project.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(range(256)) * 20)
    with xlsxwriter.Workbook(path) as book:
        book.add_vba_project(str(project))
        sheet = book.add_worksheet("Sheet1")
        for r, row in enumerate([HEAD, *ROWS]):
            sheet.write_row(r, 0, row)
        sheet.activate()
    project.unlink()


def several(path: Path) -> None:
    """Several sheets, the second one open, grouped columns, outlines, panes, an old name for one sheet."""
    with xlsxwriter.Workbook(path) as book:
        for name in ("一组", "二组 '东' 片", "三组"):
            sheet = book.add_worksheet(name)
            for r, row in enumerate([HEAD, *ROWS]):
                sheet.write_row(r, 0, row)
            sheet.repeat_rows(0)
            sheet.set_column("C:D", 12, None, {"level": 1})
            sheet.freeze_panes(1, 1)
        book.worksheets()[1].activate()
        book.worksheets()[1].set_first_sheet()


def formulas(path: Path) -> None:
    """Shared formulas, formulas with and without values, errors, phonetic hints, whole-row and whole-column styles."""
    rows = (
        '<row r="1" spans="1:4"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2" spans="1:4" s="1" customFormat="1"><c r="A2"><v>3</v></c>'
        '<c r="B2"><f t="shared" ref="B2:B4" si="0">A2*2</f><v>6</v></c></row>'
        '<row r="3"><c r="A3"><v>4</v></c><c r="B3" s="1"><f t="shared" si="0"/><v>8</v></c><c r="D3" t="e"><v>#N/A</v></c></row>'
        '<row r="4"><c r="B4"><f t="shared" si="0"/><v>0</v></c></row>'
        '<row r="9" ht="30" customHeight="1"/>'
    )
    head = (
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
        '<cols><col min="3" max="3" width="9" style="2"/></cols>'
    )
    tail = '<mergeCells count="1"><mergeCell ref="A6:B7"/></mergeCells>'
    texts = ('<t>姓名</t><rPh sb="0" eb="1"><t>xm</t></rPh>', "<r><t>合</t></r><r><t>计</t></r>")
    sheets = {"合计": worksheet(rows, head, tail)}
    package(path, sheets, shared=strings(*texts), style=styles("0.00", "@"))


def prefixed(path: Path) -> None:
    """As some exporters write: every element with a prefix, texts inline, cells and rows without address."""
    rows = "".join(
        "<x:row>"
        + "".join(f'<x:c t="inlineStr"><x:is><x:t>{v}</x:t></x:is></x:c>' for v in ("姓名", f"子{n}", "x"))
        + "</x:row>"
        for n in range(6)
    )
    sheet = (
        f'<?xml version="1.0" encoding="utf-8"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData>'
        '<x:pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/></x:worksheet>'
    )
    package(path, {"导出": sheet})


def commented(path: Path) -> None:
    """Markup with comments, CDATA and single quotes, in GB18030: read by the thorough way only."""
    sheet = (
        f"<?xml version='1.0' encoding='gb18030'?><!-- 导出 --><worksheet xmlns='{MAIN}'><sheetData><!-- <c r=\"A1\"/> -->"
        "<row r='1'><c r='A1' t='inlineStr'><is><t><![CDATA[ r=\"B1\" <c r=\"B1\">]]></t></is></c><c r='B1'><v>1</v></c></row>"
        "<row r='3'><c r='B3' s='0'><v>2</v></c></row></sheetData></worksheet>"
    ).encode("gb18030")
    package(path, {"表": ""})
    with zipfile.ZipFile(path) as old:
        parts = {n: old.read(n) for n in old.namelist()}
    part = next(n for n in parts if "worksheets/" in n)
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, sheet if name == part else content)


def strict(path: Path) -> None:
    """Strict Open XML, as Excel saves it on demand."""
    rows = "".join(
        f'<row r="{r}"><c r="A{r}" t="str"><v>儿童{r}</v></c><c r="C{r}"><v>{r}</v></c></row>'
        for r in (1, 2, 5)
    )
    package(path, {"Sheet1": worksheet(rows).replace(MAIN, STRICT)}, strict=True)


def wps(path: Path) -> None:
    """As WPS writes: extension namespaces, its own parts, a note with its drawing, an empty sheet."""
    dropdowns(path)
    with zipfile.ZipFile(path) as old:
        parts = {n: old.read(n) for n in old.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    sheet = sheet.replace(
        f'xmlns="{MAIN}"',
        f'xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="etc"', 1,
    )  # fmt: skip
    sheet = sheet.replace("</worksheet>", '<extLst><ext uri="{x}"><etc:y z="1"/></ext></extLst></worksheet>')
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    parts["customXml/item1.xml"] = b"<s:customData xmlns:s='http://www.wps.cn/x'/>"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", b'<Default Extension="emf" ContentType="image/x-emf"/></Types>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)


def bare(path: Path) -> None:
    """The least a workbook can be: no styles, no cells."""
    package(path, {"空": f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'})


MAKERS: Final[Mapping[str, Callable[[Path], None]]] = {
    f"{make.__name__}{'.xlsm' if make is macros else '.xlsx'}": make
    for make in (dropdowns, pictures, macros, several, formulas, prefixed, commented, strict, wps, bare)
}

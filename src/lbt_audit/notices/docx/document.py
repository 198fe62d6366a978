"""An official document as a list of paragraphs and tables, and the package around it."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from lbt_audit.model.text import Lang
from lbt_audit.notices.docx import look
from lbt_audit.notices.docx.escape import escape

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TEXT_WIDTH = round(156 * look.MM)  # of the text block


@dataclass(frozen=True)
class Table:
    """``widths`` are shares of the text block; ``middle`` are the columns set centred."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    middle: frozenset[int] = frozenset()
    title: str = ""

    def xml(self) -> str:
        total = sum(self.widths)
        widths = [round(_TEXT_WIDTH * w / total) for w in self.widths]
        grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
        edges = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        head = self._row(self.headers, widths, ["TableHead"] * len(widths), repeat=True)
        styles = ["TableMid" if i in self.middle else "TableText" for i in range(len(widths))]
        rows = "".join(self._row(row, widths, styles) for row in self.rows)
        title = paragraph(self.title, "TableTitle") if self.title else ""
        return (
            f'{title}<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
            '<w:top w:w="40" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>'
            '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>"
        )

    @staticmethod
    def _row(cells: Sequence[str], widths: Sequence[int], styles: Sequence[str], repeat: bool = False) -> str:
        content = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{paragraph(c, s)}</w:tc>'
            for c, w, s in zip(cells, widths, styles, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if repeat else ''}</w:trPr>{content}</w:tr>"


@dataclass
class Document:
    """``draft`` stands small at the head of every page."""

    lang: Lang
    title: str
    draft: str = ""
    _content: list[str] = field(default_factory=list)

    def add(self, text: str, style: str = "Body") -> None:
        """One paragraph in a style of ``look.STYLES``."""
        self._content.append(paragraph(text, style))

    def table(self, table: Table) -> None:
        self._content.append(table.xml())

    def blank(self, lines: int = 1) -> None:
        self._content += [paragraph("", "Body")] * lines

    def new_page(self) -> None:
        self._content.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')

    def save(self, out: BinaryIO) -> None:
        parts = {
            "[Content_Types].xml": _types(),
            "_rels/.rels": _relations(
                [
                    (f"{look.OFFICE}/officeDocument", "word/document.xml"),
                    (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                ]
            ),
            "docProps/core.xml": self._core(),
            "word/document.xml": self._body(),
            "word/styles.xml": look.styles_xml(self.lang),
            "word/fontTable.xml": look.fonts_xml(),
            "word/settings.xml": look.settings_xml(),
            "word/header1.xml": look.header_xml(self.draft),
            "word/footer1.xml": look.footer_xml(even=False),
            "word/footer2.xml": look.footer_xml(even=True),
            "word/_rels/document.xml.rels": _relations(
                [
                    (f"{look.OFFICE}/{kind}", target)
                    for kind, target in (
                        ("styles", "styles.xml"),
                        ("fontTable", "fontTable.xml"),
                        ("settings", "settings.xml"),
                        ("header", "header1.xml"),
                        ("footer", "footer1.xml"),
                        ("footer", "footer2.xml"),
                    )
                ]
            ),
        }
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, text in parts.items():
                entry = zipfile.ZipInfo(name)  # dated 1980-01-01: no clock in the bytes
                entry.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(entry, text.encode("utf-8"))

    def _body(self) -> str:
        return (
            f'{look.DECLARATION}<w:document xmlns:w="{look.MAIN}" xmlns:r="{look.OFFICE}"><w:body>'
            f"{''.join(self._content)}{look.section_xml()}</w:body></w:document>"
        )

    def _core(self) -> str:
        return (
            f'{look.DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{escape(self.title)}</dc:title><dc:creator>lbt-audit</dc:creator></cp:coreProperties>"
        )


def paragraph(text: str, style: str) -> str:
    """XML of a paragraph; a line break in ``text`` breaks the line, a tab is a tab."""
    pieces = []
    for number, line in enumerate(text.split("\n")):
        if number:
            pieces.append("<w:br/>")
        for place, part in enumerate(line.split("\t")):
            if place:
                pieces.append("<w:tab/>")
            if part:
                pieces.append(f'<w:t xml:space="preserve">{escape(part)}</w:t>')
    run = f"<w:r>{''.join(pieces)}</w:r>" if pieces else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{escape(style)}"/></w:pPr>{run}</w:p>'


def _relations(items: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{i}" Type="{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(items, 1)
    )
    return f'{look.DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _types() -> str:
    parts = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/fontTable.xml": f"{_WORD}.fontTable+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/header1.xml": f"{_WORD}.header+xml",
        "/word/footer1.xml": f"{_WORD}.footer+xml",
        "/word/footer2.xml": f"{_WORD}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    listed = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{look.DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )

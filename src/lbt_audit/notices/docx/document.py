"""An official document put together with python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from typing import Any, BinaryIO

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn

from lbt_audit.model.text import Lang
from lbt_audit.notices.docx.base import base, tag
from lbt_audit.notices.docx.look import TABLE, TEXT_WIDTH
from lbt_audit.notices.docx.package import legal, pack
from lbt_audit.notices.docx.table import NO_BREAK, Table


class Document:
    """``draft`` stands small at the head of every page."""

    def __init__(self, lang: Lang, title: str, draft: str) -> None:
        self._docx = docx.Document(io.BytesIO(base(lang, draft)))
        self._docx.core_properties.title = legal(title)
        self._breaks = False

    def add(self, text: str, style: str = "Body", *, keep: bool = False) -> None:
        """One paragraph in a style of ``look.STYLES``; a line break in ``text`` breaks the line. ``keep``: on one page
        with the beginning of what comes next."""
        # Styles are set by id, which is their name: to be found by name they cost five times the paragraph.
        added = self._docx.add_paragraph(legal(text))
        added._p.style = style
        if self._breaks:
            added.paragraph_format.page_break_before = True
            self._breaks = False
        if keep:
            added.paragraph_format.keep_with_next = True

    def blank(self, *, keep: bool = False) -> None:
        self.add("", keep=keep)

    def new_page(self) -> None:
        """What is added next begins a page. A break of its own would stand on an empty page where the text
        before it fills the last."""
        self._breaks = True

    def table(self, table: Table, *, keep: bool = False) -> None:
        """``keep``: the last two rows on one page with the beginning of what comes next."""
        if table.title:
            self.add(table.title, "TableTitle")
        made = self._docx.add_table(0, len(table.widths), TABLE)
        made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, share in zip(made.columns, table.widths, strict=True):
            column.width = round(TEXT_WIDTH * share / sum(table.widths))
        heads = ["TableHead"] * len(table.widths)
        styles = ["TableMid" if i in table.middle else "TableText" for i in range(len(table.widths))]
        _add_rows(made, [table.headers], heads, tag("cantSplit"), tag("tblHeader"))
        _add_rows(made, table.rows, styles, tag("cantSplit"))
        for row in made.rows[-2:] if keep else ():
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True

    def save(self, out: BinaryIO) -> None:
        """The same content gives the same bytes: what python-docx dates today is dated 1980-01-01."""
        dated = io.BytesIO()
        self._docx.save(dated)
        with zipfile.ZipFile(dated) as source:
            pack(((name, source.read(name)) for name in source.namelist()), out)


def _add_rows(table: Any, rows: Sequence[Sequence[str]], styles: Sequence[str], *marks: Any) -> None:
    """Copies of one row made ready: python-docx takes fifty times as long to put each together."""
    ready = table.add_row()
    ready._tr.get_or_add_trPr().extend(marks)
    for cell, style in zip(ready.cells, styles, strict=True):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        cell.paragraphs[0]._p.style = style
        cell.paragraphs[0].add_run(" ")
    table._tbl.remove(ready._tr)
    for row in rows:
        copy = deepcopy(ready._tr)
        for run, text in zip(copy.iter(qn("w:r")), row, strict=True):
            first, *more = legal(text).split(NO_BREAK)
            holder = run[0] if first.isprintable() else run  # a run makes breaks of line ends, more slowly
            holder.text = first
            for part in more:
                run.append(tag("noBreakHyphen"))
                run.append(tag("t"))
                run[-1].text = part
        table._tbl.append(copy)

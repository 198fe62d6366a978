"""Annexes begin a page of their own without leaving an empty one before it."""

from __future__ import annotations

import io

import docx
from docx.oxml.ns import qn

from lbt_audit.notices.docx import Table
from lbt_audit.notices.letter.letter import Letter, Part, write_letter


def test_a_page_begins_with_its_own_first_paragraph() -> None:
    """A break that is a paragraph stands alone on a page where the text before it fills the last one."""
    table = Table(("a",), (("1",),), (1,), title="表")
    annex = [Part("附件 1", "Addressee"), Part(table=table), Part(new_page=True), Part("附件 2", "Addressee")]
    out = io.BytesIO()
    write_letter(Letter("zh", "题", "白石镇", [Part("文")], [], {}, annex=annex), out)
    document = docx.Document(io.BytesIO(out.getvalue()))
    assert not list(document.element.body.iter(qn("w:br")))
    broken = [p.text for p in document.paragraphs if p.paragraph_format.page_break_before]
    assert broken == ["附件 1", "附件 2"]

"""Annexes begin a page of their own without leaving an empty one before it."""

from __future__ import annotations

import io

import docx
import pytest
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


@pytest.mark.parametrize("last", [Part("四、文"), Part(table=Table(("a",), (("1",), ("2",), ("3",)), (1,)))])
@pytest.mark.parametrize("attachments", [[], ["统计表"], ["统计表", "回复表"]])
def test_a_signature_takes_the_end_of_the_text_along(last: Part, attachments: list[str]) -> None:
    """All from the last paragraph to the seal is kept with what comes next."""
    out = io.BytesIO()
    write_letter(Letter("zh", "题", "白石镇", [Part("文"), last], attachments, {}, issuer="民政局"), out)
    body = docx.Document(io.BytesIO(out.getvalue())).element.body
    kept = [
        (text, bool(p.xpath("./w:pPr/w:keepNext")) or p.style in ("Sign", "Head1"))
        for p in body.iter(qn("w:p"))
        if (text := "".join(t.text or "" for t in p.iter(qn("w:t")))) is not None
    ]
    seal = next(i for i, (text, _) in enumerate(kept) if "加盖印章" in text)
    first = next(i for i, (text, _) in enumerate(kept) if text in ("四、文", "2"))
    assert all(is_kept for _, is_kept in kept[first:seal]) and not kept[seal][1]

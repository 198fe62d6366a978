"""A document of rectification before it is laid out: what stands in it, and the words a template may use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, BinaryIO

from lbt_audit.config.county import County
from lbt_audit.model.record import dataclass
from lbt_audit.model.run import Run
from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.docx import Table
from lbt_audit.notices.wording import blank_day, day

if TYPE_CHECKING:
    from lbt_audit.notices.docx.document import Document

DRAFT = Text(
    "草稿：文号、签发人、印章、成文日期待填", "DRAFT: number, signature, seal and date to be filled in"
)


@dataclass(frozen=True)
class Part:
    """A paragraph in a style of the document, a table, or a new page (neither)."""

    text: str = ""
    style: str = "Body"
    table: Table | None = None
    new_page: bool = False


@dataclass(frozen=True)
class Letter:
    """``fields`` are the words a county's own template may name, ``rows`` what one row of a table in it
    is repeated for. ``parts`` is the body as the built-in layout sets it, with headings."""

    lang: Lang
    title: str
    addressee: str
    parts: Sequence[Part]
    attachments: Sequence[str]
    fields: Mapping[str, str | Sequence[str]]
    rows: Sequence[Mapping[str, str]] = ()
    copies: str = ""
    annex: Sequence[Part] = field(default_factory=tuple)
    year: int = 2000
    issuer: str = ""


def write_letter(letter: Letter, out: BinaryIO) -> None:
    """Lay the letter out after GB/T 9704: number and signer left blank, no red head, no seal."""
    from lbt_audit.notices.docx.document import Document

    zh = letter.lang == "zh"
    document = Document(letter.lang, letter.title.replace("\n", ""), DRAFT[letter.lang])
    document.blank()
    document.add(_number(letter), "Number")
    document.add(letter.title, "Title")
    if letter.addressee:
        document.add(letter.addressee + ("：" if zh else ","), "Addressee")
    for number, part in enumerate(letter.parts, 1):
        _add(document, part, keep=number == len(letter.parts))
    # From the end of the text to the seal all is kept together: a signature alone on a page could be put to anything.
    if letter.attachments:
        document.blank(keep=True)
        _list_attachments(document, letter)
    indent = "　　" if zh else ""
    office = letter.issuer or ("（发文单位）" if zh else "(issuing office)")
    for text in ("", "", office + indent, blank_day(letter.year, letter.lang) + indent):
        document.add(text, "Sign")
    document.add("（加盖印章）" + indent if zh else "(seal)", "Right")
    if letter.copies:
        document.blank()
        document.add(letter.copies, "Left")
    if letter.annex:
        document.new_page()
        for part in letter.annex:
            _add(document, part)
    document.save(out)


def _number(letter: Letter) -> str:
    if letter.lang == "zh":
        return f"　　　　〔{letter.year}〕　　号　　　　　　签发人：　　　　"
    return f"No. ________ / {letter.year}          Signed by: ________________"


def _list_attachments(document: Document, letter: Letter) -> None:
    """附件：1. … with the numbers under each other."""
    several = len(letter.attachments) > 1
    label = "附件：" if letter.lang == "zh" else "Annexes: " if several else "Annex: "
    for number, name in enumerate(letter.attachments, 1):
        start = label if number == 1 else ("　　　" if letter.lang == "zh" else "")
        document.add(f"{start}{number}. {name}" if several else f"{start}{name}", "Left", keep=True)


def _add(document: Document, part: Part, *, keep: bool = False) -> None:
    if part.new_page:
        document.new_page()
    elif part.table is not None:
        document.table(part.table, keep=keep)
    else:
        document.add(part.text, part.style, keep=keep)


def common_fields(run: Run, county: County | None, lang: Lang) -> dict[str, str | Sequence[str]]:
    """Words every template may use."""
    notices = county.notices if county is not None else None
    return {
        "county": run.county or "",
        "as_of": day(run.as_of, lang),
        "issued_on": day(run.issued_on, lang),
        "year": str(run.issued_on.year),
        "profile": run.profile_in(lang),
        "issuer": notices.issuer if notices else "",
        "contact": notices.contact if notices else "",
        "phone": notices.phone if notices else "",
        "date": blank_day(run.issued_on.year, lang),
    }


def contact_line(county: County | None, lang: Lang) -> str:
    """联系人 and telephone; blank lines to write on where the county file gives none."""
    notices = county.notices if county is not None else None
    contact = (notices.contact if notices else "") or ("　　　　　　" if lang == "zh" else "____________")
    phone = (notices.phone if notices else "") or ("　　　　　　" if lang == "zh" else "____________")
    return (
        f"联系人：{contact}；联系电话：{phone}。"
        if lang == "zh"
        else f"Contact: {contact}; telephone: {phone}."
    )

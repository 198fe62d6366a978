"""The empty document of the official look, made once and opened anew for each letter."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from lbt_audit.model.text import Lang
from lbt_audit.notices.docx import look


def tag(name: str, /, *content: Any, **attributes: object) -> Any:
    """An element of WordprocessingML, for what python-docx has no word."""
    element = OxmlElement(f"w:{name}", {qn(f"w:{key}"): str(value) for key, value in attributes.items()})
    element.extend(content)
    return element


@cache
def base(lang: Lang, draft: str) -> bytes:
    """``draft`` stands small at the head of every page, the page's number at the outer side of its foot."""
    document = _bare()
    document.core_properties.author = "lbt-audit"
    document.settings.odd_and_even_pages_header_footer = True
    fonts = XmlPart(PackURI("/word/fontTable.xml"), CT.WML_FONT_TABLE, _fonts(), document.part.package)
    document.part.relate_to(fonts, RT.FONT_TABLE)
    latin = tag("rFonts", ascii=look.LATIN, hAnsi=look.LATIN, cs=look.LATIN)
    defaults = tag("rPr", latin, tag("lang", val="en-US", eastAsia="zh-CN"))
    document.styles.element.append(tag("docDefaults", tag("rPrDefault", defaults)))
    for style in look.STYLES:
        _add_style(document.styles, style, lang)
    document.styles.element.append(_table_style())
    (section,) = document.sections
    for name, length in look.PAGE.items():
        setattr(section, name, length)
    section._sectPr.append(tag("docGrid", **look.LINE_GRID))
    for header in (section.header, section.even_page_header):
        (paragraph,) = header.paragraphs
        paragraph.style = "Draft"
        paragraph.add_run(draft)
    for footer, side in ((section.footer, "PageOdd"), (section.even_page_footer, "PageEven")):
        (paragraph,) = footer.paragraphs
        paragraph.style = side
        paragraph.add_run("— ")
        paragraph._p.append(tag("fldSimple", paragraph.add_run("1")._r, instr="PAGE"))
        paragraph.add_run(" —")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _bare() -> Any:
    """python-docx's own empty document without what it brings along: styles, theme, preview, times.

    Without ``docProps/app.xml`` it counts as one that nobody has worked on (see ``reports.write``).
    """
    document = docx.Document()
    part, core = document.part, document.core_properties
    for rels in (part.package.rels, part.rels):
        for key, rel in list(rels.items()):
            if rel.reltype not in {RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES, RT.STYLES, RT.SETTINGS}:
                del rels[key]
    section = document.sections[0]._sectPr
    for element in (document.styles.element, document.settings.element, core._element, section):
        del element[:]
    return document


def _fonts() -> Any:
    fonts = tag("fonts")
    for name, face in look.FACES.items():
        fonts.append(tag("font", *(tag(key, val=value) for key, value in face.items()), name=name))
    return fonts


def _add_style(styles: Any, style: look.Style, lang: Lang) -> None:
    made = styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    if style.name == "Normal":
        made.element.default = True
    else:
        made.base_style = styles["Normal"]
    made.quick_style = True
    made.font.size, made.font.bold, made.font.color.rgb = style.size, lang in style.bold or None, style.colour
    face = style.face if lang == "zh" else look.LATIN
    made.element.rPr.get_or_add_rFonts().set(qn("w:eastAsia"), face)
    form, layout = made.paragraph_format, made.element.get_or_add_pPr()
    form.alignment, form.line_spacing, form.keep_with_next = style.align, style.line, style.keep
    form.space_before, form.space_after = Pt(style.before), Pt(style.after)
    for side, characters in style.indent.items():
        indent = layout.get_or_add_ind()
        indent.set(qn(f"w:{side}Chars"), str(100 * characters))
        indent.set(qn(f"w:{side}"), str(round(20 * characters * style.size.pt)))
    if not style.grid:
        layout.insert_element_before(tag("snapToGrid", val=0), "w:spacing", "w:jc")


def _table_style() -> Any:
    edges = (tag(edge, val="single", sz=4, space=0, color="000000") for edge in look.TABLE_EDGES)
    margins = (tag(side, w=width, type="dxa") for side, width in look.TABLE_MARGINS.items())
    form = tag("tblPr", tag("tblBorders", *edges), tag("tblCellMar", *margins))
    return tag("style", tag("name", val=look.TABLE), form, type="table", styleId=look.TABLE)

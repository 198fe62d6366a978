"""XML of parts: read without trust, names and texts as a part may hold them."""

from __future__ import annotations

from typing import Any, Final

from lxml import etree

from lbt_audit.model.regex import regex

RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"

MAX_TEXT: Final = 32_767  # characters a cell or a note holds
_ILLEGAL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ODD = regex('[&<>"\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_x')
_LOOKS_ESCAPED = regex(r"_(x[0-9A-Fa-f]{4}_)")  # Excel would read _x000D_ as a control character


class UneditableError(Exception):
    """A package that cannot be edited part by part; what is wrong with it is the argument."""


def parse(markup: bytes) -> Any:
    """The root of a part. Raises UneditableError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(markup, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UneditableError(type(error).__name__) from None
    if root.getroottree().docinfo.doctype:
        raise UneditableError("doctype")
    return root


def markup(root: Any) -> bytes:
    """The part of which ``root`` is the root."""
    made: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def namespace(element: Any) -> str:
    """The namespace of an element: transitional and strict workbooks differ in it."""
    found: str = etree.QName(element).namespace or ""
    return found


def name(element: Any) -> str:
    """The name of an element without its namespace; "" of comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def child(parent: Any, wanted: str) -> Any:
    """The first child called ``wanted``; None where there is none."""
    return next((e for e in parent if name(e) == wanted), None)


def made(parent: Any, called: str, attributes: dict[str, str], at: int | None = None) -> Any:
    """A new element in the namespace of ``parent``, last among its children or ``at`` a position."""
    element = parent.makeelement(f"{{{namespace(parent)}}}{called}", attributes)
    parent.insert(len(parent) if at is None else at, element)
    return element


def plain_text(text: str) -> str:
    """``text`` as a part may hold it, not yet escaped: no illegal characters, not over Excel's length."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _LOOKS_ESCAPED.sub(r"_x005F_\1", _ILLEGAL.sub("\ufffd", text))
    return text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT - 1]}…"


def escaped(text: str) -> str:
    """``text`` between tags or in an attribute."""
    if len(text) <= MAX_TEXT and _ODD.search(text) is None:
        return text
    text = plain_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")

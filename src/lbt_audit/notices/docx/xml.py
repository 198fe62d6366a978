"""Markup of a document that others wrote, read without what it might ask for."""

from __future__ import annotations

from typing import Any

from lxml import etree


def parse(data: bytes) -> Any:
    """The root of a part. Raises ValueError for what is no markup, or declares entities."""
    if b"<!DOCTYPE" in data:
        raise ValueError("document type")
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error


def serialise(root: Any) -> bytes:
    """The part as bytes."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data

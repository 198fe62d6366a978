"""Expat, made safe for files from anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from lbt_audit.intake.reasons import RefusedError

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def parser(start: Callable[[str, dict[str, str]], None], end: Callable[[str], None]) -> expat.XMLParserType:
    """An expat parser that refuses document types and opens nothing outside the part."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.buffer_size = 1 << 16
    made.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    made.StartElementHandler = start
    made.EndElementHandler = end
    made.StartDoctypeDeclHandler = _refuse
    return made


def _refuse(*_: object) -> None:
    raise RefusedError("doctype")


def parse(
    data: bytes, start: Callable[[str, dict[str, str]], None], end: Callable[[str], Any] | None = None
) -> None:
    """Parse a whole small part."""
    made = parser(start, end or (lambda _: None))
    try:
        made.Parse(data, True)
    except expat.ExpatError as error:
        raise RefusedError("damaged", error=str(error)) from None


def local(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]


def is_true(value: str | None) -> bool:
    return value is not None and value.strip().lower() in ("1", "true", "on", "t")


def without_declaration(text: str) -> str:
    """``text`` without the XML declaration: what it says of the encoding holds no more."""
    return _DECLARATION.sub("", text)

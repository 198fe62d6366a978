"""Expat, made safe for files from anywhere."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from lbt_audit.intake.reasons import RefusedError
from lbt_audit.model.regex import regex

_DECLARATION = regex(r"^\s*<\?xml[^>]*\?>")
_ENCODING = regex(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']([\w.-]+)["']""")
_NATIVE = frozenset({"", "utf-8", "us-ascii", "ascii", "iso-8859-1", "iso8859-1"})
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950"}  # what files so declared really hold


class Feeder:
    """An expat parser fed piece by piece. It refuses document types, opens nothing outside the part, and
    takes every encoding Python knows, where expat knows four."""

    def __init__(
        self,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], Any],
        text: Callable[[str], Any] | None = None,
    ) -> None:
        self._start, self._end, self._text = start, end, text
        self._parser: expat.XMLParserType | None = None
        self._decoder: codecs.IncrementalDecoder | None = None

    def feed(self, data: bytes, final: bool = False) -> None:
        """Raises `expat.ExpatError` for what is not well-formed."""
        if self._parser is None:
            self._begin(data)
        if self._decoder is not None:
            try:
                data = self._decoder.decode(data, final).encode("utf-8", "replace")
            except UnicodeDecodeError as error:
                raise RefusedError("damaged", error=type(error).__name__) from None
        assert self._parser is not None
        self._parser.Parse(data, final)

    def close(self) -> None:
        self.feed(b"", final=True)

    def _begin(self, head: bytes) -> None:
        name = _encoding(head)
        if name not in _NATIVE:
            try:
                self._decoder = codecs.getincrementaldecoder(name)()
            except LookupError:
                raise RefusedError("damaged", error=f"encoding {name}") from None
        # An encoding given here counts for more than what the part declares.
        made = expat.ParserCreate("utf-8" if self._decoder is not None or name == "utf-8" else None)
        made.buffer_text = True
        made.buffer_size = 1 << 16
        made.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        made.StartElementHandler, made.EndElementHandler = self._start, self._end
        made.StartDoctypeDeclHandler = _refuse
        if self._text is not None:
            made.CharacterDataHandler = self._text
        self._parser = made


def _encoding(head: bytes) -> str:
    """What a part is written in; "" where that is for expat to see (UTF-16)."""
    declared = _ENCODING.match(head[:200])
    if declared is None:
        return (
            "utf-8" if head.startswith(codecs.BOM_UTF8) or (head[:1] == b"<" and head[1:2] != b"\x00") else ""
        )
    name = declared.group(1).decode().lower()
    if name.startswith(("utf-16", "utf16", "unicode", "ucs-2")):
        return "utf-8"  # it could not be read here if it were
    return _SUPERSETS.get(name, name)


def _refuse(*_: object) -> None:
    raise RefusedError("doctype")


def parse(
    data: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], Any] = lambda _: None,
    *,
    without: frozenset[str] = frozenset(),
) -> None:
    """Parse a whole small part. Nothing inside an element named in ``without``, nor inside an extension
    list, is handed on: what later versions of a program add there says nothing about the rest."""
    without = without | {"extLst"}
    depth = 0  # inside such an element

    def started(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        if depth or local(tag) in without:
            depth += 1
        else:
            start(tag, attributes)

    def ended(tag: str) -> None:
        nonlocal depth
        if depth:
            depth -= 1
        else:
            end(tag)

    try:
        Feeder(started, ended).feed(data, final=True)
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

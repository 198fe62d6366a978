"""Entities and _xHHHH_ escapes in the texts of a package."""

from __future__ import annotations

import re
from html import unescape

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.readers.texts import put
from lbt_audit.model.regex import regex

_ESCAPE = regex(r"_x([0-9A-Fa-f]{4})_")
_ENTITY = regex(r"&(#[xX][0-9A-Fa-f]{1,6}|#[0-9]{1,7}|amp|lt|gt|quot|apos);")


def unescaped(texts: pa.Array, entities: bool, escapes: bool) -> pa.Array:
    """Texts with XML entities and _xHHHH_ escapes resolved; only those that hold one are touched."""
    at = np.zeros(len(texts), np.bool_)
    if entities:
        at |= pc.match_substring(texts, "&").to_numpy(zero_copy_only=False)
    if escapes:
        at |= pc.match_substring(texts, "_x").to_numpy(zero_copy_only=False)
    where = np.flatnonzero(at)
    if not len(where):
        return texts
    old = texts.take(pa.array(where)).to_pylist()
    new = [unescape_text(_ENTITY.sub(_entity, t) if entities else t) for t in old]
    return put(texts, [(where, pa.array(new, pa.string()))])


def _entity(match: re.Match[str]) -> str:
    return unescape(match.group())


def unescape_text(text: str) -> str:
    """_xHHHH_ → the character; surrogates that make no pair stay spelt out, so they can be told."""
    if "_x" not in text:
        return text
    decoded = _ESCAPE.sub(lambda m: chr(int(m.group(1), 16)), text)
    if not any("\ud800" <= c <= "\udfff" for c in decoded):
        return decoded
    paired = decoded.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return "".join(f"_x{ord(c):04X}_" if "\ud800" <= c <= "\udfff" else c for c in paired)

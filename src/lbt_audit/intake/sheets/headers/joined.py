"""Columns whose header says that each cell holds several things: 父亲（姓名、电话）, 监护人姓名及联系电话."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.table import Column
from lbt_audit.model.cell import CellKind
from lbt_audit.model.dictionary import Dictionary, normalise_header
from lbt_audit.model.regex import regex

_AND = regex(r"[、,/;和及与+]|以及")
_BRACKET = regex(r"^(?P<who>[^()]{1,12})\((?P<parts>[^()]+)\)$")
_PLAIN = regex(r"^(?P<who>\D{0,8}?)(?P<parts>(?:姓名|名字)(?:[、,/和及与+]|以及).+)$")
_FORMED = {
    "citizen_id": r"(?P<x>[0-9]{17}[0-9Xx])",
    "phone": r"(?P<x>(?:\+?86[- ]?)?1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}|[0-9]{7,13})",
    "relation": r"(?P<x>(?:外|曾|堂|表)?(?:祖父|祖母|爷爷|奶奶)|外公|外婆|姥姥|姥爷|祖父母|父亲|母亲|爸爸|妈妈"
    r"|伯父|伯母|大伯|叔叔|叔父|叔|婶婶|婶母|婶|姑姑|姑母|姑妈|姑父|舅舅|舅父|舅母|舅妈|姨妈|姨母|姨父|姨"
    r"|哥哥|姐姐|兄长|兄|姊|祖孙|爷孙|婆孙|父子|父女|母子|母女|叔侄|亲戚|邻居|其他亲属|非亲属)",
}
"""Parts known by their form, in the order in which they are taken out; what is left is the name (or place)."""
_LABELS = r"(?:姓名|名字|联系电话|电话|手机号?码?|关系|身份证号?码?)\s*[:：]?"
_REST = r"^[^\pL0-9*?？□]*(?P<x>[^\s,，、;；/:：()（）+]+)"

Find = Callable[[tuple[str, ...]], "tuple[str, str] | None"]


def joined_fields(path: tuple[str, ...], dictionary: Dictionary, find: Find) -> tuple[str, ...]:
    """The fields a column holds together; () where its header names one thing, or one that nobody knows."""
    header = normalise_header(path[-1])
    if header in dictionary.full:
        return ()
    match = _BRACKET.match(header) or _PLAIN.match(header)
    if match is None:
        return ()
    who, names = match["who"], [p for p in _AND.split(match["parts"]) if p]
    fields = [_field(path[:-1], who, name, find) for name in names]
    known = [f for f in fields if f is not None]
    if len(names) < 2 or len(set(known)) < len(names):
        return ()
    formed = [f for f in known if dictionary.fields[f].kind in _FORMED]
    return tuple(known) if len(formed) >= len(known) - 1 else ()


def _field(above: tuple[str, ...], who: str, name: str, find: Find) -> str | None:
    for path in ((*above, who, name), (*above, who + name), (*above, name)):
        found = find(tuple(p for p in path if p))
        if found is not None:
            return found[0]
    return None


def taken_apart(
    columns: Mapping[str, Column], joined: Iterable[str], dictionary: Dictionary
) -> dict[str, Column]:
    """The columns of the fields ``joined``, each with its own part of the cells; every distinct text is read once."""
    together: dict[int, list[str]] = {}
    for field in joined:
        if field in columns:
            together.setdefault(columns[field].index, []).append(field)
    made: dict[str, Column] = {}
    for fields in together.values():
        kinds = {dictionary.fields[f].kind: f for f in fields}
        whole = columns[fields[0]]
        encoded = pc.dictionary_encode(whole.text)
        encoded = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
        rest = encoded.dictionary
        for kind, pattern in _FORMED.items():
            if kind in kinds:
                made[kinds.pop(kind)] = _part(whole, _found(rest, pattern), encoded.indices)
                rest = pc.replace_substring_regex(rest, pattern.replace("?P<x>", ""), " ", max_replacements=1)
        for field in kinds.values():
            made[field] = _part(
                whole, _found(pc.replace_substring_regex(rest, _LABELS, " "), _REST), encoded.indices
            )
    return {f: replace(c, field=f, part=f) for f, c in made.items()}


def _found(texts: pa.Array, pattern: str) -> pa.Array:
    return pc.fill_null(pc.struct_field(pc.extract_regex(texts, pattern), "x"), "")


def _part(whole: Column, texts: pa.Array, indices: pa.Array) -> Column:
    text = texts.take(indices)
    blank = pc.equal(text, "").to_numpy(zero_copy_only=False)
    return replace(whole, text=text, kinds=np.where(blank, np.uint8(CellKind.BLANK), whole.kinds))

"""Distinct names as fixed-width arrays of character numbers, made in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.matching.characters.alphabet import Alphabet
from lbt_audit.matching.characters.codes import ANY_CHARACTER, WILDCARD
from lbt_audit.matching.characters.readings import DEFAULT_CONFUSIONS, Confusion
from lbt_audit.matching.characters.script import private_use, simplified
from lbt_audit.matching.names.forms import forms
from lbt_audit.model.record import dataclass
from lbt_audit.values.mask import COMPOUND_SURNAMES
from lbt_audit.values.text import DOTS, PLACEHOLDERS, is_placeholder

WIDTH: Final = 6
"""Names of up to so many characters are compared as arrays; longer ones one by one."""
_HARD: Final = 0xFFFFFFFF
_PLANES: Final = 0x110000


@dataclass(frozen=True)
class NameSet:
    """``n`` distinct spellings. All arrays have one row per spelling.

    ``texts``: as written; ``bare``/``cased``/``plain``: 64-bit hashes of the forms of ``forms.Forms``;
    ``length``: characters of the plain form (0: no name); ``codes``: its first ``WIDTH`` characters as
    numbers of ``alphabet`` (0 beyond the end).
    """

    texts: pa.Array
    bare: np.ndarray
    cased: np.ndarray
    plain: np.ndarray
    length: np.ndarray
    codes: np.ndarray
    alphabet: Alphabet

    def __len__(self) -> int:
        return len(self.length)

    @property
    def folded(self) -> np.ndarray:
        """Folded syllables (int16, n × WIDTH), the first read as a surname; 0 where there is none."""
        return self.folded_of(self.codes)

    def folded_of(self, codes: np.ndarray) -> np.ndarray:
        """``folded`` of some rows of ``codes``."""
        folded: np.ndarray = self.alphabet.folded[codes]
        folded[:, 0] = self.alphabet.folded_first[codes[:, 0]]
        return folded

    @cached_property
    def compound(self) -> np.ndarray:
        """Names (bool) of three and more characters that begin with a surname of two."""
        number = {c: i for i, c in enumerate(self.alphabet.chars)}
        met = [number[s[0]] << 16 | number[s[1]] for s in COMPOUND_SURNAMES if number.keys() >= set(s)]
        first = self.codes[:, 0].astype(np.uint32) << np.uint32(16) | self.codes[:, 1]
        result: np.ndarray = np.isin(first, np.array(met, np.uint32)) & (self.length >= 3)
        return result

    def text(self, number: int) -> str:
        """One spelling as written."""
        return str(self.texts[number].as_py())


def encode_columns(columns: Sequence[pa.Array]) -> tuple[pa.Array, list[np.ndarray]]:
    """Distinct texts of several columns together, and per column their numbers (int32; −1: null).

    The numbers depend on the order of the rows: nothing may be decided by them but equality.
    """
    # Chunk by chunk: all share the last one's dictionary, and the texts need not be copied together.
    encoded = pa.chunked_array([_text(c) for c in columns], pa.string()).dictionary_encode().chunks
    if not encoded:
        return pa.array([], pa.string()), [np.zeros(0, np.int32) for _ in columns]
    numbers = np.concatenate([pc.fill_null(c.indices, -1).to_numpy(zero_copy_only=False) for c in encoded])
    ends = np.cumsum([len(c) for c in columns])
    return encoded[-1].dictionary, np.split(numbers.astype(np.int32, copy=False), ends[:-1])


def encode_names(
    columns: Sequence[pa.Array], confusions: tuple[Confusion, ...] = DEFAULT_CONFUSIONS
) -> tuple[NameSet, list[np.ndarray]]:
    """Names of several columns in one set; per column their numbers, −1 where there is no name."""
    distinct, numbers = encode_columns(columns)
    if not len(distinct):
        distinct = pa.array([""])  # so that there always is an entry to look up
    names = build(distinct, confusions)
    named = names.length > 0
    if not named.all():
        numbers = [np.where((n >= 0) & named[n], n, -1).astype(np.int32) for n in numbers]
    return names, numbers


def build(distinct: pa.Array, confusions: tuple[Confusion, ...] = DEFAULT_CONFUSIONS) -> NameSet:
    """The set of these spellings (string array without nulls)."""
    n = len(distinct)
    bare_table, plain_table = _tables()
    flat, owner = _code_points(distinct)
    hard = np.zeros(n, bool)
    hard[owner[bare_table[flat] == _HARD]] = True
    hard |= pc.is_in(distinct, pa.array(sorted(PLACEHOLDERS))).to_numpy(zero_copy_only=False)
    keep = ~hard[owner] & (bare_table[flat] != 0)
    flat, owner = flat[keep], owner[keep]
    first, last = bare_table[flat], plain_table[flat]
    bare = _hash(first, owner, n)
    cased, plain = bare.copy(), bare.copy()
    changed = np.zeros(n, bool)
    changed[owner[first != last]] = True
    if changed.any():
        index = changed[owner]
        plain[changed] = _hash(last[index], owner[index], n)[changed]
    length, position = _positions(owner, n)
    slow = np.flatnonzero(hard)
    if len(slow):
        found = [forms(text) for text in distinct.take(pa.array(slow)).to_pylist()]
        void = [is_placeholder(f.raw) or not f.bare for f in found]
        for hashes, texts in (
            (bare, [f.bare for f in found]), (cased, [f.cased for f in found]), (plain, [f.plain for f in found]),
        ):  # fmt: skip
            more, whose = _spread(["" if v else t for v, t in zip(void, texts, strict=True)])
            hashes[slow] = _hash(more, whose, len(slow))
        lengths, places = _positions(whose, len(slow))
        length[slow] = lengths
        last, owner = np.concatenate([last, more]), np.concatenate([owner, slow.astype(np.int32)[whose]])
        position = np.concatenate([position, places])
    numbers, alphabet = _number(last, confusions)
    codes = np.zeros((n, WIDTH), np.uint16)
    short = position < WIDTH
    codes[owner[short], position[short]] = numbers[short]
    return NameSet(distinct, bare, cased, plain, length.astype(np.uint16), codes, alphabet)


def _text(column: pa.Array) -> pa.Array:
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    return column if column.type == pa.string() else column.cast(pa.string())


@cache
def _tables() -> tuple[np.ndarray, np.ndarray]:
    """Code point → bare and plain code point; 0 drops it, ``_HARD`` sends the name the slow way."""
    bare = np.full(_PLANES, _HARD, np.uint32)
    for low, high in ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x2F800), (0x30000, 0x32000)):
        bare[low:high] = np.arange(low, high)
    for char in DOTS + " \u3000\u00a0\t\u200b\ufeff":
        bare[ord(char)] = 0
    for char in [*ANY_CHARACTER, *private_use()]:
        bare[ord(char)] = _HARD
    plain = bare.copy()
    for traditional, simple in simplified().items():
        if bare[ord(traditional)] != _HARD:
            plain[ord(traditional)] = ord(simple)
    return bare, plain


def _code_points(texts: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """All characters in one row (uint32) and the text each belongs to (int32)."""
    lengths = pc.utf8_length(texts).to_numpy(zero_copy_only=False)
    joined = "".join(texts.to_pylist()) if len(texts) < 1000 else _decode(texts)
    flat = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    return flat, np.repeat(np.arange(len(texts), dtype=np.int32), lengths)


def _decode(texts: pa.Array) -> str:
    offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return bytes(texts.buffers()[2][int(offsets[0]) : int(offsets[-1])]).decode("utf-8")


def _spread(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """All characters in one row (uint32) and the number of the text each belongs to (int32)."""
    flat = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    return flat, np.repeat(np.arange(len(texts), dtype=np.int32), [len(t) for t in texts])


def _positions(owner: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Characters per text, and every character's place in its text."""
    length = np.bincount(owner, minlength=n)
    starts = np.cumsum(length) - length
    return length, np.arange(len(owner)) - starts[owner]


def _hash(flat: np.ndarray, owner: np.ndarray, n: int) -> np.ndarray:
    """64-bit hash of every text's characters; the same for the same characters on every machine."""
    length, position = _positions(owner, n)
    powers = np.ones(max(int(length.max(initial=0)), 1), np.uint64)
    powers[1:] = np.cumprod(np.full(len(powers) - 1, 0x9E3779B97F4A7C15, np.uint64))
    term = (flat.astype(np.uint64) * np.uint64(0xBF58476D1CE4E5B9)) ^ np.uint64(0x94D049BB133111EB)
    term = (term ^ (term >> np.uint64(29))) * powers[position]
    total = np.zeros(n, np.uint64)
    filled = np.flatnonzero(length)
    if len(filled):
        starts = (np.cumsum(length) - length)[filled]
        total[filled] = np.add.reduceat(term, starts)
    return total


def _number(flat: np.ndarray, confusions: tuple[Confusion, ...]) -> tuple[np.ndarray, Alphabet]:
    met = np.zeros(_PLANES, bool)
    met[flat] = True
    met[ord(WILDCARD)] = True
    points = np.flatnonzero(met)
    if len(points) > 0xFFFE:  # more distinct characters than any script has names for: the rest are wild
        points = np.append(points[: 0xFFFE - 1], ord(WILDCARD))
    number = np.full(_PLANES, len(points), np.uint32)
    number[points] = np.arange(1, len(points) + 1)
    return number[flat].astype(np.uint16), Alphabet([chr(p) for p in points.tolist()], confusions)

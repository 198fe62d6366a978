"""Stable, salted identities of children and issues.

A child's key is a keyed hash of its valid citizen ID, else of name, birth and parents; an issue's
fingerprint mixes it with the rule, the kind of table and the unit. Neither depends on row, file name
or other rows, and neither can be turned back into an ID without the county's key (``config.keys``).
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.frames.days import iso
from lbt_audit.frames.frame import Frame

_MIX = np.uint64(0x9E3779B97F4A7C15)
_MIX2 = np.uint64(0xBF58476D1CE4E5B9)
_MIX3 = np.uint64(0x94D049BB133111EB)


def hash_texts(texts: Iterable[str], salt: str) -> np.ndarray:
    """Keyed 64-bit hashes (uint64) of ``texts``."""
    key = blake2b(salt.encode(), digest_size=32).digest()
    digests = b"".join(
        blake2b(t.encode("utf-8", "surrogatepass"), digest_size=8, key=key).digest() for t in texts
    )
    return np.frombuffer(digests, np.uint64).copy()


def seal(salt: str) -> str:
    """What a key makes of a fixed word: tells keys apart and gives none away."""
    return hexadecimal(hash_texts(["lbt-audit"], salt))[0]


def child_keys(frame: Frame, salt: str, rows: np.ndarray | None = None) -> np.ndarray:
    """Key (uint64) of the child of every record, or of those in ``rows``: by its valid citizen ID, else as described."""
    at = np.arange(len(frame)) if rows is None else rows
    take = pa.array(at)
    identity = frame["id_no"]
    parts = [frame["child_name"].facets["norm"].take(take), iso(frame.facet("child.birth_lo").values[at])]
    parts += [frame[f].facets["norm"].take(take) for f in ("father_name", "mother_name")]
    described = pc.binary_join_element_wise(*parts, "|")
    texts = pc.if_else(identity.facets["valid"][at], identity.facets["norm"].take(take), described)
    return hash_texts(texts.to_pylist(), salt)


def mix(*parts: np.ndarray) -> np.ndarray:
    """One uint64 per entry from several; order matters."""
    with np.errstate(over="ignore"):
        result = np.zeros(np.broadcast_shapes(*(np.shape(p) for p in parts)), np.uint64)
        for part in parts:
            result = (result ^ part) + _MIX
            result = (result ^ (result >> np.uint64(30))) * _MIX2
            result = (result ^ (result >> np.uint64(27))) * _MIX3
            result ^= result >> np.uint64(31)
    return result


def numbered(fingerprints: np.ndarray) -> np.ndarray:
    """Tell equal fingerprints apart by order of appearance: the second of two gets a new one."""
    order = np.argsort(fingerprints, kind="stable")
    ranked = fingerprints[order]
    starts = np.ones(len(ranked), np.bool_)
    starts[1:] = ranked[1:] != ranked[:-1]
    if starts.all():
        return fingerprints
    first = np.maximum.accumulate(np.where(starts, np.arange(len(ranked)), 0))
    occurrence = np.empty(len(ranked), np.uint64)
    occurrence[order] = (np.arange(len(ranked)) - first).astype(np.uint64)
    return np.where(occurrence == 0, fingerprints, mix(fingerprints, occurrence))


def hexadecimal(fingerprints: np.ndarray) -> list[str]:
    """16 hex digits each."""
    text = fingerprints.astype(">u8").tobytes().hex()
    return [text[i : i + 16] for i in range(0, len(text), 16)]

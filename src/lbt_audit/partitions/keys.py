"""What of a county's records may stand in another county's as well: keyed hashes, which tell nobody a number."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pandas.util import hash_array

from lbt_audit.checks.registry import checks
from lbt_audit.engine.identity.fingerprint import hash_texts, hexadecimal
from lbt_audit.engine.reading.read import Reading
from lbt_audit.model.rule import Rule

SCHEMA = pa.schema([("hash", pa.uint64()), ("kind", pa.string()), ("row", pa.int32())])


def exchange_rows(reading: Reading, rules: list[Rule], salt: str) -> pa.Table:
    """One row (SCHEMA) for each key of a record that a rule puts records of several counties together by: ``row`` is
    that of the frame of ``kind``; equal keys have equal hashes under one ``salt``, those of different kinds of register
    or number never."""
    parts = [SCHEMA.empty_table()]
    for kind in reading.book.frames:
        hashes, rows = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
        for what, column in _columns(reading, rules, kind):
            known = np.flatnonzero(pc.is_valid(column).to_numpy(zero_copy_only=False))
            texts = column.drop_null().to_numpy(zero_copy_only=False)
            # SipHash, which needs no loop: a keyed hash for one run, not a number that lasts.
            key = hexadecimal(hash_texts([f"{kind}|{what}"], salt))[0]
            hashes.append(hash_array(texts, hash_key=key, categorize=False))
            rows.append(known)
        pairs = np.unique(np.stack([np.concatenate(hashes), np.concatenate(rows).astype(np.uint64)]), axis=1)
        of = pa.array([kind]).take(pa.array(np.zeros(pairs.shape[1], np.int32)))
        parts.append(pa.table([pairs[0], of, pairs[1].astype(np.int32)], schema=SCHEMA))
    return pa.concat_tables(parts)


def _columns(reading: Reading, rules: list[Rule], kind: str) -> Iterator[tuple[str, pa.Array]]:
    frame = reading.book.frames[kind]
    told: dict[str, list[pa.Array]] = {}  # several rules put the same numbers together
    for rule in rules:
        crosses = checks()[rule.check].crosses
        if callable(crosses) and kind in rule.tables:
            for what, columns in crosses(rule, frame, reading.book).items():
                known = told.setdefault(what, [])
                known += [column for column in columns if not any(column.equals(other) for other in known)]
    for what, columns in told.items():
        yield from ((what, column) for column in columns)

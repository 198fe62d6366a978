"""The cases of an audit as a table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

CASE_SCHEMA = pa.schema(
    [
        ("case", pa.string()),  # 16 hex digits, as in the issues
        ("child", pa.string()),  # masked, as in the first of its issues
        ("unit", pa.string()),
        ("roots", pa.list_(pa.string())),  # fingerprints of what the issues come down to, one per line
        ("issues", pa.list_(pa.string())),  # fingerprints of all issues told of the child
    ]
)


def case_table(issues: pa.Table) -> pa.Table:
    """One row per child (CASE_SCHEMA), in the order of the first issue of each; ``issues`` as in ISSUE_SCHEMA.

    A root may be told of another child (a mother in several households).
    """
    at = np.flatnonzero(pc.is_valid(_one(issues["case"])).to_numpy(zero_copy_only=False))
    if not len(at):
        return CASE_SCHEMA.empty_table()
    mine = issues.take(pa.array(at))
    encoded = _one(mine["case"]).dictionary_encode()  # numbered by first appearance
    code = encoded.indices.to_numpy()
    _, first = np.unique(code, return_index=True)
    # What an issue comes down to is told where the line of its cause begins.
    everyone = _one(issues["fingerprint"])
    cause = pc.coalesce(_one(mine["follows"]), _one(mine["fingerprint"]))
    head = _one(issues["line"]).take(pc.index_in(cause, everyone))
    pair = code.astype(np.int64) * issues.num_rows + pc.index_in(head, everyone).to_numpy()
    _, where = np.unique(pair, return_index=True)
    where = np.sort(where)
    return pa.table(
        [
            encoded.dictionary,
            _one(mine["child"]).take(pa.array(first)),
            _one(mine["unit"]).cast(pa.string()).take(pa.array(first)),
            _lists(head.take(pa.array(where)), code[where], len(first)),
            _lists(_one(mine["fingerprint"]), code, len(first)),
        ],
        schema=CASE_SCHEMA,
    )


def _lists(values: Any, code: np.ndarray, n: int) -> pa.Array:
    order = np.argsort(code, kind="stable")
    offsets = np.r_[0, np.cumsum(np.bincount(code, minlength=n))].astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), values.take(pa.array(order)))


def _one(values: Any) -> Any:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values

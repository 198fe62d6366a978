"""JSON text of single values and of whole columns."""

from __future__ import annotations

import json
import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.reports.text.columns import join, one, words
from lbt_audit.reports.text.safe import UNSEEN, UNSEEN_PATTERN

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dumps(value: object) -> str:
    """Compact JSON of one value: Chinese left readable, what no screen should be sent as escapes."""
    text = _ENCODER.encode(value)
    return UNSEEN.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    return json.dumps(found.group())[1:-1]


def characters(lines: Any) -> memoryview:
    """The characters of a string array, one value after the other, without a copy."""
    offsets, data = lines.buffers()[1:]
    size = int.from_bytes(memoryview(offsets)[len(lines) * 4 : len(lines) * 4 + 4], "little")
    return memoryview(data)[:size]


def quoted(column: Any) -> Any:
    """JSON literals of a string column; null where there is none."""
    column = one(column)
    if pa.types.is_dictionary(column.type):
        return words(column, dumps, "null")
    text = pc.replace_substring(column, "\\", "\\\\")
    text = pc.replace_substring(text, '"', '\\"')
    odd = pc.fill_null(pc.match_substring_regex(column, UNSEEN_PATTERN), False)
    if pc.any(odd).as_py():
        exact = [dumps(v)[1:-1] for v in column.filter(odd).to_pylist()]
        text = pc.replace_with_mask(text, odd, pa.array(exact, pa.string()))
    return pc.fill_null(join('"', text, '"'), "null")

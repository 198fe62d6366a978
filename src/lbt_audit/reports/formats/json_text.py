"""JSON text of whole columns: half a million issues are written in seconds, not minutes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.engine.audit import Audit
from lbt_audit.model.severity import Severity
from lbt_audit.reports.tables.places import location_offsets
from lbt_audit.reports.text.columns import grouped, join, one, words
from lbt_audit.reports.text.safe import UNSEEN, UNSEEN_PATTERN

CHUNK = 50_000  # issues; a chunk stays far below the 2 GiB an Arrow string array holds


def dumps(value: object) -> str:
    """Compact JSON of one value: Chinese left readable, what no screen should be sent as escapes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
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


def issue_objects(audit: Audit) -> Iterator[Any]:
    """Arrays of JSON objects, one per issue, chunk by chunk."""
    basis = {r.rule.code: [b.cite(audit.run.lang) for b in r.rule.basis] for r in audit.rules}
    offsets = location_offsets(audit)
    for start in range(0, audit.issues.num_rows, CHUNK):
        stop = min(start + CHUNK, audit.issues.num_rows)
        first, last = int(offsets[start]), int(offsets[stop])
        cells = _location_objects(audit.locations.slice(first, last - first))
        listed = grouped(cells, offsets[start : stop + 1] - first, ",")
        yield _objects(audit.issues.slice(start, stop - start), listed, basis)


def _location_objects(locations: Any) -> Any:
    row = pc.fill_null(one(locations["row"]).cast(pa.string()), "null")
    return join(
        words(locations["path"], lambda w: f'{{"path":{dumps(w)}', '{"path":null'),
        words(locations["sheet"], lambda w: f',"sheet":{dumps(w)},"row":', ',"sheet":null,"row":'),
        row,
        words(locations["column"], lambda w: f',"column":{dumps(w)}', ',"column":null'),
        words(locations["field"], lambda w: f',"field":{dumps(w)},"value":', ',"field":null,"value":'),
        quoted(locations["value"]),
        "}",
    )


def _objects(issues: Any, locations: Any, basis: dict[str, list[str]]) -> Any:
    severities = pa.array([""] + [Severity(i).key for i in (1, 2, 3)], pa.string())
    return join(
        '{"fingerprint":"',
        one(issues["fingerprint"]),
        words(issues["rule"], lambda w: f'","rule":{dumps(w)},"severity":"', '","rule":null,"severity":"'),
        severities.take(pa.array(one(issues["severity"]).to_numpy().astype(np.int32))),
        words(issues["title"], lambda w: f'","title":{dumps(w)},"message":', '","title":null,"message":'),
        quoted(issues["message"]),
        words(issues["fix"], lambda w: f',"fix":{dumps(w)},"basis":', ',"fix":null,"basis":'),
        words(issues["rule"], lambda w: dumps(basis.get(w, [])) + ',"subject":{"child":', '[],"subject":{"child":'),
        quoted(issues["child"]),
        ',"id_no":',
        quoted(issues["id_no"]),
        words(issues["unit"], lambda w: f',"unit":{dumps(w)}', ',"unit":null'),
        words(issues["village"], lambda w: f',"village":{dumps(w)}', ',"village":null'),
        words(issues["school"], lambda w: f',"school":{dumps(w)}}},"locations":[', ',"school":null},"locations":['),
        locations,
        words(issues["responsible_level"], lambda w: f'],"responsible":{{"level":{dumps(w)}', '],"responsible":{"level":null'),
        words(issues["responsible_unit"], lambda w: f',"unit":{dumps(w)}}},"deadline":', ',"unit":null},"deadline":'),
        pc.fill_null(join('"', one(issues["deadline"]).cast(pa.string()), '"'), "null"),
        words(issues["status"], lambda w: f',"status":{dumps(w)}}}', ',"status":null}'),
    )  # fmt: skip

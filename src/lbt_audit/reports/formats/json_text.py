"""Issues and cases as JSON, all at once: half a million are written in seconds, not minutes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.engine.audit import Audit
from lbt_audit.model.severity import Severity
from lbt_audit.reports.tables.places import location_offsets
from lbt_audit.reports.text.columns import grouped, join, one, words
from lbt_audit.reports.text.json import dumps, quoted

CHUNK = 50_000  # issues; a chunk stays far below the 2 GiB an Arrow string array holds


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


def case_objects(audit: Audit) -> Iterator[Any]:
    """Arrays of JSON objects, one per case, chunk by chunk."""
    for start in range(0, audit.cases.num_rows, CHUNK):
        cases = audit.cases.slice(start, CHUNK)
        yield join(
            '{"case":',
            quoted(cases["case"]),
            ',"child":',
            quoted(cases["child"]),
            ',"unit":',
            quoted(cases["unit"]),
            ',"roots":[',
            _listed(cases["roots"]),
            '],"issues":[',
            _listed(cases["issues"]),
            "]}",
        )


def _listed(column: Any) -> Any:
    """The items of every list as JSON, with commas between them."""
    lists = one(column)
    offsets = lists.offsets.to_numpy()
    return grouped(quoted(lists.flatten()), offsets - offsets[0], ",")


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
        ',"case":',
        quoted(issues["case"]),
        ',"follows":',
        quoted(issues["follows"]),
        ',"line":',
        quoted(issues["line"]),
        pc.if_else(pc.fill_null(one(issues["repeats"]), False), ',"repeats":true,"number":', ',"repeats":false,"number":'),
        quoted(issues["number"]),
        pc.fill_null(join(',"probability":', one(issues["probability"]).cast(pa.string())), ""),
        words(issues["status"], lambda w: f',"status":{dumps(w)}}}', ',"status":null}'),
    )  # fmt: skip

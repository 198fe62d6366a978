"""``--format parquet``: one issue a row, as in ``issues`` of the JSON report, for audits of a million rows.

Days are dates, everything else is as there; what the audit was (``run`` of the JSON report, with ``schema_version`` and
``tool``) stands as JSON in the file's metadata under ``lbt_audit``.
"""

from __future__ import annotations

import io
from typing import Any, BinaryIO, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lbt_audit.engine.audit import Audit
from lbt_audit.model.severity import Severity
from lbt_audit.reports.formats.json import head
from lbt_audit.reports.tables.places import location_offsets
from lbt_audit.reports.text.columns import one
from lbt_audit.reports.text.json import dumps

CHUNK: Final = 50_000  # issues of a row group
_SUBJECT: Final = ("child", "id_no", "unit", "village", "school")
_PLACE: Final = ("path", "sheet", "row", "column", "field", "value")


def _texts(*names: str) -> pa.DataType:
    return pa.struct([(name, pa.int32() if name == "row" else pa.string()) for name in names])


SCHEMA: Final = pa.schema(
    [
        *((name, pa.string()) for name in ("fingerprint", "rule", "severity", "title", "message", "fix")),
        ("basis", pa.list_(pa.string())),
        ("subject", _texts(*_SUBJECT)),
        ("locations", pa.list_(_texts(*_PLACE))),
        ("responsible", _texts("level", "unit")),
        ("deadline", pa.date32()),
        *((name, pa.string()) for name in ("case", "follows", "line")),
        ("repeats", pa.bool_()),
        ("probability", pa.float64()),  # null where the JSON report has none
        *((name, pa.string()) for name in ("number", "status")),
    ]
)


def write(audit: Audit, out: BinaryIO) -> None:
    """The issues, a row group at a time; to a pipe, which cannot tell where it is, all at once."""
    sink = out if out.seekable() else io.BytesIO()
    described = SCHEMA.with_metadata({"lbt_audit": dumps(head(audit))})
    offsets = location_offsets(audit)
    basis = {r.rule.code: [b.cite(audit.run.lang) for b in r.rule.basis] for r in audit.rules}
    with pq.ParquetWriter(sink, described, compression="zstd") as writer:
        for start in range(0, audit.issues.num_rows, CHUNK):
            stop = min(start + CHUNK, audit.issues.num_rows)
            own = offsets[start : stop + 1]
            places = audit.locations.slice(int(own[0]), int(own[-1] - own[0]))
            rows = _rows(audit.issues.slice(start, stop - start), places, own - own[0], basis)
            writer.write_table(pa.table(rows, schema=described))
    if isinstance(sink, io.BytesIO) and sink is not out:
        out.write(sink.getbuffer())


def _rows(issues: pa.Table, places: pa.Table, offsets: np.ndarray, basis: dict[str, list[str]]) -> list[Any]:
    severities = pa.array(["", *(Severity(i).key for i in (1, 2, 3))])
    rule = one(issues["rule"])
    cited = pa.array([basis.get(code, []) for code in rule.dictionary.to_pylist()], pa.list_(pa.string()))
    made = {
        "severity": severities.take(one(issues["severity"])),
        "basis": cited.take(rule.indices),
        "subject": _struct(issues, _SUBJECT),
        "locations": pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), _struct(places, _PLACE)),
        "responsible": pa.StructArray.from_arrays(
            [_plain(issues[f"responsible_{name}"]) for name in ("level", "unit")], ["level", "unit"]
        ),
    }
    return [made[name] if name in made else _plain(issues[name]) for name in SCHEMA.names]


def _struct(table: pa.Table, names: tuple[str, ...]) -> pa.StructArray:
    return pa.StructArray.from_arrays([_plain(table[name]) for name in names], list(names))


def _plain(column: Any) -> Any:
    column = one(column)
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column

"""Whole records of the children, as the script of the page reads them: numbers, and the texts they stand for."""

from __future__ import annotations

from typing import Any

import pyarrow.compute as pc

from lbt_audit.engine.audit import Audit
from lbt_audit.reports.text.columns import one

MOST = 200_000  # cells of the heaviest cases: two to four megabytes


def dossier_data(audit: Audit) -> dict[str, Any]:
    """``sheets``: path, sheet, title and fields of each; ``cases``: case → ``[differing fields, [sheet, rows, words of its
    fields (-1 blank)] of each record]``, the heaviest cases only where they are many; ``titles`` of the fields."""
    if audit.dossiers is None or not audit.issues.num_rows:
        return {"sheets": [], "cases": {}, "words": [], "titles": {}}
    wanted = pc.drop_null(one(audit.issues["case"])).unique().to_pylist()
    found = audit.dossiers.of(wanted, MOST)
    sheets: dict[Any, int] = {}
    words: dict[str, int] = {}
    cases = {
        case: [
            sorted(dossier.differing),
            *(
                [
                    sheets.setdefault(record.sheet, len(sheets)),
                    record.rows,
                    [-1 if v is None else words.setdefault(v, len(words)) for v in record.values],
                ]
                for record in dossier.records
            ),
        ]
        for case, dossier in found.items()
    }
    fields = {name for sheet in sheets for name in sheet.fields}
    return {
        "sheets": [[s.path, s.name, s.title, s.fields] for s in sheets],
        "cases": cases,
        "words": list(words),
        "titles": {name: audit.run.field_title(name) for name in sorted(fields)},
    }

"""The JSON report: ``report.json``, ``--format json``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from typing import Any, BinaryIO

from lbt_audit import __version__
from lbt_audit.engine.audit import Audit
from lbt_audit.intake.table import Submission, Table
from lbt_audit.model.location import column_letter
from lbt_audit.model.rule import RuleRun
from lbt_audit.reports.formats.json_text import case_objects, issue_objects
from lbt_audit.reports.tables.agreement import as_json, link_summary
from lbt_audit.reports.tables.summary import Summary
from lbt_audit.reports.text.columns import join
from lbt_audit.reports.text.json import characters, dumps
from lbt_audit.reports.words import file_reason, rule_reason, sheet_reasons

SCHEMA_VERSION = 1


def schema() -> dict[str, Any]:
    """The published JSON Schema of the report."""
    text = resources.files("lbt_audit.reports").joinpath("report.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def head(audit: Audit) -> dict[str, Any]:
    """What tells the reader which program said this, and of what."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "lbt-audit", "version": __version__},
        "run": _run(audit),
    }


def write(audit: Audit, out: BinaryIO) -> None:
    """The whole report, streamed."""
    whole = {
        **head(audit),
        "inputs": [_input(s, audit) for s in audit.submissions],
        **({} if audit.run.previous is None else {"previous": _previous(audit)}),
        "rules": [_rule(r, audit) for r in audit.rules],
    }
    out.write(_bytes(dumps(whole)[:-1] + ',"issues":[\n'))
    _write_all(issue_objects(audit), audit.issues.num_rows, out)
    out.write(_bytes('\n],"cases":[\n'))
    _write_all(case_objects(audit), audit.cases.num_rows, out)
    out.write(_bytes('\n],"summary":' + dumps(_summary(audit)) + "}\n"))


def _write_all(chunks: Iterator[Any], count: int, out: BinaryIO) -> None:
    """``count`` objects; every one but the very last ends in a comma."""
    written = 0
    for objects in chunks:
        written += len(objects)
        data = characters(join(objects, ",\n"))
        out.write(data[: len(data) - 2] if written == count else data)


def _bytes(text: str) -> bytes:
    # A lone surrogate (an undecodable file name) becomes \udcXX, which inside a JSON string is its escape.
    return text.encode("utf-8", "backslashreplace")


def _run(audit: Audit) -> dict[str, Any]:
    run = audit.run
    return {
        "as_of": run.as_of.isoformat(),
        "as_of_source": run.as_of_source,
        "issued_on": run.issued_on.isoformat(),
        "issued_on_source": run.issued_source,
        "profile": run.profile,
        "profile_changes": [
            {
                "kind": d.kind,
                "name": d.name,
                "title": d.title[run.lang],
                "default": d.default[run.lang],
                "value": d.value[run.lang],
                "source": d.source,
                "rules": list(d.rules),
            }
            for d in run.departures
        ],
        "lang": run.lang,
        "mask": run.mask,
        "key": run.key,
        "config": run.config,
        "county": run.county,
        "county_source": run.county_source,
    }


def _previous(audit: Audit) -> dict[str, Any]:
    before = audit.run.previous
    assert before is not None
    return {
        "folder": before.folder,
        "as_of": before.as_of.isoformat(),
        "inputs": [_input(s, audit) for s in audit.previous],
    }


def _input(submission: Submission, audit: Audit) -> dict[str, Any]:
    return {
        "path": submission.path,
        "sha256": submission.sha256,
        "status": submission.status,
        "reason": file_reason(submission, audit.run),
        "verdict": audit.verdicts.get(submission.path),
        "sheets": [_sheet(t) for t in submission.tables],
        "ignored_sheets": [
            {"sheet": sheet, "reason": why} for sheet, why in sheet_reasons(submission, audit.run).items()
        ],
    }


def _sheet(table: Table) -> dict[str, Any]:
    columns = sorted(table.columns.values(), key=lambda c: (c.index, c.part or ""))
    return {
        "sheet": table.sheet,
        "kind": table.kind,
        "unit": table.unit.name or None,
        "header_rows": list(table.header_rows),
        "rows": len(table),
        "columns": [
            {"column": column_letter(c.index), "header": c.header, "field": c.field}
            for c in columns
            if c.index >= 0
        ],
        "unmapped": [column_letter(u.index) for u in table.unmapped],
    }


def _rule(run: RuleRun, audit: Audit) -> dict[str, Any]:
    return {
        "rule": run.rule.code,
        "status": run.status,
        "reason": rule_reason(run, audit.run.lang),
        "rows_checked": run.rows_checked,
        "unverifiable": run.unverifiable,
        "issues": run.issues,
    }


def _summary(audit: Audit) -> dict[str, Any]:
    summary = Summary(audit)
    lists = link_summary(audit)
    return {
        "files": summary.files,
        "rows": summary.rows,
        "issues": summary.issues,
        "children": summary.children,
        "causes": summary.causes,
        "lines": summary.lines,
        "by_severity": {s.key: n for s, n in summary.by_severity.items()},
        "by_rule": summary.by_rule,
        "by_unit": {unit: sum(tally) for unit, tally in summary.by_unit.items()},
        **({} if lists is None else {"links": as_json(lists, audit.links.parameters)}),
    }

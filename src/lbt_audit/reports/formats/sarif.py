"""``--format sarif``: SARIF 2.1.0. Line = spreadsheet row, column = spreadsheet column."""

from __future__ import annotations

from typing import Any, BinaryIO
from urllib.parse import quote

from lbt_audit import __version__
from lbt_audit.engine.audit import Audit
from lbt_audit.model.location import Location
from lbt_audit.model.rule import Rule
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang
from lbt_audit.reports.tables.rows import Cause, causes_of, issues
from lbt_audit.reports.text.json import dumps
from lbt_audit.reports.words import FOLLOWS, rule_reason

_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def write(audit: Audit, out: BinaryIO) -> None:
    lang = audit.run.lang
    driver = {
        "name": "lbt-audit",
        "version": __version__,
        "rules": [_rule(run.rule, lang) for run in audit.rules],
    }
    notifications = [
        {
            "level": "error" if run.status == "crashed" else "note",
            "associatedRule": {"id": run.rule.code},
            "message": {"text": f"{run.rule.code}: {rule_reason(run, lang)}"},
        }
        for run in audit.rules
        if run.status != "ran"
    ]
    invocation = {
        "executionSuccessful": not any(run.status == "crashed" for run in audit.rules),
        "toolExecutionNotifications": notifications,
    }
    head = {"tool": {"driver": driver}, "invocations": [invocation], "columnKind": "unicodeCodePoints"}
    _write(out, f'{{"$schema":"{_SCHEMA}","version":"2.1.0","runs":[{dumps(head)[:-1]},"results":[\n')
    separator, causes = "", causes_of(audit)
    for issue, places in issues(audit):
        result = _result(issue, places)
        if (cause := causes.get(issue["follows"])) is not None:
            result["properties"] = {"follows": cause.fingerprint}
            result["relatedLocations"] = [_related(cause, lang)]
        _write(out, separator + dumps(result))
        separator = ",\n"
    _write(out, "\n]}]}\n")


def _rule(rule: Rule, lang: Any) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.title[lang],
        "shortDescription": {"text": rule.title[lang]},
        "help": {"text": rule.fix[lang] or rule.title[lang]},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
        "properties": {"basis": [b.cite(lang) for b in rule.basis]},
    }


def _result(issue: dict[str, Any], places: list[Location]) -> dict[str, Any]:
    return {
        "ruleId": issue["rule"],
        "level": _LEVEL[issue["severity"]],
        "message": {"text": issue["message"] or issue["title"]},
        "partialFingerprints": {"lbtAudit/v1": issue["fingerprint"]},
        "locations": [_location(p) for p in places],
    }


def _related(cause: Cause, lang: Lang) -> dict[str, Any]:
    """Where what an issue follows from is told."""
    where = _location(cause.place) if cause.place is not None else {}
    return {**where, "message": {"text": f"{FOLLOWS[lang]}{cause.rule} {cause.title}"}}


def _location(place: Location) -> dict[str, Any]:
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": quote(place.path.encode("utf-8", "surrogateescape"))}
    }
    if place.row is not None:
        physical["region"] = {"startLine": place.row}
        if place.column is not None:
            physical["region"]["startColumn"] = _column_number(place.column)
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.sheet is not None:
        name = f"{place.sheet}!{place.column or ''}{place.row or ''}".rstrip("!")
        location["logicalLocations"] = [{"fullyQualifiedName": name}]
    return location


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _write(out: BinaryIO, text: str) -> None:
    out.write(text.encode("utf-8", "backslashreplace"))

"""``--format junit``: a test suite per rule, a failure per issue."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

from lbt_audit.engine.audit import Audit
from lbt_audit.reports.tables.rows import issues, place_text
from lbt_audit.reports.text.safe import UNSEEN
from lbt_audit.reports.words import rule_reason

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(audit: Audit, out: BinaryIO) -> None:
    lang = audit.run.lang
    cases: dict[str, list[str]] = defaultdict(list)
    for issue, places in issues(audit):
        where, message = _attribute(place_text(places)), _attribute(issue["message"])
        kind = _attribute(issue["severity"].key)
        cases[issue["rule"]].append(
            f"    <testcase classname={_attribute(issue['rule'])} name={where}>"
            f"<failure type={kind} message={message}/></testcase>\n"
        )
    runs = {run.rule.code: run for run in audit.rules}
    crashed = sum(run.status == "crashed" for run in audit.rules)
    total = sum(len(cases.get(code, ())) or 1 for code in {**runs, **cases})
    _write(
        out,
        '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="lbt-audit" '
        f'tests="{total}" failures="{audit.issues.num_rows}" errors="{crashed}">\n',
    )
    for code in {**runs, **cases}:
        run = runs.get(code)
        found = cases.get(code, [])
        errors = skipped = 0
        if not found and run is not None:
            inner = ""
            if run.status == "skipped":
                skipped, inner = 1, f"<skipped message={_attribute(rule_reason(run, lang) or '')}/>"
            elif run.status == "crashed":
                errors, inner = 1, f"<error message={_attribute(rule_reason(run, lang) or '')}/>"
            found = [
                f"    <testcase classname={_attribute(code)} name={_attribute(run.rule.title[lang])}>{inner}</testcase>\n"
            ]
        failures = len(cases.get(code, ()))
        title = f"{code} {run.rule.title[lang]}" if run else code
        _write(
            out,
            f'  <testsuite name={_attribute(title)} tests="{len(found)}" failures="{failures}" '
            f'errors="{errors}" skipped="{skipped}">\n',
        )
        for case in found:
            _write(out, case)
        _write(out, "  </testsuite>\n")
    _write(out, "</testsuites>\n")


def _attribute(text: str) -> str:
    return UNSEEN.sub(lambda m: f"&#{ord(m.group())};", quoteattr(_ILLEGAL.sub("\ufffd", text)))


def _write(out: BinaryIO, text: str) -> None:
    out.write(text.encode())

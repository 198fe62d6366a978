"""``--format junit``: a test suite per rule, a failure per issue.

As Jenkins' xunit plugin and Ant's schema have it: every suite with time, timestamp and host, every case with a name of
its own (place and issue number).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from lbt_audit.engine.audit import Audit
from lbt_audit.model.regex import regex
from lbt_audit.model.rule import RuleRun
from lbt_audit.reports.tables.rows import causes_of, issues, place_text
from lbt_audit.reports.text.safe import UNSEEN
from lbt_audit.reports.words import ALSO, FOLLOWS, rule_reason

_ILLEGAL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HOST = "localhost"  # what the schema asks for where a host is not to be told


def write(audit: Audit, out: BinaryIO) -> None:
    cases: dict[str, list[str]] = defaultdict(list)
    causes, lang = causes_of(audit), audit.run.lang
    below: dict[str, list[str]] = defaultdict(list)
    if causes:
        for issue, places in issues(audit):
            if issue["follows"] in causes:
                below[issue["follows"]].append(
                    f"{issue['rule']} {issue['title']} {place_text(places)}".strip()
                )
    for issue, places in issues(audit):
        name = f"{place_text(places)} {issue['fingerprint']}".strip()
        told = [f"{FOLLOWS[lang]}{causes[issue['follows']]}"] if issue["follows"] in causes else []
        told += [ALSO[lang].strip(), *below[issue["fingerprint"]]] if issue["fingerprint"] in below else []
        failure = _element("failure", "\n".join(told), type=issue["severity"].key, message=issue["message"])
        cases[issue["rule"]].append(_case(issue["rule"], name, failure))
    runs = {run.rule.code: run for run in audit.rules}
    codes = list(dict.fromkeys((*runs, *cases)))
    seconds = [runs[code].seconds if code in runs else 0.0 for code in codes]
    # Without a start (an audit made by hand) its own day stands for it.
    started = audit.run.started or datetime.combine(audit.run.issued_on, datetime.min.time())
    whole = _attributes(
        name="lbt-audit",
        tests=sum(len(cases.get(code, ())) or 1 for code in codes),
        failures=audit.issues.num_rows,
        errors=sum(run.status == "crashed" for run in audit.rules),
        time=f"{sum(seconds):.3f}",
    )
    _write(out, f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites{whole}>\n')
    for number, (code, time) in enumerate(zip(codes, seconds, strict=True)):
        run, found = runs.get(code), cases.get(code, [])
        outcome = "" if run is None or found else _outcome(run, audit)
        title = f"{code} {run.rule.title[audit.run.lang]}" if run is not None else code
        suite = _attributes(
            name=title,
            package="lbt-audit",
            id=number,
            hostname=_HOST,
            timestamp=started.isoformat(timespec="seconds"),
            time=f"{time:.3f}",
            tests=len(found) or 1,
            failures=len(found),
            errors=int(outcome.startswith("<error")),
            skipped=int(outcome.startswith("<skipped")),
        )
        _write(out, f"  <testsuite{suite}>\n")
        for case in found or [_case(code, title, outcome)]:
            _write(out, case)
        _write(out, "  </testsuite>\n")
    _write(out, "</testsuites>\n")


def _outcome(run: RuleRun, audit: Audit) -> str:
    """What a rule without issues has to say."""
    reason = rule_reason(run, audit.run.lang) or ""
    if run.status == "skipped":
        return f"<skipped{_attributes(message=reason)}/>"
    return f"<error{_attributes(type='crash', message=reason)}/>" if run.status == "crashed" else ""


def _case(code: str, name: str, inner: str) -> str:
    return f"    <testcase{_attributes(classname=code, name=name, time='0.000')}>{inner}</testcase>\n"


def _element(name: str, text: str, **values: object) -> str:
    start = f"<{name}{_attributes(**values)}"
    lines = [_named(escape(_ILLEGAL.sub(chr(0xFFFD), line))) for line in text.split("\n")]
    return f"{start}>{chr(10).join(lines)}</{name}>" if text else f"{start}/>"


def _attributes(**values: object) -> str:
    return "".join(f" {name}={_quoted(str(value))}" for name, value in values.items())


def _quoted(text: str) -> str:
    return _named(quoteattr(_ILLEGAL.sub("\ufffd", text)))


def _named(markup: str) -> str:
    """Characters that nobody sees, by their numbers; breaks of attributes among them, of which parsers make blanks."""
    return UNSEEN.sub(lambda m: f"&#{ord(m.group())};", markup)


def _write(out: BinaryIO, text: str) -> None:
    out.write(text.encode())

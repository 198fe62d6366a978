"""``审计报告.html``: one file to look at, with everything in it that it needs.

What stands still is made from templates here; the list of all issues lies in the page as data, and is made into
tables by the page's own script. Nothing is loaded from anywhere, which the page forbids itself besides.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from lbt_audit import __version__
from lbt_audit.engine.audit import Audit
from lbt_audit.model.record import dataclass
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text
from lbt_audit.reports.page import tables
from lbt_audit.reports.page.data import issue_data
from lbt_audit.reports.page.dossiers import dossier_data
from lbt_audit.reports.page.figures.agreement import agreement
from lbt_audit.reports.page.figures.calendar import deadlines
from lbt_audit.reports.page.figures.completeness import completeness
from lbt_audit.reports.page.figures.counts import Counts, Tally
from lbt_audit.reports.page.figures.files import files, handed_in, missing
from lbt_audit.reports.page.figures.matrix import matrix
from lbt_audit.reports.page.figures.rules import rules, skipped
from lbt_audit.reports.page.figures.trend import Standing, trend
from lbt_audit.reports.page.figures.units import units
from lbt_audit.reports.page.words import SCRIPT_WORDS, TITLE, WORDS
from lbt_audit.reports.tables.lines import Line, Told, lines
from lbt_audit.reports.tables.places import some_places, subset
from lbt_audit.reports.tables.summary import Summary, circumstances
from lbt_audit.reports.text.columns import one
from lbt_audit.reports.text.json import dumps
from lbt_audit.reports.text.safe import visible
from lbt_audit.reports.words import NOBODY, PAST, SEVERITIES, STATUSES, VERDICTS, crash_text, due_text, word

if TYPE_CHECKING:
    from jinja2 import Environment

FILE_NAME = Text("审计报告.html", "audit-report.html")
VIEWS = ("overview", "issues", "children", "units", "rules", "files")
MOST = 100_000  # issues a browser takes in without a wait
FIRST = 200  # causes that stand in the page without script
_PLACES = 3
_TEMPLATES = Path(__file__).with_name("templates")
_SCRIPTS = ("page.js", "issues.js", "children.js")


@dataclass(frozen=True)
class Links:
    """Addresses of the files handed in and of their annotated copies, by path."""

    files: Mapping[str, str]
    copies: Mapping[str, str]


@dataclass(frozen=True)
class Headline:
    children: int
    causes: int
    tally: Tally
    files: int
    rows: int
    verdicts: Sequence[tuple[str, str, int]]  # (key, in words, files)
    crashed: bool


@dataclass(frozen=True)
class First:
    """A cause as it stands in the page itself, with what follows from it."""

    severity: str
    rule: str
    child: str | None
    message: str
    unit: str
    deadline: str
    place: str
    also: Sequence[str]


def write_page(
    audit: Audit,
    out: BinaryIO,
    base: str | None = None,
    standings: Iterable[Standing] = (),
    copies: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Write the page. ``base`` leads from its folder to the audited one (``../``, ""); without it files are not
    linked. ``standings``: what a ledger tells of the audits before, for the trend. ``copies``: path of a submission →
    its annotated copy, as the page's folder has it."""
    script = "".join((_TEMPLATES / "script" / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    style = tables.style() + look()
    policy = (
        f"default-src 'none'; script-src {_hash(tables.script())} {_hash(script)}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    summary = Summary(audit)
    shown = audit if summary.issues <= MOST else subset(audit, np.arange(MOST))
    links = Links(_links(audit, base), {path: _address(name) for path, name in copies.items()})
    still = (
        _environment()
        .get_template("page.html")
        .render(policy=policy, style=_raw(style), **_parts(audit, shown, summary, links, standings))
    )
    out.writelines(text.encode("utf-8", "replace") for text in _whole(still, shown, links, script))


def look() -> str:
    """The style sheet of the page but for its tables: what other pages of this program look like, too."""
    return _environment().get_template("style.css").render()


def _whole(still: str, shown: Audit, links: Links, script: str) -> Iterator[str]:
    yield still
    yield '<script type="application/json" id="page">'
    yield dumps(_settings(shown, links)).replace("<", "\\u003c")
    yield '</script>\n<script type="application/json" id="data">'
    yield from issue_data(shown)
    yield '</script>\n<script type="application/json" id="dossiers">'
    yield dumps(dossier_data(shown)).replace("<", "\\u003c")
    yield f'</script>\n<script type="module">{tables.script()}</script>\n'
    yield f'<script type="module">{script}</script>\n</body>\n</html>\n'


def _parts(
    audit: Audit, shown: Audit, summary: Summary, links: Links, standings: Iterable[Standing]
) -> dict[str, Any]:
    """What the templates are filled with."""
    run, lang = audit.run, audit.run.lang
    counts = Counts(audit)
    today = run.issued_on
    by_rule = matrix(counts)
    first = _first(shown)
    all_ = Tally.of([0, *(summary.by_severity[Severity(i)] for i in (1, 2, 3))])
    states = Counter(audit.verdicts.get(s.path) or s.status for s in audit.submissions)
    verdicts = [(k, word(VERDICTS, k, lang), states[k]) for k in VERDICTS if states[k]]
    return {
        "lang": lang,
        "version": __version__,
        "heading": f"{run.county or ''}{'' if lang == 'zh' or not run.county else ': '}{TITLE[lang]}",
        "t": {key: text[lang] for key, text in WORDS.items()},
        "colours": {s.key: s.colour[lang] for s in SEVERITIES},
        "views": VIEWS,
        "lines": circumstances(audit, summary)[:1],
        "about": circumstances(audit, summary),
        "warnings": [*(w[lang] for w in run.warnings), *(crash_text(r, lang) for r in summary.crashed)],
        "headline": Headline(
            summary.children, summary.causes, all_, summary.files, summary.rows, verdicts, bool(summary.crashed)
        ),
        "today": today,
        "due": deadlines(counts, today),
        "first": first,
        "first_note": WORDS["shown_of"][lang].format(shown=len(first), all=summary.causes),
        "cut": WORDS["cut"][lang].format(shown=MOST, all=summary.issues) if summary.issues > MOST else "",
        "matrix": by_rule,
        "heats": completeness(audit),
        "agreement": agreement(audit),
        "trend": trend(standings),
        "skipped": skipped(audit.rules, run),
        "quiet": [(r.rule.code, r.rule.title[lang]) for r in audit.rules if r.status == "ran" and not r.issues],
        "units": units(counts, today),
        "rules": rules(counts, by_rule.lines),
        "files": files(audit, summary, links.files, links.copies),
        "missing": missing(audit),
        "handed_in": handed_in(audit),
    }  # fmt: skip


def _first(audit: Audit) -> list[First]:
    """The lines of the first level that weigh most, with what follows from them."""
    lang = audit.run.lang
    comma = "、" if lang == "zh" else ", "
    if not audit.issues.num_rows:
        return []
    told = Told.of(audit)
    causes = told.causes[:FIRST]
    part = subset(audit, np.flatnonzero(np.isin(told.head, causes) | np.isin(told.above, causes)))
    places, more = some_places(part, comma, _PLACES)
    titles = Summary(audit).titles()
    issues = part.issues.to_pylist()

    def rule(at: int) -> str:
        return f"{issues[at]['rule']} {titles.get(issues[at]['rule'], '')}".strip()

    def also(line: Line) -> str:
        return rule(line.issues[0]) + ("" if line.repeats else f"：{issues[line.issues[0]]['message']}")

    return [
        First(
            severity=Severity(issues[line.issues[0]]["severity"]).key,
            rule=rule(line.issues[0]),
            child=issues[line.issues[0]]["child"],
            message=issues[line.issues[0]]["message"],
            unit=comma.join(
                dict.fromkeys(issues[i]["responsible_unit"] or NOBODY[lang] for i in line.issues)
            ),
            deadline=due_text(issues[line.issues[0]]["deadline"], audit.run),
            place=comma.join(places[i] + (f" +{more[i]}" if more[i] else "") for i in line.issues),
            also=[also(below) for below in line.below],
        )
        for line in lines(part)
    ]


def _settings(audit: Audit, links: Links) -> dict[str, Any]:
    """What the script is told besides the issues."""
    run, lang = audit.run, audit.run.lang
    fields = one(audit.locations["field"]).dictionary.to_pylist()
    still = {key: WORDS[key][lang] for key in _SHARED}
    return {
        "lang": "zh-CN" if lang == "zh" else "en",
        "all": audit.issues.num_rows,
        "today": run.issued_on.isoformat(),
        "words": {
            **still,
            **{key: text[lang] for key, text in SCRIPT_WORDS.items()},
            "nobody": NOBODY[lang],
            "past": PAST[lang],
        },
        "colours": {s.key: s.colour[lang] for s in SEVERITIES},
        "statuses": {key: text[lang] for key, text in STATUSES.items()},
        "rules": Summary(audit).titles(),
        "fields": {name: run.field_title(name) for name in fields},
        "files": links.files,
        "copies": links.copies,
    }


_SHARED = (
    "issues", "children", "severity", "rule", "child", "message", "unit", "township", "deadline", "place", "status",
    "fix", "none", "no_township", "field", "annotated",
)  # fmt: skip


def _links(audit: Audit, base: str | None) -> dict[str, str]:
    """Path of a submitted file → its address from the page. What a file may not say of itself is not linked."""
    if base is None:
        return {}
    named = (s.path for s in audit.submissions if s.file is None)
    return {path: _address(base + path) for path in named}


def _address(path: str) -> str:
    from urllib.parse import quote

    return quote(path, safe="/", errors="replace")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, finalize=_shown,
        trim_blocks=True,
    )  # fmt: skip


def _shown(value: Any) -> Any:
    return visible(value) if type(value) is str else value


def _raw(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)


def _hash(text: str) -> str:
    """A script or style as the policy of the page allows it, and none other."""
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

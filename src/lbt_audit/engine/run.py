"""The audit from first to last: files → tables → frames → findings → issues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from lbt_audit.checks.links.compared import ComparedParams
from lbt_audit.checks.links.match_rate import MatchRateParams
from lbt_audit.engine.audit import Audit
from lbt_audit.engine.county.deadlines import schedule
from lbt_audit.engine.execute import Amend, run_rules
from lbt_audit.engine.identity.children import child_index
from lbt_audit.engine.issues.assign import Assigner
from lbt_audit.engine.issues.builder import IssueBuilder
from lbt_audit.engine.issues.messages import Filler
from lbt_audit.engine.issues.verdicts import verdicts
from lbt_audit.engine.links.report import LinkReport
from lbt_audit.engine.lists import Lists
from lbt_audit.engine.patience import Patience
from lbt_audit.engine.reading.files import submissions as submitted
from lbt_audit.engine.reading.read import SILENT, HandedIn, read
from lbt_audit.engine.request import Request, Watcher
from lbt_audit.intake.table import Submission
from lbt_audit.links.comparison.fields import FieldComparison
from lbt_audit.links.links import Links
from lbt_audit.rulebook.catalogue import Catalogue


def audit(
    request: Request,
    watcher: Watcher = SILENT,
    handed_in: HandedIn = submitted,
    elsewhere: Sequence[Submission] = (),
    amend: Amend | None = None,
) -> Audit:
    """Audit what ``request`` names; of a part of what is audited, ``elsewhere`` are records of other parts that issues
    point at, and ``amend`` puts into what a rule found what it finds across parts.

    Raises ConfigError (rules, profile, parameters) and what ``intake.find`` raises for paths that do
    not exist; nothing a file holds raises.
    """
    started = datetime.now()
    reading = read(request, watcher, handed_in, elsewhere)
    book, run, county, catalogue = reading.book, reading.run, reading.county, reading.catalogue
    submissions = book.submissions
    deadlines = schedule(county, run.issued_on)
    builder = IssueBuilder(
        book=book,
        filler=Filler(run, reading.dictionary.fields, book.params, reading.veil),
        assigner=Assigner(county.units, deadlines),
        salt=request.key.value,
    )
    rules = catalogue.selected(request.select, request.ignore)
    runs = run_rules(rules, book, builder, watcher.rule, amend)
    found = sum(run.issues for run in runs)
    with Patience().for_rows(sum(map(len, book.registers.values())) + found):
        issues, locations, rests = builder.build()
    links = Links.of(book)
    lists = Lists(builder.anew()) if any(f.schema.answers for f in book.registers.values()) else None
    result = Audit(
        run=replace(run, started=started, warnings=(*run.warnings, *deadlines.warnings)),
        submissions=reading.veil.files(submissions),
        rules=tuple(runs),
        issues=issues,
        locations=locations,
        rests=rests,
        children=child_index(book, builder.salt) if request.children else None,
        previous=reading.veil.files(reading.previous.submissions) if reading.previous else (),
        verdicts=verdicts(submissions, issues, locations),
        # Only where lists were compared: the report keeps the frames in memory.
        links=LinkReport(links, _key_items(catalogue), reading.veil)
        if links.linkages.made or request.links
        else None,
        dossiers=builder.dossiers(_compared(catalogue)),
        lists=lists,
    )
    # With a ledger it speaks first.
    return result if lists is None or request.children else lists.told(result)


def _compared(catalogue: Catalogue) -> frozenset[str]:
    """Fields in which some rule compares lists."""
    params = (r.params for r in catalogue.rules.values())
    return frozenset(f for p in params if isinstance(p, MatchRateParams | ComparedParams) for f in p.fields)


def _key_items(catalogue: Catalogue) -> Mapping[str, FieldComparison]:
    """What counts as a difference in match rates besides name and number: what the rule about them says."""
    rates = (r.params for r in catalogue.rules.values() if isinstance(r.params, MatchRateParams))
    return next((p.fields for p in rates), {})

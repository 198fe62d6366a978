"""What was handed in, by unit and kind of register, and what was not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from lbt_audit.engine.audit import Audit
from lbt_audit.model.record import dataclass
from lbt_audit.reports.page.figures.counts import Tally
from lbt_audit.reports.tables.summary import Summary
from lbt_audit.reports.text.columns import one
from lbt_audit.reports.words import NOBODY


@dataclass(frozen=True)
class FileLine:
    path: str
    href: str  # "" where it has no address
    copy: str  # address of its annotated copy, "" where it has none
    state: str  # verdict, or status where there is none: what it is coloured by
    standing: str
    kinds: str
    rows: int
    tally: Tally
    remark: str


@dataclass(frozen=True)
class HandedIn:
    """Records handed in: ``units`` are (unit, township, records by kind in the order of ``kinds``, 0 for none)."""

    kinds: Sequence[str]
    units: Sequence[tuple[str, str, Sequence[int]]]


def files(
    audit: Audit, summary: Summary, href: Mapping[str, str], copies: Mapping[str, str]
) -> list[FileLine]:
    """Every file: the refused first, then as they were read."""
    kinds = {s.path: Counter(audit.run.kind_title(t.kind) for t in s.tables) for s in audit.submissions}
    states = {s.path: audit.verdicts.get(s.path) or s.status for s in audit.submissions}
    comma = "、" if audit.run.lang == "zh" else ", "
    lines = [
        FileLine(
            path=f.path,
            href=href.get(f.path, ""),
            copy=copies.get(f.path, ""),
            state=states[f.path],
            standing=f.standing,
            kinds=comma.join(f"{k} × {n}" if n > 1 else k for k, n in kinds[f.path].items()),
            rows=f.rows,
            tally=Tally(*f.tally),
            remark=f.remark or "",
        )
        for f in summary.by_submission
    ]
    order = ("unreadable", "rejected", "accepted_with_errors", "accepted")
    return sorted(lines, key=lambda f: order.index(f.state) if f.state in order else len(order))


def handed_in(audit: Audit) -> HandedIn:
    """Records by unit and kind; units by township, kinds by their number of units."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for submission in audit.submissions:
        for table in submission.tables:
            found[table.unit.township or table.unit.name, table.unit.name][table.kind] += len(table)
    kinds = [kind for kind, _ in Counter(k for its in found.values() for k in its).most_common()]
    nobody = NOBODY[audit.run.lang]
    return HandedIn(
        [audit.run.kind_title(k) for k in kinds],
        [(unit or nobody, town, [its[k] for k in kinds]) for (town, unit), its in sorted(found.items())],
    )


def missing(audit: Audit) -> list[str]:
    """What the rules say was due and did not come, in their words."""
    due = {run.rule.code for run in audit.rules if run.rule.check == "due" and run.issues}
    if not due:
        return []
    rules = one(audit.issues["rule"]).to_pylist()
    return [audit.issues["message"][i].as_py() for i, code in enumerate(rules) if code in due]

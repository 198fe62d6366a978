"""The audit of one county on its way to the whole: its tables, what became of its rules and files, its circumstances."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from lbt_audit.engine.audit import Audit
from lbt_audit.engine.identity.children import ChildIndex
from lbt_audit.intake.table import Submission
from lbt_audit.links.agreement import Agreement
from lbt_audit.matching.decision.parameters import Parameters
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import RuleRun
from lbt_audit.model.run import Run
from lbt_audit.model.text import Lang, Text
from lbt_audit.partitions.stored.shelf import Shelf
from lbt_audit.partitions.stored.tree import known

TABLES = ("issues", "locations", "rests")
LANGS: tuple[Lang, ...] = ("zh", "en")


@known
@dataclass(frozen=True)
class Ran:
    """A ``RuleRun`` without the rule."""

    code: str
    status: str
    reason: str | None
    rows_checked: int
    unverifiable: int
    issues: int
    seconds: float
    lacks: tuple[Text, ...]


@known
@dataclass(frozen=True)
class Result:
    """``agreement``: match rates, if lists were compared (``compared``); ``parameters``: what links were worked out with,
    by pairs of registers."""

    run: Run
    rules: tuple[Ran, ...]
    verdicts: Mapping[str, str]
    children: ChildIndex | None
    compared: bool
    agreement: Agreement | None
    parameters: Mapping[tuple[str, str], Parameters]


def keep(shelf: Shelf, world: int, audit: Audit, links: bool) -> None:
    """Leave ``audit`` of a county on the shelf, its ``links`` if they are asked for; the last file says it is whole."""
    for name in TABLES:
        shelf.write_table(f"{name}-{world}", getattr(audit, name))
    shelf.write_submissions(f"files-{world}", audit.submissions, texts=False)
    shelf.write_submissions(f"previous-{world}", audit.previous, texts=False)
    if links and audit.links is not None:
        for lang in LANGS:
            shelf.write_table(f"links-{lang}-{world}", audit.links.pairs(lang))
    used = audit.links is not None and audit.links.used
    ran = tuple(_ran(run) for run in audit.rules)
    agreement = audit.links.agreement if used else None
    parameters = dict(audit.links.parameters) if used else {}
    shelf.write(
        f"result-{world}",
        Result(audit.run, ran, dict(audit.verdicts), audit.children, used, agreement, parameters),
    )


def result(shelf: Shelf, world: int) -> Result | None:
    """What a county's audit says of itself; None where it has not ended."""
    found: Result | None = shelf.read(f"result-{world}") if shelf.has(f"result-{world}") else None
    return found


def table(shelf: Shelf, name: str, world: int, schema: pa.Schema) -> pa.Table:
    return shelf.read_table(f"{name}-{world}").cast(schema)


def files(shelf: Shelf, name: str, world: int) -> list[Submission]:
    return list(shelf.submissions(f"{name}-{world}"))


def _ran(run: RuleRun) -> Ran:
    return Ran(
        run.rule.code,
        run.status,
        run.reason,
        run.rows_checked,
        run.unverifiable,
        run.issues,
        run.seconds,
        run.lacks,
    )

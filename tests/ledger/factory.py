"""Audits with chosen issues, for the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from lbt_audit.checks.history.ledger import History
from lbt_audit.engine.audit import ISSUE_SCHEMA, LOCATION_SCHEMA, REST_SCHEMA, Audit
from lbt_audit.intake.table import Column, Submission, Table
from lbt_audit.model.rule import Rule, RuleRun
from lbt_audit.model.run import Run
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text
from lbt_audit.model.unit import Unit


def rule(code: str, message: str = "", finds: str = "") -> Rule:
    return Rule(
        code=code, title=Text(f"规则{code}", f"Rule {code}"), severity=Severity.ERROR, tables=("roster",),
        check="ledger" if finds else "rows", params=History(finds=finds) if finds else None, points_at=(),
        message=Text(message, message), fix=Text("更正", "Correct it"), basis=(), responsible="submitter",
        deadline="D3", examples={},
    )  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """One issue of an audit; ``kinds`` are the kinds of file of its unit it stands in."""

    number: int
    unit: str = "白石镇"
    rule: str = "D01"
    kinds: tuple[str, ...] = ("roster",)
    deadline: date = date(2026, 11, 4)
    cause: int | None = None  # the number of the issue it follows from

    @property
    def fingerprint(self) -> str:
        return f"{self.number:016x}"


def audit(
    as_of: date,
    seen: Iterable[Seen] = (),
    read: Iterable[tuple[str, str]] = (("白石镇", "roster"),),
    ran: Iterable[str] = ("D01", "D02"),
    records: int = 4,
    named: bool = True,
    rests: Iterable[tuple[int, str]] = (),
    county: str = "青禾县",
    seal: str = "a",
    profile: str = "three_month_county",
) -> Audit:
    """An audit on ``as_of`` that read ``read`` (unit, kind) and found ``seen``.

    ``records`` stand in every file, with a column of names if ``named``; ``rests``: (position in ``seen``, kind
    of list that lacks the child).
    """
    seen = list(seen)
    submissions = []
    column = Column(
        "child_name", 1, "姓名", "standard", pa.array(["杨某峰"] * records), np.ones(records, np.uint8)
    )
    for unit, kind in dict.fromkeys([*read, *((s.unit, k) for s in seen for k in s.kinds)]):
        table = Table(
            f"{unit}/{kind}.xlsx",
            "Sheet1",
            kind,
            Unit("township", unit, unit),
            np.arange(5, 5 + records, dtype=np.int32),
            {"child_name": column} if named else {},
        )
        submissions.append(Submission(table.path, "00" * 32, "audited", tables=(table,)))
    columns = {
        "fingerprint": [s.fingerprint for s in seen],
        "rule": [s.rule for s in seen],
        "severity": [3] * len(seen),
        "title": ["题"] * len(seen),
        "message": [f"问题 {s.number}" for s in seen],
        "fix": ["更正"] * len(seen),
        "child": ["杨*峰"] * len(seen),
        "id_no": ["5299**********001X"] * len(seen),
        "unit": [s.unit for s in seen],
        "township": [s.unit for s in seen],
        "village": [None] * len(seen),
        "school": [None] * len(seen),
        "responsible_level": ["township"] * len(seen),
        "responsible_unit": [s.unit for s in seen],
        "responsible_township": [None] * len(seen),
        "deadline_class": ["D3"] * len(seen),
        "deadline": [s.deadline for s in seen],
        "status": ["new"] * len(seen),
        "child_key": [f"{s.number:016x}" for s in seen],
        "case": [f"{s.number:016x}" for s in seen],
        "follows": [None if s.cause is None else f"{s.cause:016x}" for s in seen],
        "line": [s.fingerprint for s in seen],
        "repeats": [False] * len(seen),
        "safety": [False] * len(seen),
        "number": [None] * len(seen),
        "probability": [None] * len(seen),
    }
    issues = pa.table([pa.array(columns[f.name], f.type) for f in ISSUE_SCHEMA], schema=ISSUE_SCHEMA)
    cells = [
        (i, f"{s.unit}/{kind}.xlsx", "Sheet1", 5 + s.number % 4, "B", "child_name", "杨*峰")
        for i, s in enumerate(seen)
        for kind in s.kinds
    ]
    by_column = list(zip(*cells, strict=True)) or [()] * len(LOCATION_SCHEMA)
    locations = pa.table(
        [pa.array(list(c), f.type) for c, f in zip(by_column, LOCATION_SCHEMA, strict=True)],
        schema=LOCATION_SCHEMA,
    )
    runs = [RuleRun(rule(code), "ran") for code in ran]
    runs += [
        RuleRun(rule("L02", "{unit} {count} {days}", "overdue"), "skipped", "needs_ledger"),
        RuleRun(rule("L03", "{unit} {count}", "relapsed"), "skipped", "needs_ledger"),
    ]
    run = Run(as_of, "option", as_of, "option", profile, "zh", "partial", None, county, seal=seal)
    lists = list(zip(*rests, strict=True)) or [(), ()]
    lacking = pa.table([pa.array(lists[0], pa.int32()), pa.array(lists[1], pa.string())], schema=REST_SCHEMA)
    return Audit(run, tuple(submissions), tuple(runs), issues, locations, rests=lacking)

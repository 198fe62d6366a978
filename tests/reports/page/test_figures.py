"""What the page counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa
from tests.reports.factory import ROSTER, clean_audit, make_audit, submissions

from lbt_audit.model.cell import CellKind
from lbt_audit.reports.page.figures.calendar import deadlines
from lbt_audit.reports.page.figures.completeness import MOST_UNITS, completeness
from lbt_audit.reports.page.figures.counts import Counts, Tally
from lbt_audit.reports.page.figures.files import files, handed_in
from lbt_audit.reports.page.figures.matrix import matrix
from lbt_audit.reports.page.figures.rules import rules
from lbt_audit.reports.page.figures.trend import trend
from lbt_audit.reports.page.figures.units import units
from lbt_audit.reports.tables.summary import Summary


def test_completeness_counts_what_is_filled_in() -> None:
    roster = next(s for s in submissions() if s.path == ROSTER)
    table = roster.tables[0]
    kinds = np.full(131, CellKind.TEXT, np.uint8)
    kinds[:26] = CellKind.BLANK
    kinds[-1] = CellKind.UNCOMPUTED  # nobody knows what it holds
    column = replace(table.columns["mother_name"], kinds=kinds)
    spoilt = replace(roster, tables=(replace(table, columns={**table.columns, "mother_name": column}),))
    (heat,) = completeness(replace(make_audit(), submissions=(spoilt,)))
    assert (heat.kind, heat.records, heat.units) == ("roster", 131, ["白石镇"])
    ((title, (share,)),) = heat.gaps
    assert (title, share.filled, share.of, share.percent, share.step) == ("mother_name", 104, 130, 80, 8)
    assert heat.whole == ["child_name"]


def test_many_units_are_put_together_by_township() -> None:
    school = next(s for s in submissions() if len(s.tables) == 2)
    table = school.tables[0]
    many = tuple(
        replace(table, unit=replace(table.unit, name=f"第{n}小学", township="清水乡" if n % 2 else "白石镇"))
        for n in range(MOST_UNITS + 1)
    )
    (heat,) = completeness(replace(make_audit(), submissions=(replace(school, tables=many),)))
    assert heat.units == ["清水乡", "白石镇"]


def test_rules_by_township() -> None:
    found = matrix(Counts(make_audit()))
    assert [(line.code, line.total) for line in found.lines] == [
        ("A06", 1),
        ("D01", 1),
        ("E04", 1),
        ("B02", 2),
        ("C10", 1),
    ]
    assert list(found.townships) == ["清水乡", "白石镇", ""]
    blank = next(line for line in found.lines if line.code == "B02")
    assert list(blank.tallies) == [Tally(), Tally(warning=2), Tally()]
    assert found.step(Tally(warning=2)) == 5 and found.step(Tally()) == 0


def test_deadlines_on_a_calendar() -> None:
    due = deadlines(Counts(make_audit()), date(2026, 11, 1))
    assert [m.first for m in due.months] == [date(2026, 10, 1), date(2026, 11, 1)]
    assert due.overdue == Tally(error=1) and due.nearest == (date(2026, 11, 4), Tally(error=2, warning=2))
    fourth = [cell for week in due.months[1].weeks for cell in week if cell and cell[0].day == 4]
    assert fourth == [(date(2026, 11, 4), Tally(error=2, warning=2))]
    assert [c and c[0].day for c in due.months[1].weeks[0]] == [None] * 6 + [1], "weeks begin on Monday"


def test_far_deadlines_are_listed() -> None:
    audit = make_audit()
    days = [date(2026, 11, 4)] * 5 + [date(2027, 8, 31)]
    at = audit.issues.schema.get_field_index("deadline")
    due = deadlines(
        Counts(replace(audit, issues=audit.issues.set_column(at, "deadline", pa.array(days)))),
        date(2026, 11, 1),
    )
    assert [m.first.month for m in due.months] == [11, 12, 1]
    assert due.later == [(date(2027, 8, 31), Tally(notice=1))]


def test_units_that_answer() -> None:
    lines = units(Counts(make_audit()), date(2026, 11, 1))
    assert [(u.unit, u.level, u.children, u.tally.all, u.overdue) for u in lines] == [
        ("白石镇", "乡镇", 3, 3, 0), ("清水中心小学", "学校", 2, 2, 0), ("青禾县", "县级", 0, 1, 1),
    ]  # fmt: skip
    assert lines[0].nearest == date(2026, 11, 4)


def test_files_the_refused_first() -> None:
    audit = make_audit()
    listed = files(audit, Summary(audit), {ROSTER: "x"}, {ROSTER: "批注/x"})
    assert [f.state for f in listed] == [
        "rejected",
        "accepted_with_errors",
        "accepted_with_errors",
        "ignored",
    ]
    assert {f.path: (f.href, f.copy) for f in listed}[ROSTER] == ("x", "批注/x")
    given = handed_in(audit)
    assert sorted((unit, sum(records)) for unit, _, records in given.units) == [
        ("清水中心小学", 78),
        ("白石镇", 131),
    ]


def test_rules_with_what_is_to_be_done() -> None:
    counts = Counts(make_audit())
    entry = next(e for e in rules(counts, matrix(counts).lines) if e.line.code == "D01")
    assert (entry.children, list(entry.fixes)) == (1, ["以户口簿和死亡证明为准更正"])
    assert entry.basis[1] == "填表说明（民发〔2016〕42号）第4条"


def test_nothing_found_counts_to_nothing() -> None:
    counts = Counts(clean_audit())
    assert counts.children() == 0 and not matrix(counts).lines and not units(counts, date(2026, 11, 1))
    assert not deadlines(counts, date(2026, 11, 1)).months and not rules(counts, ())


@dataclass
class Standing:
    as_of: date
    unclosed: int
    closed: int


def test_the_trend_needs_two_days() -> None:
    september = [Standing(date(2026, 9, 30), 40, 0), Standing(date(2026, 9, 30), 23, 4)]
    assert trend(september) is None
    drawn = trend([*september, Standing(date(2026, 10, 31), 30, 37)])
    assert drawn is not None
    assert [(p.unclosed, p.closed) for p in drawn.points] == [(63, 4), (30, 37)]
    assert [n for _, n in drawn.marks] == [0, 20, 40, 60, 80]
    first, second = drawn.points
    assert first.x < second.x and first.y_unclosed < second.y_unclosed, "fewer issues stand lower"

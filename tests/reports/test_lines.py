"""Causes first, and what is to be done today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from tests.reports.factory import make_audit

from lbt_audit.reports.tables.lines import Told, lines
from lbt_audit.reports.tables.places import due_first
from lbt_audit.reports.tables.summary import Summary


def test_a_cause_comes_as_early_as_what_follows_from_it() -> None:
    audit = make_audit()
    follower = audit.issues["follows"].is_valid().to_pylist().index(True)
    early = [follower, *(i for i in range(audit.issues.num_rows) if i != follower)]
    turned = replace(audit, issues=audit.issues.take(early))
    first = lines(turned)[0]
    assert first.below[0].issues == (0,)
    cause = turned.issues["fingerprint"][first.issues[0]].as_py()
    assert cause == turned.issues["follows"][0].as_py()
    told = Told.of(turned)
    assert [told.line(head) for head in told.causes.tolist()] == lines(turned)


def test_a_units_list_begins_with_what_is_due() -> None:
    audit = make_audit()
    everything = np.arange(audit.issues.num_rows)
    assert due_first(audit, everything).tolist() == everything.tolist()
    later = replace(audit, run=replace(audit.run, issued_on=date(2026, 11, 4)))
    found = due_first(later, everything[::-1])
    due = [audit.issues["deadline"][i].as_py() <= date(2026, 11, 4) for i in found.tolist()]
    assert due == sorted(due, reverse=True) and 0 < sum(due) < len(due)


def test_the_severity_of_a_rule_is_that_of_its_issues() -> None:
    tallies = Summary(make_audit()).rule_tallies
    assert tallies["B02"] == (0, 2, 0) and tallies["C10"] == (0, 0, 1)
    assert list(tallies.values()) == sorted(tallies.values(), reverse=True)

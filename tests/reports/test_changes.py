"""What became of issues from one audit to the next."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
from tests.reports.factory import FOLLOWS, make_audit

from lbt_audit.reports.tables.changes import Course, causes
from lbt_audit.reports.tables.places import subset


def test_issues_keep_their_numbers_whatever_comes_and_goes() -> None:
    whole = make_audit()
    n = whole.issues.num_rows
    course = Course()
    first = course.take(whole)
    assert first.first and [i.number for i in first.left] == list(range(1, n + 1)) and not first.gone
    second = course.take(subset(whole, np.arange(2, n)))
    assert not second.first and [i.number for i in second.gone] == [1, 2] and not second.new
    assert [i.number for i in second.left] == list(range(3, n + 1))
    third = course.take(whole)  # back again is new
    assert [i.number for i in third.new] == [n + 1, n + 2] and not third.gone


def test_another_fingerprint_at_the_same_cell_is_the_same_issue() -> None:
    whole = make_audit()
    names = whole.issues["fingerprint"].to_pylist()
    place = whole.issues.schema.get_field_index("fingerprint")
    renamed = whole.issues.set_column(
        place, "fingerprint", pa.array([f"f{name[1:]}" if i == 0 else name for i, name in enumerate(names)])
    )
    course = Course()
    before = course.take(whole)
    after = course.take(replace(whole, issues=renamed))
    assert not after.gone and not after.new
    assert [i.number for i in after.left] == [i.number for i in before.left]


def test_a_file_that_is_no_longer_there_is_not_mended() -> None:
    whole = make_audit()
    course = Course()
    found = course.take(whole).left
    gone = whole.submissions[0].path
    of_it = {i.number for i in found if i.place == gone or i.place.startswith(f"{gone}:")}
    rest = replace(subset(whole, np.arange(0)), submissions=whole.submissions[1:])
    changes = course.take(rest)
    assert of_it and {i.number for i in changes.away} == of_it
    assert {i.number for i in changes.gone} == {i.number for i in found} - of_it


def test_what_follows_is_counted_with_its_cause() -> None:
    changes = Course().take(make_audit())
    told = causes(changes.left)
    assert sum(more for _, more in told) == len(changes.left) - len(told) >= len(FOLLOWS) > 0
    follower, cause = next(iter(FOLLOWS.items()))
    alone = [i for i in changes.left if i.cause == f"{cause:016x}"]
    assert causes(alone[1:]) == [(alone[1], len(alone) - 2)] and follower is not None

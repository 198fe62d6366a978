"""The order to correct of a later audit: what is overdue is told apart from what has time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from tests.ledger.factory import Seen, audit

from lbt_audit.ledger.recording.session import Entered, enter
from lbt_audit.model.text import Lang
from lbt_audit.notices.letter.letter import Letter
from lbt_audit.notices.order.letter import order
from lbt_audit.notices.units.shares import shares

OCT, NOV = date(2026, 10, 31), date(2026, 11, 30)
LATE, DUE = date(2026, 11, 4), date(2026, 12, 31)


@pytest.fixture
def later(tmp_path: Path) -> Entered:
    """October: 1 to 7. November: 1 to 4 again, 7 in a file not handed in again, 8 and 9 new."""
    ledger = tmp_path / "台账.db"
    first = [Seen(n, deadline=LATE if n < 4 else DUE) for n in range(1, 7)]
    first.append(Seen(7, kinds=("village_book",), deadline=LATE))
    enter(audit(OCT, first), None, ledger)
    return enter(audit(NOV, [*first[:4], Seen(8, deadline=DUE), Seen(9, deadline=DUE)]), None, ledger)


def letter(entered: Entered) -> Letter:
    (share,) = shares(entered.audit)
    tallies = {(t.level, t.unit): t for t in entered.inspection.recheck.units}
    return order(share, None, tallies[share.level, share.unit])


def body(made: Letter) -> str:
    return "\n".join(p.text for p in made.parts)


def test_overdue_and_timely_issues_are_told_apart(later: Entered) -> None:
    text = body(letter(later))
    assert "问题 6 条" in text
    assert "按原定整改时限，已逾期的 3 条，尚在时限内的 3 条。" in text
    assert "此前问题已销号 2 条。另有以前发现、本次未能复核的 1 条，仍未销号。" in text
    assert "（一）逾期问题立即整改。已逾期的 3 条，责令立即整改" in text
    assert "已逾期的 3 条，原定整改时限：3 条为2026年11月4日（含当日），均已超过，责令立即整改" in text
    assert "尚在时限内的 3 条，请于2026年12月31日前（含当日）完成整改并书面报告。" in text
    assert "本次新发现问题的时限自2026年11月30日的次日起算" in text
    assert "涉及儿童安全" not in text


def test_no_count_is_larger_than_the_whole(later: Entered) -> None:
    """What the ledger holds besides is told as such, not as overdue ones among these."""
    text = body(letter(later))
    for n in re.findall(r"逾期[^，。]{0,4} (\d+) 条", text):
        assert int(n) <= 6


def test_nothing_past_is_asked_for_as_if_to_come(later: Entered) -> None:
    assert "于2026年11月4日前" not in body(letter(later))
    assert letter(later).fields["overdue"] == "3"
    assert letter(later).fields["deadline"] == "2026年12月31日"


def test_where_all_is_overdue_the_day_is_left_to_fill_in(tmp_path: Path) -> None:
    ledger = tmp_path / "台账.db"
    seen = [Seen(n, deadline=LATE) for n in range(3)]
    enter(audit(OCT, seen), None, ledger)
    made = letter(enter(audit(NOV, seen), None, ledger))
    text = body(made)
    assert "按原定整改时限，已逾期的 3 条。" in text
    assert "于＿＿月＿＿日前（含当日）书面报告" in text
    assert "起算" not in text
    assert made.fields["deadline"] == "2026年　　月　　日"


def test_only_what_is_due_at_once_concerns_safety(tmp_path: Path) -> None:
    made = audit(OCT, [Seen(n, deadline=OCT if n == 1 else DUE) for n in range(4)])
    classes = ["D3", "D0", "D3", "D3"]
    at = made.issues.schema.get_field_index("deadline_class")
    field = made.issues.schema.field(at)
    made = replace(
        made, issues=made.issues.set_column(at, field, pa.array(classes, pa.string()).cast(field.type))
    )
    (share,) = shares(made)
    text = body(order(share, None))
    assert "有 1 条涉及儿童安全，收到本通知后当日核实处置。" in text
    assert "1 条于2026年10月31日前（含当日）；3 条于2026年12月31日前（含当日）" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_wording_is_clean(later: Entered, lang: Lang) -> None:
    made: Any = replace(later.audit, run=replace(later.audit.run, lang=lang))
    text = body(letter(replace(later, audit=made)))
    assert not re.search(r"[。，；：、]{2}|(?<!\d)0 条|  |\.\.|None", text), text
    if lang == "en":
        assert not re.search(r"[，。；：]", text), text


def test_beside_each_item_stand_the_numbers_of_its_issues(later: Entered, tmp_path: Path) -> None:
    numbered = letter(later)
    assert "2610-" in numbered.rows[0]["issues"] and "2611-" in numbered.rows[0]["issues"]
    (table,) = [p.table for p in numbered.annex if p.table]
    assert (
        table.headers[-1] == "台账编号"
        and table.rows[0][-1].replace("\u2011", "-") == numbered.rows[0]["issues"]
    )
    (share,) = shares(audit(OCT, [Seen(1)]))
    (plain,) = [p.table for p in order(share, None).annex if p.table]
    assert "台账编号" not in plain.headers, "without a ledger there are none"

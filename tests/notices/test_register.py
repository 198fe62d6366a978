"""The register as a workbook: what is a number is one."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import openpyxl
from tests.ledger.factory import Seen, audit

from lbt_audit.ledger.recording.session import enter
from lbt_audit.notices.register.workbook import write_register


def test_days_overdue_are_numbers_and_deadlines_dates(tmp_path: Path) -> None:
    ledger = tmp_path / "台账.db"
    seen = [Seen(1), Seen(2, deadline=date(2026, 12, 31))]
    enter(audit(date(2026, 10, 31), seen), None, ledger)
    entered = enter(audit(date(2026, 11, 30), seen), None, ledger)
    out = io.BytesIO()
    write_register(entered.inspection, "zh", out)
    rows = list(
        openpyxl.load_workbook(io.BytesIO(out.getvalue())).active.iter_rows(min_row=2, values_only=True)
    )
    days, due = rows[0].index("逾期天数"), rows[0].index("整改时限（含当日）")
    assert [row[days] for row in rows[1:]] == [26, None]
    assert [row[due] for row in rows[1:]] == [datetime(2026, 11, 4), datetime(2026, 12, 31)]

"""The list of placeholders in the documentation is the list there is."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from tests.ledger.factory import Seen, audit

from lbt_audit.ledger.recording.session import enter
from lbt_audit.notices.circular.letter import circular
from lbt_audit.notices.letter.letter import Letter, common_fields
from lbt_audit.notices.letter.placeholders import COMMON, FIELDS, TEMPLATES
from lbt_audit.notices.order.letter import order
from lbt_audit.notices.recheck.reinspection import reinspection
from lbt_audit.notices.recheck.supervision import overdue_units, supervision
from lbt_audit.notices.units.shares import shares

DOCS = Path(__file__).parents[2] / "docs" / "notices.md"


@pytest.fixture
def letters(tmp_path: Path) -> dict[str, Letter]:
    seen = [Seen(n) for n in range(5)]
    enter(audit(date(2026, 10, 31), seen), None, tmp_path / "台账.db")
    entered = enter(audit(date(2026, 11, 30), seen), None, tmp_path / "台账.db")
    run, recheck = entered.audit.run, entered.inspection.recheck
    ((_, unit), items), *_ = overdue_units(recheck).items()
    return {
        "order": order(shares(entered.audit)[0], None),
        "supervision": supervision(unit, items, recheck, run, None),
        "circular": circular(entered.audit, recheck, None),
        "reinspection": reinspection(recheck, [], "", run, None),
    }


@pytest.mark.parametrize("kind", TEMPLATES)
def test_documented_placeholders(kind: str, letters: dict[str, Letter]) -> None:
    text = DOCS.read_text(encoding="utf-8")
    line = next(ln for ln in text.splitlines() if ln.startswith(f"| `{TEMPLATES[kind].zh}`"))
    _, _, english, fields, rows, _ = line.split("|")
    assert f"`{TEMPLATES[kind].en}`" in english
    shared = set(common_fields(audit(date(2026, 10, 31)).run, None, "zh"))
    assert shared == set(
        re.findall(r"`(\w+)`", next(ln for ln in text.splitlines() if ln.startswith("都可用")))
    )
    letter = letters[kind]
    known, known_rows = (set(names.split()) for names in FIELDS[kind])
    assert set(letter.fields) == known | set(COMMON.split())
    assert set(letter.rows[0]) == known_rows
    own = set(letter.fields) - shared
    documented = set(re.findall(r"`(\w+)`", fields))
    if kind == "reinspection":
        own -= {"unit", "level"}  # those of the whole county are empty
    assert own == documented
    assert set(letter.rows[0]) == set(re.findall(r"`(\w+)`", rows))

"""Who gets which letter: the office writes none to itself; a broken template leaves no trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pyarrow as pa
import pytest
from tests.ledger.factory import Seen, audit

from lbt_audit.config.county import County
from lbt_audit.engine.audit import Audit
from lbt_audit.ledger.recording.session import enter
from lbt_audit.model.errors import ConfigError
from lbt_audit.notices.documents import unit_documents
from lbt_audit.notices.letter.placeholders import TEMPLATES, check_templates
from lbt_audit.notices.recheck.state import status_word
from lbt_audit.notices.units.recipients import Recipients

OCT, NOV = date(2026, 10, 31), date(2026, 11, 30)


def at_county_level(made: Audit) -> Audit:
    """The issues of 青禾县 and 县教育局 lie with the county."""
    units = made.issues["responsible_unit"].to_pylist()
    levels = ["county" if unit in ("青禾县", "县教育局") else "township" for unit in units]
    at = made.issues.schema.get_field_index("responsible_level")
    field = made.issues.schema.field(at)
    return replace(
        made, issues=made.issues.set_column(at, field, pa.array(levels, pa.string()).cast(field.type))
    )


def test_the_county_office_writes_no_order_to_itself(tmp_path: Path) -> None:
    ledger = tmp_path / "台账.db"
    seen = [Seen(1, "青禾县"), Seen(2, "县教育局"), Seen(3, "白石镇"), Seen(4, "")]
    enter(at_county_level(audit(OCT, seen)), None, ledger)
    entered = enter(at_county_level(audit(NOV, seen)), None, ledger)
    made = unit_documents(entered.audit, Recipients.of(None, True), None, entered.inspection.recheck)
    names = [name.removeprefix("责任单位/") for name, _ in made]
    assert sorted(n for n in names if n.endswith(".docx")) == [
        "县教育局/整改通知书.docx", "县教育局/督办通知.docx", "白石镇/整改通知书.docx", "白石镇/督办通知.docx",
    ]  # fmt: skip
    books = [n for n in names if n.endswith(".xlsx")]
    assert "青禾县/青禾县-整改回复表.xlsx" in books and len(books) == 4


def test_what_was_not_handed_in_again_is_not_called_new(tmp_path: Path) -> None:
    ledger = tmp_path / "台账.db"
    enter(audit(OCT, [Seen(1, "白石镇"), Seen(2, "清水乡")]), None, ledger)
    for _ in range(2):  # a second audit of the day makes no difference
        made = audit(NOV, [Seen(1, "白石镇"), Seen(3, "白石镇")])
        recheck = enter(made, None, ledger).inspection.recheck
        words = {i.row["fingerprint"][-1]: status_word(i, recheck, "zh") for i in recheck.items}
        assert words == {"1": "未整改", "2": "未再复核", "3": "新增"}


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_template_is_checked_before_anything_is_audited(tmp_path: Path, kind: str) -> None:
    county = County(tmp_path / "x", templates=tmp_path)
    path = tmp_path / TEMPLATES[kind].zh
    check_templates(county, "zh")
    document = docx.Document()
    document.add_paragraph("{{county}} {{contact}}")
    document.save(str(path))
    check_templates(county, "zh")
    document.add_table(1, 1).cell(0, 0).text = "{{row.unitt}}"
    document.save(str(path))
    with pytest.raises(ConfigError, match="unitt"):
        check_templates(county, "zh")
    path.write_bytes(b"no docx")
    with pytest.raises(ConfigError, match="not a usable"):
        check_templates(county, "zh")

"""Every blank form, filled lawfully, audits clean; of thirty faults in it these and no others are found."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.templates.audited import audit_of, causes, dictionary, filled, form, issues, offered
from tests.templates.faults import faults
from tests.templates.lawful import lawful

CHILDREN, FAULTS = 200, 30


@pytest.mark.parametrize("key", offered())
def test_lawful_children_audit_clean_and_thirty_faults_are_found(key: str, tmp_path: Path) -> None:
    blank = form(offered()[key], dictionary())
    values = lawful(blank, CHILDREN)
    asked = {column.key for column in blank.columns if column.always or column.sometimes}
    assert asked <= values.keys()
    path = tmp_path / f"{key}.xlsx"
    filled(blank, values, path)
    found = audit_of(path)
    (table,) = found.submissions[0].tables
    assert table.kind == key and len(table) == CHILDREN and not table.unmapped
    assert [issue["message"] for issue in issues(found)] == []

    planted = faults(blank, values, FAULTS)
    assert len(planted) == FAULTS
    for fault in planted:
        values[fault.field] = [*values[fault.field]]
        values[fault.field][fault.row] = fault.value
    first = filled(blank, values, path)
    assert causes(audit_of(path)) == {first + fault.row: {fault.rule} for fault in planted}


@pytest.mark.parametrize("key", offered())
def test_what_a_header_asks_is_what_may_be_chosen(key: str) -> None:
    for column in form(offered()[key], dictionary()).columns:
        if column.field.kind == "yes_no":
            assert column.options[:2] == (("有", "无") if "有无" in column.leaf else ("是", "否"))

"""Whole records of the children issues are told of: all registers, masked, and what differs."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.engine.cases.test_cases import LEDGER, QIN, ROSTER, SCHOOL, TOWN, YANG, changed, submit

from lbt_audit.engine.audit import Audit
from lbt_audit.engine.issues.dossiers import Dossier
from lbt_audit.engine.request import Request
from lbt_audit.engine.run import audit
from lbt_audit.model.run import Mask
from lbt_audit.reports.page.dossiers import dossier_data


def made(folder: Path, mask: Mask) -> Audit:
    submit(folder, TOWN, ROSTER, [YANG, changed(QIN, name="覃金莲")])
    submit(folder, SCHOOL, LEDGER, [YANG, changed(QIN, sex="男")])
    return audit(Request((folder,), select=("C08", "F02"), mask=mask))


def the_girl(result: Audit) -> Dossier:
    (case,) = result.cases["case"].to_pylist()
    return result.dossiers.of([case], 1000)[case]  # type: ignore[no-any-return]


def test_every_record_of_the_child_with_all_its_cells(tmp_path: Path) -> None:
    girl = the_girl(made(tmp_path, "none"))
    assert [r.sheet.title for r in girl.records] == ["花名册", "学校台账"]
    assert [r.rows for r in girl.records] == [(5,), (5,)]
    for record, name, sex in zip(girl.records, ("覃金莲", "覃晶莲"), ("女", "男"), strict=True):
        cells = dict(zip(record.sheet.fields, record.values, strict=True))
        assert (cells["child_name"], cells["sex"], cells["birth_date"]) == (name, sex, "2013-07-04")
        assert cells["guardian_name"] == "覃老奶" and len(cells) == 9
    assert girl.differing == {"child_name", "sex"}, "which the mask may hide"


def test_a_partial_mask_shows_neither_day_of_birth_nor_end_of_a_number(tmp_path: Path) -> None:
    girl = the_girl(made(tmp_path, "partial"))
    text = json.dumps([r.values for r in girl.records], ensure_ascii=False)
    assert "2013****" in text and "07-04" not in text and not re.search(r"5299\*+[0-9]", text)
    assert "覃*莲" in text and "莲" in text and "晶" not in text
    assert girl.differing == {"child_name", "sex"}


def test_no_more_cells_than_asked_for(tmp_path: Path) -> None:
    result = made(tmp_path, "partial")
    (case,) = result.cases["case"].to_pylist()
    assert result.dossiers.of([case], 10) == {}
    data = dossier_data(result)
    assert list(data["cases"]) == [case] and len(data["sheets"]) == 2

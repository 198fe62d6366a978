"""The county's own form, learnt from an example, as a blank form."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.command import run
from tests.drafts import forms
from tests.drafts.test_learn import learnt
from tests.soffice import SOFFICE, saved_again
from tests.templates.audited import COUNTY, audit_of, causes, filled, form, issues
from tests.templates.faults import faults
from tests.templates.lawful import fill, first_row, lawful

from lbt_audit.config.load import load_county
from lbt_audit.drafts.schema import schema_text
from lbt_audit.engine.rules.load import county_dictionary, load_rules

ENV = {"LBT_AUDIT_LANG": "zh"}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county's folder, its form learnt and confirmed."""
    folder = tmp_path_factory.mktemp("county")
    draft = learnt(forms.workbook(folder / "form.xlsx", 0)).accepted()
    schema = folder / "roster.yaml"
    schema.write_text(schema_text(draft, county_dictionary(None), "zh"), encoding="utf-8")
    toml = 'extra_areas = ["529901"]\nas_of = 2026-10-31\nschemas = ["roster.yaml"]\n'
    (folder / "lbt-audit.toml").write_text(toml, encoding="utf-8")
    return folder


def test_it_is_the_countys_own_audits_clean_and_its_faults_are_found(county: Path) -> None:
    own = load_county(county / "lbt-audit.toml")
    dictionary = load_rules(county_dictionary(own), own)[2]
    blank = form(dictionary.kinds["roster"], dictionary)
    assert [(c.group, c.leaf) for c in blank.columns] == [(group, header) for group, header, *_ in forms.FORM]
    assert {c.key: c.always or c.sometimes for c in blank.columns if c.always or c.sometimes} == {
        "child_name": True, "id_no": True,
    }  # fmt: skip
    values, path = lawful(blank, 200), county / "白石镇.xlsx"
    filled(blank, values, path)
    found = audit_of(path, own)
    (table,) = found.submissions[0].tables
    assert table.kind == "roster" and len(table) == 200 and not table.unmapped
    assert [issue["message"] for issue in issues(found)] == []
    planted = faults(blank, values, 30)
    for fault in planted:
        values[fault.field] = [*values[fault.field]]
        values[fault.field][fault.row] = fault.value
    first = filled(blank, values, path)
    assert causes(audit_of(path, own)) == {first + fault.row: {fault.rule} for fault in planted}


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice")
def test_made_by_the_command_and_saved_by_another_program_it_audits_clean(county: Path) -> None:
    path = county / "本县花名册.xlsx"
    done = run(
        "template",
        "花名册",
        "--config",
        "lbt-audit.toml",
        "--out",
        path,
        "--unit",
        "白石镇",
        cwd=county,
        env=ENV,
    )
    assert done.returncode == 0, done.stderr
    own = load_county(county / "lbt-audit.toml")
    dictionary = county_dictionary(own)
    blank = form(dictionary.kinds["roster"], dictionary)
    book = openpyxl.load_workbook(path)
    fill(book, blank, lawful(blank, 60), first_row(book.worksheets[0]))
    book.save(path)
    again = saved_again(path, county / "另存")
    assert [issue["message"] for issue in issues(audit_of(again, own))] == []
    assert issues(audit_of(again, COUNTY)), "read by nobody else's form"

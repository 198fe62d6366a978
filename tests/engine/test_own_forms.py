"""A county's own form in place of the built-in one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.checks.registers import PARAMS, rule, table

from lbt_audit.checks.registry import checks
from lbt_audit.engine.framing import make_book, make_context, make_frames
from lbt_audit.engine.own_forms import with_own_forms
from lbt_audit.intake.table import Submission
from lbt_audit.model.errors import ConfigError
from lbt_audit.model.units import Units
from lbt_audit.resources import data_dir
from lbt_audit.schemas.fields import load_fields
from lbt_audit.schemas.tables import load_tables


def _forms(folder: Path, text: str, name: str = "roster.yaml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return with_own_forms(load_tables(data_dir("schemas")), [path])


def test_what_the_county_requires_is_asked_and_nothing_else(tmp_path: Path) -> None:
    forms = _forms(
        tmp_path, "metadata:\n  required:\n    child_name: ~\n    household_no: {sex: {is: male}}\n"
    )
    assert forms["village_book"] == load_tables(data_dir("schemas"))["village_book"]
    a_table = table([
        {"child_name": "甲", "sex": "男", "household_no": "", "ethnicity": ""},
        {"child_name": "乙", "sex": "女", "household_no": "", "ethnicity": ""},
    ])  # fmt: skip
    dictionary = load_fields(data_dir("schemas") / "fields.yaml")
    from tests.checks.registers import AS_OF

    frames = make_frames([a_table], dictionary, forms, make_context(AS_OF, Units()), PARAMS)
    submission = Submission("a.xlsx", "", "audited", tables=(a_table,))
    book = make_book(frames, [submission], Units(), PARAMS, forms)
    check = checks()["required"].on_frame
    assert check is not None
    hits = check(rule("required", states=["blank"]), frames["roster"], book)
    assert hits is not None and hits.row.tolist() == [0] and set(hits.points) == {"household_no"}


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("rooster.yaml", "metadata: {}\n", "rooster.yaml: 文件名应为表类，没有“rooster”这种表，是否为“roster”？"),
        ("roster.yaml", "columns: {}\nmetadata: {}\n", "roster.yaml:1: 只能有 metadata，读到“columns”"),
        ("roster.yaml", "metadata:\n  requird: {}\n", "roster.yaml:2: 未知的键“requird”，是否为“required”？"),
        ("roster.yaml", "metadata:\n  required:\n    id_n: ~\n", "roster.yaml:3: 没有字段“id_n”，是否为“id_no”？"),
        ("roster.yaml", "metadata:\n  required:\n    id_no: {sexx: {is: male}}\n",
         "roster.yaml:3: 没有字段“sexx”，是否为“sex”？"),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_their_line(tmp_path: Path, name: str, text: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        _forms(tmp_path, text, name)
    assert caught.value.message("zh") == told

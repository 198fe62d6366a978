"""Table schemas: lint, requirements, and that pandera reads the same files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lbt_audit.frames.condition import compile_condition
from lbt_audit.model.errors import ConfigError
from lbt_audit.resources import data_dir
from lbt_audit.schemas.fields import load_fields
from lbt_audit.schemas.tables import load_tables

KINDS = {
    "roster", "village_book", "school_ledger", "enrolment", "orphans", "child_form", "statistics", "helpers",
    "visits", "agreements", "attendance", "dormitory", "rectification",
}  # fmt: skip
TABLES = load_tables(data_dir("schemas"))
FIELDS = load_fields(data_dir("schemas") / "fields.yaml").fields


def test_every_kind_is_there() -> None:
    assert set(TABLES) == KINDS


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_schemas_speak_of_known_fields(kind: str) -> None:
    table = TABLES[kind]
    signature = table.signature
    named = {c.partition(".")[0] for c in table.columns} | set(signature.fields)
    named |= {f for group in signature.needs for f in group}
    named |= {f for fields in table.instead.values() for f in fields}
    assert named <= set(FIELDS)
    for condition in table.required.values():
        if condition is not None:
            compile_condition(condition)
    assert set(table.required) <= set(table.columns)


def test_missing_columns_respect_what_stands_instead() -> None:
    roster = TABLES["roster"]
    everything = set(roster.template)
    assert roster.lacks(everything) == []
    assert roster.lacks(everything - {"birth_date"}) == ["birth_date"]
    without = everything - {"father_phone", "mother_phone"}
    assert roster.lacks(without) == ["father_phone", "mother_phone"]
    assert roster.lacks(without | {"parents_phone"}) == []


GOOD = (data_dir("schemas") / "dormitory.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("strict: false", "stricd: false", "unknown key 'stricd'; did you mean 'strict'?"),
        ("nullable: false", "nulable: false", "unknown key 'nulable'; did you mean 'nullable'?"),
        ("well_formed", "wel_formed", "unknown key 'wel_formed'; did you mean 'well_formed'?"),
        ("recognise:", "recognize:", "unknown key 'recognize'; did you mean 'recognise'?"),
        (
            "    dorm_room: ~",
            "    dorm_rom: ~",
            "'dorm_rom' in required is no column; did you mean 'dorm_room'?",
        ),
    ],
)
def test_lint_names_line_and_nearest_key(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    (tmp_path / "dormitory.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_tables(tmp_path)
    first = caught.value.problems[0]
    line = next(i for i, t in enumerate(text.splitlines(), 1) if new.split(":")[0].strip() in t)
    assert (first.file, first.line, first.text.en) == ("dormitory.yaml", line, message)


def test_loading_needs_neither_pandera_nor_pandas() -> None:
    code = (
        "import sys; from lbt_audit.resources import data_dir; from lbt_audit.schemas.fields import load_fields;"
        "load_fields(data_dir('schemas') / 'fields.yaml');"
        "sys.exit(bool({'pandas', 'pandera', 'pyarrow'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

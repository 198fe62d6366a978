"""The pandera pass of an audit: faults come out as rows, and cheaply."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pyarrow as pa
from tests.cost import cpu

from lbt_audit.model.cell import CellKind
from lbt_audit.resources import data_dir
from lbt_audit.schemas.load import load_dictionary
from lbt_audit.schemas.standards import default_context
from lbt_audit.schemas.validate import Failure, validate
from lbt_audit.values.column import Typed, type_column
from lbt_audit.values.registry import KINDS

DICTIONARY = load_dictionary(data_dir("schemas"))
ROSTER = DICTIONARY.kinds["roster"].columns


def typed(field: str, texts: list[str]) -> Typed:
    declared = DICTIONARY.fields[field]
    cells = np.full(len(texts), CellKind.TEXT, np.uint8)
    kind = KINDS[declared.kind]
    return type_column(pa.array(texts, pa.string()), cells, kind, default_context(), declared.codes)


def failures(columns: dict[str, Typed]) -> list[Failure]:
    return validate("roster", {name: ROSTER[name] for name in columns}, columns)


def told(found: list[Failure]) -> list[tuple[str, str, list[int]]]:
    return [(f.field, f.what, f.rows.tolist()) for f in found]


def test_faults_by_name_and_row() -> None:
    numbers = ["52990120150312001X", "529901201513120011", "52990120150312001", "529901201503120011"]
    found = failures({"id_no": typed("id_no", numbers), "sex": typed("sex", ["男", "男", "女", "女"])})
    assert told(found) == [
        ("id_no", "length", [2]), ("id_no", "check_digit", [1, 3]), ("id_no", "birth_segment", [1]),
        ("id_no", "area_unknown", [0, 1, 3]),
    ]  # fmt: skip


def test_declared_ranges_of_typed_values() -> None:
    assert told(failures({"age": typed("age", ["9", "120", "不详", "26", ""])})) == [
        ("age", "in_range", [1, 3])
    ]


def test_dates_are_held_against_days() -> None:
    checks = {"ag_end": {"calendar_date": {}, "greater_than": {"min_value": "2026-01-01"}}}
    found = validate(
        "agreements", checks, {"ag_end": typed("ag_end", ["2025-12-31", "2026.1.2", "2025年", "再说"])}
    )
    assert told(found) == [("ag_end", "greater_than", [0, 2]), ("ag_end", "unparseable", [3])]


def test_single_faults_can_be_left_out() -> None:
    column = {"ethnicity": typed("ethnicity", ["苗", "布衣"])}
    assert told(failures(column)) == [("ethnicity", "unlisted", [1])]
    assert validate("roster", {"ethnicity": {"ethnic_group": {"without": ["unlisted"]}}}, column) == []


def test_nothing_wrong_and_nothing_known() -> None:
    assert failures({"sex": typed("sex", ["男", "", "不详"])}) == []
    assert failures({}) == []


def test_a_register_without_a_fault_needs_no_pandera() -> None:
    script = (
        "import sys, numpy as np, pyarrow as pa\n"
        "from lbt_audit.schemas.validate import validate\n"
        "from lbt_audit.values.column import type_column\n"
        "from lbt_audit.values.kind import Context\n"
        "from lbt_audit.values.registry import KINDS\n"
        "column = type_column(pa.array(['11', '12']), np.ones(2, np.uint8), KINDS['integer'], Context(0))\n"
        "assert validate('roster', {'seq': {'whole_number': {}}}, {'seq': column}) == []\n"
        "sys.exit('pandera' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_cost_of_failures() -> None:
    """A million faults over 20 columns cost a few times what one row of faults costs."""
    names = [c for c in ROSTER if DICTIONARY.fields[c].kind == "name"][:10]
    columns = {name: typed(name, ["张三2?"] * 50_000) for name in names}
    found = failures(columns)
    assert sum(len(f.rows) for f in found) >= 1_000_000
    one_row = {name: typed(name, ["张三2?"]) for name in names}
    assert cpu(lambda: failures(columns)) < 8 * cpu(lambda: failures(one_row))

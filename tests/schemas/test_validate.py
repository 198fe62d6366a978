"""pandera over typed columns: faults come out as rows, and cheaply."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from pandera.io.pandas_io import from_yaml
from tests.cost import cpu

from lbt_audit.model.cell import State
from lbt_audit.resources import data_dir
from lbt_audit.schemas import validate as module
from lbt_audit.schemas.tables import load_tables
from lbt_audit.schemas.validate import validate
from lbt_audit.values.column import Typed
from lbt_audit.values.kind import Parsed, ValueKind

TABLES = load_tables(data_dir("schemas"))
KIND = ValueKind("x", ("length", "checksum", "birth"), {"value": -1}, lambda *_: Parsed(State.OK))


def typed(faults: list[int] | np.ndarray, value: list[int] | None = None) -> Typed:
    bits = np.asarray(faults, np.uint32)
    n = len(bits)
    values = np.full(n, -1, np.int32) if value is None else np.array(value, np.int32)
    return Typed(KIND, pa.nulls(n, pa.string()), np.full(n, State.OK, np.uint8), bits, {"value": values})


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_pandera_reads_every_file(kind: str) -> None:
    module._register()
    schema = from_yaml(TABLES[kind].path)
    assert set(schema.columns) == set(TABLES[kind].columns)
    assert schema.metadata["title"]["zh"] == TABLES[kind].title.zh


def test_faults_by_name_and_row() -> None:
    found = validate(TABLES["roster"], {"id_no": typed([0, 2, 3, 0]), "sex": typed([0, 0, 0, 0])})
    assert [(f.field, f.what, f.rows.tolist()) for f in found] == [
        ("id_no", "length", [2]),
        ("id_no", "checksum", [1, 2]),
    ]


def test_declared_ranges_of_typed_values() -> None:
    found = validate(TABLES["roster"], {"age": typed([0, 0, 0, 0], [9, 120, -1, 26])})
    assert [(f.field, f.what, f.rows.tolist()) for f in found] == [("age", "in_range", [1, 3])]


def test_nothing_wrong_and_nothing_known() -> None:
    assert validate(TABLES["roster"], {"id_no": typed([0, 0])}) == []
    assert validate(TABLES["roster"], {}) == []
    assert validate(TABLES["roster"], {"no_such_field": typed([1])}) == []


def test_cost_of_failures() -> None:
    """A million faults over 20 columns cost a few times what one row of faults costs."""
    rng = np.random.default_rng(1)
    names = [c for c in TABLES["roster"].columns if "." not in c][:20]
    columns = {name: typed(rng.integers(1, 8, 50_000)) for name in names}
    found = validate(TABLES["roster"], columns)
    assert sum(len(f.rows) for f in found) > 1_000_000
    one_row = {name: typed([1]) for name in names}
    assert cpu(lambda: validate(TABLES["roster"], columns)) < 8 * cpu(
        lambda: validate(TABLES["roster"], one_row)
    )

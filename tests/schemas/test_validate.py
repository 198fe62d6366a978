"""pandera over typed columns: faults come out as rows, and cheaply."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from tests.cost import cpu

from lbt_audit.model.cell import State
from lbt_audit.resources import data_dir
from lbt_audit.schemas.load import load_dictionary
from lbt_audit.schemas.validate import Failure, validate
from lbt_audit.values.column import Typed
from lbt_audit.values.kind import Parsed, ValueKind

ROSTER = load_dictionary(data_dir("schemas")).kinds["roster"].columns
KIND = ValueKind("x", ("length", "checksum", "birth"), {"value": -1}, lambda *_: Parsed(State.OK))


def typed(faults: list[int] | np.ndarray, value: list[int] | None = None) -> Typed:
    bits = np.asarray(faults, np.uint32)
    n = len(bits)
    values = np.full(n, -1, np.int32) if value is None else np.array(value, np.int32)
    return Typed(KIND, pa.nulls(n, pa.string()), np.full(n, State.OK, np.uint8), bits, {"value": values})


def failures(columns: dict[str, Typed]) -> list[Failure]:
    return validate("roster", {name: ROSTER[name] for name in columns}, columns)


def test_faults_by_name_and_row() -> None:
    found = failures({"id_no": typed([0, 2, 3, 0]), "sex": typed([0, 0, 0, 0])})
    assert [(f.field, f.what, f.rows.tolist()) for f in found] == [
        ("id_no", "length", [2]),
        ("id_no", "checksum", [1, 2]),
    ]


def test_declared_ranges_of_typed_values() -> None:
    found = failures({"age": typed([0, 0, 0, 0], [9, 120, -1, 26])})
    assert [(f.field, f.what, f.rows.tolist()) for f in found] == [("age", "in_range", [1, 3])]


def test_nothing_wrong_and_nothing_known() -> None:
    assert failures({"id_no": typed([0, 0])}) == []
    assert failures({}) == []


def test_cost_of_failures() -> None:
    """A million faults over 20 columns cost a few times what one row of faults costs."""
    rng = np.random.default_rng(1)
    names = [c for c in ROSTER if c not in ("age", "visits_count")][:20]
    columns = {name: typed(rng.integers(1, 8, 50_000)) for name in names}
    found = failures(columns)
    assert sum(len(f.rows) for f in found) > 1_000_000
    one_row = {name: typed([1]) for name in names}
    assert cpu(lambda: failures(columns)) < 8 * cpu(lambda: failures(one_row))

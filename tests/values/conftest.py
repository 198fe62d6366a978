from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lbt_audit.values.codes import load_codes
from lbt_audit.values.kind import Context

AS_OF = int(np.datetime64("2026-10-31", "D").astype(int))


@pytest.fixture(scope="session")
def context() -> Context:
    codes = load_codes(Path(__file__).parents[2] / "schemas" / "codes.yaml")
    return Context(
        as_of=AS_OF,
        extra_areas=frozenset(["529901"]),
        extra_ethnic=frozenset(["绕家人"]),
        known_phones=frozenset(["08573221100"]),
        home=("青禾县", "白石镇", "清水乡", "大坪村", "落水"),
        villages=frozenset(["大坪村", "落水"]),
        codes=codes,
    )


@pytest.fixture(scope="session")
def read(context):
    """(kind, text, cell kind, code list) → (state name, faults, facets by name)."""
    from lbt_audit.model.cell import CellKind
    from lbt_audit.values.registry import KINDS

    def run(kind, text, cell=CellKind.TEXT, codes=None):
        value_kind = KINDS[kind]
        parsed = value_kind.parse(text, cell, context, codes)
        facets = dict(value_kind.facets)
        facets.update(zip(value_kind.facets, parsed.facets, strict=False))
        return parsed.state.name, parsed.faults, facets

    return run


def day(iso: str) -> int:
    return int(np.datetime64(iso, "D").astype(int))

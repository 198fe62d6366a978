"""No test sees, or leaves anything in, the data folder of whoever runs it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before = os.environ.get("LBT_AUDIT_KEYS")
    os.environ["LBT_AUDIT_KEYS"] = str(tmp_path_factory.mktemp("keys"))
    yield
    if before is None:
        del os.environ["LBT_AUDIT_KEYS"]
    else:
        os.environ["LBT_AUDIT_KEYS"] = before

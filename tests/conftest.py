"""No test sees, or leaves anything in, the data folder of whoever runs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest

# Hundreds of processes start here, of which each would compile the package anew where nothing compiled is kept.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    names = ("LBT_AUDIT_KEYS", "LBT_AUDIT_CACHE")
    before = {name: os.environ.get(name) for name in names}
    for name in names:
        os.environ[name] = str(tmp_path_factory.mktemp("own"))
    yield
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value

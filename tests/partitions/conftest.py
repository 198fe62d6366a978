from __future__ import annotations

from pathlib import Path

import pytest
from tests.partitions.province import make_province


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("province")
    make_province(root)
    return root

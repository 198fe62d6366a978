"""The sample county is audited once, with its documents, for all that look at what comes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command import run
from tests.sample.test_truth import SAMPLE


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of the county; no notices."""
    out = tmp_path_factory.mktemp("sample")
    done = run("check", SAMPLE / "qinghe", "--out", out, "--no-notices", "--fail-on", "never")
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="session")
def qinghe(written: Path) -> dict[str, Any]:
    """``report.json`` among them."""
    report: dict[str, Any] = json.loads((written / "report.json").read_text(encoding="utf-8"))
    return report

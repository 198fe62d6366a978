"""A ledger that holds one audit, and the reply workbook sent out after it."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ledger.factory import audit
from tests.ledger.returning import OCTOBER, OURS, THEIRS, send

from lbt_audit.engine.audit import Audit
from lbt_audit.ledger.database.store import open_ledger
from lbt_audit.ledger.recording.record import record

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def october() -> Audit:
    return audit(OCTOBER, [*OURS, *THEIRS])


@pytest.fixture
def ledger(tmp_path: Path, october: Audit) -> Iterator[sqlite3.Connection]:
    with open_ledger(tmp_path / "台账.db") as connection:
        record(connection, october)
        yield connection


@pytest.fixture
def book(tmp_path: Path, october: Audit) -> Path:
    """What 白石镇 was sent: issues 1 to 5."""
    return send(october, tmp_path / "sent.xlsx")

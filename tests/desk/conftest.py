"""A desk without a server, and one in a browser."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from lbt_audit.desk.access.address import Address
from lbt_audit.desk.checks.job import Settings
from lbt_audit.desk.server.app import application
from lbt_audit.desk.server.state import State
from lbt_audit.desk.sessions.session import Session

PORT = 40123
BASE = f"http://127.0.0.1:{PORT}"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where private folders are made in a test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def desk() -> Iterator[State]:
    state = State(Address(port=PORT), Settings())
    yield state
    state.close()


@pytest.fixture
def stranger(desk: State) -> TestClient:
    """Somebody who has not entered."""
    return TestClient(application(desk), base_url=BASE, headers={"origin": BASE})


@pytest.fixture
def clerk(desk: State, stranger: TestClient) -> TestClient:
    """Somebody who has, with addresses below the desk's own."""
    assert (
        stranger.get(f"/{desk.address.room}/enter", params={"ticket": desk.tickets.once()}).status_code == 200
    )
    stranger.base_url = f"{BASE}/{desk.address.room}/"
    return stranger


@pytest.fixture
def session(desk: State, clerk: TestClient) -> Session:
    found = desk.sessions.find(clerk.cookies[desk.sessions.cookie])
    assert found is not None
    return found


def put(clerk: TestClient, path: str, content: bytes) -> dict[str, str | bool | None]:
    """What the desk says to a file dropped."""
    return dict(clerk.post("files", params={"path": path}, content=content).json())


def checked(clerk: TestClient, session: Session) -> str:
    """The results, once a check has ended."""
    clerk.post("check")
    ended(session)
    return str(clerk.get("view/results").text)


def ended(session: Session) -> None:
    """Wait until what is under way has ended."""
    for work in (session.work, session.repairing):
        if work is not None:
            work.ended.wait()

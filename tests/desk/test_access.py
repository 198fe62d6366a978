"""Who gets in: nobody by another name, without a ticket, or out of another page."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.desk.conftest import BASE, PORT

from lbt_audit.desk.access.address import AccessError, Address, address
from lbt_audit.desk.access.tickets import Tickets
from lbt_audit.desk.checks.job import Settings
from lbt_audit.desk.server.app import application
from lbt_audit.desk.server.state import State

TOKEN = "ein-langes-zeichen-0001"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"evil.example:{PORT}",
        f"127.0.0.1:{PORT + 1}",
        "127.0.0.1",
        f"127.0.0.1.nip.io:{PORT}",
        "",
    ],
)
def test_other_names_lead_nowhere(clerk: TestClient, host: str) -> None:
    """A page elsewhere may have its own name resolved to this machine; with the cookie, too."""
    answer = clerk.get("", headers={"host": host})
    assert answer.status_code == 403 and "不接受从这个地址来的访问" in answer.text
    assert "Not answered under this name" in answer.text


def test_by_any_name_of_this_machine(clerk: TestClient) -> None:
    for host in (f"localhost:{PORT}", f"LOCALHOST:{PORT}", f"[::1]:{PORT}"):
        assert clerk.get("state", headers={"host": host}).status_code == 200


def test_a_ticket_does_not_stay_in_the_address_and_is_good_once(desk: State, stranger: TestClient) -> None:
    ticket = desk.tickets.once()
    entrance = f"/{desk.address.room}/enter"
    first = stranger.get(entrance, params={"ticket": ticket}, follow_redirects=False)
    assert first.status_code == 303 and first.headers["location"] == f"/{desk.address.room}/"
    cookie = first.headers["set-cookie"].lower()
    assert (
        "httponly" in cookie
        and "samesite=strict" in cookie
        and f"path=/{desk.address.room}/".lower() in cookie
    )
    stranger.cookies.clear()
    again = stranger.get(entrance, params={"ticket": ticket})
    assert again.status_code == 403 and "已经用过一次" in again.text and "was used already" in again.text
    for _ in range(2):
        stranger.cookies.clear()
        assert stranger.get(entrance, params={"ticket": desk.tickets.printed}).status_code == 200


@pytest.mark.parametrize("ticket", ["", "0", "ü" * 40, "x" * 5000])
def test_wrong_tickets(desk: State, stranger: TestClient, ticket: str) -> None:
    answer = stranger.get(f"/{desk.address.room}/enter", params={"ticket": ticket})
    assert answer.status_code == 403 and "口令不对" in answer.text
    assert "set-cookie" not in answer.headers


def test_without_cookie_nothing_is_shown_or_done(desk: State, stranger: TestClient) -> None:
    room = f"/{desk.address.room}"
    for path in (
        "/",
        f"{room}/",
        f"{room}/state",
        f"{room}/view/files",
        f"{room}/assets/desk.js",
        f"{room}/forms/roster",
        "/x",
    ):
        assert stranger.get(path).status_code == 403, path
    for path in ("files?path=a.csv", "check", "end", "clear", "settings", "county", "repair"):
        assert stranger.post(f"{room}/{path}", content=b"x").status_code == 403, path
    stranger.cookies.set(desk.sessions.cookie, "guessed")
    assert stranger.get(f"{room}/state").status_code == 403
    assert not desk.ended.is_set()


@pytest.mark.parametrize(
    "origin",
    [None, "null", "http://evil.example", f"http://127.0.0.1:{PORT + 1}", f"https://127.0.0.1:{PORT}"],
)
def test_other_pages_change_nothing(desk: State, clerk: TestClient, origin: str | None) -> None:
    del clerk.headers["origin"]
    answer = clerk.post("end", headers={"origin": origin} if origin else {})
    assert answer.status_code == 403 and "不是从核查台的页面发出的" in answer.text
    assert not desk.ended.is_set()
    assert "access-control-allow-origin" not in answer.headers


def test_every_answer_is_kept_nowhere_and_shut_in(clerk: TestClient) -> None:
    for path in ("", "state", "view/files", "assets/desk.js", "nothing"):
        headers = clerk.get(path).headers
        assert headers["cache-control"] == "no-store" and headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert "server" not in headers


def test_two_browsers_have_two_desks(desk: State, clerk: TestClient) -> None:
    clerk.post("files", params={"path": "a.csv"}, content=b"x")
    other = TestClient(application(desk), base_url=BASE)
    other.get(f"/{desk.address.room}/enter", params={"ticket": desk.tickets.printed})
    assert "a.csv" in clerk.get("view/files").text
    assert "a.csv" not in other.get(f"/{desk.address.room}/view/files").text


# Other machines


def test_beyond_this_machine_takes_encryption_and_a_token(tmp_path: Path) -> None:
    token, pem = tmp_path / "token", tmp_path / "cert.pem"
    token.write_text(TOKEN + "\n")
    pem.write_text("")
    token.chmod(0o600)
    for given in ({}, {"certificate": pem, "key": pem}, {"token_file": token}):
        with pytest.raises(AccessError, match="--access-token-file"):
            address("192.0.2.7", **given)
    with pytest.raises(AccessError, match="--tls-key"):
        address(certificate=pem)
    with pytest.raises(AccessError, match="没有说明本机的名称"):
        address("0.0.0.0", certificate=pem, key=pem, token_file=token)
    found = address("192.0.2.7", 8443, pem, pem, token)
    assert (
        found.token == TOKEN and found.hosts == {"192.0.2.7:8443"} and found.base == "https://192.0.2.7:8443"
    )
    assert TOKEN not in repr(found)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_a_token_others_can_read_or_guess_is_refused(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text(TOKEN)
    token.chmod(0o644)
    with pytest.raises(AccessError, match="chmod 600"):
        address(token_file=token)
    token.write_text("1234")
    token.chmod(0o600)
    with pytest.raises(AccessError, match="16"):
        address(token_file=token)


def test_with_a_token(tmp_path: Path) -> None:
    state = State(Address("desk.example", 8443, token=TOKEN), Settings())
    base = "http://desk.example:8443"
    client = TestClient(application(state), base_url=base, headers={"origin": base, "accept-language": "en"})
    assert "Access token" in client.get("/").text
    wrong = client.post("/enter", data={"token": "1234"})
    assert wrong.status_code == 403 and "The access token is wrong" in wrong.text
    assert client.post("/enter", data={"token": "x" * 9999}).status_code == 403
    assert client.get("/enter").status_code == 405
    assert client.get("/", headers={"host": "127.0.0.1:8443"}).status_code == 403
    assert client.post("/enter", data={"token": TOKEN}).url == f"{base}/{state.address.room}/"
    state.close()


def test_tickets_are_told_apart() -> None:
    tickets = Tickets()
    a, b = tickets.once(), tickets.once()
    assert tickets.opens(b) and not tickets.opens(b) and tickets.opens(a)
    assert not Tickets(TOKEN).opens(Tickets(TOKEN).printed)

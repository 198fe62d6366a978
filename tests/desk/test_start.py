"""The command itself: what it refuses, what it leaves behind, how it is started by a double-click."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from tests.command import run

from lbt_audit.desk.access.address import Address, address
from lbt_audit.desk.checks.job import Settings
from lbt_audit.desk.server.desk import Desk
from lbt_audit.desk.server.shortcut import install
from lbt_audit.desk.sessions.folder import PREFIX, PrivateFolder, sweep

posix = pytest.mark.skipif(os.name != "posix", reason="signals of a POSIX system")


@contextmanager
def started(temporary: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command in a process of its own, and its address."""
    environment = {**os.environ, "TMPDIR": str(temporary), "LBT_AUDIT_LANG": "en", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "lbt_audit", "desk", "--no-browser"]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().split("open: ")[1].strip()
    finally:
        process.kill()
        process.communicate()


def folders(temporary: Path) -> list[Path]:
    return [*temporary.glob(f"{PREFIX}*")]


@posix
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, "page"])
def test_nothing_is_left(temporary: Path, ending: object) -> None:
    with started(temporary) as (process, where):
        with httpx.Client(
            follow_redirects=True, headers={"origin": where.split("/", 3)[0] + "//" + where.split("/")[2]}
        ) as clerk:
            room = str(clerk.get(where).url)
            assert clerk.post(f"{room}files", params={"path": "花名册.csv"}, content=b"x").json()["taken"]
            (folder,) = folders(temporary)
            assert folder.stat().st_mode & 0o777 == 0o700
            held = [p for p in folder.rglob("*") if p.is_file()]
            assert held and all(p.stat().st_mode & 0o077 == 0 for p in held)
            if ending == "page":
                assert clerk.post(f"{room}end").status_code == 204
        if isinstance(ending, signal.Signals):
            process.send_signal(ending)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0 and "the files are removed" in out and err == ""
        assert not folders(temporary)


@posix
def test_what_a_killed_desk_left_is_removed_by_the_next(temporary: Path) -> None:
    with started(temporary) as (process, _):
        left = folders(temporary)
        sweep()
        assert folders(temporary) == left, "one that is open is nobody else's business"
        process.kill()
        process.wait()
        assert folders(temporary) == left
        with PrivateFolder() as folder:
            assert [p.resolve() for p in folders(temporary)] == [folder.path]
    assert not folders(temporary)


def test_folders_of_others_and_links_stay(temporary: Path, tmp_path: Path) -> None:
    other = tmp_path / "somewhere"
    other.mkdir()
    (other / "file").write_text("x")
    (temporary / f"{PREFIX}link").symlink_to(other)
    (temporary / f"{PREFIX}new").mkdir()
    sweep()
    assert (other / "file").exists() and len(folders(temporary)) == 2, (
        "not a link, nor one that is just being made"
    )


def test_a_port_that_is_taken(temporary: Path) -> None:
    with Desk(Address(), Settings()) as desk:
        done = run("desk", "--no-browser", "--port", desk.state.address.port, env={"LBT_AUDIT_LANG": "zh"})
    assert done.returncode == 2 and "不能在 127.0.0.1:" in done.stderr and "Traceback" not in done.stderr
    assert not folders(temporary)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--host", "0.0.0.0"), "没有说明本机的名称"),
        (("--host", "192.0.2.1"), "--access-token-file"),
        (("--tls-cert", "none.pem", "--tls-key", "none.pem"), "无法读取 none.pem"),
        (("--config", "none.toml"), "没有这个文件"),
        (("--as-of", "gestern"), "--as-of 不是日期"),
        (("--profile", "none"), "没有口径配置“none”"),
    ],
)
def test_what_is_refused(arguments: tuple[str, ...], told: str) -> None:
    done = run("desk", "--no-browser", *arguments, env={"LBT_AUDIT_LANG": "zh"})
    assert done.returncode == 2 and told in done.stderr and done.stdout == ""


def test_without_its_components_the_command_says_how_to_get_them(tmp_path: Path) -> None:
    hidden = tmp_path / "sitecustomize.py"
    hidden.write_text("import sys\nsys.modules['uvicorn'] = None\n")
    done = run("desk", env={"PYTHONPATH": str(tmp_path), "LBT_AUDIT_LANG": "zh"})
    assert (
        done.returncode == 2 and 'pip install "lbt-audit[desk]"' in done.stderr and "uvicorn" in done.stderr
    )


def test_encrypted_with_a_token(tmp_path: Path) -> None:
    certificate, key, token = (tmp_path / name for name in ("cert.pem", "key.pem", "token"))
    _certificate(certificate, key)
    token.write_text("a token of sixteen and more\n")
    token.chmod(0o600)
    with Desk(address(certificate=certificate, key=key, token_file=token), Settings()) as desk:
        base = desk.state.address.base
        assert base.startswith("https://127.0.0.1:") and "ticket" not in desk.printed_address
        with httpx.Client(verify=False, headers={"origin": base}) as clerk:
            assert "访问口令" in clerk.get(f"{base}/").text
            assert clerk.post(f"{base}/enter", data={"token": "wrong"}).status_code == 403
            entered = clerk.post(f"{base}/enter", data={"token": "a token of sixteen and more"})
            assert entered.status_code == 303 and "secure" in entered.headers["set-cookie"].lower()
            assert clerk.get(f"{base}{entered.headers['location']}").status_code == 200


def _certificate(path: Path, key: Path) -> None:
    from datetime import datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "desk")])
    now = datetime(2026, 1, 1)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(private.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(9999))
    path.write_bytes(made.sign(private, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    key.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


# A double-click


def test_a_file_to_start_it_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_desktop_path", lambda: tmp_path / "桌面")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "桌面").mkdir()
    monkeypatch.setattr(sys, "executable", "/opt/a b/pyt$hon%")
    menu, desktop = install("zh", ["--config", '/home/张 三/"lbt".toml'])
    text = menu.read_text("utf-8")
    assert text == desktop.read_text("utf-8") and "Name[zh_CN]=留守儿童表格核查台\n" in text
    assert (
        r'Exec="/opt/a b/pyt\\$hon%%" "-m" "lbt_audit" "desk" "--config" "/home/张 三/\\"lbt\\".toml"' in text
    )
    assert os.access(desktop, os.X_OK)


def test_the_same_for_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written here, never run: there is no Windows to run it on."""
    monkeypatch.setattr("platformdirs.user_desktop_path", lambda: tmp_path)
    monkeypatch.setattr("lbt_audit.desk.server.shortcut.WINDOWS", True)
    monkeypatch.setattr(sys, "executable", r"C:\Users\张 三\python.exe")
    (batch,) = install("zh", [])
    lines = batch.read_bytes().decode("utf-8").split("\r\n")
    assert batch.name == "留守儿童表格核查台.bat"
    assert (
        lines[:2] == ["@echo off", "chcp 65001 >nul"]
        and lines[3] == r'"C:\Users\张 三\python.exe" -m lbt_audit desk'
    )

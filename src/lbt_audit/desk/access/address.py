"""Where the desk listens, and under which names it answers."""

from __future__ import annotations

import ipaddress
import os
import secrets
import stat
from dataclasses import field
from pathlib import Path
from typing import Final

from lbt_audit.model.errors import AuditError
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text
from lbt_audit.model.trouble import os_trouble

LOOPBACK: Final = "127.0.0.1"
_NAMES: Final = ("127.0.0.1", "localhost", "[::1]")
_SHORTEST: Final = 16  # characters of an access token
_LONGEST: Final = 1024
_PORTS: Final = {"http": 80, "https": 443}


class AccessError(AuditError):
    """An address the desk is not opened on."""

    exit_code = 2


@dataclass(frozen=True)
class Tls:
    certificate: Path
    key: Path


@dataclass(frozen=True)
class Address:
    """``port`` 0 = any that is free. ``room`` is the first part of every path: cookies are shared by all ports of a host,
    so the desk's are bound to a path nobody else can name. ``token`` opens the desk from other machines; on this one
    tickets do, and it is None."""

    host: str = LOOPBACK
    port: int = 0
    tls: Tls | None = None
    token: str | None = field(default=None, repr=False)
    room: str = field(default_factory=lambda: secrets.token_urlsafe(12), repr=False)

    @property
    def scheme(self) -> str:
        return "https" if self.tls else "http"

    @property
    def hosts(self) -> frozenset[str]:
        """Values of the header Host that are answered: any other name led here without our doing."""
        names = _NAMES if self.token is None else (_bracketed(self.host).lower(),)
        bare = names if self.port == _PORTS[self.scheme] else ()
        return frozenset((*(f"{name}:{self.port}" for name in names), *bare))

    @property
    def origins(self) -> frozenset[str]:
        """Values of the header Origin that may change anything."""
        return frozenset(f"{self.scheme}://{host}" for host in self.hosts)

    @property
    def base(self) -> str:
        """``http://127.0.0.1:43211``"""
        return f"{self.scheme}://{_bracketed(self.host)}:{self.port}"


def address(
    host: str = LOOPBACK,
    port: int = 0,
    certificate: Path | None = None,
    key: Path | None = None,
    token_file: Path | None = None,
) -> Address:
    """The address asked for. Raises AccessError: other machines reach the desk only encrypted and with a token."""
    if (certificate is None) != (key is None):
        raise AccessError(
            Text("--tls-cert 和 --tls-key 要一起给出", "--tls-cert and --tls-key are given together")
        )
    tls = Tls(_readable(certificate), _readable(key)) if certificate and key else None
    if is_loopback(host):
        return Address(host, port, tls, _token(token_file) if token_file else None)
    if _is_anywhere(host):
        raise AccessError(
            Text(
                f"--host {host} 没有说明本机的名称；请写别的电脑访问本机用的地址或域名，如 192.168.1.20",
                f"--host {host} names no machine: give the address or name others reach this one by, such as 192.168.1.20",
            )
        )
    if tls is None or token_file is None:
        raise AccessError(
            Text(
                f"--host {host} 会让其他电脑访问，只在加密并设访问口令时开放：请同时给出 --tls-cert、--tls-key 和 "
                "--access-token-file；只在本机使用的，去掉 --host",
                f"--host {host} lets other machines in, which takes encryption and a token: give --tls-cert, --tls-key and "
                "--access-token-file as well; without --host the desk is for this machine alone",
            )
        )
    return Address(host, port, tls, _token(token_file))


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _is_anywhere(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_unspecified
    except ValueError:
        return not host


def _bracketed(host: str) -> str:
    host = host.strip("[]")
    return f"[{host}]" if ":" in host else host


def _readable(path: Path) -> Path:
    try:
        with path.open("rb"):
            return path
    except OSError as error:
        raise _unreadable(path, error) from error


def _token(path: Path) -> str:
    """The first line of an access-token file that is its owner's alone."""
    try:
        mode, text = path.stat().st_mode, path.open(encoding="utf-8", errors="replace").read(_LONGEST)
    except OSError as error:
        raise _unreadable(path, error) from error
    token = (text.splitlines() or [""])[0].strip()
    if os.name == "posix" and mode & (stat.S_IRGRP | stat.S_IROTH):
        raise AccessError(
            Text(
                f"访问口令文件 {path} 其他用户可以读取，请改为仅本人可读（chmod 600）",
                f"other users can read the access-token file {path}: make it yours alone (chmod 600)",
            )
        )
    if len(token) < _SHORTEST:
        raise AccessError(
            Text(
                f"访问口令文件 {path} 的第一行应有 {_SHORTEST} 个以上字符，如 python -c "
                '"import secrets; print(secrets.token_urlsafe())" 的输出',
                f"the first line of the access-token file {path} must have {_SHORTEST} characters or more, such as python -c "
                '"import secrets; print(secrets.token_urlsafe())" prints',
            )
        )
    return token


def _unreadable(path: Path, error: OSError) -> AccessError:
    why = os_trouble(error)
    return AccessError(Text(f"无法读取 {path}：{why.zh}", f"cannot read {path}: {why.en}"))

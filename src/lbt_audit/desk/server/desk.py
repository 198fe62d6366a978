"""A desk from its start to its end."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from types import FrameType
from typing import Any, Final

from lbt_audit.desk.access.address import AccessError, Address
from lbt_audit.desk.checks.job import Settings
from lbt_audit.desk.checks.work import prepared
from lbt_audit.desk.server.app import application
from lbt_audit.desk.server.state import State
from lbt_audit.model.text import Text
from lbt_audit.model.trouble import os_trouble

_IDLE: Final = 30 * 60.0  # s without a page open after which a desk of this machine closes by itself
_LOOK: Final = 0.5  # s between looks; on Windows a signal is heard only then
_STARTED: Final = 20.0  # s in which the server answers, or something is wrong
_SIGNALS: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class Desk:
    """A server of its own thread, and the private folder its sessions live in. Use as a context manager."""

    def __init__(self, address: Address, settings: Settings) -> None:
        self.state = State(address, settings)
        self._server: Any = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Desk:
        try:
            self._start()
        except BaseException:
            self.state.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = self._server.force_exit = True
        if self._thread is not None:
            self._thread.join(5)
        self.state.close()

    @property
    def printed_address(self) -> str:
        """An address that opens the desk as often as one likes."""
        return self.state.entrance(self.state.tickets.printed)

    def address_once(self) -> str:
        """An address that opens the desk once."""
        return self.state.entrance(self.state.tickets.once())

    def wait(self) -> None:
        """Until it is ended: from its page, by a signal, or because nobody has looked at it for long."""
        with _heard(self.state.ended.set):
            while not self.state.ended.wait(_LOOK):
                idle = time.monotonic() - self.state.sessions.seen
                if self.state.address.token is None and idle > _IDLE and not self.state.sessions.running:
                    return
                if self._thread is not None and not self._thread.is_alive():
                    return
            time.sleep(0.2)  # for the answer to whoever ended it

    def _start(self) -> None:
        import uvicorn

        prepared()
        logging.getLogger("uvicorn").setLevel(logging.CRITICAL + 1)  # its last words may hold a child's data
        listening = _listen(self.state.address)
        self.state.address = replace(self.state.address, port=listening.getsockname()[1])
        tls = self.state.address.tls
        config = uvicorn.Config(
            application(self.state), log_config=None, access_log=False, server_header=False, date_header=False,
            proxy_headers=False, lifespan="off", ws="none", timeout_graceful_shutdown=1,
            ssl_certfile=str(tls.certificate) if tls else None, ssl_keyfile=str(tls.key) if tls else None,
        )  # fmt: skip
        try:
            config.load()
        except OSError as error:  # ssl.SSLError is one
            raise AccessError(
                Text(f"证书或私钥不能用：{error}", f"certificate or key cannot be used: {error}")
            ) from error
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listening],), daemon=True)
        self._thread.start()
        end = time.monotonic() + _STARTED
        while not self._server.started and self._thread.is_alive() and time.monotonic() < end:
            time.sleep(0.01)


def _listen(address: Address) -> socket.socket:
    """A socket bound to ``address``. Raises AccessError."""
    host = address.host.strip("[]")
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, address.port, type=socket.SOCK_STREAM)[0]
        found = socket.socket(family, kind, protocol)
        if os.name == "posix":
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(where)
        found.listen(128)
    except OSError as error:
        why, at = os_trouble(error), f"{address.host}:{address.port or '?'}"
        raise AccessError(
            Text(f"不能在 {at} 上打开：{why.zh}", f"cannot listen on {at}: {why.en}")
        ) from error
    return found


@contextlib.contextmanager
def _heard(call: Callable[[], None]) -> Any:
    """``call`` at any signal that ends a program, as long as the block runs."""

    def hear(_: int, __: FrameType | None) -> None:
        call()

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = [(number, signal.signal(number, hear)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)

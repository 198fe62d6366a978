"""Everybody who has entered the desk."""

from __future__ import annotations

import secrets
import time
from typing import Final

from lbt_audit.desk.checks.job import Settings
from lbt_audit.desk.sessions.folder import PrivateFolder
from lbt_audit.desk.sessions.session import Session
from lbt_audit.model.secret import random_key

MOST: Final = 20  # browsers at once
_IDLE: Final = 2 * 3600.0  # s after which a browser that shows nothing of itself makes room for others


class Sessions:
    """``cookie`` names the cookie that tells them apart. ``seen``: when anybody last asked for anything (s, monotonic)."""

    def __init__(self, folder: PrivateFolder, settings: Settings) -> None:
        self.cookie = "lbt-desk"
        self.seen = time.monotonic()
        self._folder, self._settings = folder, settings
        self._open: dict[str, Session] = {}

    def find(self, cookie: str) -> Session | None:
        session = self._open.get(cookie)
        if session is not None:
            session.seen = self.seen = time.monotonic()
        return session

    def enter(self) -> str | None:
        """The cookie of a new session; None where too many are open."""
        self._make_room()
        if len(self._open) >= MOST:
            return None
        cookie = secrets.token_urlsafe(32)
        self._open[cookie] = Session(self._folder.folder(secrets.token_hex(8)), self._settings, random_key())
        self.seen = time.monotonic()
        return cookie

    @property
    def running(self) -> bool:
        return any(session.running for session in self._open.values())

    def close(self) -> None:
        for session in self._open.values():
            session.close()
        self._open.clear()

    def _make_room(self) -> None:
        before = time.monotonic() - _IDLE
        for cookie, session in list(self._open.items()):
            if session.seen < before and not session.running:
                del self._open[cookie]
                session.close()

"""What every request has to show, and what every answer says of itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lbt_audit.desk.access.address import Address
from lbt_audit.desk.access.refusal import NO_ENTRY, OTHER_HOST, OTHER_PAGE, refusal
from lbt_audit.desk.sessions.sessions import Sessions

PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
REPORT_POLICY: Final = (
    # The page of the report forbids itself all but its own scripts, by their hashes; this allows no more than that.
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
_ALWAYS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": PAGE_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_READING: Final = frozenset({"GET", "HEAD"})


class Guard:
    """ASGI middleware. Answers only under the desk's own names (other names were bent to this machine by whoever owns
    them), lets only the desk's own pages change anything, and lets in only who has entered; ``scope["session"]`` is
    then theirs. ``open_paths`` are where one enters."""

    def __init__(
        self, app: ASGIApp, address: Callable[[], Address], sessions: Sessions, open_paths: frozenset[str]
    ) -> None:
        self._app, self._address, self._sessions, self._open = app, address, sessions, open_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app_for(scope)(scope, receive, answer)

    def _app_for(self, scope: Scope) -> ASGIApp:
        """The desk, or the words that turn somebody away."""
        address, headers = self._address(), Headers(scope=scope)
        if headers.get("host", "").lower() not in address.hosts:
            return refusal(OTHER_HOST)
        if scope["method"] not in _READING and headers.get("origin", "").lower() not in address.origins:
            return refusal(OTHER_PAGE)
        session = self._sessions.find(HTTPConnection(scope).cookies.get(self._sessions.cookie, ""))
        if session is None and scope["path"] not in self._open:
            return refusal(NO_ENTRY)
        scope["session"] = session
        return self._app

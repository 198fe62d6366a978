"""What routes ask of a request, and their shortest answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from lbt_audit.desk.sessions.session import Session

if TYPE_CHECKING:
    from lbt_audit.desk.server.state import State

_LONGEST_FORM: Final = 4096  # bytes of what is posted besides files


def state_of(request: Request) -> State:
    desk: State = request.app.state.desk
    return desk


def session_of(request: Request) -> Session:
    session: Session = request.scope["session"]
    return session


def not_found() -> Response:
    return PlainTextResponse("404", 404)


def done() -> Response:
    return Response(status_code=204)


async def body_of(request: Request, most: int = _LONGEST_FORM) -> bytes:
    """What was posted, if it is no longer than that."""
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > most:
            return b""
    return bytes(found)

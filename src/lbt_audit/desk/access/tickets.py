"""What opens the desk: tickets in addresses, or the token of an access-token file."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import field

from lbt_audit.model.record import dataclass


@dataclass
class Tickets:
    """``token``: of an access-token file; without one only tickets open the desk.

    The address a browser is started with can be read by everybody on the machine (it stands among the arguments of the
    browser's process), so its ticket is good once. The printed one, which only its reader sees, stays good."""

    token: str | None = field(default=None, repr=False)
    printed: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    _once: set[str] = field(default_factory=set, repr=False)

    def once(self) -> str:
        """A ticket that is good once."""
        ticket = secrets.token_urlsafe(32)
        self._once.add(ticket)
        return ticket

    def opens(self, shown: str) -> bool:
        """Whether ``shown`` opens the desk; a ticket that is good once is used up by it."""
        for ticket in self._once:
            if _same(ticket, shown):
                self._once.remove(ticket)
                return True
        return _same(self.token or self.printed, shown)


def _same(a: str, b: str) -> bool:
    return hmac.compare_digest(a.encode(), b.encode("utf-8", "replace"))

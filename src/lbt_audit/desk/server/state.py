"""What a desk is made of, whoever serves it."""

from __future__ import annotations

import threading

from lbt_audit.desk.access.address import Address
from lbt_audit.desk.access.tickets import Tickets
from lbt_audit.desk.checks.job import Settings
from lbt_audit.desk.sessions.folder import PrivateFolder
from lbt_audit.desk.sessions.sessions import Sessions


class State:
    """``address``: its port is known once the server listens; ``settings``: what a side panel begins with; ``ended`` is
    set by whoever wants the desk closed."""

    def __init__(self, address: Address, settings: Settings) -> None:
        self.address = address
        self.tickets = Tickets(address.token)
        self.folder = PrivateFolder()
        self.sessions = Sessions(self.folder, settings)
        self.ended = threading.Event()

    def entrance(self, ticket: str) -> str:
        """The address that lets in who has ``ticket``; where a token is asked for, the one that asks for it."""
        if self.address.token is not None:
            return f"{self.address.base}/"
        return f"{self.address.base}/{self.address.room}/enter?ticket={ticket}"

    def close(self) -> None:
        """End all checks and remove all files."""
        self.sessions.close()
        self.folder.close()

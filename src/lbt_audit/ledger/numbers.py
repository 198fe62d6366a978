"""Numbers people can say on the telephone: unit, month and running number, as 清溪镇-2610-012.

A number is given when the ledger first sees an issue and stays with it, whatever becomes of its unit, file or child's ID
number. The weightiest issues of an audit get the first numbers.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

NAMELESS = "单位不明"
_SAID = re.compile(r"(.+?)[-－—–‐−\s]+(\d{4})[-－—–‐−\s]+(\d+)")


def give(connection: sqlite3.Connection, fingerprints: Sequence[str], day: date) -> None:
    """Number the issues that have none yet, in the order of ``fingerprints``, as of the month of ``day``."""
    month = f"{day:%y%m}"
    units = dict(
        connection.execute(
            "SELECT fingerprint, label FROM labelled JOIN issue USING (fingerprint) WHERE number IS NULL"
        ).fetchall()
    )
    last: dict[str, int] = defaultdict(int)
    for (number,) in connection.execute("SELECT number FROM issue WHERE number LIKE ?", (f"%-{month}-%",)):
        head, _, running = str(number).rpartition("-")
        last[head] = max(last[head], int(running))
    given = []
    for fingerprint in fingerprints:
        if fingerprint in units:
            head = f"{units[fingerprint] or NAMELESS}-{month}"
            last[head] += 1
            given.append((spelt(head, last[head]), fingerprint))
    connection.executemany("UPDATE issue SET number = ? WHERE fingerprint = ?", given)


def spelt(head: str, running: int) -> str:
    return f"{head}-{running:03d}"


def said(text: str) -> str | None:
    """The number somebody wrote or said (full-width digits, any dash or blanks, 12 for 012); None where it is none."""
    plain = text.translate({0xFF10 + i: 0x30 + i for i in range(10)}).strip()
    found = _SAID.fullmatch(plain)
    return spelt(f"{found[1]}-{found[2]}", int(found[3])) if found else None

"""Numbers people can say on the telephone: unit, month and running number, as 清溪镇-2610-012.

A number is given when the ledger first sees an issue and stays with it, whatever becomes of its unit, file or child's ID
number. The weightiest issues of an audit get the first numbers.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from lbt_audit.model.regex import regex
from lbt_audit.model.text import Text

NAMELESS = "单位不明"
_BETWEEN = r"[-－\u2010-\u2015−\s]+"
_SAID = regex(rf"(.+?){_BETWEEN}(\d{{4}}){_BETWEEN}(\d+)")


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


def together(numbers: Iterable[str], most: int) -> Text:
    """Numbers as a line of a document names them, those in a row as one: 清溪镇-2610-001至003、012. Past ``most`` such
    spans how many there are in all."""
    heads: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        head, _, running = number.rpartition("-")
        heads[head].append(int(running))
    zh, en, left = [], [], most
    for head, its in sorted(heads.items()):
        spans = _spans(sorted(its))[:left]
        left -= len(spans)
        if spans:
            zh.append(f"{head}-" + "、".join("至".join(span) for span in spans))
            en.append(f"{head}-" + ", ".join("–".join(span) for span in spans))
    all_ = sum(map(len, heads.values()))
    more = sum(len(_spans(sorted(r))) for r in heads.values()) > most
    return Text(
        "；".join(zh) + (f"等共 {all_} 条" if more else ""),
        "; ".join(en) + (f" … ({all_} in all)" if more else ""),
    )


def _spans(running: Sequence[int]) -> list[tuple[str, ...]]:
    """First and last of each run of numbers, or the only one."""
    ends = [i for i in range(len(running)) if i + 1 == len(running) or running[i + 1] != running[i] + 1]
    starts = [0, *(i + 1 for i in ends[:-1])]
    return [
        tuple(f"{n:03d}" for n in dict.fromkeys((running[a], running[b])))
        for a, b in zip(starts, ends, strict=True)
    ]

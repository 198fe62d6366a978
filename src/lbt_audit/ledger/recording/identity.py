"""Whose ledger it is."""

from __future__ import annotations

import sqlite3

from lbt_audit.engine.identity.fingerprint import seal
from lbt_audit.ledger.database.store import LedgerUsageError
from lbt_audit.model.run import Run
from lbt_audit.model.text import Text

PUBLIC = "lbt-audit"  # what audits without a salt were keyed with before keys were kept


def belongs_to(connection: sqlite3.Connection, run: Run) -> None:
    """Make the ledger the county's of its first audit; LedgerError where a later one is another's.

    Another county's children are other children, and another key gives the same child another key: every issue
    would be called gone, and found again as new.
    """
    county = run.county or ""
    held = connection.execute("SELECT county, seal FROM identity").fetchone()
    if held is None:
        connection.execute("INSERT INTO identity VALUES (1, ?, ?)", (county, run.seal))
    elif held["county"] != county:
        here, there = held["county"] or "（无县级配置）", county or "（无县级配置）"
        raise LedgerUsageError(
            Text(
                f"台账记的是“{here}”，本次核查用的却是“{there}”；请用 --config 指明原来的县级配置，或另建台账",
                f"the ledger is that of {held['county'] or 'no county file'!r}, this audit of "
                f"{county or 'no county file'!r}: name the county file with --config, or start another ledger",
            ),
        )
    elif held["seal"] == seal(PUBLIC) and run.seal != held["seal"]:
        raise LedgerUsageError(
            Text(
                f'台账建立时没有设 salt，问题编号用的是公开的词。要接着用，请在县级配置中写 salt = "{PUBLIC}"'
                "（编号可以被试出证号，不要外传）；否则另建台账",
                "the ledger was made without a salt, its issue numbers with a word everybody knows. To go on with it write "
                f'salt = "{PUBLIC}" into the county file (ID numbers can be found out from such numbers by trying: keep '
                "them to yourself); else start another ledger",
            )
        )
    elif held["seal"] != run.seal:
        raise LedgerUsageError(
            Text(
                "密钥（县级配置的 salt，或台账旁的 .key 文件）与建立台账时不同，儿童无法对应；"
                "请改回原来的 salt，或把原来的密钥文件放回台账旁，或另建台账",
                "the key (the county file's salt, or the .key file beside the ledger) is not the one the ledger was made "
                "with, so no child can be told again: restore the salt, put the key file back beside the ledger, or start "
                "another ledger",
            ),
        )

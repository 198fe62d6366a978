"""Opening the ledger: one SQLite file, journalled so that a killed process leaves it whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from lbt_audit.ledger.database.schema import APPLICATION, MIGRATIONS, VERSION
from lbt_audit.model.errors import AuditError
from lbt_audit.model.private import make_file
from lbt_audit.model.text import Text

WAIT_SECONDS = 10.0


class LedgerError(AuditError):
    """The ledger cannot be read or written."""


class LedgerUsageError(LedgerError):
    """What was asked of the ledger cannot be done, whatever the state of the file."""

    exit_code = 2


@contextmanager
def open_ledger(
    path: Path, *, create: bool = True, write: bool = True, wait: float = WAIT_SECONDS
) -> Iterator[sqlite3.Connection]:
    """A connection with the newest tables. Raises LedgerError with file and remedy.

    ``create=False`` asks for an existing ledger; ``write=False`` only looks, so that a ledger in a read-only
    folder can still be read.
    """
    if not create and not path.exists():
        raise LedgerUsageError(
            Text(
                f"没有找到整改台账“{path.name}”，请先用 check --ledger 建立",
                f"no ledger {path.name!r}; create it with check --ledger first",
            ),
        )
    with translated(path):
        connection = _connect(path, wait, write)
    with closing(connection), translated(path):
        connection.row_factory = sqlite3.Row
        connection.execute(f"PRAGMA busy_timeout = {int(wait * 1000)}")
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        _is_ledger(connection, path.name, found)
        if found > VERSION:
            raise LedgerError(
                Text(
                    f"整改台账“{path.name}”由更新版本的 lbt-audit 建立"
                    f"（第 {found} 版，本程序支持到第 {VERSION} 版），请升级后再用",
                    f"ledger {path.name!r} was made by a newer lbt-audit "
                    f"(version {found}, this one knows {VERSION}); upgrade first",
                )
            )
        _migrate(connection, found)
        yield connection


def _connect(path: Path, wait: float, write: bool) -> sqlite3.Connection:
    if write:
        with suppress(OSError):  # SQLite says what is wrong
            make_file(path)
    try:
        connection = sqlite3.connect(path, timeout=wait, isolation_level=None)
        if not write:
            connection.execute("SELECT count(*) FROM sqlite_schema")
    except sqlite3.OperationalError as error:
        if write or error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        # The journal cannot be made beside the file: then nobody else can be writing either.
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        return sqlite3.connect(uri, uri=True, isolation_level=None)
    return connection


def _is_ledger(connection: sqlite3.Connection, name: str, version: int) -> None:
    """LedgerError for another program's database and for a damaged ledger."""
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if mark not in (0, APPLICATION) or (mark == 0 and tables and not {"issue", "standing"} <= tables):
        raise LedgerError(
            Text(
                f"“{name}”是别的程序的数据库，不是整改台账",
                f"{name!r} is another program's database, no ledger",
            )
        )
    if version and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise LedgerError(_damaged(name))


def _migrate(connection: sqlite3.Connection, found: int) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    if found == VERSION:
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    with transaction(connection):
        found = connection.execute("PRAGMA user_version").fetchone()[0]  # another process may have been first
        for number, script in enumerate(MIGRATIONS[found:], start=found + 1):
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(f"PRAGMA application_id = {APPLICATION}")


def _statements(script: str) -> Iterator[str]:
    """Statements of a script, one by one: ``executescript`` would commit behind the transaction's back."""
    buffer = ""
    for line in script.splitlines(keepends=True):
        buffer += line
        if sqlite3.complete_statement(buffer):
            yield buffer
            buffer = ""


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; waits for another process that is writing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's errors in words a user can act on."""
    try:
        yield
    except sqlite3.Error as error:
        raise LedgerError(_explain(path.name, error)) from error


def _damaged(name: str) -> Text:
    return Text(
        f"“{name}”不是整改台账，或已损坏；请换用备份",
        f"{name!r} is not a ledger, or is damaged; use a backup",
    )


def _explain(name: str, error: sqlite3.Error) -> Text:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Text(
            f"整改台账“{name}”正被另一个核查占用，请稍后再试",
            f"ledger {name!r} is in use by another audit; try again later",
        )
    if code == sqlite3.SQLITE_IOERR:
        return Text(
            f"读写整改台账“{name}”时磁盘出错（磁盘已满、限制了文件大小，或连接已断），未作任何改动",
            f"the disk failed while ledger {name!r} was read or written (full, limited or disconnected); it was "
            "left as it was",
        )
    if code == sqlite3.SQLITE_FULL:
        return Text(
            f"磁盘已满，整改台账“{name}”未作任何改动；请腾出空间后重做",
            f"the disk is full; ledger {name!r} was left as it was; free some space and repeat",
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return Text(
            f"整改台账“{name}”无法写入：文件或文件夹是只读的，或文件夹不存在",
            f"ledger {name!r} cannot be written: the file or folder is read-only, or the folder does not exist",
        )
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return _damaged(name)
    return Text(f"整改台账“{name}”出错：{error}", f"ledger {name!r}: {error}")

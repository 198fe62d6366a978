"""Where the key of issue numbers is kept: made once, read ever after.

A county file's ``salt`` is the key where there is one. Else it lies beside the ledger (``ledger.db.key``), so that
both can be moved together, and in the user's data folder, in a file named after the county. Never in a folder that
is audited or handed on: whoever has a report and the key can find out ID numbers by trying.
"""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Iterable
from pathlib import Path

from lbt_audit.config.county import County
from lbt_audit.model.errors import AuditError
from lbt_audit.model.private import make_folder, sweep, temporary_file
from lbt_audit.model.regex import regex
from lbt_audit.model.secret import Secret, random_key, throw_away
from lbt_audit.model.text import Text
from lbt_audit.model.trouble import os_trouble

FOLDER_VARIABLE = "LBT_AUDIT_KEYS"
"""Environment: another folder for the keys; ``none`` = keep none, for machines nobody comes back to."""
_NOBODY = "default"  # file of audits no county is named for
_FORBIDDEN = regex(r'[\\/:*?"<>|\x00-\x1f\x7f]|^\.+|[. ]+$')
_KEY = regex(r".{8,200}")
_PATIENCE = 2.0  # s in which another audit has written the key it just made


class KeyFileError(AuditError):
    """The key cannot be read, or there is nowhere to keep it."""

    exit_code = 2


def find_key(
    county: County | None, name: str | None = None, ledger: Path | None = None, shared: Iterable[Path] = ()
) -> Secret:
    """The key of an audit of ``county``, made where there is none yet.

    ``name``: the county as given on the command line, over the county file's. ``shared``: folders that are audited or
    handed on. Raises KeyFileError where a ledger would have to do with a key that is thrown away, and for a key file
    that cannot be read.
    """
    given = [path.resolve() for path in shared if not path.is_file()]
    if county is not None and county.salt:
        return Secret(county.salt, "county_file", county.path, _exposed(county, given))
    folder = keys_folder()
    kept = folder / key_name(name or (county.name if county else None)) if folder is not None else None
    if kept is not None and _below(kept, given):
        kept = None
    beside = None
    if ledger is not None and not _below(ledger, given):
        beside = ledger.with_name(f"{ledger.name}.key")
        if beside.exists():
            return _secret(_read(beside), beside)
    value = _kept(kept) if kept is not None else None
    if beside is not None and ledger is not None and not ledger.exists():
        with contextlib.suppress(OSError):
            return _secret(_keep(beside, value), beside)
    if value is not None and kept is not None:
        return _secret(value, kept)
    if ledger is not None:
        raise _nowhere(ledger)
    return throw_away()


def make_key(name: str | None, shared: Iterable[Path] = ()) -> Path | None:
    """Where the key of a county lies, made if need be; None where none can be kept."""
    found = find_key(None, name, shared=shared)
    return found.path if found.source == "kept" else None


def keys_folder() -> Path | None:
    """Where this user's keys are kept; it need not exist. None = nowhere."""
    named = os.environ.get(FOLDER_VARIABLE, "")
    if named:
        return None if named == "none" else Path(named)
    try:
        from platformdirs import user_data_path

        return Path(user_data_path("lbt-audit", appauthor=False), "keys")
    except (ImportError, RuntimeError):  # an installation without it; a user without a home
        return None


def key_name(county: str | None) -> str:
    """File of a county's key."""
    return f"{_FORBIDDEN.sub('_', (county or '').strip())[:80] or _NOBODY}.key"


def _kept(path: Path) -> str | None:
    """The key at ``path``, made if need be; None where none can be made there."""
    try:
        if path.exists():
            return _read(path)
        make_folder(path.parent)
        return _keep(path, None)
    except OSError:
        return None


def _keep(path: Path, value: str | None) -> str:
    """Put ``value``, or a new key, at ``path``: whole or not at all, and the same for all who try at once."""
    value = value or random_key()
    sweep([path.parent])
    handle, temporary = temporary_file(path.parent)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{value}\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(temporary, path)  # fails where another audit was first
        except FileExistsError:
            return _read(path)
        except OSError:  # a file system without links
            _write_new(path, value)
        return _read(path)
    finally:
        temporary.unlink(missing_ok=True)


def _write_new(path: Path, value: str) -> None:
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{value}\n")


def _read(path: Path) -> str:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            text = path.read_text("utf-8", "replace").strip()
        except OSError as error:
            why = os_trouble(error)
            raise KeyFileError(
                Text(f"无法读取密钥文件 {path}：{why.zh}", f"cannot read the key file {path}: {why.en}")
            ) from error
        if _KEY.fullmatch(text):
            return text
        if text or time.monotonic() > end:
            raise KeyFileError(
                Text(
                    f"密钥文件 {path} 已损坏（应为一行 8 个以上字符）；请用备份恢复，没有备份的删除后另建台账",
                    f"the key file {path} is damaged (one line of 8 characters or more): restore it from a backup; "
                    "without one, remove it and start another ledger",
                )
            )
        time.sleep(0.02)


def _secret(value: str, path: Path) -> Secret:
    notes: tuple[Text, ...] = ()
    if _mode(path) & (stat.S_IRGRP | stat.S_IROTH):
        notes = (
            Text(
                f"密钥文件 {path} 其他用户可以读取，请改为仅本人可读（chmod 600）",
                f"other users can read the key file {path}: make it yours alone (chmod 600)",
            ),
        )
    return Secret(value, "kept", path, notes)


def _exposed(county: County, shared: Iterable[Path]) -> tuple[Text, ...]:
    """What is to be told of a county file that holds the key."""
    if _below(county.path, shared):
        why = Text(
            "就在被核查的文件夹内，会随文件夹一起交出", "lies in the audited folder and goes where that goes"
        )
    elif _mode(county.path) & stat.S_IROTH:
        why = Text("本机所有用户都可以读取", "can be read by every user of this machine")
    else:
        return ()
    where, to = county.where("salt"), keys_folder()
    remedy_zh = f"把值移到 {to / key_name(county.name)} 后删去 salt" if to else "请另存他处"
    remedy_en = f"move the value to {to / key_name(county.name)} and remove it" if to else "keep it elsewhere"
    return (
        Text(
            f"{where}：salt 是问题编号的密钥，而该文件{why.zh}；拿到它和报告的人可以试出证号。{remedy_zh}，问题编号不变",
            f"{where}: salt is the key of the issue numbers, and the file {why.en}; whoever has both it and a report "
            f"can find out ID numbers. {remedy_en[0].upper()}{remedy_en[1:]}: the issue numbers stay",
        ),
    )


def _mode(path: Path) -> int:
    """Permissions; 0 where the system has none (Windows) or the file is gone."""
    try:
        return stat.S_IMODE(path.stat().st_mode) if os.name == "posix" else 0
    except OSError:
        return 0


def _below(path: Path, folders: Iterable[Path]) -> bool:
    above = path.resolve().parents
    return any(folder in above for folder in folders)


def _nowhere(ledger: Path) -> KeyFileError:
    return KeyFileError(
        Text(
            f"台账 {ledger} 的密钥无处保存：台账不要放在被核查或输出的文件夹内，"
            f"或用环境变量 {FOLDER_VARIABLE} 指定保存密钥的文件夹",
            f"there is nowhere to keep the key of the ledger {ledger}: put the ledger outside the audited and the output "
            f"folder, or name a folder for keys in {FOLDER_VARIABLE}",
        )
    )

"""A file to start the desk by a double-click."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from lbt_audit.model.private import make_folder
from lbt_audit.model.text import Lang, Text

WINDOWS: Final = os.name == "nt"
NAME: Final = Text("留守儿童表格核查台", "Desk for checking registers")
_DESKTOP: Final = """\
[Desktop Entry]
Type=Application
Version=1.0
Name=Desk for checking registers
Name[zh_CN]=留守儿童表格核查台
Comment=Check registers of left-behind children on this machine, offline
Comment[zh_CN]=在本机核查农村留守儿童登记表格，不上网
Exec={command}
Icon=x-office-spreadsheet
Terminal=true
Categories=Office;
"""
_BATCH: Final = "@echo off\r\nchcp 65001 >nul\r\ntitle lbt-audit\r\n{command}\r\nif errorlevel 1 pause\r\n"


def command() -> list[str]:
    """What starts the desk: the one-folder program itself, or Python with the package."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "desk"]
    return [sys.executable, "-m", "lbt_audit", "desk"]


def install(lang: Lang, more: list[str]) -> list[Path]:
    """Put a file to start the desk by on the user's desktop, and, on Linux, into the menu; the files written. ``more``:
    further arguments. Raises OSError."""
    from platformdirs import user_desktop_path

    desktop = user_desktop_path()
    if WINDOWS:
        text = _BATCH.format(command=subprocess.list2cmdline([*command(), *more]).replace("%", "%%"))
        return [_write(desktop / f"{NAME[lang]}.bat", text)]
    text = _DESKTOP.format(command=" ".join(map(_quoted, [*command(), *more])))
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    written = [_write(data / "applications" / "lbt-audit-desk.desktop", text)]
    if desktop.is_dir():
        written.append(_write(desktop / "lbt-audit-desk.desktop", text))
        written[-1].chmod(0o755)  # file managers start what is marked as a program only
    return written


def _write(path: Path, text: str) -> Path:
    make_folder(path.parent)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def _quoted(argument: str) -> str:
    """As the Desktop Entry Specification quotes an argument of Exec."""
    escaped = "".join(f"\\\\{c}" if c in '"`$\\' else c for c in argument).replace("%", "%%")
    return f'"{escaped}"'

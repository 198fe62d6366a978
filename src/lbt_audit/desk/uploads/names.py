"""Names of what is dropped: safe on every system, and which file a corrected copy takes the place of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final

from lbt_audit.model.regex import regex
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.files.names import safe_name

ANNOTATED: Final = Text("批注", "annotated")
REPAIRED: Final = Text("修复", "repaired")
_DEEPEST: Final = 8  # folders
_OURS: Final = regex(
    "-(?:"
    + "|".join(text[lang] for text in (ANNOTATED, REPAIRED) for lang in ("zh", "en"))
    + r")(?: ?\(\d+\))*$"
)
_SYSTEMS: Final = frozenset({"thumbs.db", "desktop.ini", "__macosx", "icon\r"})


def shelved(name: str) -> str | None:
    """``name`` (a path below the folder dropped) as the desk keeps it; None for what nobody meant to hand in: lock files
    of Excel and WPS, hidden files, those of the system."""
    parts = [p for p in name.replace("\\", "/").split("/") if p.strip() not in ("", ".", "..")]
    if not parts or any(p.startswith((".", "~$")) or p.lower() in _SYSTEMS for p in parts):
        return None
    return "/".join(safe_name(part) for part in parts[-_DEEPEST:])


def copy_name(name: str, ending: str, what: Text, lang: Lang) -> str:
    """What a copy of the file ``name`` is called when it is handed out: ``花名册-批注.xlsx``."""
    return f"{PurePosixPath(name).stem}-{what[lang]}{ending}"


def replaced_by(name: str, present: Iterable[str]) -> str | None:
    """Which of the files ``present`` the dropped ``name`` takes the place of: the one of the same name; the one it is a
    copy of that the desk has handed out; where it came without its folder, the only one called so. None = it is new."""
    there = list(present)
    by_path = {p.casefold(): p for p in there}
    if (same := by_path.get(name.casefold())) is not None:
        return same
    path = PurePosixPath(name)
    stem, ours = _OURS.sub("", path.stem), _OURS.search(path.stem) is not None
    wanted = stem.casefold()
    alike = [
        p
        for p in map(PurePosixPath, there)
        if p.stem.casefold() == wanted and (ours or p.suffix.casefold() == path.suffix.casefold())
    ]
    beside = [p for p in alike if p.parent == path.parent] if ours else []
    loose = alike if len(path.parts) == 1 else []
    for found in (beside, loose):
        if len(found) == 1:
            return str(found[0])
    return None

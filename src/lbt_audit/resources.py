"""Where the data files of the package lie: in a wheel, an editable install and a checkout alike."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_PLACES = (_PACKAGE / "_data", _PACKAGE.parent.parent)  # a wheel's copy; the top of a checkout


def shown(path: Path) -> str:
    """A file as messages about it name it: from the folder the command runs in, where it lies below."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (OSError, ValueError):
        return str(path)


@cache
def data_dir(name: str) -> Path:
    """The folder of ``schemas``, ``rules`` or ``sample_data``. Raises FileNotFoundError."""
    for place in _PLACES:
        folder = place / name
        if folder.is_dir():
            return folder
    tried = ", ".join(str(p / name) for p in _PLACES)
    raise FileNotFoundError(f"data folder {name!r} is missing (looked in {tried})")


def shipped(path: Path) -> bool:
    """Whether ``path`` is one of the package's own ``schemas`` and ``rules``."""
    return any(path.is_relative_to(data_dir(name)) for name in ("schemas", "rules"))

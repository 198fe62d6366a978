"""What arguments mean, where that takes more than their type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lbt_audit.cli.errors import UsageError
from lbt_audit.model.regex import regex
from lbt_audit.model.run import Mask

if TYPE_CHECKING:
    from lbt_audit.config.county import County

_DATE = regex(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$")
_YEARS = range(2000, 2100)  # of any day given


def codes(values: Iterable[str] | None) -> tuple[str, ...]:
    """Rule codes as people list them: ``["b,C01", "D"]`` → ("B", "C01", "D")."""
    return tuple(
        c.strip().upper() for v in values or [] for c in v.replace("，", ",").split(",") if c.strip()
    )


def day(text: str, option: str = "--as-of") -> date:
    """A day as people write it: 2026-10-31, 2026.10.31, 2026年10月31日."""
    match = _DATE.match(text.strip())
    try:
        found = date(*map(int, match.groups())) if match else None
    except ValueError:
        found = None
    if found is None:
        raise UsageError(
            f"{option} 不是日期：{text}（例：2026-10-31）", f"{option} is no date: {text} (e.g. 2026-10-31)"
        )
    if found.year not in _YEARS:
        first, last = _YEARS[0], _YEARS[-1]
        raise UsageError(
            f"{option} 应在 {first} 年至 {last} 年之间：{text}",
            f"{option} must be between {first} and {last}: {text}",
        )
    return found


def kinds(texts: Iterable[str] | None) -> tuple[tuple[str, str], ...]:
    """``GLOB=KIND``; whether there is such a kind only the schemas can say."""
    pairs = []
    for text in texts or []:
        glob, _, kind = text.rpartition("=")
        if not glob or not kind:
            raise UsageError(f"--kind 应为 通配=表类，读到 {text}", f"--kind must be GLOB=KIND, got {text}")
        pairs.append((glob, kind))
    return tuple(pairs)


def existing(paths: Sequence[Path]) -> tuple[Path, ...]:
    """``paths``, all of which are there."""
    for path in paths:
        if not path.exists():
            raise UsageError(f"没有这个文件或文件夹：{path}", f"no such file or folder: {path}")
    return tuple(paths)


def county(config: Path | None, paths: Sequence[Path]) -> County | None:
    """The county file asked for, else the one that lies with the files."""
    from lbt_audit.config.load import find_county, load_county

    path = config or find_county(paths[0])
    return load_county(path) if path is not None else None


def previous(asked: Path | None, county: County | None, paths: Sequence[Path]) -> Path | None:
    """The folder of last period's files asked for, else the county file's; none of ``paths``."""
    found = existing([asked])[0] if asked is not None else county.previous if county is not None else None
    if found is not None and any(found.resolve() == path.resolve() for path in paths):
        raise UsageError(
            f"--previous 就是被核查的文件夹 {found}；请指定上期材料的文件夹",
            f"--previous is the audited folder {found}; name the folder of last period's files",
        )
    return found


def mask(asked: Mask | None, county: County | None) -> Mask:
    """The masking asked for, else the county's, else partial."""
    return asked or (county.mask if county is not None and county.mask else "partial")

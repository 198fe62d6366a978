"""What an audit is asked to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from lbt_audit.model.run import Mask
from lbt_audit.model.text import Lang

if TYPE_CHECKING:
    from lbt_audit.config.county import County

Stage = Literal["read", "type", "match", "check", "collect"]


class Progress(Protocol):
    """Called as work goes on: ``done`` of ``total`` steps of ``stage`` (total 0 = not known yet)."""

    def __call__(self, stage: Stage, done: int, total: int, what: str = "") -> None: ...


def silent(stage: Stage, done: int, total: int, what: str = "") -> None:
    """The progress nobody watches."""


@dataclass(frozen=True)
class Request:
    """``paths`` are files and folders; paths in the report are relative to ``root`` where all of
    them lie below it (see ``root_of``). ``kinds`` pairs a glob over those paths with a kind of table.
    ``as_of`` and ``profile`` as given on the command line; None = the county file's, else the
    engine's own choice. ``jobs`` 0 = as many as there are cores."""

    paths: tuple[Path, ...]
    county: County | None = None
    as_of: date | None = None
    profile: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    jobs: int = 0
    lang: Lang = "zh"
    mask: Mask = "partial"
    previous: Path | None = None
    progress: Progress = silent

    @property
    def root(self) -> Path:
        return root_of(self.paths)


def root_of(paths: tuple[Path, ...]) -> Path:
    """The folder that paths in the report are relative to: the one folder audited, or the nearest
    folder that holds everything named."""
    folders = [p if p.is_dir() else p.parent for p in (p.absolute() for p in paths)]
    if not folders:
        return Path.cwd()
    root = folders[0]
    while not all(f == root or root in f.parents for f in folders):
        root = root.parent
    return root

"""What an audit is asked to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lbt_audit.model.record import dataclass
from lbt_audit.model.run import Mask
from lbt_audit.model.secret import Secret, throw_away
from lbt_audit.model.text import Lang, Text

if TYPE_CHECKING:
    from lbt_audit.config.county import County


class Watcher:
    """Told how far an audit is; this one keeps it to itself."""

    def found(self, count: int) -> None:
        """So many files are there."""

    def read(self, *_: object) -> None:
        """One more file has been read."""

    def rule(self, code: str) -> None:
        """The rule of this code is about to run."""

    def part(self, name: Text, done: int, count: int) -> None:
        """``done`` of ``count`` pieces of work are done; the last was about the part called ``name``."""


@dataclass(frozen=True)
class Request:
    """``paths`` are files and folders; paths in the report are relative to ``root`` where all of
    them lie below it (see ``root_of``). ``kinds`` pairs a glob over those paths with a kind of table.
    ``as_of``, ``issued_on`` and ``profile`` as given on the command line; None = the county file's, else the
    engine's own choice. ``jobs`` 0 = as many as there are cores. ``exclude`` are folders that hold our
    own output."""

    paths: tuple[Path, ...]
    county: County | None = None
    secret: Secret | None = None  # as ``config.keys`` finds it
    county_name: str | None = None  # its name, over what the county file and the files say
    as_of: date | None = None
    issued_on: date | None = None
    profile: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    jobs: int = 0
    lang: Lang = "zh"
    mask: Mask = "partial"
    previous: Path | None = None  # last period's files: read, not judged
    links: bool = False  # keep what is known of the same child in several lists, even if no rule asked
    children: bool = False  # keep which children stand where: a ledger asks for it
    exclude: tuple[Path, ...] = ()
    part: str | None = (
        None  # the folder below ``paths`` that is read, "" = the files beside folders; None = everything
    )

    @property
    def key(self) -> Secret:
        """The key of issue numbers: the one given, else the county file's, else one nobody will have again."""
        if self.secret is None and self.county is not None and self.county.salt:
            return Secret(self.county.salt, "county_file")
        return self.secret or throw_away()

    @property
    def config_name(self) -> str | None:
        """The county file as messages and reports name it; never an absolute path."""
        return self.county.path.name if self.county is not None else None

    def holds(self, relative: str) -> bool:
        """Whether the file of this path lies in the part that is read."""
        folder, slash, _ = relative.partition("/")
        return self.part is None or (folder if slash else "") == self.part

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
    while root != root.parent and not all(f == root or root in f.parents for f in folders):
        root = root.parent
    return root

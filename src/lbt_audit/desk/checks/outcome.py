"""What a job comes to, as far as the desk tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Lang
from lbt_audit.reports.tables.changes import Item


@dataclass(frozen=True)
class CheckedFile:
    """``status``: audited, unreadable or ignored; ``state``: verdict, or status where there is none, ``standing`` the same
    in words; ``tally``: errors, warnings, notices; ``copy``: its annotated copy among the documents, "" where it has
    none."""

    path: str
    status: str
    state: str
    standing: str
    remark: str
    rows: int
    tally: tuple[int, int, int]
    copy: str = ""


@dataclass(frozen=True)
class Outcome:
    """A check that came to its end. ``paths``: of its files, as places of ``issues`` begin. ``documents``: name below
    ``folder`` → name they are handed out under; ``page`` and ``list`` are two of them. ``tally``: errors, warnings,
    notices; ``unread``: files that hold something but could not be read; ``whole`` is False where a rule crashed or a
    document could not be written."""

    number: int
    generation: int
    folder: Path
    lang: Lang
    about: str
    files: tuple[CheckedFile, ...]
    issues: Mapping[str, Item]
    paths: frozenset[str]
    tally: tuple[int, int, int]
    causes: int
    children: int
    rows: int
    whole: bool
    page: str
    list: str
    documents: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def unread(self) -> int:
        return sum(file.status == "unreadable" for file in self.files)

    @property
    def audited(self) -> tuple[str, ...]:
        """Paths of the files that were audited."""
        return tuple(file.path for file in self.files if file.status == "audited")

    @property
    def copies(self) -> tuple[str, ...]:
        return tuple(file.copy for file in self.files if file.copy)


@dataclass(frozen=True)
class ChangedCell:
    """``field``, ``before``, ``after`` (masked) and ``why`` in words."""

    place: str
    field: str
    before: str
    after: str
    why: str


@dataclass(frozen=True)
class RepairedFile:
    """``copy`` and ``list`` are names below ``Repaired.folder``, "" where nothing was to be repaired; ``remark``: why it
    could not be, or what became of it."""

    path: str
    copy: str = ""
    list: str = ""
    cells: tuple[ChangedCell, ...] = ()
    count: int = 0
    remark: str = ""


@dataclass(frozen=True)
class Repaired:
    folder: Path
    files: tuple[RepairedFile, ...]
    documents: Mapping[str, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(file.count for file in self.files)

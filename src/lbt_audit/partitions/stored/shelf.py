"""The private folder a divided audit keeps what its steps hand on in: one file for each step and county."""

from __future__ import annotations

import heapq
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lbt_audit.engine.request import Request, Watcher
from lbt_audit.intake.table import Submission
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.private import temporary_file
from lbt_audit.model.record import dataclass
from lbt_audit.model.units import Units
from lbt_audit.partitions.stored.submissions import store, stored
from lbt_audit.partitions.stored.tree import dumps, loads


@dataclass(frozen=True)
class Shelf:
    """Files are whole or not there: a step that is run again finds nothing half written."""

    folder: Path

    def write(self, name: str, value: Any) -> None:
        self._put(f"{name}.json", lambda path: path.write_text(dumps(value), encoding="ascii"))

    def read(self, name: str) -> Any:
        return loads((self.folder / f"{name}.json").read_text(encoding="ascii"))

    def has(self, name: str) -> bool:
        return (self.folder / f"{name}.json").is_file()

    def has_table(self, name: str) -> bool:
        return (self.folder / f"{name}.parquet").is_file()

    def write_table(self, name: str, table: pa.Table) -> None:
        self._put(f"{name}.parquet", lambda path: pq.write_table(table, path, compression="zstd"))

    def read_table(self, name: str) -> pa.Table:
        """The table, its columns of words as they were."""
        return pq.read_table(self.folder / f"{name}.parquet", use_threads=False)

    def write_submissions(self, name: str, submissions: Any, texts: bool = True) -> None:
        self._put(f"{name}.parquet", lambda path: store(path, submissions, texts))

    def submissions(self, *names: str) -> Iterator[Submission]:
        """The submissions of several files in the order of their paths, in which each file has them."""
        parts = [stored(self.folder / f"{name}.parquet") for name in names]
        return heapq.merge(*parts, key=lambda s: s.path)

    def _put(self, name: str, write: Any) -> None:
        handle, temporary = temporary_file(self.folder)
        os.close(handle)
        try:
            write(temporary)
            temporary.replace(self.folder / name)
        finally:
            temporary.unlink(missing_ok=True)


@dataclass(frozen=True)
class HandedIn:
    """The files of a county as they were read before; stands in for reading them (``engine.reading.read``)."""

    shelf: Shelf
    names: tuple[str, ...]

    def __call__(
        self, request: Request, dictionary: Dictionary, units: Units, year: int | None, watcher: Watcher
    ) -> Iterator[Submission]:
        return self.shelf.submissions(*self.names)

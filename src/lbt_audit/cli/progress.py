"""Progress on stderr for work of more than a second; nothing where stderr is no terminal."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType
from typing import Any

from lbt_audit.engine.request import Watcher
from lbt_audit.model.text import Lang, Text

_DELAY = 1.0  # seconds before anything is shown
_READING = Text("读取文件", "Reading files")
_CHECKING = Text("运行规则", "Running rules")
_PARTS = Text("分部核查", "Auditing parts")
_WRITING = Text("写文档", "Writing documents")


class ProgressBar(Watcher):
    """Takes the engine's calls and shows where it is. Rich is imported only once there is something to show."""

    def __init__(self, lang: Lang, *, enabled: bool = True) -> None:
        self.lang = lang
        self._shown = enabled and sys.stderr.isatty()
        self._start = time.monotonic()
        self._lock = threading.Lock()
        self._progress: Any = None
        self._task: Any = None
        self._label = _READING
        self._done, self._total, self._what = 0, 0, ""

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def found(self, count: int) -> None:
        self._move(_READING, 0, count)

    def read(self, *_: object) -> None:
        self._move(_READING, self._done + 1, self._total)

    def rule(self, code: str) -> None:
        done = self._done + 1 if self._label is _CHECKING else 1
        self._move(_CHECKING, done, 0, code)

    def part(self, name: Text, done: int, count: int) -> None:
        self._move(_PARTS, done, count, name[self.lang])

    def writing(self) -> None:
        self._move(_WRITING, 0, 0)

    def _move(self, label: Text, done: int, total: int, what: str = "") -> None:
        with self._lock:
            self._label, self._done, self._total, self._what = label, done, total, what
            if not self._shown or time.monotonic() - self._start < _DELAY:
                return
            if self._progress is None:
                self._begin()
            text = f"{label[self.lang]} {what}".rstrip()
            self._progress.update(self._task, description=text, completed=done, total=total or None)

    def _begin(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        self._progress = Progress(*columns, console=Console(file=sys.stderr, markup=False), transient=True)
        self._task = self._progress.add_task("", total=None)
        self._progress.start()

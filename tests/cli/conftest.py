"""The command line run in this process, with a hand-made audit in place of the engine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.reports.factory import make_audit

from lbt_audit.cli.main import run


@dataclass
class Result:
    code: int
    out: str
    err: str


@dataclass
class Engine:
    """Stands for the engine: remembers requests, gives ``answer`` or raises it."""

    requests: list[Any] = field(default_factory=list)
    answer: Any = None

    def audit(self, request: Any, watcher: Any) -> Any:
        self.requests.append(request)
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer if self.answer is not None else make_audit(request.lang, crashed=False)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    stand_in = Engine()
    module = ModuleType("lbt_audit.engine.run")
    module.audit = stand_in.audit  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "lbt_audit.engine.run", module)
    return stand_in


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with one submitted file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LBT_AUDIT_LANG", "zh")
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.csv").write_text("姓名\n")
    return tmp_path


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    def calling(*arguments: str) -> Result:
        code = run(list(arguments))
        return Result(code, *capfd.readouterr())

    return calling

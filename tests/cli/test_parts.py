"""Progress, streams and the sample copy."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.reports.factory import make_audit

from lbt_audit.cli import progress
from lbt_audit.cli.progress import ProgressBar
from lbt_audit.cli.streams import binary_stdout
from lbt_audit.reports.formats import render


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def _work(bar: ProgressBar) -> None:
    with bar:
        bar.found(2)
        bar.read("a")
        bar.read("b")
        bar.rule("A01")
        bar.rule("B02")
        bar.writing()


@pytest.mark.parametrize(
    ("delay", "terminal", "shown"), [(0.0, True, True), (9.0, True, False), (0.0, False, False)]
)
def test_progress_only_on_a_terminal_and_only_when_it_takes_long(
    monkeypatch: pytest.MonkeyPatch, delay: float, terminal: bool, shown: bool
) -> None:
    stream = Terminal() if terminal else io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "_DELAY", delay)
    _work(ProgressBar("zh"))
    assert bool(stream.getvalue()) is shown
    _work(quiet := ProgressBar("zh", enabled=False))
    assert quiet._progress is None


def test_lists_are_recoded_for_a_console_of_another_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    class Console(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Console(raw, encoding="gbk", errors="replace"))
    render("concise", make_audit(), binary_stdout(for_people=True))
    sys.stdout.flush()
    assert "杨*峰：父母健在情况" in raw.getvalue().decode("gbk")


def test_sample_is_copied_once(
    folder: Path, call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = tmp_path / "data" / "qinghe" / "白石镇"
    source.mkdir(parents=True)
    (source / "花名册.xls").write_bytes(b"x")
    (source.parent / "lbt-audit.toml").write_text("")
    monkeypatch.setattr("lbt_audit.cli.sample.data_dir", lambda name: tmp_path / "data")
    result = call("sample", "d")
    assert result.code == 0 and "2 个文件" in result.out and "lbt-audit check d" in result.out
    assert (folder / "d" / "白石镇" / "花名册.xls").read_bytes() == b"x"
    again = call("sample", "d", "--lang", "en")
    assert again.code == 2 and "exists and is not empty" in again.err

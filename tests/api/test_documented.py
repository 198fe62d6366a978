"""The examples of docs/api.md, run as they stand."""

from __future__ import annotations

import doctest
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[2]


def test_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = "\n".join(line for line in _lines(ROOT / "docs" / "api.md"))
    test = doctest.DocTestParser().get_doctest(text, {}, "api.md", "docs/api.md", 0)
    assert len(test.examples) > 15
    out: list[str] = []
    with pd.option_context("display.width", 100, "display.max_columns", 10):
        doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=out.append)
    assert not out, "".join(out)


def _lines(path: Path) -> list[str]:
    """The text with the fences blanked, so that an example ends where its block does."""
    return ["" if line.startswith("```") else line for line in path.read_text(encoding="utf-8").splitlines()]

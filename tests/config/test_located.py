"""YAML with line numbers: alike with and without libyaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from lbt_audit.config.located import Located, LocatedList, load_located
from lbt_audit.config.located.parse import located_loader
from lbt_audit.resources import data_dir

FILES = [p for folder in ("rules", "schemas") for p in sorted(data_dir(folder).rglob("*.yaml"))]


def lines(value: Any) -> Any:
    """The value with the line of everything in it."""
    if isinstance(value, Located):
        return {key: (value.lines[key], lines(item)) for key, item in value.items()}
    if isinstance(value, LocatedList):
        return [(line, lines(item)) for line, item in zip(value.lines, value, strict=True)]
    return value


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_shipped_file_reads_the_same_without_libyaml(path: Path) -> None:
    slow = yaml.load(path.read_text(encoding="utf-8"), Loader=located_loader(yaml.SafeLoader))
    assert lines(slow) == lines(load_located(path))


def test_only_true_and_false_are_truths_and_only_plain_numbers_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        "- [yes, no, on, off, true, False]\n- [01, 1, -2, 1.5, 1e3, 2020-01-01, 0x1F]\n-\n", "utf-8"
    )
    data = load_located(path)
    assert data[0] == ["yes", "no", "on", "off", True, "False"]
    assert data[1] == ["01", 1, -2, 1.5, "1e3", "2020-01-01", "0x1F"]
    assert data[2] is None and data.lines == [1, 2, 3]

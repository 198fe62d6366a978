"""A YAML file read: one of ours that was parsed before, from what was kept of that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lbt_audit.config.located import kept
from lbt_audit.config.located.tree import Located
from lbt_audit.model.errors import ConfigError
from lbt_audit.model.own_file import read_text
from lbt_audit.resources import shipped, shown


def load_located(path: Path) -> Any:
    """The document in ``path``. Raises ConfigError where it is no YAML or cannot be read."""
    name = shown(path)
    text = read_text(path, name)

    def parse() -> Any:
        from lbt_audit.config.located.parse import parsed

        return parsed(text, name)

    return kept.tree(text, parse) if shipped(path) else parse()


def load_mapping(path: Path) -> Located:
    """The mapping in ``path``. Raises ConfigError where it is none."""
    data = load_located(path)
    if not isinstance(data, Located):
        raise ConfigError.at(shown(path), 1, "应为键值结构", "a mapping is expected")
    return data

"""Code lists: ``schemas/codes.yaml`` as look-up tables and labels."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lbt_audit.model.characters import simplified
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text
from lbt_audit.values.text import squeeze

_EDGES = ",.;:、。┋"


class CodesError(ValueError):
    """A code file that cannot be used; the message names list and item."""


@dataclass(frozen=True)
class CodeList:
    """One list: ``labels`` by code, and ``lookup`` from normalised text to code. ``exact``: an alias says no more and no
    less than the option it stands for (男性, but not 疑似残疾)."""

    name: str
    title: Text
    labels: Mapping[str, Text]
    lookup: Mapping[str, str]
    exact: bool = False


def code_key(text: str) -> str:
    """How texts are compared with code lists: normal characters, simplified, no blanks, no case, no punctuation
    at the ends."""
    return simplified(squeeze(text)).strip(_EDGES).casefold()


def read_code_lists(path: Path) -> dict[str, CodeList]:
    """All lists of a code file; ``CodesError`` on a wrong shape or a text that means two codes."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar stays text: yes, no, 01
    with path.open(encoding="utf-8") as stream:
        raw = yaml.load(stream, Loader=loader)
    if not isinstance(raw, dict):
        raise CodesError("a mapping of code lists is expected")
    return code_lists(raw)


def code_lists(raw: Mapping[str, Any]) -> dict[str, CodeList]:
    """Code lists as a file writes them; ``CodesError`` on a wrong shape or a text that means two codes."""
    return {name: _code_list(name, spec) for name, spec in raw.items()}


def load_codes(path: Path) -> dict[str, dict[str, str]]:
    """List name → normalised text or alias → code, as ``Context.codes`` wants it."""
    return {name: dict(codes.lookup) for name, codes in read_code_lists(path).items()}


def load_labels(path: Path) -> dict[str, dict[str, Text]]:
    """List name → code → label."""
    return {name: dict(codes.labels) for name, codes in read_code_lists(path).items()}


def _code_list(name: str, spec: Any) -> CodeList:
    try:
        title, items = Text.of(spec["title"]), spec["items"]
        unknown = set(spec) - {"title", "items", "exact"}
    except (KeyError, TypeError) as error:
        raise CodesError(f"{name}: title (zh, en) and items are required") from error
    if unknown:
        raise CodesError(f"{name}: unknown key {min(unknown)}")
    labels: dict[str, Text] = {}
    lookup: dict[str, str] = {}
    for code, item in items.items():
        if not isinstance(item, dict) or set(item) - {"label", "aliases"} or "label" not in item:
            raise CodesError(f"{name}.{code}: label and aliases are expected")
        labels[code] = label = Text.of(item["label"])
        own = {code_key(str(t)) for t in (code, label.zh, label.en, *item.get("aliases", ()))}
        for text in own:
            if lookup.setdefault(text, code) != code:
                raise CodesError(f"{name}: {text!r} means both {lookup[text]} and {code}")
    return CodeList(name, title, labels, lookup, spec.get("exact") == "true")
